"""What several figures say."""

from __future__ import annotations

from privscan.model.finding import Text
from privscan.render._words import LANGUAGES, both


def alike(text: object) -> Text:
    """A number or a name, the same in each language."""
    return dict.fromkeys(LANGUAGES, str(text))


def named(key: str, name: str) -> Text:
    """The figure's title with the dataset that it is of."""
    return {lang: f"{text}: {name}" for lang, text in both(key).items()}
