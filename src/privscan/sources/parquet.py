"""Parquet: a part is a run of row groups; nested fields are paths."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

from privscan.errors import UnreadableError
from privscan.model.data import Batch, Part, Unread
from privscan.sources import _place as place
from privscan.sources._cells import batches
from privscan.sources._place import arrow, ending, local, raw

PLUGIN = True
SUFFIXES = (".parquet", ".pq", ".parq")
PRIORITY = 10

PART_ROWS = 1_000_000
PART_BYTES = 128 << 20

BUFFER = 1 << 20
"""Bytes read ahead of each column: without it a column chunk is held whole."""

BATCH_BYTES = 128 << 20
"""Rows are read fewer at a time where they are so wide that memory would hold more than this."""

FEWEST = 1_024

WORD_BYTES = 2
"""A column is read as codes and a dictionary if that has at most so many bytes a row.

Where a writer gave its dictionary up, there are more, and decoding it so would cost more.
"""
CODE_BYTES = 3
"""Codes have up to 20 bits a row; more is what follows where the dictionary was given up."""

_TROUBLE = (pa.ArrowException, OSError, ValueError)
_ENCRYPTED = b"PARE"


def sniff(sample: bytes) -> bool:
    """The magic at the start, plain or with an encrypted footer."""
    return sample[:4] in {b"PAR1", _ENCRYPTED}


def _opened(uri: str, coded: list[str] | None = None) -> pq.ParquetFile:
    try:
        # pre_buffer would hold whole row groups in memory; checksums, where written, show bit rot
        return pq.ParquetFile(
            uri if local(uri) else arrow(uri),
            pre_buffer=False,
            buffer_size=BUFFER,
            page_checksum_verification=True,
            read_dictionary=coded,
        )
    except _TROUBLE:
        raise UnreadableError(_reason(uri), where=uri) from None


def _reason(uri: str) -> str:
    try:
        with raw(uri) as file:
            start = file.read(4)
        end = ending(uri, 4)
    except OSError as error:
        return f"cannot be opened: {error.strerror}"
    if _ENCRYPTED in {start, end}:
        return "the Parquet file is encrypted and there is no key"
    if end != b"PAR1":
        return "the Parquet file has no footer: it is truncated"
    return "the Parquet footer is damaged"


def schema(uri: str) -> tuple[str, ...]:
    """Top-level column names; `UnreadableError` without a sound footer."""
    with _opened(uri) as file:
        return tuple(file.schema_arrow.names)


def parts(uri: str, dataset: str) -> Iterator[Part | Unread]:
    """Runs of row groups up to PART_ROWS or PART_BYTES; a bad footer is the whole file unread."""
    size = place.size(uri)
    try:
        with _opened(uri) as file:
            groups = [file.metadata.row_group(i) for i in range(file.metadata.num_row_groups)]
            weights = [(group.num_rows, group.total_byte_size) for group in groups]
    except UnreadableError as error:
        yield Unread(uri, "", error.what, size)
        return
    whole = sum(volume for _, volume in weights) or 1
    first, rows, volume, given = 0, 0, 0, 0
    for i, (count, weight) in enumerate(weights):
        rows, volume = rows + count, volume + weight
        last = i + 1 == len(weights)
        if last or rows >= PART_ROWS or volume >= PART_BYTES:
            share = size - given if last else size * volume // whole
            yield Part("parquet", dataset, uri, f"{first}-{i}", bytes=share)
            first, rows, volume, given = i + 1, 0, 0, given + share


def read(
    part: Part,
    *,
    batch_rows: int = 131_072,
    through: Callable[[Iterable[pa.RecordBatch]], Iterable[pa.RecordBatch]] = iter,
) -> Iterator[Batch | Unread]:
    """Batches of the part's row groups; a page that does not decode ends in `Unread`.

    A table format changes the stream `through` its own eyes: rows removed, columns renamed.
    """
    first, last = map(int, part.span.split("-"))
    done = 0
    try:
        with _opened(part.uri) as file:
            groups = [file.metadata.row_group(i) for i in range(first, last + 1)]
            coded = _coded(file, groups)
        with _opened(part.uri, coded) as file:
            rows = min(batch_rows, _rows(groups))
            # One level is parallel, and it is the parts (decision 8).
            stream = file.iter_batches(rows, row_groups=range(first, last + 1), use_threads=False)
            for item in batches(through(stream), part, rows):
                if isinstance(item, Batch):
                    done += item.rows
                yield item
    except UnreadableError as error:
        yield Unread(part.uri, part.span, error.what, part.bytes)
    except (*_TROUBLE, pl.exceptions.PolarsError, pl.exceptions.PanicException):
        reason = f"row groups {part.span} do not decode after row {done}: the file is damaged"
        yield Unread(part.uri, part.span, reason, part.bytes)


def arrow_schema(uri: str) -> pa.Schema:
    """Columns with what their writer said of each; errors as `schema`."""
    with _opened(uri) as file:
        return file.schema_arrow


def rows_before(part: Part) -> int:
    """Rows of the file that stand before the part's; `UnreadableError` without a sound footer."""
    with _opened(part.uri) as file:
        first = int(part.span.split("-")[0])
        return sum(file.metadata.row_group(i).num_rows for i in range(first))


def _rows(groups: list[Any]) -> int:
    """Rows that decoded take about BATCH_BYTES, in the widest of the row groups."""
    widest = max(group.total_byte_size / max(1, group.num_rows) for group in groups)
    return max(FEWEST, int(BATCH_BYTES / max(1, widest)))


def _coded(file: pq.ParquetFile, groups: list[Any]) -> list[str]:
    """Columns of strings whose dictionaries are small beside their rows; not within lists."""
    paths = [groups[0].column(i).path_in_schema for i in range(groups[0].num_columns)]
    times = Counter(paths)
    plain = {f.name for f in file.schema_arrow if f.type in {pa.string(), pa.large_string()}}
    return [
        path
        for i, path in enumerate(paths)
        if path in plain and times[path] == 1 and _small([group.column(i) for group in groups])
    ]


def _small(chunks: list[Any]) -> bool:
    if any(c.dictionary_page_offset is None or c.physical_type != "BYTE_ARRAY" for c in chunks):
        return False
    words = sum(chunk.data_page_offset - chunk.dictionary_page_offset for chunk in chunks)
    values = sum(chunk.num_values for chunk in chunks)
    whole = sum(chunk.total_uncompressed_size for chunk in chunks)
    return bool(words <= WORD_BYTES * values and whole <= (WORD_BYTES + CODE_BYTES) * values)
