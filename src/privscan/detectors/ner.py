"""Names and places inside texts, by spaCy models through Presidio where models are installed.

Slow, so it reads up to BUDGET distinct texts of a column in each part (decision 12), and says how
many it read.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from privscan.evidence.characters import HEX, LETTER, SPACE, WIDE, holding, kinds_in
from privscan.model.data import READ, Column, Hits
from privscan.recognition.ner.models import INSTALL, installed
from privscan.rulebook.text import taken

if TYPE_CHECKING:
    from numpy.typing import NDArray

PLUGIN = True
KINDS = ("text",)

BUDGET = 500
"""Distinct texts of a column that are read in each part of the data."""

SECONDS = 60.0
"""For the texts of one column in one part; what is left then stays unread, and is counted so."""

ENTITIES = {
    "person": ("name_full", 0.4),
    "location": ("location_coarse", 0.3),
    "address": ("address", 0.4),
    "disease": ("health_condition", 0.3),
}
"""What the models see, as entities with a score of our own: Presidio gives all of them 0.85."""

FEWEST_BYTES, FEWEST_WIDE = 25, 10
"""A text is of four words at least, or of ten characters of a script without blanks."""

_WORDS = r"\p{L}{2}\P{L}+(?:\p{L}+\P{L}+){2}\p{L}"

_SPACED = holding(LETTER | HEX, SPACE)
_WIDE = holding(WIDE)
_UNSPACED = r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Hangul}]"


def missing() -> str:
    """How to install a model, if none is."""
    return "" if installed() else INSTALL


def version() -> str:
    """The models: evidence of one does not add up with evidence of another."""
    return " ".join(f"{model.name}={model.version}" for model in installed())


def wanted(column: Column) -> NDArray[np.int64]:
    """The cells that are texts; all others have detectors that are quicker and surer."""
    kinds = kinds_in(column)
    long = (column.cells.str.len_bytes() >= FEWEST_BYTES).to_numpy()
    rows = np.flatnonzero(long & (_SPACED | _WIDE).table[kinds])
    if not len(rows):
        return rows
    cells = taken(column.cells, rows)
    texts = cells.str.contains(" ", literal=True) & cells.str.contains(_WORDS)
    texts |= (cells.str.len_chars() >= FEWEST_WIDE) & cells.str.contains(_UNSPACED)
    kept: NDArray[np.int64] = rows[texts.to_numpy()]
    return kept


def find(column: Column) -> Iterator[Hits]:
    """Texts in which a model sees a name, a place or a disease; and which texts were read."""
    from privscan.recognition.ner.process import reader

    found = reader().read(column.cells.to_list(), SECONDS)
    read = pl.Series([kinds is not None for kinds in found], dtype=pl.Boolean)
    yield Hits(f"{READ}ner", read, 0.0, "ner")
    for kind, (entity, score) in ENTITIES.items():
        mask = pl.Series([kind in (kinds or ()) for kinds in found], dtype=pl.Boolean)
        if mask.any():
            # A name in a text is never the whole cell.
            nowhere = pl.repeat(value=False, n=len(mask), dtype=pl.Boolean, eager=True)
            yield Hits(entity, mask, score, f"ner/{kind}", whole=nowhere)
