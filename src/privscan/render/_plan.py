"""The action plan: what there is to do, to answer and to scan again, each once, worst first."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from privscan.model.finding import Finding
from privscan.model.kinds import Severity
from privscan.model.report import Report
from privscan.render._laws import clause
from privscan.render._overview import Group, grouped
from privscan.render._reasons import reason
from privscan.render._words import say


@dataclass(frozen=True, slots=True)
class Action:
    """One line of the plan; `kind` is measure, question or unread. Owner and date are people's."""

    kind: str
    what: str
    severity: Severity | None = None
    phase: str = ""
    datasets: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    citations: tuple[str, ...] = ()
    checks: tuple[str, ...] = ()
    findings: tuple[str, ...] = ()


def actions(report: Report, lang: str) -> list[Action]:
    """Advice, then questions to people, then what has to be scanned again."""
    advised = grouped((f.advice["en"], f) for f in report.findings)
    asked = grouped((f.question["en"], f) for f in report.findings if f.question)
    return [
        *(_action("measure", g, g.worst.advice[lang], lang) for g in advised),
        *(_action("question", g, (g.worst.question or {})[lang], lang) for g in asked),
        *_unread(report, lang),
    ]


def _action(kind: str, group: Group, what: str, lang: str) -> Action:
    laws = (clause(c, lang) for f in group.findings for c in f.citations)
    return Action(
        kind,
        what,
        group.worst.severity,
        group.worst.phase,
        group.datasets,
        _places(group.findings),
        _once(laws),
        group.checks,
        tuple(f.id for f in group.findings),
    )


def _places(findings: Iterable[Finding]) -> tuple[str, ...]:
    """Columns with their dataset: the same name stands in many."""
    return _once(f"{f.dataset}: {column}" for f in findings for column in f.columns)


def _unread(report: Report, lang: str) -> list[Action]:
    reasons: dict[str, list[str]] = {}
    for part in report.unread:
        reasons.setdefault(part.reason, []).append(part.dataset or part.uri)
    return [
        Action("unread", say("reread", lang, reason(why, lang)), datasets=_once(places))
        for why, places in reasons.items()
    ]


def _once(items: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(items))
