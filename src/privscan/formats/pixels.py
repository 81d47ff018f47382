"""Pictures decoded once for every detector that looks at them: upright, reduced, frame by frame."""

from __future__ import annotations

import hashlib
import io
import math
import struct
import warnings
from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np
from PIL import ExifTags, Image, ImageFile, ImageOps

from privscan.formats import dicom
from privscan.formats.pictures import HEAD, is_dicom

if TYPE_CHECKING:
    from numpy.typing import NDArray

PIXELS = 120_000_000
"""A picture that declares more pixels is not decoded: it may be a decompression bomb."""

FRAMES = 8
"""Frames or pages looked at in one picture file, spread evenly over it."""

REACH = 200
"""Frames of an animation over which they are spread: each builds on those before it."""

PAGED = "TIFF"
"""The format whose frames are pages: each may show something else."""

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
    """Some of its frames as RGB (height x width x 3, u8), and its size and frames as declared.

    A DICOM file without pixels is whole and has no frames. `broken` says that it breaks off:
    its frames hold what came before. `paged` says that its frames are pages.
    """

    frames: tuple[NDArray[np.uint8], ...]
    width: int
    height: int
    declared: int
    broken: bool = False
    paged: bool = False


_kept: OrderedDict[tuple[bytes, int], Picture | None] = OrderedDict()


def decoded(content: bytes, side: int) -> Picture | None:
    """The picture with its longest side reduced to `side` pixels; None if nothing decodes."""
    digest = hashlib.sha256(content).digest()
    large = max(side, DETAIL)
    picture = _once((digest, large), lambda: _tried(content, large))
    if picture is None or all(max(frame.shape) <= side for frame in picture.frames):
        return picture
    return _once((digest, side), lambda: _smaller(picture, side))


def _once(key: tuple[bytes, int], make: Callable[[], Picture | None]) -> Picture | None:
    """What was made for the key, made if it was not: other detectors ask for the same."""
    if key in _kept:
        _kept.move_to_end(key)
        return _kept[key]
    made = _kept[key] = make()
    while len(_kept) > KEPT or (len(_kept) > 1 and sum(map(_bytes, _kept.values())) > KEPT_BYTES):
        _kept.popitem(last=False)
    return made


def _smaller(picture: Picture, side: int) -> Picture:
    """The same with its frames averaged down to `side`: a hundredth of what decoding costs."""
    return replace(picture, frames=tuple(resized(frame, side) for frame in picture.frames))


def resized(frame: NDArray[np.uint8], side: int) -> NDArray[np.uint8]:
    """Grey or RGB samples with a longest side of `side`; a line stays a pixel thick.

    Averaged by a whole number, then interpolated: OpenCV takes five times as long for a fraction.
    """
    import cv2  # what is no picture must not wait for it

    height, width = frame.shape[:2]
    longest = max(height, width)
    size = [max(1, round(length * side / longest)) for length in (width, height)]
    times = min(longest // side, height, width)
    if times > 1:
        high, wide = height // times, width // times
        frame = frame[: high * times, : wide * times]
        frame = np.asarray(cv2.resize(frame, (wide, high), interpolation=cv2.INTER_AREA), np.uint8)
    return np.asarray(cv2.resize(frame, size, interpolation=cv2.INTER_LINEAR), np.uint8)


def _bytes(picture: Picture | None) -> int:
    return sum(frame.nbytes for frame in picture.frames) if picture else 0


def _tried(content: bytes, side: int) -> Picture | None:
    """The picture; of one that breaks off what came before, where its format has such a thing."""
    with suppress(*FAILURES):
        return _decoded(content, side)
    with suppress(*FAILURES), _unfinished():
        picture = _decoded(content, side)
        return picture and replace(picture, broken=True)
    return None


@contextmanager
def _unfinished() -> Iterator[None]:
    """Pillow gives what it has of a picture that ends early."""
    before, ImageFile.LOAD_TRUNCATED_IMAGES = ImageFile.LOAD_TRUNCATED_IMAGES, True
    try:
        yield
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = before


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
            paged = picture.format == PAGED
            frames, broken = _frames(picture, side, spread(declared, paged=paged))
            return Picture(frames, width, height, declared, broken, paged)


def spread(declared: int, *, paged: bool) -> list[int]:
    """Which frames of so many are looked at, the first among them."""
    last = declared if paged else min(declared, REACH)
    return sorted({round(n) for n in np.linspace(0, last - 1, min(FRAMES, last))})


def _medical(content: bytes, side: int) -> Picture:
    found, declared = dicom.frames(content, PIXELS, FRAMES)
    height, width = found[0].shape[:2] if found else (0, 0)
    shown = (_reduced(_levelled(samples), side) for samples in found)
    return Picture(tuple(shown), width, height, declared)


def _frames(
    picture: Image.Image, side: int, wanted: list[int]
) -> tuple[tuple[NDArray[np.uint8], ...], bool]:
    """The wanted frames, and whether one behind the first does not decode."""
    found: list[NDArray[np.uint8]] = []
    try:
        for number in wanted:
            if number:
                picture.seek(number)
            turned = picture.getexif().get(ExifTags.Base.Orientation, 1) != 1
            found.append(_reduced(ImageOps.exif_transpose(picture) if turned else picture, side))
    except FAILURES:
        if not found:
            raise
        return tuple(found), True
    return tuple(found), False


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
    shown = picture if picture.mode in {"RGB", "L"} else picture.convert("RGB")
    scale = side / max(shown.size)
    if scale < 1:
        size = (max(1, round(shown.width * scale)), max(1, round(shown.height * scale)))
        shown = shown.resize(size, Image.Resampling.BICUBIC, reducing_gap=2.0)
    return np.asarray(shown.convert("RGB"))
