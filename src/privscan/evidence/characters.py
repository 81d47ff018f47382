"""Which kinds of character each cell holds, from one pass over a column's bytes.

Most questions about cells (a number? a date? hexadecimal?) are settled for nearly all of them by
this one byte a cell, so that regexes need to see only the few that are left.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import polars as pl
import pyarrow as pa

from privscan.model.data import Column

if TYPE_CHECKING:
    from numpy.typing import NDArray

DIGIT, HEX, LETTER, SPACE, SIGN, POINT, OTHER, WIDE = (1 << bit for bit in range(8))
"""0-9; a-f in any case; the other ASCII letters; white space; + and -; the point; the rest of
ASCII; all that is beyond ASCII."""

CHUNK = 1 << 18
"""Bytes looked at together: what the cache of a core holds."""


def _kind(code: int) -> int:
    sign = chr(code)
    if code >= 128:  # noqa: PLR2004  the end of ASCII
        return WIDE
    if sign.isalnum():
        return DIGIT if sign.isdigit() else HEX if sign in "abcdefABCDEF" else LETTER
    return {"+": SIGN, "-": SIGN, ".": POINT}.get(sign, SPACE if sign in " \t\n\v\f\r" else OTHER)


_KINDS = bytes(_kind(code) for code in range(256))


@dataclass(frozen=True, slots=True, eq=False)
class Characters:
    """For each cell the sum of its kinds, 0 if it is empty; whether any cell may be starred out."""

    kinds: NDArray[np.uint8]
    stars: bool


def characters(cells: pl.Series) -> Characters:
    """The kinds of character in each cell of a String series without nulls."""
    array = cells.to_arrow().cast(pa.large_string())
    _, starts, data = array.buffers()
    offsets = np.frombuffer(starts, np.int64)[array.offset : array.offset + len(array) + 1]
    kinds, stars, first = np.zeros(len(cells), np.uint8), False, 0
    while first < len(cells):
        last = int(np.searchsorted(offsets, offsets[first] + CHUNK, "right")) - 1
        last = min(max(last, first + 1), len(cells))
        begin, end = int(offsets[first]), int(offsets[last])
        if begin < end:
            text = data.slice(begin, end - begin).to_pybytes()
            kinds[first:last] = _kinds(text, offsets[first : last + 1] - begin)
            stars = stars or _starred(text)
        first = last
    return Characters(kinds, stars)


def _starred(text: bytes) -> bool:
    """Whether `**` or ● occurs; one byte is sought first, since that takes no time at all."""
    return (b"*" in text and b"**" in text) or (b"\x97" in text and "●".encode() in text)


def _kinds(text: bytes, offsets: NDArray[np.int64]) -> NDArray[np.uint8]:
    kinds = np.frombuffer(text.translate(_KINDS), np.uint8)
    starts, filled = offsets[:-1], offsets[1:] > offsets[:-1]
    if filled.all():
        return np.bitwise_or.reduceat(kinds, starts)
    found = np.zeros(len(starts), np.uint8)
    found[filled] = np.bitwise_or.reduceat(kinds, starts[filled])
    return found


_EVERY = np.arange(256, dtype=np.uint8)


@dataclass(frozen=True, slots=True, eq=False)
class Question:
    """What is asked of a cell's kinds; `table` has the answer for each sum of kinds."""

    table: NDArray[np.bool_]

    def __or__(self, other: Question) -> Question:
        """True where either is."""
        return Question(self.table | other.table)

    def rows(self, kinds: NDArray[np.uint8]) -> NDArray[np.int64]:
        """The cells of which it is true."""
        return np.flatnonzero(self.table[kinds])


def holding(*some: int, only: int = 0xFF) -> Question:
    """Cells with a character of each of `some` (a sum is either kind), and of `only` no others."""
    table = (_EVERY & ~np.uint8(only)) == 0
    for kinds in some:
        table &= (_EVERY & kinds) != 0
    return Question(table)


def kinds_in(column: Column) -> NDArray[np.uint8]:
    """The kinds in each of the column's cells, looked at only if the scan has not."""
    known = column.characters
    return characters(column.cells).kinds if known is None else known


def masked(rows: NDArray[np.int64], cells: int) -> pl.Series:
    """A mask over so many cells that is true in these rows."""
    mask = np.zeros(cells, bool)
    mask[rows] = True
    return pl.Series(mask)
