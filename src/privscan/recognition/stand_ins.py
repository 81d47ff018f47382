"""Text beyond ASCII as ASCII of as many characters, in which patterns match where they did.

To a pattern that names no character beyond ASCII, é, 東 and И are letters and nothing more: any
of them may be an underscore. Digits of other scripts and the four letters that ignoring case
equates with ASCII ones are exchanged only for patterns that do not tell them from letters.
"""

from __future__ import annotations

import polars as pl

from privscan.rulebook.compile import STAND_INS

_FOLDED = r"\x{130}\x{131}\x{17F}\x{212A}"

_CLASSES = {
    "word": rf"[[\p{{L}}\p{{M}}\p{{Nl}}\p{{Pc}}\x{{200C}}\x{{200D}}]--[\x00-\x7F{_FOLDED}]]",
    "other": r"[[\p{P}\p{S}\p{No}\p{Cf}]--[\x00-\x7F\p{Alphabetic}\p{Pc}\x{200C}\x{200D}]]",
    "space": r"[\p{Z}--\x00-\x7F]",
}
"""Characters that `regex` takes for a word's and no digit, for neither word nor space, for space."""


DIGITS = r"[\p{Nd}--[0-9]]"
"""Digits of other scripts, which only `\\d` takes."""


def stand_ins(cells: pl.Series) -> pl.Series:
    """The cells with stand-ins; those that are ASCII now may be matched in their cells' place."""
    for kind, characters in _CLASSES.items():
        cells = cells.str.replace_all(characters, STAND_INS[kind])
    return cells


def more_stand_ins(cells: pl.Series) -> pl.Series:
    """Digits and folded letters exchanged too, for patterns that they may pass."""
    return cells.str.replace_all(f"[{_FOLDED}{DIGITS}]", STAND_INS["word"])
