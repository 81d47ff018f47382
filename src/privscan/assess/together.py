"""What columns are only with each other: genotypes beside the names of markers, loci of a profile."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from privscan.assess.weighing import reason
from privscan.rulebook.names import words
from privscan.rulebook.weights import weights

if TYPE_CHECKING:
    from privscan.evidence.column import ColumnEvidence
    from privscan.model.profile import Reason
    from privscan.rulebook.weights import Together

MOST = 0.8
"""Share of the cells that must be seen: a genotype that was not called is written in many ways."""


def together(columns: Mapping[str, ColumnEvidence]) -> Mapping[str, Mapping[str, Reason]]:
    """By path, the entities that the columns make with each other, and what says so."""
    found: dict[str, dict[str, Reason]] = defaultdict(dict)
    seen = {path: frozenset(_seen(column)) for path, column in columns.items()}
    headers = {"".join(words(path.rsplit(".", 1)[-1])) for path in columns}
    for rule in weights().together if any(seen.values()) else ():
        if rule.without.isdisjoint(headers):
            for path in _joined(rule, columns, seen):
                found[path].setdefault(rule.of, reason("beside", rule.bits, rule.says))
    return found


def _seen(column: ColumnEvidence) -> Iterator[str]:
    filled = column.rows - column.nulls
    for key, tally in column.tallies.items():
        if tally.cells >= MOST * filled > 0:
            yield key.detector


def _joined(
    rule: Together, columns: Mapping[str, ColumnEvidence], seen: Mapping[str, frozenset[str]]
) -> Iterator[str]:
    """The columns that the rule is about, if what it wants stands beside them."""
    beside = {path: {d for d in some if d.startswith(rule.beside)} for path, some in seen.items()}
    values = (columns[path].values.distinct() for path, some in beside.items() if some)
    most = max(values, default=0)
    names = frozenset().union(*beside.values())
    if most < rule.values or len(names) < rule.names:
        return
    if rule.below is not None and most >= rule.below:
        return
    for path, some in seen.items():
        if any(detector.startswith(rule.sees) for detector in some):
            yield path
