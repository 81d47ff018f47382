"""Recognizers as users write them, and as nobody should: every corner of Presidio's door."""

# ruff: noqa: ARG002  Presidio names its methods' arguments

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

import regex
from odd_patterns import DENIED, EXPONENTIAL, FLAGS, HUGE, SYNTAX

from privscan.rulebook._presidio import presidio


def syntax_recognizers(flags: str = "default") -> list[Any]:
    """One recognizer a regex of SYNTAX, leaving out what the flags do not allow."""
    return [_one(name, rx, FLAGS[flags]) for name, rx in SYNTAX.items() if _valid(rx, FLAGS[flags])]


def exponential_recognizers() -> list[Any]:
    """One recognizer a regex of EXPONENTIAL."""
    return [_one(name, rx, FLAGS["default"]) for name, rx in EXPONENTIAL.items()]


def huge_recognizers() -> list[Any]:
    """One recognizer a regex of HUGE."""
    return [_one(name, rx, FLAGS["default"]) for name, rx in HUGE.items()]


def _valid(rx: str, flags: int) -> bool:
    try:
        regex.compile(rx, flags)
    except regex.error:
        return False
    return True


def _one(name: str, rx: str, flags: int) -> Any:
    pattern = presidio().Pattern(name, rx, 0.3)
    return _made(name, [pattern], flags, context=["id", "Straße", "K"])


def _made(name: str, patterns: Sequence[Any] | None, flags: int, **more: Any) -> Any:
    entity = more.pop("entity", name.upper().replace(" ", "_"))
    return presidio().PatternRecognizer(
        entity, name=name, patterns=patterns, global_regex_flags=flags, **more
    )


def deny_lists() -> list[Any]:
    """Deny lists of every kind, cased and not."""
    return [
        _made(f"deny {i} {flags}", None, FLAGS[flags], deny_list=list(words), deny_list_score=score)
        for i, words in enumerate(DENIED)
        for flags, score in (("default", 1.0), ("cased", 0.5))
    ]


def quarrelling() -> list[Any]:
    """Several recognizers of one entity, with overlaps, ties and scores at the ends."""
    pattern, flags = presidio().Pattern, FLAGS["default"]
    return [
        _made("first", [pattern("a", r"\d{4}", 0.5), pattern("b", r"\d{2}", 0.5)], flags, entity="N"),
        _made("second", [pattern("a", r"\d{4,6}", 0.4), pattern("b", r"\d{4}", 0.5)], flags, entity="N"),
        _made("third", [pattern("a", r"[\d-]{3,}", 0.0), pattern("b", r"\d-", 1.0)], flags, entity="N",
              context=["", "id"]),
        _made("fourth", [pattern("a", r"\w{3,}", 0.05), pattern("b", r"\w+ \w+", 0.05)], flags,
              entity="N", context=["ID", "pin"]),
        _made("fifth", [pattern("a", r"\d+", 0.7)], flags, entity="US_SSN", context=["pin code"]),
        _made("German", [pattern("a", r"\w+", 1.0)], flags, entity="N", supported_language="de"),
        *of_presidio("UsSsnRecognizer", "UsBankRecognizer"),
    ]  # fmt: skip


def of_presidio(*names: str, language: str | None = None) -> list[Any]:
    """Presidio's recognizers of those class names, as their constructors make them."""
    made = [getattr(presidio().predefined_recognizers, name)() for name in names]
    for recognizer in made:
        recognizer.supported_language = language or recognizer.supported_language
    return made


def changed_predefined() -> list[Any]:
    """Presidio's own recognizers with other arguments than its registry gives them."""
    presidio()
    from presidio_analyzer import predefined_recognizers as known

    bare = known.UsSsnRecognizer()
    bare.context = None
    cased = known.IbanRecognizer(supported_entity="IBAN_CASED")
    cased.global_regex_flags = FLAGS["none"]
    more = known.CreditCardRecognizer(supported_entity="CARD_OR_FOUR")
    more.patterns = [*more.patterns, presidio().Pattern("four", r"\b\d{4}\b", 0.2)]
    return [
        bare,
        cased,
        more,
        known.CreditCardRecognizer(
            replacement_pairs=[("-", ""), (" ", ""), (".", "")], supported_entity="CARD"
        ),
        known.IbanRecognizer(exact_match=True, supported_entity="IBAN_EXACT"),
        known.IbanRecognizer(replacement_pairs=[("-", ""), (" ", ""), ("_", "")]),
        known.NhsRecognizer(replacement_pairs=[("-", "")], context=["patient"]),
        known.DateRecognizer(context=["id"], supported_entity="WHEN"),
        known.UrlRecognizer(supported_entity="LINK", context=["id"]),
        known.EmailRecognizer(patterns=[presidio().Pattern("any", r"\S+@\S+\.\w+", 0.1)]),
    ]


def phone_recognizers() -> list[Any]:
    """Phone recognizers of other regions and leniencies, each with an entity of its own."""
    presidio()
    from presidio_analyzer.predefined_recognizers import PhoneRecognizer

    chosen = (
        (("JP", "AU"), 1), (("US",), 0), (("DE", "GB"), 2), (("FR", "US", "IN"), 3), (("CH", "IT"), 1),
    )  # fmt: skip
    return [
        PhoneRecognizer(
            supported_regions=regions, leniency=leniency, supported_entity=f"PHONE_{i}",
            name=f"phone {'+'.join(regions)} {leniency}", context=["id"],
        )
        for i, (regions, leniency) in enumerate(chosen)
    ]  # fmt: skip


def validating() -> list[Any]:
    """Classes of users' with checks of their own, and one of Presidio's with its check taken out."""
    presidio()
    from presidio_analyzer import Pattern, PatternRecognizer
    from presidio_analyzer.predefined_recognizers import CreditCardRecognizer, UuidRecognizer

    class Even(PatternRecognizer):
        def validate_result(self, pattern_text: str) -> bool | None:
            digits = [c for c in pattern_text if c.isdigit()]
            return None if "7" in digits else len(digits) % 2 == 0

    class NoZero(PatternRecognizer):
        def invalidate_result(self, pattern_text: str) -> bool | None:
            return "0" in pattern_text or None

    class Both(PatternRecognizer):
        def validate_result(self, pattern_text: str) -> bool | None:
            return pattern_text.isupper() or None

        def invalidate_result(self, pattern_text: str) -> bool | None:
            return len(pattern_text) > 6

    class Unchecked(CreditCardRecognizer):
        def validate_result(self, pattern_text: str) -> bool | None:
            return None

    class Stricter(UuidRecognizer):
        def invalidate_result(self, pattern_text: str) -> bool | None:
            return pattern_text[0] in "abcABC"

    def own(kind: type[Any], rx: str, score: float) -> Any:
        name = kind.__name__
        return kind(name.upper(), patterns=[Pattern(name, rx, score)], name=name, context=["id"])

    return [
        own(Even, r"\d[\d -]*\d", 0.2),
        own(NoZero, r"\b\w*\d\w*\b", 0.6),
        own(Both, r"[^\W\d]\w+", 0.0),
        Unchecked(supported_entity="CARD_UNCHECKED", name="Unchecked"),
        Stricter(supported_entity="UUID_STRICT", name="Stricter"),
    ]


def own_analyzers() -> list[Any]:
    """Recognizers that are no PatternRecognizer: they answer with code of their own."""
    presidio()
    from presidio_analyzer import EntityRecognizer, RecognizerResult

    class Words(EntityRecognizer):
        """Long words and long numbers, as two entities; one result with no metadata at all."""

        def load(self) -> None:
            return None

        def analyze(self, text: str, entities: list[str], nlp_artifacts: Any = None) -> list[Any]:
            found = []
            for match in regex.finditer(r"\S+", text):
                entity = self.supported_entities[match[0].isdecimal()]
                if len(match[0]) > 2:
                    found.append(RecognizerResult(entity, match.start(), match.end(), 0.3))
                    found.append(RecognizerResult(entity, match.start(), match.end() - 1, 0.3))
            return found

    class Nothing(Words):
        """Finds nothing, and says so with None."""

        def analyze(self, text: str, entities: list[str], nlp_artifacts: Any = None) -> list[Any]:
            return None

    return [
        Words(["LONG_WORD", "LONG_NUMBER"], name="words", supported_language="en"),
        Nothing(["NOTHING"], name="nothing", supported_language="en"),
    ]


YAML = r"""
recognizers:
  - name: Zip code Recognizer
    supported_language: en
    supported_entity: ZIP
    patterns:
      - {name: zip, regex: '(\b\d{5}(?:\-\d{4})?\b)', score: 0.01}
      - {name: wide, regex: '〒?\d{3}-\d{4}', score: 0.4}
    context: [zip, code, 郵便]
  - name: Titles recognizer
    supported_language: en
    supported_entity: TITLE
    deny_list: [Mr., Mrs., Ms., Dr., 様]
  - name: Only German
    supported_language: de
    supported_entity: GERMAN
    patterns: [{name: any, regex: '\w+', score: 1.0}]
"""


def yaml_recognizers(folder: Path) -> Path:
    """A file in Presidio's YAML format; one of its recognizers is for another language."""
    file = folder / "recognizers.yaml"
    file.write_text(YAML, "utf-8")
    return file


@cache
def odd_sets() -> dict[str, list[Any]]:
    """Every set of recognizers of this file that answers in a moment, by name."""
    return {
        **{f"syntax, flags {name}": syntax_recognizers(name) for name in FLAGS},
        "deny lists": deny_lists(),
        "quarrelling": quarrelling(),
        "changed predefined": changed_predefined(),
        "phones": phone_recognizers(),
        "validating": validating(),
        "own analyzers": own_analyzers(),
        "huge": huge_recognizers(),
    }
