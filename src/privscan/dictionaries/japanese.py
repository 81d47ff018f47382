"""Japanese persons' names in kanji and kana, with or without a blank between them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import chain
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from privscan.dictionaries._sources import folder, mimesis, strings
from privscan.dictionaries.lookup import Lookup

if TYPE_CHECKING:
    from numpy.typing import NDArray

GIVEN, FAMILY, FULL, PARTLY, KANA, PLACE = (1 << bit for bit in range(6))
"""What a cell is as a whole: a given name, a family name, both in turn, a family name before
what may be a given one; whether it is in kana; whether a city or prefecture is called so too."""

_HIRAGANA = {chr(code): chr(code - 0x60) for code in range(ord("ァ"), ord("ヴ") + 1)}
_TO_HIRAGANA = {ord(kata): hira for kata, hira in _HIRAGANA.items()}

_HONORIFIC = r"(?:さま|さん|くん|ちゃん|先生|[様君氏殿])$"

_NO_NAME = (
    "[都道府県市区町村郡駅線川山岳島湖港橋通丁目店舗館所社局部課係室院校園寺神宮城堂会団党組"
    "協省庁署業商工産製薬屋店式品物料機械器車船丸号型版類科学語人的性化法論史記録誌新酒米茶]$"
)
"""Last characters of places, organisations and things; few given names end so."""

_LONGEST_FAMILY, _LONGEST_GIVEN = 3, 3
_KANA_PARTS = (2, 5)
_LONGEST = 10


@cache
def kanji() -> Lookup:
    """Family and given names in kanji (or as they are registered, kana too)."""
    return _lookup(chain(_pairs(0), ((place, PLACE) for place in _places())))


def _places() -> Iterator[str]:
    """Large cities and the prefectures, without the word for what they are."""
    for _, data in mimesis("address", "ja"):
        for place in strings([data["city"], data["state"]["name"]]):
            yield place.rstrip("都府県市")


@cache
def kana() -> Lookup:
    """Readings of family and given names in hiragana."""
    return _lookup((name.translate(_TO_HIRAGANA), bit) for name, bit in _pairs(1))


def romanised() -> Iterator[tuple[str, set[str]]]:
    """Family names and frequent given names in the Latin alphabet, as `given` or `family`."""
    shorten = {"ou": "o", "oo": "o", "uu": "u"}
    listed = list(_pairs(2))
    for role, wanted in (("family", FAMILY), ("given", GIVEN)):
        names = {name for name, bit in listed if bit == wanted}
        short = set(names)
        for long, vowel in shorten.items():
            short |= {name.replace(long, vowel) for name in names}
        yield role, short


def _lookup(pairs: Iterator[tuple[str, int]]) -> Lookup:
    some = list(pairs)
    words = pl.Series([word for word, _ in some], dtype=pl.String)
    return Lookup.of(words, np.array([bit for _, bit in some], np.uint8))


def _pairs(form: int) -> Iterator[tuple[str, int]]:
    """Names in kanji (0), in kana (1) or romanised (2), each with what it is."""
    yield from ((row[(0, 2, 3)[form]], FAMILY) for row in _rows("last_name_org"))
    if form == 2:  # noqa: PLR2004  the readings of rare names are words of other languages
        for people in ("man", "woman"):
            yield from ((row[1], GIVEN) for row in _rows(f"first_name_{people}_opti"))
        return
    for people in ("man", "woman"):
        for row in _rows(f"first_name_{people}_org"):
            yield from ((name, GIVEN) for name in (row[:1] if form else row[2:]))
    for _, data in mimesis("person", "ja"):
        yield from ((name, GIVEN) for name in strings(data["names"]))
        yield from ((name, FAMILY) for name in strings(data["surnames"]))


def _rows(file: str) -> list[list[str]]:
    data = folder("japanese_personal_name_dataset") / "dataset"
    text = (data / f"{file}.csv").read_text("utf-8-sig")
    return [line.split(",") for line in text.splitlines() if line]


def readings(cells: pl.Series) -> NDArray[np.uint8]:
    """What each cell is as a name; cells are in NFKC and hold kanji and kana, and one blank at most."""
    bare = cells.str.replace(_HONORIFIC, "").str.strip_chars()
    short = (bare.str.len_chars() <= _LONGEST).to_numpy()
    in_kana = bare.str.contains(r"^[\p{Hiragana}\p{Katakana}ー ]+$").to_numpy()
    blank = bare.str.contains(" ", literal=True).to_numpy()
    known = np.zeros(len(cells), np.uint8)
    for table, here, spread in (
        (kana, in_kana & short, _KANA_PARTS),
        (kanji, ~in_kana & short, (1, _LONGEST_FAMILY)),
    ):
        rows = np.flatnonzero(here)
        if not len(rows):
            continue
        some = bare.gather(rows)
        if table is kana:
            some = some.str.replace_many(list(_HIRAGANA), list(_HIRAGANA.values()))
        names = table()
        parted = blank[rows]
        known[rows[~parted]] = _joined(some.filter(~parted), names, spread)
        known[rows[parted]] = _parted(some.filter(parted), names)
        known[rows] |= np.where(known[rows] > 0, KANA if table is kana else 0, 0).astype(np.uint8)
    return known


def _parted(cells: pl.Series, names: Lookup) -> NDArray[np.uint8]:
    """Cells with a blank: a family name before it and a given one after it."""
    halves = cells.str.split_exact(" ", 1).struct.unnest()
    first, second = (names(halves[name].fill_null("")) for name in halves.columns)
    whole = names(cells.str.replace(" ", "", literal=True))
    full = (first & FAMILY > 0) & (second & GIVEN > 0)
    partly = ((first & FAMILY > 0) | (second & GIVEN > 0)) & ~cells.str.contains(
        _NO_NAME
    ).to_numpy()
    whole &= np.where(whole & (GIVEN | FAMILY) > 0, np.uint8(GIVEN | FAMILY), np.uint8(0))
    found = np.where(full, FULL, np.where(partly, PARTLY, whole))
    return found.astype(np.uint8)


def _joined(cells: pl.Series, names: Lookup, spread: tuple[int, int]) -> NDArray[np.uint8]:
    """Cells without a blank: as a whole a name, or a family name and the rest a given one."""
    found = names(cells)
    found &= np.where(found & (GIVEN | FAMILY) > 0, np.uint8(GIVEN | FAMILY | PLACE), np.uint8(0))
    sizes = cells.str.len_chars().to_numpy()
    least, most = spread
    named = ~cells.str.contains(_NO_NAME).to_numpy()
    for size in range(most, least - 1, -1):
        rest = sizes - size
        open_ = (found & (GIVEN | FAMILY | FULL) == 0) & (rest >= least) & (rest <= most)
        rows = np.flatnonzero(open_)
        rows = rows[names(cells.gather(rows).str.slice(0, size)) & FAMILY > 0]
        if not len(rows):
            continue
        given = names(cells.gather(rows).str.slice(size)) & GIVEN > 0
        # One character is as often the beginning of a word as a family.
        sure = given & ((size > 1) | (rest[rows] > 1))
        found[rows[sure]] = FULL
        partly = ~sure & named[rows] & ((size > 1) | given) & (least == 1)
        found[rows[partly]] |= PARTLY
    return found
