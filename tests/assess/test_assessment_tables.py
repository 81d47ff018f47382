"""Plan, check sheets and PRAM as tables: in CSV, in the workbook, and the same in both."""

from __future__ import annotations

import csv
import io
from dataclasses import replace

import openpyxl
import pytest
from assessed import BODIES, CUSTOMERS, MACHINES, NAMED, assessed, column, dataset, found

from privscan.assess.answers import Answers
from privscan.assess.context import Context
from privscan.assess.data_actions import data_actions
from privscan.assessments import csv as as_csv
from privscan.assessments import markdown, xlsx
from privscan.errors import UsageError
from privscan.model.profile import Link

PURPOSE = Context(
    purposes=("the newsletter",), contact="privacy@example.com", needed_columns=("mail",)
)


def rows(made, part="whole", lang="en"):
    text = as_csv.render(made, lang=lang, part=part)
    return [*csv.DictReader(io.StringIO(text.removeprefix("\ufeff")))]


def test_the_plan_holds_all_that_is_left_to_do_and_nothing_that_is_done():
    made = assessed(CUSTOMERS, MACHINES)
    given = rows(made)
    kinds = {one["Kind"] for one in given}
    assert kinds == {"Declare", "Measure", "Question to a person", "Sign-off"}
    keys = [one["ID"] for one in given if one["Kind"] == "Question to a person"]
    assert keys == [key for one in made.asked for key in one.keys]
    measures = [one for one in given if one["Kind"] == "Measure"]
    assert len(measures) == sum(len(d.bundle.measures) for d in made.datasets) > 0
    done = assessed(
        CUSTOMERS,
        organisation=NAMED,
        answers=Answers.model_validate({"measures": {"people": {"owner": "T", "done": "2026-11-01"}}}),
    )  # fmt: skip
    assert "done on 2026-11-01" in {one["State"] for one in rows(done) if one["Kind"] == "Measure"}
    assert not any(one["Why"] == "org.yaml" for one in rows(done))


def test_a_box_says_who_ticked_it_and_an_open_one_says_neither_yes_nor_no():
    said = {"PLAN-NOTICE@people": {"answer": "no", "by": "A"},
            "PLAN-GROUPS@people": {"answer": "not_applicable", "by": "A"}}  # fmt: skip
    made = assessed(CUSTOMERS, context=PURPOSE, answers=Answers.model_validate({"questions": said}))
    given = {one["ID"]: one["Ticked"] for one in rows(made, "sheets")}
    assert len(given) == len(made.datasets[0].boxes)
    assert given["PLAN-PURPOSE"] == "yes"
    assert given["PLAN-NEEDED"] == "no"
    assert given["PLAN-NOTICE"] == "no"
    assert given["PLAN-GROUPS"] == "not applicable"
    assert given["PLAN-NECESSARY"] == ""


def test_the_rows_of_the_pram_are_the_data_actions_found():
    made = assessed(CUSTOMERS, BODIES, MACHINES)
    given = rows(made, "pram")
    assert [(one["Dataset"], one["ID"]) for one in given] == [
        (d.dataset, a.id) for d in made.datasets for a in d.data_actions
    ]
    assert {one["Likelihood (1-10)"] for one in given} == {""}
    assert {one["Impact (1-10)"] for one in given} == {""}
    assert "machines" not in {one["Dataset"] for one in given}
    told = markdown.render(made, part="pram", lang="ja")
    assert all(markdown.plain(a.title["ja"]) in told for d in made.datasets for a in d.data_actions)


FREE = dataset(column("note", found("email", leak=True)))
LINKED = replace(dataset(column("mail", found("email"))), links=(Link("orders", "mail", 0.9),))


@pytest.mark.parametrize(
    ("profile", "context", "shown", "not_shown"),
    [
        (CUSTOMERS, Context(), {"appropriation", "insecurity", "unwarranted_restriction"}, {"induced_disclosure", "reidentification"}),
        (CUSTOMERS, PURPOSE, {"insecurity", "induced_disclosure"}, {"appropriation", "unwarranted_restriction"}),
        (BODIES, PURPOSE, {"surveillance", "stigmatization"}, {"distortion", "reidentification"}),
        (FREE, PURPOSE, {"unanticipated_revelation"}, {"insecurity", "surveillance"}),
        (LINKED, PURPOSE, {"reidentification", "unanticipated_revelation"}, {"stigmatization"}),
        (MACHINES, Context(), set(), {"appropriation", "unwarranted_restriction", "insecurity"}),
    ],
)  # fmt: skip
def test_an_action_is_shown_by_evidence_or_declaration_only(profile, context, shown, not_shown):
    found_ = {one.id for one in data_actions(profile, context.declared())}
    assert shown <= found_
    assert not found_ & not_shown


def test_the_workbook_has_the_same_tables():
    made = assessed(CUSTOMERS, BODIES)
    book = openpyxl.load_workbook(io.BytesIO(xlsx.render(made)))
    for part, title in (("sheets", "Check sheets"), ("pram", "Data actions (NIST PRAM)")):
        heads, *lines = book[title].iter_rows(values_only=True)
        assert [dict(zip(heads, map(_text, one), strict=True)) for one in lines] == rows(made, part)


def _text(cell):
    return "" if cell is None else str(cell)


def test_japanese_tables_open_in_excel_and_no_cell_is_a_formula():
    evil = dataset(column("=1+1", found("my_number")), name="=cmd()")
    for part in ("whole", "sheets", "pram"):
        text = as_csv.render(assessed(evil), lang="ja", part=part)
        assert text.startswith("\ufeff")
        assert "'=cmd()" in text
        assert not [
            c for one in csv.reader(io.StringIO(text[1:])) for c in one if c.startswith("=")
        ]
    assert not as_csv.render(assessed(evil)).startswith("\ufeff")


def test_a_part_that_is_no_table_is_refused(tmp_path):
    made = assessed(CUSTOMERS)
    made.save(tmp_path / "boxes.csv", part="sheets")
    with pytest.raises(UsageError, match="csv does not write the part notice"):
        made.save(tmp_path / "notice.csv", part="notice")
    assert [one.name for one in tmp_path.iterdir()] == ["boxes.csv"]
