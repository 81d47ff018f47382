"""The pages of a site as texts by their place in its folder; the index comes last."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from privscan.model.finding import Text
from privscan.model.kinds import Level
from privscan.model.report import Report
from privscan.render import html
from privscan.render._figures import Figure, of_report
from privscan.render._figures.trend import Point, trend
from privscan.render._site.folder import INDEX
from privscan.render._site.gathered import Entry, Labelled, gathered, together
from privscan.render._words import both

CONTENTS = ("summary", "index", "trend", "risk_map", "joins", "not_covered", "limits", "tool")


@dataclass(frozen=True, slots=True)
class Around:
    """What a page of a dataset shows of the site around it."""

    index: str
    hrefs: Mapping[str, str]
    trend: Figure | None


@dataclass(frozen=True, slots=True)
class Front:
    """What an index says beyond the reports: its name, a note on each dataset, further pages."""

    heading: Text = field(default_factory=lambda: both("site"))
    notes: Mapping[str, Text] = field(default_factory=dict)
    documents: tuple[tuple[str, Text], ...] = ()


def pages(reports: Mapping[str, Report], *, lang: str = "en") -> dict[str, str]:
    """The pages of reports by the names of their files, oldest first, by their place."""
    return site(reports, lang, lambda entry, around: html.page(entry.alone(), lang, around))


def site(
    reports: Mapping[str, Report],
    lang: str,
    page: Callable[[Entry, Around], str],
    front: Front | None = None,
    *,
    last: bool = False,
) -> dict[str, str]:
    """An index, and for each dataset (of the `last` report only, or of all) what `page` makes."""
    labelled = [Labelled(label, report) for label, report in reports.items()]
    entries = [e for e in gathered(labelled) if not (last and e.gone)]
    hrefs = {e.dataset.name: e.file for e in entries}
    made = {
        e.href: page(e, Around(f"../{INDEX}", hrefs, _trend(e.history, e.dataset.name)))
        for e in entries
    }
    return made | {INDEX: _index(entries, labelled, lang, front or Front())}


def _index(entries: Sequence[Entry], reports: Sequence[Labelled], lang: str, front: Front) -> str:
    report = together(entries, reports)
    points = [
        Point(one.label, one.report.score, one.report.level, len(one.report.findings))
        for one in reports
    ]
    drawn = trend(points, both("fig_trend"))
    return html.written(
        "index.html",
        report,
        lang,
        entries=entries,
        front=front,
        used=_used(entries),
        hrefs={e.dataset.name: e.href for e in entries},
        several=len(reports) > 1,
        trend=drawn,
        drawings=html.kinds(of_report(report)),
        title=front.heading,
        heading=front.heading,
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
