"""What assessments are made with, checked and described: check sheets and impact rules."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from privscan.assess import checksheet, data_actions, signoff, threshold, treatments
from privscan.errors import RuleError
from privscan.rulebook.folders import files, single
from privscan.rulebook.load import Rulebook, assembled
from privscan.rulebook.schema import Shape

SHAPES: dict[str, type[Shape]] = {
    "checksheet": checksheet.Sheet,
    "criteria": threshold.Criteria,
    "data_actions": data_actions.Actions,
    "treatments": treatments.Treatments,
    "routing": signoff.Routing,
}
"""The shape of each kind of file."""


def check_assessing(folder: Path) -> list[RuleError]:
    """What is wrong with the files that only assessments read."""
    try:
        rules = assembled(folder)
    except RuleError:
        return []  # told by the check of the rules that these files speak of
    return [error for read in _readers(folder, rules) if (error := _error(read))]


def _readers(folder: Path, rules: Rulebook) -> Iterator[Callable[[], object]]:
    for file in files(folder, "checksheets"):
        yield partial(checksheet.read_sheets, [file], rules)
    yield partial(threshold.read_criteria, single(folder, threshold.FILE), rules)
    yield partial(data_actions.read_actions, single(folder, data_actions.FILE), rules)
    yield partial(treatments.read_treatments, single(folder, treatments.FILE), rules)
    yield partial(signoff.read_routing, single(folder, signoff.FILE))


def _error(read: Callable[[], object]) -> RuleError | None:
    try:
        read()
    except RuleError as error:
        return error
    return None
