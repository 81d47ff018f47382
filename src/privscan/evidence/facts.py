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
_MASKED = (
    r"^[0-9\s().+\-/*●xX]*(?:[*●]{2}|[xX]{3})[0-9\s().+\-/*●xX]*$"
    r"|^\S*[*●]{2}\S*(?:\s\S*){0,2}$"
)
"""Digits with a run of signs in their place, or up to three words of which one has such a run."""

_UUID = r"^(?i)[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$"
_UUID_BYTES = 36
_HEX_BYTES = (32, 40, 64, 128)

_HEXADECIMAL = holding(DIGIT | HEX, only=DIGIT | HEX)
_NUMBERS = holding(DIGIT, only=DIGIT | HEX | SIGN | POINT)
_CROSSED = holding(LETTER, only=0xFF & ~HEX)
_STARRED = holding(OTHER | WIDE)


def facts(seen: Distinct) -> Facts:
    """The facts about String cells without nulls."""
    if not len(seen.cells):
        return Facts()
    kinds, stars = seen.characters.kinds, seen.characters.stars
    sizes = seen.cells.str.len_bytes().to_numpy()
    lengths = seen.cells.str.len_chars().to_numpy() if (kinds & WIDE).any() else sizes
    rows = np.bincount(kinds, seen.weights, minlength=256).astype(np.int64)

    def certain(of: Question) -> int:
        return int(rows[of.table].sum())

    def matching(form: str, of: Question, where: NDArray[np.bool_] | None = None) -> int:
        maybe = of.table[kinds] if where is None else of.table[kinds] & where
        some = np.flatnonzero(maybe)
        return seen.weight_at(some[_match(seen.cells, some, form)]) if len(some) else 0

    digits = certain(holding(DIGIT, only=DIGIT))
    hexadecimal = _HEXADECIMAL.table[kinds]
    return Facts(
        chars=seen.total(lengths),
        shortest=int(lengths.min()),
        longest=int(lengths.max()),
        ascii=certain(holding(only=0xFF & ~WIDE)),
        letters=certain(holding(HEX | LETTER))
        + matching(r"\p{L}", holding(WIDE, only=0xFF & ~(HEX | LETTER))),
        spaces=certain(holding(SPACE)) + matching(r"\s", holding(WIDE, only=0xFF & ~SPACE)),
        unspaced=matching(_CJK, holding(WIDE), lengths >= UNSPACED),
        digits_only=digits,
        integers=digits + matching(r"^[+-]?[0-9]+$", holding(DIGIT, SIGN, only=DIGIT | SIGN)),
        dates=matching(_DATE, holding(DIGIT, SIGN | POINT | OTHER) | holding(WIDE)),
        uuid=matching(_UUID, holding(SIGN, only=DIGIT | HEX | SIGN), sizes == _UUID_BYTES),
        masked=matching(_MASKED, _CROSSED | _STARRED if stars else _CROSSED),
        **{
            f"hex{size}": seen.weight_at(np.flatnonzero(hexadecimal & (sizes == size)))
            for size in _HEX_BYTES
        },
        **_numbers(seen, _NUMBERS.rows(kinds)),
    )


def _match(cells: pl.Series, rows: Rows, form: str) -> NDArray[np.bool_]:
    some = cells if len(rows) == len(cells) else cells.gather(rows)
    return some.str.contains(form).to_numpy()


def _numbers(seen: Distinct, rows: Rows) -> dict[str, Any]:
    """How many of the cells are finite numbers, and the coarse range of these."""
    if not len(rows):
        return {}
    some = seen.cells if len(rows) == len(seen.cells) else seen.cells.gather(rows)
    values = some.cast(pl.Float64, strict=False).fill_null(np.nan).to_numpy()
    finite = np.isfinite(values)
    if not finite.any():
        return {}
    kept = values[finite]
    return {
        "numbers": seen.weight_at(rows[finite]),
        "low": _coarse(float(kept.min()), math.floor),
        "high": _coarse(float(kept.max()), math.ceil),
    }


def _coarse(bound: float, outward: Callable[[float], int]) -> float:
    """A bound rounded outward to two digits, at most LARGEST: the extremes are values too.

    Monotone, so that the bounds of parts add up to those of the whole.
    """
    near = min(max(bound, -LARGEST), LARGEST)
    unit = 1 if abs(near) <= 100 else 10 if abs(near) <= 1000 else 100  # noqa: PLR2004  powers of ten
    return float(outward(near / unit) * unit)
