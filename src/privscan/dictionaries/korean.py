"""Korean persons' names in Hangul: one of some dozen families, then mostly two syllables."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from privscan.dictionaries._sources import faker, mimesis, strings
from privscan.dictionaries.lookup import Lookup

if TYPE_CHECKING:
    from numpy.typing import NDArray

GIVEN, FAMILY, FULL, FIRST, SECOND = (1 << bit for bit in range(5))
"""What a cell is as a whole; of a syllable also whether given names begin or end with it."""

_EXAMPLES = ("철수", "길동")
"""The given names of Korea's John Doe, which generators of names leave out."""

_HONORIFIC = r" ?(?:님|씨|선생님|교수님|군|양)$"


@cache
def names() -> Lookup:
    """Families, given names and the syllables these are made of."""
    bits: list[tuple[str, int]] = []
    given: set[str] = {*_EXAMPLES}
    for _, data in faker("person", "ko_KR"):
        bits += [(name, FAMILY) for name in data["last_names"]]
        given |= strings(data["first_names"])
    for _, data in mimesis("person", "ko"):
        given |= strings(data["names"])
    bits += [(name, GIVEN) for name in given]
    bits += [(name[0], FIRST) for name in given] + [(name[-1], SECOND) for name in given]
    words = pl.Series([word for word, _ in bits])
    return Lookup.of(words, np.array([bit for _, bit in bits], np.uint8))


def readings(cells: pl.Series) -> NDArray[np.uint8]:
    """What each cell of Hangul, with one blank at most, is as a name."""
    bare = cells.str.replace(_HONORIFIC, "").str.replace(" ", "", literal=True)
    sizes, known = bare.str.len_chars().to_numpy(), names()
    found = np.zeros(len(cells), np.uint8)
    whole = known(bare) & np.uint8(GIVEN | FAMILY)
    found[sizes <= 2] = whole[sizes <= 2]  # noqa: PLR2004  given names have two syllables
    rows = np.flatnonzero((sizes == 3) & (whole == 0))  # noqa: PLR2004  and families one
    some = bare.gather(rows)
    family = known(some.str.slice(0, 1)) & FAMILY > 0
    first, second = known(some.str.slice(1, 1)), known(some.str.slice(2, 1))
    likely = (known(some.str.slice(1)) & GIVEN > 0) | ((first & FIRST > 0) & (second & SECOND > 0))
    found[rows[family & likely]] = FULL
    return found
