"""One eye seen closely: a dark pupil in a grey iris in a lighter sclera, each edge a circle.

Edges are looked for on rays from the middle of dark blobs (after Daugman's circular jumps, "How
iris recognition works", 2004). What is round and made (coins, wheels, discs, targets, clocks)
shows its whole circle; lids cover an iris above or below, and nothing covers its sides.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np

from privscan.formats.pixels import resized

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Grey = NDArray[Any]
    Rays = NDArray[np.float32]

SIDE = 320
"""Longest side that is looked at: a limbus has a radius of 30 pixels or more there."""

LEAST = 60
"""Shorter side in pixels of a picture that shows the texture of an iris."""

ANGLES = 72
"""Rays from a centre, five degrees apart; ray 0 runs to the right, ray 18 down."""

_DARK = (0.14, 0.25, 0.38, 0.52)
_DARKEST = (8,)
"""A blob is darker than such shares of the way from black to the median, or such percentiles."""
_AREA = (0.0008, 0.14)
"""Share of the picture that a pupil covers."""
_FULL, _LONG = 0.5, 2.0
"""Least share of its box that it fills, and the most that one side of the box is longer by."""

_TRIED = 8

_SHORT = 4
"""Pixels on either side of an edge that are compared."""

_EDGE = 7.0
"""Levels of grey that make an edge on one ray."""

_ROUND = 0.7
"""Least share of rays on which a pupil's edge stands."""

_FAINT_EDGE = 4.5
"""The same for the limbus, which is soft."""

_MOST = 50
"""Levels of grey above which an edge weighs no more: a lamp's mirror image is brighter."""

_OFF = 0.15
"""How far the limbus stands off the middle of the pupil at most, as a share of its radius."""

_SIDES = np.r_[-7:8], np.r_[29:44]
_LIDS = np.r_[48:61], np.r_[12:25]
"""Rays to the right and left, and those up and down."""


@dataclass(frozen=True, slots=True)
class Eye:
    """What was measured of one pair of circles; shares are of rays."""

    pupil: float
    limbus: float
    """Radii as a share of the picture's shorter side."""
    pupil_edge: float
    limbus_edge: float
    """Least share, of both sides, of rays on which the edge stands."""
    covered: float
    """Share of rays above or below, whichever is more, on which the limbus does not show."""
    uneven: float
    """Standard deviation, over the rays, of the grey beyond the limbus: lids, lashes, skin."""
    inner: float
    """Share of rays with another edge at one radius between both circles."""
    steps: tuple[float, float]
    """Levels of grey from pupil to iris, and from iris to sclera."""
    texture: float
    """Standard deviation of grey in the iris along circles."""
    pupil_texture: float
    lopsided: float
    """How far the limbus stands off the pupil's centre, as a share of its radius."""


def eyes(grey: Grey) -> Iterator[Eye]:
    """The circles about each dark blob that has any."""
    import cv2

    if min(grey.shape) < LEAST:
        return
    view = resized(grey, SIDE)
    if min(view.shape) < SIDE // 3:
        return
    smooth = cv2.medianBlur(view, 5)
    # Lamps mirrored in the cornea are small and bright: they would break the dark blob.
    plain = cv2.morphologyEx(smooth, cv2.MORPH_OPEN, cv2.getStructuringElement(2, (11, 11)))
    for x, y, radius in _blobs(np.ascontiguousarray(plain[::2, ::2])):
        found = _circles(view, plain, 2 * x, 2 * y, 2 * radius)
        if found is not None:
            yield found


def _blobs(grey: Grey) -> list[tuple[float, float, float]]:
    import cv2

    found: list[tuple[float, float, float]] = []
    black, *darkest, median = np.percentile(grey, (0.5, *_DARKEST, 50))
    levels = [black + share * (median - black) for share in _DARK] + darkest
    for level in sorted({int(level) + 1 for level in levels}):
        dark = (grey <= level).astype(np.uint8)
        _, _, stats, centres = cv2.connectedComponentsWithStats(dark, connectivity=4)
        wide, high, area = stats[:, 2], stats[:, 3], stats[:, 4]
        round_ = (area > _FULL * wide * high) & (wide < _LONG * high) & (high < _LONG * wide)
        fits = round_ & (area >= _AREA[0] * grey.size) & (area <= _AREA[1] * grey.size)
        for label in np.flatnonzero(fits[1:]) + 1:
            x, y = centres[label]
            radius = float(np.sqrt(area[label] / np.pi))
            # The same blob at another level is not tried again.
            if all(np.hypot(x - a, y - b) > 0.3 * radius for a, b, _ in found):
                found.append((float(x), float(y), radius))
    return found[:_TRIED]


@lru_cache(maxsize=1)
def _polar() -> tuple[Rays, Rays]:
    """Across and down from the centre, for each ray and radius."""
    angle = (np.arange(ANGLES) * (2 * np.pi / ANGLES))[:, None]
    radius = np.arange(2 * SIDE)[None, :]
    across, down = radius * np.cos(angle), radius * np.sin(angle)
    return across.astype(np.float32), down.astype(np.float32)


def _rays(grey: Grey, x: float, y: float, length: int) -> Rays:
    import cv2

    across, down = (whole[:, :length] for whole in _polar())
    # Beyond the border the last pixel goes on, so that the border is no edge.
    rays: Any = cv2.remap(
        grey, across + np.float32(x), down + np.float32(y), 1, borderMode=cv2.BORDER_REPLICATE
    )
    return np.asarray(rays, np.float32)


def _jumps(rays: Rays) -> Rays:
    """Mean of the next pixels less that of the last ones, at each radius."""
    sums = np.cumsum(np.pad(rays, ((0, 0), (_SHORT + 1, _SHORT)), "edge"), axis=1)
    after = sums[:, 2 * _SHORT :] - sums[:, _SHORT:-_SHORT]
    before = sums[:, _SHORT:-_SHORT] - sums[:, : -2 * _SHORT]
    return np.asarray((after - before)[:, : rays.shape[1]] / _SHORT, np.float32)


def _circles(view: Grey, plain: Grey, x: float, y: float, radius: float) -> Eye | None:
    """The pupil's circle fitted to its edge, then the limbus on both sides of it."""
    for _ in range(2):
        length = int(min(min(view.shape) * 0.75, 2 * radius + 20))
        jumps = _jumps(_rays(plain, x, y, length))
        low, high = max(3, int(radius * 0.6)), min(int(radius * 1.7) + 3, length - 8)
        if high - low < _SHORT:
            return None
        mean = np.clip(jumps[:, low:high], 0, _MOST).mean(0)
        at = low + int(mean.argmax())
        near = jumps[:, max(2, at - 4) : at + 5]
        edge = max(2, at - 4) + near.argmax(1)
        sure = near.max(1) > _EDGE
        if sure.mean() < _ROUND / 1.5:
            return None
        x, y, radius = _fitted(x, y, edge[sure], np.flatnonzero(sure))
    return (
        _limbus(view, plain, (x, y, radius), float(sure.mean())) if sure.mean() > _ROUND else None
    )


def _fitted(
    x: float, y: float, edge: NDArray[Any], rays: NDArray[Any]
) -> tuple[float, float, float]:
    angle = rays * (2 * np.pi / ANGLES)
    points = np.column_stack((x + edge * np.cos(angle), y + edge * np.sin(angle)))
    system = np.column_stack((2 * points, np.ones(len(points))))
    (a, b, c), *_ = np.linalg.lstsq(system, (points**2).sum(1), rcond=None)
    return float(a), float(b), float(max(c + a * a + b * b, 1.0) ** 0.5)


def _both(right: Rays, left: Rays, first: int, last: int) -> tuple[int, int]:
    """Radii to the right and left, nearly alike, at which the weaker edge is strongest."""
    middle = np.arange(first, last)[:, None]
    shift = np.round(middle * np.linspace(-_OFF, _OFF, 7)).astype(int)
    one, other = (np.clip(middle + s, 0, last) for s in (shift, -shift))
    best = int(np.minimum(right[one], left[other]).argmax())
    return int(one.ravel()[best]), int(other.ravel()[best])


def _limbus(view: Grey, plain: Grey, circle: tuple[float, float, float], sure: float) -> Eye | None:
    x, y, pupil = circle
    height, width = view.shape
    if not (0 < x < width and 0 < y < height):
        return None
    length = int(max(min(view.shape), pupil * 2))
    rays, exact = _rays(plain, x, y, length), _rays(view, x, y, length)
    jumps = _jumps(rays)
    first, last = int(pupil * 1.3) + 2, min(int(pupil * 8), length - 6)
    if last - first < _SHORT:
        return None
    right, left = (np.clip(jumps[side], 0, _MOST).mean(0) for side in _SIDES)
    at = _both(right, left, first, last)
    share = [
        float((jumps[side, max(0, r - 5) : r + 6].max(1) > _FAINT_EDGE).mean())
        for side, r in zip(_SIDES, at, strict=True)
    ]
    limbus = sum(at) / 2
    # Its centre lies within the pupil: each ray is looked at where the limbus would be.
    shift = (at[0] - at[1]) / 2
    reach = np.clip(
        (limbus + shift * np.cos(np.arange(ANGLES) * 2 * np.pi / ANGLES)).astype(int), 6, length - 7
    )
    around = np.stack([jumps[np.arange(ANGLES), reach + d] for d in range(-5, 6)])
    shows = around.max(0) > _FAINT_EDGE
    inside = np.s_[int(pupil * 1.25) + 3 : max(int(min(at) * 0.85), int(pupil * 1.25) + 4)]
    ring = exact[:, inside][np.r_[_SIDES]]
    sclera = [
        float(rays[s, r + 4 : r + 4 + max(4, int(limbus * 0.2))].mean())
        for s, r in zip(_SIDES, at, strict=True)
    ]
    beyond = rays[:, int(limbus * 1.15) : int(limbus * 1.7) + 1]
    if not beyond.size:  # nothing is seen around it
        return None
    # Lamps are mirrored in the middle, where a circle has few pixels for as many rays.
    dark = exact[:, int(pupil * 0.4) : max(2, int(pupil * 0.8))]
    iris = float(np.median(ring))
    return Eye(
        pupil=pupil / min(view.shape),
        limbus=limbus / min(view.shape),
        pupil_edge=sure,
        limbus_edge=min(share),
        covered=max(float(1 - shows[lid].mean()) for lid in _LIDS),
        uneven=float(np.median(beyond, axis=1).std()),
        inner=float((np.abs(jumps[:, inside]) > _EDGE).mean(0).max()),
        steps=(iris - float(np.median(dark)), min(sclera) - iris),
        texture=float(ring.std(0).mean()),
        pupil_texture=float(np.median(np.abs(dark - np.median(dark)))),
        lopsided=abs(shift) / limbus,
    )
