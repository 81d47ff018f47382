"""Vectors as bytes: NumPy's own format, or floating-point numbers one behind the other."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import numpy as np

from privscan.formats.vectors.likeness import LARGEST, USUAL, Likeness, likeness

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

MAGIC = b"\x93NUMPY"

_TYPES = ("<f4", "<f8", "<f2")
"""By how common they are; big-endian ones are not written any more."""

SIZES = {np.dtype(kind).itemsize * width: None for kind in _TYPES for width in sorted(USUAL)}.keys()
"""Bytes of vectors of a usual number of components."""

_ANY = {*Likeness} - {Likeness.OTHER}
_ENOUGH = {"<f4": _ANY, "<f8": _ANY, "<f2": {Likeness.UNIT}}
"""Tables of offsets and code read as numbers of half precision too, but those have no length 1."""

_SMALL, _LARGE = 0.01, 30.0
"""Sizes beside the typical one that few components, or none, of real vectors have."""

_FEW = 0.05
_TYPICAL = (1e-5, 1e4)
"""Whole numbers read as floating-point ones are as good as nothing."""


def unpacked(content: bytes) -> Floats | None:
    """The one vector in these bytes, or None: also where what is packed looks like none."""
    if content.startswith(MAGIC):
        return _array(content)
    if len(content) not in SIZES:
        return None
    for kind in _TYPES:
        width, rest = divmod(len(content), np.dtype(kind).itemsize)
        if rest or width not in USUAL:
            continue
        with np.errstate(invalid="ignore", over="ignore"):
            numbers = np.frombuffer(content, kind).astype(np.float64)
            if _even(numbers) and likeness(numbers[None])[0] in _ENOUGH[kind]:
                return numbers
    return None


def _even(numbers: Floats) -> bool:
    """Whether the sizes are alike: those of random bytes and texts differ by powers of ten."""
    sizes = np.abs(numbers[numbers != 0])
    if not len(sizes) or not np.isfinite(sizes).all():
        return False
    typical = float(np.median(sizes))
    if not _TYPICAL[0] < typical < _TYPICAL[1]:
        return False
    rare = float((sizes < _SMALL * typical).mean())
    return rare <= _FEW and float(sizes.max()) <= _LARGE * typical


def _array(content: bytes) -> Floats | None:
    """The vector that `numpy.save` wrote: one row of numbers; Python objects are never loaded."""
    try:
        found = np.load(io.BytesIO(content), allow_pickle=False, max_header_size=10_000)
    except (ValueError, EOFError, OSError, MemoryError):
        return None
    if found.dtype.kind not in "fiu" or max(found.shape, default=0) != found.size:
        return None
    return found.ravel().astype(np.float64) if 0 < found.size <= LARGEST else None
