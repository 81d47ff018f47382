"""Cells for spreadsheets: names that come from data never become a formula or a command."""

from __future__ import annotations

from privscan.render._phrases import shown

_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")  # noqa: RUF001  full-width signs start formulas too
"""First characters that spreadsheets take for a formula (OWASP, CSV injection)."""


def formula_like(cell: str) -> bool:
    """Whether a spreadsheet that reads or edits this text may take it for a formula."""
    return cell.lstrip().startswith(_FORMULA)


def text(cell: str) -> str:
    """The text as a cell of CSV: one line, and with an apostrophe if it would be a formula."""
    clean = shown(cell)
    return f"'{clean}" if formula_like(clean) else clean
