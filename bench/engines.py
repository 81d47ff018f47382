"""Throughput of each engine on the same parts and workers, and what a terabyte would take.

usage: python bench/engines.py [--rows 200000] [--files 16] [--workers 2] [--engine dask ...]
Each engine scans all files, and a quarter of them; the difference is what reading costs without
the start-up. CPU seconds are those of every process of the engine, Java and the driver included;
a rate is of a core that is taken for the time of the scan, which is what a cluster bills.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import select
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from driver import _table as table

SHARE = 4

SCAN = """
import sys
import time
import privscan as ps

if __name__ == "__main__":
    start = time.monotonic()
    ps.scan(*sys.argv[3:], engine=sys.argv[1], workers=int(sys.argv[2]))
    print(time.monotonic() - start)
    sys.stdout.flush()
    sys.stdin.read()
"""

_PARENT, _TIMES = 1, slice(11, 13)
"""Of proc_pid_stat(5), behind the name: the parent; utime and stime in ticks."""

EACH = 0.2
"""Seconds from one look at the processes to the next."""


def main() -> None:
    """Print a row for each engine and format; the ratio is to the first engine asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=200_000, help="of a file")
    parser.add_argument("--files", type=int, default=4 * SHARE)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--engine", action="append", default=[])
    parser.add_argument("--format", action="append", default=[])
    asked = parser.parse_args()
    print("| engine | format | MB | start-up, s | MB/s and core | to the first | MB per CPU s |")
    print("|---|---|--:|--:|--:|--:|--:|")
    with tempfile.TemporaryDirectory() as folder:
        for suffix in asked.format or ["csv"]:
            files = [Path(folder, f"t{i}.{suffix}") for i in range(asked.files)]
            for i, file in enumerate(files):
                made = table(i, asked.rows)
                made.write_csv(file) if suffix == "csv" else made.write_parquet(file)
            first = 0.0
            for engine in asked.engine or ["local"]:
                first = _row(engine, files, asked.workers, Path(folder), first) or first


def _row(engine: str, files: list[Path], workers: int, folder: Path, first: float) -> float:
    few = files[: len(files) // SHARE]
    small, large = (_spent(engine, some, workers, folder) for some in (few, files))
    sizes = [file.stat().st_size / 1e6 for file in files]
    more, size = sum(sizes[len(few) :]), sum(sizes)
    wall, used = (after - before for before, after in zip(small, large, strict=True))
    rate = more / wall / workers
    start = large[0] - size / rate / workers
    ratio = f"{rate / (first or rate):.2f}"
    cells = (engine, files[0].suffix[1:], f"{size:.0f}", f"{start:.0f}", f"{rate:.2f}", ratio)
    print(f"| {' | '.join(cells)} | {more / used:.2f} |", flush=True)
    return first or rate


def _spent(engine: str, files: list[Path], workers: int, folder: Path) -> tuple[float, float]:
    """Wall and CPU seconds of a scan, those of the processes that it started included."""
    script = folder / "scan.py"
    script.write_text(SCAN, "utf-8")
    command = [sys.executable, str(script), engine, str(workers), *map(str, files)]
    one = {**os.environ, "POLARS_MAX_THREADS": "1"}
    pipes: dict[str, Any] = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    pipes |= {"stderr": subprocess.DEVNULL, "env": one}
    used: dict[int, int] = {}
    with subprocess.Popen(command, **pipes) as process:
        while not select.select([process.stdout], [], [], EACH)[0]:
            _ticks(process.pid, used)
        _ticks(process.pid, used)
        said, _ = process.communicate()
    return float(said), sum(used.values()) / os.sysconf("SC_CLK_TCK")


def _ticks(first: int, used: dict[int, int]) -> None:
    """Note what a process and those below it have used by now; who has left the tree stays."""
    parents, now = {}, {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            fields = stat.read_text("utf-8").rpartition(")")[2].split()
            one = int(stat.parent.name)
            parents[one], now[one] = int(fields[_PARENT]), sum(map(int, fields[_TIMES]))
    below = {first, *used}
    while more := {one for one, parent in parents.items() if parent in below} - below:
        below |= more
    used |= {one: now[one] for one in below if one in now}


if __name__ == "__main__":
    main()
