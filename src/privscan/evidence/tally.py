"""Counts that add up: what detectors saw, and plain facts about a column's cells."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from itertools import chain
from typing import NamedTuple, TypeVar

from privscan.model.profile import Place


class TallyKey(NamedTuple):
    """What a tally counts: an entity, who saw it, and the recognizer's score in per cent."""

    entity: str
    detector: str
    score: int


PLACES = 8
"""Places that a tally names, first by name; its count is of all of them."""


@dataclass(frozen=True, slots=True)
class Tally:
    """Cells that showed it, cells that were it and nothing else, and objects seen in them.

    `places` are the first parts of the data that hold such cells, of a rare entity only. They
    follow the cut into parts, so tallies are equal without them. `ranges` bounds what was
    measured of the objects, by name.
    """

    cells: int = 0
    whole: int = 0
    objects: int = 0
    places: tuple[Place, ...] = field(default=(), compare=False)
    ranges: Mapping[str, tuple[int, int]] = field(default_factory=dict)

    def __add__(self, other: Tally) -> Tally:
        """Add count by count, widen the ranges; the first places are among the first of each side."""
        return Tally(
            self.cells + other.cells,
            self.whole + other.whole,
            self.objects + other.objects,
            first_places(self.places, other.places) if self.places or other.places else (),
            widened(self.ranges, other.ranges) if self.ranges or other.ranges else {},
        )


def widened(
    one: Mapping[str, tuple[int, int]], two: Mapping[str, tuple[int, int]]
) -> dict[str, tuple[int, int]]:
    """The ranges of both by name, each from the lower low to the higher high."""
    both = dict(one)
    for name, (low, high) in two.items():
        mine = both.get(name, (low, high))
        both[name] = min(mine[0], low), max(mine[1], high)
    return both


def first_places(*several: Iterable[Place]) -> tuple[Place, ...]:
    """The first places by name, cells of the same one added up."""
    cells = Counter[tuple[str, str]]()
    for place in chain.from_iterable(several):
        cells[place.uri, place.span] += place.cells
    return tuple(Place(*at, count) for at, count in sorted(cells.items())[:PLACES])


K = TypeVar("K")
V = TypeVar("V")


def added(one: Mapping[K, V], two: Mapping[K, V]) -> dict[K, V]:
    """Both mappings, values of shared keys added; the monoid of mappings into a monoid."""
    both = dict(one)
    for key, value in two.items():
        both[key] = both[key] + value if key in both else value  # type: ignore[operator]
    return both


@dataclass(frozen=True, slots=True)
class Facts:
    """Counts over non-null cells; `shortest`/`longest` in characters, `low`/`high` numeric and coarse.

    `unspaced` counts long texts in writing without spaces (CJK), `dates` cells shaped like a date.
    None means no such cell.
    """

    chars: int = 0
    ascii: int = 0
    letters: int = 0
    spaces: int = 0
    unspaced: int = 0
    digits_only: int = 0
    numbers: int = 0
    integers: int = 0
    dates: int = 0
    shortest: int | None = None
    longest: int | None = None
    low: float | None = None
    high: float | None = None

    def __add__(self, other: Facts) -> Facts:
        """Sum the counts, keep the smaller lower and the larger upper bounds."""
        total: dict[str, float | int | None] = {}
        for name in (one.name for one in fields(self)):
            mine, theirs = getattr(self, name), getattr(other, name)
            choose = _BOUNDS.get(name)
            if choose is None:
                total[name] = mine + theirs
            else:
                known = [x for x in (mine, theirs) if x is not None]
                total[name] = choose(known) if known else None
        return Facts(**total)  # type: ignore[arg-type]


_BOUNDS = {"shortest": min, "longest": max, "low": min, "high": max}
