"""What sources of tables in bases share: quoted names, and columns of several kinds of cells."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import pyarrow as pa

from privscan.model.data import Batch, Column, Part, Unread
from privscan.sources._cells import flat, unique_names

PART_BYTES = 128 << 20
"""A larger table is cut into parts of about this size, where it has something to be cut by."""


def quoted(name: str) -> str:
    """A name as SQL has it, whatever signs are in it."""
    return '"' + name.replace('"', '""') + '"'


def batches_of(
    stream: Iterable[Sequence[Sequence[pa.Array]]], names: Sequence[str], part: Part
) -> Iterator[Batch | Unread]:
    """Batches of columns, each of one or several arrays of which the first has a cell a row."""
    lost: dict[tuple[str, str], int] = {}
    paths = unique_names(names)
    for fields in stream:
        columns: list[Column] = []
        for path, arrays in zip(paths, fields, strict=True):
            for array in arrays:
                columns += flat(path, array, lost)
        yield Batch(len(fields[0][0]), tuple(columns))
    for (path, reason), cells in sorted(lost.items()):
        yield Unread(part.uri, part.span, f"{cells} cells of column {path!r} {reason}", rows=cells)
