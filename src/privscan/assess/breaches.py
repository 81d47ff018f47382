"""What of a report a policy forbids, each breach as small as can be accepted by itself."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from privscan.assess.contract import contract_breaches
from privscan.assess.jurisdiction import within
from privscan.assess.quasi import single_quasi
from privscan.assess.score import level
from privscan.model.kinds import Severity, State
from privscan.rulebook.predicate import members

if TYPE_CHECKING:
    from privscan.assess.context import Context
    from privscan.model.finding import Finding, Text
    from privscan.model.profile import ColumnProfile, DatasetProfile, EntityProfile
    from privscan.rulebook.load import Rulebook
    from privscan.rulebook.policies import Policy

IN_CLEAR = frozenset({State.PLAIN, State.HASH_UNSALTED_GUESSABLE})
"""States that protect nothing: a hash of a guessable value is undone by trying all values."""

Sighting = tuple[str, "EntityProfile"]
"""A column, and what stands in it."""

Held = Mapping[tuple[str, str], frozenset[str]]
"""Columns by dataset and entity, as they were held before."""


@dataclass(frozen=True, slots=True)
class Breach:
    """One limit broken by one thing: an entity in a column, a finding, a score, a column.

    `about` is the entity, check or sort of thing; `measured` compares with what was accepted.
    """

    rule: str
    dataset: str
    columns: tuple[str, ...]
    about: str
    measured: str
    threshold: str
    cells: int = 0
    message: Text | None = None
    finding: str = ""

    @property
    def fingerprint(self) -> str:
        """The finding's own, else a digest of what is broken where; no measure is in it."""
        if self.finding:
            return self.finding
        asked = self.threshold if self.rule == "declare" else ""
        said = "\x1f".join((self.rule, self.dataset, self.about, asked, *sorted(self.columns)))
        return hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest()[:12]


@dataclass(frozen=True, slots=True)
class Asked:
    """What a dataset is judged by: policy, rules, declarations, and what was there before if known."""

    policy: Policy
    rules: Rulebook
    context: Context
    held: Held | None = None

    def sightings(self, profile: DatasetProfile, names: tuple[str, ...]) -> Iterator[Sighting]:
        """Columns in which one of those entities or groups stands: not removed, and sure enough."""
        wanted, least = members(names, self.rules.groups), self.policy.least_confidence
        for column in profile.columns:
            for found in column.entities:
                unsure = found.confidence < least  # one that is no number is not unsure
                if found.entity in wanted and not unsure and found.state is not State.REMOVED:
                    yield column.path, found


def breaches(profile: DatasetProfile, found: tuple[Finding, ...], asked: Asked) -> Iterator[Breach]:
    """Every breach of a dataset and its findings."""
    policy, rules = asked.policy, asked.rules
    yield from _of_score(profile, policy, rules)
    yield from _of_entities(profile, asked)
    yield from _of_declarations(profile, asked)
    yield from _of_places(profile, policy, asked.context)
    yield from _of_classes(profile, policy, rules)
    yield from (Breach("columns", profile.name, *b) for b in contract_breaches(profile, policy))
    yield from finding_breaches(found, policy)


_NO_SCORE = {"en": "the dataset has no score", "ja": "データセットにスコアがない"}


def _of_score(profile: DatasetProfile, policy: Policy, rules: Rulebook) -> Iterator[Breach]:
    risk, name = profile.risk, profile.name
    if risk is None or math.isnan(risk.score) or math.isnan(risk.interval[1]):
        yield Breach("score", name, (), "", "none", "a score", message=_NO_SCORE)
        return
    # The gate asks the upper end: what may be there counts until it is known not to be.
    most = max(risk.score, risk.interval[1])
    highest = level(most, rules.scoring)
    if policy.max_score is not None and most > policy.max_score:
        bound = f"{policy.max_score:g}"
        wide = f"{risk.score:.1f}" != f"{most:.1f}"
        en = f", up to {most:.1f}," if wide else ""
        ja = f"(上振れ {most:.1f})" if wide else ""
        said = {
            "en": f"score {risk.score:.1f}{en} is above {bound}",
            "ja": f"スコア {risk.score:.1f}{ja}が {bound} を超える",
        }
        yield Breach("max_score", name, (), "", f"{most:.1f}", bound, message=said)
    if policy.stop_at is not None and highest.rank >= policy.stop_at.rank:
        up_to = f", up to {_words(highest)}," if highest is not risk.level else ""
        said = {
            "en": f"level {_words(risk.level)}{up_to} reaches {_words(policy.stop_at)}",
            "ja": f"リスクレベルが{'上振れを含めて' if up_to else ''}停止の基準に達する",
        }
        yield Breach("stop_at", name, (), "", highest.value, policy.stop_at.value, message=said)


def _words(value: str) -> str:
    return value.replace("_", " ")


def _of_entities(profile: DatasetProfile, asked: Asked) -> Iterator[Breach]:
    def breach(rule: str, path: str, one: EntityProfile, bound: str = "") -> Breach:
        state = one.state.value
        return Breach(rule, profile.name, (path,), one.entity, state, bound, cells=one.cells)

    policy = asked.policy
    for path, one in asked.sightings(profile, policy.forbid):
        yield breach("forbid", path, one)
    for path, one in asked.sightings(profile, policy.forbid_clear):
        if one.state in IN_CLEAR:
            yield breach("forbid_clear", path, one)
    for protection in policy.protect:
        allowed = ", ".join(state.value for state in protection.states)
        for path, one in asked.sightings(profile, protection.entities):
            if one.state not in protection.states:
                yield breach("protect", path, one, allowed)
    held = asked.held
    for path, one in asked.sightings(profile, policy.stop_new) if held is not None else ():
        if path not in (held or {}).get((profile.name, one.entity), frozenset()):
            yield breach("stop_new", path, one)


def _of_declarations(profile: DatasetProfile, asked: Asked) -> Iterator[Breach]:
    declared = asked.context.declared()
    for one in asked.policy.declare:
        lost = ", ".join(key for key in one.keys if not declared.get(key))
        for path, found in asked.sightings(profile, one.entities) if lost else ():
            yield Breach(
                "declare", profile.name, (path,), found.entity, found.state.value, lost,
                cells=found.cells,
            )  # fmt: skip


def _of_places(profile: DatasetProfile, policy: Policy, context: Context) -> Iterator[Breach]:
    if not policy.jurisdictions:
        return
    allowed = ", ".join(policy.jurisdictions)
    if not context.jurisdictions:
        said = {
            "en": f"dataset.yaml declares no jurisdictions; the policy is for {allowed}",
            "ja": f"dataset.yaml に jurisdictions の記載がない(ポリシーの対象は {allowed})",
        }
        yield Breach("jurisdictions", profile.name, (), "", "none", allowed, message=said)
    for place in context.jurisdictions:
        if not within(place, policy.jurisdictions):
            said = {
                "en": f"the data is used under {place}; the policy is for {allowed}",
                "ja": f"適用地域 {place} はポリシーの対象({allowed})にない",
            }
            yield Breach("jurisdictions", profile.name, (), place, place, allowed, message=said)


def _of_classes(profile: DatasetProfile, policy: Policy, rules: Rulebook) -> Iterator[Breach]:
    if policy.min_k is None:
        return
    measured = [(q.columns, q.k_min) for q in profile.quasi_identifiers]
    measured += [((c.path,), _most(c)) for c in single_quasi(profile, rules)]
    for columns, k in measured:
        if k < policy.min_k:
            named = ", ".join(columns)
            said = {
                "en": f"{named} single out groups of {k}; {policy.min_k} or more must look alike",
                "ja": f"{named} の組合せで{k}人の集団まで絞り込める(k は {policy.min_k} 以上が必要)",
            }
            bound = str(policy.min_k)
            yield Breach("min_k", profile.name, columns, "", str(k), bound, message=said)


def _most(column: ColumnProfile) -> int:
    """The k of one column; of an older report at most its rows over its values, the mean class."""
    if column.alone is not None:
        return column.alone.k_min
    return (column.rows - column.nulls) // max(1, column.distinct)


def finding_breaches(found: tuple[Finding, ...], policy: Policy) -> Iterator[Breach]:
    """The findings of the policy's severity and above."""
    if policy.fail_on is None:
        return
    bound = Severity(policy.fail_on)
    for one in found:
        if one.severity.rank >= bound.rank:
            yield Breach(
                "fail_on", one.dataset, one.columns, one.check, one.severity.value,
                bound.value, message=one.message, finding=one.id,
            )  # fmt: skip


def unproved(profile: DatasetProfile, policy: Policy, rules: Rulebook) -> Iterator[str]:
    """Why a limit could not be judged on a dataset; that is no pass."""
    if policy.min_k is None:
        return
    single = single_quasi(profile, rules)
    for q in (*profile.quasi_identifiers, *(c.alone for c in single if c.alone)):
        exact = q.unique_interval[0] == q.unique_interval[1]
        if q.k_min >= policy.min_k and not exact:
            yield f"{profile.name}: k of {', '.join(q.columns)} is known from a sample of classes only"
    for c in single:
        if c.alone is None and _most(c) >= policy.min_k:
            yield f"{profile.name}: k of {c.path} was not measured"
