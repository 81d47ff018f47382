"""Identifiers that their form or check digit gives away, by Presidio's recognizers and ours.

The answers are those of `recognition`, on whole columns. Patterns that say little (nine digits)
run only where the header names their entity; what fills its cell is counted by `numbers` too.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from privscan.model.data import Column, Hits, Unread
from privscan.recognition.bound import bound, bound_for
from privscan.recognition.matches import Spans
from privscan.recognition.results import GivenUp, results
from privscan.rulebook.normal import normal
from privscan.rulebook.text import is_ascii, taken

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from privscan.recognition.recognizer import Recognizer

    Rows = NDArray[np.int64]
    Mask = NDArray[np.bool_]
    Best = dict[str, Rows]

PLUGIN = True
KINDS = ("text", "number", "time")

SCALE = 1_000_000
"""Scores as whole numbers: so many make 1."""

MASKED = r"\*{2}|●{2}"
"""a***@example.com has the form of an address, and is none any more."""


NOWHERE = r"^(?:0\.0\.0\.0|127\.\d+\.\d+\.\d+|255\.255\.\d+\.\d+)$"
"""Any address, the machine's own, masks of networks: nobody's (RFC 6890)."""

VERSION = r"(?i)(?:^|[^a-z])(?:version|ver|v|release|firmware|build|バージョン)[ .:]{0,2}(?:[\d.]+[ \w]{1,24})?$"
"""What stands before a version of four parts, or before the one it gave way to."""


def find(column: Column) -> Iterator[Hits | Unread]:
    """Hits by entity, recognizer and score; a cell counts once for each recognizer.

    Cells beyond ASCII are judged as they stand, and where that finds nothing as `normal` text.
    """
    cells, recognizers = column.cells, bound_for(column.path)
    found: Best = {}
    yield from _gather(cells, recognizers, np.arange(len(cells)), len(cells), found)
    wide = np.flatnonzero(~is_ascii(cells))
    if len(wide):
        text = normal(taken(cells, wide))
        changed = np.flatnonzero((text != taken(cells, wide)).to_numpy())
        other: Best = {}
        rows = wide[changed]
        yield from _gather(taken(text, changed), recognizers, rows, len(cells), other)
        _fill(found, other)
    for name, ranks in sorted(found.items()):
        score, whole = ranks // 2, pl.Series(ranks % 2 == 1)
        for one in np.unique(score[score > 0]).tolist():
            mask = pl.Series(score == one)
            detector = f"pattern/{name}"
            yield Hits(bound()[name].entity, mask, one / SCALE, detector, whole=whole & mask)


def _gather(
    cells: pl.Series, recognizers: Sequence[Recognizer], rows: Rows, size: int, found: Best
) -> Iterator[Unread]:
    """By recognizer each cell's best match as a number: its score, then whether it fills the cell."""
    masked: Mask | None = None
    for item in results(cells, recognizers):
        if isinstance(item, GivenUp):
            yield Unread("", "", f"{item.recognizer}: {item.reason}", rows=len(item.rows))
            continue
        spans, score = item.spans, item.score
        if masked is None:
            masked = cells.str.contains(MASKED).to_numpy()
        if masked[spans.row].any():
            kept = ~spans.texts(cells).str.contains(MASKED).to_numpy()
            spans, score = spans.where(kept), score[kept]
        if item.recognizer.name == "IpRecognizer":
            before = taken(cells, spans.row).str.slice(0, pl.Series(spans.start))
            kept = ~(
                spans.texts(cells).str.contains(NOWHERE) | before.str.contains(VERSION)
            ).to_numpy()
            spans, score = spans.where(kept), score[kept]
        best = found.setdefault(item.recognizer.name, np.zeros(size, np.int64))
        rank = np.rint(score * SCALE).astype(np.int64) * 2 + _filling(cells, spans)
        np.maximum.at(best, rows[spans.row], rank)


def _filling(cells: pl.Series, spans: Spans) -> Mask:
    """Which spans leave nothing of their cell but blanks."""
    some = taken(cells, spans.row)
    before = some.str.len_chars() - some.str.strip_chars_start().str.len_chars()
    end = some.str.strip_chars_end().str.len_chars()
    return (spans.start <= before.to_numpy()) & (spans.end >= end.to_numpy())


def _fill(found: Best, other: Best) -> None:
    """Take what the second look saw where the first one saw nothing."""
    for name, ranks in other.items():
        first = found.setdefault(name, np.zeros(len(ranks), np.int64))
        np.copyto(first, ranks, where=first == 0)
