"""The JSON of an assessment is a contract too: its published schema is fresh, and holds."""

from __future__ import annotations

import copy
import importlib.util
import json
from pathlib import Path

import jsonschema
import pytest
from assessed import BODIES, CUSTOMERS, MACHINES, NAMED, assessed, people, report_of
from referencing import Registry, Resource

from privscan.assess.answers import Answers
from privscan.assess.context import Context
from privscan.assess.impact import assess
from privscan.assessments import json as as_json

DOCS = Path(__file__).parents[2] / "docs"
SCHEMA = json.loads((DOCS / "assessment.schema.json").read_text("utf-8"))
REPORT = json.loads((DOCS / "report.schema.json").read_text("utf-8"))
KNOWN = Registry().with_resource(REPORT["$id"], Resource.from_contents(REPORT))
VALID = jsonschema.Draft202012Validator(SCHEMA, registry=KNOWN)


def signed():
    """An assessment with answers, signatures, an owner, a trend, and what is new since before."""
    answers = Answers.model_validate(
        {
            "questions": {"WP248-1@people": {"answer": "no", "reason": "not rated", "by": "A"}},
            "measures": {"people": {"owner": "Data team", "due": "2026-12-01"}},
            "signoffs": [
                {"role": "privacy_officer", "dataset": "people", "name": "P. Officer",
                 "date": "2026-11-25", "decision": "conditions", "covers": ["level low"]},
            ],
        }
    )  # fmt: skip
    context = Context(purposes=("the newsletter",), phase="design", owner="Head of Data")
    new = report_of(CUSTOMERS, MACHINES, context=context)
    said = people(new, context=context, organisation=NAMED, answers=answers)
    return assess((report_of(MACHINES), new), said)


CASES = {
    "signed": signed,
    "bodies": lambda: assessed(BODIES),
    "nothing": lambda: assessed(complete=False, not_run={"ner": "not installed"}),
}


@pytest.fixture(scope="module")
def document():
    return json.loads(as_json.render(signed()))


def test_it_is_a_schema_and_is_made_of_the_model_as_it_stands():
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    file = DOCS / "make_assessment_schema.py"
    spec = importlib.util.spec_from_file_location("schema", file)
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    assert script.schema() == SCHEMA, "run make docs"
    assert script.main(check=True) == 0


@pytest.mark.parametrize("case", CASES)
def test_what_is_written_is_valid(case):
    errors = [*VALID.iter_errors(json.loads(as_json.render(CASES[case]())))]
    assert [f"{e.json_path}: {e.message[:80]}" for e in errors] == []


def test_every_key_that_is_written_is_in_the_schema(document):
    assert {*document} == {*SCHEMA["properties"]}
    [made, *_] = document["datasets"]
    assert {*made} == {*SCHEMA["$defs"]["datasetAssessment"]["properties"]}
    assert {*made["threshold"]} == {"criteria", "outcomes", "met", "open"}


def test_keys_of_a_later_minor_version_are_passed_over(document):
    later = copy.deepcopy(document) | {"more": 1}
    later["datasets"][0]["more"] = {"of": "it"}
    assert VALID.is_valid(later)


@pytest.mark.parametrize(
    ("place", "wrong"),
    [
        (("schema",), "privscan-assessment/2"),
        (("status",), "signed"),
        (("organisation",), [["name"]]),
        (("report", "score"), 101),
        (("datasets", 0, "bundle", "residual", "level"), "fatal"),
        (("datasets", 0, "threshold", "met"), -1),
        (("datasets", 0, "boxes", 0, "text"), {"en": "one language only"}),
        (("datasets", 0, "boxes", 0, "ticked"), "yes"),
        (("datasets", 0, "signoffs", 0, "state"), "perhaps"),
        (("trend", 0, "datasets"), 1.5),
    ],
)
def test_the_schema_refuses(document, place, wrong):
    bad = copy.deepcopy(document)
    held = bad
    for step in place[:-1]:
        held = held[step]
    assert place[-1] in held or isinstance(place[-1], int)
    held[place[-1]] = wrong
    assert not VALID.is_valid(bad)


@pytest.mark.parametrize("key", SCHEMA["required"])
def test_a_document_without_a_key_is_refused(document, key):
    assert not VALID.is_valid({k: v for k, v in document.items() if k != key})
