"""Dark curved lines in smooth bright tissue: veins in infrared, creases of a palm.

Valleys of one width stand out of their surroundings in a matched filter that is turned by steps
(Chaudhuri et al., "Detection of blood vessels in retinal images", 1989). Much else is a dark line
on bright ground: what is measured here tells only whether a picture can be what its name says.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np

from privscan.formats.pixels import resized

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Grey = NDArray[Any]
    Kernels = tuple[tuple[NDArray[np.float32], NDArray[np.float32]], ...]

SIDE = 200
"""Longest side that is looked at: veins and creases are three to ten pixels wide there."""

TURNS = 12
_WIDTH, _LENGTH = 2.2, 11
"""Standard deviation across a line, and its length, in pixels."""

_DEEP = 2.0
"""Levels of grey by which a valley is darker than its sides."""

_BRIGHT = 0.35
"""Tissue is brighter than this share of the brightest that the picture has."""


@dataclass(frozen=True, slots=True)
class Vessels:
    """Shares are of the tissue."""

    tissue: float
    """Share of the picture that is bright."""
    lines: float
    """Share in valleys that are long enough."""
    longest: float
    """Longest extent of one, as a share of the picture's longer side."""
    ways: int
    """How many of the twelve directions hold a twentieth of them or more."""
    rough: float
    """Median of the difference from pixel to pixel, in levels of grey: tissue is smooth."""
    depth: float
    """Median levels of grey by which they are darker: ink and cracks are deep."""


def vessels(grey: Grey) -> Vessels | None:
    """What valleys a picture has; None where no tissue is in it."""
    import cv2

    view = resized(grey, SIDE)
    if min(view.shape) < SIDE // 4:
        return None
    bright = (view > _BRIGHT * np.percentile(view, 98)).astype(np.uint8)
    tissue = cv2.erode(bright, np.ones((13, 13), np.uint8), borderValue=1) > 0
    if tissue.mean() < 0.1:  # noqa: PLR2004 -- a tenth, else there is nothing to look at
        return None
    plain = view.astype(np.float32)
    # The shallower side counts: an edge has one side alone.
    depths = np.stack(
        [np.minimum(*(cv2.filter2D(plain, -1, kernel) for kernel in pair)) for pair in _kernels()]
    )
    deep, way = depths.max(0), depths.argmax(0)
    valley = ((deep > _DEEP) & tissue).astype(np.uint8)
    count, labels, stats, _ = cv2.connectedComponentsWithStats(valley, connectivity=8)
    extent = np.hypot(stats[:, 2], stats[:, 3])
    kept = np.flatnonzero((extent > SIDE / 8) & (np.arange(count) > 0))
    lines = np.isin(labels, kept)
    if not lines.any():
        return Vessels(float(tissue.mean()), 0.0, 0.0, 0, 0.0, 0.0)
    ways = np.bincount(way[lines], minlength=TURNS) / lines.sum()
    return Vessels(
        tissue=float(tissue.mean()),
        lines=float(lines.sum() / tissue.sum()),
        longest=float(extent[kept].max() / SIDE),
        ways=int((ways > 1 / 20).sum()),
        rough=float(np.median(np.abs(np.diff(plain, axis=1))[tissue[:, 1:]])),
        depth=float(np.median(deep[lines])),
    )


@lru_cache(maxsize=1)
def _kernels() -> Kernels:
    """For each direction how much brighter than a line the tissue on either side of it is."""
    reach = _LENGTH
    y, x = np.mgrid[-reach : reach + 1, -reach : reach + 1]
    made = []
    for step in range(TURNS):
        angle = step * np.pi / TURNS
        along = x * np.cos(angle) + y * np.sin(angle)
        across = -x * np.sin(angle) + y * np.cos(angle)
        inside = np.abs(along) <= reach / 2
        middle = inside & (np.abs(across) <= _WIDTH)
        pair = [
            (side / side.sum() - middle / middle.sum()).astype(np.float32)
            for side in (
                inside & (s * across > 2 * _WIDTH) & (s * across <= 4 * _WIDTH) for s in (1, -1)
            )
        ]
        made.append((pair[0], pair[1]))
    return tuple(made)
