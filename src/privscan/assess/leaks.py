"""Where the leaks in free text are: which parts of the data hold them, and how many each."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from privscan.evidence.tally import PLACES
from privscan.model.profile import EntityProfile, Place

if TYPE_CHECKING:
    from privscan.evidence.column import ColumnEvidence
    from privscan.model.profile import ColumnProfile

_GROUPED = (".parquet", ".pq", ".parq")


def with_places(column: ColumnProfile, seen: ColumnEvidence) -> ColumnProfile:
    """The column with the places of its leaks, as its evidence has them."""
    entities = tuple(
        replace(one, places=_places(one.entity, seen)) if one.leak else one
        for one in column.entities
    )
    return replace(column, entities=entities) if entities != column.entities else column


def _places(entity: str, seen: ColumnEvidence) -> tuple[Place, ...]:
    """Detectors see the same cells, so a place has as many as the one that sees most there."""
    most: Counter[tuple[str, str]] = Counter()
    for key, tally in seen.tallies.items():
        if key.entity == entity:
            for place in tally.places:
                at = (place.uri, place.span)
                most[at] = max(most[at], place.cells)
    return tuple(Place(*at, cells) for at, cells in sorted(most.items())[:PLACES])


def stands_in(found: EntityProfile) -> list[str]:
    """Each of its places in words: `1 in row groups 0-3 of orders.parquet`."""
    return [f"{place.cells:,} in {_named(place)}" for place in found.places]


def _named(place: Place) -> str:
    # A semicolon and a blank part what was measured: no name of a file may look like two facts.
    uri = place.uri.replace("; ", ";")
    if not place.span:
        return uri
    grouped = uri.lower().endswith(_GROUPED)
    return f"{'row groups' if grouped else 'part'} {place.span} of {uri}"
