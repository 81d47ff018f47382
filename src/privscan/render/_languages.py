"""Documents in one language, or in both at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from privscan.render._words import LANGUAGES


def languages(lang: str) -> tuple[str, ...]:
    """The languages that are written, the Japanese text after the English one."""
    return LANGUAGES if lang == "both" else (lang,)


def opening(lang: str) -> str:
    """The language in which a page opens that holds both."""
    return languages(lang)[0]


def beside(documents: Sequence[Any]) -> Any:
    """One document of the same one in each language: texts that differ stand beside each other."""
    first = documents[0]
    if all(one == first for one in documents):
        return first
    if isinstance(first, Mapping):
        return {key: beside([one[key] for one in documents]) for key in first}
    if isinstance(first, list):
        if len({len(one) for one in documents}) > 1:
            return [item for one in documents for item in one]
        return [beside(items) for items in zip(*documents, strict=True)]
    return " / ".join(map(str, documents))
