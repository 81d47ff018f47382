"""What recognizers find in distinct cells: the pipe from candidates to scored spans."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import polars as pl

from privscan.recognition.budget import Budget
from privscan.recognition.cells import Candidates, Cells, candidates, parted
from privscan.recognition.iban import iban
from privscan.recognition.judge import scores
from privscan.recognition.matches import Spans, matches
from privscan.recognition.own import own_results
from privscan.recognition.recognizer import Judge, Pattern, Recognizer
from privscan.rulebook.text import is_ascii, taken

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Rows = NDArray[np.int64]


class Found(NamedTuple):
    """Scored spans of one recognizer; `final` scores are not raised by context words."""

    recognizer: Recognizer
    entity: str
    spans: Spans
    score: NDArray[np.float64]
    final: bool = False


@dataclass(frozen=True, slots=True)
class GivenUp:
    """Cells about which a recognizer has no answer, and why."""

    recognizer: str
    rows: Rows
    reason: str


PHONE_SECONDS = 60.0
"""For the telephone numbers of a batch; what is left then is given up."""

TOO_SLOW = "a pattern took longer than a cell may take"
FAILED = "the recognizer's own code failed"


def results(
    cells: pl.Series,
    recognizers: Sequence[Recognizer],
    *,
    threshold: float = 0.0,
    context: Sequence[str] = (),
) -> Iterator[Found | GivenUp]:
    """Everything that can reach the threshold in a String series without nulls, duplicates and all."""
    owners = {
        pattern: recognizer
        for recognizer in recognizers
        for pattern in recognizer.patterns
        if recognizer.judge in {Judge.PATTERNS, Judge.IBAN}
        and recognizer.reaches(pattern, threshold, context)
    }
    for some in parted(cells):
        for item in _patterns(some, owners):
            yield _moved(item, some.rows)
    for recognizer in recognizers:
        if recognizer.judge is Judge.OWN:
            entities = sorted({name for one in recognizers for name in one.entities})
            yield from _own(recognizer, cells, entities, context)
        elif recognizer.judge is Judge.PHONE:
            yield from _phone(recognizer, cells)


def _moved(item: Found | GivenUp, rows: Rows) -> Found | GivenUp:
    if isinstance(item, GivenUp):
        return GivenUp(item.recognizer, rows[item.rows], item.reason)
    return item._replace(spans=item.spans.of(rows))


def _patterns(cells: Cells, owners: dict[Pattern, Recognizer]) -> Iterator[Found | GivenUp]:
    every = np.arange(len(cells.texts))
    plain = Cells(cells.texts, cells.texts, every, ascii=False) if cells.stood_in else cells
    for one in candidates(cells, [p for p in owners if p.form and cells.fit(p.form)]):
        yield from _of_pattern(owners[one.pattern], one, cells)
    if cells.stood_in:
        others = [p for p in owners if p.form and not cells.fit(p.form)]
        for one in candidates(plain, others):
            yield from _of_pattern(owners[one.pattern], one, plain)
    for pattern, recognizer in owners.items():
        if pattern.form is None:
            one = Candidates(pattern, every, sought=False, filling=False)
            yield from _of_pattern(recognizer, one, plain)


def _of_pattern(
    recognizer: Recognizer, candidates: Candidates, cells: Cells
) -> Iterator[Found | GivenUp]:
    if recognizer.judge is Judge.IBAN and not cells.ascii:
        for item in _own(recognizer, taken(cells.texts, candidates.rows), recognizer.entities, ()):
            yield _moved(item, candidates.rows)
        return
    budget = Budget()
    if recognizer.judge is Judge.IBAN:
        spans, score = iban(recognizer, candidates, cells, budget)
    else:
        spans = matches(candidates, cells, budget)
        score = scores(recognizer, candidates.pattern, cells.texts, spans)
    if budget.given_up:
        yield GivenUp(recognizer.name, np.array(sorted(budget.given_up)), TOO_SLOW)
    failed = np.isnan(score)
    if failed.any():
        yield GivenUp(recognizer.name, np.unique(spans.row[failed]), FAILED)
    kept = score > 0
    if kept.any():
        yield Found(recognizer, recognizer.entity, spans.where(kept), score[kept])


def _own(
    recognizer: Recognizer, cells: pl.Series, entities: Sequence[str], context: Sequence[str]
) -> Iterator[Found | GivenUp]:
    asked = own_results(recognizer, cells, entities, context)
    for (entity, final), (spans, score) in asked.found.items():
        yield Found(recognizer, entity, spans, score, final)
    for rows, reason in ((asked.late, TOO_SLOW), (asked.failed, FAILED)):
        if len(rows):
            yield GivenUp(recognizer.name, rows, reason)


def _deadline() -> Callable[[], bool]:
    end = time.monotonic() + PHONE_SECONDS
    return lambda: time.monotonic() > end


def _phone(recognizer: Recognizer, cells: pl.Series) -> Iterator[Found | GivenUp]:
    from privscan.recognition.phone import SCORE, PhoneNumbers

    numbers = PhoneNumbers(recognizer.regions, recognizer.leniency)
    plain = is_ascii(cells)
    for mask, ascii_ in ((plain, True), (~plain, False)):
        rows = np.flatnonzero(mask)
        if not len(rows):
            continue
        found = numbers.spans(taken(cells, rows), ascii=ascii_, out_of_time=_deadline())
        if len(found.given_up):
            yield GivenUp(recognizer.name, rows[found.given_up], TOO_SLOW)
        if len(found.row):
            spans = Spans(found.row, found.start, found.end).of(rows)
            yield Found(recognizer, recognizer.entity, spans, np.full(len(found.row), SCORE))
