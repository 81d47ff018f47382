"""CSV and TSV: delimiter, quoting, encoding and header judged from the bytes; gz, zst, bz2."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

import polars as pl
import pyarrow as pa
import pyarrow.csv

from privscan.errors import UnreadableError
from privscan.model.data import Batch, Column, Part, Unread
from privscan.model.kinds import Kind
from privscan.sources._bytes import BROKEN, HEAD, Text, head
from privscan.sources._cells import batch_of, unique_names
from privscan.sources._dialect import Dialect, dialect, records
from privscan.sources._encoding import sampled
from privscan.sources._place import size
from privscan.sources._records import Piece, first_records, pieces, record_end

PLUGIN = True
SUFFIXES = (".csv", ".tsv", ".tab", ".txt", ".psv")
PRIORITY = 90
COMPRESSED = True

WIDEST = 8 << 20
"""Bytes judged where the first lines are so wide that HEAD does not hold FEW of them."""

FEW = 5

TORN = "a quoted cell has no end: the file is truncated or damaged; its lines were read as text"
CUT = "the last row has fewer fields and no line end: the file is truncated"
SHIFTED = "rows have more fields than the header: all were read, but maybe in wrong columns"


def sniff(sample: bytes) -> bool:
    """Any text: without an even delimiter its lines are the cells. The last format asked."""
    return dialect(sample) is not None


def dialect_of(uri: str) -> Dialect:
    """How the file is written; `UnreadableError` if it is not text."""
    start = head(uri)
    if len(start) == HEAD and len(start.splitlines()) < FEW:
        start = head(uri, WIDEST)
    found = dialect(start, sampled(uri, start))
    if found is None:
        raise UnreadableError("the file is not text", where=uri)
    return found


def schema(uri: str) -> tuple[str, ...]:
    """Column names; `column_N` where the file has no header. `UnreadableError` if not text."""
    return dialect_of(uri).names


def parts(uri: str, dataset: str) -> Iterator[Part | Unread]:
    """One part a file: quoted line ends make cutting by bytes unsafe."""
    yield Part("delimited", dataset, uri, bytes=size(uri))


def read(part: Part, *, batch_rows: int = 65_536) -> Iterator[Batch | Unread]:
    """Batches of text cells, empty = null; every field of a row of another width is read too."""
    try:
        found = dialect_of(part.uri)
        text = Text(part.uri, found.encoding)
        table = _Table(found, batch_rows)
        torn = 0
        for piece in pieces(text, record_end(found.delimiter, found.quote)):
            torn += piece.torn and _open_quote(piece.data, found)
            yield from table.batches(piece)
    except UnreadableError as error:
        yield Unread(part.uri, part.span, error.what, part.bytes)
        return
    for width, rows in sorted(table.unread.items()):
        reason = f"{rows} rows with {width} fields instead of {len(found.names)}"
        yield Unread(part.uri, part.span, reason, rows=rows)
    if table.wide and found.header:
        yield Unread(part.uri, part.span, f"{table.wide} {SHIFTED}", rows=table.wide)
    if table.cut and found.header:
        yield Unread(part.uri, part.span, CUT, rows=1)
    if torn:
        yield Unread(part.uri, part.span, TORN, rows=torn)
    if text.bad:
        reason = f"{text.bad} places are not valid {found.encoding} and were replaced"
        yield Unread(part.uri, part.span, reason, rows=text.bad)
    if text.broken:
        yield Unread(part.uri, part.span, BROKEN, part.bytes)


def _open_quote(data: bytes, found: Dialect) -> bool:
    """Whether a torn piece has a quoted cell without end, and is not just a last line without one."""
    return record_end(found.delimiter, found.quote)(data + b"\n") <= len(data)


class _Table:
    """Pieces of text as batches; holds the state that passes from one piece to the next.

    `wide` counts rows with surplus fields; `cut`: only the last row, without line end, lacks some.
    """

    def __init__(self, found: Dialect, batch_rows: int) -> None:
        self.unread: dict[int, int] = defaultdict(int)
        self.wide, self.cut, self._narrow = 0, False, 0
        self._found, self._rows, self._first = found, batch_rows, True
        self._ragged: list[list[str]] = []

    def batches(self, piece: Piece) -> Iterator[Batch]:
        """The piece's rows: first those of the usual width, then the others."""
        data = piece.data
        if self._first:
            self._first = False
            data = self._after_header(data)
        quote = self._found.quote and not (piece.torn and _open_quote(data, self._found))
        if data.strip(b"\r\n"):
            table = pa.csv.read_csv(pa.BufferReader(data), **self._options(len(data), quote))
            for batch in table.combine_chunks().to_batches(self._rows):
                if len(batch):
                    yield batch_of(batch, {})
        if self._ragged:
            self._count(last=piece.torn and quote == self._found.quote)
            yield self._others()

    def _count(self, *, last: bool) -> None:
        widths, usual = [len(row) for row in self._ragged], len(self._found.names)
        self.wide += sum(width > usual for width in widths)
        self._narrow += sum(width < usual for width in widths)
        self.cut = last and self._narrow == 1 and widths[-1] < usual

    def _after_header(self, data: bytes) -> bytes:
        found = self._found
        before = first_records(data, found.preamble, found.delimiter, found.quote)
        self._ragged += records(data[:before].decode(), found.delimiter)
        return data[
            before + first_records(data[before:], found.header, found.delimiter, found.quote) :
        ]

    def _options(self, size: int, quote: bool) -> dict[str, Any]:  # noqa: FBT001  a reader's setting
        names = list(self._found.names)
        return {
            "read_options": pa.csv.ReadOptions(
                block_size=size + 1, column_names=names, use_threads=False
            ),
            "parse_options": pa.csv.ParseOptions(
                delimiter=self._found.delimiter,
                quote_char='"' if quote else False,
                newlines_in_values=quote,
                invalid_row_handler=self._odd if quote else self._plain_odd,
            ),
            "convert_options": pa.csv.ConvertOptions(
                column_types=dict.fromkeys(names, pa.large_string()),
                strings_can_be_null=True,
                null_values=[""],
            ),
        }

    def _odd(self, row: Any) -> str:
        if row.text is None:
            self.unread[row.actual_columns] += 1
        else:
            self._ragged += records(row.text, self._found.delimiter)
        return "skip"

    def _plain_odd(self, row: Any) -> str:
        if row.text is None:
            self.unread[row.actual_columns] += 1
        else:
            self._ragged.append(row.text.split(self._found.delimiter))
        return "skip"

    def _others(self) -> Batch:
        """Rows of another width: missing fields are null, surplus ones stand in `extra_N`."""
        rows, self._ragged = self._ragged, []
        own = self._found.names
        surplus = max(0, *(len(row) - len(own) for row in rows))
        known = sum(name.startswith("extra_") for name in own) if self._found.header else 0
        names = unique_names([*own, *(f"extra_{known + i + 1}" for i in range(surplus))])
        width = len(own) + surplus
        columns = [
            Column(name, Kind.TEXT, pl.Series(name, cells, pl.String))
            for name, cells in zip(
                names, zip(*(_padded(r, width) for r in rows), strict=True), strict=True
            )
        ]
        return Batch(len(rows), tuple(columns))


def _padded(row: list[str], width: int) -> list[str | None]:
    return [cell or None for cell in row] + [None] * (width - len(row))
