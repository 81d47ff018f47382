"""What the cells of a column say against an entity, each piece in bits."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from privscan.assess.rows import of_years
from privscan.assess.weighing import EVEN, MOST, WORD, Seen, drawn, reason, votes_on
from privscan.model.kinds import Kind, State
from privscan.rulebook.names import INSIDE, TAIL, words
from privscan.rulebook.numbers import THING
from privscan.rulebook.weights import weights

if TYPE_CHECKING:
    from privscan.evidence.column import ColumnEvidence
    from privscan.model.profile import Reason
    from privscan.rulebook.schema import Entity

FEW_NAMES = 0.1
"""Share of names that even columns of names unknown to the dictionaries pass."""

_SEVERAL = 20
"""From so many cells on it says something that all of them are equal."""

_SAID_IN_WORDS = frozenset({"race", "ethnicity", "education", "gender", "religion"})
"""Entities of few values, in words or short codes: long numbers are shares and counts of them."""

_OF_MANY_OFFICES = frozenset({"health_insurance_no"})
"""Numbers that each insurer gives as it likes: their lengths differ."""

_COUNTED = frozenset({"num", "n", "nb", "count", "total", "anzahl"})
"""First words of a header that says how many there are, not which."""

_LONGER = 2
"""Digits by which numbers of one office do not differ in length."""

_SEXES = 3
"""Words in which a column tells the sexes: two, and one for others."""

_YEARS = (1900, 2100)
"""Numbers between these may be years, of birth too."""


NUMBER = "number/"
"""Detectors that pass check digits."""

RIVALS = {
    "names": ("name_full", "name_given", "name_family"),
    "places": ("city", "location_coarse"),
}
"""Dictionaries that share many words, and the entities they are of."""

BODIES = f"{THING}organisation"
BODIES_ALL = 0.8
"""Share of cells with a legal form or kind of body from which a column is a list of bodies."""

BY_WORDS = frozenset({*RIVALS["names"], *RIVALS["places"], "health_condition", "treatment",
                      "criminal_record"})  # fmt: skip
"""Entities whose values are words that stand elsewhere too: in titles, in names of products."""


def against(key: str) -> Reason:
    """What speaks against an entity, by its key in the weights."""
    one = weights().against[key]
    return reason("against", one.bits, one.says)


def contradictions(
    column: ColumnEvidence, rule: Entity, said: float, found: list[Seen], state: State
) -> Iterator[Reason]:
    """What the cells say against the entity; `said` are the bits of the header, `found` the hits."""
    filled, facts = column.rows - column.nulls, column.facts
    if column.kind is not Kind.TEXT:
        if not found:
            yield against("not_text")
        return
    if state is not State.PLAIN:
        return  # what is masked, banded or hashed does not look like itself
    brief = (facts.longest or 0) < WORD
    short = brief and facts.numbers >= MOST * filled
    lacks = (rule.needs_values and not found) or (rule.id == "face_image" and brief)
    if lacks or (rule.role == "C" and short):
        yield against("absent")
    if rule.id.startswith("name_"):
        yield from _no_names(column, found)
    if rule.id == "address" and 0 < said < TAIL and facts.letters < EVEN * filled:
        yield against("no_letters")  # Via is a street in Italy, and a way elsewhere
    if rule.id == "postal_code" and said <= 0 and of_years(column):
        yield against("years")
    if (
        rule.category == "gov_id"
        and not found
        and not (rule.id in _OF_MANY_OFFICES and _COUNTED.isdisjoint(words(column.path)[:1]))
        and _lengths_differ(column)
    ):
        yield against("lengths")
    yield from _other_values(column, rule, said) if not found else ()


def _no_names(column: ColumnEvidence, found: list[Seen]) -> Iterator[Reason]:
    filled = column.rows - column.nulls
    if column.facts.letters < EVEN * filled:
        yield against("no_letters")
    elif sum(one.cells for one in found) < FEW_NAMES * filled:
        yield against("few_names")


def _other_values(column: ColumnEvidence, rule: Entity, said: float) -> Iterator[Reason]:
    """What cells in which nothing was seen are instead."""
    distinct, filled = column.values.distinct(), column.rows - column.nulls
    if rule.values and column.facts.letters and distinct > len(rule.values):
        yield against("other_words")
    elif rule.id == "gender" and 0 < said < INSIDE and _worded(column) and distinct > _SEXES:
        yield against("other_words")  # titre heads a form of address, and films
    if rule.numeric and not _in_range(column, rule):
        yield against("out_of_range")
    if rule.id in _SAID_IN_WORDS and _long_numbers(column):
        yield against("absent")
    if rule.id == "dob" and not _years(column):
        yield against("no_dates")
    if distinct == 1 and filled > _SEVERAL:
        yield against("constant")


def _worded(column: ColumnEvidence) -> bool:
    return column.facts.letters >= EVEN * (column.rows - column.nulls)


def _long_numbers(column: ColumnEvidence) -> bool:
    """Whether the cells are numbers with too many digits for a code of few values."""
    filled, facts = column.rows - column.nulls, column.facts
    return facts.numbers >= MOST * filled and (facts.longest or 0) >= WORD


def _lengths_differ(column: ColumnEvidence) -> bool:
    """Whether the cells are numbers of which some are a good deal longer than others."""
    facts = column.facts
    if facts.numbers < MOST * (column.rows - column.nulls):
        return False
    return (facts.longest or 0) - (facts.shortest or 0) >= _LONGER


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


def things(seen: Mapping[str, list[Seen]], column: ColumnEvidence) -> Reason | None:
    """What the check digits of things say against all that a number's form says of persons."""
    every = [
        (vote.bits(*drawn(one, column)), thing)
        for thing, found in seen.items()
        if thing.startswith(THING)
        for vote, one in votes_on(thing, found, column)
        if one.detector.startswith(NUMBER)
    ]
    bits, thing = max(every, default=(0.0, ""))
    if bits < 1:
        return None
    says = weights().says["things"]
    return reason("against", -bits, says, thing=thing.removeprefix(THING))


def rivalry(entity: str, seen: Mapping[str, list[Seen]], filled: int) -> Iterator[Reason]:
    """A word is a person's or a place's name: what is seen less of the two is chance."""
    shares = dict.fromkeys(RIVALS, 0)
    own = next((kind for kind, names in RIVALS.items() if entity in names), None)
    if own is None:
        return
    for kind, names in RIVALS.items():
        shares[kind] = max((_whole(seen.get(name, ()), kind) for name in names), default=0)
    other = max((kind for kind in shares if kind != own), key=lambda kind: shares[kind])
    if own == "names" and sum(s.cells for s in seen.get(BODIES, ())) >= BODIES_ALL * filled:
        yield against("rather_bodies")
    elif shares[other] > shares[own]:
        yield against(f"rather_{other}")


def _whole(found: Iterable[Seen], kind: str) -> int:
    doubtful = ("ambiguous", "likely", "code", "abbreviation")
    return sum(
        one.cells
        for one in found
        if one.detector.startswith(f"{kind}/") and not one.detector.endswith(doubtful)
    )
