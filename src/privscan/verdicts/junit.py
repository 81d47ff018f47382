"""JUnit XML: a suite for each dataset, a failed case for each violation, for CI test pages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from xml.sax.saxutils import escape, quoteattr

from privscan.model.finding import Verdict, Violation, Waived
from privscan.model.report import Report
from privscan.verdicts._phrases import answered, bounded, head, helps, lacking

PLUGIN = True
SUFFIXES = (".junit.xml", ".xml")

_NOT_XML = re.compile("[^\t\n\r\x20-\x7e\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that XML 1.0 forbids, and control characters that it only discourages."""

_MARKS = re.compile("[\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]")
"""Line separators, and marks that turn the direction of writing."""

ANSWER = "answer"
"""The suite of what belongs to no dataset: parts unread, waivers of datasets that are not there."""


def render(verdict: Verdict, report: Report, *, lang: str = "en") -> str:
    """Suites in the order of the report; a dataset without a violation has one case that passes."""
    at = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S")
    names = [dataset.name for dataset in report.datasets]
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', "<testsuites>"]
    for number, name in enumerate([*names, ""]):
        lines += _suite(number, name, _Part(verdict, report, name, lang), at)
    return "\n".join([*lines, "</testsuites>"]) + "\n"


class _Part:
    """What of a verdict is of one dataset, or with an empty name of none that was scanned."""

    def __init__(self, verdict: Verdict, report: Report, name: str, lang: str) -> None:
        self.verdict, self.report, self.lang = verdict, report, lang
        known = {dataset.name for dataset in report.datasets}

        def own(dataset: str) -> bool:
            return dataset == name if name else dataset not in known

        self.broken: list[Violation] = [v for v in verdict.violations if own(v.dataset)]
        self.waived: list[Waived] = [w for w in verdict.waived if own(w.violation.dataset)]
        self.lacking: tuple[str, ...] = () if name else verdict.incomplete
        self.helps = [r for r in verdict.remedies if own(r.dataset)]

    def cases(self, suite: str) -> Iterator[str]:
        for one in self.broken:
            said = f"message={_attr(one.message[self.lang])} type={_attr(one.rule)}"
            inner = f"<failure {said}>{_text(bounded(one, self.lang))}</failure>"
            yield _case(suite, _name(one), inner)
        for waived in self.waived:
            inner = f"<skipped message={_attr(answered(waived, self.lang))}/>"
            yield _case(suite, _name(waived.violation), inner)
        for reason in self.lacking:
            said = lacking(reason, self.lang)
            yield _case(suite, reason, f'<error message={_attr(said)} type="incomplete"/>')
        if not (self.broken or self.waived or self.lacking):
            yield _case(suite, f"policy {self.verdict.policy}", "")


def _suite(number: int, name: str, part: _Part, at: str) -> Iterator[str]:
    suite = name or ANSWER
    cases = list(part.cases(suite))
    counts = f'tests="{len(cases)}" failures="{len(part.broken)}" errors="{len(part.lacking)}"'
    yield (
        f'  <testsuite name={_attr(suite)} package="privscan" id="{number}" timestamp="{at}" '
        f'hostname="localhost" {counts} skipped="{len(part.waived)}" time="0">'
    )
    yield f'    <properties><property name="policy" value={_attr(part.verdict.policy)}/></properties>'
    yield from cases
    said = [head(part.verdict, part.report, part.lang)] if not name else []
    said += [line for remedy in part.helps for line in helps(remedy, part.lang)]
    yield f"    <system-out>{_text(chr(10).join(said))}</system-out>"
    yield "    <system-err></system-err>"
    yield "  </testsuite>"


def _case(suite: str, name: str, inner: str) -> str:
    head_ = f'    <testcase name={_attr(name)} classname={_attr(f"privscan.{suite}")} time="0"'
    return f"{head_}>{inner}</testcase>" if inner else f"{head_}/>"


def _name(violation: Violation) -> str:
    return f"{violation.rule} {', '.join(violation.columns)}".strip()


def _clean(text: str) -> str:
    return _MARKS.sub("\ufffd", _NOT_XML.sub("\ufffd", text))


def _text(text: str) -> str:
    return escape(_clean(text))


def _attr(text: str) -> str:
    return quoteattr(" ".join(_clean(text).split()) or "-")
