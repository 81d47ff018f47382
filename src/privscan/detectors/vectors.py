"""Vectors that models make of faces and voices: in lists and tensors, in bytes, and written as text.

Numbers do not say of what a model made them. Where a vector looks like an embedding, its length
names what it may be of, and `rules/weights.yaml` weighs that with the header and the columns
beside it; an entity that the header names needs no more than numbers.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from privscan.evidence.characters import (
    DIGIT,
    HEX,
    LETTER,
    OTHER,
    POINT,
    SIGN,
    SPACE,
    holding,
    kinds_in,
    masked,
)
from privscan.formats.vectors.likeness import FACES, USUAL, VOICES, Likeness, likeness
from privscan.formats.vectors.packed import MAGIC, SIZES, unpacked
from privscan.formats.vectors.written import CODED, SHORTEST, uncoded, written
from privscan.model.data import Column, Hits
from privscan.model.kinds import Kind
from privscan.rulebook.names import WEAK, header_entities
from privscan.rulebook.numbers import THING
from privscan.rulebook.text import bytes_of, taken

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Rows = NDArray[np.int64]
    Found = Iterator[tuple[Rows, NDArray[np.float64]]]

PLUGIN = True
KINDS = ("vector", "bytes", "text")

MODALITIES = {"face_template": FACES, "voiceprint": VOICES, "biometric_template": FACES | VOICES}
"""What an embedding of so many components may be of, whatever its header."""

TEMPLATES = (*MODALITIES, "gait", "fingerprint", "palm_print", "palm_vein", "iris", "retina")
"""What the numbers under a header that names it are."""

WRITTEN = "vectors/written"
"""What texts of nothing but numbers are told by: no number in them is one of telephone or card."""

_SCORES = {Likeness.UNIT: 0.5, Likeness.DENSE: 0.4, Likeness.RECTIFIED: 0.3, Likeness.OTHER: 0.1}

CHUNK = 1 << 20
"""Numbers looked at together."""

_WRITTEN = holding(DIGIT, SPACE | OTHER, only=DIGIT | HEX | LETTER | SPACE | SIGN | POINT | OTHER)
_CODES = holding(DIGIT | HEX | LETTER, only=DIGIT | HEX | LETTER | SIGN | OTHER)
_FIRST = r"^[\s\[({<\-+.0-9antr]"


def find(column: Column) -> Iterator[Hits]:
    """Cells that may be a template, by likeness and length; the lengths are the ranges."""
    named = tuple(e for e, bits in header_entities(column.path) if bits > WEAK and e in TEMPLATES)
    rows: dict[tuple[int, Likeness], list[Rows]] = {}
    met = []
    for some, numbers in _matrices(column):
        met.append(some)
        width = numbers.shape[1]
        kinds = likeness(numbers)
        for kind in Likeness:
            here = some[kinds == kind]
            if len(here) and (named or kind is not Likeness.OTHER):
                rows.setdefault((width, kind), []).append(here)
    if met and column.kind is Kind.TEXT:
        yield Hits(f"{THING}vector", masked(np.concatenate(met), len(column.cells)), 1.0, WRITTEN)
    for (width, kind), found in sorted(rows.items(), key=lambda item: item[0]):
        mask = masked(np.concatenate(found), len(column.cells))
        usual = kind is not Likeness.OTHER
        may_be = (e for e, widths in MODALITIES.items() if usual and width in widths)
        for entity in dict.fromkeys((*named, *may_be)):
            yield _hits(entity, mask, width, kind)


def _hits(entity: str, mask: pl.Series, width: int, kind: Likeness) -> Hits:
    word = "numbers" if kind is Likeness.OTHER else kind.name.lower()
    detector = f"vectors/{word} {width}" if width in USUAL else f"vectors/{word}"
    return Hits(entity, mask, _SCORES[kind], detector, ranges={"dimension": (width, width)})


def _matrices(column: Column) -> Found:
    """The vectors as matrices of one width, and the cells in which they stand."""
    match column.kind:
        case Kind.VECTOR:
            yield from _lists(np.arange(len(column.cells)), column.cells)
        case Kind.BYTES:
            yield from _in_bytes(column.cells)
        case _:
            yield from _in_texts(column)


def _lists(rows: Rows, cells: pl.Series) -> Found:
    widths = cells.list.len().fill_null(0).to_numpy()
    for width in np.unique(widths[widths > 0]).tolist():
        at = np.flatnonzero(widths == width)
        step = max(1, CHUNK // width)
        for start in range(0, len(at), step):
            some = at[start : start + step]
            numbers = taken(cells, some).explode(empty_as_null=False).cast(pl.Float64)
            yield rows[some], numbers.fill_null(np.nan).to_numpy().reshape(len(some), width)


def _in_bytes(cells: pl.Series) -> Found:
    sizes = cells.bin.size().to_numpy()
    candidates = np.isin(sizes, list(SIZES)) | cells.bin.starts_with(MAGIC).to_numpy()
    rows = np.flatnonzero(candidates)
    yield from _unpacked(rows, taken(cells, rows))


def _unpacked(rows: Rows, contents: pl.Series) -> Found:
    vectors = [(row, v) for row, c in zip(rows.tolist(), contents, strict=True) if (v := unpacked(c)) is not None]  # fmt: skip
    for width in sorted({len(vector) for _, vector in vectors}):
        some = [(row, vector) for row, vector in vectors if len(vector) == width]
        yield np.array([row for row, _ in some]), np.stack([vector for _, vector in some])


def _in_texts(column: Column) -> Found:
    sizes = bytes_of(column.cells)
    if not (sizes >= SHORTEST).any():
        return
    kinds = kinds_in(column)
    rows = np.flatnonzero((sizes >= SHORTEST) & _WRITTEN.table[kinds])
    rows = rows[taken(column.cells, rows).str.contains(_FIRST).to_numpy()]
    if len(rows):
        found = written(column.cells, rows)
        yield from _lists(found["row"].to_numpy(), found["vector"])
    coded = np.flatnonzero(np.isin(sizes, list(CODED)) & _CODES.table[kinds])
    if len(coded):
        contents = pl.Series(
            [uncoded(text) for text in taken(column.cells, coded)], dtype=pl.Binary
        )
        yield from _unpacked(coded, contents)
