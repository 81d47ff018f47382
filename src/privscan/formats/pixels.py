"""Pictures decoded once for every detector that looks at them: upright, reduced, frame by frame."""

from __future__ import annotations

import hashlib
import io
import warnings
from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image, ImageOps, ImageSequence

if TYPE_CHECKING:
    from numpy.typing import NDArray

PIXELS = 120_000_000
"""A picture that declares more pixels is not decoded: it may be a decompression bomb."""

FRAMES = 8
"""Frames or pages looked at in one picture file, the first ones."""

KEPT_BYTES = 96 << 20
"""Decoded pixels that are kept for the next detector of the same batch."""

FAILURES = (
    OSError,
    SyntaxError,
    ValueError,
    KeyError,
    TypeError,
    IndexError,
    MemoryError,
    Image.DecompressionBombError,
)
"""What Pillow raises for bytes that are no picture, or one that does not decode to its end."""


@dataclass(frozen=True, slots=True, eq=False)
class Picture:
    """Its first frames as RGB (height x width x 3, u8), and its size and frames as declared."""

    frames: tuple[NDArray[np.uint8], ...]
    width: int
    height: int
    declared: int


_kept: OrderedDict[tuple[bytes, int], Picture | None] = OrderedDict()


def decoded(content: bytes, side: int) -> Picture | None:
    """The picture with its longest side reduced to `side` pixels; None if it does not decode."""
    key = (hashlib.blake2b(content, digest_size=16).digest(), side)
    if key in _kept:
        _kept.move_to_end(key)
        return _kept[key]
    try:
        picture = _decoded(content, side)
    except FAILURES:
        picture = None
    _kept[key] = picture
    while len(_kept) > 1 and sum(map(_bytes, _kept.values())) > KEPT_BYTES:
        _kept.popitem(last=False)
    return picture


def _bytes(picture: Picture | None) -> int:
    return sum(frame.nbytes for frame in picture.frames) if picture else 0


def _decoded(content: bytes, side: int) -> Picture | None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Pillow warns of odd metadata, which is not ours to fix
        with Image.open(io.BytesIO(content)) as picture:
            if picture.width * picture.height > PIXELS:
                return None
            width, height = picture.size
            declared = getattr(picture, "n_frames", 1)
            picture.draft("RGB", (side, side))
            return Picture(tuple(_frames(picture, side)), width, height, declared)


def _frames(picture: Image.Image, side: int) -> Iterator[NDArray[np.uint8]]:
    for number, frame in enumerate(ImageSequence.Iterator(picture)):
        if number >= FRAMES:
            return
        upright = ImageOps.exif_transpose(frame).convert("RGB")
        upright.thumbnail((side, side))
        yield np.asarray(upright)
