"""The shape of a policy file, and reading one: every name in it is known, or the file is wrong."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, Field, model_validator

from privscan.errors import RuleError, nearest
from privscan.model.kinds import Kind, Level, Severity, State
from privscan.registry import plugins
from privscan.rulebook._yaml import Document, Path_, read, shaped
from privscan.rulebook.jurisdictions import Jurisdiction
from privscan.rulebook.schema import DeclaredKey, Rule, Shape, Share, Text

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
        if self.rule in NEVER_WAIVED:
            raise ValueError(f"{self.rule} cannot be waived; change its list")
        if self.rule in ON_ENTITIES and not (self.columns and self.entities):
            raise ValueError(f"a waiver of {self.rule} names `columns` and `entities`")
        if self.rule in {"columns", "min_k"} and not self.columns:
            raise ValueError(f"a waiver of {self.rule} names `columns`")
        if self.rule == "fail_on" and not self.check:
            raise ValueError("a waiver of fail_on names the `check` of the finding")
        if self.rule in BOUNDED and self.up_to is None:
            raise ValueError(f"a waiver of {self.rule} says `up_to` where it holds")
        return self

    @model_validator(mode="after")
    def _bound_is_of_its_rule(self) -> Self:
        if self.up_to is not None and rank(self.rule, str(self.up_to)) is None:
            raise ValueError(f"`up_to` is no measure of {self.rule}")
        return self


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
    waivers: tuple[Waiver, ...] = ()
    examples: tuple[PolicyExample, ...] = ()
    as_of: str
    status: str
    source: str

    @model_validator(mode="after")
    def _no_id_twice(self) -> Self:
        ids = [waiver.id for waiver in self.waivers]
        twice = sorted({name for name in ids if ids.count(name) > 1})
        if twice:
            raise ValueError(f"two waivers are called {twice[0]!r}")
        return self


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


@dataclass(frozen=True, slots=True)
class Known:
    """Names that a policy may use: entities with their groups, and checks."""

    entities: frozenset[str]
    checks: frozenset[str]

    @classmethod
    def of(cls, entities: Iterable[str], groups: Iterable[str], rules: Iterable[Rule]) -> Self:
        """The names in a rulebook."""
        return cls(frozenset({*entities, *groups}), frozenset(rule.id for rule in rules))


def read_policy(file: Path, known: Known) -> Policy:
    """A policy whose entities, groups, detectors and checks are all known."""
    document = read(file)
    policy = shaped(Policy, {} if document.value is None else document.value, document)
    for error in _strange_names(policy, known, document):
        raise error
    return policy


def _strange_names(policy: Policy, known: Known, document: Document) -> Iterator[RuleError]:
    detectors = frozenset(p.name for p in plugins("detectors"))
    for what, names, asked in (
        ("entity or group", known.entities, _entities(policy)),
        ("check", known.checks, _checks(policy)),
        ("detector", detectors, _detectors(policy)),
    ):
        for path, name in asked:
            if name not in names:
                yield RuleError(
                    f"no {what} is called {name!r}",
                    where=document.where(path),
                    hint=nearest(name, names),
                )


Places = Iterator[tuple[Path_, str]]


def _entities(policy: Policy) -> Places:
    for key in ("forbid", "forbid_clear", "stop_new"):
        yield from _each((key,), getattr(policy, key))
    for key in ("protect", "declare", "waivers"):
        for i, one in enumerate(getattr(policy, key)):
            yield from _each((key, i, "entities"), one.entities)
    for i, example in enumerate(policy.examples):
        yield from ((("examples", i, "has", name), name) for name in example.has)


def _checks(policy: Policy) -> Places:
    for i, waiver in enumerate(policy.waivers):
        if waiver.check:
            yield ("waivers", i, "check"), waiver.check
    for i, example in enumerate(policy.examples):
        yield from ((("examples", i, "findings", name), name) for name in example.findings)


def _detectors(policy: Policy) -> Places:
    yield from _each(("incomplete", "detectors"), policy.incomplete.detectors)
    for i, example in enumerate(policy.examples):
        yield from _each(("examples", i, "not_run"), example.not_run)


def _each(path: Path_, names: Iterable[str]) -> Places:
    yield from (((*path, i), name) for i, name in enumerate(names))
