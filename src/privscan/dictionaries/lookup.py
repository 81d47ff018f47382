"""Words to what is known of them: a table of hashes, some twenty bytes a word."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

if TYPE_CHECKING:
    from numpy.typing import NDArray

_SEED = 0x9E37_79B9


def hashed(words: pl.Series) -> NDArray[np.uint64]:
    """The hash of each word, the same throughout a process."""
    return words.hash(_SEED).to_numpy()


@dataclass(frozen=True, slots=True, eq=False)
class Lookup:
    """Bits known of each word, by the word's hash; 0 for all other words.

    A hash stands in the slot that its first bits name, or after it up to the next empty one (0).
    Of a million words two share a hash in one table of 37 million.
    """

    slots: NDArray[np.uint64]
    bits: NDArray[np.uint8]
    shift: int

    @classmethod
    def of(cls, words: pl.Series, bits: NDArray[np.uint8]) -> Lookup:
        """The table of these words; bits of a word given more than once are all its own."""
        return cls.by_hash(hashed(words), bits)

    @classmethod
    def by_hash(cls, hashes: NDArray[np.uint64], bits: NDArray[np.uint8]) -> Lookup:
        """The table of words whose hashes these are."""
        # Stable: much of what is asked for is in order already, which that sort makes use of.
        order = np.argsort(hashes, kind="stable")
        hashes = hashes[order]
        first = np.flatnonzero(np.concatenate([[True], hashes[1:] != hashes[:-1]]))
        bits, hashes = np.bitwise_or.reduceat(bits[order], first), hashes[first]
        size = len(hashes).bit_length() + 1
        shift = 64 - size
        nth = np.arange(len(hashes))
        at = np.maximum.accumulate((hashes >> np.uint64(shift)).astype(np.int64) - nth) + nth
        slots = np.zeros(max(1 << size, int(at[-1]) + 1) + 1, np.uint64)
        slots[at] = hashes
        placed = np.zeros(len(slots), np.uint8)
        placed[at] = bits
        return cls(slots, placed, shift)

    def __call__(self, words: pl.Series) -> NDArray[np.uint8]:
        """The bits of each word of a String series."""
        asked, none = hashed(words), np.uint8(0)
        at = (asked >> np.uint64(self.shift)).astype(np.int64)
        there = self.slots[at]
        found = np.where(there == asked, self.bits[at], none)
        open_ = np.flatnonzero((there != asked) & (there > 0))
        while len(open_):
            at[open_] += 1
            there = self.slots[at[open_]]
            found[open_] = np.where(there == asked[open_], self.bits[at[open_]], none)
            open_ = open_[(there != asked[open_]) & (there > 0)]
        return found
