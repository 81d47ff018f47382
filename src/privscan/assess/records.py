"""From when the records of a column are, and how far they lie apart."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from privscan.evidence.tally import widened
from privscan.model.profile import RecordDates
from privscan.rulebook.counted import COUNTED

if TYPE_CHECKING:
    from privscan.evidence.column import ColumnEvidence
    from privscan.model.profile import ColumnProfile

ENTITY = f"{COUNTED}date"

BIRTHS = frozenset({"dob", "minor"})
"""Dates of people, whatever the header says of them."""


def with_dates(column: ColumnProfile, seen: ColumnEvidence) -> ColumnProfile:
    """The column with the months of its records, if its header says that it has them."""
    tallies = {key: t for key, t in seen.tallies.items() if key.entity == ENTITY}
    if not tallies or column.entity in BIRTHS:
        return column
    ranges: dict[str, tuple[int, int]] = {}
    years: Counter[int] = Counter()
    for key, tally in tallies.items():
        ranges = widened(ranges, tally.ranges)
        years[int(key.detector.rpartition("/")[2])] += tally.cells
    dates = RecordDates(
        _month(ranges["late"][0]), _month(ranges["early"][1]), tuple(sorted(years.items()))
    )
    return replace(column, dates=dates)


def _month(months: int) -> str:
    return f"{months // 12}-{months % 12 + 1:02}"
