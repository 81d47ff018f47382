"""Rows of NumPy arrays as columns: vectors, pictures, numbers, times and texts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import numpy as np
import polars as pl

from privscan.formats.vectors.likeness import FACES, VOICES
from privscan.model.data import Column
from privscan.model.kinds import Kind
from privscan.sources._cells import VECTOR_LENGTH

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = np.ndarray[Any, Any]

SIDE = 16
"""Pixels of the shortest side of a picture."""

LONGEST_SIDE = 16_384
ALONE, OBLONG = 32, 4
"""Pixels of the shortest side of a picture that is a whole array, and how much longer the other is."""

_CHANNELS = (1, 3, 4)
_COLOURS = 3
_FLOATS = (4, 8)
"""Bytes of the floating-point numbers that Polars knows."""

_WHITE = 255


def columns(name: str, rows: Array, first: int) -> Iterator[Column]:
    """The columns of some rows of an array, of which the first has this number."""
    if rows.dtype.names:
        for field in rows.dtype.names:
            yield from columns(f"{name}.{field}", rows[field], first)
        return
    if rows.dtype.kind in "USMmb":
        yield _texts(name, rows)
        return
    if rows.ndim == 1:
        yield _numbers(name, rows)
        return
    shown = _shown(rows)
    if shown.any():
        yield _pictures(name, rows, np.flatnonzero(shown), first)
        rows = rows[~shown]
        if not len(rows):
            return
    flat = rows.reshape(len(rows), -1)
    if flat.shape[1] < VECTOR_LENGTH:
        yield _numbers(f"{name}[]", flat.ravel())
    else:
        vectors = pl.Series(name, flat.astype(np.float64))
        yield Column(name, Kind.VECTOR, vectors.cast(pl.List(pl.Float64)))


def rows_of(shape: tuple[int, ...], kind: np.dtype[Any]) -> tuple[int, ...]:
    """The shape with the axis of rows before it, where the array is a single vector or picture."""
    axes = len(shape)
    if axes == 1 and kind.kind == "f" and shape[0] in FACES | VOICES:
        return (1, *shape)
    if axes in {2, 3} and min(shape[:2]) >= ALONE and max(shape[:2]) <= OBLONG * min(shape[:2]):
        grey, coloured = axes == 2 and kind == np.uint8, axes == 3 and shape[2] in _CHANNELS[1:]  # noqa: PLR2004  axes of a picture
        return (1, *shape) if grey or coloured else shape
    return shape or (1,)


def _texts(name: str, rows: Array) -> Column:
    """Texts and times as texts; arrays of more axes lose their rows."""
    path = name if rows.ndim == 1 else f"{name}[]"
    flat = rows.ravel()
    if flat.dtype.kind == "S":
        cells = pl.Series(path, [text.decode("utf-8", "replace") for text in flat.tolist()])
    elif flat.dtype.kind == "U":
        cells = pl.Series(path, [_text(text) for text in flat.tolist()], pl.String)
    elif flat.dtype.kind == "b":
        cells = pl.Series(path, np.where(flat, "true", "false").tolist(), pl.String)
    else:
        written = np.datetime_as_string(flat) if flat.dtype.kind == "M" else flat.astype(str)
        cells = pl.Series(path, written.tolist(), pl.String).set(pl.Series(np.isnat(flat)), None)
    return Column(path, Kind.TIME if flat.dtype.kind in "Mm" else Kind.TEXT, cells)


def _text(text: str) -> str:
    return text.encode("utf-8", "replace").decode()


def _numbers(path: str, flat: Array) -> Column:
    kind = flat.dtype.newbyteorder("=")
    if kind.kind == "f" and kind.itemsize not in _FLOATS:
        kind = np.dtype(np.float32 if kind.itemsize < min(_FLOATS) else np.float64)
    cells = pl.Series(path, flat.astype(kind))
    return Column(path, Kind.NUMBER, cells.cast(pl.String).str.strip_suffix(".0"))


def _channels_last(rows: Array) -> Array:
    """Rows of pictures as height x width x channels."""
    if rows.ndim == 3:  # noqa: PLR2004  a picture has two axes
        return rows[..., None]
    if rows.shape[3] not in _CHANNELS and rows.shape[1] in _CHANNELS:
        return rows.transpose(0, 2, 3, 1)
    return rows


def _shown(rows: Array) -> NDArray[np.bool_]:
    """Which rows are pictures: bytes, or floats of which all are shades, 0 to 1 or to 255."""
    none = np.zeros(len(rows), bool)
    if rows.ndim not in {3, 4} or (rows.dtype != np.uint8 and rows.dtype.kind != "f"):
        return none
    *sides, channels = _channels_last(rows).shape[1:]
    if channels not in _CHANNELS or not SIDE <= min(sides) <= max(sides) <= LONGEST_SIDE:
        return none
    if rows.dtype == np.uint8:
        return ~none
    flat = rows.reshape(len(rows), -1)
    low, high = flat.min(1), flat.max(1)  # not a number if any is none, and then compares false
    return np.asarray((low >= 0) & (high > 0) & (high <= _WHITE))


def _pictures(name: str, rows: Array, at: NDArray[np.int64], first: int) -> Column:
    """The pictures among the rows, each named by its number."""
    encoded = [_encoded(_shades(one)) for one in _channels_last(rows)[at]]
    labels = pl.Series("path", [f"{name}[{first + i}]" for i in at.tolist()])
    return Column(name, Kind.IMAGE, pl.Series(name, encoded, pl.Binary), labels)


def _shades(picture: Array) -> NDArray[np.uint8]:
    if picture.dtype == np.uint8:
        return picture
    return np.asarray(np.rint(picture * (_WHITE if picture.max() <= 1 else 1)), np.uint8)


def _encoded(picture: NDArray[np.uint8]) -> bytes:
    """A portable graymap or pixmap: the bytes as they are, behind a line that says the size."""
    height, width, channels = picture.shape
    colour = channels >= _COLOURS
    kept = picture[..., :_COLOURS] if colour else picture[..., :1]
    start = b"%s\n%d %d\n255\n" % (b"P6" if colour else b"P5", width, height)
    return start + np.ascontiguousarray(kept).tobytes()
