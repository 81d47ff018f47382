"""Positions on the earth: pairs in one cell, geometries, and degrees on their own."""

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
from privscan.rulebook.text import bytes_of, taken

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Rows = NDArray[np.int64]

PLUGIN = True
KINDS = ("text", "number")
MEASUREMENTS = True

ENTITY = "gps"

SURE, SAID, WEAK = 0.6, 0.5, 0.05
"""A position; a degree under a header that names one; a number that may be a degree."""

DECIMALS = 3
"""Three decimals of a degree are about 100 m: enough to tell a home."""

FINE = 5
"""Decimals of a number that may be a degree though no header says so: fewer have prices."""

LATITUDE, LONGITUDE = 90, 180
"""Largest degrees."""

_DEGREE = rf"-?[0-9]{{1,3}}\.[0-9]{{{DECIMALS},}}"
_HERE = r"\s?°?\s?[NSEWnsewOo]?"
_PAIR = rf"^\s*[(\[]?\s*({_DEGREE}){_HERE}\s*[,; ]\s*({_DEGREE}){_HERE}\s*[)\]]?\s*$"
_POINT = rf"^\s*(?i:SRID=[0-9]+;)?\s*(?i:POINT)\s*(?i:ZM?|M)?\s*\(\s*{_DEGREE}\s+{_DEGREE}.*\)\s*$"
_SECONDS = r"""[NSEWnsewOo]?\s?[0-9]{1,3}\s?[°º]\s?[0-9]{1,2}(?:[.,][0-9]+)?\s?['\x{2019}\x{2032}](?:\s?[0-9]{1,2}(?:[.,][0-9]+)?\s?(?:["\x{201D}\x{2033}]|'')?)?\s?[NSEWnsewOo]?"""
_SEXAGESIMAL = rf"^\s*{_SECONDS}(?:\s*[,;/ ]?\s*{_SECONDS})?\s*$"
_PLUS_CODE = r"^[23456789CFGHJMPQRV][23456789CFGHJMPQRVWX]{7}\+[23456789CFGHJMPQRVWX]{2,3}$"
_SINGLE = rf"^\s*{_DEGREE}\s*$"

_SAID = (
    rf"(?i:(?-u:\b)lat(?:itude|\.)?)[ .:=]*-?[0-9]{{1,2}}\.[0-9]{{2,}}{_HERE}[^0-9]{{1,12}}?(?i:lon|lng|long|longitude)[ .:=]*-?[0-9]{{1,3}}\.[0-9]{{2,}}"
    r"|[北南]緯 ?[0-9]{1,2}(?:\.[0-9]{2,}|度[0-9]{1,2}分)[^0-9]{0,4}(?:[0-9.]+秒)?[^0-9]{0,3}[東西]経 ?[0-9]{1,3}(?:\.[0-9]{2,}|度[0-9]{1,2}分)"
    r"|(?:^|[^0-9.])[0-9]{1,2}\.[0-9]{3,} ?°? ?[NS][ ,;/]{1,3}[0-9]{1,3}\.[0-9]{3,} ?°? ?[EWO](?:[^A-Za-z]|$)"
    rf"|(?:^|[^0-9.])[0-9]{{1,2}} ?[°º] ?[0-9]{{1,2}} ?['\x{{2019}}\x{{2032}}][^A-Za-z]{{0,9}}[NS][ ,;/]{{1,3}}{_SECONDS}"
)
_EXACT = r"(?:^|[^0-9.\-])(-?[0-9]{1,2}\.[0-9]{5,}), ?(-?[0-9]{1,3}\.[0-9]{5,})(?:[^0-9.]|$)"
"""A position inside a text: with words or signs for north and east, or as exact as a house."""

_TEXTS = holding(DIGIT, LETTER | HEX | WIDE)
_SHORTEST_TEXT = 20
_NUMBERS = r"[0-9]\.[0-9]{2}|[0-9] ?[°º度] ?[0-9]"

_PAIRS = holding(DIGIT, POINT, SPACE | OTHER | WIDE)
_POINTS = holding(DIGIT, POINT, LETTER, OTHER)
_DEGREES = holding(DIGIT, POINT, only=DIGIT | SIGN | POINT | SPACE)
_MARKED = holding(DIGIT, WIDE)
_PLUS_CODES = holding(DIGIT, SIGN, only=DIGIT | SIGN | LETTER | HEX)
_HEXADECIMAL = holding(DIGIT, HEX, only=DIGIT | HEX | LETTER)
_ANY = _PAIRS | _POINTS | _DEGREES | _MARKED | _PLUS_CODES | _HEXADECIMAL | _TEXTS
"""Cells that may be of the form."""

_LONGEST_PAIR, _PLUS_CODE_BYTES, _SHORTEST_DEGREE = 64, (11, 12), len("1.234")

_EWKB = r"^0101000000(?:[0-9a-fA-F]{32})$|^01010000[26a]0[0-9a-fA-F]{8}[0-9a-fA-F]{32}|^0101000080[0-9a-fA-F]{48}$|^01e9030000[0-9a-fA-F]{48}$"
_SQL_SERVER = r"^(?:0x)?E6100000010[CD][0-9A-Fa-f]{32,64}$"
_GEOMETRY = rf"(?i:{_EWKB}|{_SQL_SERVER})"
_HEADS = (
    r"(?i)^(?:0x)?(?:0101000000|01010000[26a]0[0-9a-f]{8}|0101000080|01e9030000|E6100000010[CD])"
)
_SHORTEST_GEOMETRY, _LONGEST_GEOMETRY = 42, 80
_DOUBLE = 16
"""Hexadecimal digits of a coordinate."""


def find(column: Column) -> Iterator[Hits]:
    """Cells that are a position; `coordinates/degree` only under a header that names one.

    `coordinates/pair`, `…/sexagesimal`, `…/geometry` (a point in WKB, as databases write it) and
    `…/plus_code` tell a position alone; `…/latitude` and `…/longitude` are numbers within 90 and
    180 with five decimals, which only a neighbour of the other kind makes a position.
    `…/mention` is a position inside a text.
    """
    kinds, cells = kinds_in(column), column.cells
    if not _ANY.table[kinds].any():
        return
    sizes = bytes_of(cells)
    short = sizes <= _LONGEST_PAIR
    alone = np.zeros(len(cells), bool)
    for name, rows in (
        ("pair", _pairs(cells, kinds, short)),
        ("sexagesimal", _like(cells, np.flatnonzero(_MARKED.table[kinds] & short), _SEXAGESIMAL)),
        ("plus_code", _plus_codes(cells, kinds, sizes)),
        ("geometry", _geometries(cells, kinds, sizes)),
    ):
        alone[rows] = True
        if len(rows):
            yield Hits(ENTITY, masked(rows, len(cells)), SURE, f"coordinates/{name}")
    texts = np.flatnonzero(_TEXTS.table[kinds] & (sizes >= _SHORTEST_TEXT) & ~alone)
    yield from _mentions(cells, texts)
    maybe = np.flatnonzero(_DEGREES.table[kinds] & (sizes >= _SHORTEST_DEGREE))
    if len(maybe):
        yield from _degrees(column, maybe, sizes)


def _mentions(cells: pl.Series, rows: Rows) -> Iterator[Hits]:
    """Texts in which a position stands."""
    rows = _like(cells, rows, _NUMBERS)
    told = np.union1d(_like(cells, rows, _SAID), _like(cells, rows, _EXACT))
    if len(told):
        nowhere = pl.repeat(value=False, n=len(cells), dtype=pl.Boolean, eager=True)
        mask = masked(told, len(cells))
        yield Hits(ENTITY, mask, SAID, "coordinates/mention", whole=nowhere)


def _pairs(cells: pl.Series, kinds: NDArray[np.uint8], short: NDArray[np.bool_]) -> Rows:
    pairs = _like(cells, np.flatnonzero(_PAIRS.table[kinds] & short), _PAIR)
    if len(pairs):
        near = taken(cells, pairs).rename("cells").to_frame().select(_near(pl.col("cells")))
        pairs = pairs[near.to_series().to_numpy()]
    return np.union1d(pairs, _like(cells, _POINTS.rows(kinds), _POINT))


def _plus_codes(cells: pl.Series, kinds: NDArray[np.uint8], sizes: NDArray[np.uint32]) -> Rows:
    least, most = _PLUS_CODE_BYTES
    maybe = _PLUS_CODES.table[kinds] & (sizes >= least) & (sizes <= most)
    return _like(cells, np.flatnonzero(maybe), _PLUS_CODE)


def _geometries(cells: pl.Series, kinds: NDArray[np.uint8], sizes: NDArray[np.uint32]) -> Rows:
    """Points in (extended) WKB and in SQL Server's form whose first two numbers are degrees."""
    maybe = _HEXADECIMAL.table[kinds]
    maybe &= (sizes >= _SHORTEST_GEOMETRY) & (sizes <= _LONGEST_GEOMETRY)
    rows = _like(cells, np.flatnonzero(maybe), _GEOMETRY)
    if not len(rows):
        return rows
    body = taken(cells, rows).str.replace(_HEADS, "")
    first, second = (
        body.str.slice(at, _DOUBLE)
        .str.decode("hex", strict=False)
        .bin.reinterpret(dtype=pl.Float64, endianness="little")
        .abs()
        for at in (0, _DOUBLE)
    )
    near: Rows = rows[_within(first, second).to_numpy()]
    return near


def _degrees(column: Column, rows: Rows, sizes: NDArray[np.uint32]) -> Iterator[Hits]:
    """Single numbers: under a header for positions degrees, else what may be one."""
    cells = column.cells
    said = any(bits > 0 for entity, bits in header_entities(column.path) if entity == ENTITY)
    if not said:
        rows = rows[sizes[rows] >= _SHORTEST_DEGREE + FINE - DECIMALS]
    rows = _like(cells, rows, _SINGLE if said else rf"^-?[0-9]{{1,3}}\.[0-9]{{{FINE},}}$")
    size = taken(cells, rows).str.strip_chars().cast(pl.Float64, strict=False).abs()
    latitude = ((size >= 1) & (size <= LATITUDE)).fill_null(value=False).to_numpy()
    longitude = ((size > LATITUDE) & (size <= LONGITUDE)).fill_null(value=False).to_numpy()
    if said:
        degrees = (size <= LONGITUDE).fill_null(value=False).to_numpy()
        kinds = [("degree", degrees, SAID)]
    else:
        kinds = [("latitude", latitude, WEAK), ("longitude", longitude, WEAK)]
    for name, found, score in kinds:
        if found.any():
            yield Hits(ENTITY, masked(rows[found], len(cells)), score, f"coordinates/{name}")


def _like(cells: pl.Series, rows: Rows, form: str) -> Rows:
    """Those of the rows whose cells have the form."""
    return rows[taken(cells, rows).str.contains(form).to_numpy()] if len(rows) else rows


def _near(text: pl.Expr) -> pl.Expr:
    """Whether both numbers of a pair are degrees, in either order."""
    first, second = (
        text.str.extract(_PAIR, group).cast(pl.Float64, strict=False).abs() for group in (1, 2)
    )
    latitude_first = (first <= LATITUDE) & (second <= LONGITUDE)
    longitude_first = (first <= LONGITUDE) & (second <= LATITUDE)
    return (latitude_first | longitude_first).fill_null(value=False)


def _within(first: pl.Series, second: pl.Series) -> pl.Series:
    """Whether two numbers are degrees, in either order, and neither is next to nothing."""
    low, high = 1e-6, LONGITUDE
    degrees = (first <= high) & (second <= high) & ((first <= LATITUDE) | (second <= LATITUDE))
    return (degrees & (first > low) & (second > low)).fill_null(value=False)
