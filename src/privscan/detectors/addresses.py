"""Postal addresses: street lines in many languages, boxes, parts of houses, and streets in texts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from privscan.dictionaries import places, streets
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
from privscan.rulebook.normal import narrow
from privscan.rulebook.text import bytes_of, taken

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Rows = NDArray[np.int64]

PLUGIN = True
KINDS = ("text",)

ENTITY = "address"

SURE, LIKELY, WEAK = 0.4, 0.3, 0.05
"""A line with street and number; what is one only in company; numbers that may be one's."""

MENTION = "mention"
PARTS = "address_parts"
"""Group of what is part of an address only beside its other parts: family names are districts too."""

_SHORTEST, _LONGEST, _LONGEST_NAME = 4, 120, 48
_LONGEST_BLOCK, _LONG = 16, 40
"""Bytes of a block's numbers; of a cell from which a street in it may be mentioned."""

_WORD = HEX | LETTER
_LINE = holding(DIGIT, _WORD | WIDE, SPACE | POINT)
_NAMED = holding(_WORD, only=0xFF & ~(DIGIT | OTHER))
_WIDE = holding(WIDE)
_NUMBERS = holding(DIGIT, SIGN, only=DIGIT | SIGN)
_TEXT = holding(DIGIT, _WORD, SPACE)
_ANY = _LINE | _NAMED | _WIDE | _NUMBERS | _TEXT

_SIGNS = r"^\s*[A-Za-z0-9\x{80}-\x{10FFFF} .,'#/()&;:+\n-]+\s*$"
_SHAPE = (
    r"^\s*(?:[Nn]o\.? ?|#)?[0-9]{1,6}[^0-9.:%]|[^0-9][ .,/#ºn°-][0-9]{1,6}[A-Za-z]?(?:$|[^0-9.:%])"
)
_CODE = r"[ ,\n](?:[0-9]{5,6}|[0-9]{4} [a-z]{2}[^,]*|[0-9]{4}[a-z]{2}(?-u:\b).*|[a-z][a-z0-9]{1,3} ?[0-9][a-z]{2}|[a-z][0-9][a-z] ?[0-9][a-z][0-9]|[0-9]{3} [0-9]{2}|[0-9]{2,5}-[0-9]{3,4})(?:$|[ ,\n])|,[^,]*[a-z][^,]*, ?[0-9]{4}$"
"""Of a postcode after the street."""

_WESTERN = (
    ("box", streets.BOX, SURE),
    ("street", f"{streets.NUMBER_FIRST}|{streets.NAME_FIRST}|{streets.UNIT_FIRST}", SURE),
    ("unit", streets.UNIT, LIKELY),
    ("street_weak", streets.WEAK_NAME_FIRST, LIKELY),
)
_EASTERN = (
    ("japanese", streets.JAPANESE, SURE),
    ("korean", streets.KOREAN, SURE),
    ("chinese", streets.CHINESE, SURE),
    ("japanese_unit", streets.JAPANESE_UNIT, LIKELY),
)
_SCRIPTS = (
    r"[0-9\x{FF10}-\x{FF19}].*[\x{3040}-\x{9FFF}\x{AC00}-\x{D7A3}]"
    r"|[\x{3040}-\x{9FFF}\x{AC00}-\x{D7A3}].*[0-9\x{FF10}-\x{FF19}]|丁目|番地|^[\x{3040}-\x{9FFF}ー]+$"
)
"""Letters of the East with a number, or a prefecture and what is in it."""

_NUMBERED = r"[0-9\x{FF10}-\x{FF19}]|[一二三四五六七八九十]丁目|番地"


def find(column: Column) -> Iterator[Hits]:
    """Cells that are an address or a line of one, and texts in which one stands (not whole).

    `addresses/full` has a postcode, `addresses/street` word, name and number of a street,
    `addresses/street_name` no number, `addresses/box`, `addresses/unit`, `addresses/mention`;
    `address_parts/block` is 2-17, `address_parts/japanese_district` 丸の内.
    """
    cells, kinds = column.cells, kinds_in(column)
    if not _ANY.table[kinds].any():
        return
    sizes = bytes_of(cells)
    fits = (sizes >= _SHORTEST) & (sizes <= _LONGEST)
    lines = np.flatnonzero(_LINE.table[kinds] & fits)
    found, said = np.zeros((2, len(cells)), bool)
    for name, rows, score in (
        *_western(cells, lines),
        *_eastern(cells, np.flatnonzero(_WIDE.table[kinds] & (sizes >= _SHORTEST))),
        *_names(cells, np.flatnonzero(_NAMED.table[kinds] & fits & (sizes <= _LONGEST_NAME))),
    ):
        if name == MENTION:
            said[rows] = True
            continue
        found[rows] = True
        group = PARTS if score == WEAK else "addresses"
        yield Hits(ENTITY, masked(rows, len(cells)), score, f"{group}/{name}")
    yield from _blocks(cells, np.flatnonzero(_NUMBERS.table[kinds] & (sizes <= _LONGEST_BLOCK)))
    yield from _mentions(
        cells, np.flatnonzero(_TEXT.table[kinds] & (sizes >= _LONG) & ~found), said
    )


def _western(cells: pl.Series, rows: Rows) -> Iterator[tuple[str, Rows, float]]:
    """Lines in alphabets, in lower case: by the first form that they have."""
    rows, _ = _having(cells, rows, _SIGNS)
    rows, texts = _having(cells, rows, _SHAPE)
    texts = texts.str.to_lowercase().str.strip_chars()
    for name, form, score in (*_WESTERN, ("street_weak", streets.listed(), LIKELY)):
        if not len(rows):
            return
        found = texts.str.contains(form)
        if found.any():
            some, at = texts.filter(found), rows[found.to_numpy()]
            sound = ~some.str.contains(streets.NO_STREET).to_numpy()
            coded = some.str.contains(_CODE).to_numpy()
            for manner, those in ((name, sound & ~coded), ("full", sound & coded)):
                if those.any():
                    yield manner, at[those], score
            texts, rows = texts.filter(~found), rows[~found.to_numpy()]


def _eastern(cells: pl.Series, rows: Rows) -> Iterator[tuple[str, Rows, float]]:
    """Lines in Japanese, Korean and Chinese."""
    rows, texts = _having(cells, rows, _SCRIPTS)
    if not len(rows):
        return
    texts = narrow(texts).str.replace_all("[‐‑–−ー―](?:[0-9])", "-").str.strip_chars()  # noqa: RUF001  signs for a hyphen
    numbered = texts.str.contains(_NUMBERED)
    spoken = texts.str.contains(streets.SPOKEN) | (texts.str.len_bytes() > _LONGEST)
    told = numbered & spoken & texts.str.contains(streets.JAPANESE_MENTION)
    if told.any():
        yield MENTION, rows[told.to_numpy()], LIKELY
    rows, texts, numbered = (
        rows[~spoken.to_numpy()],
        texts.filter(~spoken),
        numbered.filter(~spoken),
    )
    left, at = texts.filter(numbered), rows[numbered.to_numpy()]
    for name, form, score in _EASTERN:
        if not len(at):
            break
        found = left.str.contains(form)
        if found.any():
            yield name, at[found.to_numpy()], score
            left, at = left.filter(~found), at[~found.to_numpy()]
    bare, at = texts.filter(~numbered), rows[~numbered.to_numpy()]
    town = bare.str.contains(streets.JAPANESE_TOWN) & ~bare.str.contains(streets.NO_JAPANESE_TOWN)
    if town.any():
        yield "japanese_town", at[town.to_numpy()], LIKELY
    district = places.japanese_districts()(places.plain(bare)) > 0
    if district.any():
        yield "japanese_district", at[district], WEAK


def _names(cells: pl.Series, rows: Rows) -> Iterator[tuple[str, Rows, float]]:
    """Streets without a number."""
    rows, _ = _having(cells, rows, f"(?i:{streets.NAME_ONLY})")
    if len(rows):
        yield "street_name", rows, LIKELY


def _blocks(cells: pl.Series, rows: Rows) -> Iterator[Hits]:
    rows, _ = _having(cells, rows, streets.BLOCK)
    if len(rows):
        yield Hits(ENTITY, masked(rows, len(cells)), WEAK, f"{PARTS}/block")


def _mentions(cells: pl.Series, rows: Rows, said: NDArray[np.bool_]) -> Iterator[Hits]:
    """Texts in which a street stands, and those in which an address was said to."""
    rows, _ = _having(cells, rows, streets.MENTION)
    rows = np.union1d(rows, np.flatnonzero(said))
    if len(rows):
        nowhere = pl.repeat(False, len(cells), dtype=pl.Boolean, eager=True)  # noqa: FBT003  a value
        mask = masked(rows, len(cells))
        yield Hits(ENTITY, mask, LIKELY, f"addresses/{MENTION}", whole=nowhere)


def _having(cells: pl.Series, rows: Rows, form: str) -> tuple[Rows, pl.Series]:
    """Those of the rows whose cells have the form, with their cells."""
    some = taken(cells, rows)
    if not len(rows):
        return rows, some
    found = some.str.contains(form)
    return (rows[found.to_numpy()], some.filter(found)) if not found.all() else (rows, some)
