"""Peak memory of a whole scan on data of one kind and two sizes, all its processes together.

usage: python bench/memory.py [--gb 1 --gb 8] [--format csv --format parquet] [--workers 2]
Readings, places and an e-mail address in one file, no value twice. Every 0.1 s the proportional
set size (PSS, smaps_rollup of proc(5)) of the process and those below it is summed.
"""

from __future__ import annotations

import argparse
import contextlib
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import polars as pl
import pyarrow.parquet as pq

ROWS = 500_000
READINGS = 14


def main() -> None:
    """Print a row for each format and size; the ratio is to the first size."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--gb", type=float, action="append", default=[])
    parser.add_argument("--format", action="append", default=[])
    parser.add_argument("--workers", type=int, default=2)
    asked = parser.parse_args()
    print("| format | GB | rows | s | peak MB | to the first |\n|---|--:|--:|--:|--:|--:|")
    for kind in asked.format or ["csv", "parquet"]:
        first = 0.0
        for size in asked.gb or [1, 8]:
            with tempfile.TemporaryDirectory() as folder:
                file = Path(folder, f"readings.{kind}")
                rows = _made(file, int(size * 1e9))
                seconds, peak = _scanned(file, asked.workers)
            first = first or peak
            cells = (kind, f"{size:g}", f"{rows:,}", f"{seconds:.0f}", f"{peak:.0f}")
            print(f"| {' | '.join(cells)} | {peak / first:.2f} |", flush=True)


def _made(file: Path, size: int) -> int:
    rows, writer = 0, None
    with file.open("wb") as out:
        while out.tell() < size:
            block = _block(rows)
            if file.suffix == ".csv":
                block.write_csv(out, include_header=not rows)
            else:
                table = block.to_arrow()
                writer = writer or pq.ParquetWriter(out, table.schema)
                writer.write_table(table)
            rows += ROWS
        if writer is not None:
            writer.close()
    return rows


def _block(first: int) -> pl.DataFrame:
    row = pl.int_range(first, first + ROWS, dtype=pl.UInt64, eager=True).alias("row").to_frame()
    place = pl.col("row").hash(1) % 40
    return row.with_columns(
        *(
            (pl.col("row").hash(n) % 1_000_003 / 1_000).alias(f"reading_{n}")
            for n in range(READINGS)
        ),
        site=pl.concat_str(pl.lit("hall "), place),
        email=pl.concat_str(pl.lit("user"), pl.col("row").hash(9) % 10**9, pl.lit("@example.com")),
    )


def _scanned(file: Path, workers: int) -> tuple[float, float]:
    """Seconds, and the most MB that the scan and its workers had at one time."""
    command = [sys.executable, "-m", "privscan", "scan", file, "-q", "-f", "json"]
    start, peak = time.monotonic(), 0
    with subprocess.Popen([*command, "--workers", str(workers)], stdout=subprocess.DEVNULL) as scan:
        while scan.poll() is None:
            peak = max(peak, _kilobytes(scan.pid))
            time.sleep(0.1)
    if scan.returncode:
        sys.exit(f"the scan ended with {scan.returncode}")
    return time.monotonic() - start, peak / 1024


def _kilobytes(process: int) -> int:
    own = 0
    with contextlib.suppress(OSError):  # it ended meanwhile
        for line in Path(f"/proc/{process}/smaps_rollup").read_text("ascii").splitlines():
            own = int(line.split()[1]) if line.startswith("Pss:") else own
        below = Path(f"/proc/{process}/task/{process}/children").read_text("ascii").split()
        own += sum(map(_kilobytes, map(int, below)))
    return own


if __name__ == "__main__":
    main()
