"""The pictures that records hold: JPEG, JPEG 2000, PNG and WSQ by their first bytes, and its marks."""

from __future__ import annotations

import struct

FILES = (b"\xff\xd8\xff", b"\0\0\0\x0cjP  \r\n\x87\n", b"\xff\x4f\xff\x51", b"\x89PNG\r\n\x1a\n")
"""JPEG, JPEG 2000 as file and as stream, PNG: what a face detector can be given."""

WSQ = b"\xff\xa0\xff"

STARTS = (*FILES, WSQ)


_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
"""Markers of JPEG that give the size."""


def starts(data: bytes) -> bool:
    """Whether the bytes begin as such a picture."""
    return data.startswith(STARTS)


def shown(data: bytes) -> bytes:
    """The bytes if they are a picture that common libraries decode, else none."""
    return data if data.startswith(FILES) else b""


def first(data: bytes, at: int, end: int) -> int:
    """Where the first such picture begins between two places, -1 if nowhere."""
    found = [place for start in STARTS if (place := data.find(start, at, end)) >= 0]
    return min(found, default=-1)


def size(data: bytes) -> dict[str, int]:
    """Width and height as the picture's own header has them, if it is understood."""
    try:
        if data.startswith(FILES[3]):
            return _sides(*struct.unpack_from(">II", data, 16))
        if data.startswith(FILES[1]):
            at = data.index(b"ihdr", 12, 512) + 4
            height, width = struct.unpack_from(">II", data, at)
            return _sides(width, height)
        if data.startswith(FILES[2]):
            right, low, left, top = struct.unpack_from(">IIII", data, 8)
            return _sides(right - left, low - top)
        return _jpeg(data) if data.startswith(FILES[0]) else {}
    except (struct.error, ValueError, IndexError):
        return {}


def _jpeg(data: bytes) -> dict[str, int]:
    at = 2
    while data[at] == 0xFF:  # noqa: PLR2004  every marker begins so
        mark = data[at + 1]
        if mark in _FRAMES:
            height, width = struct.unpack_from(">HH", data, at + 5)
            return _sides(width, height)
        at += 2 + struct.unpack_from(">H", data, at + 2)[0]
    return {}


def _sides(width: int, height: int) -> dict[str, int]:
    return {"width": width, "height": height} if 0 < width < 1 << 16 > height > 0 else {}
