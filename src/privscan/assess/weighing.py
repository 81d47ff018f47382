"""What speaks for and against an entity in a column beside its header, each piece in bits."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from privscan.model.kinds import Kind, State
from privscan.model.profile import Reason
from privscan.rulebook.names import AGAINST

if TYPE_CHECKING:
    from privscan.evidence.column import ColumnEvidence
    from privscan.evidence.tally import Tally, TallyKey
    from privscan.rulebook.schema import Entity

PRIOR = -5.0
"""One column in 33 holds a given kind of personal data before anything is known of it."""

EVEN = 0.5

MOST = 0.95
"""Share of cells from which a fact is said of the whole column."""

CHANCE = 0.2
"""A check digit that one random number in ten passes says something from twice that share on."""

FULL = 0.9
"""Share of cells from which weak evidence counts in full."""

_STRENGTH = ((0.95, 10.0), (0.8, 9.0), (0.6, 8.0), (0.5, 7.0), (0.4, 6.5), (0.3, 3.0), (0.1, 1.5))
"""Bits of a column full of hits, by the least score of the recognizer."""

_BY_DETECTOR = {"lexicon": 3.0, "dates": 0.5, "coordinates/degree": 6.0}
"""Bits of detectors whose score is no probability: a date alone is seldom a birth."""

BIRTH = 0.3
"""Score of a date in a year of birth; other dates have less (detector dates)."""

_BIRTHS = 2.5
"""Bits of a column in which nearly all dates are years of birth."""

_INSIDE = frozenset({"email", "secret_key", "gps"})
"""Entities that count inside a longer code: a URL with an e-mail address in it."""

_CONTRADICTED = -8.0
_VALUES_ABSENT = -7.0
_NOT_NAMES = -7.0
_CONSTANT = -2.0
_SEVERAL = 20
"""From so many cells on it says something that all of them are equal."""

_YEARS = (1900, 2100)
"""Numbers between these may be years, of birth too."""


@dataclass(frozen=True, slots=True)
class Seen:
    """Hits of an entity by one detector: cells, those that are nothing else, and its score."""

    detector: str
    score: float
    cells: int
    whole: int


def by_entity(tallies: Mapping[TallyKey, Tally]) -> dict[str, list[Seen]]:
    """What was seen of each entity, in the order of the tallies' keys."""
    seen: dict[str, list[Seen]] = defaultdict(list)
    for key, tally in sorted(tallies.items()):
        seen[key.entity].append(Seen(key.detector, key.score / 100, tally.cells, tally.whole))
    return seen


def credible(
    seen: list[Seen] | tuple[()], filled: int, rule: Entity, said: float, column: ColumnEvidence
) -> list[Seen]:
    """Hits above what chance gives: one row of digits in ten passes a check digit or for a phone."""
    kept = []
    digits = column.facts.letters < CHANCE * filled
    for one in seen:
        by_form = one.detector.startswith(("pattern/", "phone/"))
        by_chance = digits and by_form and said <= 0 and one.cells < CHANCE * filled
        # A match inside a code without spaces is a piece of the code, except an address with @.
        piece = one.whole < EVEN * one.cells and not prose(column) and rule.id not in _INSIDE
        if not by_chance and not piece and not (said <= AGAINST and one.cells < EVEN * filled):
            kept.append(one)
    return list(_births(kept)) if rule.id == "dob" else kept


def _births(dates: list[Seen]) -> Iterator[Seen]:
    """The dates of a column as one piece of evidence: all in years of birth, or not."""
    every = sum(s.cells for s in dates)
    births = sum(s.cells for s in dates if s.score >= BIRTH)
    if dates:
        yield Seen("dates/births" if births >= MOST * every else "dates", BIRTH, every, every)


def prose(column: ColumnEvidence) -> bool:
    """Whether the cells are texts of several words."""
    least, facts = CHANCE * (column.rows - column.nulls), column.facts
    spaced = facts.spaces >= least and facts.letters >= least
    return spaced or facts.unspaced >= max(1, least)


def values(entity: str, found: list[Seen], filled: int) -> Iterator[Reason]:
    """The strongest of the detectors' votes: they see the same cells, so votes do not add up."""
    votes = []
    for one in found:
        share = one.cells / filled
        strength = _BIRTHS if one.detector == "dates/births" else _strength(one)
        # Weak evidence counts only where it fills the column: a word alone is no vocabulary.
        sure = strength > -PRIOR and entity != "gender"
        bits = strength if sure else strength * min(1.0, share / FULL) ** 2
        votes.append((bits, one, share))
    if votes:
        bits, one, share = max(votes, key=lambda vote: vote[0])
        said = f"values: {share:.1%} of cells by {one.detector} (score {one.score:.2f})"
        yield Reason(said, round(bits, 3))


def _strength(one: Seen) -> float:
    for detector, bits in _BY_DETECTOR.items():
        if one.detector.startswith(detector):
            return bits
    return next((bits for least, bits in _STRENGTH if one.score >= least), 0.5)


def contradictions(
    column: ColumnEvidence, rule: Entity, found: list[Seen], state: State
) -> Iterator[Reason]:
    """What the cells say against the entity; `found` is what detectors saw of it."""
    filled, facts = column.rows - column.nulls, column.facts
    if column.kind is not Kind.TEXT:
        if not found:
            yield Reason("the cells are no text", _CONTRADICTED)
        return
    few = sum(s.cells for s in found) < CHANCE * filled
    if rule.needs_values and state is State.PLAIN and few:
        yield Reason("few values look like it", _VALUES_ABSENT)
    if rule.values and not found and facts.letters and column.values.distinct() > len(rule.values):
        yield Reason("the values are other words", _CONTRADICTED / 2)
    if rule.id.startswith("name_") and facts.letters < EVEN * filled:
        yield Reason("the values have no letters", _NOT_NAMES)
    if rule.numeric and not found and not _in_range(column, rule):
        yield Reason("the values are no numbers in its range", _CONTRADICTED)
    if rule.id == "dob" and not found and not _years(column):
        yield Reason("the values are no dates", _CONTRADICTED)
    if column.values.distinct() == 1 and filled > _SEVERAL and not found:
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
        and facts.low >= _YEARS[0]
        and facts.high <= _YEARS[1]
    )
