"""Where texts stand among known ones: up to eight bytes of text are looked up as one number."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import polars as pl
import pyarrow as pa
import pyarrow.compute as pc

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Keys = NDArray[np.uint64]

SHORT = 8
"""Bytes of a text that make one number."""

ROOM = 3
"""A table has eight times as many slots as texts, as a power of two."""

_MASKS = np.array([(1 << 8 * size) - 1 for size in range(SHORT + 1)], np.uint64)
_HALF = np.uint64(32)
_ODD = 0x9E37_79B9_7F4A_7C15
"""Its product with a number spreads the number's bits to the upper ones (Knuth's golden ratio)."""


class _Table(NamedTuple):
    """The place of each of its numbers, in the slot that the upper bits of a product name."""

    factor: np.uint64
    shift: np.uint64
    slots: NDArray[np.int32]

    def places(self, keys: Keys) -> NDArray[np.int32]:
        """The one place at which each number may stand."""
        return self.slots.take(_mixed(keys, self.factor, self.shift))


class Words:
    """Distinct texts, each with its place among them."""

    def __init__(self, texts: pl.Series) -> None:
        self._texts: pa.Array = texts.to_arrow(compat_level=pl.CompatLevel.oldest())
        sizes = texts.str.len_bytes().to_numpy()
        short = pl.Series(sizes <= SHORT) & ~texts.str.contains("\0", literal=True)
        rows = np.flatnonzero(short.to_numpy())
        found = _keys(self._texts.take(pa.array(rows)))
        self._keys = np.zeros(len(texts), np.uint64)
        self._keys[rows] = 0 if found is None else found
        self._tables = _tables(self._keys, rows)

    def places(self, cells: pa.Array) -> NDArray[np.int32]:
        """The place of each cell, none of them null; -1 where none is equal."""
        keys = _keys(cells)
        if keys is None or not self._tables:
            if self._texts.type != cells.type:
                self._texts = self._texts.cast(cells.type)
            at = pc.index_in(cells, value_set=self._texts)
            found: NDArray[np.int32] = (at.fill_null(-1) if at.null_count else at).to_numpy()
            return found
        places = self._tables[0].places(keys)
        wrong = self._keys.take(places) != keys
        if not wrong.any():
            return places
        rows = np.flatnonzero(wrong)
        for table in self._tables[1:]:
            places[rows] = table.places(keys[rows])
            rows = rows[self._keys[places[rows]] != keys[rows]]
        places[rows] = -1
        return places


def _tables(keys: Keys, rows: NDArray[np.int64]) -> list[_Table]:
    """Tables of which each holds those whose slots were taken in the one before."""
    tables: list[_Table] = []
    while len(rows):
        bits = len(rows).bit_length() + ROOM
        factor, shift = np.uint64(_ODD * (2 * len(tables) + 1) % 2**64), np.uint64(64 - bits)
        table = _Table(factor, shift, np.full(1 << bits, rows[0], np.int32))
        slots = _mixed(keys[rows], factor, shift)
        table.slots[slots] = rows
        rows = rows[table.slots[slots] != rows]
        tables.append(table)
    return tables


def _mixed(keys: Keys, factor: np.uint64, shift: np.uint64) -> NDArray[np.int64]:
    """The upper bits of a product in which every byte of the number tells."""
    mixed = keys >> _HALF
    mixed ^= keys
    mixed *= factor
    mixed >>= shift
    return mixed.view(np.int64)


def _keys(cells: pa.Array) -> Keys | None:
    """Each text as a number of its own; None if one is too long, or holds a NUL as shorter ones do."""
    _, bounds, texts = cells.buffers()
    width = np.int64 if pa.types.is_large_string(cells.type) else np.int32
    every: NDArray[np.integer] = np.frombuffer(bounds, width)
    offsets = every[cells.offset :][: len(cells) + 1]
    starts, sizes = offsets[:-1], np.diff(offsets)
    if not len(starts) or texts is None or sizes.max() > SHORT:
        return None
    data = np.frombuffer(texts, np.uint8)
    if not data[starts[0] : offsets[-1]].all():
        return None
    ready = int(np.searchsorted(starts, len(data) - SHORT, side="right"))
    end = starts[ready] if ready < len(starts) else 0
    tail = np.concatenate([data[end : offsets[-1]], np.zeros(SHORT, np.uint8)])
    words = [_words(data, starts[:ready])] if ready else []
    words += [_words(tail, starts[ready:] - end)] if ready < len(starts) else []
    return np.concatenate(words) & _MASKS.take(sizes)


def _words(data: NDArray[np.uint8], starts: NDArray[np.integer]) -> Keys:
    """The eight bytes at each start."""
    every = np.ndarray((len(data) - SHORT + 1,), "<u8", data, strides=(1,))
    return every.take(starts)
