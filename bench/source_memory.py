"""Peak memory of reading one table in each format, at two sizes: `python bench/source_memory.py`.

Each reading is a process of its own; what stands is its highest resident size in MB, and in
brackets what it was when all was imported and nothing read. An address of PostgreSQL may be given: its base gets tables `small` and `large`.
"""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import tempfile
from contextlib import closing
from pathlib import Path

import deltalake
import duckdb
import fastavro
import pyarrow as pa
import pyarrow.orc
import pyarrow.parquet as pq
import xlsxwriter

SIZES = {"small": 250_000, "large": 1_000_000}
SHEETS = {"small": 20_000, "large": 80_000}

READ = """
import sys, time
import polars, pyarrow, numpy
from privscan.model.data import Batch
from privscan.sources.discover import discover, read_part
from privscan.registry import plugins
for plugin in plugins("sources"):
    plugin.load()
import deltalake, duckdb, fastavro, fastexcel, adbc_driver_postgresql.dbapi
def highest():
    # Not `ru_maxrss`, which a process inherits from who started it.
    return next(int(s.split()[1]) // 1024 for s in open("/proc/self/status") if s.startswith("VmHWM"))
first, rows, start = highest(), 0, time.process_time()
for part in (p for found in discover([sys.argv[1]]) if found.name.endswith(sys.argv[2]) for p in found.parts):
    for item in read_part(part):
        assert isinstance(item, Batch), item
        rows += item.rows
print(rows, highest(), first, round(time.process_time() - start, 1))
"""


def table(rows: int) -> pa.Table:
    """As many made-up persons."""
    return pa.table(
        {
            "id": range(rows),
            "email": [f"user{i}@example.com" for i in range(rows)],
            "note": [f"{i:x}" * 10 for i in range(rows)],
            "amount": [i * 1.25 for i in range(rows)],
        }
    )


def _sqlite(path: Path, data: pa.Table) -> None:
    with closing(sqlite3.connect(path)) as base:
        base.execute("create table t(id integer, email text, note text, amount real)")
        base.executemany(
            "insert into t values(?, ?, ?, ?)", zip(*data.to_pydict().values(), strict=True)
        )
        base.commit()


def _duckdb(path: Path, data: pa.Table) -> None:
    with duckdb.connect(str(path)) as base:
        base.register("given", data)
        base.execute("create table t as select * from given")


def _avro(path: Path, data: pa.Table) -> None:
    kinds = {"id": "long", "email": "string", "note": "string", "amount": "double"}
    fields = [{"name": name, "type": kind} for name, kind in kinds.items()]
    with path.open("wb") as file:
        fastavro.writer(file, {"type": "record", "name": "t", "fields": fields}, data.to_pylist())


def _excel(path: Path, data: pa.Table) -> None:
    with xlsxwriter.Workbook(path, {"constant_memory": True}) as book:
        sheet = book.add_worksheet("t")
        sheet.write_row(0, 0, data.column_names)
        for at, row in enumerate(zip(*data.to_pydict().values(), strict=True), 1):
            sheet.write_row(at, 0, row)


WRITERS = {
    "parquet": lambda path, data: pq.write_table(data, path),
    "orc": lambda path, data: pyarrow.orc.write_table(data, path),
    "avro": _avro,
    "delta": deltalake.write_deltalake,
    "sqlite": _sqlite,
    "duckdb": _duckdb,
    "xlsx": _excel,
}


def _postgres(address: str, name: str, data: pa.Table) -> None:
    from adbc_driver_postgresql import dbapi

    with closing(dbapi.connect(address)) as base, base.cursor() as cursor:
        cursor.adbc_ingest(name, data, mode="replace")
        base.commit()


def _line(form: str, source: str, ending: str = "") -> str:
    done = subprocess.run(
        [sys.executable, "-c", READ, source, ending], capture_output=True, text=True, check=True
    )
    rows, peak, first, seconds = done.stdout.split()
    return f"{form:10} {int(rows):>9,} rows {peak:>5} MB ({first}) {seconds:>6} CPU s"


def main(address: str = "") -> None:
    """Write, read and print each format at each size."""
    for form, write in WRITERS.items():
        for size, rows in (SHEETS if form == "xlsx" else SIZES).items():
            with tempfile.TemporaryDirectory() as folder:
                path = Path(folder, size)
                write(path, table(rows))
                print(_line(form, str(path)), flush=True)
    for size, rows in SIZES.items() if address else ():
        _postgres(address, size, table(rows))
        print(_line("postgres", address, size), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
