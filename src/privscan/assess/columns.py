"""What a column holds: header, values, contradictions and neighbours weighed for each entity.

The weights are those of `rules/weights.yaml`, in bits.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from privscan.assess.against import BY_WORDS, against, contradictions, rivalry, things
from privscan.assess.beside import Table, beside, table_of
from privscan.assess.leaks import inside, made_up, most
from privscan.assess.protection import protection, state_of
from privscan.assess.together import together
from privscan.assess.weighing import (
    BY_FORM,
    CHANCE,
    EVEN,
    MOST,
    VECTORS,
    WORD,
    Seen,
    by_entity,
    credible,
    parsed,
    prose,
    reason,
    values,
)
from privscan.model.kinds import Kind
from privscan.model.profile import ColumnProfile, EntityProfile
from privscan.rulebook.names import (
    INSIDE,
    TAIL,
    header_entities,
    nameless,
    speaks_of_persons,
    speaks_of_things,
)
from privscan.rulebook.numbers import THING
from privscan.rulebook.weights import weights

if TYPE_CHECKING:
    from privscan.evidence.column import ColumnEvidence
    from privscan.model.profile import Reason
    from privscan.rulebook.load import Rulebook

SHOWN = 0.45
"""Entities less likely than this are not found; the nearest of them are kept as considered."""

CONSIDERED = 2

Z = 1.96
"""Normal quantile of a 95 % interval."""

_MIMICS = {"user_agent": frozenset({"ip_address", "phone"})}
"""Entities that the values under such a header only look like: a version reads as an address."""

VECTORS_WRITTEN = f"{THING}vector"

_PIECES = {"address": frozenset({"phone", "fax"}), "user_agent": frozenset({"ip_address", "phone"})}
"""What pieces of such cells look like: house number and postcode, a browser's version."""


def table(columns: Mapping[str, ColumnEvidence], rules: Rulebook, *, declared: bool) -> Table:
    """The table that these columns make; `declared` says that people called it one of persons."""
    alone = [classify(c, rules, Table(about_people=True)) for c in columns.values()]
    about = table_of(columns, alone, rules, declared=declared)
    return replace(about, together=together(columns))


def classify(column: ColumnEvidence, rules: Rulebook, about: Table) -> ColumnProfile:
    """The profile of a column in its table."""
    filled = column.rows - column.nulls
    weighed = sorted(
        _entities(column, rules, about),
        # Of names that a header leaves open the full one comes first.
        key=lambda e: (e.leak, -sum(r.bits for r in e.reasons), e.entity != "name_full", e.entity),
    )
    entities = [e for e in weighed if e.confidence >= SHOWN]
    named = {entity for entity, bits in header_entities(protection(column)[1]) if bits > 0}
    top = next((e for e in entities if _is_class(e, named)), None)
    kept = tuple(e for e in entities if _kept(e, top))
    return ColumnProfile(
        path=column.path,
        kind=kind(column),
        rows=column.rows,
        nulls=column.nulls,
        distinct=column.values.distinct() if filled else 0,
        entity=top.entity if top else None,
        confidence=top.confidence if top else 0.0,
        entities=kept,
        examples=tuple(shape for _, shape in column.examples),
        considered=tuple(e for e in weighed if e not in kept)[:CONSIDERED],
    )


def _is_class(one: EntityProfile, named: Collection[str]) -> bool:
    """Whether the column is of that entity: its header says so, or a good part of its cells."""
    usual = one.entity in named or one.share >= CHANCE
    return usual and not one.leak and one.confidence >= EVEN


def _kept(one: EntityProfile, top: EntityProfile | None) -> bool:
    """Beside the column's class only what stands on values of its own is kept."""
    if one is top or one.leak:
        return one.confidence >= EVEN
    own = any(r.kind == "values" and r.bits > -weights().prior for r in one.reasons)
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
    header = dict(header_entities(protection(column)[1]))
    seen = _of_vectors(by_entity(column.tallies), filled)
    thing = things(seen, column)
    pieces = {
        entity
        for of, entities in _PIECES.items()
        for entity in entities
        if sum(one.cells for one in seen.get(of, ())) >= CHANCE * filled
    }
    mimics = {e for said, bits in header.items() if bits > 0 for e in _MIMICS.get(said, ())}
    key = {weights().key.of} if about.key and about.key[0] == column.path else set()
    joined = about.together.get(column.path, {})
    for entity in sorted(({*header, *seen, *key, *joined} & {*rules.entities}) - mimics):
        rule, said = rules.entities[entity], header.get(entity, 0.0)
        found = credible(_hits(entity, said, seen, column.path), filled, rule, said, column)
        leak = _leak(found, filled, said, column)
        found = inside(found) if leak else found
        if leak and entity in pieces:
            continue
        state = state_of(entity, column, rule, [one.detector for one in found])
        reasons = list(_header(said))
        reasons += values(entity, found, column)
        if thing and any(one.detector.startswith(BY_FORM) for one in found):
            reasons.append(thing)
        if not leak:
            reasons += contradictions(column, rule, said, found, state)
            reasons += rivalry(entity, seen, filled)
            reasons += beside(entity, column, said, about, reasons)
            reasons += [joined[entity]] if entity in joined else []
            settled = entity in key or entity in joined or parsed(entity, found, column)
            reasons += () if settled else _elsewhere(entity, header, column, about, rules)
        else:
            reasons += made_up(entity, column, about_people=about.about_people)
        confidence = weights().confidence(sum(one.bits for one in reasons))
        cells = min(filled, most((s.detector, s.cells) for s in found) or filled)
        share = cells / filled
        yield EntityProfile(
            entity=entity,
            confidence=round(confidence, 4),
            cells=cells,
            share=round(share, 9),
            interval=wilson(cells, filled),
            state=state,
            leak=leak,
            reasons=tuple(reasons),
        )


def _of_vectors(seen: dict[str, list[Seen]], filled: int) -> dict[str, list[Seen]]:
    """Where the cells are vectors written as text, only what vectors say: their digits are no cards."""
    if sum(one.cells for one in seen.get(VECTORS_WRITTEN, ())) < MOST * filled:
        return seen
    kept = {
        e: [one for one in some if one.detector.startswith(VECTORS)] for e, some in seen.items()
    }
    return {entity: some for entity, some in kept.items() if some}


def _leak(found: list[Seen], filled: int, said: float, column: ColumnEvidence) -> bool:
    """Whether the hits stand inside text of many words, or fill few of its cells."""
    if not found or said > 0 or column.kind is not Kind.TEXT:
        return False
    texts = inside(found)
    whole = sum(one.cells for one in found if one not in texts)
    if not texts or whole > max(CHANCE * filled, *(one.cells for one in texts)):
        return False
    main = max(texts, key=lambda one: one.cells)
    within = main.whole < EVEN * main.cells
    rare = main.cells < EVEN * filled
    return prose(column) and (within or rare)


def _hits(entity: str, said: float, seen: Mapping[str, list[Seen]], path: str) -> list[Seen]:
    """The hits of an entity; under a person's role names of one kind are persons' names too."""
    own = seen.get(entity, [])
    if entity != "name_full" or not 0 < said < INSIDE or not speaks_of_persons(path):
        return own
    return [*own, *seen.get("name_given", ()), *seen.get("name_family", ())]


def _elsewhere(
    entity: str,
    header: Mapping[str, float],
    column: ColumnEvidence,
    about: Table,
    rules: Rulebook,
) -> Iterator[Reason]:
    """A header in words that are not the entity's speaks against it: more so against mere words."""
    path, only = column.path, frozenset({column.path})
    if nameless(path):
        # Animals have a sex as well: where no header speaks, other columns say whose it is.
        if entity == "gender" and {*about.sure.values()} == {only}:
            yield against("alone")
        return
    if header.get(entity) or column.kind is not Kind.TEXT:
        return
    other = speaks_of_things(path) or max(header.values(), default=0.0) >= TAIL
    money = entity == "postal_code" and any(
        bits >= TAIL and rules.entities[name].category == "financial"
        for name, bits in header.items()
        if name in rules.entities
    )
    if (entity in BY_WORDS and other) or money:
        yield against("other_kind")
    elif entity == "gender" and (column.facts.longest or 0) < WORD:
        yield against("other_code")
    else:
        yield against("other_header")


def _header(said: float) -> Iterator[Reason]:
    says, prior = weights().says, weights().prior
    yield reason("prior", prior, says["prior"])
    if said:
        key = "header_against" if said < 0 else "header" if said >= INSIDE else "header_hint"
        yield reason("header", said, says[key])


def wilson(cells: int, total: int) -> tuple[float, float]:
    """95 % interval of a share (Wilson, 1927)."""
    if not total:
        return (0.0, 0.0)
    share, z2 = cells / total, Z * Z
    middle = (share + z2 / (2 * total)) / (1 + z2 / total)
    half = Z * math.sqrt(share * (1 - share) / total + z2 / (4 * total * total)) / (1 + z2 / total)
    return (round(max(0.0, middle - half), 6), round(min(1.0, middle + half), 6))
