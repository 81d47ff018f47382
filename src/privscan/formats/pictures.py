"""Pictures by the bytes they begin with."""

from __future__ import annotations

import re

HEAD = 256
"""Bytes that are enough to know a picture by."""

_MAGIC = (
    b"\xff\xd8\xff",
    b"\x89PNG\r\n\x1a\n",
    b"GIF87a",
    b"GIF89a",
    b"II*\0",
    b"MM\0*",
    b"II+\0\x08\0\0\0",
    b"MM\0+\0\x08\0\0",
    b"\0\0\0\x0cjP  \r\n\x87\n",
    b"\xff\x4f\xff\x51\0",
    b"8BPS\0\1\0\0\0\0\0\0",
)
"""JPEG, PNG, GIF, TIFF and BigTIFF, JPEG 2000 in its box and bare, Photoshop."""

_BMP_HEADERS = frozenset({12, 40, 52, 56, 64, 108, 124})
_BMP_BYTES = 18

_STILL = frozenset(
    {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"heif"}
    | {b"mif1", b"mif2", b"msf1", b"avif", b"avis", b"MiHE"}
)
"""Brands of ISO/IEC 23008-12 and of AVIF: what stands in the boxes is a still picture."""

_BLANK = rb"\s+(?:#[^\n]*\n\s*)*"
_NETPBM = re.compile(
    # Not a table with a column P1: sizes on one line, then nothing but samples, or no rows.
    rb"P1%(b)b\d+[ ]+\d+\s[01\s]*(?:#|\Z)"
    rb"|P[23]%(b)b\d+[ ]+\d+\s+\d+\s[\d\s]*(?:#|\Z)"
    rb"|P4%(b)b\d+[ ]+\d+\s(?!P?\d)"
    rb"|P[56]%(b)b\d+[ ]+\d+\s+\d+\s(?!P\d)" % {b"b": _BLANK}
)
_PCX = re.compile(rb"\n[\x00\x02-\x05]\x01[\x01\x02\x04\x08].{60}\x00[\x01-\x04]", re.DOTALL)


def is_picture(head: bytes) -> bool:
    """Whether bytes begin like a picture of any format that `pixels.decoded` knows."""
    if head[:4] == b"RIFF":
        return head[8:12] == b"WEBP"
    if head[:2] == b"BM":
        known = len(head) >= _BMP_BYTES and head[14] in _BMP_HEADERS
        return known and head[6:10] == b"\0\0\0\0" == head[15:18] + b"\0"
    if head[4:8] == b"ftyp":
        return bool(_STILL & brands(head))
    return (
        head.startswith(_MAGIC) or is_dicom(head) or bool(_NETPBM.match(head) or _PCX.match(head))
    )


def brands(head: bytes) -> frozenset[bytes]:
    """What an ISO base media file (MP4, HEIC, AVIF, M4A ...) says it can be read as."""
    if head[4:8] != b"ftyp":
        return frozenset()
    size = min(int.from_bytes(head[:4]), len(head))
    return frozenset((head[8:12], *(head[i : i + 4] for i in range(16, size - 3, 4))))


def is_dicom(head: bytes) -> bool:
    """Whether a DICOM file begins here: its name stands behind 128 bytes of free use."""
    return head[128:132] == b"DICM"
