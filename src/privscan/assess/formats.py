"""In which formats the records of an entity were met, and what was measured of them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from privscan.evidence.tally import Tally
from privscan.model.profile import Form

if TYPE_CHECKING:
    from privscan.evidence.column import ColumnEvidence
    from privscan.model.profile import ColumnProfile


def with_forms(column: ColumnProfile, seen: ColumnEvidence) -> ColumnProfile:
    """The column with the formats of its entities, as its evidence has them."""
    if not any(tally.ranges for tally in seen.tallies.values()):
        return column
    entities = tuple(replace(one, forms=_forms(one.entity, seen)) for one in column.entities)
    return replace(column, entities=entities)


def _forms(entity: str, seen: ColumnEvidence) -> tuple[Form, ...]:
    """One for each detector string whose hits were measured, scores added up."""
    found: dict[str, Tally] = {}
    for key, tally in sorted(seen.tallies.items()):
        if key.entity == entity and tally.ranges:
            found[key.detector] = found.get(key.detector, Tally()) + tally
    return tuple(
        Form(name, tally.cells, tally.objects, dict(sorted(tally.ranges.items())))
        for name, tally in found.items()
    )
