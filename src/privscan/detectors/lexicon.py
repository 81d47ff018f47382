"""Values of closed vocabularies: sexes, blood types, marital states, as the entities list them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import numpy as np
import polars as pl

from privscan.evidence.characters import (
    DIGIT,
    OTHER,
    POINT,
    SIGN,
    SPACE,
    WIDE,
    Question,
    characters,
    kinds_in,
    masked,
)
from privscan.model.data import Column, Hits
from privscan.rulebook.load import rulebook

PLUGIN = True
KINDS = ("text",)

SCORE = 0.3
"""One word says little: what counts is a column in which nothing else stands."""


_MARKS = DIGIT | SIGN | POINT | OTHER


@dataclass(frozen=True, eq=False)
class _Vocabulary:
    """Each word with its entities, the bytes of the longest, and the kinds of character they need."""

    words: pl.DataFrame
    longest: int
    candidates: Question


@cache
def _vocabulary() -> _Vocabulary:
    listed = [
        {"word": word, "entity": entity.id}
        for entity in rulebook().entities.values()
        for word in sorted({value.casefold() for value in entity.values})
    ]
    words = pl.DataFrame(listed, schema={"word": pl.String, "entity": pl.String})
    exact = {int(kinds) for kinds in characters(words["word"]).kinds}
    table = np.zeros(256, bool)
    for have in range(256):
        # A cell may have blanks around the word, and wide letters that in lower case are ASCII.
        same = 0xFF & ~SPACE if have < WIDE else _MARKS
        table[have] = any((have & same) == (word & same) for word in exact)
    return _Vocabulary(words, int(words["word"].str.len_bytes().max() or 0), Question(table))  # type: ignore[arg-type]


def find(column: Column) -> Iterator[Hits]:
    """Cells that as a whole are a listed value, in any case of letters."""
    listed = _vocabulary()
    short = (column.cells.str.len_bytes().fill_null(0) <= listed.longest + 2).to_numpy()
    rows = np.flatnonzero(short & listed.candidates.table[kinds_in(column)])
    if not len(rows):
        return
    words = column.cells.gather(rows).str.strip_chars().str.to_lowercase()
    known = pl.DataFrame({"row": rows, "word": words}).join(listed.words, on="word")
    for (entity,), found in sorted(known.group_by("entity")):
        mask = masked(found["row"].to_numpy(), len(column.cells))
        yield Hits(str(entity), mask, SCORE, "lexicon")
