"""One e-mail address in many rows of made comments: is it found, where, in what time and memory.

usage: python bench/needle.py [ROWS]   10,000,000 by default; the rows are made batch by batch
"""

from __future__ import annotations

import resource
import sys
import time
from collections.abc import Iterator

import numpy as np
import polars as pl
import pyarrow as pa

import privscan

ROWS, BATCH, WORDS_EACH = 10_000_000, 131_072, 7
NEEDLE = "late again please write to jane.roe@mail.example.org about it"
WORDS = """delivery late box fine ticket blue again customer asked about refund order works broken
arrived today slowly please check line""".split()  # noqa: SIM905  a list of words reads better so
SCHEMA = pa.schema([("id", pa.int64()), ("comment", pa.string())])


def batches(rows: int) -> Iterator[pa.RecordBatch]:
    """Comments that all differ; the needle stands after two thirds of them."""
    rng, words = np.random.default_rng(1), np.array(WORDS)
    at = rows * 2 // 3
    for start in range(0, rows, BATCH):
        count = min(BATCH, rows - start)
        ids = np.arange(start, start + count)
        parts = [pl.Series(words[rng.integers(0, len(words), count)]) for _ in range(WORDS_EACH)]
        texts = pl.select(pl.concat_str([*parts, pl.Series(ids)], separator=" ")).to_series()
        if start <= at < start + count:
            texts[at - start] = NEEDLE
        yield pa.record_batch([pa.array(ids), texts.to_arrow().cast(pa.string())], schema=SCHEMA)


def main(rows: int) -> None:
    """Scan, and say what was found."""
    begun = time.perf_counter(), time.process_time()
    report = privscan.scan(pa.RecordBatchReader.from_batches(SCHEMA, batches(rows)))
    took, used = time.perf_counter() - begun[0], time.process_time() - begun[1]
    [comment] = [c for c in report.datasets[0].columns if c.path == "comment"]
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{rows:,} rows in {took:.0f} s ({used:.0f} CPU s), at most {peak:.0f} MB")
    for found in comment.entities:
        print(f"{found.entity}: {found.cells} cells, leak {found.leak}, places {found.places}")
    for finding in report.findings:
        if finding.columns:
            print(f"{finding.check}: {finding.measured}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else ROWS)
