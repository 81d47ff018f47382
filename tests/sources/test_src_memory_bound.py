"""Reading holds pieces, not files: a larger file of any format needs no more memory."""

from __future__ import annotations

import gzip
import json
import subprocess
import sys

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

SMALL, LARGE = 160_000, 400_000
GROWTH = 24_000
"""kB that allocators may keep; the larger files are 30 MB larger, and more as cells."""

ROW = {"name": "user 12345", "email": "user12345@example.com", "note": "x" * 80}

READ = """
import resource, sys
from privscan.model.data import Batch
from privscan.sources.discover import discover, read_part
for path in sys.argv[1:]:
    rows = 0
    for part in (p for found in discover([path]) for p in found.parts):
        for item in read_part(part):
            assert isinstance(item, Batch), item
            rows += item.rows
    print(rows, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


def repeated(file, line, rows, start="", end=""):
    with file:
        file.write(start)
        for _ in range(rows // 1000):
            file.write(line * 1000)
        file.write(end)


def write_csv(path, rows, open_it=open):
    repeated(open_it(path, "wt"), ",".join(ROW.values()) + "\n", rows, ",".join(ROW) + "\n")


def write_gzip(path, rows):
    write_csv(path, rows, gzip.open)


def write_lines(path, rows):
    repeated(path.open("w"), json.dumps(ROW) + "\n", rows)


def write_wrapped(path, rows):
    one = json.dumps(ROW)
    repeated(path.open("w"), one + ",\n", rows - 1000, '{"data":[', ",".join([one] * 1000) + "]}")


def write_parquet(path, rows):
    table = pa.table({name: [value] * rows for name, value in ROW.items()})
    pq.write_table(table, path, row_group_size=rows, use_dictionary=False, compression="none")


WRITERS = {
    "csv": write_csv,
    "csv.gz": write_gzip,
    "jsonl": write_lines,
    "wrapped json": write_wrapped,
    "parquet of one row group": write_parquet,
}


@pytest.mark.slow
@pytest.mark.parametrize("form", WRITERS)
def test_memory_does_not_grow_with_the_file(tmp_path, form):
    paths = [tmp_path / str(rows) for rows in (SMALL, LARGE)]
    for path in paths:
        WRITERS[form](path, int(path.name))
    done = subprocess.run(
        [sys.executable, "-c", READ, *paths], capture_output=True, text=True, check=True
    )
    (small, peak), (large, higher) = (map(int, line.split()) for line in done.stdout.splitlines())
    assert (small, large) == (SMALL, LARGE)
    assert higher - peak < GROWTH, (peak, higher)
