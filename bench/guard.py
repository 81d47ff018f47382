"""What a guard adds to copying a Parquet file with nothing personal in it: CPU and wall, in one run.

usage: python bench/guard.py [ROWS] [TIMES] [CODEC] [COLUMN,...]
Copies a made table of measurements, states and codes batch by batch, plain and through
`privscan.guard` in turns (pq.ParquetFile.iter_batches to ParquetWriter, in the file's CODEC: zstd
or snappy); prints the median of each and of the ratios of neighbours. The first chunk is looked
at in full and counted; what a process does once (rules, imports, regexes) is not. `each` as
COLUMN copies every column alone.
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path
from statistics import median

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

import privscan as ps

GROUP = 131_072
BATCH = 65_536


def made(rows: int, file: Path, codec: str) -> None:
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
            writer = pq.ParquetWriter(file, table.schema, compression=codec)
        writer.write_table(table)
    if writer is not None:
        writer.close()


def hard(rows: int) -> pa.Table:
    """Columns of which every cell is new: what a guard cannot know without a look."""
    random = np.random.default_rng(2)
    words = np.array(["surface", "worn", "shaft", "belt", "noise", "checked", "again", "oiled"])
    picked = words[random.integers(0, len(words), (rows, 6))]
    return pa.table(
        {
            "random_id": random.integers(10**9, 10**10, rows),
            "large_float": random.normal(5e7, 1e6, rows),
            "code_text": [f"K{x:09d}" for x in random.integers(0, 10**9, rows)],
            "free_text": [f"{' '.join(p)} {i}" for i, p in enumerate(picked)],
        }
    )


def copied(
    file: Path, out: Path, codec: str, columns: list[str] | None, *, guarded: bool
) -> tuple[float, float]:
    """CPU and wall seconds of one copy."""
    wall, cpu = time.perf_counter(), time.process_time()
    batches = pq.ParquetFile(file).iter_batches(BATCH, columns=columns)
    first = next(batches)
    with pq.ParquetWriter(out, first.schema, compression=codec) as writer:
        rest = (batch for some in ([first], batches) for batch in some)
        for batch in ps.guard(rest) if guarded else rest:
            writer.write_batch(batch, row_group_size=GROUP)
    return time.process_time() - cpu, time.perf_counter() - wall


def compared(file: Path, out: Path, codec: str, columns: list[str] | None, times: int) -> str:
    """Plain and guarded in turns, as a line to print."""
    plain, guard = [], []
    for _ in range(times):
        plain.append(copied(file, out, codec, columns, guarded=False))
        guard.append(copied(file, out, codec, columns, guarded=True))
    said = []
    for at, name in enumerate(("cpu", "wall")):
        one, other = ([round_[at] for round_ in rounds] for rounds in (plain, guard))
        more = median(b / a for a, b in zip(one, other, strict=True)) - 1
        said.append(
            f"{name}: plain {median(one):.2f} s, guarded {median(other):.2f} s, {more:+.1%}"
        )
    return "; ".join(said)


def main() -> None:
    """Print the costs of a copy, plain and guarded."""
    given = dict(enumerate(sys.argv))
    rows, times = int(given.get(1, "10_000_000")), int(given.get(2, "3"))
    codec, asked = given.get(3, "zstd"), given.get(4, "")
    with tempfile.TemporaryDirectory() as folder:
        file, other, out = (Path(folder, f"{name}.parquet") for name in ("in", "hard", "out"))
        made(rows, file, codec)
        warm = time.process_time()
        list(ps.guard(pq.ParquetFile(file).read_row_group(0).slice(0, 2_000)))
        list(ps.guard(hard(2_000)))
        # Seven digits may be a postcode, for which a dictionary is read.
        list(ps.guard(pa.table({"number": range(1_500_000, 1_502_000)})))
        print(f"once in a process: {time.process_time() - warm:.2f} s of CPU")
        if asked != "each":
            columns = asked.split(",") if asked else None
            print(compared(file, out, codec, columns, times))
            return
        pq.write_table(hard(rows), other, compression=codec, row_group_size=GROUP)
        for each in (file, other):
            for name in pq.read_schema(each).names:
                print(f"{name:12} {compared(each, out, codec, [name], times)}")


if __name__ == "__main__":
    main()
