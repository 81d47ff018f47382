"""How many people share their quasi-identifiers with how many others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from privscan.model.finding import Text
from privscan.model.profile import QuasiIdentifiers
from privscan.render._figures.canvas import SMALL, Canvas
from privscan.render._figures.figure import Figure
from privscan.render._figures.phrases import alike, named
from privscan.render._phrases import listed, percent
from privscan.render._words import LANGUAGES, both
from privscan.rulebook.load import rulebook

EDGES = (1, 2, 3, 5, 11, 21, 51, 101, 1001)
"""Where a bar of the histogram begins; the next one's beginning ends it."""

LINE = 26
LEFT = 84
RIGHT = 112


@dataclass(frozen=True, slots=True)
class Bin:
    """Classes from `low` to `high` people (None: and more), and the people in them."""

    low: int
    high: int | None
    people: int

    @property
    def name(self) -> str:
        """The sizes, as a reader writes them."""
        if self.high is None:
            return f"{self.low:,}+"
        return f"{self.low:,}" if self.low == self.high else f"{self.low:,}–{self.high:,}"  # noqa: RUF001  the dash of a range


def class_sizes(group: QuasiIdentifiers, dataset: str) -> Figure | None:
    """The histogram of one set of quasi-identifiers; None where no class was measured."""
    people = sum(n for _, n in group.class_sizes)
    if not people:
        return None
    least = rulebook().scoring.k_star[0][1]
    below = sum(n for k, n in group.class_sizes if k < least) / people
    bins = _bins(group.class_sizes, least)
    facts = (f"{least:,}", percent(below), f"{group.k_min:,}")
    return Figure(
        key="classes",
        title=named("fig_classes", dataset),
        about={
            lang: both("fig_classes_about", listed(group.columns, lang), *facts)[lang]
            for lang in LANGUAGES
        },
        heads=(both("fig_k"), both("fig_people"), both("fig_people_share")),
        rows=tuple(_row(one, people) for one in bins),
        paint=lambda canvas: _paint(canvas, bins, people, least),
    )


def _bins(sizes: Sequence[tuple[int, int]], least: int) -> list[Bin]:
    """Bars up to the largest class; the least size that hides a person begins one."""
    starts = sorted({*EDGES, least})
    ends: list[int | None] = [later - 1 for _, later in pairwise(starts)]
    made = [
        Bin(low, high, sum(n for k, n in sizes if low <= k and (high is None or k <= high)))
        for low, high in zip(starts, [*ends, None], strict=True)
    ]
    last = max(number for number, one in enumerate(made) if one.people)
    return made[: max(last, starts.index(least)) + 1]


def _row(one: Bin, people: int) -> tuple[Text, ...]:
    return alike(one.name), alike(f"{one.people:,}"), alike(percent(one.people / people))


def _paint(canvas: Canvas, bins: Sequence[Bin], people: int, least: int) -> None:
    room = canvas.width - LEFT - RIGHT
    canvas.text(LEFT - 10, 12, "k", anchor="end", look="quiet", size=SMALL)
    canvas.text(LEFT, 12, both("fig_people"), look="quiet", size=SMALL)
    most = max(one.people for one in bins)
    for number, one in enumerate(bins):
        top = 22 + number * LINE
        length = one.people / most * room
        canvas.text(LEFT - 10, top + 14, one.name, anchor="end")
        if length:
            draw = canvas.hatched if one.low < least else canvas.bar
            draw(LEFT, top, max(length, 2), LINE - 7, look="data")
        said = f"{one.people:,} ({percent(one.people / people)})"
        canvas.text(LEFT + length + 7, top + 14, said, size=SMALL)
        if one.low == least:
            canvas.line([(0, top - 4), (canvas.width, top - 4)], dashed=True)
            words = both("fig_least", f"{least:,}")
            canvas.text(canvas.width, top - 8, words, anchor="end", look="quiet", size=SMALL)
    canvas.line([(LEFT, 18), (LEFT, 22 + len(bins) * LINE)], look="quiet")
