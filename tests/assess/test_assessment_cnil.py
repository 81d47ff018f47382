"""The CNIL's PIA tool imports an assessment too: with people's answers, owners, dates, residual risk."""

from __future__ import annotations

import importlib.util
import json
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from assessed import CUSTOMERS, MACHINES, NAMED, assessed, column, dataset, found

from privscan.assess.answers import Answers
from privscan.assess.context import Context
from privscan.assessments.cnil import render

BESIDE = Path(__file__).parents[1] / "render" / "test_render_cnil.py"
CHECKER = Path(__file__).parents[3] / "shared" / "reference" / "cnil_check.mjs"
EVIL = '<img src=x onerror="alert(1)">'


@pytest.fixture(autouse=True)
def _one_moment(monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1764028800")


def made(due="2026-12-15", owner="Data team", **given):
    plan = {"measures": {"people": {"owner": owner, "due": due}}}
    context = Context(purposes=("the newsletter",), controller="Example Ltd", retention_days=400)
    answers = Answers.model_validate(plan)
    return assessed(
        CUSTOMERS, MACHINES, context=context, organisation=NAMED, answers=answers, **given
    )


def pia(assessment, lang="en"):
    return json.loads(render(assessment, lang=lang))


def answers(document):
    return {a["reference_to"]: a["data"] for a in document["answers"]}


@pytest.mark.skipif(not CHECKER.exists(), reason="needs ../shared/reference")
@pytest.mark.skipif(shutil.which("node") is None, reason="needs node")
@pytest.mark.parametrize("lang", ["en", "ja", "both"])
@pytest.mark.parametrize("due", ["2026-12-15", "2026-12-01", "soon"])
def test_the_checker_of_the_tools_import_finds_nothing(lang, due, tmp_path):
    spec = importlib.util.spec_from_file_location("beside", BESIDE)
    beside = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(beside)
    (tmp_path / "pia.json").write_text(render(made(due), lang=lang), "utf-8")
    (tmp_path / "arch.json").write_text(json.dumps(beside.architecture()), "utf-8")
    run = subprocess.run(
        ["node", CHECKER, tmp_path / "pia.json", tmp_path / "arch.json"],
        capture_output=True,
        text=True,
        check=True,
    )
    said = json.loads(run.stdout)
    assert said["errors"] == []
    assert said["valid"] == said["answers"]


def test_what_people_declared_answers_and_is_no_longer_asked():
    document = pia(made())
    said = answers(document)
    assert "people: purposes: the newsletter" in said[211]["text"]
    assert "people: controller: Example Ltd" in said[112]["text"]
    assert "people: kept for days: 400" in said[215]["text"]
    assert 212 not in said
    asked = {c["reference_to"] for c in document["comments"] if "?" in c["description"]}
    assert 212 in asked
    assert 221 in asked


def test_a_dataset_that_says_nothing_is_still_asked():
    whole = made()
    silent = replace(whole.datasets[1], declared=())
    document = pia(replace(whole, datasets=(whole.datasets[0], silent)))
    [comment] = [c["description"] for c in document["comments"]
                 if c["reference_to"] == 211 and "machines" in c["description"]]  # fmt: skip
    assert comment.startswith("Which specified, explicit and legitimate purpose")


def test_the_bundle_has_its_owner_date_and_prediction():
    whole = made()
    document = pia(whole)
    bundle = whole.datasets[0].bundle
    [measure] = [m for m in document["measures"] if m["title"].startswith("Measures that only")]
    assert measure["content"].count("<li>") == len(bundle.measures) > 0
    [plan] = [e for e in document["evaluations"] if e["reference_to"] == f"3.1.{measure['id']}"]
    assert plan["person_in_charge"] == "Data team"
    assert plan["estimated_implementation_date"] == "2026-12-15T12:00:00.000Z"
    assert f"score {bundle.residual.score:.1f}" in plan["action_plan_comment"]
    assert measure["title"] in answers(document)[324]["list"]


def test_the_residual_risk_has_gauges_and_is_no_evaluation():
    whole = made()
    [risk] = [e for e in pia(whole)["evaluations"] if e["reference_to"] == "3.2"]
    residual = whole.datasets[0].bundle.residual
    assert risk["gauges"] == {"x": residual.cnil_severity, "y": residual.cnil_likelihood}
    assert risk["evaluation_comment"].endswith("this is no evaluation.")
    calm = assessed(MACHINES, organisation=NAMED)
    assert pia(calm)["evaluations"] == pia(calm)["measures"] == []


@pytest.mark.parametrize(
    ("due", "shown"),
    [("2026-12-01", "2026-11-30"), ("2028-03-09", "2028-02-29"), ("2027-01-05", "2026-12-31")],
)
def test_a_day_that_the_tool_cannot_show_is_set_to_the_last_before_and_said(due, shown):
    [plan] = [e for e in pia(made(due))["evaluations"] if e["person_in_charge"]]
    assert plan["estimated_implementation_date"] == f"{shown}T12:00:00.000Z"
    assert f"Due date: {due}" in plan["action_plan_comment"]
    assert shown in plan["action_plan_comment"]


def test_what_is_no_day_stands_in_the_plan_alone():
    [plan] = [e for e in pia(made("soon"))["evaluations"] if e["person_in_charge"]]
    assert plan["estimated_implementation_date"] is None
    assert "Due date: soon" in plan["action_plan_comment"]
    [other] = [e for e in pia(made("2026-12-10"))["evaluations"] if e["person_in_charge"]]
    assert "shows no day" not in other["action_plan_comment"]


def test_an_answer_stands_with_its_name():
    whole = made()
    asked = whole.datasets[0].questions[0]
    given = {
        asked.key: {"answer": "yes", "reason": "it is", "by": "A. Example", "date": "2026-11-25"}
    }
    plan = Answers.model_validate({"questions": given})
    again = assessed(CUSTOMERS, context=Context(purposes=("the newsletter",), controller="Example Ltd",
                     retention_days=400), answers=plan)  # fmt: skip
    said = [c["description"] for c in pia(again)["comments"]]
    assert f"people: {asked.text['en']} Answered: yes it is (A. Example 2026-11-25)" in said


def test_both_languages_stand_beside_each_other():
    document = pia(made(), "both")
    english, japanese = pia(made()), pia(made(), "ja")
    title = english["measures"][0]["title"]
    assert document["measures"][0]["title"] == f"{title} / {japanese['measures'][0]['title']}"
    assert answers(document)[324]["list"] == [m["title"] for m in document["measures"]]
    assert document["pia"]["name"] == english["pia"]["name"]


def test_no_name_becomes_markup():
    odd = dataset(column(EVIL, found("my_number")), name=EVIL)
    plan = Answers.model_validate({"measures": {EVIL: {"owner": EVIL, "due": EVIL}}})
    text = render(assessed(odd, context=Context(purposes=(EVIL,)), answers=plan), lang="both")
    assert "<img" not in text
    assert "&lt;img" in text
