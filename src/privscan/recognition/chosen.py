"""Which recognizers are meant: Presidio's own for a language, by name, objects, or a YAML file."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from privscan.errors import UsageError, nearest
from privscan.recognition.made import recognizer_of
from privscan.recognition.predefined import REGISTRY_FLAGS, known, language_names, predefined
from privscan.recognition.recognizer import Recognizer


def chosen(recognizers: object, language: str) -> tuple[Recognizer, ...]:
    """Recognizers in Presidio's order.

    "presidio" is what its registry loads for the language, "all" every predefined one; else
    names, recognizer objects, or the path of a YAML file in Presidio's format.
    """
    if recognizers == "presidio":
        named = language_names(language)
        return tuple(predefined(name, REGISTRY_FLAGS, context) for name, context in named)
    if recognizers == "all":
        return tuple(predefined(name, None) for name in known())
    if isinstance(recognizers, str | Path) and str(recognizers) not in known():
        return _of_file(Path(recognizers))
    each = recognizers if isinstance(recognizers, Iterable) else [recognizers]
    if isinstance(recognizers, str):
        each = [recognizers]
    return tuple(_one(item) for item in each)


def _one(item: Any) -> Recognizer:
    if not isinstance(item, str):
        if not hasattr(item, "supported_entities"):
            what = f"{type(item).__name__} is no recognizer"
            raise UsageError(what, hint="give a name, or an EntityRecognizer of Presidio's")
        return recognizer_of(item)
    if item not in known():
        hint = nearest(item, known()) or "privscan plugins recognizers lists them"
        raise UsageError(f"no recognizer is called {item!r}", hint=hint)
    return predefined(item, None)


def _of_file(file: Path) -> tuple[Recognizer, ...]:
    from privscan.rulebook._presidio import presidio

    if not file.is_file():
        hint = nearest(str(file), ["presidio", "all", *known()]) or "presidio, all, or a file"
        raise UsageError(f"no recognizers are called {str(file)!r}", hint=hint)
    registry = presidio().RecognizerRegistry()
    registry.add_recognizers_from_yaml(str(file))
    return tuple(recognizer_of(own) for own in registry.recognizers)
