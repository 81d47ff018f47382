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
    from collections.abc import Iterable
    from pathlib import Path

    from privscan.model.profile import EntityProfile
    from privscan.rulebook.load import Rulebook

FILE = "impact/treatments.yaml"


class Treatment(Shape):
    """A treatment: the state it gives, for which roles or entities, and what it costs the use.

    `leaks` treats what stands in free text only. `cost_direct` holds for a column whose use is to
    say who it is, `cost_unneeded` for one that `needed_columns` leaves out.
    """

    id: str
    gives: State
    roles: tuple[Role, ...] = ()
    entities: tuple[str, ...] = ()
    leaks: bool = False
    cost: float = Field(gt=0, le=1)
    cost_direct: float | None = Field(default=None, gt=0)
    cost_unneeded: float | None = Field(default=None, gt=0)
    text: Text

    def price(self, *, direct: bool, unneeded: bool = False) -> float:
        """What it costs in such a column, 0..1: the same in assessments and in plans."""
        if unneeded and self.cost_unneeded is not None:
            return self.cost_unneeded
        return self.cost_direct if direct and self.cost_direct is not None else self.cost


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


def is_direct(found: Iterable[EntityProfile]) -> bool:
    """Whether a column that holds this is used to say who it is."""
    known = rulebook().entities
    return any(known[e.entity].role == "D" and not e.leak for e in found if e.entity in known)


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
