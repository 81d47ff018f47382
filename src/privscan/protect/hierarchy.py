"""Places and what they lie in: an address's prefecture or state, a city's country."""

from __future__ import annotations

import json
from functools import cache

import polars as pl

from privscan.dictionaries._cities import geonames
from privscan.dictionaries.japanese_places import located
from privscan.dictionaries.places import plain

_PREFECTURE = r"(東京都|北海道|京都府|大阪府|[^\s\d,、都道府県市区町村]{2,3}県)"
_US_STATE = r"\b([A-Z]{2})[ ,]+\d{5}(?:-\d{4})?\s*(?:,|$|U)"
_HOUSE = r"^[\d〒\s-]+"


def regions(cells: pl.Series) -> pl.Series:
    """The Japanese prefecture, the state of the USA (`US-CA`), else the country (`DE`), else null."""
    japanese = cells.str.extract(_PREFECTURE, 1).fill_null(_looked_up(cells, located()))
    american = "US-" + cells.str.extract(_US_STATE, 1)
    return japanese.fill_null(american).fill_null(_by_city(cells))


def countries(cells: pl.Series) -> pl.Series:
    """The country's code, else null."""
    found = regions(cells)
    japanese = found.str.contains(r"[都道府県]$")
    return found.str.slice(0, 2).zip_with(
        ~japanese.fill_null(value=False), pl.repeat("JP", len(cells), eager=True)
    )


def _looked_up(cells: pl.Series, known: pl.DataFrame) -> pl.Series:
    asked = pl.DataFrame({"name": cells})
    return asked.join(known, on="name", how="left", maintain_order="left")["place"]


def _by_city(cells: pl.Series) -> pl.Series:
    """By the last of the parts between commas that is a city's name or a country's."""
    parts = (
        pl.DataFrame({"c": cells}).with_row_index("row").with_columns(pl.col("c").str.split(","))
    )
    parts = parts.explode("c", empty_as_null=True)
    names = plain(parts["c"].fill_null("").str.replace(_HOUSE, ""))
    found = parts.select("row", place=_looked_up(names, _cities()))
    last = found.drop_nulls().group_by("row").agg(pl.col("place").last())
    rows = pl.DataFrame({"row": pl.arange(len(cells), dtype=pl.UInt32, eager=True)})
    return rows.join(last, on="row", how="left", maintain_order="left")["place"]


@cache
def _cities() -> pl.DataFrame:
    """Plain names (`name`) with the state or country (`place`) of the largest city so called."""
    cities = json.loads(geonames("cities15000").read_bytes()).values()
    rows = [
        (name, _place(city), city["population"])
        for city in cities
        for name in (city["name"], *(city["alternatenames"] if city["population"] > _LARGE else ()))
        if len(name) > _CODE
    ]
    countries_ = json.loads(geonames("countries").read_bytes())
    rows += [(country["name"], code, _FIRST) for code, country in countries_.items()]
    named = pl.DataFrame(rows, schema=["name", "place", "people"], orient="row")
    named = named.with_columns(plain(named["name"]).alias("name"))
    return named.sort("people", descending=True).unique("name", keep="first").drop("people")


_LARGE, _CODE, _FIRST = 100_000, 3, 1 << 40


def _place(city: dict[str, str]) -> str:
    code = city["countrycode"]
    return f"US-{city['admin1code']}" if code == "US" and city["admin1code"].isalpha() else code
