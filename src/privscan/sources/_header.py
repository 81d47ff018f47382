"""Whether the first record of delimited text names columns or is data."""

from __future__ import annotations

import re
from collections.abc import Sequence

from privscan.rulebook.load import rulebook
from privscan.rulebook.names import header_entities, words

LONGEST = 80
"""A cell longer than this names no column."""

JUDGED = 256
"""Columns that vote; of thousands, as in tables of gene activity, the first ones say it."""

_TYPED = re.compile(
    r"\s*(?:[-+]?[$€£¥]?[\d.,\s]*\d\s*%?|\d{1,4}[-/.年]\d{1,2}[-/.月]\d{1,4}.*|\S+@\S+\.\S+"
    r"|https?://\S+|[+()\d][\d ()./-]{6,}|[0-9a-fA-F-]{32,}|\d{1,2}:\d{2}(?::\d{2})?.*"
    r"|\d{1,2}[-/.]\d{2,4}|true|false|null|none|n/a|nan)\s*",
    re.IGNORECASE,
)
VALUE = re.compile(r"\S@\S+\.\S|(?:\d[ -]?){7}|^\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}|://")
"""What no column is called: addresses, long numbers, dates."""

_DIGIT = re.compile(r"\d")
_YEAR = re.compile(r"(?:19|20)\d\d")
_SNAKE = re.compile(r"[A-Za-z]+(?:[_.]+[A-Za-z0-9]+)+|[a-z]+(?:[A-Z][a-z0-9]+)+")
_LOWER = re.compile(r"[a-z][a-z0-9 ]*")

_GENERIC = frozenset(
    [
        "id",
        "key",
        "code",
        "type",
        "status",
        "value",
        "count",
        "total",
        "amount",
        "date",
        "time",
        "timestamp",
        "name",
        "title",
        "description",
        "category",
        "year",
        "month",
        "day",
        "price",
        "quantity",
        "qty",
        "label",
        "text",
        "comment",
        "note",
        "url",
        "file",
        "path",
        "score",
        "rank",
        "group",
        "number",
        "no",
        "index",
        "uuid",
        "version",
        "unit",
        "size",
        "created",
        "updated",
        "state",
        "country",
        "region",
        "lat",
        "lon",
        "番号",
        "名前",
        "日付",
        "種類",
        "金額",
        "備考",
        "nummer",
        "datum",
        "wert",
        "titre",
        "nom",
        "prix",
        "fecha",
        "nombre",
        "precio",
    ]
)
"""Last words of headers that name no personal data; what does is the rulebook's to say."""

_RECURS = 2.0
"""What speaks against a cell that stands below too, or whose like does."""

_ENOUGH_ROWS = 3
_MANY_ROWS = 10
_TOKEN = 16
"""From so many characters on, values that are all as long as the first cell are its like."""


def has_header(rows: Sequence[Sequence[str]]) -> bool:
    """Whether `rows[0]` names the columns; in doubt it is data, so that no record leaks as names.

    Each column votes: for, if its first cell is a known name or is written otherwise than the
    cells below it; against, if the first cell is a value or recurs below.
    """
    first, *rest = (row[:JUDGED] for row in rows)
    said = [cell.strip() for cell in first]
    filled = [cell for cell in said if cell]
    if not filled or any(len(cell) > LONGEST or "\n" in cell for cell in filled):
        return False
    years = [cell for cell in filled if _YEAR.fullmatch(cell)]
    wide = len(years) > 1 and years in (sorted(set(years)), sorted(set(years), reverse=True))
    said = ["" if wide and cell in years else cell for cell in said]
    columns = [[row[i].strip() for row in rest if len(row) > i] for i in range(len(said))]
    below = [[value for value in column if value] for column in columns]
    names = [
        -_RECURS if _value(cell, values) else _name(cell)
        for cell, values in zip(said, below, strict=True)
        if cell
    ]
    known = sum(vote >= 1 for vote in names)
    if not rest:
        return known > len(filled) / 2
    # One known word among many cells is as likely a value: a town called Mobile, a Mr. Street.
    votes = sum(vote for vote in names if vote < 0 or known > len(names) / 3)
    votes += sum(_vote(*column) for column in zip(said, below, strict=True) if column[0])
    return votes - (len(filled) - len(set(filled))) > 0


def named(cells: Sequence[str]) -> int:
    """How many of the cells read as names of columns by themselves."""
    return sum(_name(cell) >= 1 for cell in cells)


def _vote(cell: str, below: Sequence[str]) -> float:
    """Positive if the cell is written otherwise than those below it, negative if it is a value."""
    if VALUE.search(cell):
        return -100.0
    if _TYPED.fullmatch(cell):
        return -3.0
    if not below:
        return 0.0
    vote = -_RECURS if cell in below else 0.0
    typed = sum(bool(_TYPED.fullmatch(value)) for value in below) / len(below)
    if typed > 0.8:  # noqa: PLR2004  most of a typed column; the rest is damage and "unknown"
        return vote + 3.0
    if len(below) >= _ENOUGH_ROWS and _LOWER.fullmatch(cell):
        vote += 0.0 if any(_LOWER.fullmatch(value) for value in below) else 1.0
    if len(below) >= _ENOUGH_ROWS and not _DIGIT.search(cell):
        vote += 1.0 if all(map(_DIGIT.search, below)) else 0.0
    widths = {len(value) for value in below}
    if widths == {len(cell)} and len(cell) >= _TOKEN:
        vote -= 3.0
    if len(below) >= _MANY_ROWS and len(widths) == 1 and len(cell) not in widths:
        vote += 1.0
    return vote


def _value(cell: str, below: Sequence[str]) -> bool:
    """Whether a cell that names an entity is one of its values: asthma above diabetes, not above 0."""
    entities = [entity for entity, bits in header_entities(cell) if bits > 0]
    every = {cell, *below} if below else {cell}
    return any(
        _listed(cell, entity) and any(_listed(value, entity) for value in every - {cell} or every)
        for entity in entities
    )


def _listed(cell: str, entity: str) -> bool:
    """Whether the entity's lists have the cell, or a part of a word in it."""
    known, low = rulebook().entities[entity], cell.casefold()
    ends = tuple(part[1:] for part in known.parts if part.startswith("-"))
    return (
        low in {value.casefold() for value in known.values}
        or any(word.endswith(ends) for word in low.split())
        or any(f" {part}" in f" {low}" for part in known.parts)
    )


def _name(cell: str) -> float:
    """How much the cell reads as a column's name by itself."""
    said = words(cell)
    if not said:
        return 0.0
    best = max((bits for _, bits in header_entities(cell)), default=0.0)
    if best > 3 or said[-1] in _GENERIC:  # noqa: PLR2004  above the bits of a weak phrase
        return 2.0
    if _SNAKE.fullmatch(cell):
        return 1.0
    return 0.5 if best > 0 else 0.0
