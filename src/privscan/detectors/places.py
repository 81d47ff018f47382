"""Cells that name a city, a country or a region, in many languages, or are a code of one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from privscan.dictionaries import places
from privscan.evidence.characters import (
    DIGIT,
    HEX,
    LETTER,
    OTHER,
    SIGN,
    SPACE,
    WIDE,
    holding,
    kinds_in,
    masked,
)
from privscan.model.data import Column, Hits
from privscan.rulebook.text import bytes_of, taken

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Rows = NDArray[np.int64]
    Bits = NDArray[np.uint8]

PLUGIN = True
KINDS = ("text",)

CITY, COARSE = "city", "location_coarse"

SURE, LIKELY, WEAK = 0.4, 0.3, 0.1
"""A city with its state; a name of a place; a code, or a name that is a person's or a word too."""

_LONGEST, _LONGEST_NAME = 64, 40
"""Bytes of a name with its region and postcode, and of a name in ASCII."""

_WORDS = holding(HEX | LETTER, only=0xFF & ~(DIGIT | OTHER | WIDE)) | holding(
    WIDE, only=0xFF & ~(DIGIT | OTHER)
)
_COMPOSED = holding(HEX | LETTER | WIDE, SPACE, DIGIT | OTHER | SIGN) | holding(
    HEX | LETTER | WIDE, OTHER, only=0xFF & ~DIGIT
)
_CODED = holding(HEX | LETTER, only=HEX | LETTER | SIGN)
_CODE_BYTES = (2, 3, 5, 6)
"""Codes with a sign are ISO 3166-2."""

_LETTERS = "[A-Za-z\\x{00C0}-\\x{10FFFF} .'-]"
_FORM = (
    rf"^(?:(?:[A-Z]{{1,3}}-)?[0-9]{{4,6}} )?{_LETTERS}{{2,}}(?: (?:[0-9]{{1,3}}(?:e|er|eme|ème|o|º|st|nd|rd|th)?|[0-9]{{4,6}}))?"
    rf"(?: ?(?:[,/(]| - ) ?(?:{_LETTERS}{{2,}}|[0-9]{{2}}[0-9AB]?)[ 0-9-]*\)?){{0,2}}$"
)

_POSTCODE = r"^(?:[a-z]{1,2} )?\d{4,6} |,? (?:\d{4,6}(?: \d{4})?|[a-z]\d[a-z] \d[a-z]\d)$"
_QUARTER = r"(?: (?:\d{1,2}|[ivx]+)(?: ?(?:e|er|eme|o|st|nd|rd|th))?(?: arrondissement)?| cedex(?: \d{1,2})?)$"
_TAIL = (
    r"^(?P<head>[^,/(]{2,}?) ?(?:[,/(]| - ) ?(?P<tail>[^,/()]+?)\)?(?:[,/] ?(?P<end>[^,/()]+))?$"
)
_DEPARTMENT = r"^(?:\d{2,3}|2[ab])$"
_CODE_LAST = r"^(?P<head>.{3,}) (?P<tail>[a-z]{2})$"
_INVERTED = r"^([^,]+), ([^,]+)$"


def find(column: Column) -> Iterator[Hits]:
    """Whole cells that are a place, by kind; a name may be of several kinds.

    `places/city` and `places/town` (smaller) are cities, `places/ambiguous` those whose name is a
    person's or a word too, `places/city_region` "St. Louis, MO", `places/postcode_city` "75001
    Paris", `places/municipality` 港区; `places/country`, `places/region`, and codes of them.
    """
    cells, kinds = column.cells, kinds_in(column)
    if not (kinds & (HEX | LETTER | WIDE)).any():
        return
    sizes = bytes_of(cells)
    short = (sizes <= _LONGEST) & (sizes > 1)
    coded = _CODED.table[kinds] & (sizes <= max(_CODE_BYTES)) & short
    yield from _codes(cells, np.flatnonzero(coded))
    names = _WORDS.table[kinds] & short & ((sizes <= _LONGEST_NAME) | (kinds & WIDE > 0))
    rows = np.flatnonzero(names)
    if len(rows):
        yield from _names(cells, rows)
    rows = np.flatnonzero(_COMPOSED.table[kinds] & short)
    if len(rows):
        rows = rows[taken(cells, rows).str.contains(_FORM).to_numpy()]
    if len(rows):
        yield from _composed(cells, rows)


def _codes(cells: pl.Series, rows: Rows) -> Iterator[Hits]:
    if not len(rows):
        return
    texts = taken(cells, rows)
    bits = places.codes()(texts.str.to_uppercase())
    upper = (texts == texts.str.to_uppercase()).to_numpy()
    lower = (texts == texts.str.to_lowercase()).to_numpy()
    for name, bit in (
        ("country_code", places.COUNTRY_CODE),
        ("country_code3", places.COUNTRY_CODE3),
        ("us_state", places.US_STATE),
        ("region_code", places.REGION_CODE),
    ):
        for manner, those in ((name, upper), (f"{name}_lower", lower)):
            some = rows[those & (bits & bit > 0)]
            if len(some):
                yield _hit(COARSE, manner, some, WEAK, len(cells))


def _names(cells: pl.Series, rows: Rows) -> Iterator[Hits]:
    bits = places.known(places.plain(taken(cells, rows)))
    for entity, manner, found, score in _kinds(bits):
        yield _hit(entity, manner, rows[found], score, len(cells))


def _kinds(bits: Bits) -> Iterator[tuple[str, str, NDArray[np.bool_], float]]:
    doubtful = bits & places.DOUBTFUL > 0
    city, town = bits & places.CITY > 0, bits & places.TOWN > 0
    for entity, manner, found, score in (
        (CITY, "city", city & ~doubtful, LIKELY),
        (CITY, "town", town & ~city & ~doubtful, LIKELY),
        (CITY, "ambiguous", (city | town) & doubtful, WEAK),
        (CITY, "municipality", bits & places.MUNICIPALITY > 0, LIKELY),
        (COARSE, "country", bits & places.COUNTRY > 0, LIKELY),
        (COARSE, "region", bits & places.REGION > 0, LIKELY),
    ):
        if found.any():
            yield entity, manner, found, score


def _composed(cells: pl.Series, rows: Rows) -> Iterator[Hits]:
    """Names that are not known as they are written, in parts."""
    names = places.plain(taken(cells, rows))
    bits = places.known(names)
    for entity, manner, found, score in _kinds(bits):
        yield _hit(entity, manner, rows[found], score, len(cells))
    left = np.flatnonzero(bits == 0)
    rows = rows[left]
    for entity, manner, found in _parts(taken(names, left)):
        if found.any():
            yield _hit(entity, manner, rows[found], SURE, len(cells))


def _parts(names: pl.Series) -> Iterator[tuple[str, str, NDArray[np.bool_]]]:
    """Names with a postcode before or after, a quarter's number, or the state that they are in."""
    coded = names.str.contains(_POSTCODE).to_numpy()
    bare = names.str.replace(_POSTCODE, "") if coded.any() else names
    within = np.zeros(len(names), bool)
    country = np.zeros(len(names), bool)
    divided = np.flatnonzero(bare.str.contains("[,/(]").to_numpy())
    if len(divided):
        some = taken(bare, divided)
        within[divided] = _divided(some)
        country[divided] = (
            places.known(some.str.replace(_INVERTED, "${2} ${1}")) & places.COUNTRY > 0
        )
    ending = np.flatnonzero(~coded & ~within & bare.str.contains(_CODE_LAST).to_numpy())
    if len(ending):
        ends = taken(bare, ending).str.extract_groups(_CODE_LAST).struct.unnest()
        code = places.codes()(ends["tail"].str.to_uppercase()) & (
            places.US_STATE | places.REGION_CODE
        )
        within[ending] = (code > 0) & _urban(ends["head"], sure=True)
    alone = _urban(bare.str.replace(_QUARTER, "")) & coded
    alone |= _urban(bare.str.replace(_QUARTER, ""), sure=True)
    yield COARSE, "country", country
    yield CITY, "city_region", within & ~coded
    yield CITY, "city_quarter", alone & ~coded & ~within
    yield CITY, "postcode_city", coded & (within | alone)


def _divided(names: pl.Series) -> NDArray[np.bool_]:
    """Whether a city stands before a sign, and after it a region, its code, or a department's."""
    parts = names.str.extract_groups(_TAIL).struct.unnest()
    tail = parts["tail"].fill_null("").str.strip_chars()
    region = places.known(tail) & (places.REGION | places.COUNTRY) > 0
    region |= places.codes()(tail.str.replace(" ", "").str.to_uppercase()) > 0
    region |= tail.str.contains(_DEPARTMENT).to_numpy()
    return region & _urban(parts["head"].fill_null("").str.replace(_QUARTER, ""))


def _urban(names: pl.Series, *, sure: bool = False) -> NDArray[np.bool_]:
    urban = places.CITY | places.TOWN | places.MUNICIPALITY
    bits = places.known(names)
    found: NDArray[np.bool_] = bits & urban > 0
    return found & (bits & places.DOUBTFUL == 0) if sure else found


def _hit(entity: str, manner: str, rows: Rows, score: float, cells: int) -> Hits:
    return Hits(entity, masked(rows, cells), score, f"places/{manner}")
