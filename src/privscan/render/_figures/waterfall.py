"""The steps of a score, each beginning where the one before it ends."""

from __future__ import annotations

from privscan.model.finding import Text
from privscan.model.kinds import Level
from privscan.model.profile import Risk
from privscan.render._figures.canvas import SMALL, Canvas, breadth
from privscan.render._figures.figure import Figure
from privscan.render._figures.phrases import alike, named
from privscan.render._phrases import why
from privscan.render._words import LANGUAGES, both
from privscan.rulebook.load import rulebook

LINE = 38
BAR = 12
SEEN = 0.05
"""Points that one decimal shows."""


def waterfall(risk: Risk, dataset: str) -> Figure | None:
    """Where each point of the score comes from; None where there is none."""
    if not risk.score:
        return None
    low, high = (f"{end:.1f}" for end in risk.interval)
    level = both(risk.level.value)
    about = {
        lang: both("fig_waterfall_about", f"{risk.score:.1f}", level[lang], low, high)[lang]
        for lang in LANGUAGES
    }
    rows: list[tuple[Text, ...]] = [
        (both(s.name), alike(f"{s.points:+.1f}"), {lang: why(s.why, lang) for lang in LANGUAGES})
        for s in risk.waterfall
    ]
    rows.append((both("score"), alike(f"{risk.score:.1f}"), level))
    return Figure(
        key="waterfall",
        title=named("fig_waterfall", dataset),
        about=about,
        heads=(both("step"), both("points"), both("why")),
        rows=tuple(rows),
        paint=lambda canvas: _paint(canvas, risk),
    )


def _paint(canvas: Canvas, risk: Risk) -> None:
    scale = canvas.width / 100
    steps = [s for s in risk.waterfall if s.points >= SEEN]
    bottom = LINE * (len(steps) + 1) + 6
    cuts = {level: cut for level, cut in rulebook().scoring.cuts.items() if cut}
    for cut in cuts.values():
        canvas.line([(cut * scale, 0), (cut * scale, bottom)], look="line", dashed=True)
    start = 0.0
    for number, step in enumerate(steps):
        start += step.points
        top = number * LINE + 20
        canvas.line([(start * scale, top), (start * scale, top + LINE)], look="quiet")
    start = 0.0
    for number, step in enumerate(steps):
        top = number * LINE
        _label(canvas, top, both(step.name), f"{step.points:+.1f}")
        canvas.bar(0, top + 20, canvas.width, BAR, look="soft")
        draw = canvas.hatched if step.name == "floor" else canvas.bar
        draw(start * scale, top + 20, step.points * scale, BAR, look="data")
        start += step.points
    top = len(steps) * LINE
    _label(canvas, top, both("score"), f"{risk.score:.1f}", bold=True)
    canvas.bar(0, top + 20, canvas.width, BAR, look="soft")
    canvas.bar(0, top + 20, risk.score * scale, BAR, look=risk.level.value)
    _whisker(canvas, risk, top + 20 + BAR + 5)
    named_from = {Level.LOW: 0.0, **cuts}
    for (level, cut), end in zip(named_from.items(), [*cuts.values(), 100.0], strict=True):
        most = (end - cut) * scale - 5
        words = both(level.value)
        canvas.text(cut * scale + 3, bottom + 16, words, look="quiet", size=SMALL, most=most)


def _label(canvas: Canvas, top: float, words: Text, points: str, *, bold: bool = False) -> None:
    room = max(breadth(words[lang]) for lang in canvas.languages)
    canvas.bar(0, top + 3, min(room, canvas.width), 16, look="paper")
    canvas.text(0, top + 15, words, bold=bold, most=canvas.width - 60)
    canvas.text(canvas.width, top + 15, points, anchor="end", bold=bold)


def _whisker(canvas: Canvas, risk: Risk, y: float) -> None:
    """The interval of the score as a line with ends."""
    low, high = (end * canvas.width / 100 for end in risk.interval)
    canvas.line([(low, y), (high, y)], thick=1.5)
    for end in (low, high):
        canvas.line([(end, y - 3), (end, y + 3)], thick=1.5)
