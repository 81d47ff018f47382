"""Plain facts about a column's distinct cells, weighed by rows.

The kinds of character in each cell settle most of them; regexes see only cells that may match.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import numpy as np
import polars as pl

from privscan.evidence.characters import (
    DIGIT,
    HEX,
    LETTER,
    OTHER,
    POINT,
    SIGN,
    SPACE,
    WIDE,
    Question,
    holding,
)
from privscan.evidence.distinct import Distinct
from privscan.evidence.tally import Facts
from privscan.rulebook.text import bytes_of, taken

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Rows = NDArray[np.int64]

LARGEST = 10_000.0
"""Bound of the numbers that ranges are kept of: ages and years are below, identifiers above."""

UNSPACED = 10
"""Characters from which a cell in writing without spaces is a text and no name or code."""

_CJK = r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Hangul}\p{Thai}]"
_DATE = (
    r"^\s*(?:\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?|\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}"
    r"|(?:明治|大正|昭和|平成|令和|[MTSHR])\s?(?:\d{1,2}|元)[-/.年]\d{1,2}[-/.月]\d{1,2}日?)"
    r"(?:[T ]\d{1,2}:\d{2}.*)?\s*$"
)
_ASCII = holding(only=0xFF & ~WIDE)
_DIGITS = holding(DIGIT, only=DIGIT)
_LETTERS = holding(HEX | LETTER)
_SPACES = holding(SPACE)
# Candidates: each of these is true of all cells of which the fact is, and of some others.
_WIDE = holding(WIDE)
_WIDE_LETTERS = holding(WIDE, only=0xFF & ~(HEX | LETTER))
_WIDE_SPACES = holding(WIDE, only=0xFF & ~SPACE)
_SIGNED = holding(DIGIT, SIGN, only=DIGIT | SIGN)
_NUMBERS = holding(DIGIT, only=DIGIT | HEX | SIGN | POINT)
_DATES = (
    holding(DIGIT, SIGN | POINT | OTHER, only=0xFF & ~HEX)
    | holding(DIGIT, HEX, OTHER)  # a to f only after a time, which has a colon
    | _WIDE
)


def facts(seen: Distinct) -> Facts:
    """The facts about String cells without nulls."""
    if not len(seen.cells):
        return Facts()
    kinds = seen.characters.kinds
    rows = np.bincount(kinds, seen.weights, minlength=256).astype(np.int64)
    sizes = bytes_of(seen.cells)
    lengths = seen.cells.str.len_chars().to_numpy() if rows[_WIDE.table].any() else sizes

    def certain(of: Question) -> int:
        return int(rows[of.table].sum())

    def matching(form: str, of: Question, where: NDArray[np.bool_] | None = None) -> int:
        if not rows[of.table].any():
            return 0
        maybe = of.table[kinds] if where is None else of.table[kinds] & where
        some = np.flatnonzero(maybe)
        return seen.weight_at(some[_match(seen.cells, some, form)]) if len(some) else 0

    return Facts(
        chars=seen.total(lengths),
        shortest=int(lengths.min()),
        longest=int(lengths.max()),
        ascii=certain(_ASCII),
        letters=certain(_LETTERS) + matching(r"\p{L}", _WIDE_LETTERS),
        spaces=certain(_SPACES) + matching(r"\s", _WIDE_SPACES),
        unspaced=matching(_CJK, _WIDE, lengths >= UNSPACED),
        digits_only=certain(_DIGITS),
        integers=certain(_DIGITS) + matching(r"^[+-]?[0-9]+$", _SIGNED),
        dates=matching(_DATE, _DATES),
        **_numbers(seen, _NUMBERS.rows(kinds)) if certain(_NUMBERS) else {},
    )


def _match(cells: pl.Series, rows: Rows, form: str) -> NDArray[np.bool_]:
    some = cells if len(rows) == len(cells) else taken(cells, rows)
    return some.str.contains(form).to_numpy()


def _numbers(seen: Distinct, rows: Rows) -> dict[str, Any]:
    """How many of the cells are finite numbers, and the coarse range of these."""
    if not len(rows):
        return {}
    some = seen.cells if len(rows) == len(seen.cells) else taken(seen.cells, rows)
    values = some.cast(pl.Float64, strict=False).fill_null(np.nan).to_numpy()
    finite = np.isfinite(values)
    if not finite.any():
        return {}
    kept = values[finite]
    return {
        "numbers": seen.weight_at(rows[finite]),
        "low": coarse(float(kept.min()), math.floor),
        "high": coarse(float(kept.max()), math.ceil),
    }


def coarse(bound: float, outward: Callable[[float], int]) -> float:
    """A bound rounded outward to two digits, at most LARGEST: the extremes are values too.

    Monotone, so that the bounds of parts add up to those of the whole.
    """
    near = min(max(bound, -LARGEST), LARGEST)
    unit = 1 if abs(near) <= 100 else 10 if abs(near) <= 1000 else 100  # noqa: PLR2004  powers of ten
    return float(outward(near / unit) * unit)
