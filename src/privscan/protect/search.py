"""Values sought in text, and whether they stand there by themselves."""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np
import polars as pl

_WORD = re.compile(r"[A-Za-z0-9_-]+")
_IN_WORDS = np.array([bool(_WORD.fullmatch(chr(code))) for code in range(256)])


@dataclass(frozen=True, slots=True)
class Met:
    """Places in which values are met, and which values.

    `alone` are those that are no mere part of a longer word: in tokens and cipher text any short
    word may be met by accident.
    """

    places: int = 0
    values: frozenset[str] = frozenset()
    alone: frozenset[str] = frozenset()

    def __or__(self, other: Met) -> Met:
        """Both."""
        return Met(self.places + other.places, self.values | other.values, self.alone | other.alone)


def search(text: str, values: list[str], before: int = 0) -> Met:
    """The values in a text, one within another too; only those that end after `before` characters."""
    one = pl.Series([text])
    starts = one.str.find_many(values, overlapping=True)[0]
    if starts is None or not len(starts):
        return Met()
    words = one.str.extract_many(values, overlapping=True)[0]
    first = starts.to_numpy().astype(np.int64)
    last = first + words.str.len_bytes().to_numpy()
    data = np.frombuffer(b" " + text.encode("utf-8", "surrogateescape") + b" ", np.uint8)
    apart = ~_IN_WORDS[data[first]] & ~_IN_WORDS[data[last + 1]]
    frame = pl.DataFrame({"word": words, "apart": apart}).filter(
        last > len(text[:before].encode("utf-8", "surrogateescape"))
    )
    # What has a sign beside those of words is in no token and in no cipher text.
    alone = frame.group_by("word").agg(pl.col("apart").any())
    signed = ~pl.col("word").str.contains(rf"^{_WORD.pattern}$")
    whole = alone.filter(pl.col("apart") | signed)["word"]
    return Met(frame.height, frozenset(alone["word"]), frozenset(whole))
