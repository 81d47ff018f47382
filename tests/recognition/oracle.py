"""Presidio's own answers: its AnalyzerEngine without an NLP engine, asked cell by cell."""

from __future__ import annotations

import logging
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from privscan.rulebook._presidio import presidio

Span = tuple[str, int, int, float]
"""Entity, start, end, score."""

Answer = dict[Span, str]
"""The spans of one cell, each with the name of the recognizer that found it."""

WITHOUT_TIMEOUT = 60
"""Presidio gives a regex so many seconds for a cell; what it had not found by then is missing."""


def predefined(language: str = "en") -> list[Any]:
    """What Presidio loads for a language when no NLP engine finds names."""
    registry = presidio().RecognizerRegistry()
    registry.load_predefined_recognizers(languages=[language], nlp_engine=_no_nlp(language))
    return list(registry.recognizers)


def everything(language: str = "en") -> list[Any]:
    """All of Presidio's pattern recognizers and its phone recognizer, as their classes make them.

    Those of other languages are asked too, as if they were made for this one.
    """
    kinds = vars(presidio().predefined_recognizers)
    base, phone = presidio().PatternRecognizer, kinds["PhoneRecognizer"]
    made = [
        kind()
        for name, kind in sorted(kinds.items())
        if isinstance(kind, type) and (issubclass(kind, base) or kind is phone) and kind is not base
    ]
    for recognizer in made:
        recognizer.supported_language = language
    return made


def from_yaml(file: Path) -> list[Any]:
    """The recognizers of a file in Presidio's YAML format."""
    registry = presidio().RecognizerRegistry()
    registry.add_recognizers_from_yaml(file)
    return list(registry.recognizers)


class Oracle:
    """Asks Presidio's AnalyzerEngine with the given recognizers, default the predefined ones."""

    def __init__(self, recognizers: Sequence[Any] | None = None, language: str = "en") -> None:
        self.recognizers = predefined(language) if recognizers is None else list(recognizers)
        self.language = language
        self._engine = presidio().AnalyzerEngine(
            registry=presidio().RecognizerRegistry(
                recognizers=self.recognizers, supported_languages=[language]
            ),
            nlp_engine=_no_nlp(language),
            supported_languages=[language],
        )

    def answer(
        self, text: str, *, score_threshold: float = 0.0, context: Sequence[str] = ()
    ) -> Answer:
        """The spans that Presidio finds in a text."""
        found = self._engine.analyze(
            text, self.language, score_threshold=score_threshold, context=list(context)
        )
        name = presidio().RecognizerResult.RECOGNIZER_NAME_KEY
        return {
            (r.entity_type, r.start, r.end, r.score): (r.recognition_metadata or {}).get(name, "")
            for r in found
        }


def _no_nlp(language: str) -> Any:
    from presidio_analyzer.nlp_engine import NoOpNlpEngine

    return NoOpNlpEngine(models=[{"lang_code": language, "model_name": "none"}])


@contextmanager
def regex_seconds(seconds: int) -> Iterator[list[str]]:
    """Give each of Presidio's regexes less time for a cell; yields the patterns that ran out."""
    module: Any = sys.modules[presidio().PatternRecognizer.__module__]
    log, ran_out = logging.getLogger("presidio-analyzer"), _Names()
    log.addHandler(ran_out)
    module.REGEX_TIMEOUT_SECONDS = seconds
    try:
        yield ran_out.names
    finally:
        module.REGEX_TIMEOUT_SECONDS = WITHOUT_TIMEOUT
        log.removeHandler(ran_out)


class _Names(logging.Handler):
    """Collects the names of patterns whose time ran out."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.names: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        if "timed out" in str(record.msg):
            self.names.append(str(record.args[0]))
