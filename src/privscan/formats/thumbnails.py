"""Whether the thumbnail inside a picture shows more than the picture itself.

Programs that crop, paint over or blur a picture often leave the thumbnail as the camera made it.
The bounds lie between what was measured of 53 public thumbnails of their own picture and of
29 of another one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from privscan.formats.pixels import resized

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Grey = NDArray[np.uint8]
    Fields = NDArray[np.float32]

GRID = 24
"""Both are compared as so many by so many fields."""

FLAT = 6.0
"""Standard deviation of the fields below which there is nothing to compare."""

ALIKE = 0.6
"""Least correlation, in any of four turns, of two views of one scene."""

PAINTED = 40.0
"""Levels of grey, beyond what tone explains, by which four fields together differ: by less than 18
where the picture is the same, by more than 65 where it is another."""

BLURRED = 2.5
"""Levels of detail that four fields of the thumbnail have more than twice as much as the picture."""

_BARS = 24
_DETAIL = 16
_TRIMMED = 0.75


def shows_more(picture: Grey, thumbnail: Grey) -> bool:
    """Whether something was cut off, painted over or blurred that the thumbnail still shows."""
    whole, small = _bare(picture), _bare(thumbnail)
    large, little = _fields(whole, GRID), _fields(small, GRID)
    if little.std() < FLAT:
        return False
    if large.std() < FLAT:
        return bool(little.std() > 2 * FLAT)
    turns = max(range(4), key=lambda turn: _likeness(np.rot90(little, turn), large))
    turned = np.rot90(little, turns)
    if _likeness(turned, large) < ALIKE:
        return True
    return bool(
        _painted(large, turned) > PAINTED
        or _blurred(whole, np.ascontiguousarray(np.rot90(small, turns))) > BLURRED
    )


def _bare(grey: Grey) -> Grey:
    """Without the black bars that fill a thumbnail up to the shape it must have."""
    rows, columns = (np.flatnonzero(grey.max(axis=axis) > _BARS) for axis in (1, 0))
    if not len(rows):
        return grey
    return grey[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]


def _fields(grey: NDArray[Any], side: int) -> Fields:
    import cv2

    plain = grey.astype(np.float32)
    return np.asarray(cv2.resize(plain, (side, side), interpolation=cv2.INTER_AREA), np.float32)


def _likeness(one: Fields, other: Fields) -> float:
    return float(np.corrcoef(one.ravel(), other.ravel())[0, 1])


def _painted(large: Fields, little: Fields) -> float:
    """By how much four fields differ at least, after the tone of the other three quarters is fitted."""
    tone, seen = large.ravel(), little.ravel()
    off = np.zeros_like(tone)
    for _ in range(4):
        kept = off <= np.quantile(off, _TRIMMED)
        gain, level = np.polyfit(tone[kept], seen[kept], 1)
        off = np.abs(seen - gain * tone - level)
    return _together(off.reshape(large.shape))


def _blurred(whole: Grey, small: Grey) -> float:
    """By how much detail four fields of the thumbnail exceed twice that of the picture."""
    import cv2

    size = small.shape[1::-1]
    near = resized(whole, 2 * max(size)) if max(whole.shape) > 2 * max(size) else whole
    seen = np.asarray(cv2.resize(near, size, interpolation=cv2.INTER_AREA), np.uint8)
    large, little = _detail(seen), _detail(small)
    usual = max(1.0, float(np.median((little + 1) / (large + 1))))
    return _together(little - 2 * usual * large)


def _detail(grey: Grey) -> Fields:
    import cv2

    plain = grey.astype(np.float32)
    fine = plain - cv2.GaussianBlur(plain, (0, 0), 2)
    return np.asarray(np.sqrt(_fields(fine * fine, _DETAIL)), np.float32)


def _together(fields: Fields) -> float:
    """The most that two by two fields have at least."""
    pairs = np.minimum(fields[:-1], fields[1:])
    return float(np.minimum(pairs[:, :-1], pairs[:, 1:]).max())
