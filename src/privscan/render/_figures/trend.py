"""The score of the same data over several reports."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from privscan.model.finding import Text
from privscan.model.kinds import Level
from privscan.render._figures.canvas import SMALL, Canvas
from privscan.render._figures.figure import Figure
from privscan.render._figures.phrases import alike
from privscan.render._words import both
from privscan.rulebook.load import rulebook

HEIGHT = 150
TOP = 22
LEFT = 30
LABELLED = 5
"""Points up to which each is labelled with its score and its report."""


@dataclass(frozen=True, slots=True)
class Point:
    """One report by the name of its file: score, level, number of findings."""

    report: str
    score: float
    level: Level
    findings: int


def trend(points: Sequence[Point], title: Text) -> Figure | None:
    """The line of scores, oldest first; None where there is one report only."""
    if len(points) < 2:  # noqa: PLR2004  one point is no line
        return None
    ends = (f"{points[0].score:.1f}", f"{points[-1].score:.1f}")
    return Figure(
        key="trend",
        title=title,
        about=both("fig_trend_about", len(points), *ends),
        heads=(both("fig_report"), both("score"), both("level"), both("findings")),
        rows=tuple(
            (alike(p.report), alike(f"{p.score:.1f}"), both(p.level.value), alike(p.findings))
            for p in points
        ),
        paint=lambda canvas: _paint(canvas, points),
    )


def _paint(canvas: Canvas, points: Sequence[Point]) -> None:
    def y(score: float) -> float:
        return TOP + (100 - score) / 100 * HEIGHT

    for mark in sorted({0.0, 100.0, *rulebook().scoring.cuts.values()}):
        canvas.line([(LEFT, y(mark)), (canvas.width, y(mark))], look="line", dashed=0 < mark < 100)  # noqa: PLR2004  the ends of the scale
        canvas.text(LEFT - 6, y(mark) + 4, f"{mark:g}", anchor="end", look="quiet", size=SMALL)
    step = (canvas.width - LEFT - 60) / (len(points) - 1)
    spots = [(LEFT + 30 + n * step, y(p.score)) for n, p in enumerate(points)]
    canvas.line(spots, look="data", thick=2)
    every = -(-len(points) // LABELLED)
    for number, (point, (x, top)) in enumerate(zip(points, spots, strict=True)):
        canvas.dot(x, top, 4.5, look="data")
        if (len(points) - 1 - number) % every == 0:
            canvas.text(x, top - 9, f"{point.score:.1f}", anchor="middle", size=SMALL, bold=True)
            room = min(60, step * every - 6) if step else 60
            name = point.report
            canvas.text(x, HEIGHT + TOP + 18, name, anchor="middle", size=SMALL, look="quiet",
                        most=max(room, 40))  # fmt: skip
