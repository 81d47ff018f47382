"""Recognizers written as data: Presidio's YAML fields, a check digit, and their own examples."""

from __future__ import annotations

import importlib
import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import Field

from privscan.errors import RuleError, nearest
from privscan.rulebook._presidio import presidio
from privscan.rulebook._yaml import Document, Path_, read, shaped
from privscan.rulebook.load import entries, load, rules_folder
from privscan.rulebook.schema import Shape, Share, Text

if TYPE_CHECKING:
    from presidio_analyzer import PatternRecognizer


class RegexPattern(Shape):
    """A regex with the score of its matches before any check digit."""

    name: str
    regex: str
    score: Share


class Examples(Shape):
    """Texts in which the recognizer must find something, and texts in which it must not."""

    positive: tuple[str, ...] = Field(min_length=1)
    negative: tuple[str, ...] = Field(min_length=1)


class Recognizer(Shape):
    """A Presidio PatternRecognizer as data; `check_digit` names a module of python-stdnum.

    A passed check digit gives score 1, a failed one drops the match, as in Presidio.
    """

    name: str
    supported_entity: str
    supported_language: str
    about: Text
    patterns: tuple[RegexPattern, ...] = Field(min_length=1)
    context: tuple[str, ...] = ()
    check_digit: str = ""
    examples: Examples


@cache
def recognizers(folder: Path | None = None) -> tuple[Recognizer, ...]:
    """The recognizers of a rules folder, default the rules in force, in name order."""
    return tuple(sorted((r for r, _, _ in _read(folder)), key=lambda r: r.name))


def _read(folder: Path | None) -> Iterator[tuple[Recognizer, Document, Path_]]:
    for file in sorted(((folder or rules_folder()) / "recognizers").glob("*.yaml")):
        document = read(file)
        for at, value in entries(document, "recognizers"):
            yield shaped(Recognizer, value, document, at), document, at


def build(recognizer: Recognizer) -> PatternRecognizer:
    """The Presidio recognizer that this data describes."""
    checked = _checked(presidio().PatternRecognizer, recognizer.check_digit)
    pattern = presidio().Pattern
    built: PatternRecognizer = checked(
        supported_entity=recognizer.supported_entity,
        name=recognizer.name,
        supported_language=recognizer.supported_language,
        patterns=[pattern(p.name, p.regex, p.score) for p in recognizer.patterns],
        context=list(recognizer.context),
        # Presidio matches case-insensitively by default; these patterns say their case.
        global_regex_flags=re.DOTALL | re.MULTILINE,
    )
    return built


def _checked(base: type[PatternRecognizer], check_digit: str) -> type[PatternRecognizer]:
    if not check_digit:
        return base
    check = importlib.import_module(f"stdnum.{check_digit}").is_valid

    class Checked(base):  # type: ignore[misc, valid-type]
        """A match counts only with its check digit."""

        def validate_result(self, pattern_text: str) -> bool:
            """True if the check digit is right."""
            return bool(check(re.sub(r"[\s\-]", "", pattern_text)))

    return Checked


def check_recognizers(folder: Path) -> list[RuleError]:
    """What is wrong with a folder's recognizers: shape, entity, regex, check digit, examples."""
    errors: list[RuleError] = []
    try:
        read_all = list(_read(folder))
        entities = load(folder).entities
    except RuleError as error:
        return [error]
    for recognizer, document, at in read_all:
        for what, where, hint in _wrong(recognizer, entities):
            errors.append(RuleError(what, where=document.where((*at, *where)), hint=hint))
    return errors


def _wrong(
    recognizer: Recognizer, entities: Mapping[str, object]
) -> Iterator[tuple[str, Path_, str]]:
    entity = recognizer.supported_entity
    if entity not in entities:
        hint = nearest(entity, entities)
        yield f"no entity is called {entity!r}", ("supported_entity",), hint
    for i, pattern in enumerate(recognizer.patterns):
        try:
            re.compile(pattern.regex)
        except re.error as error:
            yield f"the regex is wrong: {error.msg}", ("patterns", i, "regex"), ""
            return
    try:
        built = build(recognizer)
    except ModuleNotFoundError:
        hint = "a module of python-stdnum, such as luhn or jp.in_"
        yield f"no check digit is called {recognizer.check_digit!r}", ("check_digit",), hint
        return
    for kind, texts in (
        ("positive", recognizer.examples.positive),
        ("negative", recognizer.examples.negative),
    ):
        for i, text in enumerate(texts):
            if bool(built.analyze(text, [entity])) != (kind == "positive"):
                at: Path_ = ("examples", kind, i)
                yield f"{recognizer.name}: the {kind} example {text!r} is not one", at, ""
