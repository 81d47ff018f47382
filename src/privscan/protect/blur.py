"""Cover faces, text and codes in pictures, and strip every byte that is not pixels."""

from __future__ import annotations

import io
import warnings
from collections.abc import Callable
from typing import Any

import numpy as np
import pyarrow as pa
from PIL import Image, ImageCms, ImageOps, ImageSequence

from privscan.detectors import ocr
from privscan.errors import UnreadableError, UsageError
from privscan.formats.pixels import FAILURES, PIXELS, opened
from privscan.protect.cells import decoded, is_bytes
from privscan.protect.regions import KINDS, Frame, regions
from privscan.protect.treating import Apply, Asked

PLUGIN = True
OPTIONS = ("fill", "blur", "faces", "text", "codes")

_WRITTEN = {"JPEG", "PNG", "WEBP", "TIFF", "GIF", "BMP", "AVIF", "PPM", "JPEG2000", "MPO"}
_SETTINGS: dict[str, dict[str, object]] = {
    "JPEG": {"quality": 95, "subsampling": 0},
    "WEBP": {"quality": 95},
    "AVIF": {"quality": 90},
    "TIFF": {"compression": "tiff_deflate"},
}
_CELL = 12
"""Squares along a face that is blurred, so that what is under it is gone before it is smoothed."""

_MOST_FRAMES = 2_000


def made(asked: Asked) -> Apply:
    """Boxes of one colour, which nothing undoes; `blur` smooths coarse squares instead.

    `faces`, `text` and `codes` say what to look for; without any, all that can be looked for here.
    A cell that is no picture is an `UnreadableError`.
    """
    kinds = [kind for kind in KINDS if kind in asked.options] or [*KINDS]
    if "text" in asked.options and ocr.missing():
        raise UsageError("text in pictures cannot be looked for", hint=ocr.INSTALL)
    if "fill" in asked.options and "blur" in asked.options:
        raise UsageError("fill and blur do not go together")
    cover = _smoothed if "blur" in asked.options else _filled

    def covered(array: pa.Array) -> pa.Array:
        plain = decoded(array)
        if not is_bytes(plain.type):
            raise UsageError("only pictures are blurred", hint="mask or redact texts")
        cells = [None if c is None else picture(c, kinds, cover) for c in plain.to_pylist()]
        fixed = pa.types.is_fixed_size_binary(plain.type)
        return pa.array(cells, pa.binary() if fixed else plain.type)

    return covered


Cover = Callable[[Frame], Frame]


def picture(content: bytes, kinds: list[str], cover: Cover) -> bytes:
    """The picture upright, with its regions covered, in its format, and nothing else of its file."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # Pillow warns of odd metadata, which goes anyway
            source = opened(content)
            kind = str(source.format)
            if kind not in _WRITTEN:
                raise UnreadableError(f"pictures in {kind} are not written")
            if source.width * source.height > PIXELS:
                raise UnreadableError("the picture declares too many pixels")
            return _written(source, "JPEG" if kind == "MPO" else kind, kinds, cover)
    except FAILURES:
        pass
    raise UnreadableError("a picture does not decode")


def _written(source: Image.Image, kind: str, kinds: list[str], cover: Cover) -> bytes:
    frames, durations = [], []
    for number, frame in enumerate(ImageSequence.Iterator(source)):
        if number >= _MOST_FRAMES:
            raise UnreadableError(f"the picture has more than {_MOST_FRAMES:,} frames")
        durations.append(frame.info.get("duration", 0))
        frames.append(_covered(frame, kinds, cover))
        if kind in {"JPEG", "BMP", "PPM", "JPEG2000"}:
            break
    out = io.BytesIO()
    settings: dict[str, Any] = dict(_SETTINGS.get(kind, {}))
    if len(frames) > 1:
        settings |= {"save_all": True, "append_images": frames[1:]}
        if kind != "TIFF":
            settings |= {"duration": durations, "loop": 0}
    frames[0].save(out, kind, **settings)
    return out.getvalue()


def _covered(frame: Image.Image, kinds: list[str], cover: Cover) -> Image.Image:
    """A new picture of pixels alone: whatever the old one carried beside them is not taken over."""
    upright = ImageOps.exif_transpose(frame)
    pixels = np.array(_plain(upright))
    shown = pixels if pixels.ndim == 3 else np.repeat(pixels[:, :, None], 3, axis=2)  # noqa: PLR2004  grey has two
    for left, top, right, bottom in regions(np.ascontiguousarray(shown[:, :, :3]), kinds):
        pixels[top:bottom, left:right] = cover(pixels[top:bottom, left:right])
    return Image.fromarray(pixels)


def _plain(upright: Image.Image) -> Image.Image:
    """Grey, RGB or RGBA in the colours of a screen, since the colour profile goes too."""
    profile = upright.info.get("icc_profile")
    if profile and upright.mode in {"RGB", "CMYK"}:
        try:
            given = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            done = ImageCms.profileToProfile(
                upright, given, ImageCms.createProfile("sRGB"), outputMode="RGB"
            )
            upright = done if done is not None else upright
        except (ImageCms.PyCMSError, OSError):
            upright = upright.convert("RGB")
    if upright.mode in {"L", "RGB", "RGBA"}:
        return upright
    if upright.mode in {"1", "I", "F"} or upright.mode.startswith("I;"):
        return upright.convert("L")
    clear = "transparency" in upright.info or upright.mode in {"LA", "PA"}
    return upright.convert("RGBA" if clear else "RGB")


def _filled(box: Frame) -> Frame:
    black = np.zeros_like(box)
    if box.ndim == 3 and box.shape[2] == 4:  # noqa: PLR2004  RGBA: not to be seen through
        black[:, :, 3] = 255
    return black


def _smoothed(box: Frame) -> Frame:
    import cv2

    height, width = box.shape[:2]
    side = max(1, round(max(height, width) / _CELL))
    small = (max(1, width // side), max(1, height // side))
    coarse = cv2.resize(box, small, interpolation=cv2.INTER_AREA)
    spread = cv2.resize(coarse, (width, height), interpolation=cv2.INTER_LINEAR)
    odd = 2 * side + 1
    return np.asarray(cv2.GaussianBlur(spread, (odd, odd), 0), np.uint8).reshape(box.shape)
