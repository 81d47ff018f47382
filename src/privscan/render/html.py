"""HTML: one self-contained page for people, in both languages, that loads nothing.

Its templates, style and script stand in `_html/`: a folder `html/` beside this module would
read as a package of the same name.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinja2 import Environment
from markupsafe import Markup

from privscan.model.finding import Finding, Text
from privscan.model.profile import DatasetProfile
from privscan.model.report import SCHEMA, Report
from privscan.render import _formats, _laws, _measured, _overview, _page, _phrases, _reasons
from privscan.render._figures import Figure, of_dataset, of_report
from privscan.render._languages import opening
from privscan.render._sentences import LIMITS
from privscan.render._unseen import unseen
from privscan.render._words import LANGUAGES, WORDS, both
from privscan.rulebook.counted import balance
from privscan.rulebook.load import rulebook

if TYPE_CHECKING:
    from privscan.render._site.pages import Around

PLUGIN = True
SUFFIXES = (".html", ".htm")

MEASURES = 5
"""Pieces of advice at the top; the findings have all."""

FOLDER = Path(__file__).parent / "_html"


CONTENTS = (
    "summary", "trend", "measures", "waterfall", "risk_map", "data_map", "reidentification",
    "findings", "questions", "not_covered", "limits", "tool",
)  # fmt: skip


def render(report: Report, *, lang: str = "en") -> str:
    """The page holds both languages, opens in the one asked for and switches to the other."""
    return page(report, lang)


def page(report: Report, lang: str, site: Around | None = None) -> str:
    """The page of a report, which may be one of several pages of a site."""
    anchors = {d.name: f"dataset-{i}" for i, d in enumerate(report.datasets, 1)}
    elsewhere = dict(site.hrefs) if site else {}
    named = (
        {one: f"{both('title')[one]}: {report.datasets[0].name}" for one in LANGUAGES}
        if site
        else both("title")
    )
    return written(
        "page.html",
        report,
        lang,
        site=site,
        measures=_overview.measures(report, MEASURES),
        questions=_overview.questions(report),
        read=_overview.read(report),
        unread=_overview.unread(report),
        used=_used(report),
        principles=_principles(report),
        unseen=_unseen(report),
        pictures={d.name: kinds(of_dataset(d)) for d in report.datasets},
        joined=kinds(of_report(report))["joins"],
        anchors=anchors,
        hrefs=elsewhere | {name: f"#{anchor}" for name, anchor in anchors.items()},
        title=named,
        heading=named,
        contents=[k for k in CONTENTS if k != "trend" or (site and site.trend)],
        aim="findings",
    )


def written(template: str, report: Report, lang: str, **more: Any) -> str:
    """A template of ours filled in, with what every page of a report holds."""
    style, script = _page.asset(FOLDER, "page.css"), _page.asset(FOLDER, "page.js")
    made: str = (
        _environment()
        .get_template(template)
        .render(
            report=report,
            lang=opening(lang),
            style=Markup(style),  # noqa: S704  our own file
            script=Markup(script),  # noqa: S704  our own file
            policy=_page.policy(style, script),
            schema=SCHEMA,
            cuts={level.value: cut for level, cut in rulebook().scoring.cuts.items()},
            decision=_overview.decision(report),
            in_part=_overview.in_part(report),
            limits=[dict(zip(LANGUAGES, pair, strict=True)) for pair in LIMITS],
            asked=sum(len(each) for _, each in _overview.questions(report)),
            **more,
        )
    )
    return made + "\n"


@cache
def _environment() -> Environment:
    environment = _page.environment(FOLDER)
    environment.filters |= {
        "name": _page.name,
        "shown": _phrases.shown,
        "percent": _phrases.percent,
        "size": _phrases.size,
    }
    environment.tests["believed"] = _overview.found
    environment.globals |= {
        "t": _said,
        "texts": _page.texts,
        "n": _count,
        "word": _words_of(_phrases.entity),
        "principle": _words_of(_phrases.principle),
        "why": _words_of(_phrases.why),
        "clause": _words_of(_laws.clause),
        "law_status": _words_of(_laws.status),
        "law": _words_of(_laws.law),
        "reason": _words_of(_reasons.reason),
        "threshold": _words_of(_phrases.threshold),
        "measured": _facts,
        "balance_rows": _in_words(_measured.balance_rows),
        "BALANCE_HEADS": [both(key) for key in _measured.BALANCE_HEADS],
        "records_rows": _in_words(_measured.records_rows),
        "RECORDS_HEADS": [both(key) for key in _measured.RECORDS_HEADS],
        "least": str(balance().least),
        "formed": _words_of(_formats.formed),
        "in_words": _words_of(_phrases.in_part),
        "attributes": _page.attributes,
        "pairs": both,
        "same": _page.alike,
        "drawn": _page.drawn,
        "STEPS": _overview.STEPS,
        "found": _overview.found,
        "suspected": _overview.suspected,
        "placed": _overview.placed,
        "unplaced": _overview.unplaced,
        "known": WORDS.__contains__,
    }
    return environment


@lru_cache(maxsize=2048)
def _said(key: str, *values: str) -> Markup:
    """A word in each language; a page says the same few some thousand times."""
    return _page.texts(both(key, *values))


def _words_of(say: Callable[[Any, str], str]) -> Callable[[Any], Markup]:
    """A phrase that takes a language, as one that says it in both."""
    return lambda value: _page.texts({lang: say(value, lang) for lang in LANGUAGES})


def _facts(finding: Finding) -> list[Markup]:
    facts = (_phrases.measured(finding, lang) for lang in LANGUAGES)
    return [
        _page.texts(dict(zip(LANGUAGES, pair, strict=True))) for pair in zip(*facts, strict=True)
    ]


def _unseen(report: Report) -> dict[str, Text]:
    said = {lang: unseen(report, lang) for lang in LANGUAGES}
    return {name: {lang: said[lang][name] for lang in LANGUAGES} for name in said[LANGUAGES[0]]}


def _in_words(
    rows: Callable[[DatasetProfile, str], list[tuple[str, ...]]],
) -> Callable[[DatasetProfile], list[tuple[Text, ...]]]:
    return lambda dataset: _measured.in_every_language(lambda lang: rows(dataset, lang))


def _count(key: str, count: int) -> Markup:
    return _page.texts({lang: _phrases.number(key, count, lang) for lang in LANGUAGES})


def _principles(report: Report) -> Mapping[str, Text]:
    found = {p for f in report.findings for p in f.principles}
    return {p: {lang: _phrases.principle(p, lang) for lang in LANGUAGES} for p in found}


def kinds(figures: Iterable[Figure]) -> dict[str, list[Figure]]:
    """The figures by what they show; of what is not there, none."""
    kinds: dict[str, list[Figure]] = defaultdict(list)
    for figure in figures:
        kinds[figure.key].append(figure)
    return kinds


def _used(report: Report) -> Mapping[str, list[str]]:
    """The values that the filters offer: only what the findings hold, in a reader's order."""
    found = report.findings
    principles = rulebook().principles
    known = {p for f in found for p in f.principles}
    severities = {f.severity for f in found}
    return {
        "severity": [s.value for s in sorted(severities, key=lambda s: -s.rank)],
        "principle": [*(p for p in principles if p in known), *sorted(known - {*principles})],
        "certainty": list(dict.fromkeys(f.certainty.value for f in found)),
        "dataset": list(dict.fromkeys(f.dataset for f in found)),
    }
