"""Only evidence ticks a box: what nobody settled is a question."""

from __future__ import annotations

import re
import shutil

import pytest
from assessed import BODIES, CUSTOMERS, MACHINES, assessed, column, dataset, found

from privscan.assess.answers import Answers
from privscan.assess.checksheet import PHASES, sheets
from privscan.assess.context import Context
from privscan.assessments import markdown
from privscan.errors import RuleError
from privscan.model.assessment import Settled
from privscan.model.kinds import Certainty, State
from privscan.model.profile import Sampled
from privscan.rulebook.folders import rules_folder
from privscan.rulebook.load import rulebook

RULES = {box.id: box for sheet in sheets() for box in sheet.boxes}
TOLD = Context(
    purposes=("newsletter",), legal_basis="consent", owner="Data", controller="Example",
    contact="a@example.com", jurisdictions=("JP",), retention_days=10, recipients=("nobody",),
    needed_columns=("celsius",),
)  # fmt: skip


def boxes(*profiles, **said):
    [made] = assessed(*profiles, **said).datasets
    return {box.id: box for box in made.boxes}


def test_there_is_a_sheet_for_each_phase_and_each_box_has_its_own_id():
    assert tuple(sheet.phase for sheet in sheets()) == PHASES
    assert len(RULES) == sum(len(sheet.boxes) for sheet in sheets()) >= 40
    assert {box.viewpoint for box in RULES.values()} == {
        "fairness", "accountability", "transparency", "privacy", "proper_utilisation",
    }  # fmt: skip
    assert {box.principle for box in RULES.values()} == {*rulebook().principles}


@pytest.mark.parametrize("profile", [CUSTOMERS, BODIES, MACHINES], ids=["c", "b", "m"])
@pytest.mark.parametrize("context", [Context(), TOLD], ids=["untold", "told"])
def test_no_box_is_ticked_by_what_needs_a_person(profile, context):
    for box in boxes(profile, context=context).values():
        if box.ticked:
            assert RULES[box.id].certainty is Certainty.SCAN_SUFFICIENT
            assert box.question is None
        else:
            assert box.question.answer is None
            assert box.settled is Settled.OPEN or RULES[box.id].settled_by


def test_evidence_and_declarations_tick():
    made = boxes(MACHINES, context=TOLD)
    ticked = {box.id for box in made.values() if box.ticked}
    assert {"PLAN-PURPOSE", "PLAN-OWNER", "PLAN-BODY", "DESIGN-DIRECT", "RUN-LEVEL"} <= ticked
    assert made["PLAN-PURPOSE"].settled is Settled.DECLARED
    assert made["PLAN-BODY"].settled is Settled.EVIDENCE


def test_what_was_found_is_not_ticked_as_absent():
    made = boxes(CUSTOMERS)
    assert not made["DESIGN-DIRECT"].ticked
    assert not made["DESIGN-NUMBERS"].ticked
    assert not boxes(BODIES)["PLAN-BODY"].ticked
    hidden = dataset(column("n", found("my_number", state=State.ENCRYPTED_KEY_APART)))
    assert boxes(hidden)["DESIGN-NUMBERS"].ticked


@pytest.mark.parametrize(
    "blind",
    [
        {"unread_share": 0.01},
        {"sampled": (Sampled("ner", "celsius", 1, 2),)},
        {"columns": ()},
    ],
    ids=str,
)
def test_absence_is_not_ticked_where_something_stayed_unread(blind):
    given = {"columns": MACHINES.columns, **blind}
    profile = dataset(*given.pop("columns"), name="machines", subjects=0, **given)
    made = boxes(profile)
    assert not [box.id for box in made.values() if box.ticked and RULES[box.id].whole]


def test_absence_is_not_ticked_where_a_detector_was_left_out_or_the_report_is_incomplete():
    left = boxes(MACHINES, not_run={"faces": "left out by choice"})
    assert not left["PLAN-BODY"].ticked
    assert not boxes(MACHINES, complete=False)["PLAN-BODY"].ticked
    assert boxes(MACHINES, not_run={"ner": "not installed"})["PLAN-BODY"].ticked


@pytest.mark.parametrize(("said", "ticked"), [("yes", True), ("no", False)])
def test_a_person_settles_an_open_box_with_a_mark_of_its_own(said, ticked):
    key = "DESIGN-KEYS@people"
    answers = Answers.model_validate({"questions": {key: {"answer": said, "by": "A"}}})
    box = boxes(CUSTOMERS, answers=answers)["DESIGN-KEYS"]
    assert (box.ticked, box.settled) == (ticked, Settled.PERSON)


def test_a_no_of_a_person_does_not_untick_what_evidence_settled():
    answers = Answers.model_validate({"questions": {"PLAN-BODY@machines": {"answer": "no"}}})
    assert boxes(MACHINES, answers=answers)["PLAN-BODY"].settled is Settled.EVIDENCE


def test_no_person_ticks_what_evidence_or_a_declaration_settles():
    keys = ("DESIGN-DIRECT@people", "PLAN-PURPOSE@people")
    said = {key: {"answer": "yes", "reason": "I say so"} for key in keys}
    answers = Answers.model_validate({"questions": said})
    made = boxes(CUSTOMERS, answers=answers)
    assert not made["DESIGN-DIRECT"].ticked
    assert made["DESIGN-DIRECT"].settled is Settled.EVIDENCE
    assert made["DESIGN-DIRECT"].question.answer.reason == "I say so"
    assert not made["PLAN-PURPOSE"].ticked
    unread = boxes(CUSTOMERS, answers=answers, complete=False)
    assert not unread["DESIGN-DIRECT"].ticked
    assert unread["DESIGN-DIRECT"].settled is Settled.OPEN


def test_an_answer_about_another_dataset_settles_nothing():
    answers = Answers.model_validate({"questions": {"DESIGN-KEYS@others": {"answer": "yes"}}})
    assert not boxes(CUSTOMERS, answers=answers)["DESIGN-KEYS"].ticked


def test_a_box_that_names_an_unknown_entity_is_an_error_with_its_line(tmp_path, monkeypatch):
    folder = tmp_path / "rules"
    shutil.copytree(rules_folder(), folder)
    file = folder / "checksheets" / "planning.yaml"
    file.write_text(file.read_text("utf-8").replace("face_image", "face_imgae"), "utf-8")
    monkeypatch.setenv("PRIVSCAN_RULES", str(folder))
    with pytest.raises(RuleError, match="face_imgae") as error:
        sheets()
    assert "planning.yaml:" in error.value.where
    assert "face_image" in error.value.hint


@pytest.mark.parametrize("part", ["planning", "design", "operation"])
def test_each_sheet_counts_its_boxes_by_viewpoint(part):
    made = assessed(CUSTOMERS, context=Context(purposes=("mail",)))
    held = [box for box in made.datasets[0].boxes if box.phase == part]
    lines = [x for x in markdown.render(made, part="sheets").splitlines() if " ticked; " in x]
    said = dict(re.findall(r"([a-z ]+): (\d+ of \d+) ticked", lines[PHASES.index(part)]))
    views = {box.viewpoint for box in held}
    counts = {v: [box.ticked for box in held if box.viewpoint == v] for v in views}
    assert {name.strip().replace(" ", "_"): count for name, count in said.items()} == {
        view: f"{sum(ticks)} of {len(ticks)}" for view, ticks in counts.items()
    }
