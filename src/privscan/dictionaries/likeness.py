"""How much a word that no list has looks like the listed names, and not like the listed words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

if TYPE_CHECKING:
    from numpy.typing import NDArray

_LETTERS = 27
"""a to z, and the border of a word."""

_GRAM = 4
_BORDER = "^"
_PSEUDO = 0.5
"""Added to each count, so that a run of letters never seen says little."""

_CODES = np.full(256, -1, np.int32)
_CODES[ord(_BORDER)] = 0
_CODES[ord("a") : ord("z") + 1] = np.arange(1, _LETTERS)


@dataclass(frozen=True, slots=True, eq=False)
class Likeness:
    """Bits for a name, by each run of four letters of a word (Good 1950; naive Bayes)."""

    bits: NDArray[np.float32]

    @classmethod
    def of(cls, names: pl.Series, others: pl.Series) -> Likeness:
        """Learnt from names and from other words, in lower case without accents."""
        shares = []
        for words in (names, others):
            grams, _ = _grams(words)
            counts = np.bincount(grams[grams >= 0], minlength=_LETTERS**_GRAM) + _PSEUDO
            shares.append(np.log2(counts / counts.sum()))
        return cls((shares[0] - shares[1]).astype(np.float32))

    def __call__(self, words: pl.Series) -> NDArray[np.float64]:
        """The mean bits a run for each word; -inf for a word with other letters than a to z."""
        grams, ends = _grams(words)
        bits = np.where(grams >= 0, self.bits[grams], np.float32(-np.inf))
        sums = np.add.reduceat(np.append(bits, 0.0), np.concatenate([[0], ends[:-1]]))
        runs = np.diff(ends, prepend=0)
        return np.where(runs > 0, sums / np.maximum(runs, 1), -np.inf)


def _grams(words: pl.Series) -> tuple[NDArray[np.int32], NDArray[np.int64]]:
    """The runs of four of all words, borders included, and where each word's runs end."""
    array = (_BORDER + words).to_arrow(compat_level=pl.CompatLevel.oldest())
    _, starts, data = array.buffers()
    offsets = np.frombuffer(starts, np.int64)[array.offset : array.offset + len(array) + 1]
    text = np.frombuffer(data, np.uint8)[offsets[0] : offsets[-1]]
    codes = _CODES[np.append(text, np.full(_GRAM, ord(_BORDER), np.uint8))]
    first, second, third, fourth = (codes[nth : nth + len(text)] for nth in range(_GRAM))
    # A border is the first or the last of a run; where it is within, the run is of two words.
    whole = (second != 0) & (third != 0)
    grams = ((first * _LETTERS + second) * _LETTERS + third) * _LETTERS + fourth
    grams[(first | second | third | fourth) < 0] = -1
    return grams[whole], np.cumsum(np.maximum(np.diff(offsets) - (_GRAM - 2), 0))
