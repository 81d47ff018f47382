"""Routing and sign-offs: which roles a level asks, what a signature covers, when it re-opens."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from pydantic import Field

from privscan.assess.organisation import RoleName
from privscan.errors import RuleError
from privscan.model.assessment import Signed, SignOff, Status
from privscan.model.kinds import Level
from privscan.rulebook._yaml import read, shaped
from privscan.rulebook.folders import rules_folder, single
from privscan.rulebook.load import by_rules, rulebook
from privscan.rulebook.schema import Shape, Text

if TYPE_CHECKING:
    from pathlib import Path

    from privscan.assess.answers import Answers, Signature
    from privscan.assess.context import Context
    from privscan.model.finding import Finding
    from privscan.model.finding import Text as Said
    from privscan.model.profile import DatasetProfile


FILE = "impact/routing.yaml"


class Routing(Shape):
    """rules/impact/routing.yaml: who signs and who is heard by level, when to look again at the latest."""

    version: int
    as_of: str
    status: str
    source: str
    routes: dict[Level, tuple[RoleName, ...]]
    heard: dict[Level, tuple[RoleName, ...]]
    review_months: int = Field(ge=1, le=36)
    review: tuple[Text, ...]


@by_rules()
def routing() -> Routing:
    """The routes in force; a wrong file is a `RuleError` with its line."""
    return read_routing(single(rules_folder(), FILE))


def read_routing(file: Path) -> Routing:
    """The routes in a file; a level without one is a `RuleError`: nobody would sign it."""
    document = read(file)
    found = shaped(Routing, document.value or {}, document)
    lost = [one.value for one in Level if not found.routes.get(one)]
    if lost:
        raise RuleError(f"no role signs the level {lost[0]!r}", where=document.where(("routes",)))
    return found


def level(profile: DatasetProfile) -> Level:
    """The level that routes a dataset; one without a score is routed as the worst."""
    return profile.risk.level if profile.risk else Level.VERY_HIGH


AGREED = ("purposes", "recipients", "retention_days", "sources", "uses")
"""Declarations that a signature stands for: another purpose is another use."""


def covered(
    profile: DatasetProfile, findings: tuple[Finding, ...], context: Context
) -> tuple[str, ...]:
    """What a signature on a dataset stands for: level, weights, declarations and each finding.

    A finding's digest holds what it says, not its counts: a row more re-opens nothing.
    """
    weights = rulebook().scoring.model_dump(mode="json")
    about = {"version", "as_of", "status", "source"}
    kept = {key: value for key, value in weights.items() if key not in about}
    said = context.declared()
    agreed = {key: sorted(_each(said[key])) for key in AGREED if key in said}
    return (
        f"level {level(profile).value}",
        f"weights {_digest(json.dumps(kept, sort_keys=True))}",
        f"declared {_digest(json.dumps(agreed, sort_keys=True))}",
        *sorted(f"{f.check} {f.id} {_digest(_judged(f))}" for f in findings),
    )


def _each(value: object) -> list[str]:
    return [str(one) for one in value] if isinstance(value, tuple) else [str(value)]


def _judged(f: Finding) -> str:
    clauses = [[c.law, c.article, c.status] for c in f.citations]
    return json.dumps([f.check, f.severity, f.certainty, f.threshold, clauses])


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:8]


def signoffs(
    profile: DatasetProfile,
    covers: tuple[str, ...],
    holders: Mapping[str, str],
    answers: Answers,
    called: str,
) -> tuple[SignOff, ...]:
    """The sign-off of each role that the dataset's level asks, in the order of the route.

    `covers` is what one stands for now, `holders` who holds each role as far as it is a person
    or body by name, `called` the dataset's name in the answers.
    """
    return tuple(
        _signoff(role, called, covers, holders.get(role, ""), answers)
        for role in routing().routes[level(profile)]
    )


def _signoff(
    role: str, called: str, covers: tuple[str, ...], holder: str, answers: Answers
) -> SignOff:
    given = next((s for s in answers.signoffs if (s.role, s.dataset) == (role, called)), None)
    if given is None:
        return SignOff(role, holder, Signed.MISSING, covers)
    changed = tuple(_changes(given, covers, holder))
    state = Signed.REOPENED if changed else Signed.CURRENT
    return SignOff(
        role, holder, state, covers, given.name, given.date, given.decision, given.note, changed
    )


def _changes(given: Signature, covers: tuple[str, ...], holder: str) -> Iterator[Said]:
    """Why a signature no longer holds; a finding that is gone takes nothing from it."""
    then = {item.rpartition(" ")[0]: item for item in given.covers}
    if holder and given.name != holder:
        yield _said("holder", holder)
    for item in covers:
        if item in given.covers:
            continue
        kind = item.partition(" ")[0]
        if kind in {"level", "weights", "declared"}:
            before = next((i for i in given.covers if i.startswith(f"{kind} ")), "")
            if _worse(kind, before, item):
                yield _said(kind, item.partition(" ")[2])
        else:
            yield _said("rule" if item.rpartition(" ")[0] in then else "finding", kind)


def _worse(kind: str, before: str, after: str) -> bool:
    """A level that fell takes nothing from a signature, nor what it was not asked to cover."""
    ranks = {one.value: one.rank for one in Level}
    if kind == "declared":
        return bool(before)
    if kind != "level":
        return True
    return ranks.get(before.partition(" ")[2], -1) < ranks[after.partition(" ")[2]]


_CHANGED = {
    "holder": ("the role is now held by {}", "役割の担当者が{}に変わった"),
    "level": ("the level rose", "レベルが上がった"),
    "weights": ("the weights of the score changed", "スコアの重みが変わった"),
    "declared": (
        "purpose, recipients, retention, sources or uses were declared anew",
        "利用目的、提供先、保存期間、取得元又は用途の申告が変わった",
    ),
    "rule": ("threshold, severity or clause of {} changed", "{}の該当条件・重大度・条文が変わった"),
    "finding": ("new finding: {}", "新しい指摘事項:{}"),
}


def _said(key: str, value: str) -> Said:
    en, ja = _CHANGED[key]
    return {"en": en.format(value), "ja": ja.format(value)}


def status(made: tuple[SignOff, ...], because: tuple[Said, ...]) -> Status:
    """Draft while anything is missing, re-opened or in the way; else the strictest decision."""
    if because or any(s.state is not Signed.CURRENT for s in made):
        return Status.DRAFT
    decisions = {s.decision for s in made}
    for decision, outcome in _OUTCOMES:
        if decision in decisions:
            return outcome
    return Status.APPROVED


_OUTCOMES = (
    ("reject", Status.REJECTED),
    ("refer", Status.REFERRED),
    ("conditions", Status.CONDITIONS),
)
