"""Bottom-k sketch: the k smallest keyed hashes with their exact counts.

Beyer et al., "On synopses for distinct-value estimation under multiset operations", 2007.
Values are made unique before the k smallest are kept: the other order depends on the cut.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import polars as pl
    from numpy.typing import NDArray

K = 2048
"""Kept hashes; the relative standard error of `distinct` is 1/sqrt(K-2) = 2.2 %."""

_SPACE = 2.0**64
_FEW = 8 * K
"""Up to so many hashes sorting all of them is quick enough."""


@dataclass(frozen=True, slots=True, eq=False)
class BottomK:
    """The K smallest distinct hashes (u64, ascending) and how often each was seen (u64).

    A count is exact: whatever is among the K smallest of the whole was so in every part.
    """

    hashes: NDArray[np.uint64]
    counts: NDArray[np.uint64]

    @classmethod
    def empty(cls) -> BottomK:
        """The identity of `+`."""
        return cls(np.empty(0, np.uint64), np.empty(0, np.uint64))

    @classmethod
    def of(cls, hashes: pl.Series, counts: pl.Series | None = None) -> BottomK:
        """From hashes (u64, without nulls, repeats allowed), each weighted by `counts` or 1."""
        array = hashes.to_numpy()
        weights = None if counts is None else counts.to_numpy()
        if len(array) > _FEW:
            # Hashes are spread evenly: below this bound lie about 4 K of them if none repeats.
            low = np.flatnonzero(array <= np.uint64(_SPACE / len(array) * 4 * K))
            if len(low) >= K and len(np.unique(array[low])) >= K:
                array, weights = array[low], None if weights is None else weights[low]
        ones = np.ones(len(array), np.uint64)
        return cls._kept(array, ones if weights is None else weights.astype(np.uint64))

    @classmethod
    def _kept(cls, hashes: NDArray[np.uint64], counts: NDArray[np.uint64]) -> BottomK:
        if not len(hashes):
            return cls.empty()
        order = np.argsort(hashes, kind="stable")
        hashes, counts = hashes[order], counts[order]
        starts = np.flatnonzero(np.concatenate([[True], hashes[1:] != hashes[:-1]]))
        return cls(hashes[starts][:K], np.add.reduceat(counts, starts)[:K])

    def __add__(self, other: BottomK) -> BottomK:
        """Associative and commutative; counts of equal hashes add up."""
        one, two = self._within(other), other._within(self)
        return self._kept(
            np.concatenate([one.hashes, two.hashes]), np.concatenate([one.counts, two.counts])
        )

    def _within(self, other: BottomK) -> BottomK:
        """What may be among the K smallest of both: what is above all K of the other is not."""
        if other.exact:
            return self
        end = int(np.searchsorted(self.hashes, other.hashes[-1], side="right"))
        return self if end == len(self.hashes) else BottomK(self.hashes[:end], self.counts[:end])

    def __eq__(self, other: object) -> bool:
        """Equal hashes and equal counts."""
        return (
            isinstance(other, BottomK)
            and np.array_equal(self.hashes, other.hashes)
            and np.array_equal(self.counts, other.counts)
        )

    def __hash__(self) -> int:
        """By the kept hashes."""
        return hash(self.hashes.tobytes())

    @property
    def exact(self) -> bool:
        """True while every distinct value is kept."""
        return len(self.hashes) < K

    def distinct(self) -> int:
        """Distinct values: exact below K, then (K-1)/U with U the K-th smallest hash on 0..1."""
        if self.exact:
            return len(self.hashes)
        return round((K - 1) / ((float(self.hashes[-1]) + 1) / _SPACE))
