"""Files as byte streams: compression undone by what the bytes say, text decoded as it flows."""

from __future__ import annotations

import bz2
import codecs
import gzip
import zlib
from collections.abc import Iterator
from typing import IO, cast

import pyarrow as pa

from privscan.errors import UnreadableError
from privscan.sources._place import arrow, raw

HEAD = 65_536
"""Bytes a format is sniffed from."""

CHUNK = 1 << 20

TROUBLE = (OSError, EOFError, zlib.error, pa.ArrowException)
"""What a broken or truncated compressed stream raises."""

BROKEN = "the stream breaks off: the file is truncated or its compression is damaged"


def compression(head: bytes) -> str | None:
    """`gzip`, `zstd` or `bz2` by magic bytes, else None."""
    if head.startswith(b"\x1f\x8b"):
        return "gzip"
    if head.startswith(b"\x28\xb5\x2f\xfd"):
        return "zstd"
    return "bz2" if head[:3] == b"BZh" and head[4:10] == b"1AY&SY" else None


def packed(uri: str) -> str | None:
    """How the file is compressed; `UnreadableError` if it cannot be opened."""
    try:
        with raw(uri) as file:
            return compression(file.read(10))
    except OSError as error:
        raise UnreadableError(f"cannot be opened: {error.strerror}", where=uri) from None


def opened(uri: str) -> IO[bytes]:
    """A readable stream of the file's content, decompressed; `UnreadableError` if it can't open."""
    match packed(uri):
        case "gzip":
            return cast("IO[bytes]", gzip.open(raw(uri), "rb"))
        case "bz2":
            return cast("IO[bytes]", bz2.open(raw(uri), "rb"))
        case "zstd":
            return cast("IO[bytes]", pa.CompressedInputStream(arrow(uri), "zstd"))
        case _:
            return raw(uri)


def head(uri: str, most: int = HEAD) -> bytes:
    """The first bytes of the content, fewer where it breaks off; `UnreadableError` if none."""
    found = b""
    try:
        with opened(uri) as stream:
            while len(found) < most and (piece := _some(stream, most - len(found))):
                found += piece
    except TROUBLE:
        if not found:
            raise UnreadableError(BROKEN, where=uri) from None
    return found


def _some(stream: IO[bytes], size: int) -> bytes:
    """At most one read below: what came before a stream's break is not lost with it."""
    return cast("bytes", stream.read1(size))  # type: ignore[attr-defined]


class Text:
    """The content of a file in any encoding as pieces of UTF-8 without BOM, read once.

    After the last piece `bad` is the number of places that did not decode (they are U+FFFD),
    and `broken` says whether the stream broke off.
    """

    def __init__(self, uri: str, encoding: str) -> None:
        self.bad, self.broken = 0, False
        self._uri, self._encoding = uri, encoding
        self._strict = codecs.getincrementaldecoder(encoding)("strict")

    def __iter__(self) -> Iterator[bytes]:
        """Pieces of about CHUNK bytes; `UnreadableError` if the file does not open."""
        first = True
        try:
            with opened(self._uri) as stream:
                while piece := _some(stream, CHUNK):
                    text = self._decoded(piece, final=False)
                    yield (text.removeprefix("\ufeff") if first else text).encode()
                    first = False
        except TROUBLE:
            self.broken = True
        yield self._decoded(b"", final=True).encode()

    def _decoded(self, piece: bytes, *, final: bool) -> str:
        state = self._strict.getstate()
        try:
            text = self._strict.decode(piece, final)
        except UnicodeDecodeError:
            loose = codecs.getincrementaldecoder(self._encoding)("replace")
            loose.setstate(state)
            text = loose.decode(piece, final)
            self._strict.setstate(loose.getstate())
            meant = piece.count(b"\xef\xbf\xbd") if self._encoding == "utf-8" else 0
            self.bad += max(1, text.count("\ufffd") - meant)
        # A lone surrogate, which UTF-16 files can hold, has no UTF-8.
        return text if text.isascii() else text.encode("utf-8", "replace").decode()
