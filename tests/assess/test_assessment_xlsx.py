"""The workbook of an assessment: what to do, by whom, what it leaves, who answered, who signed."""

from __future__ import annotations

import io
from dataclasses import replace

import openpyxl
import pytest
from assessed import CUSTOMERS, MACHINES, NAMED, assessed, column, dataset, found

from privscan.assess.answers import Answers
from privscan.assess.context import Context
from privscan.assess.impact import questions
from privscan.assessments.xlsx import render

EVIL = "=1+1"


@pytest.fixture(scope="module")
def whole():
    answers = Answers.model_validate(
        {
            "questions": {"WP248-1@people": {"answer": "no", "reason": "not rated", "by": "A"}},
            "measures": {"people": {"owner": "Data team", "due": "2026-12-01"}},
            "signoffs": [
                {"role": "privacy_officer", "dataset": "people", "name": "P. Officer",
                 "date": "2026-11-25", "decision": "conditions", "covers": []},
            ],
        }
    )  # fmt: skip
    context = Context(purposes=("the newsletter",), owner="Head of Data")
    return assessed(CUSTOMERS, MACHINES, context=context, organisation=NAMED, answers=answers)


def book(assessment, lang="en"):
    return openpyxl.load_workbook(io.BytesIO(render(assessment, lang=lang)))


def rows(page):
    heads, *lines = page.iter_rows(values_only=True)
    return [dict(zip(heads, line, strict=True)) for line in lines]


def test_measures_have_owner_date_and_what_they_leave(whole):
    given = rows(book(whole)["Measures"])
    bundle = whole.datasets[0].bundle
    assert len(given) == len(bundle.measures) > 0
    assert {(r["Owner"], r["Due date"]) for r in given} == {("Data team", "2026-12-01")}
    assert {r["Residual (predicted)"] for r in given} == {round(bundle.residual.score, 1)}
    assert given[0]["Inherent"] == round(whole.report.datasets[0].risk.score, 1)
    assert given[0]["Protection before → after"] == "in clear → keyed token"


def test_every_question_has_a_row_and_its_answer(whole):
    given = {r["ID"]: r for r in rows(book(whole)["Open questions"])}
    assert {*given} == {q.key for q in questions(whole)}
    assert given["WP248-1@people"]["Answer, name and date"] == "no; not rated; A"
    unanswered = [r for r in given.values() if r["Answer, name and date"] is None]
    assert len(unanswered) == len(given) - 1


def test_every_role_has_a_row_and_its_signature(whole):
    given = rows(book(whole)["Sign-offs"])
    assert len(given) == sum(len(d.signoffs) for d in whole.datasets)
    [officer] = [r for r in given if (r["Role"], r["Dataset"]) == ("privacy officer", "people")]
    assert (officer["Name"], officer["Signed on"]) == ("P. Officer", "2026-11-25")
    assert officer["Signature"] == "re-opened"
    assert any(r["Signature"] == "missing" and r["Name"] is None for r in given)


def test_the_summary_begins_with_the_status(whole):
    page = book(whole)["Summary"]
    assert [cell.value for cell in page[2]] == ["Status", "draft"]


def test_both_languages_follow_each_other(whole):
    both, english, japanese = (book(whole, lang).sheetnames for lang in ("both", "en", "ja"))
    assert both == english + japanese
    assert japanese[1:4] == ["対策", "未回答の質問", "承認"]
    assert render(whole, lang="both") == render(whole, lang="both")


def test_no_name_is_a_formula(whole):
    odd = dataset(column(EVIL, found("my_number")), name=EVIL)
    answers = Answers.model_validate({"measures": {EVIL: {"owner": EVIL, "due": "@SUM(A1)"}}})
    workbook = book(assessed(odd, context=Context(owner=EVIL), answers=answers), "both")
    cells = [cell for page in workbook for line in page.iter_rows() for cell in line]
    assert not [cell for cell in cells if cell.data_type == "f" or cell.hyperlink]
    assert all(cell.quotePrefix for cell in cells if str(cell.value).startswith(("=", "@")))


def test_nothing_to_do_is_an_empty_sheet(whole):
    calm = replace(whole, datasets=())
    assert rows(book(calm)["Measures"]) == rows(book(calm)["Sign-offs"]) == []
