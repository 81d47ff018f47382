"""Whether numbers look like an embedding, as models make them, by each vector alone.

The components of an embedding stand in no order: neighbours are alike in curves, spectra, rows of
pixels and coordinates only. They are no whole numbers, hardly any two are equal, and they spread
like a bell around a middle. That is all that numbers say: of what it was made, they do not.
"""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

LEAST = 64
"""Components of the smallest vectors that models make of faces, voices or texts."""

LARGEST = 8_192

FACES = frozenset({128, 256, 512, 1024, 2048, 2622, 4096})
"""dlib, FaceNet and SFace have 128; FaceNet512, ArcFace and their kin 512; VGG-Face 2622 and 4096."""

VOICES = frozenset({192, 256, 400, 512, 600})
"""ECAPA-TDNN has 192; d-vectors, ResNets and TitaNet 256 and 192; x-vectors 512; i-vectors 400, 600."""

USUAL = FACES | VOICES | {384, 768, 1536, 3072}
"""The last four are those of models for texts."""

_UNIT = 0.005
"""How far from 1 the length may be: half precision rounds so much."""

_ORDERED = 4.0
"""Standard deviations of the correlation of neighbours from which they are in some order."""

_LAGS = (1, 2, 3)
"""Coordinates x, y and x, y, z repeat after two or three numbers."""

_WITHIN = (0.5, 0.99)
"""Share of components within one standard deviation: .68 in a bell, more where a few are large."""

_POSITIVE = (0.2, 0.8)
_DIFFERENT = 0.75
"""Least share of different values, but for zeros."""

_ZEROS = 0.9
_OFFSET = 2.0
"""Means of rectified components in standard deviations: brightness and prices lie further out."""


class Likeness(IntEnum):
    """What a vector looks like: no embedding, one of length 1, any other, one without negatives."""

    OTHER = 0
    UNIT = 1
    DENSE = 2
    RECTIFIED = 3


def likeness(rows: Floats) -> NDArray[np.uint8]:
    """The likeness of each row of a matrix; OTHER throughout where its width is none of a model."""
    found = np.zeros(len(rows), np.uint8)
    if not LEAST <= rows.shape[1] <= LARGEST:
        return found
    sound = np.flatnonzero(np.isfinite(rows).all(1) & (np.abs(rows).max(1) < 1e6))  # noqa: PLR2004  squares must not overflow
    if not len(sound):
        return found
    some = rows[sound]
    mean, spread = some.mean(1), some.std(1)
    varied = (spread > 0) & (some != np.rint(some)).any(1)
    sound, some, mean, spread = sound[varied], some[varied], mean[varied], spread[varied]
    if not len(sound):
        return found
    centred = (some - mean[:, None]) / spread[:, None]
    bell = _between((np.abs(centred) < 1).mean(1), _WITHIN)
    free = bell & _unordered(centred) & _different(some)
    least = some.min(1)
    signed = free & (least < 0) & _between((some > 0).mean(1), _POSITIVE)
    signed &= np.abs(mean) < spread
    rectified = free & (least >= 0) & ((some == 0).mean(1) <= _ZEROS) & (mean < _OFFSET * spread)
    rectified &= (least == 0) & (np.abs(some.sum(1) - 1) > _UNIT)  # those add up to 1 in histograms
    unit = np.abs(np.sqrt((some * some).sum(1)) - 1) < _UNIT
    found[sound[rectified]] = Likeness.RECTIFIED
    found[sound[signed]] = np.where(unit[signed], Likeness.UNIT, Likeness.DENSE)
    return found


def _between(values: Floats, bounds: tuple[float, float]) -> NDArray[np.bool_]:
    return (values >= bounds[0]) & (values <= bounds[1])


def _unordered(centred: Floats) -> NDArray[np.bool_]:
    """Whether no component is like the one, two or three before it."""
    width = centred.shape[1]
    most = _ORDERED / np.sqrt(width)
    free = np.ones(len(centred), bool)
    for lag in _LAGS:
        free &= np.abs((centred[:, lag:] * centred[:, :-lag]).mean(1)) < most
    return free


def _different(rows: Floats) -> NDArray[np.bool_]:
    """Whether hardly any two components are equal, but for zeros."""
    kept = np.sort(rows, axis=1)
    new = (kept[:, 1:] != kept[:, :-1]).sum(1) + 1
    filled = np.maximum(1, (rows != 0).sum(1))
    return np.asarray(new >= _DIFFERENT * filled)
