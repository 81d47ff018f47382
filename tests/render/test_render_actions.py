"""The action plan: each thing to do once, worst first, and nothing that only people know."""

from __future__ import annotations

import csv
import io
from dataclasses import replace

from privscan.model.data import Unread
from privscan.render.actions import HEADER, render


def rows(report, lang="en"):
    return list(csv.DictReader(io.StringIO(render(report, lang=lang), newline="")))


def test_advice_then_questions_then_what_to_scan_again(lake):
    torn = (Unread("lake/a.csv", "", "it is cut off", 9, 0, "people"),)
    got = rows(replace(lake, unread=torn))
    kinds = [r["kind"] for r in got]
    assert kinds == ["measure"] * 6 + ["question"] * 5 + ["scan again"]
    assert [r["number"] for r in got] == [str(n) for n in range(1, 13)]
    assert [r["severity"] for r in got[:6]] == [
        "very high",
        "high",
        "high",
        "medium",
        "low",
        "info",
    ]
    assert got[-1]["what"] == "Repair and scan again: it is cut off"
    assert got[-1]["datasets"] == "people"
    assert got[-1]["severity"] == ""


def test_the_same_advice_stands_once_with_every_place(lake):
    one = lake.findings[0]
    two = replace(one, id="f" * 12, dataset="people", columns=("email",), check="OTHER")
    [first, *_] = rows(replace(lake, findings=(one, two)))
    assert first["datasets"] == "staff; people"
    assert first["columns"] == "staff: my_number; people: email"
    assert first["checks"] == "MYN-12; OTHER"
    assert first["findings"] == f"{one.id}; {'f' * 12}"
    assert first["citations"] == "My Number Act 12"


def test_owner_date_and_status_are_left_to_people(report):
    for row in rows(report):
        assert tuple(row) == HEADER
        assert row["owner"] == row["due"] == row["status"] == ""


def test_no_cell_is_a_formula_and_a_row_is_one_line(hostile_report):
    text = render(hostile_report)
    cells = [cell for row in rows(hostile_report) for cell in row.values()]
    assert not [c for c in cells if c.lstrip().startswith(("=", "+", "-", "@", "\t", "\r"))]
    assert text.count("\n") == text.count("\r\n") == len(rows(hostile_report)) + 1


def test_words_follow_the_language(lake):
    assert rows(lake, "ja")[0]["kind"] == "対策"
    assert rows(lake, "ja")[0]["what"] == "対策 1 を講じる。"
    assert rows(lake, "ja")[6]["what"] == "部分 1 の責任者は誰か。"
