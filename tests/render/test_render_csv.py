"""CSV opens in a spreadsheet with a row a finding, and no cell of it is a formula."""

from __future__ import annotations

import csv
import io

from privscan.render.csv import HEADER, render


def rows(report, lang="en"):
    return list(csv.DictReader(io.StringIO(render(report, lang=lang), newline="")))


def test_a_row_for_each_finding_and_each_part_not_read(report):
    got = rows(report)
    assert [r["id"] for r in got] == [f.id for f in report.findings] + [""] * len(report.unread)
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
    count = len(hostile_report.findings) + len(hostile_report.unread)
    assert render(hostile_report).count("\r\n") == count + 1
    assert render(hostile_report).count("\n") == count + 1


def test_words_follow_the_language(lake):
    assert rows(lake, "ja")[0]["severity"] == "極めて高"
    assert rows(lake, "en")[0]["severity"] == "very high"
