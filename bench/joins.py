"""Containment between two columns from mergeable sketches, against the exact answer.

usage: python bench/joins.py [ROWS]   10,000,000 by default, on each side. The sketches are summed
from parts of a million, under ten keys for each share. Prints the true share, the mean estimate,
the worst error, how often the bounds at 95 % hold the truth, and seconds for two sketches.
"""

from __future__ import annotations

import sys
import time
from functools import reduce
from operator import add

import numpy as np
import polars as pl

from privscan.assess.links import overlap
from privscan.evidence.bottomk import BottomK

ROWS, PART, KEYS = 10_000_000, 1_000_000, 10
SHARES = (0.0, 0.001, 0.01, 0.1, 0.5, 0.9, 1.0)


def sketch(numbers: np.ndarray, seed: int) -> BottomK:
    """Of the parts, one after another."""
    starts = range(0, len(numbers), PART)
    parts = (BottomK.of(pl.Series(numbers[at : at + PART]).hash(seed)) for at in starts)
    return reduce(add, parts, BottomK.empty())


def main(rows: int) -> None:
    """Each share with ten keys; one side's values overlap the end of the other's."""
    rng, values = np.random.default_rng(1), np.arange(rows, dtype=np.uint64)
    inside = 0
    for share in SHARES:
        theirs = values + np.uint64(rows - round(rows * share))
        true = float(np.isin(values, theirs, assume_unique=True).mean())
        seeds = rng.integers(2**63, size=KEYS).tolist()
        begun = time.perf_counter()
        found = [overlap(sketch(values, seed), sketch(theirs, seed)) for seed in seeds]
        took = (time.perf_counter() - begun) / KEYS
        held = sum(one.interval[0] <= true <= one.interval[1] for one in found)
        inside += held
        mean = sum(one.share for one in found) / KEYS
        worst = max(abs(one.share - true) for one in found)
        print(
            f"true {true:.4f}  mean {mean:.4f}  worst error {worst:.4f}"
            f"  within bounds {held}/{KEYS}  {took:.2f} s",
            flush=True,
        )
    print(f"{inside} of {KEYS * len(SHARES)} within the bounds")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else ROWS)
