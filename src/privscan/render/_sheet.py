"""The sheets of a workbook as plain values: title, heads with widths, rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from privscan.render._words import say

Cell = str | int | float | None

SHARE, SHADE, DATE = "share", "shade", "date"
"""Kinds of column: numbers shown as per cent, levels in colour too, dates that people enter."""

_KINDS = {
    "confidence": SHARE,
    "due": DATE,
    "level": SHADE,
    "severity": SHADE,
    "share": SHARE,
    "unread_share": SHARE,
}


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a column: its words, its width in characters, and the kind of its cells."""

    title: str
    width: int
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet; `choices` are the words that cells of the last head's column may take."""

    title: str
    heads: tuple[Head, ...]
    rows: tuple[tuple[Cell, ...], ...]
    choices: tuple[str, ...] = ()


def heads_of(lang: str, widths: Mapping[str, int]) -> tuple[Head, ...]:
    """The heads of a sheet: words by their keys, with widths and kinds."""
    return tuple(Head(say(k, lang), width, _KINDS.get(k, "")) for k, width in widths.items())
