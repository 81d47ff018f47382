"""Presidio's recognizers and ours, each bound to an entity of the rules, and where they may run."""

from __future__ import annotations

import importlib
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, Any

from privscan.errors import RuleError
from privscan.recognition.checks.validators import stdnum_check
from privscan.recognition.made import recognizer_of
from privscan.recognition.predefined import PHONE, known, predefined
from privscan.recognition.recognizer import Judge, Pattern, Recognizer
from privscan.rulebook.load import by_rules, rulebook
from privscan.rulebook.names import header_entities
from privscan.rulebook.recognizers import build, entity_of, recognizers

if TYPE_CHECKING:
    from privscan.rulebook.recognizers import Recognizer as Rule

ALONE = 0.5
"""A pattern without a check digit counts on its own from this score; below it, only if the
header names its entity: 9 digits are a social security number nowhere but under that name."""

_EVERYWHERE = frozenset({"CreditCardRecognizer"})
"""Bare digits that count under any header, also inside a text. Other bare numbers with a check
digit of mod 10 or 11 are passed by one random number in ten, and every table has numbers: where
they fill their cells, detector `numbers` counts them, and chance is known."""

_WORDLIKE = frozenset({"vehicle_plate"})
"""Entities whose patterns fit article codes as well; their header must name them."""

_PLAIN = 0.8
"""Unless the pattern has this score: a kana or a province's sign stands in no article code."""

_NOT_PERSONAL = frozenset({"UrlRecognizer"})
"""Recognizers whose entity says nothing about a person; a URL becomes one by its header."""


@dataclass(frozen=True, slots=True)
class Bound:
    """A recognizer and the entity of the rules that it finds."""

    recognizer: Recognizer
    entity: str


@by_rules()
def bound() -> Mapping[str, Bound]:
    """Pattern recognizers by name whose entity the rules know, in name order."""
    meaning = {t: e.id for e in rulebook().entities.values() for t in e.presidio}
    found: dict[str, Bound] = {}
    for name in known():
        if name != PHONE and name not in _NOT_PERSONAL:
            theirs = predefined(name)
            if theirs.entity in meaning:
                found[name] = Bound(theirs, meaning[theirs.entity])
    entities = rulebook().entities
    for rule in recognizers():
        entity = entity_of(rule, entities)
        if entity is None:
            what = f"no entity is called {rule.supported_entity!r}"
            raise RuleError(what, where=rule.name, hint="privscan rules check shows the place")
        found[rule.name] = Bound(of_rule(rule), entity)
    return dict(sorted(found.items()))


@by_rules(4096)
def bound_for(path: str) -> Sequence[Recognizer]:
    """The recognizers that may run on a column of that path, with the patterns that may."""
    said = frozenset(entity for entity, bits in header_entities(path) if bits > 0)
    return _bound_for(said)


@by_rules()
def _bound_for(said: frozenset[str]) -> Sequence[Recognizer]:
    found = []
    for one in bound().values():
        patterns = tuple(
            pattern
            for pattern in one.recognizer.patterns
            if one.entity in said or _alone(one, pattern)
        )
        if patterns or one.recognizer.judge in {Judge.OWN, Judge.PHONE}:
            found.append(replace(one.recognizer, patterns=patterns))
    return tuple(found)


def _alone(one: Bound, pattern: Pattern) -> bool:
    """Whether the pattern may run without a header that names its entity."""
    telling = one.recognizer.validates or pattern.score >= ALONE
    wordlike = one.entity in _WORDLIKE and pattern.score < _PLAIN
    if not telling or wordlike:
        return False
    # Asked last: a form is made when it is first asked for, and most are never needed.
    bare = pattern.form is not None and pattern.form.bare
    return not bare or one.recognizer.name in _EVERYWHERE


def of_rule(rule: Rule) -> Recognizer:
    """The recognizer that a rule describes; a passed check digit gives 1, a failed one drops."""
    if rule.python:
        return replace(recognizer_of(build(rule)), name=rule.name)
    flags = rule.global_regex_flags
    return Recognizer(
        name=rule.name,
        entity=rule.supported_entity,
        entities=(rule.supported_entity,),
        context=rule.context,
        patterns=tuple(Pattern(p.name, p.regex, p.score, flags) for p in rule.every_pattern),
        judge=Judge.PATTERNS,
        own=_methods(rule.check_digit),
        validates=bool(rule.check_digit),
        check=stdnum_check(rule.check_digit) if rule.check_digit else None,
    )


def _methods(check_digit: str) -> Callable[[], Any]:
    return cache(lambda: _Checked(importlib.import_module(f"stdnum.{check_digit}").is_valid))


@dataclass(frozen=True, slots=True)
class _Checked:
    """The methods of Presidio's that a check digit of python-stdnum stands for."""

    is_valid: Callable[[str], bool]

    def validate_result(self, text: str) -> bool:
        """True if the check digit is right."""
        return bool(self.is_valid(re.sub(r"[\s\-]", "", text)))

    def invalidate_result(self, text: str) -> None:
        """Nothing more is asked."""
