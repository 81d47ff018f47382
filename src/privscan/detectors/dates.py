"""Dates that may be a day of birth: a living person's year, in any common writing or era."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

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


def find(column: Column) -> Iterator[Hits]:
    """Cells that are a date, as `dob`: score 0.3 in a year of birth, 0.05 in any other."""
    text = pl.col("cells")
    western = pl.coalesce(
        text.str.extract(form, 1) for form in (_YEAR_FIRST, _YEAR_LAST, _MONTH_NAME, _COMPACT)
    ).cast(pl.Int32, strict=False)
    era = text.str.extract(_ERA, 1).replace_strict(_ERAS, default=None, return_dtype=pl.Int32)
    in_era = (
        text.str.extract(_ERA, 2).str.replace("元", "1", literal=True).cast(pl.Int32, strict=False)
    )
    frame = narrow(column.cells).rename("cells").to_frame()
    year = frame.select(pl.coalesce(western, era + in_era)).to_series()
    birth = year.is_between(OLDEST, YOUNGEST).fill_null(value=False)
    if birth.any():
        yield Hits(ENTITY, birth, SCORE, "dates")
    other = year.is_not_null() & ~birth
    if other.any():
        yield Hits(ENTITY, other, OTHER, "dates")
