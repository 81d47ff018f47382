"""Which datasets share keys: names below each other, a bow for each pair that joins."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from privscan.model.finding import Text
from privscan.model.profile import DatasetProfile, Link
from privscan.render._figures.canvas import SMALL, Canvas, breadth
from privscan.render._figures.figure import Figure
from privscan.render._figures.phrases import alike, rest
from privscan.render._phrases import percent
from privscan.render._words import both

NODES = 16
"""Datasets that are drawn, those with the strongest joins; the table has all."""

LABELLED = 10
"""Pairs up to which each bow is labelled; more would stand on each other."""

LINE = 34
HALF = 0.5


@dataclass(frozen=True, slots=True)
class Pair:
    """Two datasets with the strongest link between them, which leads from `source`."""

    source: str
    target: str
    link: Link


def joins(datasets: Sequence[DatasetProfile]) -> Figure | None:
    """The graph of all links; None where nothing joins."""
    links = [(d.name, link) for d in datasets for link in d.links]
    if not links:
        return None
    pairs = _pairs(links)
    drawn: dict[str, None] = {}
    for pair in pairs:
        both_ends = {pair.source: None, pair.target: None}
        if len(drawn | both_ends) <= NODES:
            drawn |= both_ends
    shown = [p for p in pairs if p.source in drawn and p.target in drawn]
    nodes = len({name for p in pairs for name in (p.source, p.target)})
    more = len(pairs) - len(shown)
    about = both("fig_joins_about", nodes, len(pairs))
    return Figure(
        key="joins",
        title=both("fig_joins"),
        about=rest(about, more),
        heads=tuple(
            map(both, ("fig_from", "column", "fig_to", "column", "containment", "fig_interval"))
        ),
        rows=tuple(_row(name, link) for name, link in links),
        paint=lambda canvas: _paint(canvas, _ordered(shown), shown),
    )


def _pairs(links: Sequence[tuple[str, Link]]) -> list[Pair]:
    """Each pair of datasets once, strongest first."""
    best: dict[frozenset[str], Pair] = {}
    for source, link in links:
        key = frozenset((source, link.dataset))
        if key not in best or best[key].link.containment < link.containment:
            best[key] = Pair(source, link.dataset, link)
    return sorted(best.values(), key=lambda p: (-p.link.containment, p.source, p.target))


def _ordered(pairs: Sequence[Pair]) -> list[str]:
    """Datasets that join stand near each other: each after the first that it joins with."""
    order: list[str] = []
    for pair in pairs:
        for name, other in ((pair.source, pair.target), (pair.target, pair.source)):
            if name not in order:
                order.insert(order.index(other) + 1 if other in order else len(order), name)
    return order


def _row(name: str, link: Link) -> tuple[Text, ...]:
    low, high = map(percent, link.interval)
    return tuple(
        alike(one)
        for one in (
            name, link.column, link.dataset, link.other_column or link.column,
            percent(link.containment), f"{low} – {high}",  # noqa: RUF001  the dash of a range
        )
    )  # fmt: skip


def _paint(canvas: Canvas, order: Sequence[str], pairs: Sequence[Pair]) -> None:
    place = {name: (number + 0.5) * LINE for number, name in enumerate(order)}
    most = canvas.width * 0.48
    left = min(most, max(breadth(name) for name in order)) + 18
    longest = max(abs(place[p.source] - place[p.target]) for p in pairs)
    room = canvas.width - left - 62
    for pair in sorted(pairs, key=lambda p: -abs(place[p.source] - place[p.target])):
        start, end = (left, place[pair.source]), (left, place[pair.target])
        share = pair.link.containment
        out = (0.3 + 0.7 * abs(start[1] - end[1]) / longest) * room
        canvas.arc(start, end, out, thick=1 + 3 * share, dashed=share < HALF)
        _head(canvas, end)
        if len(pairs) <= LABELLED:
            x, y, said = left + out, (start[1] + end[1]) / 2, percent(share)
            canvas.bar(x + 4, y - 7, breadth(said, SMALL), 14, look="paper")
            canvas.text(x + 6, y + 4, said, size=SMALL)
    for name, y in place.items():
        canvas.text(left - 10, y + 4, name, anchor="end", most=most)
        canvas.dot(left, y, 4)


def _head(canvas: Canvas, end: tuple[float, float]) -> None:
    """An arrow that comes in from the right."""
    x, y = end
    canvas.polygon([(x + 4, y), (x + 14, y - 5), (x + 14, y + 5)], look="data")
