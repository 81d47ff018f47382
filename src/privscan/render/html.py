"""HTML: one self-contained page for people, in both languages, that loads nothing.

Its templates, style and script stand in `_html/`: a folder `html/` beside this module would
read as a package of the same name.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable, Mapping
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from privscan.model.finding import Finding, Text
from privscan.model.profile import Risk
from privscan.model.report import SCHEMA, Report
from privscan.render import _formats, _overview, _phrases
from privscan.render._sentences import LIMITS
from privscan.render._words import LANGUAGES, WORDS, both
from privscan.rulebook.load import rulebook

PLUGIN = True
SUFFIXES = (".html", ".htm")

MEASURES = 5
"""Pieces of advice at the top; the findings have all."""

FOLDER = Path(__file__).parent / "_html"


def render(report: Report, *, lang: str = "en") -> str:
    """The page; it opens in the language asked for and switches to the other."""
    style, script = _asset("page.css"), _asset("page.js")
    page: str = (
        _environment()
        .get_template("page.html")
        .render(
            report=report,
            lang=lang,
            style=Markup(style),  # noqa: S704  our own file
            script=Markup(script),  # noqa: S704  our own file
            policy=_policy(style, script),
            schema=SCHEMA,
            cuts={level.value: cut for level, cut in rulebook().scoring.cuts.items()},
            measures=_overview.measures(report, MEASURES),
            questions=_overview.questions(report),
            read=_overview.read(report),
            unread=_overview.unread(report),
            decision=_overview.decision(report),
            in_part=_overview.in_part(report),
            limits=[dict(zip(LANGUAGES, pair, strict=True)) for pair in LIMITS],
            used=_used(report),
            principles=_principles(report),
            anchors={d.name: f"dataset-{i}" for i, d in enumerate(report.datasets, 1)},
        )
    )
    return page + "\n"


def _policy(style: str, script: str) -> str:
    """The content security policy: only this style and this script, and nothing from anywhere."""
    return (
        f"default-src 'none'; style-src '{_digest(style)}'; script-src '{_digest(script)}'; "
        "img-src data:; base-uri 'none'; form-action 'none'"
    )


def _digest(text: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"


@cache
def _asset(name: str) -> str:
    return (FOLDER / name).read_text("utf-8")


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "name": _name,
        "shown": _phrases.shown,
        "percent": _phrases.percent,
        "size": _phrases.size,
    }
    environment.tests["believed"] = _overview.found
    environment.globals |= {
        "t": _said,
        "texts": _texts,
        "n": _count,
        "word": _words_of(_phrases.entity),
        "principle": _words_of(_phrases.principle),
        "why": _words_of(_phrases.why),
        "clause": _words_of(_phrases.clause),
        "threshold": _words_of(_phrases.threshold),
        "measured": _measured,
        "formed": _words_of(_formats.formed),
        "in_words": _words_of(_phrases.in_part),
        "attributes": _attributes,
        "pairs": both,
        "steps": _steps,
        "STEPS": _overview.STEPS,
        "found": _overview.found,
        "suspected": _overview.suspected,
        "placed": _overview.placed,
        "unplaced": _overview.unplaced,
        "known": WORDS.__contains__,
    }
    return environment


def _name(text: str) -> Markup:
    """A name from the data, kept apart from the writing around it."""
    return Markup('<bdi class="name" translate="no">{}</bdi>').format(_phrases.shown(text))


def _texts(text: Text) -> Markup:
    """The text in each language; the page shows one of them."""
    every = (
        Markup('<span lang="{}">{}</span>').format(lang, _safe(text[lang])) for lang in LANGUAGES
    )
    return Markup("").join(every)


@lru_cache(maxsize=2048)
def _said(key: str, *values: str) -> Markup:
    """A word in each language; a page says the same few some thousand times."""
    return _texts(both(key, *values))


def _safe(text: str) -> Markup:
    return text if isinstance(text, Markup) else escape(_phrases.shown(text))


def _words_of(say: Callable[[Any, str], str]) -> Callable[[Any], Markup]:
    """A phrase that takes a language, as one that says it in both."""
    return lambda value: _texts({lang: say(value, lang) for lang in LANGUAGES})


def _measured(finding: Finding) -> list[Markup]:
    facts = (_phrases.measured(finding, lang) for lang in LANGUAGES)
    return [_texts(dict(zip(LANGUAGES, pair, strict=True))) for pair in zip(*facts, strict=True)]


def _attributes(text: Text) -> Markup:
    """The text in each language as attributes, for what the script has to say."""
    every = (Markup(' data-{}="{}"').format(lang, _safe(text[lang])) for lang in LANGUAGES)
    return Markup("").join(every)


def _count(key: str, count: int) -> Markup:
    return _texts({lang: _phrases.number(key, count, lang) for lang in LANGUAGES})


def _principles(report: Report) -> Mapping[str, Text]:
    found = {p for f in report.findings for p in f.principles}
    return {p: {lang: _phrases.principle(p, lang) for lang in LANGUAGES} for p in found}


def _steps(risk: Risk) -> list[dict[str, Any]]:
    """The bars of the waterfall with where each one starts."""
    steps, start = [], 0.0
    for step in risk.waterfall:
        steps.append(
            {"name": step.name, "why": step.why, "points": step.points, "start": round(start, 2)}
        )
        start += step.points
    return steps


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
