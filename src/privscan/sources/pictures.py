"""Folders of pictures: JPEG, PNG, WebP, TIFF, BMP, GIF."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import polars as pl

from privscan.model.data import Batch, Column, Part, Unread
from privscan.model.kinds import Kind
from privscan.sources._cells import is_picture
from privscan.sources._files import printable

PLUGIN = True
SUFFIXES = (".jpg", ".jpeg", ".png", ".webp", ".tif", ".tiff", ".bmp", ".gif")
PRIORITY = 20
MEDIA = True
"""A folder of such files is one dataset, and `parts` is given all of them."""

PART_FILES = 64
BATCH_FILES = 16
BATCH_BYTES = 64 << 20
LARGEST = 256 << 20
"""A picture file beyond this many bytes is unread: it would not decode in bounded memory."""


def sniff(sample: bytes) -> bool:
    """Picture magic bytes."""
    return is_picture(sample)


def schema(_uri: str) -> tuple[str, ...]:
    """Always the picture and its path."""
    return ("image", "path")


def parts(uri: str, dataset: str, files: Sequence[str] = ()) -> Iterator[Part | Unread]:
    """Up to PART_FILES pictures a part; `files` are relative to the folder `uri`.

    Without `files`, `uri` is one picture.
    """
    if not files:
        uri, files = str(Path(uri).parent), (Path(uri).name,)
    for start in range(0, len(files), PART_FILES):
        some = tuple(files[start : start + PART_FILES])
        span = f"{start}-{start + len(some) - 1}"
        options = {"pictures": some, "files": len(some)}
        yield Part("pictures", dataset, uri, span, bytes=_size(uri, some), options=options)


def _size(folder: str, files: Sequence[str]) -> int:
    total = 0
    for name in files:
        path = Path(folder, name)
        total += path.stat().st_size if path.exists() else 0
    return total


def read(part: Part, *, batch_rows: int = BATCH_FILES) -> Iterator[Batch | Unread]:
    """Batches of a few pictures, so that memory holds only those; labels are their paths."""
    most = min(batch_rows, BATCH_FILES)
    names: list[str] = []
    cells: list[bytes] = []
    for name in part.options["pictures"]:
        found = _content(Path(part.uri, name))
        if isinstance(found, Unread):
            yield found
            continue
        names.append(name)
        cells.append(found)
        if len(names) >= most or sum(map(len, cells)) >= BATCH_BYTES:
            yield _batch(names, cells)
            names, cells = [], []
    if names:
        yield _batch(names, cells)


def _content(path: Path) -> bytes | Unread:
    try:
        size = path.stat().st_size
        if not size:
            return Unread(str(path), "", "empty file", rows=1)
        if size > LARGEST:
            return Unread(str(path), "", "the picture file is over 256 MB", size, 1)
        return path.read_bytes()
    except OSError as error:
        return Unread(str(path), "", f"cannot be opened: {error.strerror}", rows=1)


def _batch(names: list[str], cells: list[bytes]) -> Batch:
    labels = pl.Series("path", list(map(printable, names)), pl.String)
    image = Column("image", Kind.IMAGE, pl.Series("image", cells, pl.Binary), labels)
    return Batch(len(names), (image, Column("path", Kind.TEXT, labels)))
