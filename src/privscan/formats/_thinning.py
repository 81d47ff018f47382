"""Where dark lines end: drawn waves have no ends, ridges of skin have them everywhere."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Grey = NDArray[Any]

_RING = ((-1, 0), (-1, 1), (0, 1), (1, 1), (1, 0), (1, -1), (0, -1), (-1, -1))
"""The neighbours of a pixel, clockwise from the one above it: P2 to P9 of Zhang and Suen."""

_FEWEST, _MOST = 2, 6
"""Neighbours of a pixel that may go: it ends no line and lies on a border."""


def ends_of_lines(grey: Grey, block: int, step: int) -> NDArray[np.floating[Any]]:
    """How many lines, darker than the block about them, end in the step about each pixel."""
    import cv2

    smooth = cv2.GaussianBlur(grey, (0, 0), 1.5).astype(np.float32)
    thin = _thinned((smooth < cv2.boxFilter(smooth, -1, (block, block)) - 1).astype(np.uint8))
    around = cv2.filter2D(thin, -1, np.ones((3, 3), np.uint8), borderType=cv2.BORDER_CONSTANT)
    end = ((around == _FEWEST) & (thin == 1)).astype(np.float32)
    return np.asarray(cv2.boxFilter(end, -1, (step, step), normalize=False))


def _thinned(lines: Grey) -> Grey:
    """Lines of one pixel (Zhang and Suen, "A fast parallel algorithm for thinning", 1984)."""
    work = np.pad(lines, 1)
    inner = work[1:-1, 1:-1]
    high, wide = inner.shape
    ring = [work[1 + y : 1 + y + high, 1 + x : 1 + x + wide] for y, x in _RING]
    above, right, below, left = ring[::2]
    corners = (
        ((above, right, below), (right, below, left)),
        ((above, right, left), (above, below, left)),
    )
    changed = True
    while changed:
        changed = False
        for one, other in corners:
            begins = sum(
                (a < b).astype(np.uint8) for a, b in zip(ring, (*ring[1:], ring[0]), strict=True)
            )
            many = sum(ring)
            border = (one[0] & one[1] & one[2]) | (other[0] & other[1] & other[2])
            gone = (
                (inner == 1) & (begins == 1) & (many >= _FEWEST) & (many <= _MOST) & (border == 0)
            )
            if gone.any():
                inner[gone] = 0
                changed = True
    return inner
