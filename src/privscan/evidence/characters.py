"""Which kinds of character each cell holds, from one pass over a column's bytes.

Most questions about cells (a number? a date? hexadecimal?) are settled for nearly all of them by
this one byte a cell, so that regexes need to see only the few that are left.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

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
    """For each cell the sum of its kinds, 0 if it is empty, its first byte and its last.

    `stars` says whether any cell may be starred out.
    """

    kinds: NDArray[np.uint8]
    first: NDArray[np.uint8]
    last: NDArray[np.uint8]
    stars: bool

    @classmethod
    def blank(cls, cells: int) -> Characters:
        """Those of so many empty cells."""
        kinds, first, last = np.zeros((3, cells), np.uint8)
        return cls(kinds, first, last, stars=False)

    def where(self, kept: NDArray[np.bool_]) -> Characters:
        """Those of the cells that are kept."""
        return Characters(self.kinds[kept], self.first[kept], self.last[kept], self.stars)

    def put(self, rows: NDArray[np.int64], other: Characters) -> None:
        """Take those of the cells that replace these rows."""
        for mine, theirs in (
            (self.kinds, other.kinds),
            (self.first, other.first),
            (self.last, other.last),
        ):
            mine[rows] = theirs


def characters(cells: pl.Series) -> Characters:
    """The kinds of character in each cell of a String series without nulls."""
    array = cells.to_arrow(compat_level=pl.CompatLevel.oldest())
    _, starts, data = array.buffers()
    offsets = np.frombuffer(starts, np.int64)[array.offset : array.offset + len(array) + 1]
    found = Characters.blank(len(cells))
    stars, first = False, 0
    while first < len(cells):
        last = int(np.searchsorted(offsets, offsets[first] + CHUNK, "right")) - 1
        last = min(max(last, first + 1), len(cells))
        begin, end = int(offsets[first]), int(offsets[last])
        if begin < end:
            text = data.slice(begin, end - begin).to_pybytes()
            _look(text, offsets[first : last + 1] - begin, found, slice(first, last))
            stars = stars or _starred(text)
        first = last
    return replace(found, stars=stars)


def _starred(text: bytes) -> bool:
    """Whether a sign for what is left out occurs; one byte is sought first, as that takes no time."""
    return any(
        first in text and any(sign in text for sign in signs) for first, signs in _MARKS.items()
    )


_MARKS = {
    b"*": (b"**",),
    b"#": (b"##",),
    b"\xe2": tuple(sign.encode() for sign in "●○•…█■"),
    b"\xef": ("\uff0a".encode(),),
}
"""By their first byte; \uff0a is the wide asterisk."""


def _look(text: bytes, offsets: NDArray[np.int64], found: Characters, at: slice) -> None:
    kinds, plain = np.frombuffer(text.translate(_KINDS), np.uint8), np.frombuffer(text, np.uint8)
    starts, ends = offsets[:-1], offsets[1:]
    filled = ends > starts
    rows = at
    if not filled.all():
        starts, ends = starts[filled], ends[filled]
        rows = np.flatnonzero(filled) + at.start
    found.kinds[rows] = np.bitwise_or.reduceat(kinds, starts)
    found.first[rows], found.last[rows] = plain[starts], plain[ends - 1]


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
