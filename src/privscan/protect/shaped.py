"""Tokens in the shape of what they stand for: a digit for a digit, a letter for a letter.

A cell whose digits, small letters and capitals are each none or many goes through FF1, which maps
no two values of a shape to one. Others get characters from a keyed stream: values may then share
a token, the more the shorter they are. A cell with letters beyond ASCII has no such shape.
"""

from __future__ import annotations

import hmac
import string
from collections.abc import Callable

import numpy as np
import polars as pl
import pyarrow as pa
from numpy.typing import NDArray

from privscan.protect.ff1 import Ff1, fits

CLASSES = (string.digits, string.ascii_lowercase, string.ascii_uppercase)
"""Characters that stand for one another; all others stay."""

_PLAIN = rf"^[\x00-\x7f]*[{string.digits}{string.ascii_letters}][\x00-\x7f]*$"

_CLASS = np.full(256, -1, np.int8)
for _number, _characters in enumerate(CLASSES):
    _CLASS[list(_characters.encode())] = _number


class Shapes:
    """Makes such tokens under two keys; what has no shape goes to `other`."""

    def __init__(
        self, cipher: bytes, stream: bytes, other: Callable[[pl.Series], pl.Series]
    ) -> None:
        self._ff1, self._stream, self._other = Ff1(cipher), stream, other

    def tokens(self, cells: pl.Series) -> pl.Series:
        """A token for each distinct cell."""
        shaped = cells.str.contains(_PLAIN)
        kept = pl.DataFrame({"cell": cells, "shaped": shaped}).with_row_index("row")
        parts = []
        for some, make in (
            (kept.filter("shaped"), self._shaped),
            (kept.filter(~shaped), self._other),
        ):
            if some.height:
                parts.append(some.select("row", token=make(some["cell"])))
        if not parts:
            return cells
        return pl.concat(parts).sort("row")["token"]

    def _shaped(self, cells: pl.Series) -> pl.Series:
        array = pa.array(cells.to_list(), pa.large_string())
        offsets = np.frombuffer(array.buffers()[1], np.int64, len(array) + 1)
        values = np.frombuffer(array.buffers()[2], np.uint8, int(offsets[-1])).copy()
        place = _CLASS[values]
        whose = np.repeat(np.arange(len(array)), np.diff(offsets))
        counts = np.array([np.bincount(whose[place == c], minlength=len(array)) for c in range(3)])
        good = np.all((counts == 0) | np.array([_good(n, c) for c, n in enumerate(counts)]), axis=0)
        for number, row in enumerate(counts):
            for size in np.unique(row[good & (row > 0)]).tolist():
                at = np.flatnonzero((place == number) & (good & (row == size))[whose])
                values[at] = self._encrypted(values[at].reshape(-1, size), number).reshape(-1)
        self._streamed(values, np.flatnonzero(~good), offsets, cells)
        made = [array.buffers()[0], array.buffers()[1], pa.py_buffer(values.tobytes())]
        return pl.Series(pa.Array.from_buffers(pa.large_string(), len(array), made))

    def _encrypted(self, characters: NDArray[np.uint8], number: int) -> NDArray[np.uint8]:
        first, radix = ord(CLASSES[number][0]), len(CLASSES[number])
        numerals = (characters - first).astype(np.uint64)
        return (self._ff1.encrypted(numerals, radix) + np.uint64(first)).astype(np.uint8)

    def _streamed(
        self,
        values: NDArray[np.uint8],
        rows: NDArray[np.int64],
        offsets: NDArray[np.int64],
        cells: pl.Series,
    ) -> None:
        """Characters from a stream that is keyed with the whole cell."""
        for row in rows.tolist():
            some = values[offsets[row] : offsets[row + 1]]
            stream = self._bytes(cells[row].encode(), 2 * len(some))
            for number, characters in enumerate(CLASSES):
                at = np.flatnonzero(_CLASS[some] == number)
                some[at] = ord(characters[0]) + stream[at] % len(characters)

    def _bytes(self, cell: bytes, size: int) -> NDArray[np.uint16]:
        blocks = range(-(-size // 32))
        stream = b"".join(
            hmac.digest(self._stream, bytes([i % 256, i // 256]) + cell, "sha256") for i in blocks
        )
        return np.frombuffer(stream[:size], np.uint16)


def _good(counts: NDArray[np.int64], number: int) -> NDArray[np.bool_]:
    sizes = np.unique(counts)
    safe = [size for size in sizes.tolist() if size and fits(size, len(CLASSES[number]))]
    return np.isin(counts, safe)
