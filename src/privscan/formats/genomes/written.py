"""How a text begins that may be a genome file, as it is or in base64 or hexadecimal."""

from __future__ import annotations

import re

from privscan.formats.records.coded import from_base64

FIRST = 320
"""Characters of a text that START is sought in."""

_PLAIN = (
    r"\s*\ufeff?(?:[>@#;]|LOCUS  |ID   |BEGIN_SEQUENCE |AS \d|<\?xml|<CODIS|\[Header\]|\"?(?i:rs ?id|rs\d|snp|name))"
    r"[^\n]*\n"
)
"""More than a line, of which the first begins as a format's does."""

# What the first bytes of each format are in base64: `>`, `@`, `#`, LOCUS, ID, rsid, RSID, gzip, BAM,
# BCF, CRAM, SCF, SFF, ABIF, 2bit in both orders, bed, ZIP, IDAT, ZTR.
_BASE64 = (
    r"(?:P[g-v]|Q[A-P]|I[w-z0-9+/]|TE9DVVMg|SUQgI|cnNpZ|UlNJR|H4sI|QkFNA|QkNG|Q1JBT|LnNjZ|LnNmZ|QUJJR|Q0nQ|GkEnQ|QydBG"
    r"|bBs[AB]|UEsDB|SURBV|rlpUU)[A-Za-z0-9+/_\s=-]{48,}"
)
_HEX = (
    r"(?:0x|\\x)?(?i:3e|40|23|4c4f435553|49442020|72736964|52534944|1f8b08|42414d01|424346|4352414d|2e736366|2e736666|41424946"
    r"|1a412743|4327411a|6c1b0[01]|504b0304|49444154|ae5a5452)[0-9a-fA-F\s]{72,}"
)
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
