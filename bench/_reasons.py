"""What reasons weigh now, and what made tables say they should: bits by kind, a guide for weights."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator

from _labelled import DOUBTFUL, Case, Judged, classes

import privscan
from privscan.rulebook.load import rulebook
from privscan.rulebook.names import header_entities

BANDS = (0.0, 0.05, 0.2, 0.5, 0.8, 0.95, 1.01)
FEWEST = 3
"""Reasons seen less often say nothing."""


def table(tables: Iterable[Judged], cases: Iterable[Case]) -> str:
    """Both tables as text: reasons of profiles, then what evidence is worth by itself."""
    return "\n".join([*_of_profiles(tables), "", *_of_evidence(cases)])


def _kind(what: str) -> str:
    """A reason without its figures: category, detector and band of the share of cells."""
    category, _, said = what.partition(": ")
    share = re.search(r"([\d.]+) ?% of", said)
    if not share:
        return re.sub(r"\d[\d.,]*", "9", what)
    band = max(b for b in BANDS if float(share[1]) / 100 >= b)
    detector = re.search(r"\(([^()]*)\)\s*$", said)
    named = detector[1] if detector else re.sub(r"[\d.]+ ?% of (the )?", "", said)
    score = re.search(r"score ([\d.]+)", said)
    return f"{category}: {named}{f' ({score[1]})' if score else ''} from {band:.0%} of cells"


def _of_profiles(tables: Iterable[Judged]) -> Iterator[str]:
    """Each kind of reason: its bits, and those that fit best if all other bits are right."""
    seen: dict[str, list[tuple[float, float, bool]]] = defaultdict(list)
    for one in tables:
        for answer in one.answers.values():
            for entity, _, bits, reasons in answer.candidates if answer.sure else ():
                for what, weight in reasons:
                    if what != "prior":
                        seen[_kind(what)].append((bits - weight, weight, answer.fits(entity)))
    yield f"{'reason in a profile':70} columns right  bits now  by made data"
    for what, rows in sorted(seen.items(), key=lambda item: -len(item[1])):
        if len(rows) >= FEWEST:
            now = sum(weight for _, weight, _ in rows) / len(rows)
            best = _likeliest([(rest, right) for rest, _, right in rows], now)
            right = sum(r for *_, r in rows)
            yield f"{what[:70]:70} {len(rows):7} {right:5} {now:9.1f} {best:9.1f}"


def _likeliest(rows: list[tuple[float, bool]], now: float) -> float:
    """The bits under which the rows are likeliest; half a right and half a wrong one are added."""
    padded = [*((rest, float(right), 1.0) for rest, right in rows), (-now, 1.0, 0.5), (-now, 0.0, 0.5)]  # fmt: skip
    low, high = -30.0, 30.0
    for _ in range(50):
        middle = (low + high) / 2
        excess = sum(
            weight * (1 / (1 + 2.0 ** -max(-60.0, min(60.0, rest + middle))) - right)
            for rest, right, weight in padded
        )
        low, high = (low, middle) if excess > 0 else (middle, high)
    return low


def _of_evidence(cases: Iterable[Case]) -> Iterator[str]:
    """Likelihood ratios of header words and of shares of cells, whatever the weights are."""
    right: Counter[tuple[str, str]] = Counter()
    wrong: Counter[tuple[str, str]] = Counter()
    true: Counter[str] = Counter()
    columns = 0
    for case in cases:
        sure = [label for label in case.labels.values() if label != DOUBTFUL]
        columns += len(sure)
        true.update(c for label in sure for c in classes(label))
        for path, entity, what in _pieces(case):
            label = case.labels.get(path, DOUBTFUL)
            if label != DOUBTFUL:
                fits = set(classes(entity)) & set(classes(label))
                (right if fits else wrong)[entity, what] += 1
    yield f"{'evidence':70} columns right  bits by made data"
    kinds = {what for _, what in (*right, *wrong)}
    for what in sorted(kinds):
        entities = {e for e, w in (*right, *wrong) if w == what}
        every = {e: (right[e, what], wrong[e, what]) for e in sorted(entities)}
        for entity, (yes, no) in every.items():
            there = max(true[c] for c in classes(entity))
            if yes + no >= FEWEST and there:
                yield _line(f"{entity}: {what}", (yes, no), (there, columns - there))
        if len(entities) > 1:
            yes, no = (sum(counts) for counts in zip(*every.values(), strict=True))
            there = sum(max(true[c] for c in classes(e)) for e in entities)
            yield _line(f"all: {what}", (yes, no), (there, columns * len(entities) - there))


def _line(what: str, seen: tuple[int, int], there: tuple[int, int]) -> str:
    """How much likelier the evidence is on columns of the entity than on others, in bits."""
    (yes, no), (true, false) = seen, there
    # One column more that says nothing pulls rare evidence towards no bits at all.
    share = true / (true + false)
    ratio = (yes + share) / (no + 1 - share) / (true / false)
    return f"{what[:70]:70} {yes + no:7} {yes:5} {math.log2(ratio):9.1f}"


def _pieces(case: Case) -> Iterator[tuple[str, str, str]]:
    """Path, entity and kind of every piece of evidence in a table."""
    entities = rulebook().entities
    plan = privscan.plan(case.frame)
    evidence = privscan.merge(privscan.observe(part) for part in plan.parts)
    for data in evidence.datasets.values():
        for path, column in data.columns.items():
            for entity, bits in header_entities(path):
                yield path, entity, f"header {bits:+.1f}"
            filled = max(1, column.rows - column.nulls)
            most: dict[tuple[str, str], int] = defaultdict(int)
            for key, tally in column.tallies.items():
                if key.entity in entities:
                    most[key.entity, f"{key.detector} ({key.score / 100:.2f})"] += tally.cells
            for (entity, detector), cells in most.items():
                band = max(b for b in BANDS if cells / filled >= b)
                yield path, entity, f"{detector} from {band:.0%} of cells"
