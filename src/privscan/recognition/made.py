"""Recognizers out of Presidio's objects, with what can be computed here told from what cannot."""

from __future__ import annotations

from typing import Any

from privscan.recognition.checks.validators import validator
from privscan.recognition.iban import REGEX
from privscan.recognition.predefined import predefined
from privscan.recognition.recognizer import Judge, Pattern, Recognizer
from privscan.rulebook._presidio import presidio

_SAID = {"patterns", "context", "name", "_id", "supported_language", "supported_entities",
         "global_regex_flags", "version", "is_loaded", "_country_code", "_score_thresholds",
         "deny_list", "deny_list_score"}  # fmt: skip
"""Attributes of a recognizer that are read or that do not bear on its methods."""


def recognizer_of(own: Any) -> Recognizer:
    """The recognizer that asks what this object of Presidio's would; any EntityRecognizer will do."""
    package = presidio()
    facts: dict[str, Any] = {
        "name": own.name,
        "entity": own.supported_entities[0] if own.supported_entities else "",
        "entities": tuple(own.supported_entities),
        "context": tuple(own.context or ()),
        "own": lambda: own,
    }
    classes = package.predefined_recognizers
    if type(own) is classes.PhoneRecognizer:
        regions, leniency = tuple(own.supported_regions), own.leniency
        return Recognizer(
            **facts, patterns=(), judge=Judge.PHONE, regions=regions, leniency=leniency
        )
    base = package.PatternRecognizer
    if not isinstance(own, base):
        return Recognizer(**facts, patterns=(), judge=Judge.OWN)
    flags = int(own.global_regex_flags)
    check = validator(type(own).__name__) if _as_made(own) else None
    usual = (
        {p.regex: p.probes for p in predefined(type(own).__name__, flags).patterns} if check else {}
    )
    patterns = tuple(
        Pattern(p.name, p.regex, p.score, flags, probes=usual.get(p.regex, ()))
        for p in own.patterns
    )

    def has(method: str) -> bool:
        return method in vars(own) or getattr(type(own), method) is not getattr(base, method)

    judge = Judge.PATTERNS
    if type(own) is classes.IbanRecognizer and [p.regex for p in patterns] == [REGEX]:
        judge = Judge.IBAN
    elif has("analyze") or has("enhance_using_context"):
        judge = Judge.OWN
    return Recognizer(
        **facts,
        patterns=patterns,
        judge=judge,
        validates=has("validate_result"),
        invalidates=has("invalidate_result"),
        check=check,
    )


def _as_made(own: Any) -> bool:
    """Whether the object's methods see what those of the class made without arguments would."""
    kind = type(own)
    if getattr(presidio().predefined_recognizers, kind.__name__, None) is not kind:
        return False
    usual, mine = vars(kind()), vars(own)
    return {k: v for k, v in usual.items() if k not in _SAID} == {
        k: v for k, v in mine.items() if k not in _SAID
    }
