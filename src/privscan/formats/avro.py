"""Avro containers: their header and blocks, unpacked within bounds; records are for others to read."""

from __future__ import annotations

import bz2
import io
import lzma
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO

import pyarrow as pa

from privscan.errors import UnreadableError

MAGIC = b"Obj\x01"
LARGEST = 256 << 20
"""Bytes that a block may have, packed or not."""

_META = 16 << 20
_SYNC = 16
_VARINT = 10
_CHECKSUM = 4

_CUT = "the Avro file is truncated"
_DAMAGED = "the Avro file is damaged"
_WIDE = f"a block of the Avro file unpacks to over {LARGEST >> 20} MB"


@dataclass(frozen=True, slots=True)
class Header:
    """The schema as JSON, how blocks are packed, and the mark behind each of them."""

    schema: bytes
    codec: str
    sync: bytes

    def container(self, count: int, records: bytes) -> io.BytesIO:
        """A container of one block that is not packed."""
        meta = b"".join(map(_told, (b"avro.schema", self.schema, b"avro.codec", b"null")))
        head = MAGIC + _number(2) + meta + _number(0) + self.sync
        return io.BytesIO(head + _number(count) + _told(records) + self.sync)


def header(file: IO[bytes]) -> Header:
    """The header of a stream, which then stands at the first block; `UnreadableError` if none."""
    if file.read(len(MAGIC)) != MAGIC:
        raise UnreadableError(_DAMAGED)
    meta: dict[bytes, bytes] = {}
    while count := _long(file):
        if count < 0:
            _long(file)  # the size of the entries in bytes
        for _ in range(abs(count)):
            key = _some(file, _long(file), _META)
            meta[key] = _some(file, _long(file), _META)
    codec = meta.get(b"avro.codec", b"null").decode("ascii", "replace")
    if b"avro.schema" not in meta:
        raise UnreadableError(_DAMAGED)
    return Header(meta[b"avro.schema"], codec, _some(file, _SYNC, _SYNC))


def blocks(file: IO[bytes], head: Header) -> Iterator[tuple[int, bytes]]:
    """Each block's number of records, and these unpacked; `UnreadableError` where they break off."""
    while start := file.read(1):
        count = _long(file, start)
        packed = _some(file, _long(file), LARGEST)
        if file.read(_SYNC) != head.sync or count < 0:
            raise UnreadableError(_DAMAGED)
        yield count, _unpacked(packed, head.codec)


def _long(file: IO[bytes], start: bytes = b"") -> int:
    number = 0
    for place in range(_VARINT):
        byte = start if start and not place else file.read(1)
        if not byte:
            raise UnreadableError(_CUT)
        number |= (byte[0] & 0x7F) << (7 * place)
        if byte[0] < 0x80:  # noqa: PLR2004  the sign that more follow
            return (number >> 1) ^ -(number & 1)
    raise UnreadableError(_DAMAGED)


def _number(value: int) -> bytes:
    """A number of at least 0 as Avro writes it."""
    value, out = value << 1, bytearray()
    while value > 0x7F:  # noqa: PLR2004  more follow
        out.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes([*out, value])


def _told(text: bytes) -> bytes:
    return _number(len(text)) + text


def _some(file: IO[bytes], length: int, most: int) -> bytes:
    if not 0 <= length <= most:
        raise UnreadableError(_DAMAGED if length < 0 else _WIDE)
    found = file.read(length)
    if len(found) < length:
        raise UnreadableError(_CUT)
    return found


def _unpacked(data: bytes, codec: str) -> bytes:
    try:
        match codec:
            case "null":
                return data
            case "deflate":
                found = zlib.decompressobj(-15).decompress(data, LARGEST + 1)
            case "bzip2":
                found = bz2.BZ2Decompressor().decompress(data, LARGEST + 1)
            case "xz":
                found = lzma.LZMADecompressor().decompress(data, LARGEST + 1)
            case "zstandard":
                with pa.input_stream(pa.py_buffer(data), compression="zstd") as stream:
                    found = stream.read(LARGEST + 1)
            case "snappy":
                found = _snappy(data)
            case _:
                raise UnreadableError("the Avro file is packed in a way that is not read")
    except (zlib.error, lzma.LZMAError, OSError, ValueError, EOFError, pa.ArrowException):
        raise UnreadableError(_DAMAGED) from None
    if len(found) > LARGEST:
        raise UnreadableError(_WIDE)
    return found


def _snappy(data: bytes) -> bytes:
    """Snappy's own format says its length first; a checksum of what it unpacks to follows."""
    data, check = data[:-_CHECKSUM], data[-_CHECKSUM:]
    size = sum((byte & 0x7F) << (7 * i) for i, byte in enumerate(_varint(data)))
    if size > LARGEST:
        raise UnreadableError(_WIDE)
    found = pa.decompress(data, size, codec="snappy", asbytes=True)
    if zlib.crc32(found).to_bytes(_CHECKSUM, "big") != check:
        raise UnreadableError(_DAMAGED)
    return bytes(found)


def _varint(data: bytes) -> bytes:
    end = next((i for i, byte in enumerate(data[:5]) if byte < 0x80), 4)  # noqa: PLR2004  as above
    return data[: end + 1]
