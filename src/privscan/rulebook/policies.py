"""The shape of a policy file."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from datetime import date
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, Field, model_validator

from privscan.model.kinds import Kind, Level, Severity, State
from privscan.rulebook.jurisdictions import Jurisdiction
from privscan.rulebook.schema import DeclaredKey, Shape, Share, Text

Limit = Literal[
    "max_score", "stop_at", "fail_on", "forbid", "forbid_clear", "protect", "min_k", "declare",
    "columns", "jurisdictions", "stop_new",
]  # fmt: skip
"""Keys of a policy that a dataset can break."""

BOUNDED: frozenset[str] = frozenset({"max_score", "stop_at", "fail_on", "min_k"})
"""Limits with a measure: who waives one says up to where."""

ON_ENTITIES: frozenset[str] = frozenset(
    {"forbid", "forbid_clear", "protect", "declare", "stop_new"}
)
"""Limits on what stands in columns: who waives one names both."""

NEVER_WAIVED: frozenset[str] = frozenset({"jurisdictions"})
"""A waiver would cover every place that is added later: the policy's own list is the way."""


def _day(text: str) -> str:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise ValueError("a day is written 2026-12-31") from None


Day = Annotated[str, AfterValidator(_day)]
Said = Annotated[str, Field(min_length=1, pattern=r"\S")]
Points = Annotated[float, Field(ge=0, le=100)]
Least = Annotated[int, Field(ge=2)]
Type = Kind | Literal["any"]


class Protection(Shape):
    """The only states in which these entities and groups may stand; removed is always one."""

    entities: tuple[str, ...] = Field(min_length=1)
    states: tuple[State, ...] = Field(min_length=1)


class Declaration(Shape):
    """What `dataset.yaml` must declare where one of these entities or groups stands."""

    entities: tuple[str, ...] = Field(min_length=1)
    keys: tuple[DeclaredKey, ...] = Field(default=("purposes",), min_length=1)


class Contract(Shape):
    """The columns of datasets with such a name: those it must have, and the others it may have.

    `dataset` and the names in `allowed` may hold `*` and `?`; the first contract that fits counts.
    """

    dataset: str = "*"
    required: dict[str, Type] = Field(default={})
    allowed: dict[str, Type] = Field(default={})


class Incomplete(Shape):
    """When an answer counts as incomplete; without this, any part unread or left out does.

    `unread_share` of a dataset's bytes may stay unread; `detectors` must have run; `extras` asks
    for every detector, `whole_texts` for every text of those with a budget.
    """

    unread_share: Share = 0
    left_out: bool = True
    extras: bool = False
    whole_texts: bool = False
    detectors: tuple[str, ...] = ()


class Waiver(Shape):
    """One violation that somebody answers for, until a day; it covers what it names and no more.

    `up_to` is the worst measure covered: a score, level, severity or k; for entities a state.
    """

    id: Said
    rule: Limit
    dataset: Said
    columns: tuple[str, ...] = ()
    entities: tuple[str, ...] = ()
    check: str = ""
    up_to: str | float | None = None
    reason: Said
    owner: Said
    expires: Day

    @model_validator(mode="after")
    def _names_what_it_covers(self) -> Self:
        if said := "; ".join(self._lacks()):
            raise ValueError(said)
        return self

    def _lacks(self) -> Iterator[str]:
        if self.rule in NEVER_WAIVED:
            yield f"{self.rule} cannot be waived; change its list"
        elif self.rule in ON_ENTITIES and not (self.columns and self.entities):
            yield f"a waiver of {self.rule} names `columns` and `entities`"
        elif self.rule in {"columns", "min_k"} and not self.columns:
            yield f"a waiver of {self.rule} names `columns`"
        elif self.rule == "fail_on" and not self.check:
            yield "a waiver of fail_on names the `check` of the finding"
        if self.rule in BOUNDED and self.up_to is None:
            yield f"a waiver of {self.rule} says `up_to` where it holds"
        if self.up_to is not None and rank(self.rule, str(self.up_to)) is None:
            yield f"`up_to` is no measure of {self.rule}"


def _no_id_twice(waivers: tuple[Waiver, ...]) -> tuple[Waiver, ...]:
    ids = [waiver.id for waiver in waivers]
    twice = sorted({name for name in ids if ids.count(name) > 1})
    if twice:
        raise ValueError(f"two waivers are called {', '.join(map(repr, twice))}")
    return waivers


class PolicyExample(Shape):
    """A dataset that must pass, or must break these limits and no others.

    `has` gives entities their states; each stands in a column of its name, and `columns` adds
    columns of nobody's data by their types. `findings` gives checks their severities.
    """

    breaks: tuple[Limit, ...] = ()
    incomplete: bool = False
    has: dict[str, State] = Field(default={})
    columns: dict[str, Type] = Field(default={})
    dataset: str = "example"
    score: Points = 0
    k: Annotated[int, Field(ge=1)] | None = None
    findings: dict[str, Severity] = Field(default={})
    context: dict[DeclaredKey, Any] = Field(default={})
    new: bool = False
    unread: Share = 0
    not_run: tuple[str, ...] = ()


class Policy(Shape):
    """What a dataset must keep to pass the gate; absent bounds do not bind.

    `stop_new` binds where a baseline or an older report is given.
    """

    id: str
    about: Text
    max_score: Points | None = None
    stop_at: Level | None = None
    fail_on: Severity | None = None
    forbid: tuple[str, ...] = ()
    forbid_clear: tuple[str, ...] = ()
    protect: tuple[Protection, ...] = ()
    min_k: Least | None = None
    declare: tuple[Declaration, ...] = ()
    columns: tuple[Contract, ...] = ()
    jurisdictions: tuple[Jurisdiction, ...] = ()
    stop_new: tuple[str, ...] = ("gov_id", "money_risk", "biometric", "art9")
    least_confidence: Share = 0.5
    incomplete: Incomplete = Incomplete()
    waivers: Annotated[tuple[Waiver, ...], AfterValidator(_no_id_twice)] = ()
    examples: tuple[PolicyExample, ...] = ()
    as_of: str
    status: str
    source: str


_STATES = [
    State.REMOVED, State.ENCRYPTED_KEY_APART, State.GENERALISED, State.TOKEN_KEYED,
    State.PARTIAL_MASK, State.HASH_UNSALTED, State.HASH_UNSALTED_GUESSABLE, State.PLAIN,
]  # fmt: skip
"""From the best protected to the worst."""


def rank(rule: str, measured: str) -> float | None:
    """How bad a measure of a limit is, to compare it with what was accepted; None if it is none."""
    read = _READ.get(rule, _of_state if rule in ON_ENTITIES else None)
    try:
        found = read(measured) if read else math.nan
    except ValueError:
        return None
    return None if math.isnan(found) else found


def _of_state(measured: str) -> float:
    return _STATES.index(State(measured))


_READ: dict[str, Callable[[str], float]] = {
    "max_score": float,
    "min_k": lambda measured: -float(measured),
    "stop_at": lambda measured: Level(measured).rank,
    "fail_on": lambda measured: Severity(measured).rank,
}
