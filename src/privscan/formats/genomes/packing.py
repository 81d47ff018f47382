"""The first bytes of content that may be packed: gzip with its blocks (BGZF), and ZIP."""

from __future__ import annotations

import struct
import zlib

WINDOW = 4 << 20
"""Bytes of unpacked content from which a genome is recognised and its header is read."""

PACKING = 1 << 18
"""Bytes by which packed content may be longer than what it holds."""

_GZIP, _ARCHIVE = b"\x1f\x8b", b"PK\x03\x04"
_ZIP = struct.Struct("<4sHHHHHIIIHH")
_DEFLATED, _STORED = 8, 0
_SIZE_BEHIND = 0x08


def is_packed(content: bytes) -> bool:
    """Whether the content begins as gzip or ZIP."""
    return content.startswith((_GZIP, _ARCHIVE))


def unpacked(content: bytes, most: int = WINDOW) -> tuple[bytes, bool]:
    """At most so many first bytes of the content, and whether its packing is whole that far."""
    if content.startswith(_GZIP):
        return _gzip(content, most)
    if content.startswith(_ARCHIVE):
        return _zip(content, most)
    return content[:most], True


def _gzip(content: bytes, most: int) -> tuple[bytes, bool]:
    """Member after member, as `bgzip` writes a file."""
    found: list[bytes] = []
    # What is cut off here would not be looked at.
    rest, size = content[: most + PACKING], 0
    while rest.startswith(_GZIP) and size < most:
        stream = zlib.decompressobj(zlib.MAX_WBITS | 16)
        try:
            piece = stream.decompress(rest, most - size)
        except zlib.error:
            return b"".join(found), False
        found.append(piece)
        size += len(piece)
        if not stream.eof:
            return b"".join(found), size >= most or len(content) > most + PACKING
        rest = stream.unused_data
    return b"".join(found), True


def _zip(content: bytes, most: int) -> tuple[bytes, bool]:
    """The first file of an archive, which exports of genotypes are."""
    if len(content) < _ZIP.size:
        return b"", False
    _, _, flags, method, _, _, _, packed, _, name, extra = _ZIP.unpack_from(content)
    data = content[_ZIP.size + name + extra :]
    if method == _STORED:
        size = len(data) if flags & _SIZE_BEHIND else packed
        return data[: min(size, most)], len(data) >= min(size, most)
    if method != _DEFLATED:
        return b"", False
    stream = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        found = stream.decompress(data, most)
    except zlib.error:
        return b"", False
    return found, stream.eof or len(found) >= most
