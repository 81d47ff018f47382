"""Documents in bytes, taken apart: PDF, Office, OpenDocument, RTF, HTML, e-mail.

Their words, authors, pictures and embedded files go on to the detectors of their own kind.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

import polars as pl

from privscan.formats.audio import sound_of
from privscan.formats.documents import HEAD, document_kind, document_of
from privscan.formats.documents.charsets import decoded, is_text
from privscan.formats.documents.document import Document
from privscan.formats.genomes import genome_of
from privscan.formats.pictures import HEAD as PICTURE_HEAD
from privscan.formats.pictures import is_picture
from privscan.model.data import Column, Unread
from privscan.model.kinds import Kind

PLUGIN = True
KINDS = ("bytes",)

_SORTS = {"text": Kind.TEXT, "picture": Kind.IMAGE, "sound": Kind.AUDIO, "file": Kind.BYTES}
"""What stands in a document, as columns; its properties are texts under their own names."""

GZIP = b"\x1f\x8b"

LEAST = 64
"""Bytes of the smallest document."""


def find(column: Column) -> Iterator[Unread | Column]:
    """What stands inside the cells that are documents, and why some were not read."""
    inside: dict[str, list[tuple[int, str | bytes]]] = defaultdict(list)
    broken: dict[str, list[int]] = defaultdict(list)
    long = (column.cells.bin.size() >= LEAST).arg_true()
    for row, content in zip(long, column.cells.gather(long), strict=True):
        document = _taken_apart(content)
        for name, values in document.said.items():
            inside[name] += ((row, value) for value in values)
        inside["text"] += ((row, text) for text in document.texts)
        inside["picture"] += ((row, p) for p in document.pictures)
        for file in document.files:
            sort = _sort(file)
            if sort == "text":
                inside[sort] += ((row, line) for line in decoded(file).splitlines() if line)
            else:
                inside[sort].append((row, file))
        for reason in document.unread:
            broken[reason].append(row)
    for name, some in inside.items():
        if some:
            yield _column(column, name, some)
    for reason, rows in broken.items():
        yield from _unread(column, reason, rows)


def _taken_apart(content: bytes) -> Document:
    """The document, an empty one where the bytes are none; what its reader raises hides no other."""
    try:
        if content.startswith(GZIP) and genome_of(content):
            return Document()  # unpacked and read by the detector of genomes
        return document_of(content) or Document()
    except Exception as error:  # noqa: BLE001  a hostile document must not hide the next
        return Document(unread=(f"its reader failed with {type(error).__name__}",))


def _sort(content: bytes) -> str:
    """Which column an embedded file goes to."""
    if is_picture(content[:PICTURE_HEAD]):
        return "picture"
    if sound_of(content):
        return "sound"
    # Pages, mail and RTF are text too, and go on to be taken apart.
    return "text" if is_text(content) and not document_kind(content[:HEAD]) else "file"


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
