"""CSV and the like rewritten: encoding, delimiter, header, line ends and compression as they were."""

from __future__ import annotations

import codecs
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

import polars as pl
import pyarrow as pa
import pyarrow.csv

from privscan.errors import UnreadableError
from privscan.protect.columns import Treated
from privscan.protect.packing import compressed
from privscan.sources._bytes import Text, head
from privscan.sources._dialect import Dialect, records
from privscan.sources._records import first_records, pieces, record_end
from privscan.sources.delimited import dialect_of

NAME = "delimited"


def paths(uri: str) -> Iterator[str]:
    """The columns."""
    yield from dialect_of(uri).names


def _schema(found: Dialect) -> pa.Schema:
    return pa.schema([(name, pa.large_string()) for name in found.names])


def batches(uri: str, _wanted: Iterable[str]) -> Iterator[pa.RecordBatch]:
    """The rows in their order, short ones filled up with nulls."""
    found = dialect_of(uri)
    for table in _tables(uri, found, Text(uri, found.encoding)):
        yield from table.to_batches()


def rewrite(uri: str, target: Path, treated: Treated, most: int | None = None) -> int:
    """Write the treated file to `target`; the number of its rows, at most `most`."""
    found = dialect_of(uri)
    made = treated.schema(_schema(found))
    rows = 0
    with _writer(uri, target, found) as out:
        if found.header:
            out.write(_lines(pl.DataFrame([list(made.names)], orient="row"), found, out.end))
        for table in _tables(uri, found, Text(uri, found.encoding)):
            for batch in table.to_batches():
                one = treated.batch(batch if most is None else batch.slice(0, most - rows))
                rows += len(one)
                out.write(
                    _lines(
                        pl.DataFrame(pl.from_arrow(pa.Table.from_batches([one]))), found, out.end
                    )
                )
            if most is not None and rows >= most:
                break
    return rows


def _tables(uri: str, found: Dialect, text: Text) -> Iterator[pa.Table]:
    """Pieces of the text as tables; `UnreadableError` where a scan would leave something unread."""
    first = True
    for piece in pieces(text, record_end(found.delimiter, found.quote)):
        data = piece.data
        if first:
            first = False
            above = first_records(data, found.preamble, found.delimiter, found.quote)
            yield _padded(data[:above], found, uri)
            data = data[above:]
            data = data[first_records(data, found.header, found.delimiter, found.quote) :]
        if data.strip(b"\r\n"):
            yield _table(data, found, uri)
    if text.bad or text.broken:
        raise UnreadableError("places do not decode, or the file breaks off", where=uri)


def _table(data: bytes, found: Dialect, uri: str) -> pa.Table:
    """By Arrow; a piece with rows of another width is read record by record."""
    names = list(found.names)
    odd: list[int] = []

    def refuse(row: Any) -> str:
        odd.append(row.actual_columns)
        return "skip"

    table = pa.csv.read_csv(
        pa.BufferReader(data),
        read_options=pa.csv.ReadOptions(
            block_size=len(data) + 1, column_names=names, use_threads=False
        ),
        parse_options=pa.csv.ParseOptions(
            delimiter=found.delimiter,
            quote_char='"' if found.quote else False,
            newlines_in_values=found.quote,
            invalid_row_handler=refuse,
        ),
        convert_options=pa.csv.ConvertOptions(
            column_types=dict.fromkeys(names, pa.large_string()),
            strings_can_be_null=True,
            quoted_strings_can_be_null=False,
            null_values=[""],
        ),
    )
    return (_padded(data, found, uri) if odd else table).combine_chunks()


def _padded(data: bytes, found: Dialect, uri: str) -> pa.Table:
    rows = (
        records(data.decode(), found.delimiter)
        if found.quote
        else [[line] for line in data.decode().splitlines()]
    )
    width = len(found.names)
    if any(len(row) > width for row in rows):
        raise UnreadableError(
            "rows have more fields than the header: which column they belong to is unknown",
            where=uri,
        )
    cells = [[cell or None for cell in row] + [None] * (width - len(row)) for row in rows]
    columns = [pa.array([row[at] for row in cells], pa.large_string()) for at in range(width)]
    return pa.table(columns, schema=_schema(found))


def _lines(frame: pl.DataFrame, found: Dialect, end: str) -> str:
    if not frame.height:
        return ""
    style: Any = "necessary" if found.quote else "never"
    if frame.width == 1 and found.quote:
        # A line of one empty cell, not quoted, would be read as no line at all.
        frame = frame.fill_null("")
    return frame.write_csv(
        separator=found.delimiter, include_header=False, line_terminator=end, quote_style=style
    )


class _Out:
    """A file of text in an encoding; `end` is the end of its lines."""

    def __init__(self, file: IO[bytes], encoding: str, end: str, *, bom: bool) -> None:
        self.end, self._file = end, file
        self._encoder = codecs.getincrementalencoder(encoding)("strict")
        if bom:
            file.write(codecs.BOM_UTF8)

    def write(self, text: str) -> None:
        self._file.write(self._encoder.encode(text))


@contextmanager
def _writer(uri: str, target: Path, found: Dialect) -> Iterator[_Out]:
    """The target, compressed as the source is, in its encoding."""
    start = head(uri)
    text = start.decode(found.encoding, "replace")
    end = "\r\n" if "\r\n" in text else "\n" if "\n" in text or "\r" not in text else "\r"
    with compressed(uri, target) as file:
        yield _Out(file, found.encoding, end, bom=start.startswith(codecs.BOM_UTF8))
