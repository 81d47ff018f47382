"""Friction ridges in a grey picture: smooth, turning waves of nearly one period, with minutiae.

Blocks of 32 pixels each have a strongest wave (Fourier) that the gradients agree with (structure
tensor); neighbours alike make a region. What else has such waves gives itself away: fabric,
gratings, wood and text do not turn; rings, discs and fans turn about one point; contour maps and
fringes change their period; and none of the drawn ones has lines that end.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np

from privscan.formats._thinning import ends_of_lines

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Grey = NDArray[Any]
    Field = NDArray[np.floating[Any]]
    Mask = NDArray[np.bool_]

BLOCK = 32
STEP = 16
"""A block holds three ridges at 500 pixels an inch; blocks overlap by half, in small pictures more."""

TEXTURED = 10.0
"""Standard deviation of grey below which a block is empty."""

WAVE = 0.42
"""Least share of a block's energy in its strongest wave."""

_NEAR = 3.0
"""Squared distance from the peak, in cycles a block, that is the same wave."""

COHERENT = 0.3
"""Least coherence of a block's gradients."""

PERIODS = (3.0, 15.0)
"""Pixels from ridge to ridge that a block can tell."""

_APART = 0.35
"""Most radians between the direction of the wave and that of the gradients."""
_TURN, _STRETCH = 0.6, 0.4
"""Most radians, and most change of the logarithm of the period, from block to block."""

FEWEST = 40
"""Blocks of a region that says anything."""

_SAMPLED, _LIKELY = 140, 0.12
"""Blocks looked at first, and the share of the textured ones that must hold a wave."""

_ONE_WAY = 0.95
"""Resultant of directions above which all waves of a picture run one way, as lines of text do."""

_SMALL, _LARGE = 320, 450
"""Pictures with a smaller longest side are seen doubled as well, larger ones halved."""


@dataclass(frozen=True, slots=True)
class Region:
    """Blocks that hang together, and how their waves run."""

    blocks: int
    ridges: float
    """Its longest extent, in periods."""
    period: float
    variation: float
    """Standard deviation of the period, as a share of it."""
    resultant: float
    """1 where all ridges run one way, 0 where they run all ways."""
    turn: float
    """Mean radians from block to block."""
    centred: float
    """Radians by which the ridges miss circles about one point, or rays from one."""
    strength: float
    minutiae: float
    """Ends of ridges, for each 100 steps."""


@dataclass(frozen=True, slots=True)
class Ridges:
    """The regions of a picture, largest first, and the share of what is not empty in them."""

    regions: tuple[Region, ...]
    share: float


@dataclass(frozen=True, slots=True)
class _Waves:
    textured: Mask
    good: Mask
    angle: Field
    period: Field
    strength: Field


def ridges(grey: Grey) -> Iterator[Ridges]:
    """The regions of waves at each scale at which a quick look finds some."""
    import cv2

    side = max(grey.shape)
    if min(grey.shape) < BLOCK:
        return
    views: list[tuple[Grey, int]] = [(grey, STEP if side >= _SMALL else STEP // 2)]
    if side < _SMALL:
        views.append((cv2.resize(grey, None, fx=2, fy=2, interpolation=cv2.INTER_CUBIC), STEP))
    if side > _LARGE:
        views.append((cv2.resize(grey, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA), STEP))
    for view, step in views:
        if min(view.shape) >= 2 * BLOCK and _likely(view) and _hangs_together(view, 2 * step):
            yield _ridges(view, step)


def _likely(grey: Grey) -> bool:
    blocks = _blocks(grey, max(BLOCK, int((grey.size / _SAMPLED) ** 0.5)))
    flat = blocks.reshape(-1, BLOCK, BLOCK).astype(np.float32)
    textured = flat[flat.std((1, 2)) > TEXTURED]
    if not len(textured):
        return False
    strength, period, angle = _strongest(textured)
    good = (strength > WAVE) & _told(period)
    return bool(good.mean() > _LIKELY and abs(np.exp(2j * angle[good]).mean()) < _ONE_WAY)


def _hangs_together(grey: Grey, step: int) -> bool:
    """Whether a quarter of the blocks has a region that turns."""
    waves = _waves(grey, step)
    return any(
        abs(np.exp(2j * waves.angle[part]).mean()) < _ONE_WAY for part in _parts(waves, FEWEST // 4)
    )


def _told(period: Field) -> Mask:
    return (period >= PERIODS[0]) & (period <= PERIODS[1])


def _blocks(grey: Grey, step: int) -> Grey:
    windows: Grey = np.lib.stride_tricks.sliding_window_view(grey, (BLOCK, BLOCK))
    return windows[::step, ::step]


@lru_cache(maxsize=1)
def _grid() -> tuple[NDArray[np.float32], NDArray[np.float32], NDArray[np.float32]]:
    """Frequencies in cycles a block, down and across, and a window."""
    hann = np.hanning(BLOCK + 2)[1:-1]
    down = (np.fft.fftfreq(BLOCK) * BLOCK)[:, None] + np.zeros(BLOCK // 2 + 1)
    across = (np.fft.rfftfreq(BLOCK) * BLOCK)[None, :] + np.zeros((BLOCK, 1))
    return (
        down.astype(np.float32),
        across.astype(np.float32),
        np.outer(hann, hann).astype(np.float32),
    )


def _strongest(blocks: NDArray[np.float32]) -> tuple[Field, Field, Field]:
    """Of each block's strongest wave: share of the energy, period, and angle of its normal."""
    down, across, window = _grid()
    energy = np.abs(np.fft.rfft2((blocks - blocks.mean((1, 2))[:, None, None]) * window)) ** 2
    energy[:, :, 1:-1] *= 2
    energy[:, 0, 0] = 0
    peak = energy.reshape(len(blocks), -1).argmax(1)
    y, x = down.ravel()[peak][:, None, None], across.ravel()[peak][:, None, None]
    side = np.sign(down * y + across * x)
    near = energy * ((side * down - y) ** 2 + (side * across - x) ** 2 < _NEAR)
    held = near.sum((1, 2)) + 1e-9
    v, u = (near * side * down).sum((1, 2)) / held, (near * side * across).sum((1, 2)) / held
    period = BLOCK / np.maximum(np.hypot(u, v), 1e-6)
    return held / (energy.sum((1, 2)) + 1e-9), period, np.arctan2(v, u) % np.pi


def _ridges(grey: Grey, step: int) -> Ridges:
    waves = _waves(grey, step)
    parts = sorted(_parts(waves, FEWEST), key=lambda part: -int(part.sum()))
    ends = ends_of_lines(grey, BLOCK, step) if parts else None
    found = tuple(_region(waves, part, ends, step) for part in parts if ends is not None)
    return Ridges(found, sum(r.blocks for r in found) / max(1, int(waves.textured.sum())))


def _waves(grey: Grey, step: int) -> _Waves:
    views = _blocks(grey, step)
    shape = views.shape[:2]
    blocks = views.reshape(-1, BLOCK, BLOCK).astype(np.float32)
    textured = blocks.std((1, 2)) > TEXTURED
    told = np.zeros((3, len(blocks)))
    if textured.any():
        told[:, textured] = _strongest(blocks[textured])
    strength, period, angle = told
    coherence, normal = _tensor(grey, step)
    good = textured & (strength > WAVE) & _told(period) & (coherence.ravel() > COHERENT)
    good &= _between(angle, normal.ravel()) < _APART
    fields = [field.reshape(shape) for field in (angle, period, strength)]
    return _Waves(textured.reshape(shape), good.reshape(shape), *fields)


def _tensor(grey: Grey, step: int) -> tuple[Field, Field]:
    """Coherence and direction of the gradients of each block."""
    import cv2

    x, y = cv2.Sobel(grey, cv2.CV_32F, 1, 0), cv2.Sobel(grey, cv2.CV_32F, 0, 1)
    down, across = (side - BLOCK + 1 for side in grey.shape)
    xx, yy, xy = (
        cv2.boxFilter(a, -1, (BLOCK, BLOCK), anchor=(0, 0))[:down:step, :across:step]
        for a in (x * x, y * y, x * y)
    )
    coherence = np.hypot(xx - yy, 2 * xy) / (xx + yy + 1e-6)
    return coherence, 0.5 * np.arctan2(2 * xy, xx - yy) % np.pi


def _between(a: Field, b: Field) -> Field:
    apart = np.abs(a - b) % np.pi
    return np.minimum(apart, np.pi - apart)


_DOWN = (np.s_[:-1, :], np.s_[1:, :])
_ACROSS = (np.s_[:, :-1], np.s_[:, 1:])


def _joined(waves: _Waves, pair: tuple[tuple[slice, slice], tuple[slice, slice]]) -> Mask:
    a, b = pair
    stretch = np.abs(np.log(np.maximum(waves.period[a], 1) / np.maximum(waves.period[b], 1)))
    near = _between(waves.angle[a], waves.angle[b]) < _TURN
    joined: Mask = waves.good[a] & waves.good[b] & near & (stretch < _STRETCH)
    return joined


def _parts(waves: _Waves, fewest: int) -> Iterator[Mask]:
    """Blocks that hang together, drawn on a grid with a field for each pair of neighbours."""
    import cv2

    rows, columns = waves.good.shape
    drawn = np.zeros((2 * rows - 1, 2 * columns - 1), np.uint8)
    drawn[::2, ::2] = waves.good
    drawn[1::2, ::2] = _joined(waves, _DOWN)
    drawn[::2, 1::2] = _joined(waves, _ACROSS)
    count, labels = cv2.connectedComponents(drawn, connectivity=4)
    blocks = labels[::2, ::2]
    sizes = np.bincount(blocks.ravel(), minlength=count)
    for label in np.flatnonzero(sizes >= fewest):
        if label:
            yield blocks == label


def _region(waves: _Waves, part: Mask, ends: Field, step: int) -> Region:
    angle, period = waves.angle[part], waves.period[part]
    places = np.argwhere(part) * step + BLOCK / 2
    turns = [
        _between(waves.angle[a], waves.angle[b])[part[a] & part[b] & _joined(waves, (a, b))]
        for a, b in (_DOWN, _ACROSS)
    ]
    inner = places.astype(int)
    extent = np.hypot(*(np.ptp(places, axis=0) + BLOCK))
    return Region(
        blocks=int(np.count_nonzero(part)),
        ridges=float(extent / period.mean()),
        period=float(period.mean()),
        variation=float(period.std() / period.mean()),
        resultant=float(abs(np.exp(2j * angle).mean())),
        turn=float(np.concatenate(turns).mean()),
        centred=min(_missed(places, angle), _missed(places, angle + np.pi / 2)),
        strength=float(waves.strength[part].mean()),
        minutiae=float(ends[inner[:, 0], inner[:, 1]].mean() * 100),
    )


def _missed(places: Field, normal: Field) -> float:
    """Root mean square of the radians by which normals miss the point that they miss least."""
    y, x = places.T
    lines = np.column_stack((-np.sin(normal), np.cos(normal)))
    centre, *_ = np.linalg.lstsq(lines, lines[:, 0] * x + lines[:, 1] * y, rcond=None)
    seen = np.arctan2(y - centre[1], x - centre[0])
    return float(np.sqrt((_between(seen, normal) ** 2).mean()))
