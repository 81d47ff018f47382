"""Chinese persons' names in characters: one of some four hundred families, then one or two more."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from privscan.dictionaries._sources import faker, mimesis, strings
from privscan.dictionaries.lookup import Lookup

if TYPE_CHECKING:
    from numpy.typing import NDArray

GIVEN, FAMILY, LETTER, FREQUENT = (1 << bit for bit in range(4))
"""A given name; a family; a character of given names; one of the families that most persons have."""

_FREQUENT = 100
"""So many of the families, by frequency, are 85 of 100 persons."""

_NO_NAME = "[省市区县區縣镇鎮乡鄉村街路道巷号號楼樓国國州岛島山河湖江店厂廠部局院校司社团團会會]$"


@cache
def names() -> Lookup:
    """Families, whole given names, and the characters of given names."""
    family: set[str] = set()
    given: set[str] = set()
    frequent: list[str] = []
    for _, data in faker("person", "zh*"):
        listed = list(data["last_names"])
        family.update(listed)
        frequent += listed[:_FREQUENT]
        given |= strings(data["first_names"])
    for _, data in mimesis("person", "zh"):
        family |= strings(data["surnames"])
        given |= strings(data["names"])
    bits = [(FAMILY, family), (FREQUENT, frequent), (GIVEN, given),
            (LETTER, {letter for name in given for letter in name})]  # fmt: skip
    words = [word for _, some in bits for word in some]
    codes = [bit for bit, some in bits for _ in some]
    return Lookup.of(pl.Series(words), np.array(codes, np.uint8))


def full(cells: pl.Series) -> NDArray[np.bool_]:
    """Cells of two to four Han characters that are a family and a given name."""
    known, sizes = names(), cells.str.len_chars().to_numpy()
    right = np.zeros(len(cells), bool)
    named = ~cells.str.contains(_NO_NAME).to_numpy()
    for size in (1, 2):
        given = sizes - size
        rows = np.flatnonzero(named & (given >= 1) & (given <= 2) & ~right)  # noqa: PLR2004  one or two characters
        some = cells.gather(rows)
        wanted = FREQUENT if size == 1 else FAMILY
        some, rows = _kept(some, rows, known(some.str.slice(0, size)) & wanted > 0)
        fits = known(some.str.slice(size, 1)) & LETTER > 0
        last = some.str.slice(size + 1, 1)
        fits &= (known(last) & LETTER > 0) | (last == "").to_numpy()
        right[rows[fits]] = True
    return right


def _kept(
    cells: pl.Series, rows: NDArray[np.int64], mask: NDArray[np.bool_]
) -> tuple[pl.Series, NDArray[np.int64]]:
    return cells.filter(mask), rows[mask]
