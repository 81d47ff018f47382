"""Iris images of ISO/IEC 19794-6, 2005 and 2011, and vein images of 19794-9."""

from __future__ import annotations

from collections.abc import Iterator

from privscan.formats.records import pictures
from privscan.formats.records.minutiae import captured
from privscan.formats.records.record import (
    LENGTH,
    SLACK,
    Cursor,
    Malformed,
    Record,
    RecordEndError,
    View,
    declared,
    need,
    walked,
)

MAGIC = b"IIR\0"
VEINS = b"VIR\0"

ENTITY = "iris"
_HEADER, _IREX_HEADER = 45, 46
_RAW = frozenset({2, 4})
"""Image formats of 2005 and 2011 that are plain pixels; the others are picture files."""


def read(data: bytes) -> Record | Malformed:
    """The record; `data` begins with MAGIC and a version."""
    if int.from_bytes(data[16:18]) == _IREX_HEADER:
        return walked("NIST IREX", _irex(Cursor(data, 9)))
    match data[4:8]:
        case b"010\0":
            return walked("ISO 19794-6:2005", _of_2005(Cursor(data, 8)))
        case b"020\0" | b"030\0":
            return walked("ISO 19794-6:2011", _of_2011(Cursor(data, 8)))
        case _:
            return Malformed("ISO 19794-6", "its version is unknown")


def read_veins(data: bytes) -> Record | Malformed:
    """The vein record, known by its length alone beside the magic."""
    standard = "ISO 19794-9"
    for size in (4, 6):
        if abs(int.from_bytes(data[8 : 8 + size]) - len(data)) <= SLACK:
            return Record(standard, (View("palm_vein"),))
    return Malformed(standard, LENGTH)


def _of_2005(cursor: Cursor) -> Iterator[View]:
    length, _, eyes, header, _, _, coding, width, height, depth, _ = cursor.numbers(
        4, 2, 1, 2, 2, 2, 2, 2, 2, 1, 1
    )
    need(header == _HEADER and 1 <= eyes <= 3, "its header has values that cannot be")  # noqa: PLR2004  both eyes, and one unknown
    cursor.skip(16)
    for _ in range(eyes):
        if not cursor.left:
            break
        position, images = cursor.numbers(1, 2)
        need(position <= 3, "an eye has values that cannot be")  # noqa: PLR2004  codes of ISO/IEC 19794-6
        for _ in range(images):
            cursor.skip(7)
            held = cursor.number(4)
            yield from _image(cursor, held, (width, height, depth, coding))
    declared(length, cursor.at, len(cursor.data))


def _irex(cursor: Cursor) -> Iterator[View]:
    """The draft of 2011 that NIST's Iris Exchange of 2008 wrote down, a byte longer than 2005."""
    length, _, eyes, _, _, _, coding, width, height, depth, _ = cursor.numbers(
        4, 2, 1, 2, 2, 2, 2, 2, 2, 1, 1
    )
    need(1 <= eyes <= 3, "its header has values that cannot be")  # noqa: PLR2004  both eyes, and one unknown
    cursor.skip(16)
    for _ in range(eyes):
        _, images = cursor.numbers(1, 2)
        for _ in range(images):
            held = cursor.number(4)
            cursor.skip(50)  # quality, rotation, masks, circles and ellipses
            cursor.skip(cursor.number(2))
            cursor.skip(cursor.number(2))
            yield from _image(cursor, held, (width, height, depth, coding))
    declared(length, cursor.at, len(cursor.data))


def _of_2011(cursor: Cursor) -> Iterator[View]:
    length, count, certified, eyes = cursor.numbers(4, 2, 1, 1)
    need(count > 0 and certified <= 1 and eyes <= 2, "its header has values that cannot be")  # noqa: PLR2004  codes of ISO/IEC 19794-6
    for _ in range(count):
        start = cursor.at
        size = cursor.number(4)
        captured(cursor, certified=bool(certified))
        _, eye, _, coding, _, width, height, depth = cursor.numbers(2, 1, 1, 1, 1, 2, 2, 1)
        need(eye <= 2, "an eye has values that cannot be")  # noqa: PLR2004  as above
        cursor.skip(18)
        held = cursor.number(4)
        yield from _image(cursor, held, (width, height, depth, coding))
        declared(size, cursor.at - start, len(cursor.data) - start)
    declared(length, cursor.at, len(cursor.data))


def _image(cursor: Cursor, held: int, coded: tuple[int, int, int, int]) -> Iterator[View]:
    width, height, depth, coding = coded
    need(0 < width < 1 << 14 and 0 < height < 1 << 14, "its image size cannot be")
    need(held > 0, LENGTH)
    piece = cursor.data[cursor.at : min(cursor.at + held, cursor.end)]
    if not piece:
        raise RecordEndError
    pixels = width * height * max(1, depth // 8)
    plain = coding in _RAW and pixels <= held <= 3 * pixels + SLACK
    need(plain or pictures.starts(piece), "its image is of no known coding")
    yield View(ENTITY, {"width": width, "height": height}, pictures.shown(piece))
    cursor.skip(held)
