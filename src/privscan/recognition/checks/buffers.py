"""ASCII texts as NumPy arrays over Arrow buffers: no Python object per cell.

One byte is one character here. Matrices are stored column after column, so that arithmetic on
"the third character of every text" runs over contiguous memory.
"""

from __future__ import annotations

from collections.abc import Container, Iterator
from typing import Any, NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt
import polars as pl
from numpy.lib.stride_tricks import sliding_window_view

Bytes: TypeAlias = npt.NDArray[np.uint8]
Flags: TypeAlias = npt.NDArray[np.bool_]
Rows: TypeAlias = "slice | npt.NDArray[np.intp]"

ASCII_DIGITS = b"0123456789"
WHITESPACE = b"\t\n\v\f\r\x1c\x1d\x1e\x1f "
"""What str.isspace and a regex's `\\s` take for white space in ASCII."""

_INT32 = 2**31
_BLOCK = 2**15
_FEW = 4
"""Up to so many bytes, comparing with each is faster than a table."""


class Flat(NamedTuple):
    """Texts end to end: text i is data[offsets[i]:offsets[i + 1]]."""

    offsets: npt.NDArray[np.int64]
    data: Bytes


def flat(series: pl.Series) -> Flat:
    """The texts of an ASCII String series without nulls; the bytes are not copied again."""
    array = series.to_arrow(compat_level=pl.CompatLevel.oldest())
    _, offsets, data = array.buffers()
    bounds = np.frombuffer(offsets, np.int64, len(array) + 1, array.offset * 8)
    first, last = int(bounds[0]), int(bounds[-1])
    if last == first:
        return Flat(np.zeros(len(array) + 1, np.int64), np.zeros(0, np.uint8))
    return Flat(bounds - first if first else bounds, np.frombuffer(data, np.uint8)[first:last])


def by_width(texts: Flat, widths: Container[int]) -> Iterator[tuple[Rows, Bytes]]:
    """The texts grouped by length, for the lengths asked: which rows, and their matrix.

    Long groups come in blocks, so that what is computed on them stays in the processor's cache.
    """
    starts, lengths = texts.offsets[:-1], np.diff(texts.offsets)
    if not len(lengths):
        return
    low, high = int(lengths.min()), int(lengths.max())
    if low == high:
        if low and low in widths:
            whole = texts.data.reshape(-1, low)
            for block in _blocks(len(whole)):
                yield block, np.asfortranarray(whole[block])
        return
    for width in (w for w in range(max(low, 1), high + 1) if w in widths):
        rows = np.flatnonzero(lengths == width)
        for block in _blocks(len(rows)):
            some_rows = rows[block]
            cut = sliding_window_view(texts.data, width)[starts[some_rows]]
            yield some_rows, np.asfortranarray(cut)


def _blocks(rows: int) -> Iterator[slice]:
    return (slice(start, start + _BLOCK) for start in range(0, rows, _BLOCK))


def without(texts: Flat, removed: bytes) -> Flat:
    """The texts with every byte of `removed` taken out."""
    raw = texts.data.tobytes()
    if not raw or (len(removed) <= _FEW and not any(byte in raw for byte in removed)):
        return texts
    # bytes.translate drops characters at under a nanosecond each, NumPy's indexing at several.
    kept = np.frombuffer(raw.translate(None, removed), np.uint8)
    stays = _stays(texts.data, removed)
    width = int(texts.offsets[1])
    if (np.diff(texts.offsets) == width).all() and _all_alike(stays.reshape(-1, width)):
        # One layout, as in a column of cards in fours: every text keeps as many.
        return Flat(np.arange(len(texts.offsets)) * int(stays[:width].sum()), kept)
    counts = np.zeros(len(raw) + 1, np.int32 if len(raw) < _INT32 else np.int64)
    np.cumsum(stays, dtype=counts.dtype, out=counts[1:])
    return Flat(counts[texts.offsets].astype(np.int64), kept)


def _all_alike(rows: Flags) -> bool:
    return bool((rows == rows[0]).all())


def _stays(data: Bytes, removed: bytes) -> Flags:
    if len(removed) > _FEW:
        return lookup(data, bytes(byte not in removed for byte in range(256))).view(np.bool_)
    stays = np.ones(len(data), np.bool_)
    for byte in removed:
        stays &= data != byte
    return stays


def digits_only(texts: Flat) -> Flat:
    """The texts with everything but their digits taken out."""
    return without(texts, bytes({*range(256)} - {*ASCII_DIGITS}))


def upper(texts: Flat) -> Flat:
    """The texts in upper case."""
    return Flat(texts.offsets, np.frombuffer(texts.data.tobytes().upper(), np.uint8))


def lookup(codes: Bytes, table: bytes) -> Bytes:
    """table[code] for every code, in the codes' own memory layout; the table has 256 entries."""
    found = np.frombuffer(codes.tobytes(order="A").translate(table), np.uint8)
    return found.reshape(codes.shape, order="F" if codes.flags.f_contiguous else "C")


def every(marks: npt.NDArray[Any]) -> Flags:
    """Which rows are marked in every column."""
    return np.asarray(np.all(marks, axis=1))


def some(marks: npt.NDArray[Any]) -> Flags:
    """Which rows are marked in some column."""
    return np.asarray(np.any(marks, axis=1))
