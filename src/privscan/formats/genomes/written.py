"""How a text begins that may be a genome file, as it is or in base64 or hexadecimal."""

from __future__ import annotations

import base64
import re

from privscan.formats.records.coded import from_base64

FIRST = 320
"""Characters of a text that START is sought in."""

_PLAIN = (
    r"\s*\ufeff?(?:[>@#;]|LOCUS  |ID   |BEGIN_SEQUENCE |AS \d|\[Header\]|\"?(?i:rs ?id|rs\d|snp|name))"
    r"[^\n]*\n|\s*\ufeff?(?:<\?xml[^>]{0,80}>\s*)?<(?:\w+:)?CODISImportFile"
)
"""More than a line, of which the first begins as a format's does."""

_STARTS = (b"LOCUS  ", b"ID   ", b"rsid", b"RSID", b"BEGIN_SEQ", b"AS ", b"[Header]", b"<?xml", b"<CODIS", b"\x1f\x8b\x08",
           b"PK\x03\x04", b"BAM\1", b"BCF\2", b"CRAM", b".scf", b".sff", b"ABIF", b"IDAT", b"\xaeZTR",
           b"\x1a\x41\x27\x43", b"\x43\x27\x41\x1a", b"\x6b\xe9\x3d\x3a", b"\x3a\x3d\xe9\x6b", b"\x6c\x1b")  # fmt: skip
"""What else than `>`, `@` and `#` formats begin with."""


def _base64(start: bytes) -> str:
    """The characters of base64 that such a begin settles, whatever follows."""
    return re.escape(base64.b64encode(start + b"\0\0").decode()[: len(start) * 8 // 6])


_BASE64 = (
    rf"(?:P[g-v]|Q[A-P]|I[w-z0-9+/]|{'|'.join(map(_base64, _STARTS))})[A-Za-z0-9+/_\s=-]{{48,}}"
)
_HEX = rf"(?:0x|\\x)?(?i:3e|40|23|{'|'.join(start.hex() for start in _STARTS)})[0-9a-fA-F\s]{{72,}}"
_DATA = r"\s*(?:data:[\w/.+;=-]*,)?"

START = rf"^(?:{_PLAIN}|{_DATA}(?:{_BASE64}|{_HEX}))"
"""For `re` and for Polars alike."""

_IS_PLAIN, _IS_HEX = re.compile(_PLAIN), re.compile(_DATA + _HEX)
_BEFORE = re.compile(_DATA + r"(?:0x|\\x)?")
_PAIRS = re.compile(r"(?:[0-9a-fA-F]{2})*")


def uncoded(text: str) -> bytes:
    """The bytes that the text writes, up to where it breaks off; the text itself if it is plain."""
    if _IS_PLAIN.match(text):
        return text.encode()
    opening = _BEFORE.match(text)
    rest = text[opening.end() if opening else 0 :]
    if _IS_HEX.match(text):
        run = _PAIRS.match("".join(rest.split()))
        return bytes.fromhex(run[0]) if run else b""
    return from_base64(rest)
