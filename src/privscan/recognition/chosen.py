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
    names, recognizer objects, or the path of a YAML file in Presidio's format. Of objects, as
    in Presidio, those for the language; if none is, a `UsageError` says so.
    """
    if recognizers == "presidio":
        named = language_names(language)
        return tuple(predefined(name, REGISTRY_FLAGS, context) for name, context in named)
    if recognizers == "all":
        return tuple(predefined(name, None) for name in known())
    if isinstance(recognizers, str | Path) and str(recognizers) not in known():
        return _for(language, _of_file(Path(recognizers)))
    each: Iterable[Any] = [recognizers]
    if isinstance(recognizers, Iterable) and not isinstance(recognizers, str):
        each = recognizers
    items = list(each)
    objects = iter(_for(language, [item for item in items if not isinstance(item, str)]))
    return (*(_named(item) for item in items if isinstance(item, str)), *objects)


def _named(name: str) -> Recognizer:
    if name not in known():
        hint = nearest(name, known()) or f"{len(known())} are known, such as {known()[0]}"
        raise UsageError(f"no recognizer is called {name!r}", hint=hint)
    return predefined(name, None)


def _for(language: str, objects: Iterable[Any]) -> tuple[Recognizer, ...]:
    """Recognizers of the objects for the language."""
    every = list(objects)
    for one in every:
        if not hasattr(one, "supported_entities"):
            what = f"{type(one).__name__} is no recognizer"
            raise UsageError(what, hint="give a name, or an EntityRecognizer of Presidio's")
    found = tuple(recognizer_of(one) for one in every if one.supported_language == language)
    if every and not found:
        others = ", ".join(sorted({str(one.supported_language) for one in every}))
        what = f"no recognizer given is for the language {language!r}"
        raise UsageError(what, hint=f"they are for {others}: say language=")
    return found


def _of_file(file: Path) -> list[Any]:
    from privscan.rulebook._presidio import presidio

    if not file.is_file():
        hint = nearest(str(file), ["presidio", "all", *known()]) or "presidio, all, or a file"
        raise UsageError(f"no recognizers are called {str(file)!r}", hint=hint)
    registry = presidio().RecognizerRegistry()
    try:
        registry.add_recognizers_from_yaml(str(file))
    except Exception as error:  # noqa: BLE001  whatever a file can be wrong in, it is the user's file
        what = f"Presidio does not read it: {type(error).__name__}: {error}"
        hint = "docs/recognizers.md shows the fields that it takes"
        raise UsageError(what, where=str(file), hint=hint) from None
    return list(registry.recognizers)
