"""Finger minutiae: ISO/IEC 19794-2 of 2005 and 2011, ANSI INCITS 378 of 2004 and 2009."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from privscan.formats.records.record import (
    Cursor,
    Malformed,
    Record,
    RecordEndError,
    View,
    best,
    dated,
    declared,
    need,
    walked,
)

MAGIC = b"FMR\0"

ENTITY = "fingerprint"
_MINUTIA, _MINUTIAE = 6, (5, 6)
_LARGEST = 10_000
"""Pixels of a side: a card of ten prints at 1,000 dpi has fewer."""

_PLACE, _RESERVED = 0x3FFF, 3
"""Bits of a coordinate, and the kind of minutia above them that is none."""

_POSITIONS = 40
"""Fingers, slaps and palms are numbered below it."""

_INSIDE = 0.9
"""Share of the minutiae that must lie in the image: real records have some that do not."""


def read(data: bytes) -> Record | Malformed:
    """The record; `data` begins with MAGIC and a version."""
    match data[4:8]:
        case b" 20\0":
            return best(way(data) for way in (_iso_2005, _ansi_2004))
        case b"020\0":
            return best(way(data) for way in (_ansi_2004, _iso_2005))
        case b"030\0":
            return best(_of_version_3(data))
        case b"035\0":
            return best(_ansi_2009(data, "2009 Amd 1"))
        case _:
            return Malformed("ISO 19794-2", "its version is unknown")


def _of_version_3(data: bytes) -> Iterator[Record | Malformed]:
    yield _iso_2011(data)
    yield from _ansi_2009(data, "2009")


def _iso_2005(data: bytes) -> Record | Malformed:
    def views() -> Iterator[View]:
        cursor = Cursor(data, 8)
        length = cursor.number(4)
        cursor.skip(2)
        yield from _plain_views(cursor, length)

    return walked("ISO 19794-2:2005", views())


def _ansi_2004(data: bytes) -> Record | Malformed:
    def views() -> Iterator[View]:
        cursor = Cursor(data, 8)
        length = cursor.number(2) or cursor.number(4)
        cursor.skip(6)
        yield from _plain_views(cursor, length)

    return walked("ANSI 378-2004", views())


def _plain_views(cursor: Cursor, length: int) -> Iterator[View]:
    """Size and resolution stand once for all views."""
    width, height, across, down, views, zero = cursor.numbers(2, 2, 2, 2, 1, 1)
    _sized(width, height, across, down)
    need(zero == 0 < views, "its header has values that cannot be")
    for _ in range(views):
        position, _, _, count = cursor.numbers(1, 1, 1, 1)
        need(position <= _POSITIONS, "a view has values that cannot be")
        yield from _minutiae(cursor, width, height, count)
    declared(length, cursor.at, len(cursor.data))


def _iso_2011(data: bytes) -> Record | Malformed:
    def views() -> Iterator[View]:
        cursor = Cursor(data, 8)
        length, count, certified = cursor.numbers(4, 2, 1)
        need(count > 0 and certified <= 1, "its header has values that cannot be")
        for _ in range(count):
            start = cursor.at
            size = cursor.number(4)
            captured(cursor, certified=bool(certified))
            cursor.skip(2)
            across, down, _impression, width, height, form, minutiae = cursor.numbers(
                2, 2, 1, 2, 2, 1, 1
            )
            _sized(width, height, across, down)
            # Above the kind of ridge ends stands how long a minutia is: with its quality or without.
            each = form >> 4 if form >> 4 in _MINUTIAE else _MINUTIA
            yield from _minutiae(cursor, width, height, minutiae, each)
            declared(size, cursor.at - start, len(data) - start)
        declared(length, cursor.at, len(data))

    return walked("ISO 19794-2:2011", views())


def captured(cursor: Cursor, *, certified: bool) -> None:
    """Pass what each representation of 2011 begins with: time, device, quality, certificates."""
    need(dated(cursor.take(9)), "a representation has no date")
    cursor.skip(5)
    for size in (5, 3) if certified else (5,):
        cursor.skip(size * cursor.number(1))


def _ansi_2009(data: bytes, year: str) -> Iterator[Record | Malformed]:
    for certified in (1, 0):

        def views(skipped: int = certified) -> Iterator[View]:
            cursor = Cursor(data, 8)
            length = cursor.number(4)
            cursor.skip(4 + skipped + 2)
            count, zero = cursor.numbers(1, 1)
            need(zero == 0 < count, "its header has values that cannot be")
            for _ in range(count):
                cursor.skip(8)
                width, height, across, down, minutiae = cursor.numbers(2, 2, 2, 2, 1)
                _sized(width, height, across, down)
                yield from _minutiae(cursor, width, height, minutiae)
            declared(length, cursor.at, len(data))

        yield walked(f"ANSI 378-{year}", views())


def _sized(width: int, height: int, across: int, down: int) -> None:
    """Pixels and pixels a centimetre; some encoders leave one or the other open."""
    need(width < _LARGEST and height < _LARGEST, "its image size cannot be")
    fits = all(not pixels or 20 <= pixels <= 1000 for pixels in (across, down))  # noqa: PLR2004  50 to 2,500 dpi
    need(fits, "its resolution cannot be")


def _minutiae(
    cursor: Cursor, width: int, height: int, count: int, each: int = _MINUTIA
) -> Iterator[View]:
    """The view with as many minutiae as there are; more bytes than declared end the walk."""
    present = min(count, cursor.left // each)
    points = np.frombuffer(cursor.take(present * each), np.uint8).reshape(present, each)
    across, down = (points[:, at].astype(np.uint16) << 8 | points[:, at + 1] for at in (0, 2))
    fits = (across & _PLACE <= (width or _LARGEST)) & (down & _PLACE <= (height or _LARGEST))
    inside = int((fits & (across >> 14 < _RESERVED)).sum())
    need(inside >= _INSIDE * present, "its minutiae lie outside the image")
    measures = {"minutiae": present, "width": width, "height": height}
    if present or not count:
        yield View(ENTITY, measures)
    if present < count:
        raise RecordEndError
    if cursor.left >= 2:  # noqa: PLR2004  real records leave out the empty last field
        cursor.skip(cursor.number(2))
