"""Documents in bytes, taken apart: PDF, Office, OpenDocument, RTF, HTML, e-mail.

Their words, authors, pictures and embedded files go on to the detectors of their own kind.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

import polars as pl

from privscan.formats.documents import HEAD, document_kind, document_of
from privscan.formats.pictures import HEAD as PICTURE_HEAD
from privscan.formats.pictures import is_picture
from privscan.model.data import Column, Unread
from privscan.model.kinds import Kind

PLUGIN = True
KINDS = ("bytes",)

_SORTS = {"text": Kind.TEXT, "picture": Kind.IMAGE, "file": Kind.BYTES}
"""What stands in a document, as columns; its properties are texts under their own names."""

LEAST = 64
"""Bytes of the smallest document."""


def find(column: Column) -> Iterator[Unread | Column]:
    """What stands inside the cells that are documents, and why some were not read."""
    inside: dict[str, list[tuple[int, str | bytes]]] = defaultdict(list)
    broken: dict[str, list[int]] = defaultdict(list)
    long = (column.cells.bin.size() >= LEAST).arg_true()
    heads = column.cells.gather(long).bin.head(HEAD)
    for row, head in zip(long.to_list(), heads, strict=True):
        if not document_kind(head):
            continue
        document = document_of(column.cells[row])
        if document is None:
            continue
        inside["text"] += ((row, text) for text in document.texts)
        for name, values in document.said.items():
            inside[name] += ((row, value) for value in values)
        inside["picture"] += ((row, p) for p in document.pictures)
        for content in document.files:
            sort = "picture" if is_picture(content[:PICTURE_HEAD]) else "file"
            inside[sort].append((row, content))
        for reason in document.unread:
            broken[reason].append(row)
    for name, some in inside.items():
        if some:
            yield _column(column, name, some)
    for reason, rows in broken.items():
        yield from _unread(column, reason, rows)


def _column(column: Column, name: str, some: list[tuple[int, str | bytes]]) -> Column:
    kind = _SORTS.get(name, Kind.TEXT)
    path = f"{column.path}[].{name}"
    dtype = pl.String if kind is Kind.TEXT else pl.Binary
    labels = None if column.labels is None else column.labels.gather([row for row, _ in some])
    return Column(path, kind, pl.Series(path, [value for _, value in some], dtype), labels)


def _unread(column: Column, reason: str, rows: list[int]) -> Iterator[Unread]:
    if column.labels is None:
        yield Unread("", "", reason, rows=len(rows))
        return
    for label in column.labels.gather(rows):
        yield Unread(label, "", reason, rows=1)
