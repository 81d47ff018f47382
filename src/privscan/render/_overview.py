"""What stands at the top of a report: the decision, the measures, the questions, the map."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from privscan.model.finding import Finding, Text
from privscan.model.kinds import Level, Severity
from privscan.model.profile import ColumnProfile, DatasetProfile, EntityProfile, Sampled
from privscan.model.report import Report
from privscan.rulebook.predicate import LEAST

STEPS = (1, 2, 3, 4)
"""CNIL's scale, of severity and of likelihood alike."""


@dataclass(frozen=True, slots=True)
class Group:
    """Findings that say the same, worst first: of one check, one advice or one question."""

    findings: tuple[Finding, ...]

    @property
    def worst(self) -> Finding:
        """The finding that speaks for the group."""
        return self.findings[0]

    @property
    def datasets(self) -> tuple[str, ...]:
        """The datasets concerned, each once, worst first."""
        return tuple(dict.fromkeys(f.dataset for f in self.findings))

    @property
    def checks(self) -> tuple[str, ...]:
        """The checks that fired, each once."""
        return tuple(dict.fromkeys(f.check for f in self.findings))


def in_part(report: Report) -> list[Sampled]:
    """Columns of which a slow detector has not read all texts."""
    return [one for d in report.datasets for one in d.sampled if one.read < one.texts]


def decision(report: Report) -> str:
    """The key of the sentence that says what the reader has to decide; the gravest finding counts too."""
    if not report.datasets:
        return "decide_nothing"
    if not report.complete:
        return "decide_incomplete"
    gravest = any(f.severity is Severity.VERY_HIGH for f in report.findings)
    held = gravest and report.level.rank < Level.HIGH.rank
    return "decide_high" if held else f"decide_{report.level.value}"


def by_check(findings: Iterable[Finding]) -> list[Group]:
    """One group for each check, in the order of the worst of each."""
    return grouped((f.check, f) for f in findings)


def measures(report: Report, most: int) -> list[Group]:
    """The first pieces of advice on what is at least medium, each once, worst first.

    Advice on a place that no earlier one speaks of goes first: five ways to treat one column
    are no plan for the others.
    """
    grave = (f for f in report.findings if f.severity.rank >= Severity.MEDIUM.rank)
    groups = grouped((f.advice["en"], f) for f in grave)
    new: list[Group] = []
    again: list[Group] = []
    covered: set[tuple[str, tuple[str, ...]]] = set()
    for group in groups:
        places = {(f.dataset, f.columns) for f in group.findings}
        (again if places <= covered else new).append(group)
        covered |= places
    chosen = [*new, *again][:most]
    return [group for group in groups if group in chosen]


def questions(report: Report) -> list[tuple[str, list[tuple[Text, Group]]]]:
    """The questions to people, each once in a dataset; datasets in the order of the report."""
    asked: dict[str, list[Finding]] = {d.name: [] for d in report.datasets}
    for finding in report.findings:
        if finding.question:
            asked.setdefault(finding.dataset, []).append(finding)
    return [
        (name, [(g.worst.question or {}, g) for g in grouped((_question(f), f) for f in found)])
        for name, found in asked.items()
        if found
    ]


def placed(report: Report, severity: int, likelihood: int) -> list[DatasetProfile]:
    """The datasets in one field of the map, worst first."""
    return [
        d
        for d in report.datasets
        if d.risk and (d.risk.cnil_severity, d.risk.cnil_likelihood) == (severity, likelihood)
    ]


def unplaced(report: Report) -> list[DatasetProfile]:
    """The datasets that have no place on the map, but those of which nothing could be read."""
    return [
        d
        for d in report.datasets
        if (d.risk is None or d.risk.cnil_severity not in STEPS) and not _blank(d)
    ]


def found(column: ColumnProfile) -> list[EntityProfile]:
    """What the column is believed to hold; less than even odds is no find."""
    return [e for e in column.entities if e.confidence >= LEAST]


def suspected(dataset: DatasetProfile) -> list[tuple[str, EntityProfile]]:
    """What is less likely than not in the dataset, with its column."""
    return [(c.path, e) for c in dataset.columns for e in c.entities if e.confidence < LEAST]


def unread(report: Report) -> list[DatasetProfile]:
    """The datasets of which nothing at all could be read; a single one needs no grouping."""
    blank = [d for d in report.datasets if _blank(d)]
    return blank if len(blank) > 1 else []


def read(report: Report) -> list[DatasetProfile]:
    """All other datasets, in the order of the report."""
    apart = {d.name for d in unread(report)}
    return [d for d in report.datasets if d.name not in apart]


def _blank(d: DatasetProfile) -> bool:
    return d.unread_share >= 1 and not (d.rows or d.columns or d.media.decoded)


def _question(finding: Finding) -> str:
    return finding.question["en"] if finding.question else ""


def grouped(keyed: Iterable[tuple[str, Finding]]) -> list[Group]:
    """The findings of each key together, in the order in which keys first come."""
    groups: dict[str, list[Finding]] = {}
    for key, finding in keyed:
        groups.setdefault(key, []).append(finding)
    return [Group(tuple(found)) for found in groups.values()]
