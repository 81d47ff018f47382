"""A stream of text cut where records end, so that every piece is read on its own."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache

SIZE = 4 << 20
"""Bytes of a piece: what a reader holds at a time."""

LARGEST = 128 << 20
"""A record beyond this many bytes is not waited for: memory stays bounded."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Whole records. `torn`: they are not, since the last one has no end (in bounds)."""

    data: bytes
    torn: bool = False


def pieces(text: Iterable[bytes], end: Callable[[bytes], int]) -> Iterator[Piece]:
    """The text in pieces of about SIZE; `end` finds where the last whole record ends, or 0.

    The last piece, and one over LARGEST that has no end, are `torn` if `end` leaves a rest.
    """
    held, enough = bytearray(), SIZE
    for more in text:
        held += more
        if len(held) < enough:
            continue
        if at := end(bytes(held)):
            yield Piece(bytes(held[:at]))
            del held[:at]
            enough = SIZE
        elif len(held) >= LARGEST:
            yield Piece(bytes(held), torn=True)
            held.clear()
            enough = SIZE
        else:
            enough = 2 * len(held)
    if held:
        at = end(bytes(held))
        if at:
            yield Piece(bytes(held[:at]))
        if rest := bytes(held[at:]):
            yield Piece(rest, torn=True)


def line_end(data: bytes) -> int:
    """Where the last whole line ends; line ends are LF, CRLF or CR."""
    return max(data.rfind(b"\n"), data.rfind(b"\r")) + 1


@cache
def _quoted(delimiter: str) -> re.Pattern[bytes]:
    """Whole records; no match goes into one whose quote is still open.

    A quote opens a cell only where a cell begins, as CSV readers have it; elsewhere it is text.
    """
    cell = re.escape(delimiter.encode())
    return re.compile(
        rb'(?:(?:[^"\r\n]++|(?<![^%b\r\n])"(?:[^"]++|"")*+"|(?<=[^%b\r\n])")*+[\r\n]++)*+'
        % (cell, cell)
    )


def record_end(delimiter: str, quote: bool) -> Callable[[bytes], int]:  # noqa: FBT001  one of two ways to read
    """The `end` of delimited records: a line end inside a quoted cell ends nothing."""
    pattern = _quoted(delimiter)

    def end(data: bytes) -> int:
        if not quote or b'"' not in data:
            return line_end(data)
        match = pattern.match(data)
        return match.end() if match else 0

    return end


def first_records(data: bytes, count: int, delimiter: str, quote: bool) -> int:  # noqa: FBT001  as above
    """Where the first `count` records end, blank lines before them included."""
    end = record_end(delimiter, quote)
    at = 0
    for _ in range(count):
        at += len(data[at:]) - len(data[at:].lstrip(b"\r\n"))
        stop = _line_after(data, at)
        while stop < len(data) and not end(data[at:stop]):
            stop = _line_after(data, stop)
        at = stop
    return at


def _line_after(data: bytes, at: int) -> int:
    match = re.compile(rb"\r\n?|\n").search(data, at)
    return match.end() if match else len(data)
