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


def rest(about: Text, more: int) -> Text:
    """What the figure shows, and how many things only its table has."""
    if not more:
        return about
    left = both("fig_rest", more)
    return {
        lang: f"{text}{'' if lang == 'ja' else ' '}{left[lang]}" for lang, text in about.items()
    }
