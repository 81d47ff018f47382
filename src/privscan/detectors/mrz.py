"""Machine-readable zones of passports, visas and identity cards in texts.

They stand in tables of scanned documents and in what is read from pictures of them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

import numpy as np
import polars as pl

from privscan.formats.mrz import DOCUMENTS, zones
from privscan.model.data import Column, Hits
from privscan.rulebook.text import bytes_of, taken

PLUGIN = True
KINDS = ("text",)

_SCORE = 0.98
"""Three check digits and the days that they guard: less than one line in 10,000 by chance."""

_FEWEST_BYTES = 28
_FILLERS = ("<<", "< <", "«")
_LINES = r"(?i)\d[MFX<]\d|[A-Z<]<<[A-Z<]{3}|<<[A-Z<\n]*\n"
"""Sex between two dates, or names with their fillers, blanks aside."""


def find(column: Column) -> Iterator[Hits]:
    """Texts with a zone: the document, and its holder's name, birth, nationality and sex."""
    found: dict[tuple[str, str], list[int]] = defaultdict(list)
    for row in _candidates(column.cells):
        for zone in zones(column.cells[row]):
            for entity in zone.entities:
                found[entity, zone.kind].append(row)
    for (entity, kind), rows in sorted(found.items()):
        mask = np.zeros(len(column.cells), bool)
        mask[rows] = True
        nowhere = pl.repeat(value=False, n=len(mask), dtype=pl.Boolean, eager=True)
        whole = None if entity in DOCUMENTS else nowhere
        yield Hits(entity, pl.Series(mask), _SCORE, f"mrz/{kind}", whole=whole)


def _candidates(cells: pl.Series) -> list[int]:
    rows = np.flatnonzero(bytes_of(cells) >= _FEWEST_BYTES)
    if not len(rows):
        return []
    rows = rows[taken(cells, rows).str.contains_any(list(_FILLERS)).to_numpy()]
    if not len(rows):
        return []
    few = taken(cells, rows).str.replace_all(" ", "", literal=True).str.replace_all("«", "<<")
    found: list[int] = rows[few.str.contains(_LINES).to_numpy()].tolist()
    return found
