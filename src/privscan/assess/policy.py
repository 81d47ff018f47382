"""The gate's judgement of a report by a policy; whatever is unknown fails."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from itertools import islice
from typing import TYPE_CHECKING

from privscan.assess.baseline import Baseline, covers, expired, holdings
from privscan.assess.breaches import Asked, Breach, Held, breaches, finding_breaches, unproved
from privscan.assess.context import Context
from privscan.assess.contract import unjudged
from privscan.assess.remedy import remedy
from privscan.assess.trial import Stopped
from privscan.assess.violations import over, violations
from privscan.errors import UsageError
from privscan.model.finding import Verdict, Waived
from privscan.model.kinds import Severity
from privscan.model.report import LEFT_OUT
from privscan.rulebook.policies import ON_ENTITIES, rank
from privscan.rulebook.predicate import members

if TYPE_CHECKING:
    from privscan.model.finding import Finding, Remedy
    from privscan.model.profile import DatasetProfile
    from privscan.model.report import Report
    from privscan.rulebook.load import Rulebook
    from privscan.rulebook.policies import Incomplete, Policy, Waiver

MOST = 100
"""The highest score there is."""

MOST_REMEDIES = 20
"""Datasets for which a bundle is searched, the worst first."""

SHOWN = 5
"""Unread parts that a verdict names."""


def tightened(policy: Policy, max_score: float | None, fail_on: Severity | str | None) -> Policy:
    """The policy under the stricter of its own bounds and those given, never a looser one."""
    try:
        scores = [float(s) for s in (policy.max_score, max_score) if s is not None]
        severities = [Severity(s) for s in (policy.fail_on, fail_on) if s is not None]
    except (TypeError, ValueError):
        raise _wrong_bound() from None
    if not all(0 <= s <= MOST for s in scores):
        raise _wrong_bound()
    lowest = min(severities, key=lambda s: s.rank, default=None)
    bounds = {"max_score": min(scores, default=None), "fail_on": lowest}
    return policy.model_copy(update=bounds)


def _wrong_bound() -> UsageError:
    wanted = f"max_score from 0 to {MOST}, fail_on one of {', '.join(Severity)}"
    return UsageError("a bound that tightens the policy is wrong", hint=wanted)


@dataclass(frozen=True, slots=True)
class Beside:
    """What a verdict rests on beside report and policy: declarations, what was accepted, the day.

    `old` are the profiles of an older report; `own_rules` is false for a saved report, whose
    rules may be others than today's.
    """

    contexts: Mapping[str, Context] = field(default_factory=dict)
    baseline: Baseline | None = None
    old: tuple[DatasetProfile, ...] | None = None
    today: date = field(default_factory=lambda: datetime.now(UTC).date())
    own_rules: bool = True

    def context(self, dataset: str) -> Context:
        """What was declared of a dataset; nothing, if nobody said."""
        return self.contexts.get(dataset, Context())

    def held(self) -> Held | None:
        """What was there in every older state that is known; None if none is."""
        states = [self.baseline.held()] if self.baseline else []
        if self.old is not None:
            states.append(
                {
                    (dataset, entity): frozenset(paths)
                    for dataset, entities in holdings(self.old).items()
                    for entity, paths in entities.items()
                }
            )
        if not states:
            return None
        first, *others = states
        return {
            key: paths.intersection(*(other.get(key, frozenset()) for other in others))
            for key, paths in first.items()
        }


def every_breach(
    report: Report, policy: Policy, rules: Rulebook, beside: Beside
) -> tuple[Breach, ...]:
    """All that the report breaks of the policy, whoever may have accepted it."""
    held = beside.held()
    by_dataset: dict[str, list[Finding]] = {}
    for finding in report.findings:
        by_dataset.setdefault(finding.dataset, []).append(finding)
    found: list[Breach] = []
    for profile in report.datasets:
        own = tuple(by_dataset.pop(profile.name, ()))
        asked = Asked(policy, rules, beside.context(profile.name), held)
        found += breaches(profile, own, asked)
    # Findings of a dataset that the report does not hold count all the same.
    lost = tuple(finding for own in by_dataset.values() for finding in own)
    return (*found, *finding_breaches(lost, policy))


def verdict(
    report: Report, policy: Policy, rules: Rulebook, beside: Beside | None = None
) -> Verdict:
    """Passed only if no bound is broken, no waiver is over, and nothing stayed unread or unknown."""
    beside = beside or Beside()
    left, waived = accepted(every_breach(report, policy, rules, beside), policy, rules, beside)
    over_today = [w for w in policy.waivers if expired(w.expires, beside.today)]
    broken = (
        *violations(left, rules),
        *(over(waiver, beside.today.isoformat()) for waiver in over_today),
    )
    lacking = tuple(incomplete(report, policy, rules, own_rules=beside.own_rules))
    passed = not broken and not lacking
    return Verdict(policy.id, passed, broken, waived, lacking)


def remedies(
    report: Report, policy: Policy, rules: Rulebook, beside: Beside, given: Verdict
) -> Iterator[Remedy]:
    """For each dataset that breaks the policy, the worst first, the smallest bundle that helps."""
    others = {profile.name: profile for profile in report.datasets}
    stopped = {one.dataset for one in given.violations if one.fingerprints}
    unproved_too = {why for profile in report.datasets for why in unproved(profile, policy, rules)}
    beyond = [v.rule for v in given.violations if not v.fingerprints]
    beyond += ["incomplete"] if {*given.incomplete} - unproved_too else []
    worst = (profile for profile in report.datasets if profile.name in stopped)
    for profile in islice(worst, MOST_REMEDIES):
        asked = Asked(policy, rules, beside.context(profile.name), beside.held())
        yield remedy(
            Stopped(
                profile, asked, others,
                lambda found: accepted(found, policy, rules, beside)[0],
                tuple(dict.fromkeys(beyond)),
            )
        )  # fmt: skip


def accepted(
    found: Iterable[Breach], policy: Policy, rules: Rulebook, beside: Beside
) -> tuple[tuple[Breach, ...], tuple[Waived, ...]]:
    """The breaches that nobody answers for, and those of waivers and the baseline, with who does."""
    left, waived = [], []
    for breach in found:
        by = _answered(breach, policy, rules, beside)
        if by is None:
            left.append(breach)
        else:
            [told] = violations([breach], rules)
            waived.append(Waived(told, *by))
    return tuple(left), tuple(waived)


def _answered(
    breach: Breach, policy: Policy, rules: Rulebook, beside: Beside
) -> tuple[str, str, str, str] | None:
    for one in policy.waivers:
        if not expired(one.expires, beside.today) and _waives(one, breach, rules):
            return one.id, one.owner, one.reason, one.expires
    for entry in beside.baseline.accepted if beside.baseline else ():
        if covers(entry, breach, beside.today):
            return "baseline", entry.owner, entry.reason, entry.expires
    return None


def _waives(waiver: Waiver, breach: Breach, rules: Rulebook) -> bool:
    """Whether a waiver names all that the breach is about, and a measure no better than its own."""
    if (waiver.rule, waiver.dataset) != (breach.rule, breach.dataset):
        return False
    if bool(breach.columns) != bool(waiver.columns) or not {*breach.columns} <= {*waiver.columns}:
        return False
    if waiver.rule in ON_ENTITIES and breach.about not in members(waiver.entities, rules.groups):
        return False
    if waiver.rule == "fail_on" and breach.about != waiver.check:
        return False
    if waiver.up_to is None:
        return True
    bound, now = rank(waiver.rule, str(waiver.up_to)), rank(breach.rule, breach.measured)
    return bound is not None and now is not None and now <= bound


def incomplete(
    report: Report, policy: Policy, rules: Rulebook, *, own_rules: bool = True
) -> Iterator[str]:
    """Why the answer is not whole; what a policy tolerates is not among it."""
    if not report.datasets:
        yield "nothing was scanned"
    yield from _unread(report, policy.incomplete.unread_share)
    yield from _detectors(report, policy.incomplete)
    for profile in report.datasets:
        yield from unproved(profile, policy, rules)
        yield from unjudged(profile, policy)
        for one in profile.sampled if policy.incomplete.whole_texts else ():
            if one.read < one.texts:
                read = f"{one.read:,} of {one.texts:,} texts of {one.column}"
                yield f"{profile.name}: {one.detector} read {read}"
    if not own_rules and report.tool.rules_digest != rules.digest:
        yield "the report was made by other rules than those in force"


def _unread(report: Report, most: float) -> Iterator[str]:
    shares = {profile.name: profile.unread_share for profile in report.datasets}
    parts = [one for one in report.unread if not _tolerated(shares.get(one.dataset), most)]
    for part in parts[:SHOWN]:
        where = f"{part.uri} {part.span}".strip()
        yield f"{where}: {part.reason}"
    if len(parts) > SHOWN:
        yield f"and {len(parts) - SHOWN:,} more parts unread"
    if report.unread:
        return
    unnamed = [(name, share) for name, share in shares.items() if share]
    for name, share in unnamed:
        if not _tolerated(share, most):
            yield f"{name}: {share:.1%} could not be read"
    if not report.complete and report.datasets and not unnamed:
        yield "the report says that it is incomplete"


def _tolerated(share: float | None, most: float) -> bool:
    return share is not None and 0 < share <= most


def _detectors(report: Report, asked: Incomplete) -> Iterator[str]:
    not_run = report.tool.not_run
    left = [name for name, why in not_run.items() if why.startswith(LEFT_OUT)]
    if left and asked.left_out:
        yield f"detectors {LEFT_OUT}: {', '.join(left)}"
    lacking = [n for n in not_run if n not in left and (asked.extras or n in asked.detectors)]
    lacking += [n for n in left if n in asked.detectors and not asked.left_out]
    if lacking:
        yield f"detectors that the policy asks for did not run: {', '.join(lacking)}"
