"""The pages of a site as texts by their place in its folder; the index comes last."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from privscan.model.kinds import Level
from privscan.model.report import Report
from privscan.render import html
from privscan.render._figures import Figure, of_report
from privscan.render._figures.trend import Point, trend
from privscan.render._site.folder import INDEX, PAGES
from privscan.render._site.gathered import Entry, Labelled, gathered, together
from privscan.render._words import both

CONTENTS = ("summary", "index", "trend", "risk_map", "joins", "not_covered", "limits", "tool")


@dataclass(frozen=True, slots=True)
class Around:
    """What a page of a dataset shows of the site around it."""

    index: str
    hrefs: Mapping[str, str]
    trend: Figure | None


def pages(reports: Mapping[str, Report], *, lang: str = "en") -> dict[str, str]:
    """The pages of reports by the names of their files, oldest first, by their place."""
    labelled = [Labelled(label, report) for label, report in reports.items()]
    entries = gathered(labelled)
    around = {e.dataset.name: e.file for e in entries}
    made = {
        f"{PAGES}/{e.file}": html.page(
            e.alone(),
            lang=lang,
            site=Around(f"../{INDEX}", around, _trend(e.history, e.dataset.name)),
        )
        for e in entries
    }
    return made | {INDEX: _index(entries, labelled, lang)}


def _index(entries: Sequence[Entry], reports: Sequence[Labelled], lang: str) -> str:
    report = together(entries, reports)
    points = [
        Point(one.label, one.report.score, one.report.level, len(one.report.findings))
        for one in reports
    ]
    drawn = trend(points, both("fig_trend"))
    kinds = html.kinds(of_report(report))
    return html.written(
        "index.html",
        report,
        lang,
        entries=entries,
        used=_used(entries),
        hrefs={e.dataset.name: e.href for e in entries},
        several=len(reports) > 1,
        trend=drawn,
        drawings=kinds,
        title=both("site"),
        heading=both("site"),
        contents=[key for key in CONTENTS if key != "trend" or drawn],
        aim="index",
    )


def _trend(points: Sequence[Point], name: str) -> Figure | None:
    return trend(points, {lang: f"{text}: {name}" for lang, text in both("fig_trend").items()})


def _used(entries: Iterable[Entry]) -> dict[str, list[str]]:
    """The values that the filters offer: only what the datasets have."""
    every = list(entries)
    levels = {e.level for e in every}
    return {
        "level": [level.value for level in reversed(Level) if level.value in levels],
        "kind": sorted({e.dataset.kind for e in every}),
        "category": sorted({c for e in every for c in e.categories}),
    }
