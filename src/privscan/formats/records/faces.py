"""Face images: ISO/IEC 19794-5 of 2005 and 2011, and ANSI INCITS 385, which is laid out alike."""

from __future__ import annotations

from collections.abc import Iterator

from privscan.formats.records import pictures
from privscan.formats.records.record import (
    LENGTH,
    Cursor,
    Malformed,
    Record,
    RecordEndError,
    View,
    dated,
    declared,
    need,
    walked,
)

MAGIC = b"FAC\0"

ENTITY = "face_image"
_POINT = 8
_FIXED = 300
"""Bytes before the picture in a representation of 2011, besides its quality blocks and points."""


def read(data: bytes) -> Record | Malformed:
    """The record; `data` begins with MAGIC and a version."""
    match data[4:8]:
        case b"010\0":
            return walked("ISO 19794-5:2005", _of_2005(Cursor(data, 8)))
        case b"030\0" | b"020\0":
            return walked("ISO 19794-5:2011", _of_2011(Cursor(data, 8)))
        case _:
            return Malformed("ISO 19794-5", "its version is unknown")


def _of_2005(cursor: Cursor) -> Iterator[View]:
    length, count = cursor.numbers(4, 2)
    need(count > 0, "it holds nothing")
    for _ in range(count):
        start = cursor.at
        size, points = cursor.numbers(4, 2)
        cursor.skip(14)
        cursor.skip(points * _POINT)
        _kind, coding, width, height = cursor.numbers(1, 1, 2, 2)
        cursor.skip(6)
        need(coding <= 4, "its image coding cannot be")  # noqa: PLR2004  codes of ISO/IEC 19794-5
        held = size - (cursor.at - start)
        need(held > 0, LENGTH)
        yield from _picture(cursor, held, width, height)
    declared(length, cursor.at, len(cursor.data))


def _of_2011(cursor: Cursor) -> Iterator[View]:
    length, count, certified = cursor.numbers(4, 2, 1)
    cursor.skip(2)
    need(count > 0 and certified <= 1, "its header has values that cannot be")
    for _ in range(count):
        start = cursor.at
        size = cursor.number(4)
        need(dated(cursor.take(9)), "a representation has no date")
        cursor.skip(5)
        cursor.skip(5 * cursor.number(1))
        points = cursor.number(2)
        latest = min(cursor.end, cursor.at + _FIXED + points * 40)
        at = pictures.first(cursor.data, cursor.at + 13, latest)
        if at < 0 and cursor.left < _FIXED:
            raise RecordEndError
        need(at >= 0, "it holds no picture")
        cursor.at = at - 13
        width, height, _, _, _, held = cursor.numbers(2, 2, 2, 2, 1, 4)
        yield from _picture(cursor, held, width, height)
        cursor.at = max(cursor.at, min(start + size, cursor.end))  # data of three dimensions
        declared(size, cursor.at - start, len(cursor.data) - start)
    declared(length, cursor.at, len(cursor.data))


def _picture(cursor: Cursor, held: int, width: int, height: int) -> Iterator[View]:
    piece = cursor.data[cursor.at : min(cursor.at + held, cursor.end)]
    if not piece:
        raise RecordEndError
    need(pictures.starts(piece), "its image is of no known coding")
    measures = {"width": width, "height": height} if width and height else pictures.size(piece)
    yield View(ENTITY, measures, pictures.shown(piece))
    cursor.skip(held)
