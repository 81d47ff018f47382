"""Problematic data actions (NIST PRAM) that evidence or declarations show; how likely people say."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from pydantic import Field

from privscan.assess.conditions import facts, known_names
from privscan.assess.findings import UNSURE
from privscan.model.progress import DataAction
from privscan.rulebook._yaml import read, shaped
from privscan.rulebook.folders import rules_folder, single
from privscan.rulebook.load import by_rules, rulebook
from privscan.rulebook.predicate import holds
from privscan.rulebook.schema import Shape, Text, When

if TYPE_CHECKING:
    from pathlib import Path

    from privscan.model.profile import DatasetProfile
    from privscan.rulebook.load import Rulebook

FILE = "impact/data_actions.yaml"


class ActionRule(Shape):
    """A problematic data action: where in the life of data, what it can lead to, what shows it.

    `linked` is shown by a measured join with another dataset as well.
    """

    id: str
    title: Text
    action: Text
    problems: Text
    linked: bool = False
    when: When


class Actions(Shape):
    """rules/impact/data_actions.yaml."""

    version: int
    as_of: str
    status: str
    source: str
    actions: tuple[ActionRule, ...] = Field(min_length=1)


@by_rules()
def actions() -> Actions:
    """The actions in force; a wrong file is a `RuleError` with its line."""
    return read_actions(single(rules_folder(), FILE), rulebook())


def read_actions(file: Path, rules: Rulebook) -> Actions:
    """The actions in a file; every name in them is known."""
    document = read(file)
    found = shaped(Actions, document.value or {}, document)
    for i, one in enumerate(found.actions):
        known_names(one.when, rules, document, ("actions", i, "when"))
    return found


def data_actions(profile: DatasetProfile, declared: Mapping[str, object]) -> Iterator[DataAction]:
    """Those that a dataset shows, in the order of the rules; one that nothing shows is left out."""
    for rule in actions().actions:
        match = holds(rule.when, profile, declared, rulebook().groups)
        sure = match is not None and match.confidence >= UNSURE
        shown = facts(match) if match and sure else ()
        joins = tuple(f"{one.dataset}: {one.containment:.0%}" for one in profile.links)
        if sure or (rule.linked and joins):
            yield DataAction(
                rule.id,
                rule.title.both(),
                rule.action.both(),
                rule.problems.both(),
                (*shown, *(joins if rule.linked else ())),
            )
