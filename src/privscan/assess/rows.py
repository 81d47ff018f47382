"""What the rows of a table are: whether a column tells them apart."""

from __future__ import annotations

from typing import TYPE_CHECKING

from privscan.assess.weighing import MOST

if TYPE_CHECKING:
    from collections.abc import Mapping

    from privscan.evidence.column import ColumnEvidence

FEW = 3
"""Rows from which it says something that a column tells them apart."""

FILLED = 0.6
"""Share of all pairs of value and year that stand in a table of a row for each."""

_YEARS = (1700, 2100)
"""Numbers between these may be years."""


def tells_apart(path: str, columns: Mapping[str, ColumnEvidence], least: float) -> bool:
    """Whether so many of a column's values differ, or do so with the years of another column."""
    column = columns[path]
    filled, differ = column.rows - column.nulls, column.values.distinct()
    if not least or (differ >= FEW and differ >= least * filled):
        return True
    if differ < FEW:
        return False
    years = (c.values.distinct() for c in columns.values() if c is not column and of_years(c))
    return any(FILLED * differ * n <= filled <= differ * n / least for n in years if n > 1)


def of_years(column: ColumnEvidence) -> bool:
    """Whether nearly all values are numbers that may be years."""
    facts = column.facts
    return (
        facts.numbers >= MOST * max(1, column.rows - column.nulls)
        and facts.low is not None
        and facts.high is not None
        and _YEARS[0] <= facts.low
        and facts.high <= _YEARS[1]
    )
