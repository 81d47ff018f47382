"""The gate's judgement of a report by a policy; whatever is unknown fails."""

from __future__ import annotations

import math
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from privscan.assess.score import level
from privscan.errors import UsageError, nearest
from privscan.model.finding import Verdict, Violation
from privscan.model.kinds import Severity, State
from privscan.model.report import LEFT_OUT
from privscan.rulebook.load import read_policy, rulebook
from privscan.rulebook.predicate import members
from privscan.rulebook.schema import Policy

if TYPE_CHECKING:
    from privscan.model.profile import DatasetProfile, EntityProfile
    from privscan.model.report import Report
    from privscan.rulebook.load import Rulebook

MOST = 100
"""The highest score there is."""

IN_CLEAR = frozenset({State.PLAIN, State.HASH_UNSALTED_GUESSABLE})
"""States that protect nothing: a hash of a guessable value is undone by trying all values."""

_NO_SCORE = {"en": "the dataset has no score", "ja": "データセットにスコアがない"}
_FORBIDDEN = {"en": "{0} is forbidden in {1}", "ja": "{1} に{0}がある(禁止)"}
_STANDS_IN_CLEAR = {"en": "{0} stands in clear in {1}", "ja": "{1} に{0}が平文である"}


def load_policy(name: str | Path) -> Policy:
    """A shipped policy by name, or a policy file; an unknown one is a `UsageError`."""
    shipped = rulebook().policies
    if isinstance(name, str) and name in shipped:
        return shipped[name]
    file = Path(name)
    if not file.is_file():
        hint = nearest(str(name), shipped) or f"shipped are: {', '.join(sorted(shipped))}"
        raise UsageError(f"there is no policy {str(name)!r}, nor a file of that name", hint=hint)
    return read_policy(file, {*rulebook().entities, *rulebook().groups})


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


def verdict(report: Report, policy: Policy, rules: Rulebook) -> Verdict:
    """Passed only if no bound is broken and nothing stayed unread, unscanned or left out."""
    violations = tuple(_violations(report, policy, rules))
    incomplete = tuple(_incomplete(report))
    return Verdict(policy.id, not violations and not incomplete, violations, (), incomplete)


def _incomplete(report: Report) -> Iterator[str]:
    if not report.datasets:
        yield "nothing was scanned"
    shown = 5
    for unread in report.unread[:shown]:
        where = f"{unread.uri} {unread.span}".strip()
        yield f"{where}: {unread.reason}"
    if len(report.unread) > shown:
        yield f"and {len(report.unread) - shown:,} more parts unread"
    if not report.complete and not report.unread and report.datasets:
        yield "the report says that it is incomplete"
    left = [name for name, why in report.tool.not_run.items() if why.startswith(LEFT_OUT)]
    if left:
        yield f"detectors {LEFT_OUT}: {', '.join(left)}"


def _violations(report: Report, policy: Policy, rules: Rulebook) -> Iterator[Violation]:
    for profile in report.datasets:
        yield from _of_score(profile, policy, rules)
        yield from _of_entities(profile, policy, rules)
    yield from _of_findings(report, policy)


def _of_score(profile: DatasetProfile, policy: Policy, rules: Rulebook) -> Iterator[Violation]:
    risk = profile.risk
    if risk is None or math.isnan(risk.interval[1]):
        yield Violation("score", profile.name, (), "none", "a score", _NO_SCORE)
        return
    # The gate asks the upper end: what may be there counts until it is known not to be.
    most = risk.interval[1]
    highest = level(most, rules.scoring)
    if policy.max_score is not None and most > policy.max_score:
        bound = f"{policy.max_score:g}"
        said = {
            "en": f"score {risk.score:.1f}, up to {most:.1f}, is above {bound}",
            "ja": f"スコア {risk.score:.1f}(上振れ {most:.1f})が {bound} を超える",
        }
        yield Violation("max_score", profile.name, (), f"{most:.1f}", bound, said)
    if policy.stop_at is not None and highest.rank >= policy.stop_at.rank:
        up_to = f", up to {_words(highest)}," if highest is not risk.level else ""
        said = {
            "en": f"level {_words(risk.level)}{up_to} reaches {_words(policy.stop_at)}",
            "ja": f"リスクレベルが{'上振れを含めて' if up_to else ''}停止の基準に達する",
        }
        yield Violation("stop_at", profile.name, (), highest, policy.stop_at, said)


def _of_entities(profile: DatasetProfile, policy: Policy, rules: Rulebook) -> Iterator[Violation]:
    bounds = (
        ("forbid", policy.forbid, frozenset(State) - {State.REMOVED}, _FORBIDDEN),
        ("forbid_clear", policy.forbid_clear, IN_CLEAR, _STANDS_IN_CLEAR),
    )
    for rule, names, states, said in bounds:
        forbidden = members(names, rules.groups)
        where: dict[str, list[tuple[str, EntityProfile]]] = {}
        for column in profile.columns:
            for found in column.entities:
                sure = found.confidence >= policy.least_confidence
                if found.entity in forbidden and found.state in states and sure:
                    where.setdefault(found.entity, []).append((column.path, found))
        for entity, places in sorted(where.items()):
            columns = tuple(path for path, _ in places)
            cells = sum(found.cells for _, found in places)
            label = rules.entities[entity].label.both()
            message = {k: said[k].format(label[k], ", ".join(columns[:3])) for k in said}
            measured = f"{cells:,} cell{'' if cells == 1 else 's'}"
            yield Violation(rule, profile.name, columns, measured, "0 cells", message)


def _of_findings(report: Report, policy: Policy) -> Iterator[Violation]:
    for finding in report.findings:
        if policy.fail_on is not None and finding.severity.rank >= policy.fail_on.rank:
            yield Violation(
                f"fail_on {finding.check}",
                finding.dataset,
                finding.columns,
                finding.severity,
                policy.fail_on,
                finding.message,
            )


def _words(value: str) -> str:
    return value.replace("_", " ")
