"""Folders of pictures: JPEG, PNG, WebP, HEIC, AVIF, JPEG 2000, TIFF, BMP, GIF, PNM, DICOM ..."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from privscan.formats.pictures import is_picture
from privscan.model.data import Batch, Part, Unread
from privscan.model.kinds import Kind
from privscan.sources._media import BATCH_FILES, media_batches, media_parts

PLUGIN = True
# fmt: off
SUFFIXES = (
    ".jpg", ".jpeg", ".jfif", ".png", ".webp", ".tif", ".tiff", ".bmp", ".gif",
    ".heic", ".heif", ".hif", ".avif", ".jp2", ".j2k", ".jpx", ".dcm",
    ".pbm", ".pgm", ".ppm", ".pnm", ".pcx", ".psd",
)
# fmt: on
PRIORITY = 20
MEDIA = True
"""A folder of such files is one dataset, and `parts` is given all of them."""


def sniff(sample: bytes) -> bool:
    """Picture magic bytes."""
    return is_picture(sample)


def schema(_uri: str) -> tuple[str, ...]:
    """Always the picture and its path."""
    return ("image", "path")


def parts(uri: str, dataset: str, files: Sequence[str] = ()) -> Iterator[Part | Unread]:
    """Some pictures a part; `files` are relative to the folder `uri`, without them it is one."""
    return media_parts("pictures", uri, dataset, files)


def read(part: Part, *, batch_rows: int = BATCH_FILES) -> Iterator[Batch | Unread]:
    """Batches of a few pictures with their paths."""
    return media_batches(part, "image", Kind.IMAGE, "picture file", batch_rows=batch_rows)
