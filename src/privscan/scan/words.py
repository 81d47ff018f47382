"""Where texts stand among known ones: short texts are looked up as numbers, many at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import polars as pl
import pyarrow as pa
import pyarrow.compute as pc

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Keys = NDArray[np.uint64]
    Places = NDArray[np.int32]

SHORT = 12
"""Bytes of a text that Arrow's views hold themselves, beside their number and filled up with zeros."""

ROOM = 3
"""A table has eight times as many slots as texts, as a power of two."""

_FACTOR = 0x9E37_79B9_7F4A_7C15
"""Its product with a number spreads the number's bits to the upper ones (Knuth's golden ratio)."""

_HALF = np.uint64(32)


class _Table(NamedTuple):
    """In the slot that a product names, the place of the one text that may stand there."""

    factor: np.uint64
    shift: np.uint64
    slots: Places

    def slot(self, keys: Keys) -> NDArray[np.int64]:
        """The slot of each key."""
        mixed = keys[:, 0] * self.factor
        mixed ^= keys[:, 1]
        mixed *= self.factor
        mixed ^= mixed >> _HALF
        mixed *= self.factor
        mixed >>= self.shift
        return mixed.view(np.int64)


class Words:
    """Distinct texts, each with its place among them."""

    def __init__(self, texts: pl.Series) -> None:
        self._texts: pa.Array = texts.to_arrow(compat_level=pl.CompatLevel.oldest())
        rows = np.flatnonzero(_sizes(self._texts) <= SHORT) if len(texts) else np.arange(0)
        self._keys = np.zeros((len(texts), 2), np.uint64)
        self._keys[rows] = _keys(self._texts.take(pa.array(rows)))
        self._tables: list[_Table] = []
        while len(rows):
            # Those whose slots are taken stand in a further table.
            bits = len(rows).bit_length() + ROOM
            factor = np.uint64(_FACTOR * (2 * len(self._tables) + 1) % 2**64)
            table = _Table(factor, np.uint64(64 - bits), np.full(1 << bits, rows[0], np.int32))
            slots = table.slot(self._keys[rows])
            table.slots[slots] = rows
            rows = rows[table.slots[slots] != rows]
            self._tables.append(table)

    def places(self, cells: pa.Array) -> Places:
        """The place of each cell, none of them null; -1 where none is equal."""
        if not len(cells):
            return np.zeros(0, np.int32)
        if self._tables and _sizes(cells).max() <= SHORT:
            return self._places(_keys(cells))
        if self._texts.type != cells.type:
            self._texts = self._texts.cast(cells.type)
        at = pc.index_in(cells, value_set=self._texts)
        found: Places = (at.fill_null(-1) if at.null_count else at).to_numpy()
        return found

    def _places(self, keys: Keys) -> Places:
        places, wrong = self._compared(self._tables[0], keys)
        if not wrong.any():
            return places
        rows = np.flatnonzero(wrong)
        for table in self._tables[1:]:
            places[rows], wrong = self._compared(table, keys.take(rows, axis=0))
            rows = rows[wrong]
        places[rows] = -1
        return places

    def _compared(self, table: _Table, keys: Keys) -> tuple[Places, NDArray[np.bool_]]:
        """The one place at which each key may stand, and whether another key does."""
        places = table.slots.take(table.slot(keys))
        other = self._keys.take(places, axis=0) != keys
        return places, other[:, 0] | other[:, 1]


def _sizes(cells: pa.Array) -> NDArray[np.integer]:
    """Bytes of each text."""
    width = np.int64 if pa.types.is_large_string(cells.type) else np.int32
    offsets: NDArray[np.integer] = np.frombuffer(cells.buffers()[1], width)
    return np.diff(offsets[cells.offset :][: len(cells) + 1])


def _keys(cells: pa.Array) -> Keys:
    """Two numbers of each short text, its size and all its bytes: equal keys are equal texts."""
    views = cells.cast(pa.string_view())
    numbers = np.frombuffer(views.buffers()[1], np.uint64).reshape(-1, 2)
    return numbers[views.offset :][: len(cells)]
