"""Where a picture shows faces, lines of text and machine codes, as boxes of pixels."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np
from numpy.typing import NDArray

from privscan.detectors import ocr
from privscan.formats import face_search
from privscan.formats.pixels import DETAIL, resized

KINDS = ("faces", "text", "codes")

_FACE, _TEXT, _CODE = 0.25, 0.1, 0.1
"""By how much of its size a box grows on each side: hair and ears tell people apart too."""

_ROUNDS = 3
"""Times that faces are looked for once those found are gone: a large one may hide a small one."""

Frame = NDArray[np.uint8]
Box = tuple[int, int, int, int]
"""Left, top, right, bottom."""


def regions(frame: Frame, kinds: Iterable[str]) -> list[Box]:
    """The boxes in an RGB frame; text is sought where its reader is installed."""
    shown = resized(frame, DETAIL) if max(frame.shape[:2]) > DETAIL else frame
    scale = max(frame.shape[:2]) / max(shown.shape[:2])
    finders = {"faces": _faces, "text": _texts, "codes": _codes}
    found = [box for kind in kinds for box in finders[kind](np.ascontiguousarray(shown))]
    height, width = frame.shape[:2]
    scaled = (tuple(round(side * scale) for side in box) for box in found)
    kept = ((max(0, a), max(0, b), min(width, c), min(height, d)) for a, b, c, d in scaled)
    return [box for box in kept if box[2] > box[0] and box[3] > box[1]]


def _faces(shown: Frame) -> Iterator[Box]:
    work = shown.copy()
    for _ in range(_ROUNDS):
        found = face_search.faces(work)
        if not found:
            return
        for face in found:
            box = _grown(face.left, face.top, face.left + face.width, face.top + face.height, _FACE)
            left, top, right, bottom = (max(0, side) for side in box)
            work[top:bottom, left:right] = 0
            yield box


def _texts(shown: Frame) -> Iterator[Box]:
    if ocr.missing():
        return
    for corners in ocr.places(shown):
        (left, top), (right, bottom) = corners.min(axis=0), corners.max(axis=0)
        yield _grown(left, top, right, bottom, _TEXT)


def _codes(shown: Frame) -> Iterator[Box]:
    import zxingcpp

    for code in zxingcpp.read_barcodes(shown):
        place = code.position
        ends = (place.top_left, place.top_right, place.bottom_left, place.bottom_right)
        xs, ys = [end.x for end in ends], [end.y for end in ends]
        yield _grown(min(xs), min(ys), max(xs), max(ys), _CODE)


def _grown(left: float, top: float, right: float, bottom: float, by: float) -> Box:
    across, down = by * (right - left) + 2, by * (bottom - top) + 2
    return round(left - across), round(top - down), round(right + across), round(bottom + down)
