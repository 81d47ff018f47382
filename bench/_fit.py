"""A calibration of bits by made tables: two numbers for columns with and without a saying header."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from _labelled import Judged

FOLDS = 5
UNIT = math.log(2)
MOST = 15.0
"""Bits beyond these say no more than these."""

LEAST = 0.05
"""Least slope: more bits never make a class less likely."""

CLOSE = 1e-6
RIDGE = 1.0
"""Pull towards slope 1 and offset 0: a fit of few columns stays near the bits as they are."""


@dataclass(frozen=True)
class Point:
    """The likeliest of a column, reported or not: its bits, whether it is right, and its table."""

    bits: float
    right: bool
    said: bool
    table: str


@dataclass(frozen=True)
class Calibration:
    """confidence = 1 / (1 + 2 ** -(slope * bits + offset)), bits held within 15."""

    slope: float = 1.0
    offset: float = 0.0

    def confidence(self, bits: float) -> float:
        """The confidence of a class with so many bits."""
        return 1 / (1 + 2.0 ** -(self.slope * max(-MOST, min(MOST, bits)) + self.offset))


def points(tables: Iterable[Judged]) -> list[Point]:
    """The likeliest entity of each column with a sure label, below the bar of a class too."""
    return [
        Point(bits, a.fits(entity), said, one.case.table)
        for one in tables
        for a in one.answers.values()
        if a.sure and a.strongest
        for entity, bits, said in (a.strongest,)
    ]


def fitted(some: Sequence[Point]) -> Calibration:
    """Most likely slope and offset, by Newton's steps, halved where one would overshoot."""
    rows = [(max(-MOST, min(MOST, p.bits)), p.right) for p in some]
    now = (1.0, 0.0)
    cost = _cost(rows, *now)
    for _ in range(50):
        step1, step0 = _newton(rows, *now)
        while abs(step1) + abs(step0) > CLOSE:
            trial = (max(LEAST, now[0] + step1), now[1] + step0)
            if (dearer := _cost(rows, *trial)) < cost:
                now, cost = trial, dearer
                break
            step1, step0 = step1 / 2, step0 / 2
        else:
            break
    return Calibration(*now)


def _cost(rows: Sequence[tuple[float, bool]], slope: float, offset: float) -> float:
    """Minus the penalised log likelihood."""
    odds = (UNIT * (slope * bits + offset) for bits, _ in rows)
    misses = sum(math.log1p(math.exp(-x if r else x)) for x, (_, r) in zip(odds, rows, strict=True))
    return misses + RIDGE * ((slope - 1) ** 2 + offset**2) / 2


def _newton(rows: Sequence[tuple[float, bool]], slope: float, offset: float) -> tuple[float, float]:
    """The step to where the slope of the cost would be nought, were it a parabola."""
    g1, g0 = RIDGE * (1 - slope), -RIDGE * offset
    h11, h10, h00 = RIDGE, 0.0, RIDGE
    for bits, right in rows:
        share = 1 / (1 + math.exp(-UNIT * (slope * bits + offset)))
        miss, weight = UNIT * (right - share), UNIT * UNIT * share * (1 - share)
        g1, g0 = g1 + miss * bits, g0 + miss
        h11, h10, h00 = h11 + weight * bits * bits, h10 + weight * bits, h00 + weight
    determinant = h11 * h00 - h10 * h10
    return (h00 * g1 - h10 * g0) / determinant, (h11 * g0 - h10 * g1) / determinant


def loss(pairs: Iterable[tuple[float, bool]]) -> float:
    """Mean surprise in bits of confidences at what was right."""
    every = list(pairs)
    held = ((min(0.9999, max(0.0001, c)), right) for c, right in every)
    return sum(-math.log2(c if right else 1 - c) for c, right in held) / max(1, len(every))


def distance(pairs: Iterable[tuple[float, bool]]) -> float:
    """Expected calibration error over ten equal bins of confidence."""
    every = list(pairs)
    total = 0.0
    for number in range(10):
        inside = [(c, r) for c, r in every if number <= c * 10 < number + 1 + (number == 9)]  # noqa: PLR2004  the last bin holds 1.0
        total += abs(sum(c - r for c, r in inside))
    return total / max(1, len(every))


def held_out(some: Sequence[Point]) -> list[tuple[float, bool]]:
    """Confidence and truth of each point under a fit that never saw its table."""
    tables = sorted({p.table for p in some})
    fold = {table: number % FOLDS for number, table in enumerate(tables)}
    pairs = []
    for number in range(FOLDS):
        made = fitted([p for p in some if fold[p.table] != number])
        pairs += [(made.confidence(p.bits), p.right) for p in some if fold[p.table] == number]
    return pairs


def shown(tables: Sequence[Judged], command: str, day: str) -> str:
    """The fit in YAML, with what it gains on tables it has not seen."""
    every = points(tables)
    kinds = {
        "the likeliest of each column": every,
        "of them with a header that speaks of it": [p for p in every if p.said],
        "of them by values alone": [p for p in every if not p.said],
    }
    lines = [f"# {day}, made tables, `{command}`:", "# fitted on; then on tables not seen"]
    for name, some in kinds.items():
        fit, before = fitted(some), [(Calibration().confidence(p.bits), p.right) for p in some]
        after = held_out(some)
        gain = f"loss {loss(before):.3f} -> {loss(after):.3f} bits"
        off = f"calibration error {distance(before):.3f} -> {distance(after):.3f}"
        right = sum(p.right for p in some)
        lines.append(f"calibration: {{slope: {fit.slope:.3f}, offset: {fit.offset:.3f}}}")
        lines.append(f"# {name}: {right} of {len(some)} right; {gain}, {off}")
    return "\n".join(lines)
