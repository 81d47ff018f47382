"""What a column of a made table is: its heading, its label, and the function that fills it.

A field's function is called once for a column, fixes its format, and returns a function of the
person. Where the values alone could never tell what they are, it returns it with `False`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from made.draw import Draw

NONE = "NONE"
DOUBTFUL = "?"
"""Label of a column that careful people label differently; it counts nowhere."""


@dataclass(frozen=True)
class Person:
    """Whose row it is; a row of a thing uses the index alone."""

    index: int
    given: str = ""
    family: str = ""
    female: bool = False
    born: date = date(1980, 1, 1)


Cell = Callable[[Person], str]
Made = Cell | tuple[Cell, bool]


@dataclass(frozen=True)
class Field:
    """A kind of column: the words that head it, its label, and what makes its cells."""

    heading: str
    label: str
    make: Callable[[Draw], Made]


FIELDS: dict[str, Field] = {}


def column(
    name: str, label: str, heading: str | None = None
) -> Callable[[Callable[[Draw], Made]], Callable[[Draw], Made]]:
    """Register the function under it as a field."""

    def keep(make: Callable[[Draw], Made]) -> Callable[[Draw], Made]:
        FIELDS[name] = Field(heading or name, label, make)
        return make

    return keep


DATES = {
    "en": ("%Y-%m-%d", "%m/%d/%Y", "%d %b %Y", "%d/%m/%Y", "%Y%m%d"),
    "ja": ("%Y/%m/%d", "%Y-%m-%d", "%Y年%m月%d日", "era"),
    "de": ("%d.%m.%Y", "%Y-%m-%d", "%d.%m.%y"),
    "fr": ("%d/%m/%Y", "%Y-%m-%d"),
    "nl": ("%d-%m-%Y", "%Y-%m-%d"),
    "ko": ("%Y.%m.%d", "%Y-%m-%d", "%y%m%d"),
    "zh": ("%Y-%m-%d", "%Y年%m月%d日", "%Y/%m/%d"),
}


def dated(draw: Draw) -> Callable[[date], str]:
    """A way to write dates in the language."""
    form = draw.pick(DATES.get(draw.language, ("%d/%m/%Y", "%Y-%m-%d")))
    return _era if form == "era" else lambda day: day.strftime(form)


def _era(day: date) -> str:
    eras = (("令和", 2019), ("平成", 1989), ("昭和", 1926))
    name, first = next(((n, y) for n, y in eras if day.year >= y), ("大正", 1912))
    return f"{name}{day.year - first + 1}年{day.month}月{day.day}日"


def moment(draw: Draw) -> Callable[[], datetime]:
    """Moments of the last years."""
    start = datetime(2019, 1, 1)  # noqa: DTZ001  times in tables have no zone
    return lambda: start + timedelta(seconds=draw.rng.randrange(200_000_000))


def worded(name: str, label: str, *, bare: bool = True) -> None:
    """Register a column of words of one vocabulary, some of them frequent."""

    def make(draw: Draw) -> Made:
        words = draw.words(name)
        if isinstance(words[0], list):
            words = draw.pick(words)
        weights = [1 / (1 + n) for n in range(len(words))]
        return lambda _: draw.rng.choices(words, weights)[0], bare

    FIELDS[name] = Field(name, label, make)
