"""What pages of HTML share: templates, the policy that keeps them closed, texts in each language."""

from __future__ import annotations

import base64
import hashlib
from functools import cache, lru_cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from privscan.model.finding import Text
from privscan.render import _phrases
from privscan.render._figures import Figure
from privscan.render._words import LANGUAGES


def policy(style: str, script: str) -> str:
    """The content security policy: only this style and this script, and nothing from anywhere."""
    return (
        f"default-src 'none'; style-src '{_digest(style)}'; script-src '{_digest(script)}'; "
        "img-src data:; base-uri 'none'; form-action 'none'"
    )


def _digest(text: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"


@cache
def asset(folder: Path, name: str) -> str:
    """A style or script of ours."""
    return (folder / name).read_text("utf-8")


def environment(folder: Path) -> Environment:
    """The templates of a folder; what they are given is text unless it is marked up."""
    return Environment(
        loader=FileSystemLoader(folder),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def name(text: str) -> Markup:
    """A name from the data, kept apart from the writing around it."""
    return Markup('<bdi class="name" translate="no">{}</bdi>').format(_phrases.shown(text))


def texts(text: Text) -> Markup:
    """The text in each language; the page shows one of them."""
    return _spans(*(text[lang] for lang in LANGUAGES))


@lru_cache(maxsize=1 << 16, typed=True)
def _spans(*said: str) -> Markup:
    """One text in each language, in their order; by type too, for markup equals its bare text."""
    every = (
        f'<span lang="{lang}">{safe(one)}</span>' for lang, one in zip(LANGUAGES, said, strict=True)
    )
    return Markup("".join(every))  # noqa: S704  each is safe


def alike(text: Text) -> Markup:
    """The text in each language; what is alike, as names and numbers are, stands once."""
    if len({*text.values()}) == 1:
        return safe(text[LANGUAGES[0]])
    return texts(text)


def drawn(figure: Figure) -> Markup:
    """The picture in both languages; its library escapes nothing, its canvas everything."""
    return Markup(figure.svg())  # noqa: S704  every text of it went through `escape`


def attributes(text: Text) -> Markup:
    """The text in each language as attributes, for what the script has to say."""
    every = (Markup(' data-{}="{}"').format(lang, safe(text[lang])) for lang in LANGUAGES)
    return Markup("").join(every)


def safe(text: str) -> Markup:
    """A text without anything that would steer the page."""
    return text if isinstance(text, Markup) else escape(_phrases.shown(text))
