"""Records and pictures written in base64 or hexadecimal amid other text: JSON, markup, log lines."""

from __future__ import annotations

import re
from collections.abc import Iterator

from privscan.formats.records.coded import from_base64

_BASE64 = (
    r"(?:Rk1S|RklS|RkFD|SUlS|VklS)A(?:CAyM|DA[xyz])|[/_]6D[/_][opq]|MS4wMDE6|MS4wMTo"
    r"|(?:dYI|Y4I|doI).{2}[HXn3]9hg|/9j/[24]|iVBORw0KGgo"
)
"""Of ISO/IEC 19794, WSQ, ANSI/NIST-ITL, data groups of passports, JPEG and PNG: six signs at least."""

_HEX = (
    r"(?i:46(?:4d52|4952|4143)00(?:2032|303[123])|49495200303[123]"
    r"|ffa0ffa[24-8]|312e3030313a|(?:75|63|76)82.{4}7f6182)"
)

EMBEDDED = f"{_BASE64}|{_HEX}"
"""What a text has where such writing begins inside it: for `re` and for Polars alike."""

_RUN = re.compile(
    r"(?<![A-Za-z0-9+])(?P<base64>(?:" + _BASE64 + r")(?:[A-Za-z0-9+/_-]|\\[/nr]|&#\w{1,4};|%2[BbFf]|\s(?=\S{16}))*)"
    r"|(?<![A-Za-z0-9])(?:0x)?(?P<hex>(?:" + _HEX + r")[0-9A-Fa-f]*)"
)  # fmt: skip
_ESCAPES = ((re.compile(r"\\/|%2[Ff]"), "/"), (re.compile(r"%2[Bb]"), "+"),
            (re.compile(r"\\[nr]|&#\w{1,4};"), ""))  # fmt: skip

LEAST = 40
"""Characters of the shortest writing that can hold a record."""


def embedded(text: str) -> Iterator[bytes]:
    """The bytes of each writing that stands in the text."""
    for found in _RUN.finditer(text):
        if found.end() - found.start() < LEAST:
            continue
        if digits := found["hex"]:
            yield bytes.fromhex(digits[: len(digits) & ~1])
            continue
        signs = found["base64"]
        for escape, plain in _ESCAPES:
            signs = escape.sub(plain, signs)
        yield from_base64(signs)
