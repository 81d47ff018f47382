"""Where the typed numbers and times of a stream's columns lie, as coarsely as facts say it."""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from privscan.evidence.facts import LARGEST, coarse
from privscan.evidence.tally import Facts
from privscan.rulebook.load import rulebook

if TYPE_CHECKING:
    from collections.abc import Callable

SHORT = 1_000_000
"""Numbers below have too few digits for a telephone number, an account or a number of a person."""

DECADE = 10

TENS = (1, 100)
"""Fractions between these, of either sign, are told apart by their tens: they may be degrees."""

RUNS, RUN = 16, 256
"""Of a counter so many runs of so many numbers are looked at, its first and its last among them."""


YEARS = (1700, 1900, 2100)
"""Bounds of what may be a year where columns are judged."""


def reach(facts: Facts) -> tuple[int, int]:
    """Which of the bounds that judgements ask for the numbers keep: else their range says nothing."""
    edges = _edges()
    low = -1 if facts.low is None else bisect_right(edges, facts.low)
    return low, -1 if facts.high is None else bisect_left(edges, facts.high)


@cache
def _edges() -> tuple[float, ...]:
    numeric = [rule.numeric for rule in rulebook().entities.values() if rule.numeric]
    return tuple(sorted({*YEARS, *(bound for one in numeric for bound in (one.min, one.max))}))


class _Range(NamedTuple):
    """Both bounds belong to it."""

    low: float
    high: float

    def joined(self, other: _Range) -> _Range:
        """The range that holds both."""
        return _Range(min(self.low, other.low), max(self.high, other.high))

    @property
    def short(self) -> bool:
        """Whether all numbers in it are."""
        return max(abs(self.low), abs(self.high)) < SHORT


class _Counter(NamedTuple):
    """Whole numbers that go up by one step from row to row: they say nothing but the row.

    `seen` is the last one of the rows that were looked at.
    """

    following: int
    step: int
    seen: int

    def goes_on(self, now: _Counter, first: int) -> bool:
        """Whether the numbers from `first` to `now` go on, have as many digits and did not double."""
        digits = len(str(now.seen)) == len(str(self.seen))
        same = self.step == now.step and self.following == first
        return same and digits and now.seen < 2 * max(self.seen, 1)


class Ranges:
    """The range of each column so far."""

    def __init__(self) -> None:
        self._known: dict[str, _Range] = {}
        self._bounds: dict[str, Facts] = {}
        self._counters: dict[str, _Counter] = {}

    def strange(self, name: str, cells: pa.ChunkedArray) -> pa.ChunkedArray:
        """The cells that do not lie where the column's lay before; they belong to them after."""
        nothing = cells.slice(0, 0)
        if cells.null_count == len(cells):
            return nothing if name in self._known else cells
        bounds = _bounds(cells) if _is_number(cells.type) else None
        found = _span(cells) if bounds is None else _range(cells, bounds)
        if found is None:
            return cells
        if bounds is not None:
            self._bounds[name] = _facts(bounds) + self._bounds.get(name, Facts())
        known = self._known.get(name)
        wider = found if known is None else known.joined(found)
        self._known[name] = wider
        now = _counter(cells)
        if self._counts_on(name, now, cells):
            return nothing
        if now is not None:
            cells = _thinned(cells)
        if known is None or not wider.short:
            return cells
        if wider == known:
            return nothing
        return cells.filter(_outside(cells, known)) if _is_number(cells.type) else cells

    def facts(self, name: str) -> Facts:
        """The bounds of the column's numbers, of those that were passed over as well."""
        return self._bounds.get(name, Facts())

    def _counts_on(self, name: str, now: _Counter | None, cells: pa.ChunkedArray) -> bool:
        """Whether the numbers count on from those before, in which they were looked at."""
        before = self._counters.pop(name, None)
        if now is None:
            return False
        on = before is not None and before.goes_on(now, cells[0].as_py())
        self._counters[name] = now._replace(seen=before.seen) if before and on else now
        return on


def _counter(cells: pa.ChunkedArray) -> _Counter | None:
    """The numbers as a counter, if they are one."""
    if not pa.types.is_integer(cells.type) or cells.null_count or len(cells) < 2:  # noqa: PLR2004  one number has no step
        return None
    first, last = cells[0].as_py(), cells[-1].as_py()
    step, rest = divmod(last - first, len(cells) - 1)
    if rest or step < 0 or first < 0:
        return None
    arrays = [chunk.to_numpy() for chunk in cells.chunks if len(chunk)]
    even = all((np.diff(array) == step).all() for array in arrays)
    joined = all(int(two[0]) - int(one[-1]) == step for one, two in pairwise(arrays))
    return _Counter(last + step, step, last) if even and joined else None


def _thinned(cells: pa.ChunkedArray) -> pa.ChunkedArray:
    """Runs from all over a counter: neighbours have every check digit, runs every beginning."""
    if len(cells) <= RUNS * RUN:
        return cells
    starts = [i * (len(cells) - RUN) // (RUNS - 1) for i in range(RUNS)]
    runs = [chunk for start in starts for chunk in cells.slice(start, RUN).chunks]
    return pa.chunked_array(runs, cells.type)


def _is_number(kind: pa.DataType) -> bool:
    return bool(pa.types.is_integer(kind) or pa.types.is_floating(kind))


def _outside(cells: pa.ChunkedArray, known: _Range) -> pa.ChunkedArray:
    """A mask of the numbers outside; a bound at the end of what facts tell apart is none."""
    low = -math.inf if known.low <= -LARGEST else known.low
    high = math.inf if known.high >= LARGEST else known.high
    numbers = cells.cast(pa.float64(), safe=False)
    return pc.or_(pc.less(numbers, low), pc.greater(numbers, high))


def _span(cells: pa.ChunkedArray) -> _Range | None:
    """The coarse range of truths and times; None for what is neither."""
    types, kind = pa.types, cells.type
    if types.is_boolean(kind):
        return _Range(0, 1)
    if types.is_date(kind) or types.is_timestamp(kind):
        bounds = pc.min_max(cells)
        low, high = (pc.year(bounds[name]).as_py() for name in ("min", "max"))
        return _Range(low // DECADE, high // DECADE)
    return None


def _range(cells: pa.ChunkedArray, bounds: _Range) -> _Range | None:
    """The coarse range of numbers; None where a bound is not finite."""
    low, high = bounds
    if not (math.isfinite(low) and math.isfinite(high)):
        return None
    if not bounds.short:
        return bounds
    rounded = _tens if pa.types.is_floating(cells.type) else coarse
    return _Range(rounded(low, math.floor), rounded(high, math.ceil))


def _tens(bound: float, outward: Callable[[float], int]) -> float:
    """The bound as facts round it, but to tens where those are what is told apart."""
    least, most = TENS
    if least <= abs(bound) <= most:
        return float(outward(bound / DECADE) * DECADE)
    return coarse(bound, outward)


def _facts(bounds: _Range) -> Facts:
    low, high = bounds
    return Facts(low=coarse(low, math.floor), high=coarse(high, math.ceil))


def _bounds(cells: pa.ChunkedArray) -> _Range:
    """The least and the greatest number; NumPy knows these of floats many times faster."""
    if pa.types.is_floating(cells.type) and not cells.null_count:
        arrays = [chunk.to_numpy() for chunk in cells.chunks if len(chunk)]
        low, high = min(float(a.min()) for a in arrays), max(float(a.max()) for a in arrays)
        if not (math.isnan(low) or math.isnan(high)):
            return _Range(low, high)
    low, high = pc.min_max(cells).as_py().values()
    return _Range(float(low), float(high))
