"""The answers file is added to; what people wrote stays to the letter, or nothing is written."""

from __future__ import annotations

import pytest

from privscan.assess.answers import Additions, Answers, Signature, added, load_answers
from privscan.errors import RuleError

SIGNATURE = Signature(
    role="owner", dataset="a: b#c", name="太郎", date="2026-11-25", decision="approve", covers=("x 1 2",)
)  # fmt: skip


@pytest.fixture
def file(tmp_path):
    return tmp_path / "assessment.yaml"


def add(file, questions, measures=(), signatures=()):
    return added(file, Additions({}, questions, {}, measures, signatures))


def test_a_new_file_holds_the_questions_and_loads(file):
    file.write_text(add(file, {"A@ds": "Is it? / か。"}, ("ds",), (SIGNATURE,)), "utf-8")
    answers = load_answers(file)
    assert answers.questions["A@ds"].question == "Is it? / か。"
    assert answers.given() == {}
    assert answers.signoffs == (SIGNATURE,)
    assert [*answers.measures] == ["ds"]


def test_a_missing_file_is_empty(file):
    assert load_answers(file) == Answers()


def test_what_stands_there_stays_with_its_comments_and_old_questions(file):
    text = (
        "# ours\nquestions:\n    # asked in May\n    old:\n        answer: because  # so it is\n"
        "    A@ds: {answer: no, by: me, date: 2026-01-01}\nsignoffs: []\n"
    )
    file.write_text(text, "utf-8")
    new = add(file, {"A@ds": "asked again", "B@ds": "new"}, (), (SIGNATURE,))
    file.write_text(new, "utf-8")
    for line in text.splitlines()[:-1]:
        assert line in new.splitlines()
    answers = load_answers(file)
    assert answers.given()["A@ds"].answer == "no"
    assert answers.given()["A@ds"].date == "2026-01-01"
    assert answers.questions["B@ds"].question == "new"
    assert answers.given()["old"].answer == "because"


def test_adding_the_same_again_changes_nothing(file):
    file.write_text(add(file, {"A@ds": "?", "b": "?"}, ("ds",)), "utf-8")
    assert add(file, {"A@ds": "?", "b": "?"}, ("ds",)) == file.read_text("utf-8")


def test_the_newest_signature_stands_first_and_the_older_one_stays(file):
    file.write_text(add(file, {}, (), (SIGNATURE,)), "utf-8")
    later = SIGNATURE.model_copy(update={"date": "2026-12-01"})
    file.write_text(add(file, {}, (), (later,)), "utf-8")
    assert load_answers(file).signoffs == (later, SIGNATURE)


@pytest.mark.parametrize(
    "text",
    [
        "questions: {a: {answer: x}}\n",
        "questions:\n\ta: 1\n",
        "- a\n",
        "questions:\n  a: {answer: x}\nquestions:\n  b: {}\n",
        "questions:\n  a: {answer: x, whom: y}\n",
        "signoffs:\n  - {role: owner}\n",
    ],
    ids=["flow", "tab", "list", "twice", "unknown", "half"],
)
def test_a_file_in_another_form_is_refused_and_named(file, text):
    file.write_text(text, "utf-8")
    with pytest.raises(RuleError) as error:
        add(file, {"new": "?"})
    assert "assessment.yaml" in error.value.where


def test_yes_and_no_need_no_quotes_and_another_word_is_an_error_with_its_line(file):
    file.write_text("questions:\n  A@ds: {answer: yes}\n  B@ds: {answer: no}\n", "utf-8")
    given = load_answers(file).given()
    assert (given["A@ds"].answer, given["B@ds"].answer) == ("yes", "no")
    file.write_text("questions:\n  A@ds:\n    answer: perhaps\n", "utf-8")
    with pytest.raises(RuleError, match="yes, no, not_applicable") as error:
        load_answers(file)
    assert error.value.where.endswith(":3")


def test_names_with_marks_of_yaml_survive(file):
    key = 'A@we: "ird" #1\n- x'
    file.write_text(add(file, {key: "a: b # c\n'\""}), "utf-8")
    assert load_answers(file).questions[key].question == "a: b # c\n'\""


def test_each_dataset_has_a_plan_of_its_own(tmp_path):
    file = tmp_path / "assessment.yaml"
    text = add(file, {}, ("one", "two", "three"))
    assert not set("&*") & set(text.partition("measures:")[2])
    file.write_text(text.replace("owner: ''", "owner: Data team", 1), encoding="utf-8")
    plans = load_answers(file).measures
    assert [plan.owner for plan in plans.values()] == ["Data team", "", ""]
