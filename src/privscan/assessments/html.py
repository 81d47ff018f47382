"""HTML: one self-contained page in the style of the report's, readable on paper and on a phone."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from jinja2 import Environment
from markupsafe import Markup

from privscan.assessments._document import OUTWARD, sections, title
from privscan.assessments._words import w
from privscan.model.assessment import SCHEMA, Assessment
from privscan.model.finding import Text
from privscan.render import _page, _phrases
from privscan.render._overview import STEPS
from privscan.render._site.pages import Around
from privscan.render._words import LANGUAGES, both
from privscan.render.html import FOLDER as REPORT

PLUGIN = True
SUFFIXES = (".html", ".htm")
PARTS = True
"""Whether it can write a part of the assessment by itself."""

FOLDER = Path(__file__).parent / "_html"


def render(assessment: Assessment, *, lang: str = "en", part: str = "whole") -> str:
    """The page; it holds both languages, opens in the one asked for and switches to the other."""
    return page(assessment, lang, part)


def page(
    assessment: Assessment,
    lang: str,
    part: str = "whole",
    site: Around | None = None,
    note: Text | None = None,
) -> str:
    """The page of an assessment, which may be one of several of a site; `note` says what it lacks."""
    style = _page.asset(REPORT, "page.css") + _page.asset(FOLDER, "assessment.css")
    script = _page.asset(REPORT, "page.js")
    made: str = (
        _environment()
        .get_template("assessment.html")
        .render(
            a=assessment,
            site=site,
            note=note,
            sections=sections(assessment, part),
            title=title(part),
            named=_named(title(part), assessment) if site else title(part),
            outward=part in OUTWARD,
            lang=lang if lang in LANGUAGES else LANGUAGES[0],
            style=Markup(style),  # noqa: S704  our own files
            script=Markup(script),  # noqa: S704  our own file
            policy=_page.policy(style, script),
            schema=SCHEMA,
        )
    )
    return made + "\n"


def _named(text_: Text, assessment: Assessment) -> Text:
    """The title with the dataset, where there is one only."""
    if len(assessment.datasets) != 1:
        return text_
    return {lang: f"{text}: {assessment.datasets[0].dataset}" for lang, text in text_.items()}


@cache
def _environment() -> Environment:
    environment = _page.environment(FOLDER)
    environment.filters["shown"] = _phrases.shown
    environment.globals |= {
        "t": _page.alike,
        "w": w,
        "attributes": _page.attributes,
        "drawn": _page.drawn,
        "captions": both,
        "name": _page.name,
        "STEPS": STEPS,
        "kind": lambda block: type(block).__name__,
    }
    return environment
