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
from privscan.formats.pixels import decoded
from privscan.model.data import Column, Hits
from privscan.model.kinds import Kind

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

_GOODS = frozenset(map(str.casefold, _LINEAR))
"""Of these, numbers alone name goods and parcels as well."""

_FEWEST_BYTES = 24
_ADDRESS = re.compile(r"https?://[^\s?#@]*/?", re.IGNORECASE)
_COARSE = 640
_WINDOW = 25
_CONTRAST = 1e5
_ONE_WAY = 0.75
_SHARE = 0.01
_LEVEL = 1.5
"""Longest side, window, contrast and share of its gradients by which bars are known; the share
of a picture that they fill; and by how many degrees they may lean without being turned."""

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
            for form, text, raw in _codes(frame) or _codes(_levelled(frame)):
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


def _codes(frame: NDArray[np.uint8] | None) -> list[tuple[str, str, bytes]]:
    import zxingcpp

    if frame is None:
        return []
    found = []
    for one in zxingcpp.read_barcodes(frame, _formats(), text_mode=zxingcpp.TextMode.Plain):
        form, text = re.sub(r"\W", "", str(one.format)).casefold(), one.text
        goods = form in _GOODS and not any(map(str.isalpha, text))
        if text.strip() and not goods and not _ADDRESS.fullmatch(text):
            found.append((form, text, one.bytes))
    return found


def _levelled(frame: NDArray[np.uint8]) -> NDArray[np.uint8] | None:
    """The frame turned so that its bars stand upright; None if they do, or if there are none.

    PDF417 is read at right angles only. Bars are where brightness changes much and one way
    alone (structure tensor; Bigun and Granlund, 1987).
    """
    import cv2

    grey = cv2.cvtColor(frame, cv2.COLOR_RGB2GRAY)
    scale = _COARSE / max(grey.shape)
    small = (
        cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
        if scale < 1
        else grey
    )
    across, down = cv2.Scharr(small, cv2.CV_32F, 1, 0), cv2.Scharr(small, cv2.CV_32F, 0, 1)
    both, least, mixed = (
        cv2.blur(part, (_WINDOW, _WINDOW))
        for part in (across**2 + down**2, across**2 - down**2, 2 * across * down)
    )
    bars = (both > _CONTRAST) & (np.hypot(least, mixed) > _ONE_WAY * both)
    if bars.mean() < _SHARE:
        return None
    turn = np.degrees(np.arctan2(mixed[bars].sum(), least[bars].sum())) / 2
    if abs(turn) < _LEVEL or abs(abs(turn) - 90) < _LEVEL:
        return None
    height, width = grey.shape
    about = cv2.getRotationMatrix2D((width / 2, height / 2), turn, 1)
    around = int(np.hypot(width, height))
    about[:, 2] += (around - width) / 2, (around - height) / 2
    turned = cv2.warpAffine(grey, about, (around, around), borderValue=255)
    return np.asarray(turned, np.uint8)


@lru_cache(maxsize=1)
def _formats() -> Any:
    import zxingcpp

    return zxingcpp.barcode_formats_from_str("|".join((*_FORMATS, *_LINEAR)))


def _known(column: Column) -> Iterator[Hits]:
    cells = column.cells
    rows = (cells.str.len_bytes() >= _FEWEST_BYTES).arg_true()
    rows = rows.filter(cells.gather(rows).str.contains(STARTS))
    found: dict[tuple[str, str], list[int]] = defaultdict(list)
    for row, text in zip(rows, cells.gather(rows), strict=True):
        known = code(text)
        for entity in known.entities if known else ():
            found[entity, f"machine_codes/{known.kind if known else ''}"].append(row)
    for (entity, detector), its in sorted(found.items()):
        yield Hits(entity, _mask(its, len(cells)), _SCORE, detector, whole=_mask([], len(cells)))


def _mask(rows: Sequence[int], size: int) -> pl.Series:
    mask = np.zeros(size, bool)
    mask[list(rows)] = True
    return pl.Series(mask)
