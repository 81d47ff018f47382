"""Finger and palm images: ISO/IEC 19794-4 of 2005 and 2011, ANSI INCITS 381 of 2004 and 2009."""

from __future__ import annotations

from collections.abc import Iterator

from privscan.formats.records import pictures
from privscan.formats.records.minutiae import captured
from privscan.formats.records.record import (
    LENGTH,
    Cursor,
    Malformed,
    Record,
    RecordEndError,
    View,
    best,
    declared,
    need,
    walked,
)

MAGIC = b"FIR\0"

ENTITY, PALM = "fingerprint", "palm_print"
_PALMS = range(20, 37)
"""Positions that are palms."""

_RAW = (0, 1)
"""Compression: none, or bits packed without any."""

_UNITS, _HIGHEST_LEVEL = (1, 2), 41
"""Inches or centimetres; acquisition levels are 10 to 41."""

_TAIL = 64
"""Bytes that plain pixels may be too many."""

_HEADER = 120
"""Bytes before the first picture in a record of one."""


def read(data: bytes) -> Record | Malformed:
    """The record; `data` begins with MAGIC and a version."""
    match data[4:8]:
        case b"010\0":
            of_2005 = (("ISO 19794-4:2005", 0), ("ANSI 381-2004", 4))
            return best(_of_2005(data, standard, product) for standard, product in of_2005)
        case b"020\0" | b"030\0":
            return best(way(data) for way in (_of_2011, _ansi_2009))
        case _:
            return Malformed("ISO 19794-4", "its version is unknown")


def _of_2005(data: bytes, standard: str, product: int) -> Record | Malformed:
    def views() -> Iterator[View]:
        cursor = Cursor(data, 8)
        length = cursor.number(6)
        cursor.skip(product)
        _, level, fingers, units = cursor.numbers(2, 2, 1, 1)
        fits = fingers > 0 and units in _UNITS and level <= _HIGHEST_LEVEL
        need(fits, "its header has values that cannot be")
        _resolved(cursor, 4)
        depth, compression, zero = cursor.numbers(1, 1, 2)
        need(zero == 0, "its header has values that cannot be")
        _coded(depth, compression)
        seen = 0
        while seen < fingers and cursor.left:
            start = cursor.at
            size, position, views, number = cursor.numbers(4, 1, 1, 1)
            cursor.skip(2)
            width, height, _ = cursor.numbers(2, 2, 1)
            held = size - (cursor.at - start)
            yield from _image(cursor, held, (width, height, depth, compression), position)
            # A finger is done with its last view; some writers leave their number open.
            seen += not 0 < number < views
        need(seen > 0, "it holds nothing")
        declared(length, min(cursor.at, length + 1), len(data))

    return walked(standard, views())


def _resolved(cursor: Cursor, numbers: int) -> None:
    for resolution in cursor.numbers(*[2] * numbers):
        need(not resolution or 20 <= resolution <= 5000, "its resolution cannot be")  # noqa: PLR2004  dots per cm or inch


def _coded(depth: int, compression: int) -> None:
    need(1 <= depth <= 16 and compression <= 6, "its image coding cannot be")  # noqa: PLR2004  codes of ISO/IEC 19794-4


def _of_2011(data: bytes) -> Record | Malformed:
    def views() -> Iterator[View]:
        cursor = Cursor(data, 8)
        length, count, certified, positions = cursor.numbers(4, 2, 1, 1)
        need(count > 0 and certified <= 1 <= positions, "its header has values that cannot be")
        for _ in range(count):
            start = cursor.at
            size = cursor.number(4)
            captured(cursor, certified=bool(certified))
            position, _, units = cursor.numbers(1, 1, 1)
            need(units in _UNITS, "its units cannot be")
            _resolved(cursor, 4)
            depth, compression, _, width, height, held = cursor.numbers(1, 1, 1, 2, 2, 4)
            _coded(depth, compression)
            yield from _image(cursor, held, (width, height, depth, compression), position)
            cursor.at = max(cursor.at, min(start + size, cursor.end))  # extended data
            declared(size, cursor.at - start, len(data) - start)
        declared(length, cursor.at, len(data))

    return walked("ISO 19794-4:2011", views())


def _image(
    cursor: Cursor, held: int, coding: tuple[int, int, int, int], position: int
) -> Iterator[View]:
    """The view whose image is `held` bytes; so many that it cannot be are refused."""
    width, height, depth, compression = coding
    need(0 < width < 1 << 15 and 0 < height < 1 << 15, "its image size cannot be")
    need(held > 0, LENGTH)
    begin = cursor.data[cursor.at : cursor.at + 12]
    pixels = width * height
    plain = compression in _RAW and pixels <= 8 * held <= 2 * pixels * depth + 8 * _TAIL
    need(plain or pictures.starts(begin), "its image is of no known coding or not of its size")
    if not begin:
        raise RecordEndError
    piece = cursor.data[cursor.at : min(cursor.at + held, cursor.end)]
    shown = pictures.shown(piece)
    entity = PALM if position in _PALMS else ENTITY
    yield View(entity, {"width": width, "height": height}, shown)
    cursor.skip(held)


def _ansi_2009(data: bytes) -> Record | Malformed:
    """A picture whose length stands before it, in a record that is as long as it says."""

    def views() -> Iterator[View]:
        at = pictures.first(data, 16, _HEADER)
        need(at > 0, "it holds no picture")
        lengths = {int.from_bytes(data[8:12]), int.from_bytes(data[8:14])}
        held = int.from_bytes(data[at - 4 : at])
        fits = any(held < length <= held + _HEADER for length in lengths)
        need(fits, LENGTH)
        piece = data[at : at + held]
        yield View(ENTITY, pictures.size(piece), pictures.shown(piece))
        if at + held > len(data) + 4:
            raise RecordEndError

    return walked("ANSI 381-2009", views())
