"""Telephone numbers with the answers of Presidio's PhoneRecognizer, on cells that may hold one.

Both ask the library phonenumbers; here a number that fills its cell ends the search of regions.
Cells that as a whole are a date, a decimal number, a version, an address of a machine or a page,
a UUID or hexadecimal are no telephone number; digits in a row are one only under a header or
beside a word that says so, or with the zero that is dialled first.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from typing import Any

import numpy as np
import polars as pl
from phonenumbers import COUNTRY_CODE_TO_REGION_CODE, PhoneMetadata, PhoneNumberMatcher

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
"""Presidio's eight; and those asked where none of them sees a number, under a header that says
so or where the number is written as it is dialled: they take most rows of digits for one."""

LENIENCY = 1
"""Presidio's: the number must be valid in its region, however it is grouped."""

FEWEST_DIGITS = 7
"""Shorter subscriber numbers exist, but not one that tells a person from an article code."""

WINDOW, OVERLAP = 65_536, 256
"""Characters read at a time, and those that two windows share: more than a number has."""

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
_OPEN = re.compile(r"[+\uFF0B]|\d{18}")
"""Cells that every region is asked about: a country code, or more digits than a number has."""

_RUN = re.compile(
    r"\d[\d\s()\[\]./~xX\-\xA0\xAD\u200B\u2010-\u2015\u2053\u2060\u2212\u223C\u3000\u30FC"
    r"\uFF08\uFF09\uFF0D-\uFF0F\uFF3B\uFF3D\uFF5E]*"
)
"""What may stand in one number; an extension after it does not make it valid or not."""

_LETTERS = 3
"""So many x in a row of digits may stand for digits, as on a dial."""

_TRUNK = r"(?:^|[^\d.,])[(]?[0\x{FF10}]\d"
"""A number written as it is dialled within its country."""

_GROUP = re.compile(r"\d+")

_TYPES = ("fixed_line", "mobile", "toll_free", "premium_rate", "shared_cost", "voip",
          "personal_number", "pager", "uan", "voicemail")  # fmt: skip
"""The types that make a number valid."""

MOST_GROUPS = 12
"""Of a longer row of digit groups the library itself is asked: the pairs grow with the square."""

_DIALLED = (
    r"\+\d|\(\d+\)|\d[ .\-/\x{2010}-\x{2015}\x{2212}\x{30FC}\x{FF0D}\x{3000}]\(?\d|(?:^|\D)0\d{8}"
)
_SPOKEN = r"(?i)phone|call|\btel|mobil|cell|fax|sms|whatsapp|電話|携帯|連絡|℡"
"""A number is written in groups or as it is dialled, or a word beside it says what it is."""


def find(column: Column) -> Iterator[Hits]:
    """Cells in which a telephone number stands, with Presidio's score of 0.4."""
    cells = column.cells
    maybe = cells.str.contains(_MAYBE) & ~cells.str.contains(_NEVER)
    named = _says_phone(column.path)
    if not named:
        maybe &= cells.str.contains(_DIALLED) | cells.str.contains(_SPOKEN)
    rows = np.flatnonzero(maybe.to_numpy())
    some = cells.gather(rows)
    wide = some.str.contains(_TRUNK).to_list()
    mask, whole = np.zeros(len(cells), bool), np.zeros(len(cells), bool)
    for row, text, trunk in zip(rows.tolist(), some.to_list(), wide, strict=True):
        everywhere = named or trunk or nameless(column.path)
        span = _longest(text, REGIONS if everywhere else REGIONS[:1])
        if span is not None:
            mask[row] = True
            whole[row] = span >= len(text.strip())
    if mask.any():
        yield Hits(ENTITY, pl.Series(mask), SCORE, "phone/PhoneRecognizer", whole=pl.Series(whole))


def _says_phone(path: str) -> bool:
    return any(bits > 0 for entity, bits in header_entities(path) if entity in {ENTITY, "fax"})


Regions = Sequence[tuple[str, ...]]


def _longest(text: str, regions: Regions) -> int | None:
    """Characters of the longest number in a text of any length, read in windows."""
    starts = range(0, max(1, len(text)), WINDOW - OVERLAP)
    spans = (_span(text[start : start + WINDOW], regions) for start in starts)
    return max((span for span in spans if span is not None), default=None)


def _span(text: str, sets: Regions) -> int | None:
    """Characters of the longest number in the text, by the first set of regions that sees one."""
    whole, possible = len(text.strip()), _possible(text)
    for regions in sets:
        longest = 0
        for region in regions:
            if possible is None or region in possible:
                longest = max([longest, *_numbers(text, region)])
            if 0 < whole <= longest:
                return longest
        if longest:
            return longest
    return None


def _numbers(text: str, region: str) -> Iterator[int]:
    """Characters of each number that is valid in the region and long enough to count."""
    for match in PhoneNumberMatcher(text, region, leniency=LENIENCY):
        digits = sum(c.isdigit() for c in match.raw_string)
        if digits - len(match.number.extension or "") >= FEWEST_DIGITS:
            yield match.end - match.start


def _possible(text: str) -> frozenset[str] | None:
    """Regions in which some neighbouring groups of digits could be a number; None: in any."""
    if _OPEN.search(text):
        return None
    found: set[str] = set()
    for run in _RUN.findall(text):
        groups = _GROUP.findall(run)
        if len(groups) > MOST_GROUPS or run.casefold().count("x") >= _LETTERS:
            return None
        for first in range(len(groups)):
            for last in range(first, len(groups)):
                digits = "".join(str(int(c)) for c in "".join(groups[first : last + 1]))
                found |= _accepting(digits) if len(digits) >= FEWEST_DIGITS else frozenset()
    return frozenset(found)


@lru_cache(maxsize=1 << 16)
def _accepting(digits: str) -> frozenset[str]:
    return frozenset(region for region, form in _forms() if form.fullmatch(digits))


@cache
def _forms() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """For each region a regex of digits, written without a plus, that may be valid there."""
    return tuple((region, re.compile(_form(region))) for regions in REGIONS for region in regions)


def _form(region: str) -> str:
    here: Any = PhoneMetadata.metadata_for_region(region)
    # Numbers of a country code may be another of its regions': Jersey's are +44 as well.
    kin = COUNTRY_CODE_TO_REGION_CODE[here.country_code]
    valid = "|".join(
        form for name in kin for form in _valid(PhoneMetadata.metadata_for_region(name))
    )
    prefix = f"(?:{here.national_prefix_for_parsing or ''})?"
    # The library strips a country code and then, twice, the prefix of a national call.
    before = rf"(?:{here.country_code})?{prefix}{prefix}"
    if here.national_prefix_transform_rule:  # keeps a group of the prefix, so an end of the digits
        before = r"\d*"
    return rf"(?:{here.international_prefix})\d*|(?:{before})(?:{valid})"


def _valid(metadata: Any) -> Iterator[str]:
    """Regexes of the national numbers of every type that the region has."""
    for kind in _TYPES:
        described = getattr(metadata, kind)
        if described is not None and described.national_number_pattern:
            yield described.national_number_pattern
