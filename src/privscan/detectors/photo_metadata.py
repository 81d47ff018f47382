"""What a picture says beside its pixels: position, names of persons, serial numbers, captions.

Words are handed on to the detectors of text; of all values none is kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import numpy as np
import polars as pl
from PIL import Image, ImageOps

from privscan.formats.metadata import CREATOR, OWNER, SERIAL, SHOWN, Metadata, metadata
from privscan.formats.pixels import FAILURES, decoded, opened
from privscan.model.data import Column, Hits
from privscan.model.kinds import Kind

if TYPE_CHECKING:
    from numpy.typing import NDArray

PLUGIN = True
KINDS = ("image",)

SCORE = 0.9
"""A tag that the standard defines for this purpose and that is filled in."""

_FOUND = {SERIAL: "device_id", CREATOR: "name_full", OWNER: "name_full", SHOWN: "name_full"}

_NOBODY = re.compile(
    r"(?:unknown|unspecified|none|n/?a|null|default|test|artist|author|owner|photographer|user|admin"
    r"|administrator|owner'?s? name|picasa|gimp|canon|nikon|sony|olympus|fujifilm|panasonic|kodak"
    r"|casio|samsung|apple|microsoft|adobe|copyright|camera|digital camera|scanner"
    r"|.*\b(?:inc|ltd|gmbh|corp|corporation|company|university|agency|press|software|studios?"
    r"|photoshop|camera|team|project|foundation|association|contributors|https?|www)\b.*)[\W\d]*",
    re.IGNORECASE,
)
"""What makers and programs write where a person's name belongs, and names of organisations."""

SIDE = 640
"""Longest side that the face detector sees as well: the picture is decoded once for both."""

_GRID = 24
"""A picture and its thumbnail are compared as so many by so many grey fields."""

_ALIKE = 0.6
"""Least correlation of those fields, in any of four turns, that makes both the same picture."""

_FLAT = 6.0
"""Standard deviation of grey below which a picture has nothing to compare."""


def find(column: Column) -> Iterator[Hits | Column]:
    """Pictures whose metadata hold a position, a person's name or a serial number of a device.

    What else is said in words stands in columns of its own, and so do thumbnails that show
    something other than their picture.
    """
    said = [metadata(content) for content in column.cells]
    yield from _hits([one.position for one in said], "gps", "photo_metadata")
    for field, entity in _FOUND.items():
        rows = [_names(one, field) for one in said]
        yield from _hits(rows, entity, f"photo_metadata/{field.replace('_', ' ')}")
    for field in sorted({field for one in said for field in one.said}):
        cells = [(value, row) for row, one in enumerate(said) for value in one.said.get(field, ())]
        yield _inner(column, f"metadata.{field}", Kind.TEXT, cells)
    shown = zip(said, column.cells, strict=True)
    other = [
        (one.thumbnail, row) for row, (one, content) in enumerate(shown) if _other(one, content)
    ]
    if other:
        yield _inner(column, "thumbnail", Kind.IMAGE, other)


def _hits(rows: Sequence[bool], entity: str, detector: str) -> Iterator[Hits]:
    if any(rows):
        yield Hits(entity, pl.Series(rows, dtype=pl.Boolean), SCORE, detector)


def _names(one: Metadata, field: str) -> bool:
    values = one.said.get(field, ())
    if field == SERIAL:
        return bool(values)
    return any(any(map(str.isalpha, v)) and not _NOBODY.fullmatch(v) for v in values)


def _inner(
    column: Column, name: str, kind: Kind, cells: Sequence[tuple[str | bytes, int]]
) -> Column:
    path = f"{column.path}[].{name}"
    dtype = pl.Binary if kind is Kind.IMAGE else pl.String
    values = pl.Series(path, [value for value, _ in cells], dtype)
    rows = [row for _, row in cells]
    labels = None if column.labels is None else column.labels.gather(rows)
    return Column(path, kind, values, labels)


def _other(one: Metadata, content: bytes) -> bool:
    """Whether the thumbnail is of another picture: of what was cut off or painted over since."""
    if not one.thumbnail:
        return False
    picture = decoded(content, SIDE)
    if picture is None or not picture.frames:
        return False
    try:
        with opened(one.thumbnail) as shown:
            thumbnail = _bare(np.asarray(ImageOps.exif_transpose(shown.convert("L"))))
    except FAILURES:
        return False
    grey = _fields(_bare(np.asarray(Image.fromarray(picture.frames[0]).convert("L"))))
    small = _fields(thumbnail)
    if min(grey.std(), small.std()) < _FLAT:
        return False
    return max(_likeness(np.rot90(small, turns), grey) for turns in range(4)) < _ALIKE


def _bare(grey: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Without the black bars that fill a thumbnail up to the shape it must have."""
    dark = 24
    rows, columns = (np.flatnonzero(grey.max(axis=axis) > dark) for axis in (1, 0))
    if not len(rows):
        return grey
    return grey[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]


def _fields(grey: NDArray[np.uint8]) -> NDArray[np.float64]:
    small = Image.fromarray(grey).resize((_GRID, _GRID), Image.Resampling.BOX)
    return np.asarray(small, np.float64)


def _likeness(one: NDArray[np.float64], other: NDArray[np.float64]) -> float:
    return float(np.corrcoef(one.ravel(), other.ravel())[0, 1])
