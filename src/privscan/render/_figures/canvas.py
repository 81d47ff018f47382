"""The ground that figures are drawn on: texts in one or both languages, bars, marks, lines."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any, Literal

import svg
from markupsafe import Markup, escape

from privscan.render._phrases import shown
from privscan.render._words import LANGUAGES

Words = str | Mapping[str, str]
Anchor = Literal["start", "middle", "end"]

SIZE = 13
"""Units of a letter; smaller ones are `SMALL`."""

SMALL = 11.5

COLOURS = {
    "ink": "#1c232d",
    "quiet": "#566171",
    "line": "#aab1ba",
    "soft": "#e9ebec",
    "paper": "#ffffff",
    "data": "#3d5a80",
    "none_detected": "#2c6946",
    "low": "#1f6580",
    "medium": "#85580a",
    "high": "#ab3d0c",
    "very_high": "#97182c",
    "heat-1": "#f1f4f1",
    "heat-2": "#e6e0cf",
    "heat-3": "#dcc3ab",
    "heat-4": "#cfa29a",
}
"""What each class is where no style sheet speaks; on grey paper the heats rise from light to dark."""

_NARROW = frozenset("iIljtfr.,:;'|!()[]{} -/")
_BROAD = frozenset("mwMW@%&")


class Canvas:
    """Collects what is drawn; the height follows the lowest thing on it."""

    def __init__(self, lang: str, width: float, font: str) -> None:
        self.languages = LANGUAGES if lang == "both" else (lang,)
        self.width = width
        self.height = 0.0
        self._font = font
        self._drawn: list[svg.Element] = []

    def text(  # noqa: PLR0913  where, what, and the four ways in which texts differ
        self,
        x: float,
        y: float,
        words: Words,
        *,
        anchor: Anchor = "start",
        look: str = "ink",
        size: float = SIZE,
        bold: bool = False,
        most: float = float("inf"),
    ) -> None:
        """A line of text on its base line; what is broader than `most` is cut with an ellipsis."""
        said = {lang: cut(_in(words, lang), most, size) for lang in self.languages}
        spans: list[svg.Element] = [
            svg.TSpan(lang=lang, text=_safe(text)) for lang, text in said.items()
        ]
        alike = len({*said.values()}) == 1
        facts: dict[str, Any] = {
            "x": _n(x),
            "y": _n(y),
            "font_size": _n(size),
            "text_anchor": None if anchor == "start" else anchor,
            "font_weight": 600 if bold else None,
        }
        held: Any = {"text": _safe(said[self.languages[0]])} if alike else {"elements": spans}
        self._add(svg.Text(**_fill(look), **facts, **held), y + size / 3)

    def bar(self, x: float, y: float, width: float, height: float, *, look: str = "data") -> None:
        """A filled rectangle."""
        made = svg.Rect(x=_n(x), y=_n(y), width=_n(width), height=_n(height), **_fill(look))
        self._add(made, y + height)

    def hatched(
        self, x: float, y: float, width: float, height: float, *, look: str = "data"
    ) -> None:
        """A rectangle of slanted lines: told from a filled one without colour."""
        path: list[svg.PathData] = []
        for start in range(6, int(width + height), 6):
            low, high = min(start, width), min(start, height)
            path.append(svg.M(_n(x + start - high), _n(y + high)))
            path.append(svg.L(_n(x + low), _n(y + start - low)))
        if path:
            self._add(svg.Path(d=path, **_stroke(look, 1.5)), y + height)
        self.box(x, y, width, height, look=look)

    def box(self, x: float, y: float, width: float, height: float, *, look: str = "line") -> None:
        """An empty rectangle."""
        made = svg.Rect(
            x=_n(x), y=_n(y), width=_n(width), height=_n(height), **_stroke(look, 1), fill="none"
        )
        self._add(made, y + height)

    def line(
        self,
        points: Sequence[tuple[float, float]],
        *,
        look: str = "ink",
        thick: float = 1,
        dashed: bool = False,
    ) -> None:
        """A line through points, whole or dashed."""
        flat: list[Any] = [_n(one) for point in points for one in point]
        dash: Any = [4, 3] if dashed else None
        self._add(
            svg.Polyline(points=flat, fill="none", stroke_dasharray=dash, **_stroke(look, thick)),
            max(y for _, y in points),
        )

    def arc(
        self,
        start: tuple[float, float],
        end: tuple[float, float],
        out: float,
        *,
        thick: float = 1,
        dashed: bool = False,
    ) -> None:
        """A bow to the right between two points above each other, `out` wide."""
        (x, y), (_, last) = sorted((start, end), key=lambda point: point[1])
        half = svg.Arc(_n(out), _n((last - y) / 2), 0, False, True, _n(x), _n(last))  # noqa: FBT003  flags of the format
        dash: Any = [5, 3] if dashed else None
        made = svg.Path(
            d=[svg.M(_n(x), _n(y)), half],
            fill="none",
            stroke_dasharray=dash,
            **_stroke("data", thick),
        )
        self._add(made, max(y, last))

    def polygon(
        self, points: Sequence[tuple[float, float]], *, look: str = "ink", hollow: bool = False
    ) -> None:
        """A closed shape; a hollow one shows what is below its edge's inside in paper."""
        flat: list[Any] = [_n(one) for point in points for one in point]
        paint = _hollow(look) if hollow else _fill(look)
        self._add(svg.Polygon(points=flat, **paint), max(y for _, y in points))

    def dot(
        self, x: float, y: float, radius: float, *, look: str = "ink", hollow: bool = False
    ) -> None:
        """A disc, or a ring."""
        paint = _hollow(look) if hollow else _fill(look)
        self._add(svg.Circle(cx=_n(x), cy=_n(y), r=_n(radius), **paint), y + radius)

    def markup(self, title: Words, about: Words) -> str:
        """All of it as one element, with its name and description for who cannot see it."""
        elements: list[svg.Element] = [
            svg.Title(**self._named(title)),
            svg.Desc(**self._named(about)),
            *self._drawn,
        ]
        made = svg.SVG(
            viewBox=svg.ViewBoxSpec(0, 0, _n(self.width), _n(self.height + 4)),
            width=_n(self.width),
            height=_n(self.height + 4),
            class_=["drawing"],
            extra={"role": "img", "font-family": _safe(self._font)},
            elements=elements,
        )
        return made.as_str()

    def _named(self, words: Words) -> dict[str, Any]:
        """A name in the first language; in both, as attributes, for a page that switches."""
        every = {lang: _safe(_in(words, lang)) for lang in self.languages}
        data = every if len(every) > 1 else None
        return {"text": every[self.languages[0]], "data": data}

    def _add(self, element: svg.Element, bottom: float) -> None:
        self._drawn.append(element)
        self.height = max(self.height, bottom)


def breadth(text: str, size: float = SIZE) -> float:
    """About how many units a text is wide; no font is at hand, so this errs to the wide side."""
    return sum(map(_em, text)) * size


def cut(text: str, most: float, size: float = SIZE) -> str:
    """The text, or its beginning with an ellipsis, within so many units."""
    if breadth(text, size) <= most:
        return text
    kept, room = 0, most / size - 0.9
    for letter in text:
        room -= _em(letter)
        if room < 0:
            break
        kept += 1
    return text[:kept].rstrip() + "…"


def _em(letter: str) -> float:
    if unicodedata.east_asian_width(letter) in "WF":
        return 1.0
    if letter in _NARROW:
        return 0.36
    if letter in _BROAD or unicodedata.category(letter) == "So":
        return 0.95
    return 0.68 if letter.isupper() else 0.58


def _in(words: Words, lang: str) -> str:
    return shown(words if isinstance(words, str) else words[lang])


def _safe(text: str) -> Markup:
    """The library writes texts as they are given: nothing reaches it that is not escaped."""
    return escape(shown(text))


def _n(value: float) -> int | float:
    """A number of at most two decimals, without a needless `.0`."""
    short = round(value, 2)
    return int(short) if short == int(short) else short


def _fill(look: str) -> dict[str, Any]:
    return {"fill": COLOURS[look], "class_": [f"f-{look}"]}


def _stroke(look: str, thick: float) -> dict[str, Any]:
    return {"stroke": COLOURS[look], "stroke_width": _n(thick), "class_": [f"s-{look}"]}


def _hollow(look: str) -> dict[str, Any]:
    drawn = _stroke(look, 1.8)
    return {**drawn, "fill": COLOURS["paper"], "class_": [*drawn["class_"], "f-paper"]}
