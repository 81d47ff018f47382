"""What a scan costs beside decoding the same Parquet file with PyArrow: CPU time, memory, workers.

usage: python bench/scan_cost.py [ROWS] [--without pattern,phone] [--columns]
Scans the mixed table of ROWS and of four times as many. Ratios come from one run on one machine;
seconds, and walls while other programs run, do not compare. --columns scans each column alone.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pyarrow.parquet as pq
from mixed import GROUP

ROWS = 2 * GROUP
TIMES = 4


def decoded(file: Path) -> float:
    """CPU seconds of decoding the file, the better of two."""

    def once() -> float:
        start = time.process_time()
        with pq.ParquetFile(file, pre_buffer=False) as opened:
            for _ in opened.iter_batches(GROUP, use_threads=False):
                pass
        return time.process_time() - start

    return min(once(), once())


def measured(file: Path, workers: int, without: list[str]) -> dict[str, float]:
    """Decode and scan the file in this process: CPU and wall seconds, peak of memory in MB."""
    import polars as pl

    import privscan
    from privscan.registry import plugins

    detectors = [p.name for p in plugins("detectors") if p.name not in without]
    decode = decoded(file)
    # What a process does once (rules, imports, compiled regexes) is not the cost of a row.
    privscan.scan(pl.read_parquet(file, n_rows=2_000), detectors=detectors)
    start, cpu = time.perf_counter(), _cpu()
    privscan.scan(str(file), detectors=detectors, workers=workers)
    return {
        "decode": decode,
        "cpu": _cpu() - cpu,
        "wall": time.perf_counter() - start,
        "peak": sum(_usage(who).ru_maxrss for who in _WHOSE[: min(2, workers)]) / 1024,
    }


_WHOSE = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)


def _usage(who: int) -> resource.struct_rusage:
    return resource.getrusage(who)


def _cpu() -> float:
    return sum(_usage(who).ru_utime + _usage(who).ru_stime for who in _WHOSE)


def apart(file: Path, workers: int, without: list[str]) -> dict[str, float]:
    """The same, measured in a process of its own."""
    command = [sys.executable, __file__, "--file", str(file), "--workers", str(workers)]
    done = subprocess.run(
        [*command, "--without", ",".join(without)], check=True, capture_output=True, text=True
    )
    return json.loads(done.stdout)


def columns(file: Path, without: list[str]) -> None:
    """A line for each column: the cost of scanning a table that has only this one."""
    table = pq.read_table(file)
    for name in table.column_names:
        one = file.with_name("one.parquet")
        pq.write_table(table.select([name]), one, row_group_size=GROUP)
        found = measured(one, 1, without)
        each = {key: found[key] / len(table) * 1e9 for key in ("decode", "cpu")}
        print(f"  {name:<11} decode {each['decode']:>6,.0f}   scan {each['cpu']:>7,.0f} ns a cell"
              f"   {each['cpu'] / each['decode']:>6.1f} times")  # fmt: skip


def machine() -> str:
    """Cores, processor and versions."""
    from importlib.metadata import version

    info = Path("/proc/cpuinfo")
    lines = info.read_text("utf-8").splitlines() if info.exists() else []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    name = names[0] if names else platform.processor()
    libraries = ", ".join(f"{lib} {version(lib)}" for lib in ("polars", "pyarrow", "numpy"))
    return f"{os.cpu_count()} cores, {name}; Python {platform.python_version()}, {libraries}"


def main(rows: int, without: list[str], *, each: bool) -> None:
    """Print the table."""
    print(machine())
    with tempfile.TemporaryDirectory() as place:
        small, large = Path(place, "small.parquet"), Path(place, "large.parquet")
        for count, file in ((rows, small), (TIMES * rows, large)):
            # In a process of its own: what this one holds counts as the peak of its children.
            command = [sys.executable, Path(__file__).with_name("mixed.py"), str(count), file]
            subprocess.run(command, check=True)
        found = [apart(small, 1, without), apart(large, 1, without)]
        for count, one in zip((rows, TIMES * rows), found, strict=True):
            print(f"{count:>10,} rows: decode {one['decode']:.2f} s, scan {one['cpu']:.2f} s CPU, "
                  f"{one['cpu'] / one['decode']:.1f} times; peak memory {one['peak']:,.0f} MB")  # fmt: skip
        growth = found[1]["cpu"] / found[0]["cpu"]
        print(f"{TIMES} times the rows cost {growth:.2f} times the CPU time")
        two = apart(large, 2, without)
        print(f"two workers: {found[1]['wall'] / two['wall']:.2f} times as fast as one, "
              f"{two['cpu'] / found[1]['cpu']:.2f} times its CPU time; "
              f"peak memory {two['peak']:,.0f} MB in the scan and its largest worker")  # fmt: skip
        if each:
            print("each column alone:")
            columns(large, without)


if __name__ == "__main__":
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("rows", nargs="?", type=int, default=ROWS)
    asked.add_argument("--without", default="", help="detectors to leave out")
    asked.add_argument("--columns", action="store_true")
    asked.add_argument("--file", type=Path, help=argparse.SUPPRESS)
    asked.add_argument("--workers", type=int, default=1, help=argparse.SUPPRESS)
    given = asked.parse_args()
    left_out = [name for name in given.without.split(",") if name]
    if given.file:
        print(json.dumps(measured(given.file, given.workers, left_out)))
    else:
        main(given.rows, left_out, each=given.columns)
