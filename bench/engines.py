"""CPU seconds of each engine on the same parts, one worker each, and what a terabyte would take.

usage: python bench/engines.py [--rows 60000] [--files 6] [--engine local --engine dask]
Seconds are those of all processes of the engine, start-up and driver included; each engine scans
the files, and a sixth of them, and the difference is what reading costs without the start-up.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from driver import _table as table

SHARE = 6

SCAN = """
import sys
import privscan as ps

if __name__ == "__main__":
    ps.scan(*sys.argv[2:], engine=sys.argv[1], workers=1)
"""


def main() -> None:
    """Print a row for each engine and format."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=60_000, help="of a file")
    parser.add_argument("--files", type=int, default=SHARE)
    parser.add_argument("--engine", action="append", default=[])
    asked = parser.parse_args()
    print("| engine | format | MB | start-up, CPU s | MB/s and core | core hours a TB |")
    print("|---|---|--:|--:|--:|--:|")
    with tempfile.TemporaryDirectory() as folder:
        for suffix in (".parquet", ".csv"):
            files = [Path(folder, f"t{i}{suffix}") for i in range(asked.files)]
            for i, file in enumerate(files):
                made = table(i, asked.rows)
                made.write_csv(file) if suffix == ".csv" else made.write_parquet(file)
            for engine in asked.engine or ["local"]:
                _row(engine, suffix, files, Path(folder))


def _row(engine: str, suffix: str, files: list[Path], folder: Path) -> None:
    few = files[: max(1, len(files) // SHARE)]
    small, large = (_seconds(engine, some, folder) for some in (few, files))
    bytes_ = sum(file.stat().st_size for file in files[len(few) :])
    each = (large - small) / bytes_
    start = small - each * sum(file.stat().st_size for file in few)
    size = sum(file.stat().st_size for file in files) / 1e6
    speed, hours = 1 / each / 1e6, each * 1e12 / 3600
    print(
        f"| {engine} | {suffix} | {size:.0f} | {start:.0f} | {speed:.2f} | {hours:,.0f} |",
        flush=True,
    )


def _seconds(engine: str, files: list[Path], folder: Path) -> float:
    """CPU seconds of the process and all that it started and waited for, Java included."""
    script = folder / "scan.py"
    script.write_text(SCAN, "utf-8")
    command = [sys.executable, str(script), engine, *map(str, files)]
    before = os.times()
    subprocess.run(
        command, check=True, capture_output=True, env={**os.environ, "POLARS_MAX_THREADS": "1"}
    )
    after = os.times()
    time.sleep(1)  # what was left to end has ended
    return (
        after.children_user + after.children_system - before.children_user - before.children_system
    )


if __name__ == "__main__":
    main()
