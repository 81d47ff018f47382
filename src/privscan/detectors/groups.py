"""Groups of protected columns (sexes, bands of age), counted only where a header says so."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import polars as pl

from privscan.model.data import Column, Hits
from privscan.rulebook.counted import COUNTED, balance, group_words
from privscan.rulebook.names import header_entities
from privscan.rulebook.normal import narrow

PLUGIN = True
KINDS = ("text",)
MEASUREMENTS = True

OLDEST = 130
"""Years up to which a number is an age."""


def find(column: Column) -> Iterator[Hits]:
    """Cells of each group as `counted.gender` by `groups/female`; nothing is inferred from others."""
    said = {entity for entity, bits in header_entities(column.path) if bits > 0}
    for entity in sorted(said & group_words().keys()):
        yield from _words(column.cells, entity)
    if "age" in said:
        yield from _ages(column.cells)


def _words(cells: pl.Series, entity: str) -> Iterator[Hits]:
    plain = narrow(cells).str.strip_chars().str.to_lowercase()
    named = plain.replace_strict(group_words()[entity], default=None, return_dtype=pl.String)
    for group in balance().of(entity):
        mask = (named == group.id).fill_null(value=False)
        if mask.any():
            yield Hits(f"{COUNTED}{entity}", mask, 1.0, f"groups/{group.id}")


def _ages(cells: pl.Series) -> Iterator[Hits]:
    years = cells.cast(pl.Float64, strict=False).fill_null(-1).to_numpy()
    is_age = (years >= 0) & (years <= OLDEST)
    bands = np.digitize(years, balance().ages)
    for number in range(len(balance().ages) + 1):
        mask = is_age & (bands == number)
        if mask.any():
            yield Hits(f"{COUNTED}age", pl.Series(mask), 1.0, f"groups/{balance().band(number)}")
