"""Values of closed vocabularies, and short cells with a part of a word that tells an open one.

Sexes, blood types, marital states are whole cells; diagnoses, drugs and offences are known by
parts of words (`diabet`, `-itis`), as the entities list them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
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
    Question,
    characters,
    holding,
    kinds_in,
    masked,
)
from privscan.model.data import Column, Hits
from privscan.rulebook.load import by_rules, rulebook
from privscan.rulebook.text import bytes_of, taken

if TYPE_CHECKING:
    from numpy.typing import NDArray

PLUGIN = True
KINDS = ("text",)

SCORE = 0.3
"""One word says little: what counts is a column in which nothing else stands."""


LONGEST = 48
"""Bytes of the longest cell in which parts of words are looked for: a title or sentence that
speaks of an illness is no diagnosis of somebody."""

_SHORTEST = 3
_FEW = 4_096
"""Up to so many cells are asked first whether they hold the letters of a part anywhere."""

_UNSPACED = "\u2e80"
"""Signs from here on are of writing without blanks, or of words without an end in Latin letters."""

_WORDED = Question(
    (holding(HEX | LETTER).table & (~holding(DIGIT).table | holding(SPACE).table))
    | holding(WIDE).table
)
"""A row of letters and digits is a code."""

_MARKS = DIGIT | SIGN | POINT | OTHER


@dataclass(frozen=True, eq=False)
class _Vocabulary:
    """Each word with its entities, the bytes of the longest, and the kinds of character they need."""

    words: pl.DataFrame
    longest: int
    candidates: Question


@by_rules()
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


@by_rules()
def _parts() -> tuple[tuple[str, str], ...]:
    """Each entity with parts of words, and the regex for cells in lower case that have one."""
    return tuple(
        (entity.id, _regex(entity.parts)) for entity in rulebook().entities.values() if entity.parts
    )


@by_rules()
def _any_part() -> str:
    """The regex for cells with a part of any entity, in one search."""
    return _regex([part for entity in rulebook().entities.values() for part in entity.parts])


@by_rules()
def _literals() -> list[str]:
    """What each cell with a part holds, wherever in a word."""
    parts = {part for entity in rulebook().entities.values() for part in entity.parts}
    return sorted({part.removeprefix("-") for part in parts})


def _regex(parts: Iterable[str]) -> str:
    """Parts begin a word, end it after a dash, and stand anywhere in writing without blanks."""
    kinds: dict[str, list[str]] = {"begin": [], "end": [], "inside": []}
    for part in parts:
        kind = "end" if part.startswith("-") else "begin" if part[0] < _UNSPACED else "inside"
        kinds[kind].append(re.escape(part.removeprefix("-")))
    begin, end, inside = ("|".join(some) for some in kinds.values())
    ways = (begin and rf"(?:^|\P{{L}})(?:{begin})", end and rf"(?:{end})(?:\P{{L}}|$)", inside)
    return "|".join(filter(None, ways))


def find(column: Column) -> Iterator[Hits]:
    """Cells that as a whole are a listed value, and short ones with a listed part of a word."""
    yield from _whole(column)
    yield from _with_parts(column)


def _with_parts(column: Column) -> Iterator[Hits]:
    sizes = bytes_of(column.cells)
    kinds = kinds_in(column)
    rows = np.flatnonzero(_WORDED.table[kinds] & (sizes >= _SHORTEST) & (sizes <= LONGEST))
    if not len(rows):
        return
    cells = taken(column.cells, rows)
    if (kinds[rows] & (HEX | LETTER)).any():
        cells = cells.str.to_lowercase()
    # Polars reads a long regex anew for each small column: that takes longer than to ask for words.
    if len(rows) <= _FEW:
        rows, cells = _those(rows, cells, cells.str.contains_any(_literals()))
    if len(rows):
        rows, cells = _those(rows, cells, cells.str.contains(_any_part()))
    if not len(rows):
        return
    for entity, regex in _parts():
        found = rows[cells.str.contains(regex).to_numpy()]
        if len(found):
            yield Hits(entity, masked(found, len(column.cells)), SCORE, "lexicon/part")


def _those(
    rows: NDArray[np.int64], cells: pl.Series, held: pl.Series
) -> tuple[NDArray[np.int64], pl.Series]:
    some = np.flatnonzero(held.to_numpy())
    return rows[some], taken(cells, some)


def _whole(column: Column) -> Iterator[Hits]:
    """Cells that as a whole are a listed value, in any case of letters."""
    listed = _vocabulary()
    short = bytes_of(column.cells) <= listed.longest + 2
    rows = np.flatnonzero(short & listed.candidates.table[kinds_in(column)])
    if not len(rows):
        return
    words = taken(column.cells, rows).str.strip_chars().str.to_lowercase()
    known = pl.DataFrame({"row": rows, "word": words}).join(listed.words, on="word")
    for (entity,), found in sorted(known.group_by("entity")):
        mask = masked(found["row"].to_numpy(), len(column.cells))
        yield Hits(str(entity), mask, SCORE, "lexicon")
