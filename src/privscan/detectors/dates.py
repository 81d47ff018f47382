"""Dates that may be a day of birth: a living person's year, in any common writing or era."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import polars as pl

from privscan.evidence.characters import (
    DIGIT,
    HEX,
    POINT,
    SIGN,
    SPACE,
    WIDE,
    holding,
    kinds_in,
    masked,
)
from privscan.evidence.characters import (
    OTHER as MARK,
)
from privscan.model.data import Column, Hits
from privscan.rulebook.normal import narrow

PLUGIN = True
KINDS = ("text", "time")

ENTITY = "dob"

OLDEST, YOUNGEST = 1915, 2012
"""Years of birth: a life of 110 years at most, and of those the ones that dates of orders,
logins and updates do not reach. Children born later are found by the header."""

SCORE, OTHER = 0.3, 0.05
"""A date in a year of birth says a little, any other date that the column holds dates."""

_ERAS = {"明治": 1867, "大正": 1911, "昭和": 1925, "平成": 1988, "令和": 2018,
         "M": 1867, "T": 1911, "S": 1925, "H": 1988, "R": 2018}  # fmt: skip
"""The year before each era's first."""

_TIME = r"(?:[T ]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?)?\s*$"
_YEAR_FIRST = rf"^\s*(\d{{4}})[-/.年]\s?\d{{1,2}}[-/.月]\s?\d{{1,2}}日?{_TIME}"
_YEAR_LAST = rf"^\s*\d{{1,2}}[-/. ]\d{{1,2}}[-/. ](\d{{4}}){_TIME}"
_MONTH_NAME = r"^\s*(?:\d{1,2}\.?[ -])?\p{L}{3,9}\.?[ -](?:\d{1,2},? )?(\d{4})\s*$"
_COMPACT = r"^\s*((?:19|20)\d{2})(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\s*$"
_ERA = r"^\s*(明治|大正|昭和|平成|令和|[MTSHR])\s?(\d{1,2}|元)[-/.年]\s?\d{1,2}[-/.月]\s?\d{1,2}日?\s*$"


_ANY = f"{_YEAR_FIRST}|{_YEAR_LAST}|{_MONTH_NAME}|{_COMPACT}|{_ERA}"
_PLAIN = holding(DIGIT, SPACE | SIGN | POINT | MARK, only=0xFF & ~HEX) | holding(DIGIT, only=DIGIT)
_MONTHS = holding(DIGIT, HEX, SIGN, only=0xFF & ~(WIDE | SPACE))
_CANDIDATES = _PLAIN | _MONTHS | holding(DIGIT, HEX, SPACE) | holding(WIDE)
"""A date in ASCII holds a digit, and unless it is all digits a sign between them.

The letters a to f are in the name of a month only, which blanks or hyphens set apart.
"""

_LONGEST_MONTHS = len("29.-September.-29,-1984")


def find(column: Column) -> Iterator[Hits]:
    """Cells that are a date, as `dob`: score 0.3 in a year of birth, 0.05 in any other."""
    kinds = kinds_in(column)
    maybe = _CANDIDATES.table[kinds]
    hyphened = _MONTHS.table[kinds]
    if hyphened.any():
        sizes = column.cells.str.len_bytes().fill_null(0).to_numpy()
        maybe &= ~hyphened | (sizes <= _LONGEST_MONTHS)
    rows = np.flatnonzero(maybe)
    if (kinds & WIDE).any():
        # NFKC, which is slow, leaves these letters at the end of a cell letters.
        ends = column.cells.gather(rows).str.strip_chars_end().str.slice(-1)
        rows = rows[~ends.str.contains("[A-Ya-zÀ-ƿ]").to_numpy()]
    cells = narrow(column.cells.gather(rows))
    dated = cells.str.contains(_ANY)
    if not dated.any():
        return
    rows, year = rows[dated.to_numpy()], _years(cells.filter(dated))
    birth = year.is_between(OLDEST, YOUNGEST).fill_null(value=False)
    other = year.is_not_null() & ~birth
    for score, found in ((SCORE, birth), (OTHER, other)):
        if found.any():
            yield Hits(ENTITY, masked(rows[found.to_numpy()], len(column.cells)), score, "dates")


def _years(cells: pl.Series) -> pl.Series:
    """The years of cells that are dates."""
    text = pl.col("cells")
    frame = cells.rename("cells").to_frame()
    first = frame.select(text.str.contains(_YEAR_FIRST)).to_series()
    # Most dates begin with the year, and then a slice finds it faster than a regex.
    plain = text.str.strip_chars_start().str.slice(0, len("2024"))
    if first.all():
        return frame.select(plain.cast(pl.Int32, strict=False)).to_series()
    western = pl.coalesce(
        pl.when(first).then(plain),
        *(text.str.extract(form, 1) for form in (_YEAR_LAST, _MONTH_NAME, _COMPACT)),
    ).cast(pl.Int32, strict=False)
    era = text.str.extract(_ERA, 1).replace_strict(_ERAS, default=None, return_dtype=pl.Int32)
    in_era = (
        text.str.extract(_ERA, 2).str.replace("元", "1", literal=True).cast(pl.Int32, strict=False)
    )
    return frame.select(pl.coalesce(western, era + in_era)).to_series()
