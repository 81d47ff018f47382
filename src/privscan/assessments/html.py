"""HTML: one self-contained page in the style of the report's, readable on paper and on a phone."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from jinja2 import Environment
from markupsafe import Markup

from privscan.assessments._document import OUTWARD, sections, title
from privscan.assessments._words import w
from privscan.model.assessment import SCHEMA, Assessment
from privscan.render import _page
from privscan.render._overview import STEPS
from privscan.render._words import LANGUAGES, both
from privscan.render.html import FOLDER as REPORT

PLUGIN = True
SUFFIXES = (".html", ".htm")
PARTS = True
"""Whether it can write a part of the assessment by itself."""

FOLDER = Path(__file__).parent / "_html"


def render(assessment: Assessment, *, lang: str = "en", part: str = "whole") -> str:
    """The page; it holds both languages, opens in the one asked for and switches to the other."""
    style = _page.asset(REPORT, "page.css") + _page.asset(FOLDER, "assessment.css")
    script = _page.asset(REPORT, "page.js")
    page: str = (
        _environment()
        .get_template("assessment.html")
        .render(
            a=assessment,
            sections=sections(assessment, part),
            title=title(part),
            outward=part in OUTWARD,
            lang=lang if lang in LANGUAGES else LANGUAGES[0],
            style=Markup(style),  # noqa: S704  our own files
            script=Markup(script),  # noqa: S704  our own file
            policy=_page.policy(style, script),
            schema=SCHEMA,
        )
    )
    return page + "\n"


@cache
def _environment() -> Environment:
    environment = _page.environment(FOLDER)
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
