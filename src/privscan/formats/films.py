"""Films by the structure of their bytes: MP4 and QuickTime, Matroska, AVI, MPEG, Flash, ASF, Ogg."""

from __future__ import annotations

import re
from typing import IO

from privscan.formats.audio import sound_of

HEAD = 65_536
"""Bytes by which a film is known."""

CELL_BYTES = 32 << 20
"""A larger film in a cell is not looked at: some are held in memory until their part is read."""

_PACKET = 188
"""Bytes of a packet of an MPEG transport stream."""

_PACKETS = 5

_BOXES = frozenset({b"moov", b"mdat", b"free", b"skip", b"wide", b"uuid", b"moof", b"sidx", b"styp",
                    b"pnot", b"pdin"})  # fmt: skip
_STILL = re.compile(rb"avi[fs]|hei[cxsm]|he[vi][cms]|mif1|msf1|crx |jp2 |jpx |jpm |mjp2|M4[ABP] ")
_QUICKTIME = frozenset({b"moov", b"mdat", b"wide", b"pnot"})
_ASF = bytes.fromhex("3026b2758e66cf11a6d900aa0062ce6c")


def film_format(head: bytes) -> str:
    """What FFmpeg calls the film's format, by its first bytes; nothing if it is none.

    Recordings of sound alone and still pictures in the same containers are none.
    """
    form = next((name for name, fits in _FORMATS if fits(head)), "")
    return "" if form and sound_of(head) else form


def breaks_off(file: IO[bytes], size: int, form: str) -> bool:
    """Whether the file is shorter than its outermost parts say."""
    if form == "avi":
        file.seek(4)
        return int.from_bytes(file.read(4), "little") + 8 > size
    at = 0
    while form == "mov" and at + 8 <= size:
        file.seek(at)
        box = file.read(16)
        long = int.from_bytes(box[8:16]) if box[:4] == b"\0\0\0\1" else 0
        length = long or int.from_bytes(box[:4])
        if length < 8:  # noqa: PLR2004  0 stands for the rest of the file
            return bool(length)
        at += length
    return form == "mov" and at > size


def _mp4(head: bytes) -> bool:
    size, kind = int.from_bytes(head[:4]), head[4:8]
    if kind == b"ftyp":
        fits = 16 <= size <= 4_096 and size % 4 == 0  # noqa: PLR2004  a brand, a version and some more brands
        after = head[size + 4 : size + 8]
        return fits and not _STILL.match(head, 8) and (not after or after in _BOXES)
    # QuickTime before brands: boxes follow each other, each as long as it says.
    if kind not in _QUICKTIME or size < 8:  # noqa: PLR2004  its own header
        return False
    after = head[size + 4 : size + 8]
    return after in _BOXES if after else b"mvhd" in head[:64] or kind == b"mdat"


def _matroska(head: bytes) -> bool:
    return head[:4] == b"\x1a\x45\xdf\xa3" and bool(
        re.search(rb"\x42\x82[\x84\x88](?:webm|matroska)", head[:64])
    )


def _avi(head: bytes) -> bool:
    return head[:4] == b"RIFF" and head[8:16] == b"AVI LIST"


def _transport(head: bytes) -> bool:
    """A sync byte every 188, and behind it neither scrambled nor empty: letters are both."""
    places = range(0, _PACKETS * _PACKET, _PACKET)
    if len(head) <= places[-1] + 3:
        return False
    return all(head[at] == 0x47 and 0x10 <= head[at + 3] < 0x40 for at in places)  # noqa: PLR2004  as said


_START = b"\0\0\1"


def _program(head: bytes) -> bool:
    """A pack header of MPEG-1 or MPEG-2 with its marker bits, and a start code behind it."""
    if head[:4] != _START + b"\xba" or len(head) < 32:  # noqa: PLR2004  two headers
        return False
    if head[4] & 0xC4 == 0x44:  # noqa: PLR2004  the marker bits
        behind = 14 + (head[13] & 7)
        return head[behind : behind + 3] == _START
    return head[4] & 0xF1 == 0x21 and head[12:15] == _START  # noqa: PLR2004  as above


def _flash(head: bytes) -> bool:
    return (
        head[:4] == b"FLV\x01"
        and head[5:9] == b"\0\0\0\x09"
        and bool(head[4:5])
        and head[4] & 1 == 1
    )


def _asf(head: bytes) -> bool:
    return head[:16] == _ASF


def _ogg(head: bytes) -> bool:
    return head[:5] == b"OggS\0" and (b"\x80theora" in head[:512] or b"BBCD\0" in head[:512])


_FORMATS = (
    ("mov", _mp4), ("matroska", _matroska), ("avi", _avi), ("mpegts", _transport),
    ("mpeg", _program), ("flv", _flash), ("asf", _asf), ("ogg", _ogg),
)  # fmt: skip
