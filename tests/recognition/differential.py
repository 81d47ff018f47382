"""Compares `privscan.spans` with Presidio's AnalyzerEngine, cell by cell, and tells differences."""

from __future__ import annotations

import re
import time
import warnings
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import pyarrow as pa
import pytest
from oracle import Answer, Oracle, Span, regex_seconds

import privscan
import privscan.recognition.cells as engine_cells
from privscan.recognition.phone import digits, keys

SHRINKING = 10.0
"""Seconds in which a differing value is made smaller."""

RAISED = "raised"
"""Stands for an entity where `privscan.spans` ended in an error."""


@dataclass(frozen=True)
class Question:
    """What both sides are asked; `ours` is what `privscan.spans` takes for the recognizers."""

    oracle: Oracle
    ours: Any = "presidio"
    score_threshold: float = 0.0
    context: tuple[str, ...] = ()

    def presidio(self, value: str) -> Answer | None:
        """Presidio's answer; None where a regex of it ran out of time or a check of it broke."""
        with regex_seconds(2) as ran_out:
            try:
                answer = self.oracle.answer(
                    value, score_threshold=self.score_threshold, context=self.context
                )
            except Exception:  # noqa: BLE001  whatever a recognizer raises, Presidio passes on
                return None
        return None if ran_out else answer

    def spans(self, values: Sequence[str | None], *, by_forms: bool = False) -> list[Answer]:
        """Our answers, one a value; `by_forms`: few cells too are asked of Rust's engine."""
        with warnings.catch_warnings(action="ignore"), pytest.MonkeyPatch.context() as patch:
            if by_forms:
                for module in (engine_cells, digits, keys):
                    patch.setattr(module, "FEW", 0)
            table = privscan.spans(
                pa.array(values, pa.string()),
                recognizers=self.ours,
                language=self.oracle.language,
                score_threshold=self.score_threshold,
                context=self.context,
            )
        return by_row(table, len(values))


def by_row(table: pa.Table, rows: int) -> list[Answer]:
    """The answers of a table of spans; a span given twice is an error."""
    answers: list[Answer] = [{} for _ in range(rows)]
    for row, entity, start, end, score, recognizer in zip(*table.to_pydict().values(), strict=True):
        span = (entity, start, end, score)
        assert span not in answers[row], f"{entity} {start}..{end} {score} is given twice"
        answers[row][span] = recognizer
    return answers


@dataclass(frozen=True)
class Mismatch:
    """A value on which the two sides differ: what only Presidio found, and what only we did."""

    value: str
    presidio: frozenset[tuple[Span, str]]
    ours: frozenset[tuple[Span, str]]

    @property
    def recognizers(self) -> tuple[str, ...]:
        """The recognizers concerned."""
        return tuple(sorted({name for _, name in self.presidio | self.ours}))

    def __str__(self) -> str:
        sides = (("only Presidio", self.presidio), ("only privscan", self.ours))
        parts = [
            f"{side}: {entity} {start}..{end} {score:g} ({name})"
            for side, spans in sides
            for (entity, start, end, score), name in sorted(spans)
        ]
        return f"{', '.join(self.recognizers)}: {'; '.join(parts)} in {masked(self.value)}"


def masked(value: str) -> str:
    """The shape of a value: 9 for digits, a and A for letters, what is not ASCII by its number."""
    shape = re.sub("[a-z]", "a", re.sub("[A-Z]", "A", re.sub("[0-9]", "9", value[:120])))
    return "".join(c if c.isascii() and c.isprintable() else f"<{ord(c):X}>" for c in shape)


def mismatches(question: Question, values: Sequence[str]) -> Iterator[Mismatch]:
    """The values that get another answer; ours must have one where Presidio has none."""
    distinct = list(dict.fromkeys(values))
    usual, by_forms = (_all_spans(question, distinct, forms) for forms in (False, True))
    for value, *both in zip(distinct, usual, by_forms, strict=True):
        answer = question.presidio(value)
        for ours in both:
            raised = any(entity == RAISED for entity, *_ in ours)
            difference = compared(value, answer or {}, ours)
            if difference and (raised or answer is not None):
                yield difference
                break


def _all_spans(question: Question, values: list[str], by_forms: bool) -> list[Answer]:  # noqa: FBT001  one of two ways
    try:
        return question.spans(values, by_forms=by_forms)
    except Exception as error:  # noqa: BLE001  an error of ours is a difference
        if len(values) == 1:
            return [{(RAISED, 0, 0, 0.0): f"{type(error).__name__}: {error}"}]
        half = len(values) // 2
        halves = values[:half], values[half:]
        return [answer for some in halves for answer in _all_spans(question, some, by_forms)]


def compared(value: str, presidio: Answer, ours: Answer) -> Mismatch | None:
    """The difference of two answers, None if they are the same."""
    if presidio == ours:
        return None
    return Mismatch(
        value,
        frozenset(presidio.items() - ours.items()),
        frozenset(ours.items() - presidio.items()),
    )


def shrunk(question: Question, mismatch: Mismatch) -> Mismatch:
    """The same difference in recognizers on the shortest text that is soon found."""
    ends, size = time.monotonic() + SHRINKING, max(1, len(mismatch.value) // 2)
    while size and time.monotonic() < ends:
        for at in range(0, len(mismatch.value), size):
            shorter = mismatch.value[:at] + mismatch.value[at + size :]
            again = next(mismatches(question, [shorter]), None)
            if again and set(again.recognizers) & set(mismatch.recognizers):
                mismatch = again
                break
        else:
            size //= 2
    return mismatch


def told(found: Sequence[Mismatch]) -> str:
    """A summary by recognizer, and some values of each; all values here are made up."""
    counts = Counter(name for mismatch in found for name in mismatch.recognizers)
    lines = [f"{name}: {count} values differ" for name, count in counts.most_common()]
    for name in counts:
        some = [m for m in found if name in m.recognizers][:5]
        lines += [f"  {mismatch}\n    value {mismatch.value!r}" for mismatch in some]
    return "\n".join(lines)
