"""Postcodes as whole cells: forms that little else has, and bare digits, which are weak."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from privscan.dictionaries import japanese_places
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
KINDS = ("text", "number")

ENTITY = "postal_code"

WEAK, LIKELY, SURE = 0.05, 0.3, 0.5
"""Digits alone; a form that codes of other kinds have too; a form that says postcode."""

_GB = (
    r"(?:GIR ?0AA|(?:[A-PR-UWYZ](?:[0-9]{1,2}|[A-HK-Y][0-9]{1,2}|[0-9][A-HJKPSTUW]"
    r"|[A-HK-Y][0-9][ABEHMNPRV-Y]))%s[0-9][ABD-HJLNP-UW-Z]{2})"
)
_CA = "[ABCEGHJ-NPRSTVXY][0-9][ABCEGHJ-NPRSTV-Z]%s[0-9][ABCEGHJ-NPRSTV-Z][0-9]"
_OF_COUNTRY = (
    "(?:AT?|BE?|CH|CY|D[EK]?|ES?|FR?|FI|FIN|GR|HR|HU|IT?|LT?|LU|LV|MD|N|NO|PL|RO|SE?|SI|SK)"
)
_LETTERED = (
    ("gb", _GB % " ", SURE),
    ("gb_unspaced", _GB % "", LIKELY),
    ("ca", _CA % "[ -]", SURE),
    ("ca_unspaced", _CA % "", LIKELY),
    ("nl", "[1-9][0-9]{3} [A-Z]{2}", SURE),
    ("nl_unspaced", "[1-9][0-9]{3}[A-Z]{2}", LIKELY),
    ("ie", "[AC-FHKNPRTV-Y][0-9][0-9W] ?[0-9AC-FHKNPRTV-Y]{4}", LIKELY),
    ("ar", "[A-HJ-NP-Z][0-9]{4}[A-Z]{3}", LIKELY),
    ("prefixed", f"(?:{_OF_COUNTRY}-[0-9]{{4,5}}|(?:AZ|LV|MD) ?[0-9]{{4}})", LIKELY),
)
"""Forms with letters; the Dutch and Irish ones that have a blank are others seldom."""

_SIGNED = (
    ("jp", r"〒 ?[0-9]{3}-?[0-9]{4}", SURE),
    ("jp_form", r"[0-9]{3}-[0-9]{4}", LIKELY),
    ("pl", "[0-9]{2}-[0-9]{3}", LIKELY),
    ("pt", "[0-9]{4}-[0-9]{3}", LIKELY),
    ("br", r"(?:[0-9]{5}|[0-9]{2}\.[0-9]{3})-[0-9]{3}", LIKELY),
    ("us_plus_four", "[0-9]{5}-[0-9]{4}", LIKELY),
    ("three_two", "[0-9]{3} [0-9]{2}", LIKELY),
    ("three_three", "[0-9]{3}[ -][0-9]{3}", WEAK),
)
"""Digits set apart; Sweden, Greece, Czechia and Slovakia write three and two."""

_JP_BYTES = 7

_LONGEST = 32
_DIGITS = holding(DIGIT, only=DIGIT)
_FULL_WIDTH, _WIDE_DIGITS = holding(WIDE), r"^\s*〒?\s*[0-9\x{FF10}-\x{FF19}][0-9\x{FF10}-\x{FF19}]"
_WITH_LETTERS = holding(DIGIT, HEX | LETTER, only=0xFF & ~(WIDE | OTHER | POINT))
_WITH_SIGNS = holding(DIGIT, SIGN | SPACE, only=DIGIT | SIGN | SPACE | POINT) | holding(WIDE)
_SHORTEST_SIGNED, _LONGEST_SIGNED = 6, 12
_BARE = {4: "four_digits", 5: "five_digits", 6: "six_digits"}


def find(column: Column) -> Iterator[Hits]:
    """Whole cells that have a country's form, as `postal_code`, `postcodes/<country or form>`.

    `jp` exists in Japan's list; `jp_form` and `jp_digits` have its form, digits only if listed;
    `five_digits` and the like are digits alone, `…_zero` those that no number would begin with.
    """
    cells, kinds = column.cells, kinds_in(column)
    if not (kinds & (DIGIT | WIDE)).any():
        return
    sizes = bytes_of(cells)
    yield from _bare(cells, sizes, _DIGITS.table[kinds])
    short = sizes <= _LONGEST
    lettered = _WITH_LETTERS.table[kinds] & (sizes <= _LONGEST_SIGNED)
    yield from _formed(cells, np.flatnonzero(lettered), kinds, _LETTERED)
    signed = _WITH_SIGNS.table[kinds] & short & (sizes >= _SHORTEST_SIGNED)
    signed &= (kinds & WIDE).astype(bool) | (sizes <= _LONGEST_SIGNED)
    yield from _formed(cells, np.flatnonzero(signed), kinds, _SIGNED)


def _bare(cells: pl.Series, sizes: NDArray[np.uint32], digits: NDArray[np.bool_]) -> Iterator[Hits]:
    """Four to seven digits and nothing else."""
    for size, name in _BARE.items():
        rows = np.flatnonzero(digits & (sizes == size))
        if len(rows):
            zero = taken(cells, rows).str.starts_with("0").to_numpy()
            for manner, some, score in ((name, ~zero, WEAK), (f"{name}_zero", zero, LIKELY)):
                if some.any():
                    yield _hit(manner, rows[some], score, len(cells))
    rows = np.flatnonzero(digits & (sizes == _JP_BYTES))
    if len(rows):
        listed = japanese_places.is_postcode(taken(cells, rows)).to_numpy()
        if listed.any():
            yield _hit("jp_digits", rows[listed], LIKELY, len(cells))


def _formed(
    cells: pl.Series,
    rows: Rows,
    kinds: NDArray[np.uint8],
    forms: tuple[tuple[str, str, float], ...],
) -> Iterator[Hits]:
    """The rows by the first of the forms that they have."""
    if not len(rows):
        return
    some = taken(cells, rows)
    every = rf"^\s*(?i-u:{'|'.join(form for _, form, _ in forms)})\s*$"
    maybe = some.str.contains(every)
    if _FULL_WIDTH.table[kinds[rows]].any():
        maybe |= some.str.contains(_WIDE_DIGITS)
    texts = narrow(some.filter(maybe)).str.strip_chars().str.to_uppercase()
    texts = texts.str.replace_all(r"[‐‑–−ー]", "-")  # noqa: RUF001  signs that stand for a hyphen
    rows = rows[maybe.to_numpy()]
    for name, form, score in forms:
        if not len(rows):
            return
        found = texts.str.contains(f"^(?:{form})$")
        if name == "jp_form" and found.any():
            listed = found & japanese_places.is_postcode(texts.str.replace("-", "", literal=True))
            if listed.any():
                yield _hit("jp", rows[listed.to_numpy()], SURE, len(cells))
            texts, rows = texts.filter(~listed), rows[~listed.to_numpy()]
            found = found.filter(~listed)
        if found.any():
            yield _hit(name, rows[found.to_numpy()], score, len(cells))
            texts, rows = texts.filter(~found), rows[~found.to_numpy()]


def _hit(name: str, rows: Rows, score: float, cells: int) -> Hits:
    return Hits(ENTITY, masked(rows, cells), score, f"postcodes/{name}")
