"""Telephone numbers with the answers of Presidio's PhoneRecognizer, on cells that may hold one.

Both ask the library phonenumbers; here a number that fills its cell ends the search of regions.
Cells that as a whole are a date, a decimal number, a version, an address of a machine or a page,
a UUID or hexadecimal are no telephone number; bare digits are one only under a header that says so, or none at all.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import polars as pl
from phonenumbers import PhoneNumberMatcher

from privscan.model.data import Column, Hits
from privscan.rulebook.names import header_entities, nameless

PLUGIN = True
KINDS = ("text", "number")

ENTITY = "phone"

SCORE = 0.4
"""Presidio's score for a number that is valid somewhere."""

REGIONS = (
    ("US", "GB", "DE", "FR", "IL", "IN", "CA", "BR"),
    ("JP", "KR", "AU", "ES", "IT", "NL", "CH", "AT"),
)
"""Presidio's eight, and those asked where none of them sees a number."""

LENIENCY = 1
"""Presidio's: the number must be valid in its region, however it is grouped."""

FEWEST_DIGITS = 7
"""Shorter subscriber numbers exist, but not one that tells a person from an article code."""

MOST_CHARS = 65_536
"""Of a longer cell only the first so many characters are read for numbers."""

_MAYBE = (
    rf"\d(?:[\s().\-/~\[\]x+\x{{AD}}\x{{2010}}-\x{{2015}}\x{{2212}}\x{{30FC}}\x{{FF0D}}\x{{FF0E}}\x{{3000}}]"
    rf"{{0,4}}\d){{{FEWEST_DIGITS - 1},}}"
)
_NEVER = (
    r"^\s*(?:\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}(?:日|[T ]\d{1,2}:\d{2}.*)?"
    r"|\d{1,2}[-/.]\d{1,2}[-/.]\d{4}(?:[T ].*)?|[+-]?\d+\.\d+(?:[eE][+-]?\d+)?"
    r"|(?i:[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}|[0-9a-f]{20,})"
    r"|\d{1,5}(?:\.\d{1,5}){3}(?:[:/]\d+)?|\d+(?:-\d+){4,}|(?i:[a-z]{2,8}://)\S+)\s*$"
)
_BARE = r"^\s*\d+\s*$"


def find(column: Column) -> Iterator[Hits]:
    """Cells in which a telephone number stands, with Presidio's score of 0.4."""
    cells = column.cells
    maybe = cells.str.contains(_MAYBE) & ~cells.str.contains(_NEVER)
    if not (_says_phone(column.path) or nameless(column.path)):
        maybe &= ~cells.str.contains(_BARE)
    rows = np.flatnonzero(maybe.to_numpy())
    mask, whole = np.zeros(len(cells), bool), np.zeros(len(cells), bool)
    for row, text in zip(rows.tolist(), cells.gather(rows).to_list(), strict=True):
        span = _span(text[:MOST_CHARS])
        if span is not None:
            mask[row] = True
            whole[row] = span >= len(text.strip())
    if mask.any():
        yield Hits(ENTITY, pl.Series(mask), SCORE, "phone/PhoneRecognizer", whole=pl.Series(whole))


def _says_phone(path: str) -> bool:
    return any(bits > 0 for entity, bits in header_entities(path) if entity in {ENTITY, "fax"})


def _span(text: str) -> int | None:
    """Characters of the longest number in the text, by the first set of regions that sees one."""
    whole = len(text.strip())
    for regions in REGIONS:
        longest = 0
        for region in regions:
            matcher = PhoneNumberMatcher(text, region, leniency=LENIENCY)
            longest = max([longest, *(match.end - match.start for match in matcher)])
            if 0 < whole <= longest:
                return longest
        if longest:
            return longest
    return None
