"""CSV opens in a spreadsheet with a row a finding, and no cell of it is a formula."""

from __future__ import annotations

import csv
import io

from privscan.render.csv import HEADER, render


def rows(report, lang="en"):
    return list(csv.DictReader(io.StringIO(render(report, lang=lang).lstrip("\ufeff"), newline="")))


def left_out(report):
    """The checks of the rows that are no findings."""
    tool = report.tool
    checks = ["UNREAD"] * len(report.unread) + ["NOT_RUN"] * len(tool.not_run)
    return checks + ["NOT_EVALUATED"] * len(tool.not_evaluated)


def test_a_row_for_each_finding_and_each_part_not_read(report):
    got, rest = rows(report), left_out(report)
    assert [r["id"] for r in got] == [f.id for f in report.findings] + [""] * len(rest)
    assert [r["check"] for r in got if not r["id"]] == rest
    assert all(tuple(r) == HEADER for r in got)
    assert all(None not in r.values() for r in got)


def test_a_part_not_read_says_where_and_why(cases):
    [row] = rows(cases["unread"]())
    assert (row["check"], row["measured"]) == ("UNREAD", "lake/a.csv")
    assert row["message"] == "the file is empty"
    assert row["severity"] == row["confidence"] == row["phase"] == ""


def test_no_cell_is_a_formula(hostile_report):
    cells = [cell for row in rows(hostile_report) for cell in row.values()]
    assert not [c for c in cells if c.lstrip().startswith(("=", "+", "-", "@", "\t", "\r"))]
    assert any(c.startswith("'=cmd") for c in cells)
    assert any(c.startswith("'@SUM") for c in cells)


def test_a_harmless_cell_stays_as_it_is(lake):
    got = rows(lake)
    assert not [cell for row in got for cell in row.values() if cell.startswith("'")]
    assert got[0]["citations"] == "My Number Act 12 (in force; M)"


def test_a_row_is_one_line(hostile_report):
    count = len(hostile_report.findings) + len(left_out(hostile_report))
    assert render(hostile_report).count("\r\n") == count + 1
    assert render(hostile_report).count("\n") == count + 1


def test_words_follow_the_language(lake):
    assert rows(lake, "ja")[0]["severity"] == "極めて高"
    assert rows(lake, "en")[0]["severity"] == "very high"


def test_both_languages_are_one_row_with_more_columns(lake):
    [first, *others] = rows(lake, "both")
    assert len(others) == len(rows(lake)) - 1
    assert (first["severity"], first["severity_ja"]) == ("very high", "極めて高")
    assert first["message_ja"] == lake.findings[0].message["ja"]
    assert "id_ja" not in first
    assert "dataset_ja" not in first


def test_only_japanese_words_take_the_mark_that_excel_wants(lake):
    assert [render(lake, lang=lang)[0] for lang in ("en", "ja", "both")] == [
        "i",
        "\ufeff",
        "\ufeff",
    ]
