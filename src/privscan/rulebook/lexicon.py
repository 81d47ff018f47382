"""What headers are read with: the entities' phrases, and the words around them in headers.yaml."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from privscan.errors import RuleError
from privscan.rulebook._yaml import read, shaped
from privscan.rulebook.folders import rules_folder, single
from privscan.rulebook.load import by_rules, load, read_shape, rulebook, strangers
from privscan.rulebook.schema import Shape
from privscan.rulebook.words import words

_TYPED = {"ä": "ae", "ö": "oe", "ü": "ue"}
_UMLAUT = re.compile("[äöü]")


class Around(Shape):
    """The words that turn what a header says, `rules/headers.yaml`; each key's comment says how."""

    version: int
    as_of: str
    status: str
    source: str
    properties: frozenset[str]
    things: frozenset[str]
    organisations: frozenset[str]
    persons: frozenset[str]
    facilities: frozenset[str]
    movement: frozenset[str]
    aggregates: frozenset[str]
    counted: frozenset[str]
    asked: frozenset[str]
    names: frozenset[str]
    written: frozenset[str]
    wrapping: frozenset[str]
    small: frozenset[str]
    short: dict[str, str]
    referred: frozenset[str]
    quasi_identifiers: frozenset[str]


@by_rules()
def around() -> Around:
    """The words around a header's subject, as the rules folder has them."""
    return read_shape(Around, single(rules_folder(), "headers.yaml"))


def check_headers(folder: Path) -> list[RuleError]:
    """What is wrong with a rules folder's headers.yaml: its shape, or an entity that is none."""
    try:
        document = read(single(folder, "headers.yaml"))
        around = shaped(Around, document.value or {}, document)
        entities = load(folder).entities
    except RuleError as error:
        return [error]
    keys = ("referred", "quasi_identifiers")
    return strangers(document, (((key,), sorted(getattr(around, key))) for key in keys), entities)


@by_rules()
def phrases() -> dict[str, tuple[tuple[str, bool], ...]]:
    """Phrase without spaces → entities, each with whether the phrase is strong."""
    found: dict[str, dict[str, bool]] = {}
    small = around().small
    for entity in rulebook().entities.values():
        for strong, phrases in ((False, entity.names.weak), (True, entity.names.strong)):
            for phrase in phrases:
                for spelt in _spellings(phrase, small):
                    found.setdefault(spelt, {})[entity.id] = strong
    return {phrase: tuple(entries.items()) for phrase, entries in found.items() if phrase}


@by_rules()
def denied() -> dict[str, frozenset[str]]:
    """Phrase without spaces → entities that a header with it does not hold."""
    found: dict[str, set[str]] = {}
    small = around().small
    for entity in rulebook().entities.values():
        for phrase in entity.not_names:
            for spelt in _spellings(phrase, small):
                found.setdefault(spelt, set()).add(entity.id)
    return {phrase: frozenset(entities) for phrase, entities in found.items()}


@cache
def _spellings(phrase: str, small: frozenset[str]) -> tuple[str, ...]:
    """The phrase without spaces and accents; with "ae" for "ä" as German is typed; without "of"."""
    said = words(phrase)
    spelt = ["".join(said)]
    if _UMLAUT.search(phrase):
        spelt.append("".join(words(_UMLAUT.sub(lambda found: _TYPED[found[0]], phrase))))
    if len(said) > 2:  # noqa: PLR2004  "de" and "la" alone name nothing
        spelt.append(_joined(said, small))
    return tuple(spelt)


def joined(said: Iterable[str]) -> str:
    """The words in one, without those that only join others: `date of birth` as "datebirth"."""
    return _joined(said, around().small)


def _joined(said: Iterable[str], small: frozenset[str]) -> str:
    return "".join(word for word in said if word not in small)


@by_rules()
def vocabulary() -> frozenset[str]:
    """Words that others are made of when they run together: those that say something."""
    turning = around()
    told = {
        word
        for entity in rulebook().entities.values()
        for phrase in (*entity.names.strong, *entity.names.weak)
        for word in (*words(phrase), *_spellings(phrase, turning.small))
        if len(word) > 3  # noqa: PLR2004  "in", "per" and "des" stand in too many words
    }
    strong = {phrase for phrase, entries in phrases().items() if any(s for _, s in entries)}
    return frozenset(
        told
        | {word for word in strong if len(word) > 2}  # noqa: PLR2004  "dob", "sex"
        | turning.things
        | turning.organisations
        | turning.persons
        | turning.properties
        | turning.aggregates
        | turning.short.keys()
        | {"of", "de", "id"}
    )
