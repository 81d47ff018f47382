"""QR, Aztec, Data Matrix, PDF417, Code 128 and Code 39 in pictures, and what their text is.

Read by ZXing-C++ (docs/decisions/0018). The texts stand in columns of their own, so that those
which this file does not know by their structure are read as any other text.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import lru_cache
from importlib.metadata import version as version_of
from typing import TYPE_CHECKING, Any

import numpy as np
import polars as pl
from stdnum.jp import in_

from privscan.formats.codes import STARTS, code
from privscan.formats.pixels import decoded, resized
from privscan.model.data import Column, Hits
from privscan.model.kinds import Kind
from privscan.rulebook.text import bytes_of, matching, taken

if TYPE_CHECKING:
    from numpy.typing import NDArray

PLUGIN = True
KINDS = ("image", "text")

SIDE = 1600
"""Longest side at which codes are looked for: a PDF417 of a licence needs it in a photograph."""

_SCORE = 0.98

_FORMATS = ("QRCode", "MicroQRCode", "RMQRCode", "Aztec", "DataMatrix", "PDF417", "MicroPDF417")
_LINEAR = ("Code128", "Code39")
"""EAN and UPC name goods, and Codabar and ITF are read where there are none."""

_BARRED = ("PDF417", "MicroPDF417", *_LINEAR)
"""Those that are read at right angles only."""

_GOODS = frozenset(map(str.casefold, _LINEAR))
"""Of these, numbers alone name goods and parcels as well."""

_FEWEST_BYTES = 24
_ADDRESS = re.compile(r"https?://[^\s?#@]*/?", re.IGNORECASE)
_COARSE = 640
_CELL, _WINDOW = 4, 6
_CONTRAST = 1e5
_ONE_WAY = 0.75
_SHARE, _AGREED = 0.01, 0.5
_LEVEL = 1.5
"""Longest side, cells in pixels, windows in cells, contrast and share of its gradients by which
bars are known; the share of a picture that they fill, and of them that runs one way; and how many
degrees are none."""

_CONTROL = re.compile(r"[\0-\x08\x0e-\x1b]")
"""What no text has, other than the separators of AAMVA and GS1: the code holds bytes."""

_UNSURE = 0.5
"""Of twelve digits in a QR code: the back of a My Number card has such, and one in eleven passes."""


def version() -> str:
    """The reader: evidence of one does not add up with evidence of another."""
    return f"zxing-cpp={version_of('zxing-cpp')}"


def find(column: Column) -> Iterator[Hits | Column]:
    """Columns with the texts of the codes in pictures; documents and secrets among texts."""
    yield from _read(column) if column.kind is Kind.IMAGE else _known(column)


def _read(column: Column) -> Iterator[Hits | Column]:
    texts: dict[str, list[tuple[str, int]]] = defaultdict(list)
    contents: list[tuple[bytes, int]] = []
    for row, content in enumerate(column.cells):
        picture = decoded(content, SIDE)
        for frame in picture.frames if picture else ():
            for form, text, raw in _found(frame):
                if _CONTROL.search(text):
                    contents.append((raw, row))
                else:
                    texts[form].append((text, row))
    for form, found in sorted(texts.items()):
        yield _inner(column, form, Kind.TEXT, found)
    if contents:
        yield _inner(column, "content", Kind.BYTES, contents)
    numbers = [
        row for text, row in texts.get("qrcode", ()) if text.isdigit() and in_.is_valid(text)
    ]
    if numbers:
        mask = _mask(numbers, len(column.cells))
        yield Hits("my_number", mask, _UNSURE, "machine_codes/twelve digits")


def _inner(column: Column, name: str, kind: Kind, found: Sequence[tuple[object, int]]) -> Column:
    path = f"{column.path}[].code.{name}"
    rows = [row for _, row in found]
    labels = None if column.labels is None else column.labels.gather(rows)
    dtype = pl.String if kind is Kind.TEXT else pl.Binary
    return Column(path, kind, pl.Series(path, [value for value, _ in found], dtype), labels)


def _found(frame: NDArray[np.uint8]) -> list[tuple[str, str, bytes]]:
    """The codes of a frame; where none is read as it lies, bars that lean are turned upright."""
    import cv2

    grey = np.asarray(cv2.cvtColor(frame, cv2.COLOR_RGB2GRAY), np.uint8)
    return _codes(grey, (*_FORMATS, *_LINEAR)) or _codes(_levelled(grey), _BARRED)


def _codes(
    grey: NDArray[np.uint8] | None, formats: tuple[str, ...]
) -> list[tuple[str, str, bytes]]:
    import zxingcpp

    if grey is None:
        return []
    found = []
    plain = zxingcpp.TextMode.Plain
    for one in zxingcpp.read_barcodes(grey, _known_as(formats), text_mode=plain):
        form, text = re.sub(r"\W", "", str(one.format)).casefold(), one.text
        goods = form in _GOODS and not any(map(str.isalpha, text))
        if text.strip() and not goods and not _ADDRESS.fullmatch(text):
            found.append((form, text, one.bytes))
    return found


@lru_cache(maxsize=2)
def _known_as(formats: tuple[str, ...]) -> Any:
    import zxingcpp

    return zxingcpp.barcode_formats_from_str("|".join(formats))


def _levelled(grey: NDArray[np.uint8]) -> NDArray[np.uint8] | None:
    """The place with bars, turned so that these stand upright; None if they do.

    PDF417 is read at right angles only. Bars are where brightness changes much and one way
    alone (structure tensor; Bigun and Granlund, 1987).
    """
    import cv2

    small = resized(grey, _COARSE) if max(grey.shape) > _COARSE else grey
    place, turn = _bars(small)
    if abs(turn) < _LEVEL or abs(abs(turn) - 90) < _LEVEL:
        return None
    left, top, width, height = (round(side * grey.shape[1] / small.shape[1]) for side in place)
    part = grey[top : top + height, left : left + width]
    height, width = part.shape
    about = cv2.getRotationMatrix2D((width / 2, height / 2), turn, 1)
    around = int(np.hypot(width, height))
    about[:, 2] += (around - width) / 2, (around - height) / 2
    return np.asarray(cv2.warpAffine(part, about, (around, around), borderValue=255), np.uint8)


def _bars(small: NDArray[np.uint8]) -> tuple[tuple[int, int, int, int], float]:
    """Left, top, width and height of where bars run one way, and the degrees they lean."""
    import cv2

    across, down = cv2.Scharr(small, cv2.CV_32F, 1, 0), cv2.Scharr(small, cv2.CV_32F, 0, 1)
    cells = [max(1, side // _CELL) for side in small.shape[1::-1]]
    both, least, mixed = (
        cv2.blur(cv2.resize(part, cells, interpolation=cv2.INTER_AREA), (_WINDOW, _WINDOW))
        for part in (across**2 + down**2, across**2 - down**2, 2 * across * down)
    )
    bars = (both > _CONTRAST) & (np.hypot(least, mixed) > _ONE_WAY * both)
    along = np.array([least[bars].sum(), mixed[bars].sum()])
    total = np.hypot(*along)
    if bars.mean() < _SHARE or total < _AGREED * both[bars].sum():
        return (0, 0, 0, 0), 0.0
    # Doubled angles: bars that run another way are of something else.
    bars &= least * along[0] + mixed * along[1] > _ONE_WAY * both * total
    left, top, width, height = (side * _CELL for side in cv2.boundingRect(bars.astype(np.uint8)))
    margin = _WINDOW * _CELL
    place = max(0, left - margin), max(0, top - margin), width + 2 * margin, height + 2 * margin
    return place, float(np.degrees(np.arctan2(along[1], along[0])) / 2)


def _known(column: Column) -> Iterator[Hits]:
    cells = column.cells
    rows = matching(cells, np.flatnonzero(bytes_of(cells) >= _FEWEST_BYTES), STARTS)
    found: dict[tuple[str, str], list[int]] = defaultdict(list)
    for row, text in zip(rows.tolist(), taken(cells, rows), strict=True):
        known = code(text)
        for entity in known.entities if known else ():
            found[entity, f"machine_codes/{known.kind if known else ''}"].append(row)
    for (entity, detector), its in sorted(found.items()):
        yield Hits(entity, _mask(its, len(cells)), _SCORE, detector, whole=_mask([], len(cells)))


def _mask(rows: Sequence[int], size: int) -> pl.Series:
    mask = np.zeros(size, bool)
    mask[list(rows)] = True
    return pl.Series(mask)
