"""Exact re-identification of many rows, against a plain Polars group-by of the same file.

usage: python bench/reidentify.py [ROWS]   1,000,000 by default; the file is made in a folder
that goes afterwards. Prints seconds (by the clock, and of all processors), the ratio of the
latter, and the most memory each one held.
"""

from __future__ import annotations

import multiprocessing
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import polars as pl

import privscan

ROWS, BATCH = 1_000_000, 1_000_000
QUASI = ["birthday", "sex", "zip", "job", "state"]


def make(file: Path, rows: int) -> None:
    """Persons with two rows on average, five quasi-identifiers and an illness."""
    rng = np.random.default_rng(1)
    frames = []
    for start in range(0, rows, BATCH):
        count = min(BATCH, rows - start)
        who = rng.integers(0, rows // 2, count)
        days = pl.Series(who * 7919 % 25_000).cast(pl.Int32).cast(pl.Date)
        frame = pl.DataFrame(
            {
                "person": who,
                "birthday": days,
                "sex": np.array(["f", "m"])[who % 2],
                "zip": who * 104_729 % 30_000 + 10_000,
                "job": who % 40,
                "state": who % 47,
                "illness": rng.integers(0, 60, count),
            }
        )
        frames.append(file.parent / f"{start}.parquet")
        frame.write_parquet(frames[-1])
    pl.scan_parquet(frames).sink_parquet(file, row_group_size=BATCH)
    for part in frames:
        part.unlink()


def plain(file: Path) -> int:
    """The smallest class, in persons, by one group-by over all rows."""
    groups = pl.scan_parquet(file).group_by(QUASI).agg(pl.col("person").n_unique())
    return int(groups.select(pl.col("person").min()).collect(engine="streaming").item())


def exact(file: Path) -> int:
    """The same and all else that the verb measures."""
    asked = {"quasi": QUASI, "sensitive": ["illness"], "subject_key": "person"}
    [found] = privscan.reidentify(str(file), **asked, sampling_fraction=0.1)
    return found.k


def timed(work: Callable[[Path], int], file: Path) -> tuple[float, float, float, int]:
    """Seconds, those of processors, megabytes at most and the answer, in a process of its own."""
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return pool.apply(_measured, (work, file))


def _measured(work: Callable[[Path], int], file: Path) -> tuple[float, float, float, int]:
    begun, worked = time.perf_counter(), time.process_time()
    k = work(file)
    took, cpu = time.perf_counter() - begun, time.process_time() - worked
    return took, cpu, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, k


def main(rows: int) -> None:
    """Make the file, measure twice, print."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "people.parquet"
        make(file, rows)
        answers = []
        for work in (plain, exact):
            seconds, cpu, memory, k = timed(work, file)
            print(f"{work.__name__:8}{seconds:7.1f} s {cpu:7.1f} CPU s {memory:7,.0f} MB  k = {k}")
            answers.append((cpu, k))
        (least, k), (most, same) = answers
        print(f"{rows:,} rows: {most / least:.1f} times the group-by")
        assert k == same


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else ROWS)
