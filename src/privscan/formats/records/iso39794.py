"""ISO/IEC 39794 in DER: a version block, then representations, of fingers, faces, irises, veins."""

from __future__ import annotations

import re
from collections.abc import Iterator

from privscan.formats.records import pictures
from privscan.formats.records.record import (
    Malformed,
    Record,
    RecordEndError,
    RecordShapeError,
    View,
    need,
    walked,
)
from privscan.formats.records.tlv import LENGTH, elements

PARTS = {
    0x62: ("ISO 39794-2", "fingerprint"),
    0x64: ("ISO 39794-4", "fingerprint"),
    0x65: ("ISO 39794-5", "face_image"),
    0x66: ("ISO 39794-6", "iris"),
    0x69: ("ISO 39794-9", "palm_vein"),
}
"""By the tag of the data block, which is the number of the part."""

START = re.compile(
    rb"[\x62\x64\x65\x66\x69]%b\xa0%b\x80\x01.\x81[\x01\x02]" % (LENGTH, LENGTH), re.DOTALL
)
VERSION, REPRESENTATIONS = 0xA0, 0xA1
_SEQUENCE = 0x30
_DEEP = 12
_LEAST = 16
"""Bytes of a representation that holds anything."""


def read(data: bytes) -> Record | Malformed:
    """The data block; `data` fits START."""
    standard, entity = PARTS[data[0]]
    return walked(standard, _views(data, entity))


def _views(data: bytes, entity: str) -> Iterator[View]:
    blocks = elements(data, 0, len(data))
    block = next(blocks)
    for inner in elements(data, block.start, block.stop):
        if inner.tag == VERSION:
            parts = {e.tag: data[e.start : e.stop] for e in elements(data, inner.start, inner.stop)}
            year = int.from_bytes(parts.get(0x81, b""))
            need(2015 <= year <= 2100, "its version has no year")  # noqa: PLR2004  the first edition is of 2019
        elif inner.tag == REPRESENTATIONS:
            for one in elements(data, inner.start, inner.stop):
                need(one.tag == _SEQUENCE, "a representation is none")
                if one.stop - one.start < _LEAST:
                    raise RecordEndError
                picture = _picture(data, one.start, one.stop, 0)
                yield View(entity, pictures.size(picture), pictures.shown(picture))
    next(blocks, None)  # raises where the block itself is cut short


def _picture(data: bytes, start: int, stop: int, depth: int) -> bytes:
    """The first picture among the values inside, however deep; none where it breaks off before."""
    try:
        for one in elements(data, start, stop):
            if one.constructed:
                inside = depth < _DEEP and _picture(data, one.start, one.stop, depth + 1)
                if inside:
                    return inside
            elif data.startswith(pictures.STARTS, one.start, one.stop):
                return data[one.start : one.stop]
    except (RecordEndError, RecordShapeError):
        return b""
    return b""
