"""Dates and years that may be a birth's, by decade: the spread over the decades tells births."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from privscan.evidence.characters import (
    DIGIT,
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
from privscan.rulebook.text import bytes_of, taken

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Rows = NDArray[np.int64]
    _Form = tuple[str, Callable[[pl.Series], pl.Series]]

PLUGIN = True
KINDS = ("text", "time")
MEASUREMENTS = True

ENTITY = "dob"

OLDEST, YOUNGEST = 1915, 2012
"""Years of birth: a life of 110 years at most, and of those the ones that dates of orders,
logins and updates do not reach. Children born later are found by the header."""

SCORE, OTHER = 0.3, 0.05
"""A date in a year of birth says a little, any other date that the column holds dates."""

FIRST, LAST = 1900, 2099
"""Decades from and to these are told apart; the others are one."""

YEARS = range(1900, 2026)
"""Four digits alone that are taken for a year."""

_PIVOT = 30
"""Two-digit years below it are of this century."""

_ERAS = {"明治": 1867, "大正": 1911, "昭和": 1925, "平成": 1988, "令和": 2018,
         "M": 1867, "T": 1911, "S": 1925, "H": 1988, "R": 2018}  # fmt: skip
"""The year before each era's first."""

_KANJI = "一二三四五六七八九"
_LONGEST = 64
"""Bytes of the longest cell taken for a date: weekday, day, month by name, year, time and zone."""

# Classes are written out: those of Unicode cost a scan of other texts several times as much.
_N, _WORD = "[0-9]", r"[A-Za-zÀ-ž]+\.?"
_MONTH, _DAY = "(?:0?[1-9]|1[0-2])", f"(?:0?[1-9]|[12]{_N}|3[01])"
_ZONE = rf"\s?(?:Z|UTC|GMT|[+-]{_N}{{2}}:?(?:{_N}{{2}})?)?"
_CLOCK = rf"{_N}{{1,2}}:{_N}{{2}}(?::{_N}{{2}}(?:[.,]{_N}*)?)?\s?(?:[AaPp]\.?[Mm]\.?)?"
_TIME = rf"(?:(?:T|,? ){_CLOCK}{_ZONE})?\s*$"
_YEAR_FIRST = rf"^\s*({_N}{{4}})[-/.年년]\s?{_MONTH}[-/.月월]\s?{_DAY}[.日일]?{_TIME}"
_DAYS = rf"(?:{_DAY}[-/. ]\s?{_MONTH}|{_MONTH}[-/. ]\s?{_DAY})"
_YEAR_LAST = rf"^\s*{_DAYS}[-/. ]\s?({_N}{{4}}){_TIME}"
_PADDED = f"(?:(?:0[1-9]|[12]{_N}|3[01])[.](?:0[1-9]|1[0-2])|(?:0[1-9]|1[0-2])[.](?:0[1-9]|[12]{_N}|3[01]))"
# With points and no zeros before the digits it is a version.
_SHORT = rf"^\s*(?:(?:{_DAY}[-/]{_MONTH}|{_MONTH}[-/]{_DAY})[-/]|{_PADDED}[.])({_N}{{2}}){_TIME}"
_DAY_FIRST = rf"{_DAY}(?:\.|st|nd|rd|th|er|º|ª)?[ -](?:de |of )?"
_NAMED = (
    rf"^\s*(?:{_WORD},?\s)?(?:{_DAY_FIRST}({_WORD}),?[ -](?:del? )?({_N}{{4}}|{_N}{{2}})"
    rf"|({_WORD})\s{_DAY}(?:st|nd|rd|th)?,?\s({_N}{{4}})){_TIME}"
)
_COMPACT = rf"^((?:19|20){_N}{{2}}){_MONTH[:-1]}){_DAY}(?:{_N}{{6}})?$".replace("0?", "0")
_NUMERAL = f"{_N}{{1,2}}|元|[{_KANJI}十]{{1,4}}"
_ERA = (
    rf"^\s*(明治|大正|昭和|平成|令和|[MTSHRmtshr])\s?\.?({_NUMERAL})[-/.年]\s?"
    rf"(?:{_NUMERAL})[-/.月]\s?(?:{_NUMERAL})日?{_TIME}"
)
_MIDNIGHT = rf"[T ](?:0?0:00(?::00(?:[.,]0*)?)?\s?(?:[Aa][Mm])?|12:00(?::00)?\s?[Aa][Mm]){_ZONE}\s*$|^{_N}{{8}}0{{6}}$"
_CLOCKED = rf":|^{_N}{{14}}$"

_SHAPE = (
    rf"^\s*(?:{_N}{{1,4}}[-/.年년 ]\s?{_N}{{1,2}}[-/.月월 ]\s?{_N}"
    rf"|(?:{_WORD},?\s)?(?:{_DAY_FIRST}{_WORD},?[ -](?:del? )?|{_WORD}\s{_DAY}(?:st|nd|rd|th)?,?\s){_N}{{2}}"
    rf"|(?:明治|大正|昭和|平成|令和|[MTSHRmtshr]\s?\.?{_N}{{1,2}}[-/.年]))"
)
"""What every such cell begins with, but for full width."""

_FULL_WIDTH = r"^\s*(?:[\x{FF21}-\x{FF3A}]?[\x{FF10}-\x{FF19}]|[\x{FF21}-\x{FF3A}][0-9])"

_DIGITS = holding(DIGIT, only=DIGIT)
_WIDE_DIGITS = holding(WIDE, only=WIDE)
_YEAR_BYTES, _WIDE_YEAR_BYTES, _COMPACT_BYTES = 4, 12, (8, 14)
_NUMBER = holding(DIGIT, POINT, only=DIGIT | POINT)
_NUMBER_BYTES = len("31.12.1999")
_SOME = holding(DIGIT, SPACE | SIGN | POINT | MARK, only=0xFF & ~WIDE) | holding(WIDE)


def find(column: Column) -> Iterator[Hits]:
    """Cells that are a date or a year, as `dob`: 0.3 in a year of birth, 0.05 in any other.

    `dates/1980s` is a day, `timed/1980s` one with a time of day, `short/1980s` one whose year has
    two digits, `years/1980s` a year alone; `…/other` is of another century.
    """
    cells, kinds = column.cells, kinds_in(column)
    if not (kinds & (DIGIT | WIDE)).any():
        return
    sizes = bytes_of(cells)
    digits = _DIGITS.table[kinds]
    plain = np.flatnonzero(digits & (sizes == _YEAR_BYTES))
    yield from _bare(taken(cells, plain), plain, len(cells))
    wide = np.flatnonzero(_WIDE_DIGITS.table[kinds] & (sizes == _WIDE_YEAR_BYTES))
    if len(wide):
        years = narrow(taken(cells, wide))
        some = years.str.contains(f"^{_N}{{{_YEAR_BYTES}}}$").to_numpy()
        yield from _bare(years.filter(pl.Series(some)), wide[some], len(cells))
    compact = digits & ((sizes == _COMPACT_BYTES[0]) | (sizes == _COMPACT_BYTES[1]))
    if compact.any():
        yield from _dated(cells, np.flatnonzero(compact), ((_COMPACT, _compact),))
    maybe = _SOME.table[kinds] & (sizes <= _LONGEST)
    maybe &= ~_NUMBER.table[kinds] | (sizes <= _NUMBER_BYTES)
    yield from _dated(cells, _shaped(cells, np.flatnonzero(maybe), kinds), _FORMS)


def _shaped(cells: pl.Series, rows: Rows, kinds: NDArray[np.uint8]) -> Rows:
    """Those of the rows that begin like a date, or that full-width signs may."""
    if not len(rows):
        return rows
    some = taken(cells, rows)
    shaped = some.str.contains(_SHAPE)
    if (kinds[rows] & WIDE).any():
        shaped |= some.str.contains(_FULL_WIDTH)
    kept: Rows = rows[shaped.to_numpy()]
    return kept


def _bare(texts: pl.Series, rows: Rows, cells: int) -> Iterator[Hits]:
    """Four digits and nothing else, and the rows that they stand in."""
    if len(rows):
        years = texts.cast(pl.Int32).to_numpy()
        within = (years >= YEARS[0]) & (years <= YEARS[-1])
        yield from _hits("years", rows[within], years[within], cells)


def _hits(manner: str, rows: Rows, years: NDArray[np.int32], cells: int) -> Iterator[Hits]:
    decades = np.where((years >= FIRST) & (years <= LAST), years // 10 * 10, 0)
    births = (years >= OLDEST) & (years <= YOUNGEST)
    for decade in np.flatnonzero(np.bincount(decades)).tolist():
        for score, those in ((SCORE, births), (OTHER, ~births)):
            some = rows[those & (decades == decade)]
            if len(some):
                name = f"{manner}/{decade}s" if decade else f"{manner}/other"
                yield Hits(ENTITY, masked(some, cells), score, name)


def _dated(cells: pl.Series, rows: Rows, forms: tuple[_Form, ...]) -> Iterator[Hits]:
    """Those of the rows that are a date, each by the first form that it has."""
    texts = narrow(taken(cells, rows))
    for form, read in forms:
        if not len(rows):
            return
        found = texts.str.contains(form)
        if not found.any():
            continue
        those, at = texts.filter(found), rows[found.to_numpy()]
        years, timed = read(those), _timed(those)
        manner = "short" if read is _two_digits else "dates"
        known = years.is_not_null().to_numpy()
        full = years.fill_null(0).to_numpy().astype(np.int32)
        for name, kept in ((manner, known & ~timed), ("timed", known & timed)):
            yield from _hits(name, at[kept], full[kept], len(cells))
        texts, rows = texts.filter(~found), rows[~found.to_numpy()]


def _timed(texts: pl.Series) -> NDArray[np.bool_]:
    """Whether a time of day other than midnight follows the day."""
    timed = texts.str.contains(_CLOCKED).to_numpy(writable=True)
    hours = np.flatnonzero(timed)
    if len(hours):
        midnight = taken(texts, hours).str.contains(_MIDNIGHT)
        timed[hours[midnight.to_numpy()]] = False
    return timed


def _first(texts: pl.Series) -> pl.Series:
    # A slice finds the year faster than a regex.
    return texts.str.strip_chars_start().str.slice(0, _YEAR_BYTES).cast(pl.Int32, strict=False)


def _last(texts: pl.Series) -> pl.Series:
    return texts.str.extract(_YEAR_LAST, 1).cast(pl.Int32, strict=False)


def _compact(texts: pl.Series) -> pl.Series:
    return texts.str.extract(_COMPACT, 1).cast(pl.Int32, strict=False)


def _two_digits(texts: pl.Series) -> pl.Series:
    return _century(texts.str.extract(_SHORT, 1).cast(pl.Int32, strict=False))


def _century(years: pl.Series) -> pl.Series:
    """Years in full: those below the pivot are of this century, others below 100 of the last."""
    year = pl.col("y")
    added = pl.when(year < _PIVOT).then(2000).when(year < 100).then(1900).otherwise(0)  # noqa: PLR2004  two digits
    return years.rename("y").to_frame().select(year + added).to_series()


def _era(texts: pl.Series) -> pl.Series:
    numbers = _numerals()
    start = texts.str.extract(_ERA, 1).str.to_uppercase()
    within = texts.str.extract(_ERA, 2).replace_strict(numbers, default=None, return_dtype=pl.Int32)
    return start.replace_strict(_ERAS, default=None, return_dtype=pl.Int32) + within


@cache
def _numerals() -> dict[str, int]:
    """The years of an era as they are written: 元, 5, 05, 五十."""
    numbers = {"元": 1}
    for number in range(1, 100):
        tens, ones = divmod(number, 10)
        ten = (_KANJI[tens - 1] if tens > 1 else "") + "十" if tens else ""
        kanji = ten + (_KANJI[ones - 1] if ones else "")
        numbers |= {str(number): number, f"{number:02}": number, kanji: number}
    return numbers


def _named(texts: pl.Series) -> pl.Series:
    """The years where the word before them is a month's name."""
    frame = texts.rename("t").to_frame()
    word, year = (
        frame.select(pl.coalesce(*(pl.col("t").str.extract(_NAMED, g) for g in groups)))
        for groups in ((1, 3), (2, 4))
    )
    words = word.to_series().str.to_lowercase().str.strip_chars_end(".")
    years = _century(year.to_series().cast(pl.Int32, strict=False))
    return years.zip_with(words.is_in(list(_months())), pl.Series([None], dtype=pl.Int32))


@cache
def _months() -> frozenset[str]:
    """Names of the months, and short forms, in languages written in Latin letters."""
    from babel import Locale

    return frozenset(
        name.casefold().strip(".")
        for language in ("en", "de", "fr", "es", "pt", "it", "nl", "sv", "da", "pl")
        for form in Locale(language).months.values()
        for width in ("wide", "abbreviated")
        for name in form[width].values()
    )


_FORMS: tuple[_Form, ...] = (
    (_YEAR_FIRST, _first),
    (_YEAR_LAST, _last),
    (_SHORT, _two_digits),
    (_ERA, _era),
    (_NAMED, _named),
)
