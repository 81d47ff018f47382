"""What a guard adds to copying a Parquet file with nothing personal in it: wall and CPU, in one run.

usage: python bench/guard.py [ROWS] [TIMES]
Copies a made table of measurements, states and codes batch by batch, plain and through
`privscan.guard` in turns; prints the best of each and their ratio. Alone on two cores or more:
the guard looks at the next rows while the last are written.
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

import privscan as ps

GROUP = 131_072
BATCH = 65_536


def made(rows: int, file: Path) -> None:
    """Readings of machines: no column is about anybody."""
    random = np.random.default_rng(1)
    start = np.datetime64("2024-01-01T00:00:00", "us")
    texts = ["bearing replaced", "within tolerance", "recalibrated after shift", "surface worn"]
    writer = None
    for first in range(0, rows, GROUP):
        size = min(GROUP, rows - first)
        table = pa.table(
            {
                "reading_id": np.arange(first, first + size),
                "machine": random.choice(["press", "lathe", "mill", "saw", "drill"], size),
                "status": random.choice(["ok", "warn", "fail"], size),
                "temperature": random.normal(20, 5, size).round(2),
                "pressure": random.normal(1000, 50, size),
                "vibration": random.gamma(2, 1, size).astype("f4"),
                "rpm": random.integers(0, 5000, size).astype("i4"),
                "at": start + np.arange(first, first + size).astype("timedelta64[s]"),
                "part_code": [f"P-{x:05d}" for x in random.integers(0, 20_000, size)],
                "remark": random.choice(texts, size),
                "active": random.integers(0, 2, size).astype(bool),
            }
        )
        if writer is None:
            writer = pq.ParquetWriter(file, table.schema, compression="zstd")
        writer.write_table(table)
    if writer is not None:
        writer.close()


def copied(file: Path, out: Path, *, guarded: bool) -> tuple[float, float]:
    """Wall and CPU seconds of one copy."""
    wall, cpu = time.perf_counter(), time.process_time()
    source = pq.ParquetFile(file)
    batches = source.iter_batches(BATCH)
    with pq.ParquetWriter(out, source.schema_arrow, compression="zstd") as writer:
        for batch in ps.guard(batches) if guarded else batches:
            writer.write_batch(batch, row_group_size=GROUP)
    return time.perf_counter() - wall, time.process_time() - cpu


def main() -> None:
    """Print the costs of a copy, plain and guarded."""
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000_000
    times = int(sys.argv[2]) if len(sys.argv) > 2 else 3  # noqa: PLR2004  the second argument
    with tempfile.TemporaryDirectory() as folder:
        file, out = Path(folder, "in.parquet"), Path(folder, "out.parquet")
        made(rows, file)
        # What a process does once (rules, imports, compiled regexes) is not the cost of a row.
        for _ in ps.guard(pq.read_table(file, columns=["machine", "at"]).slice(0, 2_000)):
            pass
        plain, guard = [], []
        for _ in range(times):
            plain.append(copied(file, out, guarded=False))
            guard.append(copied(file, out, guarded=True))
    for name, at in (("wall", 0), ("cpu", 1)):
        one, other = min(p[at] for p in plain), min(g[at] for g in guard)
        print(f"{name}: plain {one:.2f} s, guarded {other:.2f} s, {other / one - 1:+.0%}")


if __name__ == "__main__":
    main()
