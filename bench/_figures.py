"""Precision, recall, false alarms and reliability of judged tables; no data in reach."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from _labelled import NONE, Answer, Judged, classes

BINS = (0.5, 0.6, 0.7, 0.8, 0.9, 1.0)


@dataclass(frozen=True)
class Score:
    """Hits, false alarms and misses, with what follows from them."""

    hits: int
    false: int
    missed: int

    @property
    def precision(self) -> float:
        """Share of what was reported that is right."""
        return self.hits / (self.hits + self.false) if self.hits + self.false else 0.0

    @property
    def recall(self) -> float:
        """Share of what is there that was reported."""
        return self.hits / (self.hits + self.missed) if self.hits + self.missed else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of the two."""
        all_of = 2 * self.hits + self.false + self.missed
        return 2 * self.hits / all_of if all_of else 0.0


def answers(tables: Iterable[Judged]) -> list[Answer]:
    """Every answer with a sure label."""
    return [a for one in tables for a in one.answers.values() if a.sure]


def personal(tables: Iterable[Judged]) -> Score:
    """Personal data against none, by column."""
    every = answers(tables)
    hits = sum(a.personal and a.flagged for a in every)
    false = sum(not a.personal and a.flagged for a in every)
    return Score(hits, false, sum(a.personal and not a.flagged for a in every))


def by_entity(tables: Iterable[Judged]) -> dict[str, Score]:
    """Hits and misses under the label; a wrong entity is false under what was said."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for a in answers(tables):
        if a.personal:
            counts[classes(a.label)[0]]["hits" if a.right else "missed"] += 1
        if a.entity and not a.right:
            counts[classes(a.entity)[0]]["false"] += 1
    return {e: Score(c["hits"], c["false"], c["missed"]) for e, c in sorted(counts.items())}


def micro(scores: Iterable[Score]) -> Score:
    """All entities together, each column once."""
    every = list(scores)
    return Score(
        sum(s.hits for s in every), sum(s.false for s in every), sum(s.missed for s in every)
    )


def macro(scores: Iterable[Score]) -> float:
    """Mean F1 of the entities that are there."""
    there = [s.f1 for s in scores if s.hits + s.missed]
    return sum(there) / len(there) if there else 0.0


def by_trait(tables: Iterable[Judged], trait: str) -> dict[str, float]:
    """F1 of personal against none for each value of a trait that some personal column has."""
    having: dict[str, list[Judged]] = defaultdict(list)
    for one in tables:
        for value in one.case.traits[trait].split():
            having[value].append(one)
    scores = {value: personal(some) for value, some in sorted(having.items())}
    return {value: s.f1 for value, s in scores.items() if s.hits + s.missed}


@dataclass(frozen=True)
class Alarms:
    """Tables of each kind, and those about nobody that raise an alarm."""

    clean: int
    flagged: int
    found: int
    peopled: int
    missed: int


def alarms(tables: Iterable[Judged]) -> Alarms:
    """False alarms on tables about nobody, and tables about people that pass as clean."""
    every = list(tables)
    clean = [t for t in every if t.kind == "none"]
    peopled = [t for t in every if t.kind == "personal"]
    return Alarms(
        len(clean),
        sum(any(a.flagged for a in t.answers.values()) for t in clean),
        sum(t.alarms > 0 for t in clean),
        len(peopled),
        sum(not any(a.flagged and a.sure for a in t.answers.values()) for t in peopled),
    )


@dataclass(frozen=True)
class Bin:
    """Classes reported with a confidence between `low` and `high`."""

    low: float
    high: float
    count: int
    confidence: float
    right: float


def reliability(tables: Iterable[Judged]) -> list[Bin]:
    """Of the classes reported at each confidence, the share that is the label's."""
    reported = [a for a in answers(tables) if a.entity]
    bins = []
    for low, high in pairwise(BINS):
        inside = [a for a in reported if low <= a.confidence < high + (high == 1.0)]
        count = max(1, len(inside))
        mean = sum(a.confidence for a in inside) / count
        bins.append(Bin(low, high, len(inside), mean, sum(a.right for a in inside) / count))
    return bins


def calibration_error(bins: Sequence[Bin]) -> float:
    """Mean distance of confidence and share right, each class once."""
    total = sum(b.count for b in bins)
    return sum(b.count * abs(b.confidence - b.right) for b in bins) / total if total else 0.0


def errors(tables: Iterable[Judged]) -> Iterator[tuple[str, ...]]:
    """Each wrong column: group, table, column, label, answer, confidence, what is wrong."""
    for one in tables:
        for name, a in one.answers.items():
            if not a.sure or (a.right if a.personal else not a.flagged):
                continue
            kind = "missed" if not a.flagged else "wrong entity" if a.personal else "false alarm"
            where = f"{one.case.group}, {'headers' if one.case.named else 'none'}"
            yield (where, one.case.table, name, a.label if a.personal else NONE,
                   a.entity or "-", f"{a.confidence:.2f}", kind)  # fmt: skip


def drawn(lines: dict[str, list[Bin]]) -> str:
    """The reliability of each group as an SVG of one small chart."""
    side, edge = 240, 40
    wide, high = side + 2 * edge + 150, side + 2 * edge
    colours = ("#1f6feb", "#bf5700", "#2da44e", "#8250df")

    def at(confidence: float, right: float) -> tuple[float, float]:
        return edge + (confidence - 0.5) * 2 * side, edge + (1 - right) * side

    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{wide}" height="{high}">',
        "<style>text { font: 11px sans-serif }</style>",
        '<rect width="100%" height="100%" fill="#fff"/>',
        f'<rect x="{edge}" y="{edge}" width="{side}" height="{side}" fill="none" stroke="#999"/>',
        '<line x1="{}" y1="{}" x2="{}" y2="{}" stroke="#999" stroke-dasharray="4"/>'.format(
            *at(0.5, 0.5), *at(1, 1)
        ),
        f'<text x="{edge + side / 3:.0f}" y="{high - 6}">confidence reported</text>',
        f'<text x="12" y="{edge - 12}">share right</text>',
    ]
    parts += [
        f'<text x="{at(t, 0)[0] - 8:.0f}" y="{side + edge + 14}">{t:.1f}</text>' for t in BINS
    ]
    parts += [
        f'<text x="{edge - 24}" y="{at(0.5, t)[1] + 4:.0f}">{t:.1f}</text>' for t in (0, 0.5, 1)
    ]
    for number, (name, bins) in enumerate(lines.items()):
        colour = colours[number % len(colours)]
        filled = [b for b in bins if b.count]
        path = " ".join("{:.1f},{:.1f}".format(*at(b.confidence, b.right)) for b in filled)
        parts.append(f'<polyline points="{path}" fill="none" stroke="{colour}"/>')
        parts += [
            '<circle cx="{:.1f}" cy="{:.1f}" r="{:.1f}" fill="{}"><title>{}</title></circle>'.format(
                *at(b.confidence, b.right), 2 + b.count**0.5 / 4, colour, f"{b.count} columns"
            )
            for b in filled
        ]
        y = edge + 14 + 18 * number
        parts.append(f'<text x="{side + edge + 12}" y="{y}" fill="{colour}">{name}</text>')
    return "\n".join([*parts, "</svg>", ""])
