"""Data in memory: Polars frames, lazy or not, and anything with `__arrow_c_stream__`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import polars as pl
import pyarrow as pa

from privscan.errors import UnreadableError
from privscan.model.data import Batch, Part, Unread
from privscan.sources._cells import batches

PLUGIN = True
SUFFIXES = ()
PRIORITY = 100

NUL = "a column's name holds a NUL character, which Arrow has not in names: rename the column"


def sniff(_sample: bytes) -> bool:
    """Never: this source takes objects, and the bytes of no file are one."""
    return False


def accepts(thing: object) -> bool:
    """Whether the object is a lazy frame or hands out an Arrow stream."""
    return isinstance(thing, pl.LazyFrame) or hasattr(thing, "__arrow_c_stream__")


def parts(uri: str, dataset: str, thing: object = None) -> Iterator[Part | Unread]:
    """One part; where `thing` is a stream, the part can be read once."""
    yield Part("memory", dataset, uri, options={"object": thing})


def schema(uri: str) -> tuple[str, ...]:
    """Refused with `UnreadableError`: `uri` is only the label of an object that is read once."""
    raise UnreadableError("data in memory has no schema before it is read", where=uri)


def read(part: Part, *, batch_rows: int = 65_536) -> Iterator[Batch | Unread]:
    """Batches by the Arrow C stream; UTF-8 is checked, since the interface does not."""
    done = 0
    try:
        if any("\0" in name for name in _names(part.options["object"])):
            # Polars ends the process when it hands such a name to Arrow.
            yield Unread(part.uri, part.span, NUL)
            return
        for item in batches(_stream(part.options["object"], batch_rows), part, batch_rows):
            if isinstance(item, Batch):
                done += item.rows
            yield item
    except pl.exceptions.PanicException:
        yield Unread(part.uri, part.span, f"the data in memory cannot be read after row {done}")
    except Exception as error:  # noqa: BLE001  the object's own code may raise anything
        reason = f"the stream fails after row {done} with {type(error).__name__}"
        yield Unread(part.uri, part.span, reason)


def _names(thing: Any) -> Iterator[str]:
    """What the columns of Polars' own objects, and the fields within them, are called."""
    if isinstance(thing, pl.Series):
        thing = thing.to_frame()
    if isinstance(thing, pl.DataFrame | pl.LazyFrame):
        for name, kind in thing.collect_schema().items():
            yield name
            yield from _fields(kind)


def _fields(kind: Any) -> Iterator[str]:
    for field in getattr(kind, "fields", ()):
        yield field.name
        yield from _fields(field.dtype)
    if isinstance(kind, pl.List | pl.Array):
        yield from _fields(kind.inner)


def reader(thing: Any, rows: int) -> pa.RecordBatchReader:
    """The data as one stream with its schema; a lazy frame is computed as the stream is read.

    `UnreadableError` if a name of a column cannot be handed to Arrow.
    """
    if any("\0" in name for name in _names(thing)):
        raise UnreadableError(NUL)
    if isinstance(thing, pl.LazyFrame):
        schema = _reader(pl.DataFrame(schema=thing.collect_schema())).schema
        return pa.RecordBatchReader.from_batches(schema, _stream(thing, rows))
    return _reader(thing)


def _stream(thing: Any, rows: int) -> Iterator[pa.RecordBatch]:
    frames = thing.collect_batches(chunk_size=rows) if isinstance(thing, pl.LazyFrame) else [thing]
    for frame in frames:
        yield from _reader(frame)


def _reader(thing: Any) -> Any:
    try:
        return pa.RecordBatchReader.from_stream(thing)
    except pa.ArrowInvalid:
        # A series or chunked array streams one column and no table.
        name = getattr(thing, "name", None) or "column_1"
        return pa.table({name: pa.chunked_array(thing)}).to_reader()
