"""Leaks in free text: what stands inside texts, how often, and in which parts of the data."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from privscan.assess.against import against
from privscan.assess.weighing import WHOLE_CELLS
from privscan.evidence.tally import PLACES
from privscan.model.profile import EntityProfile, Place
from privscan.rulebook.names import words
from privscan.rulebook.weights import weights

if TYPE_CHECKING:
    from privscan.assess.weighing import Seen
    from privscan.evidence.column import ColumnEvidence
    from privscan.model.profile import ColumnProfile, Reason

_GROUPED = (".parquet", ".pq", ".parq")

_APART = ("titles", "faces", "records", "genomes", "ridges", "irises", "veins", "voice")
"""Detectors that see each text, picture or record at most once: their cells add up."""


def inside(found: Iterable[Seen]) -> list[Seen]:
    """What stands inside texts; that a whole text is a name or a place is another word."""
    return [one for one in found if is_inside(one.detector)]


def is_inside(detector: str) -> bool:
    """Whether the detector looks inside texts."""
    return not detector.startswith(WHOLE_CELLS) or detector.endswith("/mention")


def most(cells: Iterable[tuple[str, int]]) -> int:
    """The cells that detectors saw in all: they see the same ones, so those of the one that sees most."""
    summed: Counter[str] = Counter()
    for detector, count in cells:
        family = detector.partition("/")[0]
        summed[family if family in _APART else detector] += count
    return max(summed.values(), default=0)


def made_up(entity: str, column: ColumnEvidence, *, about_people: bool) -> Iterator[Reason]:
    """Names in works speak of nobody: in titles, plots and news of a table that is not about people."""
    stories, header = weights().stories, {*words(column.path)}
    if not about_people and entity in stories.of and header and header <= stories.words:
        yield against("story")


def with_places(column: ColumnProfile, seen: ColumnEvidence) -> ColumnProfile:
    """The column with the places of its leaks, as its evidence has them."""
    entities = tuple(
        replace(one, places=_places(one.entity, seen)) if one.leak else one
        for one in column.entities
    )
    return replace(column, entities=entities) if entities != column.entities else column


def _places(entity: str, seen: ColumnEvidence) -> tuple[Place, ...]:
    """Its places, each with as many cells as the leak would have there alone."""
    there: defaultdict[tuple[str, str], list[tuple[str, int]]] = defaultdict(list)
    for key, tally in seen.tallies.items():
        if key.entity == entity and is_inside(key.detector):
            for place in tally.places:
                there[place.uri, place.span].append((key.detector, place.cells))
    return tuple(Place(*at, most(cells)) for at, cells in sorted(there.items())[:PLACES])


def stands_in(found: EntityProfile) -> list[str]:
    """Each of its places in words: `1 in row groups 0-3 of orders.parquet`."""
    return [f"{place.cells:,} in {_named(place)}" for place in found.places]


def _named(place: Place) -> str:
    # A semicolon and a blank part what was measured: no name of a file may look like two facts.
    uri, span = (said.replace("; ", ";") for said in (place.uri, place.span))
    if not span:
        return uri
    grouped = uri.lower().endswith(_GROUPED)
    return f"{'row groups' if grouped else 'part'} {span} of {uri}"
