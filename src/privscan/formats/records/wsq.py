"""Fingerprint images in wavelet scalar quantisation, the FBI's IAFIS-IC-0110: markers in sequence."""

from __future__ import annotations

import re
from collections.abc import Iterator

from privscan.formats.records.pictures import WSQ
from privscan.formats.records.record import (
    Cursor,
    Malformed,
    Record,
    RecordEndError,
    View,
    need,
    walked,
)

START = re.compile(re.escape(WSQ) + rb"[\xa2\xa4-\xa8]")
END, FRAME, BLOCK, COMMENT = 0xFFA1, 0xFFA2, 0xFFA3, 0xFFA8
_TABLES = {0xFFA4: (6, 300), 0xFFA5: (200, 500), 0xFFA6: (20, 800), 0xFFA7: (4, 6)}
"""The least and most bytes of the segments that carry tables."""

_FRAME_BYTES = 17
_LARGEST = 20_000
_MARK = re.compile(rb"\xff[^\0\xb0-\xb7]")
"""What ends coded bits: a marker that is no stuffed byte and no restart."""


def read(data: bytes) -> Record | Malformed | None:
    """The image; bytes of which not even one segment is whole may be anything."""
    found = walked("WSQ", _views(Cursor(data, 2)))
    early = isinstance(found, Malformed) and not _segment(data)
    return None if early else found


def _segment(data: bytes) -> bool:
    """Whether one segment, as long as such a segment is, is followed by another marker."""
    mark, size = int.from_bytes(data[2:4]), int.from_bytes(data[4:6])
    low, high = _TABLES.get(mark, (2, 1 << 16))
    after = data[4 + size : 6 + size]
    return low <= size <= high and len(after) == 2 and FRAME <= int.from_bytes(after) <= COMMENT  # noqa: PLR2004  a marker has two bytes


def _views(cursor: Cursor) -> Iterator[View]:
    measures: dict[str, int] = {}
    tables, blocks = 0, 0
    while (mark := cursor.number(2)) != END:
        need(FRAME <= mark <= COMMENT, "a marker is unknown")
        size = cursor.number(2)
        need(size >= 2, "a segment has no length")  # noqa: PLR2004  the length counts itself
        body = cursor.take(size - 2)
        if mark == FRAME:
            need(not measures, "it has two frames")
            measures = _frame(body)
        elif mark == BLOCK:
            need(size == 3 and tables > 0 < len(measures), "its coded bits have no tables")  # noqa: PLR2004  one byte names the table
            if not blocks:
                yield View("fingerprint", measures)
            blocks += 1
            _pass_bits(cursor)
        elif mark in _TABLES:
            low, high = _TABLES[mark]
            need(low <= size <= high, "a table is not of its size")
            tables += 1
    need(blocks > 0, "it has no coded bits")


def _frame(body: bytes) -> dict[str, int]:
    height, width = int.from_bytes(body[2:4]), int.from_bytes(body[4:6])
    sized = 0 < width < _LARGEST and 0 < height < _LARGEST
    need(len(body) == _FRAME_BYTES - 2 and sized, "its frame cannot be")
    return {"width": width, "height": height}


def _pass_bits(cursor: Cursor) -> None:
    found = _MARK.search(cursor.data, cursor.at, cursor.end)
    if found is None:
        raise RecordEndError
    cursor.at = found.start()
