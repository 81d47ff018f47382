"""Arrow IPC: files (Feather) and streams."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import polars as pl
import pyarrow as pa

from privscan.errors import UnreadableError
from privscan.model.data import Batch, Part, Unread
from privscan.sources._cells import batches
from privscan.sources._place import arrow, size

PLUGIN = True
SUFFIXES = (".arrow", ".feather", ".ipc", ".arrows")
PRIORITY = 10

_FILE, _STREAM, _FEATHER_1 = b"ARROW1", b"\xff\xff\xff\xff", b"FEA1"
_TROUBLE = (pa.ArrowException, OSError, ValueError)
_DAMAGED = "the Arrow file is truncated or damaged"


def sniff(sample: bytes) -> bool:
    """The file magic, or a stream's continuation mark and a plausible length."""
    if sample.startswith((_FILE, _FEATHER_1)):
        return True
    length = int.from_bytes(sample[4:8], "little")
    return sample.startswith(_STREAM) and 0 < length < (1 << 28) and length % 8 == 0


def schema(uri: str) -> tuple[str, ...]:
    """Top-level column names; `UnreadableError` if the file is damaged."""
    try:
        with arrow(uri) as file:
            return tuple(_reader(file).schema.names)
    except _TROUBLE:
        raise UnreadableError(_DAMAGED, where=uri) from None


def _reader(file: Any) -> Any:
    is_file = file.read(len(_FILE)) == _FILE
    file.seek(0)
    return pa.ipc.open_file(file) if is_file else pa.ipc.open_stream(file)


def parts(uri: str, dataset: str) -> Iterator[Part | Unread]:
    """One part a file."""
    yield Part("arrow_ipc", dataset, uri, bytes=size(uri))


def read(part: Part, *, batch_rows: int = 65_536) -> Iterator[Batch | Unread]:
    """Record batches, cut to `batch_rows`; what does not decode ends in `Unread`."""
    done = 0
    try:
        with arrow(part.uri) as file:
            for item in batches(_stream(_reader(file)), part, batch_rows):
                if isinstance(item, Batch):
                    done += item.rows
                yield item
    except (*_TROUBLE, pl.exceptions.PolarsError, pl.exceptions.PanicException):
        yield Unread(part.uri, part.span, f"{_DAMAGED} after row {done}", part.bytes)


def _stream(reader: Any) -> Iterator[pa.RecordBatch]:
    """Batches one by one: an IPC file is an index of them, a stream is them."""
    count = getattr(reader, "num_record_batches", None)
    return iter(reader) if count is None else map(reader.get_batch, range(count))
