"""What moved from scan to scan: the whole, each dataset, the rules; and figures to steer by."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from privscan.assess.notice import categories
from privscan.model.assessment import Signed
from privscan.model.kinds import Level
from privscan.model.progress import DatasetPast, Figure, Past, RuleChange

if TYPE_CHECKING:
    from privscan.assess.context import Context
    from privscan.model.assessment import DatasetAssessment, Question
    from privscan.model.finding import Finding, Text
    from privscan.model.profile import DatasetProfile
    from privscan.model.report import Report


@dataclass(frozen=True, slots=True)
class Scan:
    """How a report is known: the name of its file, and the day of the manifest beside it."""

    label: str = ""
    day: str = ""


def trend(
    reports: tuple[Report, ...], purposes: frozenset[str], scans: tuple[Scan, ...] = ()
) -> Iterator[Past]:
    """The figures of each report, oldest first; purposes are those declared today."""
    before: Report | None = None
    found: tuple[Finding, ...] = ()
    named = (*scans, *(Scan() for _ in reports[len(scans) :]))
    for report, scan in zip(reports, named, strict=True):
        known, found = (found if before else report.findings), report.findings
        scored = [d.risk.score for d in report.datasets if d.risk]
        yield Past(
            score=report.score,
            mean=sum(scored) / max(1, len(scored)),
            level=report.level,
            datasets=len(report.datasets),
            findings=len(report.findings),
            questions=sum(f.question is not None for f in report.findings),
            with_purpose=sum(d.name in purposes for d in report.datasets),
            rules_digest=report.tool.rules_digest,
            new=tuple(_new(found, known)),
            gone=tuple(_gone(found, known)),
            rules_changed=tuple(_rule_changes(before, report)) if before else (),
            label=scan.label,
            scanned=scan.day,
        )
        before = report


def _new(found: Iterable[Finding], known: Iterable[Finding]) -> Iterator[str]:
    """Checks that say something of columns of which they said nothing before."""
    was = _columns(known)
    yield from sorted(
        {f.check for f in found if not any({*f.columns} <= one for one in was[f.check, f.dataset])}
    )


def _gone(found: Iterable[Finding], known: Iterable[Finding]) -> Iterator[str]:
    """Checks that say no more what they said, neither on fewer columns nor on more."""
    now = _columns(found)
    yield from sorted({f.check for f in known if not _left(f, now[f.check, f.dataset])})


def _left(f: Finding, now: Iterable[frozenset[str]]) -> bool:
    return any({*f.columns} <= one or one <= {*f.columns} for one in now)


def _columns(found: Iterable[Finding]) -> defaultdict[tuple[str, str], list[frozenset[str]]]:
    """The columns of each finding, by its check and dataset."""
    columns: defaultdict[tuple[str, str], list[frozenset[str]]] = defaultdict(list)
    for f in found:
        columns[f.check, f.dataset].append(frozenset(f.columns))
    return columns


def history(dataset: str, reports: tuple[Report, ...]) -> Iterator[DatasetPast]:
    """A dataset in each report that has it, oldest first."""
    before: DatasetProfile | None = None
    for number, report in enumerate(reports, 1):
        now = next((d for d in report.datasets if d.name == dataset), None)
        if now is None:
            continue
        held, known = categories(now), categories(before) if before else categories(now)
        yield DatasetPast(
            scan=number,
            score=now.risk.score if now.risk else 0.0,
            level=now.risk.level if now.risk else Level.NONE_DETECTED,
            subjects=now.subjects,
            findings=sum(f.dataset == dataset for f in report.findings),
            new=tuple(e for e in held if e not in known),
            gone=tuple(e for e in known if e not in held),
        )
        before = now


def _rule_changes(before: Report, after: Report) -> Iterator[RuleChange]:
    """Rules that fired in both reports and did not say the same; none under the same rules."""
    if before.tool.rules_digest == after.tool.rules_digest:
        return
    then = {f.check: f for f in reversed(before.findings)}
    now = {f.check: f for f in reversed(after.findings)}
    for check in sorted({*then} & {*now}):
        if what := _changed(then[check], now[check]):
            yield RuleChange(check, what)


def _changed(then: Finding, now: Finding) -> Text | None:
    # The first citation is the rule's own; those of rules that stand under it come and go.
    clauses = [f.citations[:1] for f in (then, now)]
    if then.threshold != now.threshold:
        said = f"{then.threshold} → {now.threshold}"
        return {"en": f"threshold: {said}", "ja": f"該当条件:{said}"}
    if clauses[0] != clauses[1]:
        return {"en": "clause or its status", "ja": "条文又はその施行状況"}
    return None


def figures(
    datasets: tuple[DatasetAssessment, ...],
    report: Report,
    contexts: dict[str, Context],
    asked: tuple[Question, ...],
) -> Iterator[Figure]:
    """How far people have come; each is a sum over the datasets."""
    every = len(datasets)
    told = [contexts[d.dataset] for d in datasets]
    owned = sum(bool(c.owner) for c in told)
    planned = [d.bundle for d in datasets if d.bundle.measures]
    size = sum(d.bytes for d in report.datasets)
    unread = round(sum(d.bytes * d.unread_share for d in report.datasets))
    yield Figure("with_purpose", sum(bool(c.purposes) for c in told), every)
    yield Figure("with_owner", owned, every)
    yield Figure("with_signoff", sum(_signed(d) for d in datasets), every)
    yield Figure("answers_given", sum(q.answer is not None for q in asked), len(asked))
    yield Figure("measures_planned", sum(bool(b.owner and b.due) for b in planned), len(planned))
    yield Figure("measures_done", sum(bool(b.done) for b in planned), len(planned))
    yield Figure("measures_overdue", sum(b.overdue for b in planned), len(planned))
    yield Figure("reviews_overdue", sum(d.review.overdue for d in datasets), every)
    yield Figure("bytes_unread", unread, size)


def _signed(d: DatasetAssessment) -> bool:
    return bool(d.signoffs) and all(s.state is Signed.CURRENT for s in d.signoffs)
