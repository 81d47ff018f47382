"""HTML: one self-contained page in the style of the report's, readable on paper and on a phone."""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from privscan.assessments._document import OUTWARD, sections, title
from privscan.assessments._words import w
from privscan.model.assessment import SCHEMA, Assessment
from privscan.model.finding import Text
from privscan.render import _phrases
from privscan.render._overview import STEPS
from privscan.render._words import LANGUAGES
from privscan.render.html import FOLDER as REPORT

PLUGIN = True
SUFFIXES = (".html", ".htm")
PARTS = True
"""Whether it can write a part of the assessment by itself."""

FOLDER = Path(__file__).parent / "_html"

ALIKE = 2
"""Texts that differ between languages; what is alike, as names and numbers are, stands once."""


def render(assessment: Assessment, *, lang: str = "en", part: str = "whole") -> str:
    """The page; it holds both languages, opens in the one asked for and switches to the other."""
    style = _asset(REPORT, "page.css") + _asset(FOLDER, "assessment.css")
    script = _asset(REPORT, "page.js")
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
            policy=_policy(style, script),
            schema=SCHEMA,
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
def _asset(folder: Path, name: str) -> str:
    return (folder / name).read_text("utf-8")


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals |= {
        "t": texts,
        "w": w,
        "attributes": _attributes,
        "name": _name,
        "STEPS": STEPS,
        "kind": lambda block: type(block).__name__,
    }
    return environment


def texts(text: Text) -> Markup:
    """The text in each language, of which the page shows one; what is alike is written once."""
    if len({*text.values()}) < ALIKE:
        return Markup("{}").format(_safe(text[LANGUAGES[0]]))
    every = (
        Markup('<span lang="{}">{}</span>').format(lang, _safe(text[lang])) for lang in LANGUAGES
    )
    return Markup("").join(every)


def _safe(text: str) -> Markup:
    return escape(_phrases.shown(text))


def _name(text: str) -> Markup:
    return Markup('<bdi class="name" translate="no">{}</bdi>').format(_phrases.shown(text))


def _attributes(text: Text) -> Markup:
    every = (Markup(' data-{}="{}"').format(lang, _safe(text[lang])) for lang in LANGUAGES)
    return Markup("").join(every)
