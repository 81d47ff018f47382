"""Text as it is judged: full width made half, and a boundary where CJK meets ASCII."""

from __future__ import annotations

import polars as pl

from privscan.rulebook.text import is_ascii

_CJK = r"\p{Han}\p{Hiragana}\p{Katakana}\p{Hangul}\x{30FC}"
_BEFORE = rf"([{_CJK}])([0-9A-Za-z+(])"
_AFTER = rf"([0-9A-Za-z)])([{_CJK}])"


def narrow(cells: pl.Series) -> pl.Series:
    """The cells in NFKC (Unicode Annex 15): full-width letters, digits and signs in half width."""
    if is_ascii(cells).all():
        return cells
    return cells.str.normalize("NFKC")


def normal(cells: pl.Series) -> pl.Series:
    """The cells in NFKC, with a blank between CJK and ASCII letters or digits.

    A regex sees a word's boundary there, as a reader does; plain ASCII is left as it is.
    """
    if is_ascii(cells).all():
        return cells
    return narrow(cells).str.replace_all(_BEFORE, "${1} ${2}").str.replace_all(_AFTER, "${1} ${2}")
