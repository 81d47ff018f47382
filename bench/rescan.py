"""A lake scanned into a store, then again after one part in a hundred changed.

usage: python bench/rescan.py [--files 300] [--rows 200]
Each scan is a process of its own, so its start-up is in its figures; an empty call is shown too.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
from pathlib import Path

import polars as pl

BROKEN = 33
"""One file in so many is broken."""

DATASETS = 30

SCAN = """
import sys, time, resource
import privscan as ps
ps.scan(sys.argv[1], store=sys.argv[2], workers=1)
last = ps.history(sys.argv[2])[-1]
print(last.reused, "of", last.parts, last.reasons or "none read")
"""


def main() -> None:
    """Print a row for each scan."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=int, default=300)
    parser.add_argument("--rows", type=int, default=200)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        lake, store = Path(folder, "lake"), Path(folder, "store")
        for i in range(asked.files):
            _file(lake, i, asked.rows)
        empty = Path(folder, "empty")
        _file(empty, 0, 5)
        _measured("an empty lake", [empty, Path(folder, "other")])
        _measured("first scan", [lake, store])
        _measured("again", [lake, store])
        for i in range(50, asked.files, 100):
            _file(lake, i, asked.rows + 1)
        _measured("1 % changed", [lake, store])


def _file(lake: Path, i: int, rows: int) -> None:
    folder = lake / f"set{i % DATASETS}"
    folder.mkdir(parents=True, exist_ok=True)
    each = range(i * rows, (i + 1) * rows)
    table = pl.DataFrame(
        {
            "customer_id": each,
            "email": [f"person{j}@example.com" for j in each],
            "birth_date": [f"19{50 + j % 50}-0{1 + j % 9}-1{j % 9}" for j in each],
            "amount": [j * 37 % 10_007 / 4 for j in each],
            "note": [f"call {j % 977} back" for j in each],
        }
    )
    kind = i % DATASETS % 3
    file = folder / f"part-{i:05}{('.csv', '.parquet', '.ndjson')[kind]}"
    if kind == 0:
        table.write_csv(file)
    elif kind == 1:
        table.write_parquet(file)
    else:
        file.write_text("\n".join(map(json.dumps, table.to_dicts())) + "\n", "utf-8")
    if i % BROKEN == BROKEN - 1:
        file.write_bytes(file.read_bytes()[: -file.stat().st_size // 3])


def _measured(what: str, arguments: list[Path]) -> None:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    command = [sys.executable, "-c", SCAN, *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    print(f"| {what} | {spent:.1f} CPU s | {done.stdout.strip()} |", flush=True)


if __name__ == "__main__":
    main()
