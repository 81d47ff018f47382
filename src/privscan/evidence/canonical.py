"""One text for one value: what writers of CSV add to times, whole floats and truth values goes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from privscan.evidence.characters import (
    DIGIT,
    HEX,
    LETTER,
    OTHER,
    POINT,
    SIGN,
    WIDE,
    characters,
    holding,
)
from privscan.rulebook.text import taken

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Rows = NDArray[np.int64]

_DAY, _TIME, _ZONE = r"\d{4}-\d{2}-\d{2}", r"\d{2}:\d{2}:\d{2}", r"(?:Z|UTC|[+-]\d{2}(?::?\d{2})?)"
_DAY_LENGTH = len("2024-01-31")
_STAMP = rf"^{_DAY}[T ]{_TIME}(?:[.](?:\d*[1-9])?0*)?\s?{_ZONE}?$"
_MIDNIGHT = " 00:00:00"
_CLOCK = rf"^{_TIME}[.](?:\d*[1-9])?0*$"
_WHOLE = r"^[+-]?\d+[.]0+$"
_TRUTH = r"^(?:True|TRUE|False|FALSE)$"
_ADDED = (
    rf"^{_DAY}(?:T{_TIME}(?:[.]\d*)?\s?{_ZONE}?| {_TIME}(?:[.]\d*)?(?:\s{_ZONE}?|{_ZONE})"
    rf"| {_TIME}[.](?:\d*0)?|{_MIDNIGHT})$"
    rf"|^{_TIME}[.](?:\d*0)?$|{_WHOLE}|{_TRUTH}"
)
"""Texts of these forms that are not canonical: the others are left out at once."""

_CANDIDATES = (
    holding(DIGIT, OTHER, SIGN | POINT)
    | holding(DIGIT, POINT, only=DIGIT | SIGN | POINT)
    | holding(HEX, LETTER, only=HEX | LETTER)
    | holding(WIDE, SIGN | POINT)
)
"""Cells that may be of such a form: a stamp or clock, a whole float, a truth value; `\\d` is wide."""


def canonical(cells: pl.Series) -> pl.Series:
    """The cells in the text that a typed column of the same values has (decision 5).

    `2024-01-31T12:00:01.500000Z` reads `2024-01-31 12:00:01.5`, midnight is the day alone, `3.0`
    reads `3`, `True` reads `true`; blank is null, and all other text stays as it is.
    """
    if cells.dtype != pl.String:
        return cells
    rows, texts = changes(cells, characters(cells).kinds)
    return replaced(cells, rows, texts)


def changes(cells: pl.Series, kinds: NDArray[np.uint8]) -> tuple[Rows, pl.Series]:
    """The cells that are not canonical, and what they become; null where one is blank."""
    maybe = _CANDIDATES.rows(kinds)
    some = cells if len(maybe) == len(cells) else taken(cells, maybe)
    if len(maybe):
        maybe = maybe[some.str.contains(_ADDED).fill_null(value=False).to_numpy()]
    rows, blank = maybe, np.flatnonzero(kinds == 0)
    texts = _shortened(taken(cells, rows)) if len(rows) else pl.Series([], dtype=pl.String)
    if not len(blank):
        return rows, texts
    nothing = pl.repeat(None, len(blank), dtype=pl.String, eager=True)
    return np.concatenate([rows, blank]), pl.concat([texts.alias(""), nothing.alias("")])


def replaced(cells: pl.Series, rows: Rows, texts: pl.Series) -> pl.Series:
    """The cells with other texts in these rows."""
    if not len(rows):
        return cells
    places = np.arange(len(cells))
    places[rows] = len(cells) + np.arange(len(rows))
    return pl.concat([cells, texts.alias(cells.name)]).gather(places)


def _shortened(cells: pl.Series) -> pl.Series:
    text = pl.col("cells")
    time = text.str.slice(_DAY_LENGTH + 1).str.replace(rf"\s?{_ZONE}?$", "")
    time = pl.when(time.str.contains(".", literal=True)).then(_unpadded(time)).otherwise(time)
    stamp = pl.concat_str(text.str.slice(0, _DAY_LENGTH), pl.lit(" "), time)
    short = (
        pl.when(text.str.contains(_STAMP))
        .then(stamp.str.strip_suffix(_MIDNIGHT))
        .when(text.str.contains(rf"{_CLOCK}|{_WHOLE}"))
        .then(_unpadded(text))
        .when(text.str.contains(_TRUTH))
        .then(text.str.to_lowercase())
        .otherwise(text)
    )
    return cells.rename("cells").to_frame().select(short.alias("cells")).to_series()


def _unpadded(text: pl.Expr) -> pl.Expr:
    """Without zeros at the end of a fraction, and without an empty one."""
    return text.str.strip_chars_end("0").str.strip_suffix(".")
