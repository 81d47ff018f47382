"""Severity by likelihood: where each dataset stands, and where its measures take it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from privscan.model.finding import Text
from privscan.model.profile import Risk
from privscan.render._figures.canvas import SMALL, Canvas, breadth
from privscan.render._figures.figure import Figure
from privscan.render._figures.phrases import alike, rest
from privscan.render._words import LANGUAGES, both

STEPS = (1, 2, 3, 4)
MARKED = 12
"""Datasets that are drawn, worst first; the table has all."""

HEATS = {2: 1, 3: 1, 4: 2, 5: 2, 6: 3, 7: 4, 8: 4}
"""How dark a field is, by severity plus likelihood."""

LEFT = 74
HEAD = 40
FIELD = 76
SLOT = 25
RADIUS = 10


@dataclass(frozen=True, slots=True)
class Move:
    """A dataset's place as the data stand and, if measures are planned, after them."""

    name: str
    before: Risk
    after: Risk | None = None


def risk_map(moves: Sequence[Move]) -> Figure | None:
    """The map of the datasets that have a place on it; None where none has."""
    placed = [m for m in moves if m.before.cnil_severity in STEPS]
    if not placed:
        return None
    moved = any(m.after for m in placed)
    kind = "fig_moves" if moved else "fig_map"
    marked = placed[:MARKED]
    more = len(placed) - len(marked)
    about = both(f"{kind}_about", len(placed))
    heads = [alike("#"), both("dataset"), both("fig_inherent" if moved else "fig_place")]
    heads += [both("fig_residual")] if moved else []
    return Figure(
        key="risk_map",
        title=both(kind),
        about=rest(about, more),
        heads=tuple(heads),
        rows=tuple(_row(number, one, moved=moved) for number, one in enumerate(placed, 1)),
        paint=lambda canvas: _paint(canvas, marked),
    )


def _row(number: int, move: Move, *, moved: bool) -> tuple[Text, ...]:
    row = (alike(number), alike(move.name), _place(move.before))
    return (*row, _place(move.after)) if moved else row


def _place(risk: Risk | None) -> Text:
    if risk is None:
        return alike("-")
    level = both(risk.level.value)
    return {
        lang: both(
            "fig_at", risk.cnil_severity, risk.cnil_likelihood, f"{risk.score:.1f}", level[lang]
        )[lang]
        for lang in LANGUAGES
    }


def _paint(canvas: Canvas, moves: Sequence[Move]) -> None:
    side = (canvas.width - LEFT) / 4
    _grid(canvas, side)
    taken: dict[tuple[int, int], int] = defaultdict(int)
    spots = [
        (
            _spot(_at(m.before), taken, side),
            _spot(_at(m.after), taken, side) if m.after and m.after.cnil_severity else None,
        )
        for m in moves
    ]
    for start, end in spots:
        if end:
            _arrow(canvas, start, end)
    for number, (start, end) in enumerate(spots, 1):
        if end:
            x, y = end
            corners = [(x - 9, y - 9), (x + 9, y - 9), (x + 9, y + 9), (x - 9, y + 9)]
            canvas.polygon(corners, look="ink", hollow=True)
            canvas.text(x, y + 4, str(number), anchor="middle", size=SMALL, bold=True)
        canvas.dot(*start, RADIUS, look="ink")
        canvas.text(
            start[0],
            start[1] + 4,
            str(number),
            anchor="middle",
            size=SMALL,
            look="paper",
            bold=True,
        )
    _key(canvas, moves)


def _grid(canvas: Canvas, side: float) -> None:
    canvas.text(0, 12, both("fig_axes_up"), look="quiet", size=SMALL, most=LEFT + side)
    canvas.text(canvas.width, 12, both("fig_axes_right"), look="quiet", size=SMALL, anchor="end")
    for likelihood in STEPS:
        middle = LEFT + (likelihood - 0.5) * side
        words = both(f"c{likelihood}")
        canvas.text(middle, HEAD - 6, words, anchor="middle", size=SMALL, most=side - 2)
    for severity in STEPS:
        top = HEAD + (4 - severity) * FIELD
        words = both(f"c{severity}")
        canvas.text(LEFT - 6, top + FIELD / 2 + 4, words, anchor="end", size=SMALL, most=LEFT - 8)
        for likelihood in STEPS:
            left = LEFT + (likelihood - 1) * side
            canvas.bar(
                left + 1, top + 1, side - 2, FIELD - 2, look=f"heat-{HEATS[severity + likelihood]}"
            )


def _at(risk: Risk) -> tuple[int, int]:
    return risk.cnil_severity, risk.cnil_likelihood


def _spot(
    at: tuple[int, int], taken: dict[tuple[int, int], int], side: float
) -> tuple[float, float]:
    """The next free place in a field; beyond its room the last one is shared."""
    severity, likelihood = at
    across, down = max(1, int((side - 4) // SLOT)), int((FIELD - 2) // SLOT)
    slot = min(taken[at], across * down - 1)
    taken[at] += 1
    x = LEFT + (likelihood - 1) * side + 2 + (slot % across + 0.5) * SLOT
    return x, HEAD + (4 - severity) * FIELD + 1 + (slot // across + 0.5) * SLOT


def _arrow(canvas: Canvas, start: tuple[float, float], end: tuple[float, float]) -> None:
    """From the edge of one mark to the edge of the other, with a head."""
    across, down = end[0] - start[0], end[1] - start[1]
    length = (across * across + down * down) ** 0.5
    if length < 2 * SLOT:
        return
    x, y = across / length, down / length
    tip = (end[0] - x * 14, end[1] - y * 14)
    canvas.line([(start[0] + x * RADIUS, start[1] + y * RADIUS), tip], thick=1.4)
    back = (tip[0] - x * 8, tip[1] - y * 8)
    canvas.polygon([tip, (back[0] - y * 4, back[1] + x * 4), (back[0] + y * 4, back[1] - x * 4)])


def _scores(move: Move) -> str:
    before = f"{move.before.score:.0f}"
    return f"{before} → {move.after.score:.0f}" if move.after else before


def _key(canvas: Canvas, moves: Sequence[Move]) -> None:
    """The number of each dataset, in two columns."""
    top = HEAD + 4 * FIELD + 22
    half = (len(moves) + 1) // 2
    for number, move in enumerate(moves):
        x = 0.0 if number < half else canvas.width / 2
        y = top + (number % half) * 19
        canvas.text(x + 18, y, str(number + 1), anchor="end", size=SMALL, bold=True)
        said = _scores(move)
        room = breadth(said, SMALL)
        canvas.text(x + 25, y, move.name, size=SMALL, most=canvas.width / 2 - 44 - room)
        right = x + canvas.width / 2 - 12
        canvas.text(right, y, said, size=SMALL, anchor="end", look="quiet")
    if any(m.after for m in moves):
        y = top + half * 19 + 6
        canvas.dot(9, y - 4, 7)
        canvas.text(22, y, both("fig_inherent"), size=SMALL, look="quiet")
        x = canvas.width / 2
        canvas.polygon(
            [(x + 2, y - 11), (x + 16, y - 11), (x + 16, y + 3), (x + 2, y + 3)], hollow=True
        )
        canvas.text(x + 25, y, both("fig_residual"), size=SMALL, look="quiet")
