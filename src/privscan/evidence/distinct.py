"""The cells of a batch's column as everything after sees them: canonical, and once each if it pays."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from privscan.evidence.canonical import changes, replaced
from privscan.evidence.characters import Characters, characters

if TYPE_CHECKING:
    from numpy.typing import NDArray

WORTH = 0.4
"""Below this share of distinct cells it pays to find them."""

SAMPLE = 4_096


@dataclass(frozen=True, slots=True, eq=False)
class Distinct:
    """Non-null cells of a batch's column, and in how many rows each stands (u32).

    Without `counts` each cell is one row, and equal cells may stand there more than once: what
    is counted, and every sketch, is the same either way. Only String cells have `characters`.
    """

    cells: pl.Series
    counts: pl.Series | None
    rows: int
    nulls: int
    characters: Characters

    @property
    def weights(self) -> NDArray[np.uint32] | None:
        """The counts as an array."""
        return None if self.counts is None else self.counts.to_numpy()

    def weight(self, mask: pl.Series) -> int:
        """Rows of the cells in a mask."""
        kept = mask if self.counts is None else self.counts.filter(mask)
        return int(kept.sum())

    def weight_at(self, at: NDArray[np.int64]) -> int:
        """Rows of the cells at these places."""
        weights = self.weights
        return len(at) if weights is None else int(weights[at].sum(dtype=np.int64))

    def total(self, measures: NDArray[np.uint32]) -> int:
        """The sum over all rows of what was measured for each cell."""
        weights = self.weights
        if weights is None:
            return int(measures.sum(dtype=np.int64))
        return int(np.dot(measures.astype(np.int64), weights.astype(np.int64)))


@dataclass(frozen=True, slots=True, eq=False)
class Counted:
    """Cells as a source wrote them, in how many rows each stands (None: one), and all the rows."""

    cells: pl.Series
    counts: pl.Series | None
    rows: int


def counted(cells: pl.Series, codes: pl.Series | None = None) -> Counted:
    """The cells without nulls, counted where that pays; `codes` as in `model.data.Column`."""
    rows = len(cells if codes is None else codes)
    cells = cells.alias("")  # no header goes to C, where a NUL in it ends the process
    if codes is not None:
        return _used(cells, codes)
    kept = cells.drop_nulls() if cells.null_count() else cells
    if cells.dtype != pl.String or not _repeats(kept):
        return Counted(kept, None, rows)
    return each(Counted(kept, None, rows))


def each(found: Counted) -> Counted:
    """The same cells, counted even if few repeat."""
    if found.counts is not None or found.cells.dtype != pl.String:
        return found
    values = found.cells.rename("cells").value_counts()
    return Counted(values["cells"], values["count"], found.rows)


def together(some: Sequence[Counted]) -> Counted:
    """What was counted in several batches as if it were one."""
    if len(some) == 1:
        return some[0]
    cells = pl.concat([one.cells.alias("") for one in some])
    counts = pl.concat(
        [one.counts.cast(pl.UInt64).alias("") for one in some if one.counts is not None]
    )
    return Counted(*_merged(cells, counts), sum(one.rows for one in some))


def distinct(found: Counted) -> Distinct:
    """The cells in canonical text, with the kinds of their characters; the same order each time."""
    if found.cells.dtype != pl.String:
        nothing = Characters.blank(0)
        return Distinct(found.cells, None, found.rows, found.rows - len(found.cells), nothing)
    return _canonical(found.cells, found.counts, found.rows)


def _used(cells: pl.Series, codes: pl.Series) -> Counted:
    """The cells of a dictionary that rows point at; one may hold a cell twice."""
    counts = np.bincount(codes.drop_nulls().to_numpy(), minlength=len(cells))
    used = (counts > 0) & cells.is_not_null().to_numpy()
    kept, each = cells.filter(used), pl.Series(counts[used].astype(np.uint32))
    if kept.n_unique() < len(kept):
        kept, each = _merged(kept, each)
    return Counted(kept, each, len(codes))


def _repeats(cells: pl.Series) -> bool:
    """Whether a sample from all over the column says that it pays to find the distinct cells."""
    if not len(cells):
        return False
    places = _places(len(cells))
    some = cells if len(places) == len(cells) else cells.gather(places)
    again = len(places) - some.n_unique()
    if len(places) == len(cells):
        return again > (1 - WORTH) * len(cells)
    # Of m cells drawn from d values about m²/2d are not the first of their value.
    return len(places) ** 2 < 2 * again * WORTH * len(cells)


@lru_cache(maxsize=8)
def _places(rows: int) -> NDArray[np.int64]:
    """Places drawn at random: in steps one would miss that neighbours are equal."""
    if rows <= SAMPLE:
        return np.arange(rows)
    return np.sort(np.random.default_rng(rows).integers(0, rows, SAMPLE))


def _canonical(cells: pl.Series, counts: pl.Series | None, rows: int) -> Distinct:
    """Texts that only a writer's manner kept apart become one cell; blank cells are missing."""
    seen = characters(cells)
    changed, texts = changes(cells, seen.kinds)
    if len(changed):
        apart = counts is None or (
            texts.is_unique().all() and not cells.is_in(texts.implode()).any()
        )
        cells = replaced(cells, changed, texts)
        seen.put(changed, characters(texts.fill_null("")))
        if texts.null_count():
            filled = cells.is_not_null()
            cells, seen = cells.filter(filled), seen.where(filled.to_numpy())
            counts = counts if counts is None else counts.filter(filled)
        if not apart:
            cells, counts = _merged(cells, counts)
            seen = characters(cells)
    full = len(cells) if counts is None else int(counts.sum())
    return Distinct(cells, counts, rows, rows - full, seen)


def _merged(cells: pl.Series, counts: pl.Series | None) -> tuple[pl.Series, pl.Series]:
    counted = pl.DataFrame({"cells": cells, "count": counts})
    merged = counted.group_by("cells", maintain_order=True).agg(pl.col("count").sum())
    return merged["cells"], merged["count"]
