"""Text in pictures, English and Japanese, read by PP-OCR where it is installed.

Slow, so it reads up to BUDGET pictures of a column in each part, of those that look as if they
had lines of text (docs/decisions/0018), and says how many it read. The texts stand in a column of
their own, which all detectors of text look at; none is kept.
"""

from __future__ import annotations

import hashlib
import logging
import os
import time
from collections.abc import Iterator, Sequence
from functools import lru_cache
from importlib.metadata import version as version_of
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import polars as pl

from privscan.errors import PrivscanError
from privscan.formats.pixels import decoded
from privscan.model.data import READ, Column, Hits
from privscan.model.kinds import Kind

if TYPE_CHECKING:
    from numpy.typing import NDArray

PLUGIN = True
KINDS = ("image",)

BUDGET = 24
"""Pictures of a column that are read in each part of the data."""

SECONDS = 60.0
"""For the pictures of one column in one part; what is left then stays unread, and is counted so."""

INSTALL = "pip install 'privscan[ocr]'"

LEAST = 0.6
"""Least confidence of a line."""

SIDE = 1600
"""Longest side that is read: the small print of a card on a page, as for bar codes."""

COARSE = 640
"""Longest side at which lines are looked for, as for faces."""

FEWEST_LINES = 2
"""A picture with fewer is not read: a sign or a plate alone."""

_MODELS = {
    "Det": (
        "PP-OCRv6_det_small.onnx",
        "090f04abcd9d9a7498bc4ebf677e4cb9bdce1fe4197ddb7e529f1ef44e1ff94f",
    ),
    "Cls": (
        "ch_ppocr_mobile_v2.0_cls_mobile.onnx",
        "e47acedf663230f8863ff1ab0e64dd2d82b838fceb5957146dab185a89d6215c",
    ),
    "Rec": (
        "PP-OCRv6_rec_small.onnx",
        "6f327246b50388f3c176ae304bd95767ea6dc0c9ae92153ef8cbe210b3c14884",
    ),
}
"""Models by task and SHA-256: were one missing, the package would fetch it from the network."""

_EDGE = 20.0
_GAP = 7
_THICK = (5.0, 64.0)
_LONG = 3.0
_FULL = 0.5
"""How a line of text looks: contrast of its edges, gaps between letters, thickness in pixels,
length by thickness, and how much of its frame it fills."""


def missing() -> str:
    """How to install the reader, unless it is."""
    found = find_spec("onnxruntime") and all(path.is_file() for path in _paths())
    return "" if found else INSTALL


def version() -> str:
    """The reader with its models: evidence of one does not add up with evidence of another."""
    return f"rapidocr={version_of('rapidocr')}"


def wanted(column: Column) -> NDArray[np.int64]:
    """The pictures that look as if they had lines of text."""
    return np.array([row for row, one in enumerate(column.cells) if _has_lines(one)], np.int64)


def find(column: Column) -> Iterator[Hits | Column]:
    """Which pictures were read, and a column with what stands in those that hold text."""
    until = time.monotonic() + SECONDS
    texts = [_text(one) if time.monotonic() < until else None for one in column.cells]
    read = pl.Series([text is not None for text in texts], dtype=pl.Boolean)
    yield Hits(f"{READ}ocr", read, 0.0, "ocr")
    found = [text for text in texts if text]
    if found:
        path = f"{column.path}[].ocr"
        yield Column(path, Kind.TEXT, pl.Series(path, found, pl.String))


def places(frame: NDArray[np.uint8]) -> list[NDArray[np.float32]]:
    """The corners of each line of text in an RGB frame, read or not."""
    said = _reader()(np.ascontiguousarray(frame[:, :, ::-1]))
    return [np.asarray(box, np.float32) for box in (said.boxes if said.boxes is not None else ())]


def _text(content: bytes) -> str:
    """The lines of all pages, from top to bottom; none of a picture that does not decode."""
    picture = decoded(content, SIDE)
    pages = []
    for frame in picture.frames if picture else ():
        said = _reader()(np.ascontiguousarray(frame[:, :, ::-1]))
        lines = zip(said.txts or (), said.scores or (), strict=True)
        pages.append("\n".join(line for line, score in lines if score >= LEAST))
    return "\n".join(filter(None, pages))


def _has_lines(content: bytes) -> bool:
    picture = decoded(content, COARSE)
    frames = picture.frames if picture else ()
    return any(_lines(frame) >= FEWEST_LINES for frame in frames)


def _lines(frame: NDArray[np.uint8]) -> int:
    """Shapes like lines of letters in any direction: edges that, gaps closed, fill a long frame."""
    import cv2

    grey = cv2.cvtColor(frame, cv2.COLOR_RGB2GRAY)
    edges = cv2.morphologyEx(grey, cv2.MORPH_GRADIENT, np.ones((3, 3), np.uint8))
    least, strong = cv2.threshold(edges, 0, 255, cv2.THRESH_BINARY | cv2.THRESH_OTSU)
    if least < _EDGE:
        return 0
    gap = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (_GAP, _GAP))
    closed = cv2.morphologyEx(strong, cv2.MORPH_CLOSE, gap)
    shapes, _ = cv2.findContours(closed, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    return sum(_is_line(cv2.minAreaRect(shape)[1], cv2.contourArea(shape)) for shape in shapes)


def _is_line(sides: Sequence[float], area: float) -> bool:
    thick, long = sorted(sides)
    fits = _THICK[0] <= thick <= _THICK[1] and long >= _LONG * thick
    return fits and area >= _FULL * thick * long


def _paths() -> list[Path]:
    """Where the models stand, found without importing the package."""
    found = find_spec("rapidocr")
    folder = next(iter(found.submodule_search_locations or ()), "") if found else ""
    return [Path(folder, "models", name) for name, _ in _MODELS.values()]


_SILENT = ("ORT_DISABLE_TELEMETRY", "ORT_TELEMETRY_DISABLED")
"""Names under which releases of ONNX Runtime ask, before they begin, whether they may report."""


@lru_cache(maxsize=1)
def _reader() -> Any:
    """One thread each: there are as many workers as cores."""
    params: dict[str, object] = {"Global.log_level": "critical"}
    for path, (task, (name, digest)) in zip(_paths(), _MODELS.items(), strict=True):
        if hashlib.sha256(path.read_bytes()).hexdigest() != digest:
            raise PrivscanError(
                "a model of text is not the one privscan was tested with", where=name
            )
        params[f"{task}.model_path"] = str(path)
    # Else ONNX Runtime writes an id of this machine and sends Microsoft what it did.
    os.environ |= dict.fromkeys(_SILENT, "1")
    from rapidocr import RapidOCR

    threads = dict.fromkeys(("intra_op_num_threads", "inter_op_num_threads"), 1)
    params |= {f"EngineConfig.onnxruntime.{key}": value for key, value in threads.items()}
    params |= {"Det.limit_type": "max", "Det.limit_side_len": 960}
    logging.getLogger("RapidOCR").disabled = True
    return RapidOCR(params=params)
