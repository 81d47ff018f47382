"""Positions on the earth: pairs in one cell, and degrees under a header that names them."""

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
    WIDE,
    holding,
    kinds_in,
    masked,
)
from privscan.model.data import Column, Hits
from privscan.rulebook.names import header_entities

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Rows = NDArray[np.int64]

PLUGIN = True
KINDS = ("text", "number")

ENTITY = "gps"

DECIMALS = 3
"""Three decimals of a degree are about 100 m: enough to tell a home."""

LATITUDE, LONGITUDE = 90, 180
"""Largest degrees."""

_DEGREE = rf"-?\d{{1,3}}\.\d{{{DECIMALS},}}"
_PAIR = rf"^\s*[(\[]?\s*(-?\d{{1,2}}\.\d{{{DECIMALS},}})\s*[,; ]\s*({_DEGREE})\s*[)\]]?\s*$"
_POINT = rf"^\s*(?i:SRID=\d+;)?\s*(?i:POINT)\s*Z?\s*\(\s*{_DEGREE}\s+{_DEGREE}.*\)\s*$"
_SINGLE = rf"^\s*{_DEGREE}\s*$"


_PAIRS = holding(DIGIT, POINT, SPACE | OTHER, only=0xFF & ~(HEX | LETTER)) | holding(WIDE, POINT)
_POINTS = holding(DIGIT, POINT, LETTER, OTHER)
_DEGREES = holding(DIGIT, POINT, only=DIGIT | SIGN | POINT | SPACE) | holding(WIDE, POINT)
"""Cells that may be of the form; digits and white space may be wide."""


def find(column: Column) -> Iterator[Hits]:
    """Cells that are a position: 0.6 for a pair, 0.5 for a degree under a header for it."""
    kinds, cells = kinds_in(column), column.cells
    pairs = _like(cells, _PAIRS.rows(kinds), _PAIR)
    if len(pairs):
        near = cells.gather(pairs).rename("cells").to_frame().select(_near(pl.col("cells")))
        pairs = pairs[near.to_series().to_numpy()]
    pairs = np.union1d(pairs, _like(cells, _POINTS.rows(kinds), _POINT))
    if len(pairs):
        yield Hits(ENTITY, masked(pairs, len(cells)), 0.6, "coordinates/pair")
    if not any(bits > 0 for entity, bits in header_entities(column.path) if entity == ENTITY):
        return
    degrees = _like(cells, _DEGREES.rows(kinds), _SINGLE)
    size = cells.gather(degrees).str.strip_chars().cast(pl.Float64, strict=False).abs()
    degrees = degrees[(size <= LONGITUDE).fill_null(value=False).to_numpy()]
    if len(degrees):
        yield Hits(ENTITY, masked(degrees, len(cells)), 0.5, "coordinates/degree")


def _like(cells: pl.Series, rows: Rows, form: str) -> Rows:
    """Those of the rows whose cells have the form."""
    return rows[cells.gather(rows).str.contains(form).to_numpy()] if len(rows) else rows


def _near(text: pl.Expr) -> pl.Expr:
    """Whether both numbers of a pair are degrees."""
    first, second = (
        text.str.extract(_PAIR, group).cast(pl.Float64, strict=False) for group in (1, 2)
    )
    return ((first.abs() <= LATITUDE) & (second.abs() <= LONGITUDE)).fill_null(value=False)
