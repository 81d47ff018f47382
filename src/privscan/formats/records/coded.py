"""Bytes written as text, base64 or hexadecimal, or compressed: how such texts begin, what they say."""

from __future__ import annotations

import base64
import binascii
import bz2
import gzip
import io
import lzma
import re
import zlib
from collections.abc import Iterable, Iterator
from functools import cache

from privscan.formats.genomes.packing import unpacked as first_file

LEAST = 40
"""Characters of the shortest text that can hold a record."""

MOST = 64 << 20
"""Bytes that a compressed record may unfold to; what is longer is cut there."""

HEAD = 160
"""Characters of a text that START is sought in."""

_ANY = (None,)
_LENGTHS: tuple[tuple[int | None, ...], ...] = (
    _ANY, (0x81, None), (0x82, None, None), (0x83, None, None, None),
)  # fmt: skip
_TAGGED = (b"\x60*\x5f\x01", b"\x61*\x5f\x1f", b"\x63*\x7f\x61", b"\x75*\x7f\x61", b"\x76*\x7f\x61",
           b"\x7f\x61*\x02\x01", b"\x7f\x61*\x7f\x60", b"\x7f\x60*\xa1", b"\x65*\x02\x01",
           b"\x67*\x02\x01", b"\x6b*\x5c", b"\x77*\x30", b"\x62*\xa0", b"\x64*\xa0", b"\x65*\xa0",
           b"\x66*\xa0", b"\x69*\xa0", b"\x53*\xbc", b"\xbc*\x03")  # fmt: skip
"""Of chips and of ISO/IEC 39794; `*` is a length."""

_PLAIN = (b"FMR\0", b"FIR\0", b"FAC\0", b"IIR\0", b"VIR\0", b"\xff\xa0\xff", b"1.001:", b"1.01:",
          b"\x03\x0d", b"\x03\x0f", b"\x1f\x8b\x08", b"BZh", b"\x28\xb5\x2f\xfd", b"<?xml", b"<BIR",
          b"<itl:", b"\xff\xd8\xff", b"\x89PNG", b"GIF8", b"II*\0", b"MM\0*", b"RIFF",
          b"\0\0\0\x0cjP", b"\xff\x4f\xff\x51", b"fLaC", b"OggS", b"ID3\x03", b"ID3\x04",
          b"\xff\xfb", b"\xff\xf3", b".snd", b"FORM", b"#!AMR", b"caff", b"NIST_1A", b"\xa7\x67ver", b"\xbf\x67ver", b"FP3", b"BM", b"P4\n", b"P5\n", b"P6\n", b"8BPS", b"II+\0", b"MM\0+",
          bytes(12), b"Rk1SA", b"RklSA", b"RkFDA", b"SUlSA", b"464d5200", b"464D5200", b"46495200",
          b"46414300", b"49495200", b"x\x9c", b"x\xda", b"x\x01", b"x^", b"\xfd7zXZ\0", b"PK\x03\x04")  # fmt: skip
"""Of records, of what may hold one, of pictures and of sound."""

_SPECIAL = re.compile(r"[\\.+*?()|\[\]{}^$]")
_ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
_GAP = r"[\s:-]?"


def _starts() -> Iterator[tuple[int | None, ...]]:
    """The first bytes of all of them, None where any may stand."""
    yield from map(tuple, _PLAIN)
    for tagged in _TAGGED:
        before, after = tagged.split(b"*")
        yield from ((*before, *length, *after) for length in _LENGTHS)
    yield from ((0, 0, 0, None, *b"ftyp"),)


def _base64(start: tuple[int | None, ...]) -> str:
    """The pattern of such bytes in base64 of either alphabet: a class where bits are open."""
    bits = "".join("......" + ".." if byte is None else f"{byte:08b}" for byte in start)
    pieces = [bits[at : at + 6].ljust(6, ".") for at in range(0, len(bits), 6)]
    while pieces and set(pieces[-1]) == {"."}:
        pieces.pop()
    return "".join(map(_sign, pieces))


@cache
def _sign(bits: str) -> str:
    fits = [s for i, s in enumerate(_ALPHABET) if re.fullmatch(bits, f"{i:06b}")]
    signs = "".join({"+": "+-", "/": "/_"}.get(sign, sign) for sign in fits)
    return signs if len(signs) == 1 else f"[{re.escape(signs)}]"


def _hexadecimal(start: tuple[int | None, ...]) -> str:
    pairs = ("[0-9a-f]{2}" if byte is None else f"{byte:02x}" for byte in start)
    return _GAP.join(pairs)


def _literal(start: tuple[int | None, ...]) -> str:
    """The pattern of such bytes as a literal of Python, which pandas writes into CSV."""
    return "".join(
        r"(?:\\x[0-9a-f]{2}|\\?.)"
        if byte is None
        else _SPECIAL.sub(r"\\\g<0>", repr(bytes((byte,)))[2:-1])
        for byte in start
    )


def _any(patterns: Iterable[str]) -> str:
    return "(?:" + "|".join(dict.fromkeys(patterns)) + ")"


def _firsts() -> Iterator[tuple[int, int]]:
    """Every pair of first bytes, as bytes and as text."""
    for first in b"<\xef\xfe\xff \t\r\n\"'\\0dxX":
        yield from ((first, second) for second in range(256))
    for start in _starts():
        seconds = range(256) if start[1] is None else (start[1],)
        for second in seconds:
            pair = bytes((start[0] or 0, second))
            yield pair[0], second
            one, two = map(_writings, base64.b64encode(pair).decode()[:2])
            yield from ((ord(a), ord(b)) for a in one for b in two)
            high, low = pair.hex()[0], pair.hex()[1]
            yield from ((ord(a), ord(b)) for a in {high, high.upper()} for b in {low, low.upper()})
    yield from ((0x03, second) for second in range(32))


def _writings(sign: str) -> str:
    return {"+": "+-", "/": "/_"}.get(sign, sign)


def _table(pairs: Iterable[tuple[int, int]]) -> bytes:
    table = bytearray(1 << 16)
    for first, second in pairs:
        table[first << 8 | second] = 1
    return bytes(table)


FIRSTS = _table(_firsts())
"""1 where two bytes, the first one the higher, may begin any of it."""

_OPENING = r"""^\s*["']?(?:data:[\w/.+-]*(?:;[\w=.-]+)*,)?"""
_HEX = rf"(?:0[xX]|\\{{1,2}}x|[xX]')?(?i:{_any(map(_hexadecimal, _starts()))})"
_QUOTED = rf"""b["']{_any(map(_literal, _starts()))}"""
_WRITTEN = r"1\.0{0,2}1:\d{1,9}\x1d"
_MARKUP = r"\s*<(?:\?xml|\w+:NIST|NIST|(?:\w+:)?BIR|[^>]{1,200}iso-iec/39794)"

START = rf"{_OPENING}(?:{_any(map(_base64, _starts()))}|{_HEX}|{_QUOTED}|{_WRITTEN}|{_MARKUP})"
"""How a text begins that may hold a record, picture or sound: for `re` and for Polars alike."""

_IS_CODED = re.compile(START)
_IS_HEX = re.compile(rf"{_OPENING}{_HEX}")
_IS_QUOTED = re.compile(rf"\s*{_QUOTED}")
_CUT_ESCAPE = re.compile(r"(?<!\\)(?:\\\\)*(\\(?:x[0-9a-f]?)?)$")
_BEFORE_HEX = re.compile(rf"{_OPENING}(?:0[xX]|\\{{1,2}}x|[xX]')?")
_BEFORE_BASE64 = re.compile(_OPENING)
_HEX_RUN, _BASE64_RUN = re.compile(r"(?:[0-9a-fA-F]{2})*"), re.compile(r"[A-Za-z0-9+/]*")
_DECLARED = re.compile(r"^\s*<\?xml[^>]*\?>")
_GAPS = re.compile(r"[\s:-]+")


def is_coded(text: str) -> bool:
    """Whether the text begins as one that may hold a record, picture or sound."""
    return _IS_CODED.match(text[:HEAD]) is not None


def uncoded(text: str) -> bytes:
    """The bytes that the text writes, up to where it breaks off; the text itself if it is plain."""
    if re.match(rf"\s*(?:{_WRITTEN}|<)", text):
        # The encoding that markup declares is that of a file, not of a text.
        return _DECLARED.sub("", text).encode()
    if _IS_QUOTED.match(text[:HEAD]):
        return _unquoted(text)
    if _IS_HEX.match(text[:HEAD]):
        opening = _BEFORE_HEX.match(text)
        run = _HEX_RUN.match(_GAPS.sub("", text[opening.end() if opening else 0 :]))
        return bytes.fromhex(run[0]) if run else b""
    opening = _BEFORE_BASE64.match(text)
    return from_base64(text[opening.end() if opening else 0 :])


def _unquoted(text: str) -> bytes:
    """The bytes of a Python literal, whole or cut off."""
    body = text.strip()
    body = body[2:-1] if len(body) > 2 and body[-1] == body[1] else body[2:]  # noqa: PLR2004  b and its quotation mark
    if cut := _CUT_ESCAPE.search(body[-8:]):
        body = body[: len(body) - len(cut[1])]
    try:
        return body.encode("latin-1").decode("unicode_escape").encode("latin-1")
    except UnicodeError:
        return b""


def from_base64(text: str) -> bytes:
    """The bytes of base64 in either alphabet, with line ends, up to the first other sign."""
    plain = "".join(text.split()).translate({ord("-"): "+", ord("_"): "/"})
    run = _BASE64_RUN.match(plain)
    signs = run[0] if run else ""
    signs = signs[: len(signs) - (len(signs) % 4 == 1)]
    try:
        return base64.b64decode(signs + "=" * (-len(signs) % 4))
    except binascii.Error:
        return b""


_ZLIB = (b"x\x01", b"x^", b"x\x9c", b"x\xda")
_ARCHIVE, _XZ = b"PK\x03\x04", b"\xfd7zXZ\0"
_PACKED = (b"\x1f\x8b\x08", b"\x28\xb5\x2f\xfd", _XZ, _ARCHIVE, *_ZLIB)


def is_compressed(content: bytes) -> bool:
    """Whether the bytes begin as gzip, zlib, bzip2, xz, Zstandard or ZIP."""
    return content.startswith(_PACKED) or (content[:3] == b"BZh" and content[4:10] == b"1AY&SY")


def unpacked(content: bytes) -> bytes:
    """What such bytes unfold to, of an archive its first file, as far as they do: at most MOST bytes."""
    if content.startswith(_ARCHIVE):
        return first_file(content, MOST)[0]
    if content.startswith(_ZLIB):
        try:
            return zlib.decompressobj().decompress(content, MOST)
        except zlib.error:
            return b""
    pieces: list[bytes] = []
    left = MOST
    try:
        with _stream(content) as stream:
            while left > 0 and (piece := stream.read(min(left, 1 << 20))):
                pieces.append(piece)
                left -= len(piece)
    except (OSError, EOFError, zlib.error, lzma.LZMAError):
        pass  # what came before the break is read
    return b"".join(pieces)


def _stream(content: bytes) -> io.BufferedIOBase:
    if content[:2] == b"\x1f\x8b":
        return gzip.GzipFile(fileobj=io.BytesIO(content))
    if content.startswith(_XZ):
        return lzma.LZMAFile(io.BytesIO(content))
    if content[:3] == b"BZh":
        return bz2.BZ2File(io.BytesIO(content))
    import pyarrow as pa

    stream: io.BufferedIOBase = pa.input_stream(pa.BufferReader(content), compression="zstd")
    return stream
