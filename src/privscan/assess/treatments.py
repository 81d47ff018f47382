"""rules/impact/treatments.yaml: what each treatment leaves of a detection, and what it costs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import Field

from privscan.errors import RuleError, nearest
from privscan.model.kinds import State
from privscan.rulebook._yaml import read, shaped
from privscan.rulebook.folders import rules_folder, single
from privscan.rulebook.load import by_rules, rulebook
from privscan.rulebook.schema import Role, Shape, Text

if TYPE_CHECKING:
    from pathlib import Path

    from privscan.rulebook.load import Rulebook

FILE = "impact/treatments.yaml"


class Treatment(Shape):
    """A treatment: the state it gives, for which roles or entities, and what it costs the use.

    `leaks` treats what stands in free text only; `cost_unneeded` holds for a column that
    `needed_columns` leaves out.
    """

    id: str
    gives: State
    roles: tuple[Role, ...] = ()
    entities: tuple[str, ...] = ()
    leaks: bool = False
    cost: float = Field(gt=0)
    cost_unneeded: float | None = Field(default=None, gt=0)
    text: Text


class Treatments(Shape):
    """rules/impact/treatments.yaml."""

    version: int
    as_of: str
    status: str
    source: str
    treatments: tuple[Treatment, ...] = Field(min_length=1)


@by_rules()
def treatments() -> tuple[Treatment, ...]:
    """The treatments in force; a wrong file is a `RuleError` with its line."""
    return read_treatments(single(rules_folder(), FILE), rulebook())


def read_treatments(file: Path, rules: Rulebook) -> tuple[Treatment, ...]:
    """The treatments in a file; every entity in them is known."""
    document = read(file)
    found = shaped(Treatments, document.value or {}, document).treatments
    known = rules.entities
    for i, one in enumerate(found):
        for name in one.entities:
            if name not in known:
                where = document.where(("treatments", i, "entities"))
                raise RuleError(
                    f"no entity is called {name!r}", where=where, hint=nearest(name, known)
                )
    return found
