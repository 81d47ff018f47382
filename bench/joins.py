"""Containment between two columns from mergeable sketches, against the exact answer.

usage: python bench/joins.py [ROWS]   10,000,000 by default, on each side. The sketches are summed
from parts of a million. Prints the true share, the estimate and its bounds at 95 %, and seconds.
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

ROWS, PART = 10_000_000, 1_000_000
SHARES = (0.0, 0.001, 0.01, 0.1, 0.5, 0.9, 1.0)


def sketch(numbers: np.ndarray, seed: int) -> BottomK:
    """Of the parts, one after another."""
    starts = range(0, len(numbers), PART)
    parts = (BottomK.of(pl.Series(numbers[at : at + PART]).hash(seed)) for at in starts)
    return reduce(add, parts, BottomK.empty())


def main(rows: int) -> None:
    """Each share once: the keys of one side repeat, those of the other start where it ends."""
    inside, within = 0, np.arange(rows, dtype=np.uint64)
    for seed, share in enumerate(SHARES):
        first = rows - round(rows * share)
        theirs = within + np.uint64(first)
        begun = time.perf_counter()
        true = float(np.isin(within, theirs, assume_unique=True).mean())
        exact = time.perf_counter() - begun
        begun = time.perf_counter()
        found = overlap(sketch(within, seed), sketch(theirs, seed))
        took = time.perf_counter() - begun
        low, high = found.interval
        inside += low <= true <= high
        print(
            f"true {true:.4f}  estimate {found.share:.4f}  [{low:.4f}, {high:.4f}]"
            f"  sketches {took:.2f} s, exact {exact:.2f} s",
            flush=True,
        )
    print(f"{inside} of {len(SHARES)} within the bounds")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else ROWS)
