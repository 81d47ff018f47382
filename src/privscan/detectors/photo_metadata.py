"""What a picture says beside its pixels: position, names of persons, serial numbers, captions.

Words are handed on to the detectors of text; of all values none is kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import numpy as np
import polars as pl
from PIL import Image, ImageOps

from privscan.formats.metadata import CREATOR, OWNER, SERIAL, SHOWN, Metadata, metadata
from privscan.formats.pixels import FAILURES, decoded, opened
from privscan.formats.thumbnails import shows_more
from privscan.model.data import Column, Hits
from privscan.model.kinds import Kind

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

THUMBNAIL = "hidden_thumbnail"
"""The entity of a thumbnail that shows more than its picture."""


def find(column: Column) -> Iterator[Hits | Column]:
    """Pictures whose metadata hold a position, a person's name or a serial number of a device.

    What else is said in words stands in columns of its own, and so do thumbnails that show
    more than their picture.
    """
    said = [metadata(content) for content in column.cells]
    yield from _hits([one.position for one in said], "gps", "photo_metadata")
    for field, entity in _FOUND.items():
        rows = [_names(one, field) for one in said]
        yield from _hits(rows, entity, f"photo_metadata/{field.replace('_', ' ')}")
    for field in sorted({field for one in said for field in one.said}):
        cells = [(value, row) for row, one in enumerate(said) for value in one.said.get(field, ())]
        yield _inner(column, f"metadata.{field}", Kind.TEXT, cells)
    pairs = zip(said, column.cells, strict=True)
    more = [bool(one.thumbnail) and _shows_more(one.thumbnail, cell) for one, cell in pairs]
    yield from _hits(more, THUMBNAIL, "photo_metadata/thumbnail")
    if any(more):
        its = [(one.thumbnail, row) for row, one in enumerate(said) if more[row]]
        yield _inner(column, "thumbnail", Kind.IMAGE, its)


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


def _shows_more(thumbnail: bytes, content: bytes) -> bool:
    """Whether the thumbnail still shows what was cut off, painted over or blurred in the picture."""
    picture = decoded(content, SIDE)
    if picture is None or not picture.frames:
        return False
    try:
        with opened(thumbnail) as small:
            shown = np.asarray(ImageOps.exif_transpose(small.convert("L")))
    except FAILURES:
        return False
    return shows_more(np.asarray(Image.fromarray(picture.frames[0]).convert("L")), shown)
