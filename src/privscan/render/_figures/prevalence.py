"""How many cells of each column show each kind of data, with its interval."""

from __future__ import annotations

from collections.abc import Sequence

from privscan.model.finding import Text
from privscan.model.kinds import State
from privscan.model.profile import DatasetProfile, EntityProfile
from privscan.render import _overview
from privscan.render._figures.canvas import SMALL, Canvas, breadth
from privscan.render._figures.figure import Figure
from privscan.render._figures.phrases import alike, named, rest
from privscan.render._phrases import entity, gravity, percent
from privscan.render._words import LANGUAGES, both

DRAWN = 14
"""Rows that are drawn, the gravest kinds of data first; the table has all."""

LINE = 40
EDGE = 6


def prevalence(dataset: DatasetProfile) -> Figure | None:
    """What the columns are believed to hold and how much of it; None where nothing is."""
    found = [(c.path, e) for c in dataset.columns for e in _overview.found(c)]
    if not found:
        return None
    gravest = sorted(found, key=lambda one: -gravity(one[1].entity))
    drawn = gravest[:DRAWN]
    more = len(found) - len(drawn)
    about = both("fig_prevalence_about")
    return Figure(
        key="prevalence",
        title=named("fig_prevalence", dataset.name),
        about=rest(about, more),
        heads=tuple(map(both, ("column", "entity", "fig_share", "fig_interval", "cells", "state"))),
        rows=tuple(_row(path, one) for path, one in gravest),
        paint=lambda canvas: _paint(canvas, drawn),
    )


def _row(path: str, one: EntityProfile) -> tuple[Text, ...]:
    low, high = map(percent, one.interval)
    state = both("leak") if one.leak else both(one.state.value)
    share = alike(percent(one.share))
    return (
        alike(path), _label(one), share, alike(f"{low} – {high}"), alike(f"{one.cells:,}"), state,  # noqa: RUF001  the dash of a range
    )  # fmt: skip


def _label(one: EntityProfile) -> Text:
    return {lang: entity(one.entity, lang) for lang in LANGUAGES}


def _paint(canvas: Canvas, found: Sequence[tuple[str, EntityProfile]]) -> None:
    scale = canvas.width - 2 * EDGE
    bottom = LINE * len(found) + 4
    for tenth in range(0, 101, 25):
        x = EDGE + tenth / 100 * scale
        canvas.line([(x, 0), (x, bottom)], look="line", dashed=True)
        anchor = "start" if tenth == 0 else "end" if tenth == 100 else "middle"  # noqa: PLR2004  the ends of the scale
        edge = {"start": 0.0, "middle": x, "end": canvas.width}[anchor]
        canvas.text(edge, bottom + 14, f"{tenth} %", anchor=anchor, size=SMALL, look="quiet")  # type: ignore[arg-type]
    for number, (path, one) in enumerate(found):
        top = number * LINE
        share = percent(one.share)
        room = canvas.width - breadth(share) - 14
        canvas.bar(0, top + 2, canvas.width, 16, look="paper")
        label = {lang: f"{path} · {text}" for lang, text in _label(one).items()}
        canvas.text(0, top + 15, label, most=room)
        canvas.text(canvas.width, top + 15, share, anchor="end")
        _mark(canvas, one, scale, top + 27)


def _mark(canvas: Canvas, one: EntityProfile, scale: float, y: float) -> None:
    low, high = (EDGE + end * scale for end in one.interval)
    x = EDGE + one.share * scale
    canvas.line([(EDGE, y), (EDGE + scale, y)], look="soft", thick=6)
    canvas.line([(low, y), (high, y)], look="data", thick=3)
    for end in (low, high):
        canvas.line([(end, y - 5), (end, y + 5)], look="data", thick=1.5)
    if one.leak:
        canvas.polygon([(x - 6, y), (x, y - 6), (x + 6, y), (x, y + 6)], look="data")
    else:
        canvas.dot(x, y, 5, look="data", hollow=one.state is not State.PLAIN)
