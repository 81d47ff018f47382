"""SARIF is valid by the official schema and points where the finding is.

`sarif-2.1.0.schema.json` is OASIS's own, from the SARIF 2.1.0 standard with errata 01
(github.com/oasis-tcs/sarif-spec, Schemata/sarif-schema-2.1.0.json), unchanged.
"""

from __future__ import annotations

import json
from pathlib import Path
from urllib.parse import unquote_to_bytes

import jsonschema
import pytest
from made_reports import dataset, whole

from privscan.model.data import Unread
from privscan.render import sarif
from privscan.render.sarif import render

SCHEMA = json.loads(Path(__file__).with_name("sarif-2.1.0.schema.json").read_text("utf-8"))
VALID = jsonschema.validators.validator_for(SCHEMA)(
    SCHEMA, format_checker=jsonschema.FormatChecker()
)


def run(report, lang="en"):
    return json.loads(render(report, lang=lang))["runs"][0]


@pytest.mark.parametrize("lang", ["en", "ja"])
def test_valid_by_the_official_schema(report, lang):
    log = json.loads(render(report, lang=lang))
    assert [f"{list(e.path)}: {e.message}" for e in VALID.iter_errors(log)] == []


def test_the_validator_refuses_what_is_wrong(lake):
    log = json.loads(render(lake))
    log["runs"][0]["results"][0]["level"] = "fatal"
    assert not VALID.is_valid(log)


def test_each_result_points_at_its_rule_file_and_columns(report):
    made = run(report)
    rules = made["tool"]["driver"]["rules"]
    assert len({rule["id"] for rule in rules}) == len(rules)
    assert len(made["results"]) == len(report.findings)
    uris = {d.name: d.uri for d in report.datasets}
    for result, finding in zip(made["results"], report.findings, strict=True):
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"] == finding.check
        assert result["partialFingerprints"] == {"privscan/v1": finding.id}
        [place] = result["locations"]
        uri = place["physicalLocation"]["artifactLocation"]["uri"]
        assert unquote_to_bytes(uri).decode("utf-8", "surrogateescape") == uris[finding.dataset]
        assert len(place.get("logicalLocations", ())) == len(finding.columns)


def test_grave_findings_are_errors_and_slight_ones_notes(lake):
    levels = {r["properties"]["severity"]: r["level"] for r in run(lake)["results"]}
    assert levels == {
        "very_high": "error",
        "high": "error",
        "medium": "warning",
        "low": "note",
        "info": "note",
    }


def test_an_incomplete_scan_did_not_succeed(cases):
    [call] = run(cases["unread"]())["invocations"]
    assert call["executionSuccessful"] is False
    assert "the file is empty" in call["toolExecutionNotifications"][0]["message"]["text"]
    assert run(cases["ordinary"]())["invocations"][0]["executionSuccessful"] is True


def test_what_was_left_out_is_said_in_the_language(cases):
    part = Unread("lake/a.csv", "", "empty file")
    left = {"ocr": "pip install 'privscan[ocr]'"}
    report = whole((dataset(),), (), (part,), not_run=left, not_evaluated=("BIPA",))
    for lang, words in {
        "en": ("not read: empty file", "detector not run: ocr: pip", "BIPA"),
        "ja": ("読み取れなかった部分:空のファイル", "実行しなかった検出器:ocr:未導入", "イリノイ"),
    }.items():
        notes = [
            note["message"]["text"]
            for note in run(report, lang)["invocations"][0]["toolExecutionNotifications"]
        ]
        for word in words:
            assert any(word in note for note in notes), word
    assert not run(cases["ordinary"]())["invocations"][0]["toolExecutionNotifications"]


def test_both_languages_are_one_run_with_each_result_once(report):
    made, log = run(report, "both"), json.loads(render(report, lang="both"))
    assert len(log["runs"]) == 1
    assert VALID.is_valid(log)
    assert len(made["results"]) == len(report.findings)
    for result, f in zip(made["results"], report.findings, strict=True):
        assert f.advice["en"] in result["message"]["text"] or "\x1b" in f.message["en"]
        assert f.advice["ja"] in result["message"]["text"]


def test_no_more_results_than_github_takes_the_gravest_first(lake, monkeypatch):
    assert sarif.MOST == 25_000
    monkeypatch.setattr(sarif, "MOST", 2)
    made = run(lake)
    assert [r["partialFingerprints"]["privscan/v1"] for r in made["results"]] == [
        f.id for f in lake.findings[:2]
    ]
    [said] = made["invocations"][0]["toolExecutionNotifications"]
    assert said["message"]["text"].startswith("4 less grave findings are left out here")
    assert said["level"] == "warning"
    assert VALID.is_valid(json.loads(render(lake)))


def test_tags_keep_to_what_github_shows(report):
    assert all(len(r["properties"]["tags"]) <= 10 for r in run(report)["tool"]["driver"]["rules"])
