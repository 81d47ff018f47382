"""What the findings teach: the lesson of each rule that fired, and how often it does."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from privscan.model.assessment import Lesson
from privscan.rulebook.load import rulebook

if TYPE_CHECKING:
    from privscan.model.finding import Finding, Text
    from privscan.model.report import Report


def lessons(reports: tuple[Report, ...]) -> Iterator[Lesson]:
    """One for each rule that fired in the last report, in its order; `scans` counts all reports."""
    report = reports[-1]
    times = Counter(f.check for f in report.findings)
    scans = Counter(check for one in reports for check in {f.check for f in one.findings})
    known = {rule.id: rule.lesson.both() for rule in rulebook().rules}
    for check in times:
        text = known.get(check) or _of_principle(report.findings, check)
        yield Lesson(check, text, times[check], scans[check])


def _of_principle(findings: tuple[Finding, ...], check: str) -> Text:
    """For a rule that these rules do not know: its principle's lesson, then its own advice."""
    finding = next(f for f in findings if f.check == check)
    principles = rulebook().principles
    first = [principles[p].lesson.both() for p in finding.principles if p in principles][:1]
    between = {"en": " ", "ja": ""}
    return {
        lang: between[lang].join([*(text[lang] for text in first), finding.advice[lang]])
        for lang in between
    }
