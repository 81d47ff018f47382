"""Positions on the earth: pairs in one cell, and degrees under a header that names them."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from privscan.model.data import Column, Hits
from privscan.rulebook.names import header_entities

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


def find(column: Column) -> Iterator[Hits]:
    """Cells that are a position: 0.6 for a pair, 0.5 for a degree under a header for it."""
    text = pl.col("cells")
    named = any(bits > 0 for entity, bits in header_entities(column.path) if entity == ENTITY)
    masks = column.cells.rename("cells").to_frame().select(pair=_pair(text), degree=_degree(text))
    if masks["pair"].any():
        yield Hits(ENTITY, masks["pair"], 0.6, "coordinates/pair")
    if named and masks["degree"].any():
        yield Hits(ENTITY, masks["degree"], 0.5, "coordinates/degree")


def _pair(text: pl.Expr) -> pl.Expr:
    first, second = (
        text.str.extract(_PAIR, group).cast(pl.Float64, strict=False) for group in (1, 2)
    )
    near = (first.abs() <= LATITUDE) & (second.abs() <= LONGITUDE)
    return near.fill_null(value=False) | text.str.contains(_POINT)


def _degree(text: pl.Expr) -> pl.Expr:
    degree = text.str.strip_chars().cast(pl.Float64, strict=False).abs() <= LONGITUDE
    return text.str.contains(_SINGLE) & degree.fill_null(value=False)
