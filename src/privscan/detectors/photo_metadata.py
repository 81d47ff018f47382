"""What a picture says about its maker: position, owner's name, serial number of the camera.

Tags of CIPA DC-008 (Exif 3.0); the values themselves are never kept.
"""

from __future__ import annotations

import io
import struct
import warnings
from collections.abc import Iterator

import numpy as np
import polars as pl
from PIL import ExifTags, Image

from privscan.model.data import Column, Hits

PLUGIN = True
KINDS = ("image",)

SCORE = 0.9
"""A tag that the standard defines for this purpose and that is filled in."""

_NAMES = (ExifTags.Base.Artist, 0x9C9D)  # Artist, and XPAuthor as Windows writes it
_OWNER = (ExifTags.Base.CameraOwnerName, 0xA437)  # and Photographer, new in Exif 3.0
_SERIALS = (
    ExifTags.Base.BodySerialNumber,
    ExifTags.Base.LensSerialNumber,
    ExifTags.Base.CameraSerialNumber,
)
_POSITION = (ExifTags.GPS.GPSLatitude, ExifTags.GPS.GPSLongitude)


def find(column: Column) -> Iterator[Hits]:
    """Pictures whose metadata hold a position, a person's name or a device's serial number."""
    said = [_said(content) for content in column.cells]
    for entity in ("gps", "name_full", "device_id"):
        mask = np.array([entity in entities for entities in said], bool)
        if mask.any():
            yield Hits(entity, pl.Series(mask), SCORE, "photo_metadata")


def _said(content: bytes) -> frozenset[str]:
    """Entities in the metadata; a picture that cannot be opened says nothing here."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # odd metadata is common and harmless here
            with Image.open(io.BytesIO(content)) as picture:
                return frozenset(_entities(picture.getexif()))
    except (OSError, SyntaxError, ValueError, KeyError, TypeError, struct.error):
        return frozenset()
    except Image.DecompressionBombError:
        return frozenset()


def _entities(exif: Image.Exif) -> Iterator[str]:
    detail = exif.get_ifd(ExifTags.IFD.Exif)
    position = exif.get_ifd(ExifTags.IFD.GPSInfo)
    if all(_degrees(position.get(tag)) for tag in _POSITION):
        yield "gps"
    if any(map(_filled, (*map(exif.get, _NAMES), *map(detail.get, _OWNER)))):
        yield "name_full"
    if any(_filled(place.get(tag)) for tag in _SERIALS for place in (detail, exif)):
        yield "device_id"


def _degrees(value: object) -> bool:
    """Degrees, minutes and seconds as rationals; cameras without a fix write zeros over zero."""
    if not isinstance(value, tuple) or not value:
        return False
    return all(np.isfinite(float(part)) for part in value) and any(value)


def _filled(value: object) -> bool:
    """Text with a letter or digit that is not zero; cameras fill unused tags with blanks."""
    if isinstance(value, bytes):
        value = value.replace(b"\0", b"").decode("latin-1")
    text = str(value or "").strip("\0 ")
    return any(c.isalnum() and c != "0" for c in text)
