"""Cells that are a national number, a card, a device, or a thing's number, by their check digits.

What names a thing is found under `thing.*`: a column of ISBNs is none of telephone numbers.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from privscan.evidence.characters import DIGIT, HEX, LETTER, WIDE, characters, kinds_in, masked
from privscan.model.data import Column, Hits
from privscan.recognition.numbers import EITHER, Form, by_form, numbers_in
from privscan.recognition.numbers import LETTER as A_LETTER
from privscan.rulebook.normal import narrow
from privscan.rulebook.numbers import DETECTOR
from privscan.rulebook.text import bytes_of, is_ascii, taken

if TYPE_CHECKING:
    from numpy.typing import NDArray

PLUGIN = True
KINDS = ("text", "number", "time")

_WIDE_START = r"^\s*[\x{FF10}-\x{FF19}\x{FF21}-\x{FF3A}]"
"""Full-width digits and capitals."""

_BYTES_EACH = 3
"""Of a full-width character in UTF-8."""


def find(column: Column) -> Iterator[Hits]:
    """By number the cells that are one; the score is the share of random codes that are none."""
    cells = column.cells
    rows = np.flatnonzero(_candidates(cells, kinds_in(column)))
    texts = taken(cells, rows)
    wide = _full_width(cells, kinds_in(column))
    if len(wide):
        more = narrow(taken(cells, wide)).str.strip_chars()
        plain = is_ascii(more)
        rows = np.concatenate([rows, wide[plain]])
        texts = pl.concat([texts, more.filter(pl.Series(plain))])
    for number, found in numbers_in(texts):
        score = round(1 - number.chance, 2)
        yield Hits(
            number.supported_entity,
            masked(rows[found], len(cells)),
            score,
            DETECTOR + number.name,
        )


def _candidates(cells: pl.Series, kinds: NDArray[np.uint8]) -> NDArray[np.bool_]:
    """Cells as long as some layout, of the kinds of character that stand in it."""
    allowed = _allowed()
    sizes = np.minimum(bytes_of(cells), len(allowed) - 1)
    found: NDArray[np.bool_] = allowed[sizes, kinds]
    return found


def _full_width(cells: pl.Series, kinds: NDArray[np.uint8]) -> NDArray[np.int64]:
    wide = np.flatnonzero(kinds & WIDE)
    if not len(wide):
        return wide
    texts = taken(cells, wide)
    short = texts.str.len_bytes() <= _BYTES_EACH * len(_allowed())
    found: NDArray[np.int64] = wide[(short & texts.str.contains(_WIDE_START)).to_numpy()]
    return found


@cache
def _allowed() -> NDArray[np.bool_]:
    """By length and kinds of character whether a layout has them; the last length has none."""
    found = np.zeros((max(by_form(), default=0) + 2, 256), np.bool_)
    for width, forms in by_form().items():
        for form in forms:
            found[width] |= _kinds_of(form)
    return found


def _kinds_of(form: Form) -> NDArray[np.bool_]:
    """Which sums of kinds cells of that layout may have."""
    fixed = "".join(
        "0" if kind == "9" else sign for kind, sign in form.places if kind in {None, "9"}
    )
    least = int(characters(pl.Series([fixed or "-"])).kinds[0]) if fixed else 0
    signs = {kind for kind, _ in form.places}
    free = HEX | LETTER if A_LETTER in signs else DIGIT | HEX | LETTER if EITHER in signs else 0
    every = np.arange(256)
    found: NDArray[np.bool_] = ((every & least) == least) & ((every & ~(least | free)) == 0)
    return found
