"""What is counted beside entities: the groups of protected columns, the months of records."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from pydantic import Field

from privscan.errors import RuleError
from privscan.rulebook._yaml import read, shaped
from privscan.rulebook.folders import rules_folder, single
from privscan.rulebook.load import by_rules, load, read_shape, strangers
from privscan.rulebook.schema import Shape, Share, Text
from privscan.rulebook.words import steps, words

COUNTED = "counted."
"""Prefix of hits that count cells by group or year, in place of an entity."""

GROUPS, RECORDS = "impact/balance.yaml", "impact/records.yaml"


class Group(Shape):
    """A group by the words that cells name it with; an expected one counts as none if absent."""

    id: str
    label: Text
    expected: bool = False
    words: frozenset[str] = Field(min_length=1)


class Words(Shape):
    """The groups of an entity whose values are a closed vocabulary."""

    entity: str
    groups: tuple[Group, ...] = Field(min_length=2)


class Balance(Shape):
    """rules/impact/balance.yaml: what is counted by group, and what of it is shown and asked."""

    version: int
    as_of: str
    status: str
    source: str
    least: int = Field(ge=2)
    most_groups: int = Field(ge=2)
    share: Share
    protected: tuple[str, ...]
    ages: tuple[int, ...]
    words: tuple[Words, ...]

    def band(self, number: int) -> str:
        """The name of the band of ages between two bounds: `under 18`, `18-29`, `65+`."""
        if not number:
            return f"0-{self.ages[0] - 1}"
        if number == len(self.ages):
            return f"{self.ages[-1]}+"
        return f"{self.ages[number - 1]}-{self.ages[number] - 1}"

    def of(self, entity: str) -> tuple[Group, ...]:
        """The groups of an entity with words of its own."""
        return next((one.groups for one in self.words if one.entity == entity), ())


class Records(Shape):
    """rules/impact/records.yaml: words of a header that say, or deny, that it dates a record."""

    version: int
    as_of: str
    status: str
    source: str
    said: frozenset[str]
    unsaid: frozenset[str]


@by_rules()
def balance() -> Balance:
    """The groups in force; a wrong file is a `RuleError` with its line."""
    return read_shape(Balance, single(rules_folder(), GROUPS))


@by_rules()
def group_words() -> Mapping[str, Mapping[str, str]]:
    """By entity, the group of each word."""
    return {
        one.entity: {word: group.id for group in one.groups for word in group.words}
        for one in balance().words
    }


@by_rules()
def _records() -> tuple[frozenset[str], frozenset[str]]:
    found = read_shape(Records, single(rules_folder(), RECORDS))
    return frozenset(map(_plain, found.said)), frozenset(map(_plain, found.unsaid))


def _plain(word: str) -> str:
    return "".join(words(word))


_UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


@by_rules(8192)
def dates_a_record(path: str) -> bool:
    """Whether a header says that its dates are of when a record was made, used or changed."""
    found = steps(path)
    if not found:
        return False
    last = found[-1][0]
    said, unsaid = _records()
    return _names(last, said) and not _names(last, unsaid)


def _names(header: tuple[str, ...], known: frozenset[str]) -> bool:
    text = "".join(header)
    if not known.isdisjoint((*header, text)):
        return True
    return bool(_UNSPACED.search(text)) and any(w in text for w in known if _UNSPACED.search(w))


def check_counted(folder: Path) -> list[RuleError]:
    """What is wrong with what is counted: shapes, and entities that are none."""
    try:
        entities = load(folder).entities
        records = read(single(folder, RECORDS))
        document = read(single(folder, GROUPS))
        shaped(Records, records.value or {}, records)
        found = shaped(Balance, document.value or {}, document)
    except RuleError as error:
        return [error]
    named = [(("protected", i), (name,)) for i, name in enumerate(found.protected)]
    of_words = [(("words", i, "entity"), (one.entity,)) for i, one in enumerate(found.words)]
    return strangers(document, [*named, *of_words], entities)
