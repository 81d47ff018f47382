"""What classes give away of a sensitive column: diversity, closeness, likeness.

Machanavajjhala et al. (2007), Li et al. (2007), Cao and Karras (2012), as pyCANON computes them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from privscan.reidentify.result import Sensitive

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Places = NDArray[np.int64]


class Spread:
    """A sensitive column over all classes; `counts` are (what, n) of the whole table.

    `numbers` tell what number each value is; if all are one, the distance is the ordered one.
    """

    def __init__(self, column: str, counts: pl.DataFrame, numbers: pl.DataFrame) -> None:
        self._column = column
        known = counts.join(numbers, on="what", how="left")
        self._ordered = not known["number"].has_nulls() and not known["number"].is_nan().any()
        place = pl.col("number" if self._ordered else "what").rank("dense").cast(pl.Int64) - 1
        self._places = known.select("what", "n", at=place)
        whole = self._places.group_by("at").agg(pl.col("n").sum()).sort("at")["n"].to_numpy()
        self._p: Floats = whole / max(1, whole.sum())
        self._cumulated: Floats = np.cumsum(self._p)
        self._areas: Floats = np.concatenate([[0.0], np.cumsum(self._cumulated)])
        self._diversity, self._entropy = len(self._p), float("inf")
        self._closeness = self._alpha = self._delta = 0.0
        self._beta = 0.0
        self._tails: dict[str, Floats] = {"down": np.zeros(0), "up": np.zeros(0)}

    def add(self, values: pl.DataFrame) -> None:
        """Take classes in: (id, what, n), every class whole."""
        if not values.height:
            return
        found = values.join(self._places.select("what", "at"), on="what")
        found = found.group_by("id", "at").agg(pl.col("n").sum()).sort("id", "at")
        ids, at = found["id"].to_numpy(), found["at"].to_numpy()
        n = found["n"].to_numpy().astype(float)
        starts = np.flatnonzero(np.concatenate([[True], ids[1:] != ids[:-1]]))
        sizes = np.diff(np.append(starts, len(ids)))
        q = n / np.repeat(np.add.reduceat(n, starts), sizes)
        p = self._p[at]
        entropy = -np.add.reduceat(q * np.log(q), starts)
        self._entropy = min(self._entropy, float(entropy.min()))
        self._alpha = max(self._alpha, float(q.max()))
        self._beta = max(self._beta, float((q / p - 1).max()))
        self._delta = max(self._delta, float(np.abs(np.log(q / p)).max()))
        distance = self._moved(q, at, starts) if self._ordered else _apart(q, p, starts)
        self._closeness = max(self._closeness, float(distance.max()))
        self._diversity = min(self._diversity, int(sizes.min()))
        self._ranked(ids, n, starts, sizes)

    def _moved(self, q: Floats, at: Places, starts: Places) -> Floats:
        """Earth mover's distance over ordered places: the area between two step functions."""
        steps = max(1, len(self._p) - 1)
        heights = np.cumsum(q)
        sizes = np.diff(np.append(starts, len(q)))
        heights -= np.repeat(heights[starts] - q[starts], sizes)
        ends = np.append(at[1:], 0)
        ends[np.append(starts[1:], len(q)) - 1] = len(self._p)
        split = np.clip(np.searchsorted(self._cumulated, heights), at, ends)
        area = self._areas
        below = heights * (split - at) - (area[split] - area[at])
        above = (area[ends] - area[split]) - heights * (ends - split)
        distance: Floats = (np.add.reduceat(below + above, starts) + area[at[starts]]) / steps
        return distance

    def _ranked(self, ids: Places, n: Floats, starts: Places, sizes: Places) -> None:
        """For each l the greatest first count over the sum from the l-th on, in both orders."""
        first = np.repeat(starts, sizes)
        ranks = np.arange(len(ids)) - first
        for way, sign in (("down", -1.0), ("up", 1.0)):
            ordered = n[np.lexsort((sign * n, ids))]
            totals = np.repeat(np.add.reduceat(ordered, starts), sizes)
            before = np.cumsum(ordered) - ordered
            before -= before[first]
            share = ordered[first] / (totals - before)
            kept = ranks < self._diversity
            highest = np.zeros(self._diversity)
            np.maximum.at(highest, ranks[kept], share[kept])
            known = self._tails[way][: self._diversity]
            highest[: len(known)] = np.maximum(highest[: len(known)], known)
            self._tails[way] = highest

    def result(self) -> Sensitive:
        """The worst class of each measure."""
        any_class = bool(len(self._tails["down"]))
        level = self._diversity if any_class else 0
        several = level > 1
        return Sensitive(
            column=self._column,
            values=len(self._p),
            ordered=self._ordered,
            diversity=level,
            entropy_diversity=float(np.exp(self._entropy)) if any_class else 0.0,
            recursive_c=float(self._tails["down"][level - 1]) if several else None,
            recursive_c_pycanon=int(np.floor(self._tails["up"][level - 1] + 1))
            if several
            else None,
            closeness=self._closeness,
            alpha=self._alpha,
            beta=self._beta,
            delta=self._delta,
        )


def _apart(q: Floats, p: Floats, starts: Places) -> Floats:
    """Half the sum of differences: what is too much here is too little elsewhere."""
    distance: Floats = np.add.reduceat(np.maximum(q - p, 0), starts)
    return distance
