"""What a column holds: header, values and contradictions weighed in bits for each entity.

A bit is a factor of two on the odds (Good, "Probability and the Weighing of Evidence", 1950);
the weights are privscan's own, set on labelled public tables (bench/columns.py).
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from privscan.assess.protection import protection, unprotected
from privscan.assess.weighing import (
    CHANCE,
    EVEN,
    MOST,
    PRIOR,
    Seen,
    by_entity,
    contradictions,
    credible,
    prose,
    values,
)
from privscan.model.kinds import Kind, State
from privscan.model.profile import ColumnProfile, EntityProfile, Reason
from privscan.rulebook.names import (
    INSIDE,
    TAIL,
    header_entities,
    speaks_of_facilities,
    speaks_of_movement,
)

if TYPE_CHECKING:
    from privscan.evidence.column import ColumnEvidence
    from privscan.rulebook.load import Rulebook
    from privscan.rulebook.schema import Entity

SHOWN = 0.25
"""Entities less likely than this are left out of the profile."""

Z = 1.96
"""Normal quantile of a 95 % interval."""

PERSONAL = frozenset({"dob", "age", "gender", "salary"})
"""Attributes that only persons have: with them or a direct identifier a table is about people."""

_PLACES = {"gps": -12.0, "city": -12.0, "postal_code": -12.0, "location_coarse": -12.0,
           "nationality": -12.0, "address": -6.0, "ip_address": -6.0, "personal_url": -6.0,
           "transaction": -6.0, "employment": -6.0}  # fmt: skip
"""Bits against entities that stations, shops and machines have as well as people, where nothing
else in the table is a person's."""

_REACHED = frozenset({"phone", "fax", "email", "name_full", "customer_id"})
"""What a directory of facilities holds of each: how to reach it, its name, its number."""

_PERSON_BESIDE = frozenset({"name_given", "name_family", "dob", "age"})
_NAME_BESIDE = 5.0
"""Bits for a header that only hints at a name, beside one that says what only persons have."""

_MIMICS = {"user_agent": frozenset({"ip_address", "phone"})}
"""Entities that the values under such a header only look like: a version reads as an address."""


@dataclass(frozen=True, slots=True)
class Table:
    """What the columns of a table say of each other.

    `about_people`: it describes persons; `named`: entities that some header names surely.
    """

    about_people: bool
    named: frozenset[str] = frozenset()


def table(columns: Mapping[str, ColumnEvidence], rules: Rulebook, *, declared: bool) -> Table:
    """The table that these columns make; `declared` says that people called it one of persons."""
    named = frozenset(e for path in columns for e, bits in header_entities(path) if bits >= TAIL)
    alone = Table(about_people=True, named=named)
    people = declared or _is_about_people(
        [classify(c, rules, alone) for c in columns.values()], rules
    )
    return Table(people, named)


def classify(column: ColumnEvidence, rules: Rulebook, about: Table) -> ColumnProfile:
    """The profile of a column in its table."""
    filled = column.rows - column.nulls
    entities = sorted(
        _entities(column, rules, about),
        key=lambda e: (e.leak, -sum(r.bits for r in e.reasons), e.entity),
    )
    named = {entity for entity, bits in header_entities(protection(column)[1]) if bits > 0}
    top = next((e for e in entities if _is_class(e, named)), None)
    return ColumnProfile(
        path=column.path,
        kind=kind(column),
        rows=column.rows,
        nulls=column.nulls,
        distinct=column.values.distinct() if filled else 0,
        entity=top.entity if top else None,
        confidence=top.confidence if top else 0.0,
        entities=tuple(e for e in entities if _kept(e, top)),
        examples=tuple(shape for _, shape in column.examples),
    )


def _is_class(one: EntityProfile, named: Collection[str]) -> bool:
    """Whether the column is of that entity: its header says so, or a good part of its cells."""
    usual = one.entity in named or one.share >= CHANCE
    return usual and not one.leak and one.confidence >= EVEN


def _kept(one: EntityProfile, top: EntityProfile | None) -> bool:
    """Beside the column's class only what stands on values of its own is kept."""
    if one is top or one.leak:
        return one.confidence >= EVEN
    own = any(reason.what.startswith("values") and reason.bits > -PRIOR for reason in one.reasons)
    return one.confidence >= (SHOWN if top is None else EVEN) and (top is None or own)


def kind(column: ColumnEvidence) -> Kind:
    """The kind that the values show: a number in CSV is a number."""
    filled = column.rows - column.nulls
    if column.kind is not Kind.TEXT or not filled:
        return column.kind
    if column.facts.numbers >= filled:
        return Kind.NUMBER
    return Kind.TIME if column.facts.dates >= MOST * filled else Kind.TEXT


def _entities(column: ColumnEvidence, rules: Rulebook, about: Table) -> Iterator[EntityProfile]:
    filled = column.rows - column.nulls
    if not filled:
        return
    state, path = protection(column)
    header = dict(header_entities(path))
    seen = by_entity(column.tallies)
    mimics = {e for said, bits in header.items() if bits > 0 for e in _MIMICS.get(said, ())}
    for entity in sorted(({*header, *seen} & {*rules.entities}) - mimics):
        rule, said = rules.entities[entity], header.get(entity, 0.0)
        found = credible(seen.get(entity, ()), filled, rule, said, column)
        leak = _leak(found, filled, said, column)
        reasons = [Reason("prior", PRIOR)]
        if said:
            reasons.append(Reason(f"header {'says' if said > 0 else 'speaks against'} it", said))
        reasons += values(found, filled, column)
        if not leak:
            reasons += contradictions(column, rule, found, state)
        reasons += _beside(entity, column, said, about)
        bits = sum(reason.bits for reason in reasons)
        confidence = 1 / (1 + 2.0**-bits)
        if confidence < SHOWN:
            continue
        cells = max((s.cells for s in found), default=0) or filled
        share = cells / filled
        yield EntityProfile(
            entity=entity,
            confidence=round(confidence, 4),
            cells=cells,
            share=round(share, 6),
            interval=wilson(cells, filled),
            # What a detector sees stands there as it is, whatever was done to other cells.
            state=State.PLAIN if found else _state(entity, state, rule),
            leak=leak,
            reasons=tuple(reasons),
        )


def _state(entity: str, state: State, rule: Entity) -> State:
    """A hash protects nothing where all possible values can be tried."""
    if state is State.HASH_UNSALTED and (entity in unprotected() or rule.category == "gov_id"):
        return State.HASH_UNSALTED_GUESSABLE
    return state


def _leak(found: list[Seen], filled: int, said: float, column: ColumnEvidence) -> bool:
    """Whether the hits stand inside text of many words, and not in most of it."""
    if not found or said > 0 or column.kind is not Kind.TEXT:
        return False
    inside = any(s.whole < EVEN * s.cells for s in found)
    rare = max(s.cells for s in found) < EVEN * filled
    return prose(column) and (inside or rare)


def _beside(entity: str, column: ColumnEvidence, said: float, about: Table) -> Iterator[Reason]:
    """What the other columns say: a bare `name` beside a date of birth, a position nobody's."""
    if entity in {"name_full", "name_family", "name_given"} and 0 < said < INSIDE:
        beside = about.named & _PERSON_BESIDE
        if beside:
            yield Reason(f"beside {min(beside)}", _NAME_BESIDE)
    place = entity in _PLACES and column.kind is Kind.TEXT
    moved = entity == "gps" and speaks_of_movement(column.path)
    if place and not about.about_people and not moved:
        yield Reason("nothing in this table is about a person", _PLACES[entity])


def _is_about_people(columns: Iterable[ColumnProfile], rules: Rulebook) -> bool:
    """Whether some column holds what only persons have.

    An organisation has a phone and an address as well, so these count only where no header
    speaks of facilities.
    """
    every = list(columns)
    facilities = any(speaks_of_facilities(column.path) for column in every)
    for column in every:
        for found in column.entities:
            role = rules.entities[found.entity].role
            personal = role in {"D", "B"} or found.entity in PERSONAL
            shared = found.entity in _PLACES or (facilities and found.entity in _REACHED)
            if personal and not shared and found.confidence >= EVEN:
                return True
    return False


def wilson(cells: int, total: int) -> tuple[float, float]:
    """95 % interval of a share (Wilson, 1927)."""
    if not total:
        return (0.0, 0.0)
    share, z2 = cells / total, Z * Z
    middle = (share + z2 / (2 * total)) / (1 + z2 / total)
    half = Z * math.sqrt(share * (1 - share) / total + z2 / (4 * total * total)) / (1 + z2 / total)
    return (round(max(0.0, middle - half), 6), round(min(1.0, middle + half), 6))
