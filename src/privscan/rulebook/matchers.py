"""Presidio's recognizers and ours as vectorised matchers, each bound to an entity of the rules."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Protocol, cast

from privscan.rulebook._presidio import presidio
from privscan.rulebook.compile import Superset, superset
from privscan.rulebook.load import rulebook
from privscan.rulebook.recognizers import build, recognizers

ALONE = 0.5
"""A pattern without a check digit counts on its own from this score; below it, only if the
header names its entity: 9 digits are a social security number nowhere but under that name."""

_EVERYWHERE = frozenset({"CreditCardRecognizer"})
"""Bare digits that count under any header. Other bare numbers with a check digit of mod 10 or
11 are passed by one random number in ten, and every table has numbers."""

_WORDLIKE = frozenset({"vehicle_plate"})
"""Entities whose patterns fit article codes as well; their header must name them."""

_NOT_PERSONAL = frozenset({"UrlRecognizer"})
"""Recognizers whose entity says nothing about a person; a URL becomes one by its header."""

_MASK = re.compile(r"\*{2}|●{2}")

_IGNORE_CASE = 2
"""`re.IGNORECASE` and `regex.IGNORECASE` are both 2."""


class PatternRecognizer(Protocol):
    """What is used of Presidio's class of that name, whose own annotations are partial."""

    name: str
    supported_entities: list[str]
    patterns: list[Any]
    global_regex_flags: int

    def analyze(self, text: str, entities: list[str]) -> list[Any]:
        """Its findings in the text."""


@dataclass(frozen=True, slots=True)
class Matcher:
    """One pattern of one recognizer.

    `alone` says that it may run without a header that names its entity, `nameless` that it may
    where the column has no name at all; `exact` that on ASCII cells the Rust regex is the whole
    answer, with nothing to validate.
    """

    entity: str
    name: str
    score: float
    alone: bool
    nameless: bool
    exact: bool
    form: Superset


@dataclass(frozen=True, slots=True)
class Recognition:
    """A recognizer's finding in a text: its score, and whether it covers the stripped text."""

    entity: str
    score: float
    whole: bool


@cache
def matchers() -> tuple[Matcher, ...]:
    """A matcher for each pattern of each recognizer that names an entity of the rules."""
    return tuple(m for recognizer in bound().values() for m in _matchers(*recognizer))


def recognized(name: str, text: str) -> Recognition | None:
    """The best that the recognizer called `name` finds in the text, by Presidio's own code."""
    recognizer, entity = bound()[name]
    stripped = text.strip()
    left = len(text) - len(text.lstrip())
    found = None
    for result in recognizer.analyze(text, recognizer.supported_entities):
        if _MASK.search(text, result.start, result.end):
            continue  # a***@example.com has the form of an address, and is none any more
        whole = result.start <= left and result.end >= left + len(stripped)
        one = Recognition(entity, result.score, whole)
        if found is None or (one.score, one.whole) > (found.score, found.whole):
            found = one
    return found


@cache
def bound() -> Mapping[str, tuple[PatternRecognizer, str]]:
    """Presidio's recognizers and ours by name, each with the entity of the rules it finds."""
    found: dict[str, tuple[PatternRecognizer, str]] = {}
    meaning = {t: e.id for e in rulebook().entities.values() for t in e.presidio}
    for recognizer in _predefined():
        entity = meaning.get(recognizer.supported_entities[0])
        if entity is not None and recognizer.name not in _NOT_PERSONAL:
            found[recognizer.name] = (recognizer, entity)
    for own in recognizers():
        found[own.name] = (cast("PatternRecognizer", build(own)), own.supported_entity)
    return dict(sorted(found.items()))


def _predefined() -> Iterator[PatternRecognizer]:
    base = presidio().PatternRecognizer
    every = inspect.getmembers(presidio().predefined_recognizers, inspect.isclass)
    for _, found in sorted(every):
        if issubclass(found, base) and found is not base:
            yield cast("type[PatternRecognizer]", found)()


def _matchers(recognizer: PatternRecognizer, entity: str) -> Iterator[Matcher]:
    base = presidio().PatternRecognizer

    def own(method: str) -> bool:
        return getattr(type(recognizer), method) is not getattr(base, method)

    validated = own("validate_result")
    plain = not any(map(own, ("validate_result", "invalidate_result", "analyze")))
    ignore_case = bool(recognizer.global_regex_flags & _IGNORE_CASE)
    for pattern in recognizer.patterns:
        form = superset(pattern.regex, ignore_case=ignore_case)
        alone = (validated or pattern.score >= ALONE) and entity not in _WORDLIKE
        unnamed = validated and entity not in _WORDLIKE
        alone = alone and (not form.bare or recognizer.name in _EVERYWHERE)
        yield Matcher(
            entity, recognizer.name, pattern.score, alone, unnamed, plain and form.exact, form
        )
