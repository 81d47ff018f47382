"""What a site shows: each dataset as in the last report that holds it, and how it got there."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from privscan.errors import UsageError
from privscan.model.finding import Finding
from privscan.model.kinds import Level
from privscan.model.profile import DatasetProfile
from privscan.model.report import Report
from privscan.render import _overview
from privscan.render._figures.trend import Point
from privscan.render._site.folder import PAGES
from privscan.rulebook.load import rulebook

SLUG = 40


@dataclass(frozen=True, slots=True)
class Labelled:
    """A report with the name that the reader knows it by: that of its file."""

    label: str
    report: Report


@dataclass(frozen=True, slots=True)
class Entry:
    """One dataset of the site: its newest profile and report, its scores, and its page."""

    dataset: DatasetProfile
    label: str
    report: Report
    history: tuple[Point, ...]
    gone: bool

    @property
    def file(self) -> str:
        """The name of its page: the same in every run, whatever the name holds."""
        name = self.dataset.name
        slug = re.sub(r"[^a-z0-9]+", "-", name.lower())[:SLUG].strip("-")
        digest = hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:10]
        return f"{slug or 'dataset'}-{digest}.html"

    @property
    def href(self) -> str:
        """Its page as seen from the index."""
        return f"{PAGES}/{self.file}"

    @property
    def level(self) -> str:
        """Its level; nothing was detected where nothing was judged."""
        risk = self.dataset.risk
        return (risk.level if risk else Level.NONE_DETECTED).value

    @property
    def findings(self) -> int:
        """How many findings it has."""
        return len(_of(self.report, self.dataset.name))

    @property
    def change(self) -> float:
        """Points since the report before; less than a tenth is none."""
        if len(self.history) < 2:  # noqa: PLR2004  one point shows no change
            return 0.0
        return round(self.history[-1].score - self.history[-2].score, 1)

    @property
    def categories(self) -> tuple[str, ...]:
        """The categories of data that it holds, in name order."""
        entities = {e.entity for c in self.dataset.columns for e in _overview.found(c)}
        entities |= {*self.dataset.media.by_modality}
        known = rulebook().entities
        return tuple(sorted({known[e].category for e in entities if e in known}))

    def alone(self) -> Report:
        """The report of this dataset by itself."""
        d, whole = self.dataset, self.report
        unread = tuple(u for u in whole.unread if u.dataset == d.name)
        return replace(
            whole,
            score=d.risk.score if d.risk else 0.0,
            level=Level(self.level),
            complete=not unread and d.unread_share == 0,
            datasets=(d,),
            findings=_of(whole, d.name),
            unread=unread,
        )


def _of(report: Report, dataset: str) -> tuple[Finding, ...]:
    return tuple(f for f in report.findings if f.dataset == dataset)


def gathered(reports: Sequence[Labelled]) -> list[Entry]:
    """The datasets of all reports, oldest report first given; highest score first."""
    newest: dict[str, Entry] = {}
    last = reports[-1].report
    for number, one in enumerate(reports, 1):
        for dataset in one.report.datasets:
            before = newest[dataset.name].history if dataset.name in newest else ()
            risk = dataset.risk
            point = Point(
                one.label,
                risk.score if risk else 0.0,
                risk.level if risk else Level.NONE_DETECTED,
                len(_of(one.report, dataset.name)),
            )
            gone = number < len(reports) and all(d.name != dataset.name for d in last.datasets)
            newest[dataset.name] = Entry(
                dataset, one.label, one.report, (*before, point), gone=gone
            )
    return sorted(newest.values(), key=lambda e: (-_score(e.dataset), e.dataset.name))


def together(entries: Sequence[Entry], reports: Sequence[Labelled]) -> Report:
    """All entries as one report, worst first; what was unread is that of the last report."""
    last = reports[-1].report
    if len(reports) == 1:
        return last
    worst = max((e.dataset.risk for e in entries if e.dataset.risk),
                key=lambda r: r.score, default=None)  # fmt: skip
    held = {(e.dataset.name, e.label) for e in entries}
    every = [(one.label, f) for one in reports for f in one.report.findings]
    unread = {u for one in reports for u in one.report.unread
              if (u.dataset, one.label) in held or one.report is last}  # fmt: skip
    found = [f for label, f in every if (f.dataset, label) in held]
    return replace(
        last,
        score=worst.score if worst else 0.0,
        level=worst.level if worst else Level.NONE_DETECTED,
        complete=bool(entries) and all(e.report.complete for e in entries),
        datasets=tuple(e.dataset for e in entries),
        findings=tuple(sorted(found, key=lambda f: -f.severity.rank)),
        unread=tuple(sorted(unread)),
    )


def _score(dataset: DatasetProfile) -> float:
    return dataset.risk.score if dataset.risk else 0.0


def labelled(saved: Sequence[str]) -> list[str]:
    """A name for each report: as much of the end of its path as tells it from the others."""
    paths = [Path(file).resolve().with_suffix("") for file in saved]
    for depth in range(1, max(len(path.parts) for path in paths) + 1):
        labels = ["/".join(path.parts[-depth:]) for path in paths]
        if len({*labels}) == len(labels):
            return labels
    raise UsageError("a report is named twice", where=", ".join(saved))
