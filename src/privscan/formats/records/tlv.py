"""Tags, lengths and values as ISO/IEC 8825-1 (BER) writes them, of definite length."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from privscan.formats.records.record import Cursor, RecordEndError, no

LENGTH = rb"(?:[\x01-\x7f]|\x81.|\x82..|\x83...)"
"""In a pattern (with DOTALL): how a length is written."""

_PADDING = re.compile(rb"[\0\xff]+")
_MULTIPLE = 0x1F
_MOST = 10_000
"""Elements in one: no record has as many, and a hostile one has millions."""

_LONG = 0x80


class Element(NamedTuple):
    """A tag as a number, and where its value stands; where the bytes end early, what is there."""

    tag: int
    start: int
    stop: int

    @property
    def constructed(self) -> bool:
        """Whether the value is elements again."""
        first = self.tag >> 8 * ((self.tag.bit_length() - 1) // 8) if self.tag else 0
        return bool(first & 0x20)


def elements(data: bytes, start: int, stop: int) -> Iterator[Element]:
    """The elements between two places; after one that is cut short, `RecordEndError`."""
    cursor = Cursor(data, start, stop)
    seen = 0
    while cursor.left:
        seen += 1
        if seen > _MOST:
            no("it has more elements than any")
        if padding := _PADDING.match(data, cursor.at, cursor.end):
            cursor.at = padding.end()
            continue
        tag = _tag(cursor)
        size = cursor.number(1)
        if size >= _LONG:
            if not 1 <= size - _LONG <= 4:  # noqa: PLR2004  four bytes hold any length
                no("a length is not written as in DER")
            size = cursor.number(size - _LONG)
        end = cursor.at + size
        yield Element(tag, cursor.at, min(end, cursor.end))
        if end > cursor.end:
            raise RecordEndError
        cursor.at = end


def _tag(cursor: Cursor) -> int:
    tag = last = cursor.number(1)
    if tag & _MULTIPLE == _MULTIPLE:
        last = _LONG
        while last & _LONG:
            if tag > 0xFFFFFF:  # noqa: PLR2004  tags of four bytes exist nowhere here
                no("a tag is too long")
            last = cursor.number(1)
            tag = tag << 8 | last
    return tag
