"""Pictures by the bytes they begin with."""

from __future__ import annotations

_MAGIC = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF87a", b"GIF89a", b"II*\0", b"MM\0*")
_BMP_HEADERS = frozenset({12, 40, 52, 56, 64, 108, 124})
_BMP_BYTES = 18


def is_picture(head: bytes) -> bool:
    """Whether bytes begin like JPEG, PNG, GIF, TIFF, BMP or WebP."""
    if head[:4] == b"RIFF":
        return head[8:12] == b"WEBP"
    if head[:2] == b"BM":
        known = len(head) >= _BMP_BYTES and head[14] in _BMP_HEADERS
        return known and head[6:10] == b"\0\0\0\0" == head[15:18] + b"\0"
    return head.startswith(_MAGIC)
