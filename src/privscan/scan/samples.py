"""The cells that a slow detector reads of each column in a part: those with the smallest hashes.

Which they are depends on the cells and the key alone, whatever the batches were; their counts
are exact, since what is among the smallest of the whole is so in every batch (as in BottomK).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from privscan.evidence.characters import Characters, characters
from privscan.evidence.distinct import Distinct
from privscan.model.data import Column
from privscan.model.kinds import Kind

if TYPE_CHECKING:
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True, eq=False)
class _Sample:
    """Distinct cells by hash, in how many rows each stands, and the rows of all candidates."""

    kind: Kind
    cells: pl.Series
    hashes: NDArray[np.uint64]
    counts: NDArray[np.uint64]
    rows: int


class Samples:
    """What is kept for slow detectors in one part, by detector and column."""

    def __init__(self, seed: int) -> None:
        self._seed = seed
        self._kept: dict[tuple[str, str], _Sample] = {}

    def __len__(self) -> int:
        """Detectors and columns of which cells are kept."""
        return len(self._kept)

    def add(
        self, detector: str, column: Column, budget: int, seen: Distinct, rows: NDArray[np.int64]
    ) -> None:
        """Take in the candidates of one batch's column: `rows` of the cells seen."""
        if not len(rows):
            return
        cells, weights = seen.cells.gather(rows), seen.weights
        counts = np.ones(len(rows), np.uint64) if weights is None else weights[rows]
        hashes, total = cells.hash(self._seed).to_numpy(), seen.weight_at(rows)
        known = self._kept.get((detector, column.path))
        if known is not None:
            cells = pl.concat([known.cells, cells.alias(known.cells.name)])
            hashes = np.concatenate([known.hashes, hashes])
            counts = np.concatenate([known.counts, counts])
            total += known.rows
        first, at, which = np.unique(hashes, return_index=True, return_inverse=True)
        summed = np.bincount(which, counts).astype(np.uint64)
        kept = at[:budget]
        self._kept[detector, column.path] = _Sample(
            column.kind, cells.gather(kept), first[:budget], summed[:budget], total
        )

    def forget(self, path: str) -> None:
        """Nothing of this column is kept."""
        self._kept = {key: kept for key, kept in self._kept.items() if key[1] != path}

    def all(self) -> Iterator[tuple[str, Column, Distinct, int]]:
        """Detector, the cells to read as a column, their counts, and the rows of all candidates."""
        for (detector, path), kept in self._kept.items():
            counts = pl.Series(kept.counts)
            text = kept.kind is Kind.TEXT
            kinds = characters(kept.cells) if text else Characters.blank(0)
            seen = Distinct(kept.cells, counts, int(counts.sum()), 0, kinds)
            its = Column(path, kept.kind, kept.cells, characters=kinds.kinds if text else None)
            yield detector, its, seen, kept.rows
