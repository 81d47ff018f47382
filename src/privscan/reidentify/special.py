"""Special uniques: the few columns that already single a record out (SUDA).

Elliot, Manning and Ford (2002); Manning, Haglin and Keane (2008); scores as in sdcMicro.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from privscan.reidentify.cells import WHO
from privscan.reidentify.result import Special

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Bits = NDArray[np.bool_]

WORK = 200_000_000
"""Cells that are compared at most, counted as classes times sets of columns."""


_LAST = 2**64 - 1


def sets(columns: int, size: int) -> int:
    """Sets of up to `size` columns."""
    return sum(math.comb(columns, k) for k in range(1, min(size, columns) + 1))


def special(tuples: pl.DataFrame, columns: Sequence[str], size: int) -> Special:
    """Minimal unique sets of up to `size` columns; `tuples` are all classes with `own` persons.

    A missing cell is a value of its own here; with `who`, several records of one person are one. A set of k columns scores the product of ATT - i
    for i from k to `size` - 1, with ATT columns in all; a record has the sum of its sets.
    """
    count, size = len(columns), min(size, len(columns))
    keys = [tuples[f"q{i}"].fill_null(0).to_numpy() for i in range(count)]
    single = tuples["own"] == 1
    at = np.flatnonzero(single.to_numpy())
    persons = _persons(tuples, single) if WHO in tuples.columns else None
    score = np.zeros(len(at))
    by_column = np.zeros(count)
    found: list[int] = []
    before: dict[tuple[int, ...], Bits] = {(): np.zeros(len(at), np.bool_)}
    for k in range(1, size + 1):
        weight = math.prod(count - i for i in range(k, size))
        here: dict[tuple[int, ...], Bits] = {}
        found.append(0)
        for chosen in combinations(range(count), k):
            less = [before[chosen[:i] + chosen[i + 1 :]] for i in range(k)]
            covered = np.logical_or.reduce(less)
            unique = _unique(keys, chosen, persons)[at]
            minimal = unique & ~covered
            here[chosen] = unique
            found[-1] += int(minimal.sum())
            score[minimal] += weight
            by_column[list(chosen)] += weight * int(minimal.sum())
        before = here
    total = float(score.sum())
    shares = by_column / total if total else by_column
    records = int(tuples["own"].sum())
    return Special(
        size=size,
        records=int((score > 0).sum()),
        keys=tuple(found),
        highest=float(score.max(initial=0.0)),
        mean=total / records if records else 0.0,
        columns=tuple(zip(columns, (round(float(s), 6) for s in shares), strict=True)),
    )


def _persons(tuples: pl.DataFrame, single: pl.Series) -> pl.DataFrame:
    """Each class's persons from lowest to highest, which differ where it has several."""
    who = pl.col(WHO)
    return tuples.select(
        low=pl.when(single).then(who).otherwise(0), high=pl.when(single).then(who).otherwise(_LAST)
    )


def _unique(
    keys: Sequence[NDArray[np.uint64]], chosen: tuple[int, ...], persons: pl.DataFrame | None
) -> Bits:
    """The classes of one person on these columns; a sum of keyed hashes stands for the set."""
    total = np.zeros(len(keys[0]), np.uint64)
    for i in chosen:
        total += keys[i]
    if persons is None:
        unique: Bits = pl.Series(total).is_unique().to_numpy()
        return unique
    same = pl.col("low").min().over("total") == pl.col("high").max().over("total")
    alone: Bits = persons.with_columns(total=total).select(same).to_series().to_numpy()
    return alone
