"""What a plan must reach: a policy, a level, or a score; judged on a report as the gate judges."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from privscan.assess.breaches import unproved
from privscan.assess.context import Context
from privscan.assess.findings import findings
from privscan.assess.policy import Beside, verdict
from privscan.assess.score import inputs, risk
from privscan.model.finding import Verdict, Violation
from privscan.model.kinds import Level, Severity
from privscan.model.profile import DatasetProfile
from privscan.model.report import Report
from privscan.rulebook.load import Rulebook, by_rules, rulebook
from privscan.rulebook.policies import Policy

BY_SCORE = frozenset({"max_score", "stop_at", "level"})
"""Rules that a lower score meets."""

BY_PEOPLE = frozenset({"declare", "jurisdictions", "columns"})
"""Rules that no treatment should meet: a declaration is made, and no column dropped without it."""

_EACH = 1_000.0
"""What one broken rule that no score meets weighs beside the score."""


@dataclass(frozen=True, slots=True)
class Goal:
    """A policy to pass, a level not to exceed; absent ones do not bind."""

    policy: Policy | None = None
    level: Level | None = None
    contexts: Mapping[str, Context] = field(default_factory=dict)

    def verdict(self, report: Report) -> Verdict | None:
        """The gate's answer, None without a policy."""
        if self.policy is None:
            return None
        return verdict(report, self.policy, rulebook(), Beside(self.contexts))

    def unmet(self, report: Report) -> tuple[Violation, ...]:
        """What treatments may mend of what a report breaks; unread parts are no matter of theirs."""
        judged = self.verdict(report)
        found = [v for v in (judged.violations if judged else ()) if v.rule not in BY_PEOPLE]
        bound = self.level.value if self.level else ""
        said = {"en": f"the level is above {bound}", "ja": f"レベルが {bound} を超える"}
        found += [Violation("level", name, (), "", bound, said) for name in self.above(report)]
        return (*found, *self._unproved(report))

    def _unproved(self, report: Report) -> Iterator[Violation]:
        """Classes of unknown size stop the gate too, and treatments mend them."""
        if self.policy is None:
            return
        for profile in report.datasets:
            for why in unproved(profile, self.policy, rulebook()):
                yield Violation("min_k", profile.name, (), "", "", {"en": why, "ja": why})

    def asked(self, report: Report) -> tuple[str, ...]:
        """What people have to settle before any copy passes: a rule of the policy, and its keys."""
        judged = self.verdict(report)
        found = (v for v in (judged.violations if judged else ()) if v.rule in BY_PEOPLE)
        said = (f"{v.rule}: {v.threshold}" if v.threshold else v.rule for v in found)
        return tuple(dict.fromkeys(said))

    def above(self, report: Report) -> list[str]:
        """The datasets whose level is higher than it may be."""
        most = self.level.rank if self.level else len(Level)
        return [p.name for p in report.datasets if p.risk and p.risk.level.rank > most]


@by_rules()
def grave(bound: Severity) -> Rulebook:
    """The rules that a finding of that severity may come of, and those it may stand under."""
    rules = rulebook()
    by_id = {rule.id: rule for rule in rules.rules}
    open_ = [rule.id for rule in rules.rules if rule.severity.rank >= Severity(bound).rank]
    kept = {*open_}
    while open_:
        more = {name for name in by_id[open_.pop()].under if name in by_id} - kept
        kept |= more
        open_ += more
    checks = tuple(rule for rule in rules.checks if rule.id in kept)
    return replace(rules, checks=checks, laws=tuple(r for r in rules.laws if r.id in kept))


@dataclass(frozen=True, slots=True)
class Model:
    """Judges what a dataset would be if its profile were another; data are out of reach."""

    report: Report
    goal: Goal

    def judged(self, profile: DatasetProfile) -> Report:
        """The report of that profile alone, with its score and the findings that the policy stops at."""
        rules = rulebook()
        others: Mapping[str, DatasetProfile] = {p.name: p for p in self.report.datasets}
        context = self.goal.contexts.get(profile.name, Context())
        scored = replace(profile, risk=risk(profile, rules, context, others))
        bound = self.goal.policy.fail_on if self.goal.policy else None
        return replace(
            self.report,
            datasets=(scored,),
            findings=findings(scored, grave(bound), context) if bound else (),
            unread=(),
            complete=True,
        )

    def weight(self, profile: DatasetProfile) -> tuple[float, float]:
        """How far the goal is, 0 if it is reached; and what all detections weigh together."""
        report = self.judged(profile)
        unmet = self.goal.unmet(report)
        hard = sum(v.rule not in BY_SCORE for v in unmet)
        now = report.datasets[0].risk
        far = _EACH * hard
        if now is not None and len(unmet) > hard:
            far += max(1.0, now.score + now.interval[1])
        rho = rulebook().scoring.rho
        context = self.goal.contexts.get(profile.name, Context())
        given = inputs(profile, rulebook(), context)
        return far, sum(
            (f.weight + f.identifying) * f.confidence * rho[f.state] for f in given.fields
        )
