"""What the columns of a table say of each other: whether it is about people, and who stands where."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from privscan.assess.against import BODIES, against
from privscan.assess.protection import protection
from privscan.assess.rows import tells_apart
from privscan.assess.weighing import EVEN, MOST, VECTORS, prose, reason
from privscan.model.kinds import Kind, State
from privscan.rulebook.load import rulebook
from privscan.rulebook.names import (
    INSIDE,
    TAIL,
    header_entities,
    speaks_of_facilities,
    speaks_of_movement,
    speaks_of_names,
    speaks_of_persons,
    words,
)
from privscan.rulebook.weights import Beside, Setting, weights

if TYPE_CHECKING:
    from privscan.evidence.column import ColumnEvidence
    from privscan.model.profile import ColumnProfile, Reason
    from privscan.rulebook.load import Rulebook
    from privscan.rulebook.schema import Text

SURE = 0.8
"""Confidence from which an entity in a column says something of the columns beside it."""

PERSONAL = frozenset({"dob", "age", "gender", "salary"})
"""Attributes that only persons have: with them or a direct identifier a table is about people."""

_OF_THINGS_TOO = {"gps": "nobody", "city": "nobody", "postal_code": "nobody",
                  "location_coarse": "nobody", "nationality": "nobody", "address": "nobody_direct",
                  "ip_address": "nobody_direct", "bic": "nobody", "mac_address": "machine", "personal_url": "nobody_direct",
                  "transaction": "nobody_direct", "employment": "nobody_direct"}  # fmt: skip
"""Entities that stations, shops and machines have as well as people, and what speaks against them
where nothing else in the table is a person's."""

_REACHED = frozenset({"phone", "fax", "email", "name_full"})
"""What a directory of facilities holds of each: how to reach it, and its name."""

_SPOKEN_OF = frozenset({"political_opinion", "trade_union", "health_condition", "mental_health",
                        "treatment", "criminal_record"})  # fmt: skip
"""What is spoken of without persons too: parties, unions, diseases, drugs, crimes."""

_ATTRIBUTES = frozenset({"religion", "race", "ethnicity", "marital_status", "income", "disability"})
"""What stands in tables of persons alone, be they told apart or not; tables of counts have settings."""

_A_LIST = 3
"""Rows from which it says something that no value stands there twice."""

_SENTENCE = 60
"""Characters that the texts of a column have on average."""

_NAMES = frozenset({"name_full", "name_given", "name_family"})
_READ = 5.0
"""Bits from which the values of a column alone say that they are names of persons."""

_TAG = 10
"""Letters of the shortest number of a telephone; shorter ones are tags of machines."""

_STREETS = "addresses/street_name"

_MANY = 0.4
"""Share of cells with a legal form or kind of body: others are parties, of whom some are persons."""

_EACH = 0.5
"""Share of different values from which a table is a list of them: an employer stands in many rows."""


@dataclass(frozen=True, slots=True)
class Table:
    """What the columns of a table say of each other.

    `about_people`: it describes persons; `facilities`: it is a list of bodies or places;
    `sure`: the columns in which an entity surely stands; `settings`: what headers say of the
    whole, each with the header.
    """

    about_people: bool
    sure: Mapping[str, frozenset[str]] = field(default_factory=dict)
    settings: tuple[tuple[Setting, str], ...] = ()
    facilities: bool = False
    headers: frozenset[str] = frozenset()
    """The words of each column's header, run together."""
    dated: bool = False
    """Whether some column holds days: its rows are events rather than a list of things."""
    key: tuple[str, str] | None = None
    """The path of the column that tells persons apart, and what only persons have beside it."""
    texts: bool = False
    """Whether some column holds texts of many words."""
    together: Mapping[str, Mapping[str, Reason]] = field(default_factory=dict)
    """By path, the entities that columns make with each other (assess/together)."""


def table_of(
    columns: Mapping[str, ColumnEvidence],
    alone: Iterable[ColumnProfile],
    rules: Rulebook,
    *,
    declared: bool,
) -> Table:
    """The table of columns, each of them judged `alone`."""
    sure: dict[str, set[str]] = {}
    every = list(alone)
    for path in columns:
        for entity, bits in header_entities(path):
            if bits >= TAIL:
                sure.setdefault(entity, set()).add(path)
    for one in every:
        for found in one.entities:
            if found.confidence >= SURE and not found.leak:
                sure.setdefault(found.entity, set()).add(one.path)
    facilities = _of_bodies(columns)
    apart = {e for e in sure if e in rules.entities and rules.entities[e].role in {"D", "B"}}
    settings = tuple(
        one
        for one in _settings(columns)
        if apart <= {*one[0].of, *_OF_THINGS_TOO} and one[0].unless.isdisjoint(sure)
    )
    counted = {entity for setting, _ in settings for entity in setting.of}
    shared = {*_OF_THINGS_TOO, *counted, *(_REACHED if facilities else ())}
    people = declared or _is_about_people(every, rules, shared)
    stands = {entity: frozenset(paths) for entity, paths in sure.items() if entity not in counted}
    headers = frozenset("".join(words(path)) for path in columns)
    key, texts = _key(columns, stands), any(map(_is_text, columns.values()))
    return Table(
        people, stands, settings, facilities, headers, _dated(columns), key=key, texts=texts
    )


def _is_text(column: ColumnEvidence) -> bool:
    """Whether the cells are texts as models make vectors of: sentences, and no codes or names."""
    numbers = any(key.detector.startswith(VECTORS) for key in column.tallies)
    sentences = prose(column) and not numbers
    return sentences and column.facts.chars >= _SENTENCE * (column.rows - column.nulls) > 0


def _dated(columns: Mapping[str, ColumnEvidence]) -> bool:
    return any(0 < MOST * (c.rows - c.nulls) <= c.facts.dates for c in columns.values())


def _key(
    columns: Mapping[str, ColumnEvidence], sure: Mapping[str, frozenset[str]]
) -> tuple[str, str] | None:
    """The first column that only says it is a key, in a table of persons that has no better one."""
    rule = weights().key
    neighbour = next((entity for entity in rule.any if sure.get(entity)), None)
    if neighbour is None or sure.get(rule.of):
        return None
    for path, column in columns.items():
        filled = column.rows - column.nulls
        named = "".join(words(path.rsplit(".", 1)[-1])) in rule.words
        if named and filled and column.values.distinct() >= rule.distinct * filled:
            return path, neighbour
    return None


def _settings(columns: Mapping[str, ColumnEvidence]) -> Iterator[tuple[Setting, str]]:
    """Each setting that the last word of some header, or the whole of it, gives the table."""
    said = [(path, spoken) for path in columns if (spoken := words(path))]
    for setting in weights().settings:
        for path, spoken in said:
            if setting.speaks(spoken) and tells_apart(path, columns, setting.distinct):
                yield setting, path
                break


def beside(
    entity: str, column: ColumnEvidence, said: float, about: Table, own: Iterable[Reason]
) -> Iterator[Reason]:
    """What the other columns say: a bare `name` beside a date of birth, a position nobody's.

    `own` is what the column itself says: names of persons stand in directories of shops as well.
    """
    rules = weights()
    if about.key and (entity, column.path) == (rules.key.of, about.key[0]):
        yield reason("beside", rules.key.bits, rules.key.says, beside=_label(about.key[1]))
    else:
        yield from _neighbour(entity, column, said, about)
    for setting, word in about.settings:
        if entity in setting.of and not (entity in _NAMES and _of_a_person(column.path, said)):
            yield reason("beside", setting.bits, setting.says, word=word)
    key = _OF_THINGS_TOO.get(entity) or _listed(entity, column, said, about)
    if entity == "device_id" and (column.facts.longest or 0) < _TAG:
        key = "machine"
    if entity == "address" and not _numbered(column):
        key = "nobody"  # a list of streets, of which no house is named
    if about.facilities and (key or entity in _REACHED):
        named = entity in _NAMES and (said >= TAIL or _by_values(own))
        key = None if named or entity == "email" else "facility"
    vectors = any(key.detector.startswith(VECTORS) for key in column.tallies)
    if vectors and about.texts and said < INSIDE:
        yield against("texts")
    moved = entity == "gps" and speaks_of_movement(column.path)
    if key and column.kind is Kind.TEXT and not about.about_people and not moved:
        yield against(key)


def _numbered(column: ColumnEvidence) -> bool:
    """Whether addresses in the cells name more than streets."""
    seen = {key.detector for key in column.tallies if key.entity == "address"}
    return seen != {_STREETS}


def _neighbour(entity: str, column: ColumnEvidence, said: float, about: Table) -> Iterator[Reason]:
    """The first of the weights' rules on neighbours that fits."""
    rules, path = weights(), column.path
    for one in rules.beside:
        own = any(key.detector.startswith(one.sees) for key in column.tallies)
        if (
            entity not in one.of
            or not _header_fits(one, path, said, about)
            or (one.sees and not own)
        ):
            continue
        found = next((e for e in one.any if about.sure.get(e, frozenset()) - {path}), None)
        if found or not one.any:
            label = _label(found) if found else min(one.near & about.headers)
            yield reason("beside", one.bits, rules.says["beside"], beside=label)
            return


def _header_fits(one: Beside, path: str, said: float, about: Table) -> bool:
    spoken = words(path)
    if one.words and one.words.isdisjoint((*spoken, "".join(spoken))):
        return False
    if one.near and one.near.isdisjoint(about.headers):
        return False
    if one.header == "any":
        return said >= 0
    return 0 < said < INSIDE if one.header == "hint" else said > 0


def _of_a_person(path: str, said: float) -> bool:
    """Whether a header of names says that they are persons': owner, but no bare `name`."""
    return speaks_of_persons(path) or (said >= TAIL and not speaks_of_names(path))


def _listed(entity: str, column: ColumnEvidence, said: float, about: Table) -> str | None:
    """What speaks against words of a vocabulary that stand in a table about nobody."""
    rule, filled = rulebook().entities[entity], column.rows - column.nulls
    if entity in _SPOKEN_OF and said < TAIL:
        return None if _ATTRIBUTES & about.sure.keys() - {entity} else "nobody"
    event = about.dated and rule.category == "health"
    known = rule.role == "S" and (rule.values or rule.parts) and not event
    each = filled >= _A_LIST and column.values.distinct() >= MOST * filled
    worded = column.facts.letters >= EVEN * filled and protection(column)[0] is State.PLAIN
    return "listed" if known and each and worded else None


def _label(entity: str) -> Text:
    return rulebook().entities[entity].label


def _by_values(reasons: Iterable[Reason]) -> bool:
    return any(one.kind == "values" and one.bits >= _READ for one in reasons)


def _of_bodies(columns: Mapping[str, ColumnEvidence]) -> bool:
    """Whether a column lists bodies or places, by its header or cells, hardly one of them twice."""
    return any(
        (speaks_of_facilities(path) or _share(column, BODIES) >= _MANY)
        and column.values.distinct() >= _EACH * (column.rows - column.nulls)
        for path, column in columns.items()
    )


def _share(column: ColumnEvidence, entity: str) -> float:
    cells = sum(tally.cells for key, tally in column.tallies.items() if key.entity == entity)
    return cells / max(1, column.rows - column.nulls)


def _is_about_people(
    columns: Iterable[ColumnProfile], rules: Rulebook, shared: Collection[str]
) -> bool:
    """Whether some column holds what only persons have, and not only what is `shared` with things.

    Names that read as persons' count in directories of bodies as well.
    """
    for column in columns:
        for found in column.entities:
            role = rules.entities[found.entity].role
            personal = role in {"D", "B"} or found.entity in PERSONAL
            alone = found.entity not in shared or (
                found.entity in _NAMES and _by_values(found.reasons)
            )
            if personal and alone and not found.leak and found.confidence >= EVEN:
                return True
    return False
