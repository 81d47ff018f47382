"""Where the typed numbers and times of a stream's columns lie, as coarsely as facts say it."""

from __future__ import annotations

import math
from typing import NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from privscan.evidence.facts import coarse

SHORT = 1_000_000
"""Numbers below have too few digits for a telephone number, an account or a number of a person."""

DECADE = 10


class _Range(NamedTuple):
    """Both bounds belong to it."""

    low: float
    high: float


class Ranges:
    """The range of each column so far."""

    def __init__(self) -> None:
        self._known: dict[str, _Range] = {}

    def holds(self, name: str, array: pa.Array) -> bool:
        """Whether the array lies where the column's cells lay before; it belongs to them after."""
        if array.null_count == len(array):
            return name in self._known
        found = _range(array)
        if found is None:
            return False
        known = self._known.get(name, _Range(math.inf, -math.inf))
        wider = _Range(min(known.low, found.low), max(known.high, found.high))
        self._known[name] = wider
        return wider == known and max(abs(wider.low), abs(wider.high)) < SHORT


def _range(array: pa.Array) -> _Range | None:
    """The coarse range; None for what is no number, time or truth, or has no finite bounds."""
    types, kind = pa.types, array.type
    if types.is_boolean(kind):
        return _Range(0, 1)
    if types.is_date(kind) or types.is_timestamp(kind):
        years = pc.min_max(pc.year(array)).as_py()
        return _Range(years["min"] // DECADE, years["max"] // DECADE)
    if not (types.is_integer(kind) or types.is_floating(kind)):
        return None
    low, high = (float(bound) for bound in pc.min_max(array).as_py().values())
    if not (math.isfinite(low) and math.isfinite(high)):
        return None
    if max(abs(low), abs(high)) >= SHORT:
        return _Range(low, high)
    return _Range(coarse(low, math.floor), coarse(high, math.ceil))
