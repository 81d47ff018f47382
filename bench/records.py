"""How often bytes that are no biometric record are taken for one, and how many records are found.

usage: python bench/records.py [--random N] [--files FOLDER ...] [--records FOLDER ...]

Random blobs are cells of 18 to 200 bytes, some of them behind the magic of a record, some written
as base64 and hexadecimal. Of files the first 64 KiB are looked at, whole and cut into pieces of 256 bytes.
"""

from __future__ import annotations

import argparse
import os
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np
import polars as pl
import pyarrow as pa

from privscan.detectors import records
from privscan.model.data import Column, Hits, Unread
from privscan.model.kinds import Kind

CHUNK = 250_000
HEAD = 1 << 16
PIECE = 256
STARTS = (b"FMR\x00 20\x00", b"FMR\x00030\x00", b"FIR\x00010\x00", b"FIR\x00020\x00",
          b"FAC\x00010\x00", b"FAC\x00030\x00", b"IIR\x00010\x00", b"IIR\x00020\x00",
          b"\xff\xa0\xff\xa2", b"1.001:", b"\x75\x82\x10\x00\x7f\x61\x82", b"<?xml ")  # fmt: skip


def main() -> None:
    """Print a line for each kind of cell."""
    given = argparse.ArgumentParser()
    given.add_argument("--random", type=int, default=10_000_000)
    given.add_argument("--files", nargs="*", default=())
    given.add_argument("--records", nargs="*", default=())
    asked = given.parse_args()
    chance = np.random.default_rng(2)
    chunks = range(0, asked.random, CHUNK)
    said("random bytes", (blobs(chance, min(CHUNK, asked.random - at)) for at in chunks))
    few = max(1, asked.random // 10)
    for coding in ("base64", "hex"):
        said(f"random bytes as {coding}",
             (blobs(chance, min(CHUNK, few - at)).bin.encode(coding) for at in range(0, few, CHUNK)))  # fmt: skip
    said("a magic, then random bytes", (headed(chance, start, 10_000) for start in STARTS))
    files = [path for folder in asked.files for path in walked(Path(folder))]
    if files:
        said("files", whole(files))
        said("pieces of files", pieces(files))
    for folder in asked.records:
        found(Path(folder))


def said(what: str, series: Iterable[pl.Series]) -> None:
    """A line: cells, those taken for records, those said to be malformed ones, CPU seconds."""
    cells, alarms, malformed = 0, Counter[str](), Counter[str]()
    spent = 0.0
    for some in series:
        start = time.process_time()
        for one in records.find(column(some)):
            if isinstance(one, Hits):
                alarms[one.detector] += int(one.mask.sum())
            elif isinstance(one, Unread):
                malformed[one.reason] += one.rows
        spent += time.process_time() - start
        cells += len(some)
    print(f"{what}: {cells:,} cells, {alarms.total()} false alarms {dict(alarms) or ''}, "
          f"{malformed.total()} malformed, {spent:.1f} s CPU")  # fmt: skip


def column(cells: pl.Series) -> Column:
    """The cells as a column of bytes or text."""
    return Column("cell", Kind.TEXT if cells.dtype == pl.String else Kind.BYTES, cells)


def blobs(chance: np.random.Generator, count: int) -> pl.Series:
    """Random bytes of random length."""
    sizes = chance.integers(18, 201, count)
    ends = np.concatenate([[0], sizes.cumsum()]).astype(np.int64)
    return cut(chance.bytes(int(ends[-1])), ends)


def headed(chance: np.random.Generator, start: bytes, count: int) -> pl.Series:
    """Random bytes behind such a start."""
    return pl.Series([start + chance.bytes(200) for _ in range(count)], dtype=pl.Binary)


def cut(data: bytes, ends: np.ndarray) -> pl.Series:
    """Pieces of the data, without a copy."""
    buffers = [None, pa.py_buffer(ends), pa.py_buffer(data)]
    return pl.Series(pa.LargeBinaryArray.from_buffers(pa.large_binary(), len(ends) - 1, buffers))


def walked(folder: Path) -> Iterator[Path]:
    """Regular files below a folder, each once."""
    for path, _, names in os.walk(folder):
        yield from (
            file for name in names if (file := Path(path, name)).is_file() and not file.is_symlink()
        )


def heads(files: list[Path]) -> Iterator[bytes]:
    """The first bytes of each file that opens."""
    for file in files:
        try:
            with file.open("rb") as stream:
                yield stream.read(HEAD)
        except OSError:
            continue


def whole(files: list[Path]) -> Iterator[pl.Series]:
    """The heads of files, some hundred a batch."""
    some: list[bytes] = []
    for head in heads(files):
        some.append(head)
        if len(some) == 500:  # noqa: PLR2004  32 MB at most
            yield pl.Series(some, dtype=pl.Binary)
            some = []
    if some:
        yield pl.Series(some, dtype=pl.Binary)


def pieces(files: list[Path]) -> Iterator[pl.Series]:
    """The same bytes in short pieces, wherever those begin."""
    for some in whole(files):
        data = b"".join(some.to_list())
        ends = np.append(np.arange(0, len(data), PIECE), len(data)).astype(np.int64)
        yield cut(data, ends)


def found(folder: Path) -> None:
    """A line: files that are seen to be records, and those that are not."""
    files = sorted(walked(folder))
    seen: set[int] = set()
    for hit in records.find(column(pl.Series([f.read_bytes() for f in files], dtype=pl.Binary))):
        if isinstance(hit, Hits):
            seen |= set(hit.mask.arg_true().to_list())
    print(f"{folder.name}: {len(seen)} of {len(files)} files are records")
    for row, file in enumerate(files):
        if row not in seen:
            print(f"  not: {file.name}")


if __name__ == "__main__":
    main()
