"""Scales on which cells of a column are ordered and ranges of them named: numbers, dates, codes, words."""

from __future__ import annotations

from abc import ABC, abstractmethod

import numpy as np
import polars as pl
from numpy.typing import NDArray

OTHER = "*"
"""What stands for cells that have nothing to say in common."""

_LISTED = 4
"""Words that are listed for a class; where it has more, a star stands for them."""

_NUMBER = r"^-?[0-9]{1,28}(?:\.[0-9]{1,9})?$"
_EXACT = pl.Decimal(38, 9)
"""Holds all such numbers."""

_DAY = r"^\d{4}-\d{2}-\d{2}(?:$| )"
_CODE = r"^[A-Z]{0,2}\d[A-Z0-9 -]{1,10}$"
_ZEROS = r"^0\d"

Codes = NDArray[np.float64]


class Scale(ABC):
    """Distinct cells as ordered codes; missing cells come before all others."""

    def __init__(self, cells: pl.Series, order: Codes) -> None:
        self._missing = cells.is_null().to_numpy()
        known = order[~self._missing]
        low, high = (known.min(), known.max()) if len(known) else (0.0, 0.0)
        self._low, self._wide = low, (high - low) or 1.0
        self._below = min(low - self._wide / 2, np.nextafter(low, -np.inf))
        self.codes = np.where(self._missing, self._below, order)

    def label(self, codes: Codes) -> str | None:
        """What stands for the cells of a class; null where all are missing."""
        if (codes == self._below).all():
            return None
        return OTHER if (codes == self._below).any() else self.named(codes)

    def penalty(self, codes: Codes) -> float:
        """The share of the scale that a class is spread over."""
        if (codes == self._below).any() and not (codes == self._below).all():
            return 1.0
        return float(np.ptp(codes) / self._wide)

    @abstractmethod
    def named(self, codes: Codes) -> str:
        """The range of codes, none missing, in words."""


class Numbers(Scale):
    """Whole numbers or fractions: `30-39`; the bounds are cells, as exact as these."""

    def __init__(self, cells: pl.Series) -> None:
        exact = cells.cast(_EXACT)
        super().__init__(cells, exact.cast(pl.Float64).fill_null(0).to_numpy())
        # Codes are floats: of numbers that share one the lowest and the highest are the bounds.
        self._exact = exact.drop_nulls().unique().sort()
        self._near = self._exact.cast(pl.Float64).to_numpy()

    def named(self, codes: Codes) -> str:
        """Lowest and highest."""
        first = np.searchsorted(self._near, codes.min())
        last = np.searchsorted(self._near, codes.max(), side="right") - 1
        low, high = (f"{self._exact[int(at)]:f}".rstrip("0").rstrip(".") for at in (first, last))
        if low == high:
            return low
        return f"{low}-{high}" if not low.startswith("-") else f"[{low}, {high}]"


class Days(Scale):
    """Dates: `1984-05-03`, `1984-05`, `1984` or `1984-1989`."""

    def __init__(self, cells: pl.Series) -> None:
        days = cells.str.slice(0, 10).str.to_date("%Y-%m-%d", strict=False)
        super().__init__(cells, days.cast(pl.Int32).fill_null(0).cast(pl.Float64).to_numpy())

    def named(self, codes: Codes) -> str:
        """What first and last day have in common, else their years."""
        ends = [np.datetime64(int(day), "D").astype(str) for day in (codes.min(), codes.max())]
        for size in (10, 7, 4):
            if ends[0][:size] == ends[1][:size]:
                return str(ends[0][:size])
        return f"{ends[0][:4]}-{ends[1][:4]}"


class Words(Scale):
    """Words in the order of the alphabet; those of a few are listed, codes keep what they begin with."""

    def __init__(self, cells: pl.Series, *, coded: bool) -> None:
        rank = cells.rank("dense").fill_null(0).cast(pl.Float64).to_numpy()
        super().__init__(cells, rank)
        self._words = cells.drop_nulls().unique().sort().to_list()
        self._coded = coded

    def named(self, codes: Codes) -> str:
        """The word, the beginning of all, or the words."""
        words = [self._words[int(code) - 1] for code in np.unique(codes)]
        if len(words) == 1:
            return str(words[0])
        if self._coded:
            return _shared(words).rstrip(" -") or OTHER
        return "|".join(words) if len(words) <= _LISTED else OTHER


def _shared(words: list[str]) -> str:
    """What all begin with: the first and the last in order tell."""
    low, high = words[0], words[-1]
    size = next((n for n, (a, b) in enumerate(zip(low, high, strict=False)) if a != b), len(low))
    return low[:size]


def scale(cells: pl.Series) -> Scale:
    """The scale on which all cells stand."""
    known = cells.drop_nulls()
    if len(known) and known.str.contains(_NUMBER).all() and not known.str.contains(_ZEROS).any():
        return Numbers(cells)
    if len(known) and known.str.contains(_DAY).all():
        return Days(cells)
    return Words(cells, coded=bool(len(known)) and bool(known.str.contains(_CODE).all()))
