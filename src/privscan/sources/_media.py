"""Folders of media: each file is one cell of a column, named by its path."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from zlib import crc32

import polars as pl

from privscan.errors import UnreadableError
from privscan.model.data import Batch, Column, Part, Unread
from privscan.model.kinds import Kind
from privscan.sources._files import printable
from privscan.sources._place import inside, raw, size

FILES = "media"
"""Option of a part: the names of its files below its uri."""

PART_FILES = 96
USUAL_FILES = 48
"""Most files of a part, and how many it has on average where no name ends it sooner."""

BATCH_FILES = 16
BATCH_BYTES = 64 << 20
LARGEST = 256 << 20
"""A file beyond this many bytes is unread: it would not fit in bounded memory."""


def media_parts(
    source: str, uri: str, dataset: str, files: Sequence[str] = ()
) -> Iterator[Part | Unread]:
    """Up to PART_FILES files a part, in their order; `files` are relative to the folder `uri`.

    Without `files`, `uri` is one file. Names say where a part ends, not their number: a file that
    comes or goes changes its own part alone.
    """
    if not files:
        folder, slash, name = uri.rpartition("/")
        uri, files = folder or slash or ".", (name,)
    some: list[str] = []
    for name in files:
        some.append(name)
        if len(some) >= PART_FILES or _ends(name):
            yield _part(source, uri, dataset, tuple(some))
            some = []
    if some:
        yield _part(source, uri, dataset, tuple(some))


def _ends(name: str) -> bool:
    return crc32(name.encode("utf-8", "surrogatepass")) % USUAL_FILES == 0


def _part(source: str, uri: str, dataset: str, files: tuple[str, ...]) -> Part:
    span = printable(files[0] if len(files) == 1 else f"{files[0]} .. {files[-1]}")
    options = {FILES: files, "files": len(files)}
    return Part(source, dataset, uri, span, bytes=_size(uri, files), options=options)


def _size(folder: str, files: Sequence[str]) -> int:
    total = 0
    for name in files:
        try:
            total += size(inside(folder, name))
        except (OSError, UnreadableError):
            continue
    return total


def whole(uri: str, what: str) -> bytes | Unread:
    """All of the file, or why it is unread."""
    try:
        length = size(uri)
        if not length:
            return Unread(uri, "", "empty file", rows=1)
        if length > LARGEST:
            return Unread(uri, "", f"the {what} is over 256 MB", length, 1)
        with raw(uri) as file:
            return file.read()
    except UnreadableError as error:
        return Unread(uri, "", error.what, rows=1)
    except OSError as error:
        return Unread(uri, "", f"cannot be opened: {error.strerror}", rows=1)


def media_batches(  # noqa: PLR0913  each says one thing of a medium
    part: Part,
    column: str,
    kind: Kind,
    what: str,
    *,
    batch_rows: int = BATCH_FILES,
    content: Callable[[str, str], bytes | Unread] = whole,
) -> Iterator[Batch | Unread]:
    """Batches of a few files, so that memory holds only those; labels are their paths.

    `what` names such a file where one is too large to be read; `content` reads one.
    """
    most = min(batch_rows, BATCH_FILES)
    names: list[str] = []
    cells: list[bytes] = []
    for name in part.options[FILES]:
        found = content(inside(part.uri, name), what)
        if isinstance(found, Unread):
            yield found
            continue
        names.append(name)
        cells.append(found)
        if len(names) >= most or sum(map(len, cells)) >= BATCH_BYTES:
            yield _batch(names, cells, column, kind)
            names, cells = [], []
    if names:
        yield _batch(names, cells, column, kind)


def _batch(names: list[str], cells: list[bytes], column: str, kind: Kind) -> Batch:
    labels = pl.Series("path", list(map(printable, names)), pl.String)
    content = Column(column, kind, pl.Series(column, cells, pl.Binary), labels)
    return Batch(len(names), (content, Column("path", Kind.TEXT, labels)))
