"""A recording of a body, as its header tells it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Signal:
    """The format, the entities that it holds with a score each, and what it says in words.

    `ranges` bounds what was measured: channels, seconds. `damage` says what is broken.
    """

    format: str
    entities: Mapping[str, float]
    texts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    ranges: Mapping[str, int] = field(default_factory=dict)
    damage: str = ""


def said(texts: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """The texts that say anything: with a letter or digit, and no sign for unknown."""
    kept = {name: " ".join(text.split()) for name, text in texts.items()}
    return {
        name: (text,)
        for name, text in kept.items()
        if any(map(str.isalnum, text)) and text.casefold() not in _UNKNOWN
    }


_UNKNOWN = {
    "x",
    "x x x x",
    "unknown",
    "n/a",
    "none",
    "anonymous",
    "anonymized",
    "startdate x x x x",
}
