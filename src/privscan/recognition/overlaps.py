"""Presidio's `remove_duplicates` over the results of many cells at once."""

from __future__ import annotations

from math import prod
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]


MOST = 1 << 63
"""A whole number of 64 bits stays below."""


def uncontained(
    row: Ints, entity: Ints, start: Ints, end: Ints, score: NDArray[np.float64]
) -> Ints:
    """The results that stay, as indices by cell.

    A result goes if one of its cell and entity that begins no later and ends no earlier has at
    least its score; of equal results the first given stays. Scores of 0 go.
    """
    cell = row * (entity.max(initial=0) + 1) + entity
    order = np.argsort(cell, kind="stable")
    order = order[score[order] > 0]
    if not len(order):
        return order
    cell = cell[order]
    same = np.zeros(len(order) + 1, bool)
    same[1:-1] = cell[1:] == cell[:-1]
    several = same[:-1] | same[1:]
    if not several.any():
        return order
    kept = ~several
    rivals = order[several]
    kept[several] = _kept(cell[several], start[rivals], end[rivals], score[rivals])
    return order[kept]


def _kept(cell: Ints, start: Ints, end: Ints, score: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Which results no other of their cell contains."""
    order = _sorted(cell, start, end, score)
    cell, end, score = cell[order], end[order], score[order]
    new = np.ones(len(order), bool)
    new[1:] = cell[1:] != cell[:-1]
    # Each cell's ends lie above those of all cells before it, so that one running maximum does.
    base = (np.cumsum(new) - 1) * (end.max() + 1)
    contained = np.zeros(len(order), bool)
    for level in np.unique(score):
        reached = np.maximum.accumulate(np.where(score >= level, base + end, base))
        before = np.concatenate(([-1], reached[:-1]))
        contained |= (score == level) & (before >= base + end)
    kept = np.empty(len(order), bool)
    kept[order] = ~contained
    return kept


def _sorted(cell: Ints, start: Ints, end: Ints, score: NDArray[np.float64]) -> Ints:
    """The order by cell, start, longest, best; one sort of whole numbers where they fit."""
    levels, rank = np.unique(-score, return_inverse=True)
    widths = [int(start.max()) + 1, int(end.max()) + 1, len(levels)]
    if (int(cell.max()) + 1) * prod(widths) >= MOST:
        return np.lexsort((rank, -end, start, cell))
    packed = (cell * widths[0] + start) * widths[1] + (widths[1] - 1 - end)
    return np.argsort(packed * widths[2] + rank, kind="stable")
