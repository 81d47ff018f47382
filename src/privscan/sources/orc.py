"""ORC: batches of a file, stripe by stripe."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import polars as pl
import pyarrow as pa
import pyarrow.dataset

from privscan.errors import UnreadableError
from privscan.model.data import Batch, Part, Unread
from privscan.sources._cells import batches
from privscan.sources._place import arrow, ending, size

PLUGIN = True
SUFFIXES = (".orc",)
PRIORITY = 10

_MAGIC = b"ORC"
_SOON = 256
_BINARY = re.compile(rb"[\0-\x08\x0e-\x1f]")
_TAIL = 256
"""The last bytes, which end in the magic and its length."""

_DAMAGED = "the ORC file is truncated or damaged"
_TROUBLE = (pa.ArrowException, OSError, ValueError)


def sniff(sample: bytes) -> bool:
    """The magic, and soon behind it what is no text."""
    return sample.startswith(_MAGIC) and bool(_BINARY.search(sample[:_SOON]))


def _opened(uri: str) -> Any:
    if _MAGIC not in ending(uri, _TAIL):
        raise UnreadableError("the ORC file has no footer: it is truncated", where=uri)
    fragment = pa.dataset.OrcFileFormat().make_fragment(arrow(uri))
    try:
        return fragment, fragment.physical_schema
    except _TROUBLE:
        raise UnreadableError(_DAMAGED, where=uri) from None


def schema(uri: str) -> tuple[str, ...]:
    """Top-level column names; `UnreadableError` without a sound footer."""
    return tuple(_opened(uri)[1].names)


def parts(uri: str, dataset: str) -> Iterator[Part | Unread]:
    """One part a file."""
    yield Part("orc", dataset, uri, bytes=size(uri))


def read(part: Part, *, batch_rows: int = 65_536) -> Iterator[Batch | Unread]:
    """Batches of the file; what does not decode ends in `Unread`."""
    done = 0
    try:
        fragment, _ = _opened(part.uri)
        stream = fragment.to_batches(
            batch_size=batch_rows, use_threads=False, batch_readahead=1, fragment_readahead=0
        )
        for item in batches(stream, part, batch_rows):
            done += item.rows if isinstance(item, Batch) else 0
            yield item
    except UnreadableError as error:
        yield Unread(part.uri, part.span, error.what, part.bytes)
    except (*_TROUBLE, pl.exceptions.PolarsError, pl.exceptions.PanicException):
        yield Unread(part.uri, part.span, f"{_DAMAGED} after row {done}", part.bytes)
