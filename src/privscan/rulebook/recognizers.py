"""Recognizers written as data: Presidio's YAML fields, a check digit, and their own examples."""

from __future__ import annotations

import importlib
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

import regex
from pydantic import model_validator

from privscan.errors import RuleError, nearest
from privscan.rulebook._presidio import presidio
from privscan.rulebook._yaml import Document, Path_, read, shaped
from privscan.rulebook.folders import files, rules_folder
from privscan.rulebook.load import by_rules, entries, load
from privscan.rulebook.numbers import THING, Examples
from privscan.rulebook.schema import Entity, Shape, Share, Text

if TYPE_CHECKING:
    from presidio_analyzer import PatternRecognizer


class RegexPattern(Shape):
    """A regex with the score of its matches before any check digit."""

    name: str
    regex: str
    score: Share


class Recognizer(Shape):
    """A Presidio recognizer as data, in Presidio's own fields or as a Python class.

    Ours besides: `about`; `check_digit`, a module of python-stdnum: a passed check digit gives
    score 1, a failed one drops the match; `examples`, which are tests; `python`, as
    `module:Class`, in the place of patterns.
    """

    name: str
    supported_entity: str
    supported_language: str = "en"
    about: Text | None = None
    patterns: tuple[RegexPattern, ...] = ()
    deny_list: tuple[str, ...] = ()
    deny_list_score: Share = 1.0
    context: tuple[str, ...] = ()
    global_regex_flags: int = int(re.DOTALL | re.MULTILINE | re.IGNORECASE)
    check_digit: str = ""
    python: str = ""
    examples: Examples | None = None

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        if bool(self.patterns or self.deny_list) is bool(self.python):
            raise ValueError("give patterns or a deny_list, or else a python class")
        return self

    @property
    def every_pattern(self) -> tuple[RegexPattern, ...]:
        """Its patterns, and that of its deny list as Presidio makes it."""
        if not self.deny_list:
            return self.patterns
        words = "|".join(map(regex.escape, self.deny_list))
        form = rf"(?:^|(?<=\W))({words})(?:(?=\W)|$)"
        return (
            *self.patterns,
            RegexPattern(name="deny_list", regex=form, score=self.deny_list_score),
        )


@by_rules()
def recognizers(folder: Path | None = None) -> tuple[Recognizer, ...]:
    """The recognizers of a rules folder, default the rules in force, in name order."""
    return tuple(sorted((r for r, _, _ in _read(folder)), key=lambda r: r.name))


def _read(folder: Path | None) -> Iterator[tuple[Recognizer, Document, Path_]]:
    for file in files(folder or rules_folder(), "recognizers"):
        document = read(file)
        for at, value in entries(document, "recognizers"):
            yield shaped(Recognizer, value, document, at), document, at


def build(recognizer: Recognizer) -> Any:
    """The Presidio recognizer that this data describes; `RuleError` if its class cannot be had."""
    if recognizer.python:
        return _of_class(recognizer)
    checked = _checked(presidio().PatternRecognizer, recognizer.check_digit)
    pattern = presidio().Pattern
    return checked(
        supported_entity=recognizer.supported_entity,
        name=recognizer.name,
        supported_language=recognizer.supported_language,
        patterns=[pattern(p.name, p.regex, p.score) for p in recognizer.every_pattern],
        context=list(recognizer.context),
        global_regex_flags=recognizer.global_regex_flags,
    )


def _of_class(recognizer: Recognizer) -> Any:
    module, _, name = recognizer.python.partition(":")
    try:
        return getattr(importlib.import_module(module), name)()
    except (ImportError, AttributeError, TypeError) as error:
        what = f"{recognizer.python}: {type(error).__name__}"
        hint = "write module:Class, a class that is made without arguments"
        raise RuleError(what, where=recognizer.name, hint=hint) from error


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


def entity_of(recognizer: Recognizer, entities: Mapping[str, Entity]) -> str | None:
    """The entity that it finds, by our id or by Presidio's name for it; or the thing."""
    name = recognizer.supported_entity
    if name in entities or name.startswith(THING):
        return name
    named = (e.id for e in entities.values() if name in e.presidio)
    return next(named, None)


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
    recognizer: Recognizer, entities: Mapping[str, Entity]
) -> Iterator[tuple[str, Path_, str]]:
    entity = recognizer.supported_entity
    if entity_of(recognizer, entities) is None:
        names = [*entities, *(name for e in entities.values() for name in e.presidio)]
        yield f"no entity is called {entity!r}", ("supported_entity",), nearest(entity, names)
    for i, pattern in enumerate(recognizer.patterns):
        try:
            regex.compile(pattern.regex, recognizer.global_regex_flags)
        except regex.error as error:
            yield f"the regex is wrong: {error}", ("patterns", i, "regex"), ""
            return
    try:
        built = build(recognizer)
    except ModuleNotFoundError:
        hint = "a module of python-stdnum, such as luhn or jp.in_"
        yield f"no check digit is called {recognizer.check_digit!r}", ("check_digit",), hint
        return
    except RuleError as error:
        yield error.what, ("python",), error.hint
        return
    if recognizer.examples is None:
        return
    for kind, texts in (
        ("positive", recognizer.examples.positive),
        ("negative", recognizer.examples.negative),
    ):
        for i, text in enumerate(texts):
            if bool(built.analyze(text, [entity], None)) != (kind == "positive"):
                at: Path_ = ("examples", kind, i)
                yield f"{recognizer.name}: the {kind} example {text!r} is not one", at, ""
