"""Pictures decoded once for every detector that looks at them: upright, reduced, frame by frame."""

from __future__ import annotations

import hashlib
import io
import math
import struct
import warnings
from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np
from PIL import ExifTags, Image, ImageOps, ImageSequence

from privscan.formats import dicom
from privscan.formats.pictures import HEAD, is_dicom

if TYPE_CHECKING:
    from numpy.typing import NDArray

PIXELS = 120_000_000
"""A picture that declares more pixels is not decoded: it may be a decompression bomb."""

FRAMES = 8
"""Frames or pages looked at in one picture file, the first ones."""

DARKEST, LIGHTEST = 0.5, 99.5
"""Percentiles of samples of more than 8 bits that become black and white."""

DETAIL = 1600
"""Longest side to which a picture is decoded once; what is asked for in less is made of that."""

KEPT, KEPT_BYTES = 64, 128 << 20
"""Decoded pictures kept for the next detector, and their bytes: a batch of sixteen large ones."""

FAILURES = (
    OSError,
    EOFError,
    SyntaxError,
    ValueError,
    LookupError,
    TypeError,
    AttributeError,
    ArithmeticError,
    RuntimeError,
    MemoryError,
    struct.error,
    Image.DecompressionBombError,
)
"""What Pillow raises for bytes that are no picture, or one that does not decode to its end."""


@cache
def _heif() -> None:
    """Teaches Pillow HEIC, when a picture is opened first: a scan of tables need not wait for it."""
    import pi_heif

    pi_heif.register_heif_opener(thumbnails=False)


def opened(content: bytes) -> Image.Image:
    """The picture as Pillow opens it, HEIC too; raises one of FAILURES."""
    _heif()
    return Image.open(io.BytesIO(content))


@dataclass(frozen=True, slots=True, eq=False)
class Picture:
    """Its first frames as RGB (height x width x 3, u8), and its size and frames as declared.

    A DICOM file without pixels is whole and has no frames.
    """

    frames: tuple[NDArray[np.uint8], ...]
    width: int
    height: int
    declared: int


_kept: OrderedDict[tuple[bytes, int], Picture | None] = OrderedDict()


def decoded(content: bytes, side: int) -> Picture | None:
    """The picture with its longest side reduced to `side` pixels; None if it does not decode."""
    picture = _whole(content, max(side, DETAIL))
    return None if picture is None else _smaller(picture, side)


def _whole(content: bytes, side: int) -> Picture | None:
    key = (hashlib.sha256(content).digest(), side)
    if key in _kept:
        _kept.move_to_end(key)
        return _kept[key]
    try:
        picture = _decoded(content, side)
    except FAILURES:
        picture = None
    _kept[key] = picture
    while len(_kept) > KEPT or (len(_kept) > 1 and sum(map(_bytes, _kept.values())) > KEPT_BYTES):
        _kept.popitem(last=False)
    return picture


def _smaller(picture: Picture, side: int) -> Picture:
    """The same with its frames averaged down to `side`: a hundredth of what decoding costs."""
    if all(max(frame.shape) <= side for frame in picture.frames):
        return picture
    import cv2  # what is no picture must not wait for it

    def reduced(frame: NDArray[np.uint8]) -> NDArray[np.uint8]:
        scale = side / max(frame.shape)
        size = [max(1, round(length * scale)) for length in frame.shape[1::-1]]
        return np.asarray(cv2.resize(frame, size, interpolation=cv2.INTER_AREA), np.uint8)

    return replace(picture, frames=tuple(map(reduced, picture.frames)))


def _bytes(picture: Picture | None) -> int:
    return sum(frame.nbytes for frame in picture.frames) if picture else 0


def _decoded(content: bytes, side: int) -> Picture | None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Pillow warns of odd metadata, which is not ours to fix
        if is_dicom(content[:HEAD]):
            return _medical(content, side)
        with opened(content) as picture:
            if picture.width * picture.height > PIXELS:
                return None
            width, height = picture.size
            declared = getattr(picture, "n_frames", 1)
            scale = side / max(width, height)
            picture.draft("RGB", (math.ceil(width * scale), math.ceil(height * scale)))
            return Picture(tuple(_frames(picture, side)), width, height, declared)


def _medical(content: bytes, side: int) -> Picture:
    found, declared = dicom.frames(content, PIXELS, FRAMES)
    height, width = found[0].shape[:2] if found else (0, 0)
    shown = (_reduced(_levelled(samples), side) for samples in found)
    return Picture(tuple(shown), width, height, declared)


def _frames(picture: Image.Image, side: int) -> Iterator[NDArray[np.uint8]]:
    for number, frame in enumerate(ImageSequence.Iterator(picture)):
        if number >= FRAMES:
            return
        turned = frame.getexif().get(ExifTags.Base.Orientation, 1) != 1
        yield _reduced(ImageOps.exif_transpose(frame) if turned else frame, side)


def _levelled(samples: NDArray[Any]) -> Image.Image:
    """Samples as a screen shows them: raw values say nothing of brightness."""
    if samples.dtype != np.uint8:
        low, high = np.percentile(samples, (DARKEST, LIGHTEST))
        scaled = (samples.astype(np.float32) - low) * (255 / max(float(high - low), 1e-9))
        samples = np.clip(scaled, 0, 255).astype(np.uint8)
    return Image.fromarray(samples)


def _reduced(picture: Image.Image, side: int) -> NDArray[np.uint8]:
    if picture.mode[0] in "IF":
        picture = _levelled(np.asarray(picture))
    # Each of these would be a copy of all pixels, and frames that follow need theirs as they are.
    shown = picture if picture.mode == "RGB" else picture.convert("RGB")
    scale = side / max(shown.size)
    if scale < 1:
        size = (max(1, round(shown.width * scale)), max(1, round(shown.height * scale)))
        shown = shown.resize(size, Image.Resampling.BICUBIC, reducing_gap=2.0)
    return np.asarray(shown)
