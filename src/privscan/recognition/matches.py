"""Where a pattern matches: every span of a column at once, in the order of Python's `finditer`.

The Rust form's leftmost match is the pattern's own wherever the form is exact and the neighbours
of the match were looked at; `regex`, which Presidio uses, is asked about the other cells.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import polars as pl

from privscan.recognition.budget import Budget
from privscan.recognition.cells import Candidates, Cells, engine, form_of
from privscan.recognition.checks.buffers import flat
from privscan.rulebook._rust import MOST_REPEATS
from privscan.rulebook.compile import Compiled, Edge
from privscan.rulebook.text import bytes_of, taken

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from privscan.recognition.recognizer import Pattern

    Rows = NDArray[np.int64]

_OPEN, _SHUT = "\x02", "\x03"
"""Signs set around matches; cells that hold one themselves are asked of `regex`."""


class Spans(NamedTuple):
    """Matches: the row of the cell, first character and the one after the last."""

    row: Rows
    start: Rows
    end: Rows

    @property
    def lengths(self) -> Rows:
        """Characters of each match."""
        return self.end - self.start

    def of(self, rows: Rows) -> Spans:
        """The same spans, their rows taken as places in `rows`."""
        return Spans(rows[self.row], self.start, self.end)

    def where(self, kept: NDArray[np.bool_] | Rows) -> Spans:
        """Some of the spans."""
        return Spans(self.row[kept], self.start[kept], self.end[kept])

    def texts(self, cells: pl.Series) -> pl.Series:
        """The matched texts."""
        some = taken(cells, self.row)
        return some.str.slice(pl.Series(self.start), pl.Series(self.lengths))


def joined(parts: list[Spans]) -> Spans:
    """Spans one after another."""
    empty = np.empty(0, np.int64)
    return Spans(*map(np.concatenate, zip(*parts, strict=True))) if parts else Spans(*[empty] * 3)


def matches(found: Candidates, cells: Cells, budget: Budget) -> Spans:
    """Every non-empty match of a pattern in some of the cells, each cell's in its order."""
    pattern, rows = found.pattern, found.rows
    form = pattern.form
    if form is None:
        return _asked(pattern, cells, rows, budget)
    exact = form.exact and cells.ascii
    whole = joined([])
    if exact and found.filling:
        filled, others = _whole(form, cells.at(rows)[0])
        whole, rows = filled.of(rows), rows[others]
    if len(rows) and not found.sought:
        rows = rows[cells.at(rows)[0].str.contains(form_of(pattern, ascii_=cells.ascii)).to_numpy()]
    if not len(rows):
        return whole
    if not exact or form.run:
        return joined([whole, _asked(pattern, cells, rows, budget)])
    marked, unsure = _marked(form, cells.at(rows)[0])
    parts = [whole, marked.of(rows)]
    if len(unsure):
        parts.append(_asked(pattern, cells, rows[unsure], budget))
    return joined(parts)


def _whole(form: Compiled, cells: pl.Series) -> tuple[Spans, Rows]:
    """Cells that one match fills, and the others.

    Cut off at the start, the leftmost match leaves nothing of such a cell.
    """
    bordered = all(edge is None or edge.border for edge in (form.before, form.after))
    if not bordered:
        return joined([]), np.arange(len(cells))
    lengths = bytes_of(cells).astype(np.int64)
    left = cells.str.replace(rf"\A{form.ascii}", "").str.len_bytes().to_numpy()
    filled = (left == 0) & (lengths > 0)
    if form.runs and (lengths[filled] > MOST_REPEATS).any():
        filled &= ~cells.str.contains(form.runs).to_numpy()
    if form.refused and filled.any():
        filled &= ~cells.str.contains(rf"\A(?:{form.refused})").to_numpy()
    rows = np.flatnonzero(filled)
    return Spans(rows, np.zeros(len(rows), np.int64), lengths[rows]), np.flatnonzero(~filled)


def _marked(form: Compiled, cells: pl.Series) -> tuple[Spans, Rows]:
    """Matches by signs that are set around them, and the cells in which some may be others."""
    unsure = cells.str.contains(f"[{_OPEN}{_SHUT}]").to_numpy()
    if form.runs:
        unsure |= cells.str.contains(form.runs).to_numpy()
    signed = cells.str.replace_all(form.ascii, _OPEN + "${0}" + _SHUT)
    offsets, text = flat(signed)
    opened, shut = np.flatnonzero(text == ord(_OPEN)), np.flatnonzero(text == ord(_SHUT))
    if unsure.any():
        opened, shut = (_outside(unsure, offsets, at) for at in (opened, shut))
    row = np.searchsorted(offsets, opened, side="right") - 1
    first = offsets[row]
    # Each earlier match of the cell has added two signs.
    earlier = np.arange(len(opened)) - np.searchsorted(opened, first)
    found = Spans(row, opened - first - 2 * earlier, shut - first - 2 * earlier - 1)
    doubtful = ~_held(form.before, text, opened - 1, opened > first)
    doubtful |= ~_held(form.after, text, shut + 1, shut + 1 < offsets[row + 1])
    if form.refused and len(row):
        doubtful |= found.texts(cells).str.contains(rf"\A(?:{form.refused})").to_numpy()
    if doubtful.any():
        unsure[row[doubtful]] = True
        found = found.where(~unsure[row])
    return found, np.flatnonzero(unsure)


def _outside(unsure: NDArray[np.bool_], offsets: Rows, at: Rows) -> Rows:
    return at[~unsure[np.searchsorted(offsets, at, side="right") - 1]]


def _held(
    edge: Edge | None, text: NDArray[np.uint8], at: Rows, inside: NDArray[np.bool_]
) -> NDArray[np.bool_]:
    """Whether each match's neighbour is allowed; a sign beside it stands for the next match."""
    if edge is None:
        return np.ones(len(at), bool)
    known = np.zeros(256, bool)
    known[list(edge.allowed)] = True
    known[[ord(_OPEN), ord(_SHUT)]] = False
    beside = text[np.clip(at, 0, max(0, len(text) - 1))] if len(text) else np.zeros(0, np.uint8)
    return np.where(inside, known[beside], edge.border)


def _asked(pattern: Pattern, cells: Cells, rows: Rows, budget: Budget) -> Spans:
    """The same by Presidio's own engine, cell by cell, within the time that a cell may take."""
    found = [
        (row, *span)
        for row, text in zip(rows.tolist(), cells.at(rows)[1].to_list(), strict=True)
        for span in _finditer(pattern, row, text, budget)
    ]
    return Spans(*np.array(found, np.int64).T) if found else joined([])


def _finditer(pattern: Pattern, row: int, text: str, budget: Budget) -> Iterator[tuple[int, int]]:
    if budget.spent(row):
        return
    started = time.monotonic()
    try:
        found = list(engine(pattern.regex, pattern.flags).finditer(text, timeout=budget.each))
    except TimeoutError:
        budget.give_up(row, time.monotonic() - started)
        return
    yield from (match.span() for match in found if match.end() > match.start())
