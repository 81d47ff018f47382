"""Mondrian: records cut into classes of at least k alike, each cut where it costs least.

LeFevre, DeWitt and Ramakrishnan 2006. Works on distinct records with their counts, so that
memory follows from how many different ones there are.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Rows = NDArray[np.int64]
Codes = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Records:
    """Distinct records: a column of ordered codes for each quasi-identifier, and whose they are.

    `counts` are rows; where `persons` are given (a number for each), k counts those.
    """

    codes: Codes
    counts: NDArray[np.int64]
    persons: NDArray[np.int64] | None = None

    def size(self, rows: Rows) -> int:
        """Persons among these records, or rows where nobody told persons apart."""
        if self.persons is None:
            return int(self.counts[rows].sum())
        return len(np.unique(self.persons[rows]))


def classes(records: Records, k: int) -> Iterator[Rows]:
    """The records of each class; none if all together are fewer than k."""
    every = np.arange(len(records.counts))
    if records.size(every) < k:
        return
    spread = np.ptp(records.codes, axis=0)
    spread[spread == 0] = 1
    waiting = [every]
    while waiting:
        rows = waiting.pop()
        cut = _cut(records, rows, k, spread)
        if cut is None:
            yield rows
        else:
            waiting += [rows[cut], rows[~cut]]


def _cut(
    records: Records, rows: Rows, k: int, spread: NDArray[np.float64]
) -> NDArray[np.bool_] | None:
    """Which records go to the lower half: by the widest column that has a cut with k on both sides."""
    codes = records.codes[rows]
    wide = np.ptp(codes, axis=0) / spread
    for column in np.argsort(-wide, kind="stable"):
        if not wide[column]:
            break
        at = _middle(records, rows, codes[:, column], k)
        if at is not None:
            return codes[:, column] <= at
    return None


def _middle(records: Records, rows: Rows, codes: Codes, k: int) -> float | None:
    """The code nearest to the middle after which a cut leaves k on both sides."""
    values, places = np.unique(codes, return_inverse=True)
    weights = np.bincount(places, records.counts[rows])
    below = np.cumsum(weights)[:-1]
    order = np.argsort(np.abs(below - weights.sum() / 2), kind="stable")
    if records.persons is None:
        good = order[(below[order] >= k) & (weights.sum() - below[order] >= k)]
        return float(values[good[0]]) if len(good) else None
    for at in order[:_TRIED]:
        low = codes <= values[at]
        if records.size(rows[low]) >= k and records.size(rows[~low]) >= k:
            return float(values[at])
    return None


_TRIED = 16
"""Cuts that are tried where persons are counted."""
