"""What a column holds: header, values and contradictions weighed in bits for each entity.

A bit is a factor of two on the odds (Good, "Probability and the Weighing of Evidence", 1950);
the weights are privscan's own, set on labelled public tables (bench/columns.py).
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from privscan.assess.protection import protection, unprotected
from privscan.model.kinds import Kind, State
from privscan.model.profile import ColumnProfile, EntityProfile, Reason
from privscan.rulebook.names import AGAINST, header_entities, nameless

if TYPE_CHECKING:
    from privscan.evidence.column import ColumnEvidence
    from privscan.evidence.tally import Tally, TallyKey
    from privscan.rulebook.load import Rulebook
    from privscan.rulebook.schema import Entity

PRIOR = -5.0
"""One column in 33 holds a given kind of personal data before anything is known of it."""

SHOWN = 0.2
"""Entities less likely than this are left out of the profile."""

EVEN = 0.5

MOST = 0.95
"""Share of cells from which a fact is said of the whole column."""

CHANCE = 0.2
"""A check digit that one random number in ten passes says something from twice that share on."""

_STRENGTH = ((0.95, 10.0), (0.8, 9.0), (0.6, 8.0), (0.5, 7.0), (0.4, 6.5), (0.3, 3.0), (0.1, 1.5))
"""Bits of a column full of hits, by the least score of the recognizer."""

_BY_DETECTOR = {"lexicon": 3.0, "dates": 0.5, "coordinates/degree": 6.0}
"""Bits of detectors whose score is no probability: a date alone is seldom a birth."""

_BIRTHS = 2.5
"""Bits of a column in which nearly all dates are years of birth."""

Z = 1.96
"""Normal quantile of a 95 % interval."""

PERSONAL = frozenset({"dob", "age", "gender", "salary"})
"""Attributes that only persons have: with them or a direct identifier a table is about people."""

_PLACES = {"gps": -12.0, "city": -12.0, "postal_code": -12.0, "location_coarse": -12.0,
           "nationality": -12.0, "address": -6.0, "ip_address": -6.0, "personal_url": -6.0,
           "transaction": -6.0, "employment": -6.0}  # fmt: skip
"""Bits against entities that stations, shops and machines have as well as people, where nothing
else in the table is a person's."""

_INSIDE = frozenset({"email", "secret_key", "gps"})
"""Entities that count inside a longer code: a URL with an e-mail address in it."""

_CONTRADICTED = -8.0
_VALUES_ABSENT = -7.0
_NOT_NAMES = -7.0
_CONSTANT = -2.0


@dataclass(frozen=True, slots=True)
class Seen:
    """Hits of an entity by one detector: cells, those that are nothing else, and its score."""

    detector: str
    score: float
    cells: int
    whole: int


def classify(column: ColumnEvidence, rules: Rulebook, *, about_people: bool) -> ColumnProfile:
    """The profile of a column; `about_people` says whether the table describes persons."""
    filled = column.rows - column.nulls
    entities = sorted(
        _entities(column, rules, about_people=about_people),
        key=lambda e: (e.leak, -sum(r.bits for r in e.reasons), e.entity),
    )
    top = next((e for e in entities if not e.leak and e.confidence >= EVEN), None)
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


def _entities(
    column: ColumnEvidence, rules: Rulebook, *, about_people: bool
) -> Iterator[EntityProfile]:
    filled = column.rows - column.nulls
    if not filled:
        return
    state, path = protection(column)
    header = dict(header_entities(path))
    seen = _seen(column.tallies)
    for entity in sorted({*header, *seen} & {*rules.entities}):
        rule = rules.entities[entity]
        found = _credible(seen.get(entity, ()), filled, rule, header.get(entity, 0.0), column)
        leak = _leak(found, filled, header.get(entity, 0.0), column)
        reasons = [Reason("prior", PRIOR)]
        if said := header.get(entity, 0.0):
            reasons.append(Reason(f"header {'says' if said > 0 else 'speaks against'} it", said))
        reasons += _values(entity, found, filled)
        if not leak:
            reasons += _contradictions(column, rule, found, state, header)
        if not about_people and entity in _PLACES and column.kind is Kind.TEXT:
            reasons.append(Reason("nothing in this table is about a person", _PLACES[entity]))
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
            state=_state(entity, state, rule),
            leak=leak,
            reasons=tuple(reasons),
        )


def _state(entity: str, state: State, rule: Entity) -> State:
    """A hash protects nothing where all possible values can be tried."""
    if state is State.HASH_UNSALTED and (entity in unprotected() or rule.category == "gov_id"):
        return State.HASH_UNSALTED_GUESSABLE
    return state


def _seen(tallies: Mapping[TallyKey, Tally]) -> dict[str, list[Seen]]:
    seen: dict[str, list[Seen]] = defaultdict(list)
    for key, tally in sorted(tallies.items()):
        seen[key.entity].append(Seen(key.detector, key.score / 100, tally.cells, tally.whole))
    return seen


def _credible(
    seen: list[Seen] | tuple[()], filled: int, rule: Entity, said: float, column: ColumnEvidence
) -> list[Seen]:
    """Hits above what chance gives: bare digits pass a check digit one time in ten."""
    kept = []
    digits = column.facts.letters < CHANCE * filled
    for one in seen:
        by_chance = digits and one.detector.startswith("pattern/") and one.cells < CHANCE * filled
        # A match inside a code without spaces is a piece of the code, except an address with @.
        piece = one.whole < EVEN * one.cells and not _prose(column) and rule.id not in _INSIDE
        if not by_chance and not piece and not (said <= AGAINST and one.cells < EVEN * filled):
            kept.append(one)
    if rule.id == "dob":
        births = sum(s.cells for s in kept if s.score >= _STRENGTH[5][0])
        every = sum(s.cells for s in kept)
        return [Seen("dates/births" if births >= MOST * every else "dates", 0.3, every, every)] if kept else []  # fmt: skip
    return kept


def _leak(found: list[Seen], filled: int, said: float, column: ColumnEvidence) -> bool:
    """Whether the hits stand inside text of many words, and not in most of it."""
    if not found or said > 0 or column.kind is not Kind.TEXT:
        return False
    inside = any(s.whole < EVEN * s.cells for s in found)
    rare = max(s.cells for s in found) < EVEN * filled
    return _prose(column) and (inside or rare)


def _prose(column: ColumnEvidence) -> bool:
    least = CHANCE * (column.rows - column.nulls)
    return column.facts.spaces >= least and column.facts.letters >= least


def _values(entity: str, found: list[Seen], filled: int) -> Iterator[Reason]:
    """The strongest of the detectors' votes: they see the same cells, so votes do not add up."""
    votes = []
    for one in found:
        share = one.cells / filled
        strength = _BIRTHS if one.detector == "dates/births" else _strength(one)
        sparse = (
            strength
            if strength > -PRIOR and entity != "gender"
            else strength * min(1.0, share / 0.9) ** 2
        )
        votes.append((sparse, one, share))
    if votes:
        bits, one, share = max(votes, key=lambda vote: vote[0])
        said = f"values: {share:.1%} of cells by {one.detector} (score {one.score:.2f})"
        yield Reason(said, round(bits, 3))


def _strength(one: Seen) -> float:
    for detector, bits in _BY_DETECTOR.items():
        if one.detector.startswith(detector):
            return bits
    return next((bits for least, bits in _STRENGTH if one.score >= least), 0.5)


def _contradictions(
    column: ColumnEvidence,
    rule: Entity,
    found: list[Seen],
    state: State,
    header: Mapping[str, float],
) -> Iterator[Reason]:
    filled, facts = column.rows - column.nulls, column.facts
    if column.kind is not Kind.TEXT:
        if not found:
            yield Reason("the cells are no text", _CONTRADICTED)
        return
    if rule.needs_values and state is State.PLAIN:
        if sum(s.cells for s in found) < CHANCE * filled:
            yield Reason("few values look like it", _VALUES_ABSENT)
    if rule.values and not found and facts.letters and column.values.distinct() > len(rule.values):
        yield Reason("the values are other words", _CONTRADICTED / 2)
    if rule.id.startswith("name_") and facts.letters < EVEN * filled:
        yield Reason("the values have no letters", _NOT_NAMES)
    if rule.numeric and not found and not _in_range(column, rule):
        yield Reason("the values are no numbers in its range", _CONTRADICTED)
    if rule.id == "dob" and not found and not _years(column):
        yield Reason("the values are no dates", _CONTRADICTED)
    if column.values.distinct() == 1 and filled > 20 and not found:
        yield Reason("all values are the same", _CONSTANT)


def _in_range(column: ColumnEvidence, rule: Entity) -> bool:
    facts, bounds = column.facts, rule.numeric
    if bounds is None or facts.low is None or facts.high is None:
        return False
    return (
        facts.numbers >= EVEN * (column.rows - column.nulls)
        and bounds.min <= facts.low
        and facts.high <= bounds.max
    )


def _years(column: ColumnEvidence) -> bool:
    facts = column.facts
    return (
        facts.low is not None
        and facts.high is not None
        and 1900 <= facts.low
        and facts.high <= 2100
    )


def is_about_people(columns: Mapping[str, ColumnEvidence], rules: Rulebook) -> bool:
    """Whether some column holds what only persons have."""
    for column in columns.values():
        profile = classify(column, rules, about_people=True)
        for found in profile.entities:
            role = rules.entities[found.entity].role
            personal = role in {"D", "B"} or found.entity in PERSONAL
            if personal and found.entity not in _PLACES and found.confidence >= EVEN:
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
