"""A picture with its name, what it shows in a sentence, and the table behind it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from privscan.model.finding import Text
from privscan.render._figures.canvas import Canvas

WIDTH = 420
"""Units across, at 13 units a letter: what a phone shows without making letters small."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture of measured values; `heads` and `rows` are its table, and hold all of them."""

    key: str
    title: Text
    about: Text
    heads: tuple[Text, ...]
    rows: tuple[tuple[Text, ...], ...]
    paint: Callable[[Canvas], None]

    def svg(self, lang: str = "both", *, width: int = WIDTH, font: str = "sans-serif") -> str:
        """The picture as one `<svg>` without ids, styles or links, to stand in a page or alone.

        `lang` is en, ja, or both, for a page that shows one of them; texts stay texts. Colours
        are attributes that a style sheet may overrule by class. Same input, same bytes.
        """
        canvas = Canvas(lang, width, font)
        self.paint(canvas)
        return canvas.markup(self.title, self.about)
