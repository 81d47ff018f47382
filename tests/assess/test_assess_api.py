"""`privscan.assess` is the verb's other door: the same files, the same assessment."""

from __future__ import annotations

import json
import pickle

import pytest
from assessed import CUSTOMERS, NAMED, NOBODY, report_of

import privscan as ps
from privscan.assess.answers import Answers
from privscan.assess.context import Context
from privscan.model.assessment import Assessment, Settled, Signed, Status
from privscan.render import json as as_json

REPORT = as_json.read_report(as_json.render(report_of(CUSTOMERS)))
ORG = "roles:\n  privacy_officer: {name: P. Officer}\n"
ANSWERS = 'questions:\n  WP248-1@people: {answer: "no", reason: not rated, by: A}\n'


@pytest.fixture
def home(tmp_path, monkeypatch):
    """A folder with a saved report; the folder that commands run in is another."""
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    monkeypatch.chdir(elsewhere)
    (tmp_path / "report.json").write_text(as_json.render(REPORT), "utf-8")
    return tmp_path


def criterion(made):
    return next(c for c in made.datasets[0].threshold.criteria if c.id == "WP248-1")


def test_a_report_and_its_saved_file_are_assessed_alike(home):
    made = ps.assess(REPORT)
    assert isinstance(made, Assessment)
    assert made.status is Status.DRAFT
    assert made.report == REPORT
    assert ps.assess(str(home / "report.json")) == made
    assert ps.assess(home / "report.json") == made
    assert pickle.loads(pickle.dumps(made)) == made


def test_files_beside_a_saved_report_are_read_and_those_of_a_value_are_not(home):
    (home / "org.yaml").write_text(ORG, "utf-8")
    (home / "assessment.yaml").write_text(ANSWERS, "utf-8")
    made = ps.assess(home / "report.json")
    assert ("privacy_officer", "P. Officer") in made.organisation
    assert criterion(made).settled is Settled.PERSON
    assert ps.assess(REPORT).organisation == ()
    assert criterion(ps.assess(REPORT)).met is None


def test_what_is_given_stands_over_what_lies_beside(home):
    (home / "org.yaml").write_text("name: Beside\n", "utf-8")
    (home / "assessment.yaml").write_text(ANSWERS, "utf-8")
    other = home / "elsewhere" / "given.yaml"
    other.write_text("name: Given\n", "utf-8")
    made = ps.assess(home / "report.json", org=other, answers=Answers())
    assert made.organisation == (("name", "Given"),)
    assert criterion(made).met is None
    said = ps.assess(REPORT, org=NAMED, context=Context(purposes=("the newsletter",)))
    assert ("name", "Example Ltd") in said.organisation
    assert ("purposes", ("the newsletter",)) in said.datasets[0].declared
    assert ps.assess(REPORT, context=NOBODY).datasets[0].declared == ()


def test_the_reports_before_the_last_are_the_trend(home):
    made = ps.assess([home / "report.json", REPORT])
    assert len(made.trend) == 2
    assert len(ps.assess([REPORT]).trend) == 1


def test_a_signature_is_read_from_the_answers(home):
    [made] = ps.assess(REPORT, org=NAMED).datasets
    covers = next(s.covers for s in made.signoffs if s.role == "privacy_officer")
    given = {"role": "privacy_officer", "dataset": "people", "name": "P. Officer",
             "date": "2026-11-25", "decision": "approve", "covers": covers}  # fmt: skip
    signed = ps.assess(REPORT, org=NAMED, answers=Answers.model_validate({"signoffs": [given]}))
    states = {s.role: s.state for s in signed.datasets[0].signoffs}
    assert states["privacy_officer"] is Signed.CURRENT
    assert signed.status is Status.DRAFT


@pytest.mark.parametrize("name", ["dpia.html", "dpia.md", "dpia.json", "dpia.xlsx", "p.cnil.json"])
def test_the_suffix_picks_the_format(home, name):
    ps.assess(REPORT).save(home / name)
    assert (home / name).stat().st_size > 1000


def test_a_part_and_a_language_are_those_asked_for(home):
    made = ps.assess(REPORT)
    made.save(home / "notice.md", part="notice", lang="ja")
    text = (home / "notice.md").read_text("utf-8")
    assert "利用目的" in text
    assert "/ 100" not in text
    ps.save(made, home / "again.md", part="notice", lang="ja")
    assert (home / "again.md").read_text("utf-8") == text
    made.save(str(home / "whole.json"))
    assert json.loads((home / "whole.json").read_text("utf-8"))["schema"] == "privscan-assessment/1"


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        (lambda _: ps.assess([]), "no report to assess"),
        (lambda home: ps.assess(home / "none.json"), "cannot be read"),
        (lambda home: ps.assess(home / "org.yaml"), "this is no privscan-report/1"),
        (lambda home: ps.assess(REPORT, org=home / "none.yaml"), "none.yaml"),
        (lambda home: ps.assess(REPORT).save(home / "a.nothing"), "no format has this suffix"),
        (lambda home: ps.assess(REPORT).save(home / "a.json", part="notice"), "does not write"),
        (lambda home: ps.assess(REPORT).save(home / "a.md", part="annexe"), "no part is called"),
        (lambda home: ps.save(REPORT, home / "a.md", part="notice"), "a report has no parts"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_written(home, wrong, why):
    (home / "org.yaml").write_text(ORG, "utf-8")
    before = {*home.iterdir()}
    with pytest.raises(ps.UsageError, match=why):
        wrong(home)
    assert {*home.iterdir()} == before


def test_the_function_stays_when_the_layer_of_its_name_is_imported():
    import privscan.assess.impact

    assert callable(ps.assess)
    assert ps.assess.__module__ == "privscan.api"
    assert privscan.assess is ps.assess
