"""XLSX: a workbook with summary, findings, plan, datasets, columns, groups, ages, what was not read."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from privscan.model.report import Report
from privscan.render._cells import formula_like
from privscan.render._languages import languages
from privscan.render._phrases import shown
from privscan.render._sheet import DATE, SHADE, SHARE, Cell, Head, Sheet
from privscan.render._sheets import sheets
from privscan.render._words import say

PLUGIN = True
SUFFIXES = (".xlsx",)

MOST_ROWS = 1_000_000
"""A sheet ends a little further on; what is left out is said in its last row."""

_MOST_TEXT = 32_767
"""Characters that a cell of Excel holds."""

_STRICT = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}
_SHADES = {"very_high": "#F4B6B6", "high": "#F9D3B4", "medium": "#FBEFB8", "low": "#DDEBF7"}
_CREATED = datetime(1980, 1, 1)  # noqa: DTZ001  the workbook's clock has no zone; as in its archive


def render(report: Report, *, lang: str = "en") -> bytes:
    """The workbook of a report; in both languages, the Japanese sheets follow the English ones."""
    every = languages(lang)
    title = " / ".join(say("title", one) for one in every)
    return workbook(title, {one: sheets(report, one) for one in every})


def workbook(title: str, pages: Mapping[str, Iterable[Sheet]]) -> bytes:
    """Sheets by their language; no cell is a formula or a link, every sheet prints on its width."""
    import xlsxwriter

    out = io.BytesIO()
    with xlsxwriter.Workbook(out, _STRICT) as book:
        book.set_properties({"title": title, "created": _CREATED})
        for lang, given in pages.items():
            looks = _looks(book, lang)
            for sheet in given:
                _write(book.add_worksheet(sheet.title), sheet, looks, lang)
    return out.getvalue()


def _looks(book: Any, lang: str) -> dict[str, Any]:
    cell = {"valign": "top", "text_wrap": True}
    looks = {
        "": book.add_format(cell),
        "head": book.add_format(cell | {"bold": True, "bg_color": "#E7E6E6", "bottom": 1}),
        SHARE: book.add_format(cell | {"num_format": "0.0%"}),
        "quoted": book.add_format(cell | {"quote_prefix": True}),
        DATE: book.add_format(cell | {"num_format": "yyyy-mm-dd"}),
    }
    shades = {
        f"{SHADE} {say(key, lang)}": book.add_format(cell | {"bg_color": colour})
        for key, colour in _SHADES.items()
    }
    return looks | shades


def _write(page: Any, sheet: Sheet, looks: dict[str, Any], lang: str) -> None:
    last = len(sheet.heads) - 1
    for place, head in enumerate(sheet.heads):
        page.set_column(place, place, head.width, looks.get(head.kind))
        page.write_string(0, place, head.title, looks["head"])
    rows = sheet.rows[:MOST_ROWS]
    for line, row in enumerate(rows, 1):
        for place, (cell, head) in enumerate(zip(row, sheet.heads, strict=True)):
            _cell(page, (line, place), cell, head, looks)
    if left := len(sheet.rows) - len(rows):
        page.write_string(len(rows) + 1, 0, say("rows_left", lang, f"{left:,}"), looks[""])
    if sheet.choices and rows:
        choice = {"validate": "list", "source": list(sheet.choices)}
        page.data_validation(1, last, len(rows), last, choice)
    page.autofilter(0, 0, max(1, len(rows)), last)
    page.freeze_panes(1, 0)
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.repeat_rows(0)


def _cell(page: Any, at: tuple[int, int], cell: Cell, head: Head, looks: dict[str, Any]) -> None:
    if isinstance(cell, int | float):
        page.write_number(*at, cell, looks.get(head.kind))
    elif cell:
        text = shown(cell)
        text = text if len(text) <= _MOST_TEXT else f"{text[: _MOST_TEXT - 1]}…"
        look = looks["quoted" if formula_like(text) else ""]
        look = looks.get(f"{head.kind} {text}", look) if head.kind else look
        page.write_string(*at, text, look)
