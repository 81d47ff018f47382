"""A workbook that openpyxl opens: every finding, action, column and part; no cell is a formula."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace

import openpyxl
import pytest

from privscan.render import _sheets, xlsx
from privscan.render._plan import actions
from privscan.render.xlsx import render

SHEETS = ["Summary", "Findings", "Action plan", "Datasets", "Columns", "Balance of groups",
          "Age of records", "What was not read"]  # fmt: skip


def book(report, lang="en"):
    return openpyxl.load_workbook(io.BytesIO(render(report, lang=lang)))


def rows(page):
    heads, *lines = page.iter_rows(values_only=True)
    return [dict(zip(heads, line, strict=True)) for line in lines]


def cells(workbook):
    return [cell for page in workbook for row in page.iter_rows() for cell in row]


def test_every_finding_action_and_part_has_a_row(report):
    workbook = book(report)
    assert workbook.sheetnames == SHEETS
    assert [r["ID"] for r in rows(workbook["Findings"])] == [f.id for f in report.findings]
    assert len(rows(workbook["Action plan"])) == len(actions(report, "en"))
    assert len(rows(workbook["Datasets"])) == len(report.datasets)
    assert len(rows(workbook["What was not read"])) == len(report.unread)


def test_numbers_are_numbers_and_shares_per_cent(lake):
    workbook = book(lake)
    [staff, *_] = rows(workbook["Datasets"])
    assert (staff["Dataset"], staff["Score"], staff["Rows"]) == ("staff", 91.5, 100)
    page = workbook["Columns"]
    share = next(cell for cell in page[1] if cell.value == "Share of cells")
    assert page.cell(2, share.column).value == 1
    assert page.cell(2, share.column).number_format == "0.0%"
    plain = [r for r in rows(page) if r["Column"] == "plain"]
    assert [r["Data"] for r in plain] == ["nothing personal found"]


def test_people_fill_in_owner_date_and_status(lake):
    page = book(lake)["Action plan"]
    [first, *others] = rows(page)
    assert (first["#"], first["Kind"], first["Severity"]) == (1, "measure", "very high")
    assert first["What to do or to answer"] == "Take measure 1."
    assert (first["Owner"], first["Due date"], first["Status"]) == (None, None, "open")
    assert [r["Kind"] for r in others].count("question") == 5
    [choice] = page.data_validations.dataValidation
    assert "in progress" in choice.formula1
    assert str(choice.sqref) == f"M2:M{len(others) + 2}"


def test_heads_stay_filter_and_print(report):
    for page in book(report):
        assert page.freeze_panes == "A2"
        assert page.auto_filter.ref.startswith("A1:")
        assert page.page_setup.orientation == "landscape"
        assert page.page_setup.fitToHeight == 0
        assert page.print_title_rows == "$1:$1"


def test_no_cell_is_a_formula_or_a_link(hostile_report):
    workbook = book(hostile_report)
    every = cells(workbook)
    assert {cell.data_type for cell in every} <= {"s", "n", "inlineStr"}
    assert not [cell for cell in every if cell.hyperlink]
    risky = [c for c in every if isinstance(c.value, str) and c.value.startswith(("=", "+", "@"))]
    assert {c.value for c in risky} >= {"=cmd|' /C calc'!A0", "+1+1", "@SUM(A1:A9)"}
    assert all(cell.quotePrefix for cell in risky)
    assert not [c for c in every if c.quotePrefix and c.value[0] not in "=+-@"]


def test_no_control_character_and_no_half_one(hostile_report):
    for cell in cells(book(hostile_report)):
        assert not re.search("[\x00-\x1f\x7f\u202e\ud800-\udfff]", str(cell.value or ""))


def test_the_archive_is_the_same_each_time_and_calls_nobody(lake):
    with zipfile.ZipFile(io.BytesIO(render(lake))) as archive:
        assert {info.date_time[:3] for info in archive.infolist()} == {(1980, 1, 1)}
        texts = [archive.read(name).decode() for name in archive.namelist()]
    assert render(lake) == render(lake)
    assert not [text for text in texts if 'TargetMode="External"' in text]


def test_a_long_text_and_a_long_list_end_and_say_so(lake, monkeypatch):
    long = replace(lake.findings[0], message={"en": "x" * 40_000, "ja": "長" * 40_000})
    monkeypatch.setattr(xlsx, "MOST_ROWS", 2)
    page = book(replace(lake, findings=(long, *lake.findings[1:])))["Findings"]
    assert len(page["B2"].value) == 32_767
    assert page["B2"].value.endswith("…")
    assert page.max_row == 4
    assert page["A4"].value == "4 more rows are left out here; the JSON report has all."


@pytest.mark.parametrize(("lang", "said"), [("en", "very high"), ("ja", "極めて高")])
def test_words_follow_the_language(lake, lang, said):
    workbook = book(lake, lang)
    found = workbook.worksheets[1]
    assert found["A2"].value == said
    assert found["A2"].fill.fgColor.rgb == "FFF4B6B6"
    assert workbook.sheetnames[2] == {"en": "Action plan", "ja": "対応計画"}[lang]


def test_titles_of_sheets_are_what_excel_takes(lake):
    for lang in ("en", "ja"):
        titles = [sheet.title for sheet in _sheets.sheets(lake, lang)]
        assert all(len(title) <= 31 and not {*title} & {*"[]:*?/\\"} for title in titles)
        assert len({*titles}) == len(titles)
