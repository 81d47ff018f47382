"""The cheapest bundle that reaches a goal: found on the profile, then tried on the data."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from privscan.assess.score import large_enough
from privscan.model.kinds import State
from privscan.model.profile import ColumnProfile, DatasetProfile
from privscan.model.report import Report
from privscan.model.treatment import Step, Treatment, TreatmentPlan
from privscan.protect.choice import Choice, Table, as_if
from privscan.protect.goal import Model
from privscan.protect.twins import twins
from privscan.rulebook.load import rulebook
from privscan.rulebook.predicate import LEAST

ROUNDS = 8
"""Times that a bundle is tried and made stronger before the goal is given up."""


MOST_MILDER = 40
"""Columns of a bundle that are asked whether a milder treatment is enough, the dearest first."""


@dataclass(frozen=True, slots=True)
class Trial:
    """What a scan says of the treated data, or of their first rows if `whole` is false."""

    report: Report
    whole: bool


Try = Callable[[Sequence[Treatment]], Trial]
"""Carries out treatments on the data, or on the first rows of them, and scans what comes out."""


@dataclass(slots=True)
class Planner:
    """Chooses the treatments of one dataset; `given` are those that people asked for."""

    table: Table
    model: Model
    attempt: Try
    given: Sequence[Treatment] = ()
    base: list[Choice] = field(default_factory=list)
    choices: dict[str, list[Choice]] = field(default_factory=dict)
    learned: dict[str, dict[str, ColumnProfile]] = field(default_factory=dict)
    treated: frozenset[str] = frozenset()
    """Columns that the last trial treated."""

    def plan(self) -> TreatmentPlan:
        """The cheaper of the bundles with and without records made alike, as the trials show them."""
        alone = self._bundle([])
        joint = self.table.joint(self._k()) if self._asks_for_k(alone) else []
        both = self._bundle(joint) if joint else None
        if both is None:
            return alone
        return both if (not both.reached, both.lost) < (not alone.reached, alone.lost) else alone

    def _k(self) -> int:
        """The policy's k, else the size from which a class hides a person in data as grave."""
        policy = self.model.goal.policy
        now = self.table.profile.risk
        least = large_enough(now.severity if now else 0.0, rulebook().scoring)
        return max(policy.min_k or 0, least) if policy else least

    def _asks_for_k(self, plan: TreatmentPlan) -> bool:
        """Whether the plan takes quasi-identifiers away, or fails."""
        among = {c for q in self.table.profile.quasi_identifiers for c in q.columns}
        asked = {t.column for t in self.given}
        touched = {s.treatment.column for s in plan.steps if s.treatment.column not in asked}
        return not among & asked and (not plan.reached or bool(among & touched))

    def _bundle(self, base: list[Choice]) -> TreatmentPlan:
        """The rest chosen around what people asked for, and around `base`."""
        self.base = base
        fixed = {t.column for t in (*self.given, *(c.treatment for c in base))}
        held = self.table.held()
        self.choices = {
            p: list(self.table.choices(p, seen)) for p, seen in held.items() if p not in fixed
        }
        if fixed:
            self._tried(())
        chosen = self._pruned(self._greedy())
        trial = self._tried(chosen)
        for _ in range(ROUNDS):
            if not self._unmet(trial):
                break
            better = self._pruned(self._greedy())
            if {str(c.treatment) for c in better} == {str(c.treatment) for c in chosen}:
                break
            chosen = better
            trial = self._tried(chosen)
        return self._said([*base, *chosen], trial)

    def _tried(self, chosen: Sequence[Choice]) -> Trial:
        """A trial of the bundle; what it shows of each column is learned."""
        bundle = [*self.given, *(c.treatment for c in (*self.base, *chosen))]
        self.treated = frozenset(t.column for t in bundle)
        if not bundle:
            return Trial(self.model.judged(self.table.profile), whole=True)
        trial = self.attempt(bundle)
        own = self._own(trial.report)
        for one in bundle:
            inner = (one.column, f"{one.column}.", f"{one.column}[")
            columns = own.columns if own else ()
            self.learned[str(one)] = {
                c.path: c for c in columns if c.path == one.column or c.path.startswith(inner[1:])
            }
        return trial

    def _profile(self, chosen: Sequence[Choice]) -> DatasetProfile:
        done = [
            *self.base,
            *chosen,
            *(Choice(t, State.PLAIN, leaks=False, lost=0, bits=0) for t in self.given),
        ]
        return as_if(self.table.profile, done, self.table.paths, self.learned)

    def _greedy(self) -> list[Choice]:
        chosen: list[Choice] = []
        now = self.model.weight(self._profile(chosen))
        while now[0] > 0:
            best: tuple[float, float, list[Choice]] | None = None
            for same in self._alike(chosen):
                after = self.model.weight(self._profile(_with(chosen, same[0])))
                cost = same[0].cost
                gain = ((now[0] - after[0]) / cost, (now[1] - after[1]) / cost)
                if best is None or gain > best[:2]:
                    best = (*gain, same)
            if best is None or best[:2] <= (0.0, 0.0):
                break
            # What brings the goal no nearer alone may do so with its like; pruning takes the rest.
            for one in best[2][:1] if best[0] > 0 else best[2]:
                chosen = _with(chosen, one)
            now = self.model.weight(self._profile(chosen))
        return chosen

    def _alike(self, chosen: Sequence[Choice]) -> Iterator[list[Choice]]:
        """Choices for columns without one, and others for those with one, in groups of twins.

        A column that is treated is no twin of one that is not yet.
        """
        have = {c.treatment.column: c for c in chosen}
        by_now: dict[str, list[Choice]] = {}
        for path, some in self.choices.items():
            now = have[path].treatment.name if path in have else ""
            by_now.setdefault(now, []).extend(c for c in some if c is not have.get(path))
        for some in by_now.values():
            yield from twins(some, self.table, self.learned, self._named())

    def _named(self) -> frozenset[str]:
        """Columns that the policy waives something for, which makes them unlike others."""
        policy = self.model.goal.policy
        return frozenset(c for w in policy.waivers for c in w.columns) if policy else frozenset()

    def _pruned(self, chosen: list[Choice]) -> list[Choice]:
        """Without what the goal does not need; the dearest is asked first."""
        if self.model.weight(self._profile(chosen))[0] > 0:
            return chosen
        for one in sorted(chosen, key=lambda c: -c.cost):
            fewer = [c for c in chosen if c is not one]
            if self.model.weight(self._profile(fewer))[0] <= 0:
                chosen = fewer
        return self._milder(chosen)

    def _milder(self, chosen: list[Choice]) -> list[Choice]:
        """With the cheapest choice of each column that still reaches the goal; the dearest is asked first.

        What took most off the score for its cost may take off more than is needed.
        """
        for one in sorted(chosen, key=lambda c: -c.cost)[:MOST_MILDER]:
            some = self.choices.get(one.treatment.column, ())
            for other in sorted((c for c in some if c.cost < one.cost), key=lambda c: c.cost):
                if self.model.weight(self._profile(_with(chosen, other)))[0] <= 0:
                    chosen = _with(chosen, other)
                    break
        return chosen

    def _own(self, report: Report) -> DatasetProfile | None:
        return next((p for p in report.datasets if p.name == self.table.profile.name), None)

    def _unmet(self, trial: Trial) -> bool:
        """Whether the goal is missed by what the trial lets one predict of all rows."""
        return bool(self.model.goal.unmet(self._predicted(trial)))

    def _predicted(self, trial: Trial) -> Report:
        """The report of all rows: the trial's own, or the columns that it treated among the others."""
        own = self._own(trial.report)
        if trial.whole or own is None:
            return trial.report
        full = self.table.profile
        seen = {c.path: c for c in own.columns}
        here = {c.path for c in full.columns}
        columns = [seen[c.path] for c in full.columns if c.path in seen and self._touched(c.path)]
        columns += [c for c in full.columns if not self._touched(c.path)]
        columns += [c for c in own.columns if c.path not in here]
        kept = tuple(q for q in full.quasi_identifiers if not any(map(self._touched, q.columns)))
        sets = (*kept, *(q for q in own.quasi_identifiers if any(map(self._touched, q.columns))))
        return self.model.judged(replace(full, columns=tuple(columns), quasi_identifiers=sets))

    def _touched(self, path: str) -> bool:
        return any(path == p or path.startswith((f"{p}.", f"{p}[")) for p in self.treated)

    def _said(self, chosen: Sequence[Choice], trial: Trial) -> TreatmentPlan:
        predicted = self._own(self._predicted(trial))
        steps = [self._step(c.treatment, c.lost, c.bits) for c in chosen]
        steps += [self._asked(t) for t in self.given]
        every = sum(s.bits for s in self.table.samples.values())
        left = [
            (c.path, e.entity, e.state.value)
            for c in (predicted.columns if predicted else ())
            for e in c.entities
            if e.confidence >= LEAST
            and e.entity in rulebook().entities
            and rulebook().scoring.rho[e.state]
        ]
        return TreatmentPlan(
            dataset=self.table.profile.name,
            steps=tuple(sorted(steps, key=lambda s: s.treatment.column)),
            now=self.table.profile.risk,
            predicted=predicted.risk if predicted else None,
            lost=min(1.0, sum(s.bits for s in steps) / every) if every else 0.0,
            left=tuple(sorted(left)),
            reached=not self._unmet(trial),
            asked=self.model.goal.asked(self._predicted(trial)),
            whole=trial.whole,
        )

    def _step(self, one: Treatment, lost: float, bits: float) -> Step:
        seen = self.table.held().get(one.column, [])
        return Step(one, {e.entity: e.state.value for _, e in seen}, lost, bits)

    def _asked(self, one: Treatment) -> Step:
        lost = self.table.lost(one)
        sample = self.table.samples.get(one.column)
        return self._step(one, lost, lost * (sample.bits if sample else 1.0))


def _with(chosen: Sequence[Choice], one: Choice) -> list[Choice]:
    """The bundle with it, in the place of another of its column."""
    return [c for c in chosen if c.treatment.column != one.treatment.column] + [one]
