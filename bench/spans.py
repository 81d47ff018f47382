"""Presidio's answers on whole columns: whether they are the same, and what a cell costs.

usage: python bench/spans.py [VALUES] [--answers FOLDER] [--rows ROWS]

VALUES are compared first, 10,000 if not said; a folder keeps Presidio's answers for another run.
Then each column of the mixed table is timed: CPU time a cell of Presidio's AnalyzerEngine, of
`privscan.spans`, and of PyArrow decoding the column from Parquet.
"""

from __future__ import annotations

import argparse
import os
import platform
import sys
import tempfile
import time
import warnings
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from typing import Any

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
from _answers import SPAN, chunks
from differential import by_row, compared, told
from mixed import table
from oracle import Oracle, predefined

import privscan

PHONE = "PhoneRecognizer"
SAMPLE = 100
"""Cells of a column on which Presidio is timed; it needs a millisecond or two for each."""

LIBRARIES = ("presidio-analyzer", "phonenumbers", "regex", "polars", "pyarrow")


def main() -> int:
    """Print the machine, the equality and the table; 1 if an answer differed."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("values", type=int, nargs="?", default=10_000)
    parser.add_argument("--answers", type=Path, help="where Presidio's answers are kept")
    parser.add_argument("--rows", type=int, default=131_072, help="rows of the table")
    options = parser.parse_args()
    warnings.simplefilter("ignore", UserWarning)
    print(machine(), flush=True)
    differing = equality(options.values, options.answers) if options.values else 0
    if options.rows:
        speed(table(options.rows))
    return int(differing > 0)


def machine() -> str:
    """The processor and the versions that a figure depends on."""
    info = Path("/proc/cpuinfo")
    lines = info.read_text("utf-8").splitlines() if info.exists() else []
    model = next((x.partition(":")[2].strip() for x in lines if x.startswith("model name")), "")
    libraries = ", ".join(f"{name} {version(name)}" for name in LIBRARIES)
    return (
        f"{model or platform.processor()}, {os.cpu_count()} cores, "
        f"python {platform.python_version()}, {libraries}"
    )


def equality(count: int, folder: Path | None) -> int:
    """Compare the answers on made-up values, and print how many differ."""
    values: set[str] = set()
    results = 0
    found, theirs, mine = [], 0.0, 0.0
    for frame in chunks(count, folder):
        started = time.process_time()
        spans = privscan.spans(frame["value"].to_arrow())
        mine += time.process_time() - started
        theirs += frame["seconds"].sum()
        ours = by_row(spans, len(frame))
        for value, answer, got in zip(frame["value"], frame["spans"].to_list(), ours, strict=True):
            known = {
                tuple(span[name] for name in (*SPAN,)[:4]): span["recognizer"] for span in answer
            }
            results += len(known)
            found += filter(None, [compared(value, known, got)])
        values.update(frame["value"])
    print(
        f"equality: {len(values):,} distinct values, {results:,} results of Presidio, "
        f"{len(found):,} values differ; {theirs:,.0f} s and {mine:,.0f} s of CPU",
        flush=True,
    )
    if found:
        print(told(found))
    return len(found)


def speed(frame: pl.DataFrame) -> None:
    """Print nanoseconds a cell by column, and the ratios of their means."""
    both = {True: predefined(), False: [r for r in predefined() if r.name != PHONE]}
    oracles = {phone: Oracle(chosen) for phone, chosen in both.items()}
    names = [r.name for r in both[False]]
    privscan.spans(pa.array(["tel 030 1234567", "é 030 1234567"]))
    rows = []
    print("ns a cell      Presidio  without |  privscan  without |   decode")
    with tempfile.TemporaryDirectory() as place:
        file = Path(place, "mixed.parquet")
        frame.write_parquet(file, compression="snappy", row_group_size=131_072)
        for name in frame.columns:
            cells = frame[name].cast(pl.String)
            array = cells.to_arrow()
            asked = cells.drop_nulls().sample(SAMPLE, seed=1).to_list()
            row = (
                *(nanoseconds(len(asked), each, oracles[phone], asked) for phone in (True, False)),
                nanoseconds(len(array), privscan.spans, array),
                nanoseconds(len(array), lambda a: privscan.spans(a, recognizers=names), array),
                nanoseconds(len(array), decoded, file, name),
            )
            rows.append(row)
            print(line(name, row), flush=True)
    mean = tuple(sum(column) / len(rows) for column in zip(*rows, strict=True))
    print(line("mean", mean))
    print(
        f"Presidio / privscan: {mean[0] / mean[2]:,.0f} with phone numbers, "
        f"{mean[1] / mean[3]:,.0f} without; "
        f"privscan / decode: {mean[2] / mean[4]:,.1f} with, {mean[3] / mean[4]:,.1f} without"
    )


def nanoseconds(cells: int, call: Callable[..., Any], *arguments: Any) -> float:
    """CPU time of a call, all its threads, a cell."""
    started = time.process_time()
    call(*arguments)
    return (time.process_time() - started) / cells * 1e9


def each(oracle: Oracle, cells: list[str]) -> None:
    """Ask Presidio cell by cell."""
    for cell in cells:
        oracle.answer(cell)


def decoded(file: Path, name: str) -> None:
    """Read one column of a Parquet file with PyArrow."""
    pq.ParquetFile(file, pre_buffer=False).read(columns=[name])


def line(name: str, row: tuple[float, ...]) -> str:
    """One row of the table."""
    theirs, bare, ours, without, decode = row
    return f"{name:12} {theirs:10,.0f} {bare:8,.0f} | {ours:9,.0f} {without:8,.0f} | {decode:8,.0f}"


if __name__ == "__main__":
    sys.exit(main())
