"""What the machine that drives a cluster has to bear for 100,000 parts: plan, sum, judge.

Planning is real: ten thousand Parquet files of ten row groups, each row group a part. Evidence
is made once by a worker's own code, from tables of values of their own, and stands for the
answers of all tasks, as an engine gets them; the work of the workers is not counted.
"""

from __future__ import annotations

import argparse
import importlib
import os
import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import polars as pl

import privscan as ps
from privscan.evidence.codec import decode
from privscan.evidence.dataset import Evidence
from privscan.evidence.total import total
from privscan.scan.tasks import tasks, worked

GROUPS = 10
KEY = b"key of a bench, of no use to you"
DIFFERENT = 24
"""Tasks that are observed; the others' answers are these again."""


def main() -> None:
    """Print a row for each step."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=int, default=10_000)
    parser.add_argument("--rows", type=int, default=20_000, help="rows of a task")
    asked = parser.parse_args()
    print(f"| {asked.files * GROUPS:,} parts | CPU s | wall s | peak MB so far |")
    print("|---|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        _lake(Path(folder), asked.files)
        with _measured("plan"):
            plan = ps.plan(folder, key=KEY)
        assert len(plan.parts) == asked.files * GROUPS
        given = tasks(plan.parts)
        wires = [_answer(number, asked.rows) for number in range(DIFFERENT)]
    with _measured(f"decode and sum {len(given):,} answers of {len(wires[0]) >> 10} kB"):
        answers = (decode(wires[i % len(wires)]) for i in range(len(given)))
        evidence = total(answers, Evidence(plan.header))
    with _measured("judge"):
        report = ps.judge(evidence, not_run=plan.not_run)
    assert report.datasets
    print(f"{report.datasets[0].rows:,} rows, {len(report.findings)} findings", file=sys.stderr)


def _lake(folder: Path, files: int) -> None:
    """One file under many names: planning opens each, and nobody reads them."""
    importlib.import_module("privscan.sources.parquet").PART_ROWS = 1  # type: ignore[attr-defined]
    first = folder / "orders/part-00000.parquet"
    first.parent.mkdir()
    _table(0, GROUPS * 20).write_parquet(first, row_group_size=20)
    for i in range(1, files):
        os.link(first, first.with_name(f"part-{i:05}.parquet"))


def _table(number: int, rows: int) -> pl.DataFrame:
    start = number * rows
    each = range(start, start + rows)
    return pl.DataFrame(
        {
            "customer_id": each,
            "email": [f"person{i}@example.com" for i in each],
            "birth_date": [f"19{50 + i % 50}-0{1 + i % 9}-1{i % 9}" for i in each],
            "city": [f"{('Oslo', 'Kyoto', 'Lyon', 'Porto')[i % 4]}" for i in each],
            "zip": [f"{i * 7919 % 90_000 + 10_000}" for i in each],
            "amount": [i * 37 % 10_007 / 4 for i in each],
            "note": [f"call {i % 977} back" for i in each],
            "created_at": [f"2024-0{1 + i % 9}-1{i % 9}" for i in each],
        }
    )


def _answer(number: int, rows: int) -> bytes:
    made = ps.plan(_table(number, rows), key=KEY)
    return worked(made.parts, made)


@contextmanager
def _measured(what: str) -> Iterator[None]:
    wall, cpu = time.perf_counter(), time.process_time()
    yield
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    spent = time.process_time() - cpu
    print(f"| {what} | {spent:.1f} | {time.perf_counter() - wall:.1f} | {peak:,.0f} |", flush=True)


if __name__ == "__main__":
    main()
