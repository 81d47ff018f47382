"""Measures as a bundle: treatments that together lower the level, and the score they leave.

A single treatment often changes nothing, because another column still shows the same; the
search therefore goes by the score first and by what is left of every detection second.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from privscan.assess.score import inputs, joinable, risk, score
from privscan.assess.treatments import Treatment, is_direct, treatments
from privscan.model.assessment import Bundle, Measure
from privscan.model.kinds import Level, State
from privscan.rulebook.load import rulebook
from privscan.rulebook.predicate import LEAST

if TYPE_CHECKING:
    from privscan.assess.context import Context
    from privscan.assess.score import Joinable
    from privscan.model.profile import (
        ColumnProfile,
        DatasetProfile,
        EntityProfile,
    )

MOST_KINDS = 40
"""Kinds of column that a bundle is searched in, the heaviest first; the rest weighs little."""

MOST_SINGLE = 60
"""Measures up to which each column is asked whether the bundle needs it; above, each kind is."""


@dataclass(frozen=True, slots=True)
class _Step:
    """A treatment of columns that hold the same; treating one of them alone shows little."""

    treatment: Treatment
    columns: tuple[str, ...]
    cost: float


@dataclass(frozen=True, slots=True)
class _Case:
    """A dataset whose bundle is searched; its joins are the same whatever is treated in it."""

    profile: DatasetProfile
    context: Context
    joins: tuple[Joinable, ...]

    def weight(self, steps: list[_Step]) -> tuple[float, float]:
        """The score after those steps, and the sum of what every detection weighs."""
        rules = rulebook().scoring
        given = inputs(_treated(self.profile, steps), rulebook(), self.context)
        power = sum(
            (f.weight + f.identifying) * f.confidence * rules.rho[f.state] for f in given.fields
        )
        return score(replace(given, links=self.joins), rules).score, power


def _joins(
    profile: DatasetProfile, context: Context, others: Mapping[str, DatasetProfile]
) -> tuple[Joinable, ...]:
    return tuple(
        joinable(link, others[link.dataset], rulebook(), context)
        for link in profile.links
        if link.dataset in others
    )


def bundle(
    profile: DatasetProfile, context: Context, others: Mapping[str, DatasetProfile] | None = None
) -> Bundle:
    """The measures found greedily, each needed, and the risk that they are predicted to leave.

    Classes of quasi-identifiers stay as measured unless all their columns go, and joins with
    `others` stay: the prediction is then no lower than what a re-scan shows.
    """
    now = profile.risk or risk(profile, rulebook(), context, others)
    goal = _goal(now.level)
    chosen: list[_Step] = []
    if now.level.rank > goal.rank:
        case = _Case(profile, context, _joins(profile, context, others or {}))
        chosen = _pruned(case, _greedy(case, goal), goal)
    treated = _treated(profile, chosen)
    left = risk(treated, rulebook(), context, others) if chosen else now
    measures = tuple(
        measure_of(step.treatment, column, profile) for step in chosen for column in step.columns
    )
    return Bundle(measures, goal, left, reached=left.level.rank <= goal.rank)


def _goal(level: Level) -> Level:
    """One level down, and below high where it is high or worse."""
    return {Level.VERY_HIGH: Level.MEDIUM, Level.HIGH: Level.MEDIUM, Level.MEDIUM: Level.LOW}.get(
        level, level
    )


def _greedy(case: _Case, goal: Level) -> list[_Step]:
    chosen: list[_Step] = []
    before = case.weight([])
    open_steps = list(_steps(case.profile, case.context))
    while open_steps and before[0] >= _above(goal):
        gains = [
            (*_gain(before, case.weight([*chosen, step]), step), -i)
            for i, step in enumerate(open_steps)
        ]
        best = max(gains)
        if best[:2] <= (0, 0):
            break
        step = open_steps.pop(-int(best[2]))
        # A stronger treatment of a column takes the place of a weaker one.
        chosen = [s for s in chosen if not _covered(s, step)] + [step]
        before = case.weight(chosen)
    return chosen


def _covered(weaker: _Step, stronger: _Step) -> bool:
    rho = rulebook().scoring.rho
    same = weaker.columns == stronger.columns
    return (
        same
        and not (weaker.treatment.leaks ^ stronger.treatment.leaks)
        and (
            rho[stronger.treatment.gives] <= rho[weaker.treatment.gives]
            and {*weaker.treatment.roles} <= {*stronger.treatment.roles}
        )
    )


def _gain(
    before: tuple[float, float], after: tuple[float, float], step: _Step
) -> tuple[float, float]:
    """What a step takes off the score, and off all detections, for what it costs the use."""
    return round((before[0] - after[0]) / step.cost, 9), round(
        (before[1] - after[1]) / step.cost, 9
    )


def _pruned(case: _Case, chosen: list[_Step], goal: Level) -> list[_Step]:
    """The bundle without what it does not need; the dearest is asked first."""
    if case.weight(chosen)[0] >= _above(goal):
        return chosen
    kept = list(_singly(chosen))
    for step in sorted(kept, key=lambda s: -s.cost):
        fewer = [s for s in kept if s is not step]
        if case.weight(fewer)[0] < _above(goal):
            kept = fewer
    return kept


def _singly(steps: list[_Step]) -> Iterator[_Step]:
    """Each column's treatment as a step of its own, unless they are too many to be asked."""
    if sum(len(s.columns) for s in steps) > MOST_SINGLE:
        yield from steps
        return
    for s in steps:
        cost = s.cost / len(s.columns)
        yield from (_Step(s.treatment, (column,), cost) for column in s.columns)


def _above(goal: Level) -> float:
    """The score from which the level is above the goal."""
    cuts = rulebook().scoring.cuts
    return min((cut for level, cut in cuts.items() if level.rank > goal.rank), default=101)


def _steps(profile: DatasetProfile, context: Context) -> Iterator[_Step]:
    needed = {*context.needed_columns}
    for alike in _kinds(profile, needed):
        column = alike[0]
        unneeded = bool(needed) and column.path not in needed
        direct = is_direct(e for e in column.entities if e.confidence >= LEAST)
        for one in treatments():
            whole = one.gives is State.REMOVED and bool(one.roles)
            if whole and column.path in needed:
                continue
            if any(treats(one, found) for found in column.entities):
                cost = one.price(direct=direct, unneeded=unneeded)
                yield _Step(one, tuple(c.path for c in alike), cost * len(alike))


def _kinds(profile: DatasetProfile, needed: set[str]) -> list[list[ColumnProfile]]:
    """Columns that hold the same in the same state, together; the heaviest kinds first."""
    known = rulebook().entities
    kinds: dict[tuple[object, ...], list[ColumnProfile]] = {}
    for column in profile.columns:
        held = [e for e in column.entities if e.entity in known and e.confidence >= LEAST]
        if held:
            what = tuple(sorted((e.entity, e.state.value, e.leak) for e in held))
            kinds.setdefault((column.path in needed, what), []).append(column)

    def weight(alike: list[ColumnProfile]) -> float:
        found = (e for e in alike[0].entities if e.entity in known)
        return max(known[e.entity].weight * e.confidence for e in found)

    return sorted(kinds.values(), key=weight, reverse=True)[:MOST_KINDS]


def treats(one: Treatment, found: EntityProfile) -> bool:
    """Whether a treatment is for what was found, and leaves less of it than there is."""
    rules = rulebook()
    entity = rules.entities.get(found.entity)
    if entity is None or found.confidence < LEAST or (one.leaks and not found.leak):
        return False
    if found.leak and not one.leaks and one.gives is not State.REMOVED:
        return False
    fits = one.leaks or found.entity in one.entities or entity.role in one.roles
    return fits and rules.scoring.rho[one.gives] < rules.scoring.rho[found.state]


def _treated(profile: DatasetProfile, steps: list[_Step]) -> DatasetProfile:
    """The profile as it would be with those treatments applied."""
    by_column: dict[str, list[Treatment]] = {}
    for step in steps:
        for path in step.columns:
            by_column.setdefault(path, []).append(step.treatment)
    columns = tuple(treated_column(c, by_column.get(c.path, [])) for c in profile.columns)
    gone = {
        path
        for path, many in by_column.items()
        if any(one.gives is State.REMOVED and one.roles for one in many)
    }
    sets = tuple(q for q in profile.quasi_identifiers if not {*q.columns} <= gone)
    return replace(profile, columns=columns, quasi_identifiers=sets)


def treated_column(column: ColumnProfile, many: list[Treatment]) -> ColumnProfile:
    """The column with the state that each treatment gives to what it is for."""
    entities = column.entities
    for one in many:
        entities = tuple(replace(e, state=one.gives) if treats(one, e) else e for e in entities)
    return replace(column, entities=entities)


def measure_of(one: Treatment, path: str, profile: DatasetProfile) -> Measure:
    """The measure that a treatment of a column is: what it is for, and the states it changes."""
    column = next(c for c in profile.columns if c.path == path)
    found = [e for e in column.entities if treats(one, e)]
    return Measure(
        treatment=one.id,
        text=one.text.both(),
        column=path,
        entities=tuple(e.entity for e in found),
        before=tuple(e.state.value for e in found),
        after=one.gives.value,
    )
