"""The JSON report is the contract: its keys, its published schema, and its way back."""

from __future__ import annotations

import json
from copy import deepcopy
from pathlib import Path

import jsonschema
import pytest

from privscan.render import ndjson
from privscan.render.json import document, read_report, render

SCHEMA = json.loads((Path(__file__).parents[2] / "docs" / "report.schema.json").read_text("utf-8"))
VALID = jsonschema.Draft202012Validator(SCHEMA)

CONTRACT = {
    "": "schema tool score level complete datasets findings unread",
    "tool": "version rules_digest plan_digest libraries",
    "datasets.0": "name uri kind rows bytes files columns media quasi_identifiers links risk",
    "datasets.0.columns.0": "path kind rows nulls distinct class entities",
    "datasets.0.columns.0.class": "entity confidence",
    "datasets.0.columns.0.entities.0": "entity confidence cells share interval state leak",
    "datasets.0.media": "images decoded with_faces faces with_gps by_modality",
    "datasets.0.quasi_identifiers.0": "columns k_min share_below_k subjects",
    "datasets.0.links.0": "dataset column containment",
    "datasets.0.risk": "score level interval waterfall",
    "datasets.0.risk.waterfall.0": "name points why",
    "findings.0": "id check principles viewpoints phase severity confidence certainty dataset columns "
    "measured threshold citations message advice question",
    "findings.0.citations.0": "law article status source",
    "findings.0.message": "en ja",
    "findings.0.advice": "en ja",
    "findings.0.question": "en ja",
}
"""Keys by place, as the design states them: within version 1 none may go."""


def at(value, place: str):
    for step in filter(None, place.split(".")):
        value = value[int(step) if step.isdigit() else step]
    return value


@pytest.mark.parametrize("place", CONTRACT)
def test_holds_the_keys_of_the_contract(lake, place):
    keys = CONTRACT[place].split()
    assert {*keys} <= {*at(json.loads(render(lake)), place)}
    # The schema asks for each of them: a report without one is refused.
    for key in keys:
        less = document(lake)
        del at(less, place)[key]
        assert not VALID.is_valid(less), key


def test_unread_holds_the_keys_of_the_contract(cases):
    part = document(cases["unread"]())["unread"][0]
    assert {"uri", "span", "reason", "bytes", "rows"} <= {*part}


def test_the_schema_is_a_schema():
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


def test_valid_by_the_published_schema(report):
    assert [e.message for e in VALID.iter_errors(json.loads(render(report)))] == []


@pytest.mark.parametrize(
    ("place", "key", "value"),
    [
        ("", "schema", "privscan-report/2"),
        ("", "score", 100.5),
        ("", "score", -1),
        ("", "score", "91"),
        ("", "level", "safe"),
        ("", "complete", "yes"),
        ("datasets.0", "kind", "folder"),
        ("datasets.0", "rows", -1),
        ("datasets.0", "rows", 1.5),
        ("datasets.0.columns.0", "kind", "string"),
        ("datasets.0.columns.0", "class", {"entity": "email"}),
        ("datasets.0.columns.0.entities.0", "entity", "E-Mail"),
        ("datasets.0.columns.0.entities.0", "interval", [0.5]),
        ("datasets.0.columns.0.entities.0", "share", 1.01),
        ("datasets.0.columns.0.entities.0", "state", "clear"),
        ("datasets.0.risk.waterfall.0", "points", -0.1),
        ("datasets.0.risk.waterfall.0", "name", "luck"),
        ("findings.0", "certainty", "certain"),
        ("findings.0", "severity", "none_detected"),
        ("findings.0", "principles", []),
        ("findings.0.citations.0", "source", "X"),
        ("findings.0.message", "ja", ""),
    ],
)
def test_the_schema_refuses(lake, place, key, value):
    wrong = document(lake)
    at(wrong, place)[key] = value
    assert not VALID.is_valid(wrong)


def test_the_schema_refuses_complete_with_parts_unread(cases):
    wrong = document(cases["unread"]())
    assert VALID.is_valid(wrong)
    assert not VALID.is_valid(wrong | {"complete": True})


def test_the_schema_passes_keys_of_a_later_minor_version(lake):
    later = document(lake) | {"added": 1}
    later["findings"][0]["added"] = {"x": 1}
    assert VALID.is_valid(later)
    assert read_report(json.dumps(later)) == lake


def test_comes_back_as_it_went(report, request):
    back = read_report(render(report))
    assert render(back) == render(report)
    if "hostile" not in request.node.name:  # half characters do not come back
        assert back == report


@pytest.mark.parametrize(
    ("key", "value"),
    [("score", "high"), ("score", True), ("level", "safe"), ("datasets", 1), ("tool", None),
     ("findings", [{}]), ("complete", 1)],
)  # fmt: skip
def test_refuses_to_read_what_is_no_report(lake, key, value):
    plain = deepcopy(document(lake)) | {key: value}
    with pytest.raises((ValueError, KeyError, TypeError)):
        read_report(json.dumps(plain))


def test_ndjson_has_one_line_for_each_finding_and_each_thing_left_out(report):
    lines = [json.loads(line) for line in ndjson.render(report).splitlines()]
    plain = document(report)
    kinds = [line.pop("kind") for line in lines]
    tool = report.tool
    first = ["finding"] * len(report.findings) + ["unread"] * len(report.unread)
    rest = ["not_run"] * len(tool.not_run) + ["not_evaluated"] * len(tool.not_evaluated)
    assert kinds == first + rest
    assert lines[: len(first)] == plain["findings"] + plain["unread"]
    assert {
        line["detector"]: line["reason"]
        for k, line in zip(kinds, lines, strict=True)
        if k == "not_run"
    } == tool.not_run
