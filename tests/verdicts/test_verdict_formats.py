"""Every format of a verdict: what it says, that its standard is kept, and that no name breaks it."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from xml.etree import ElementTree as ET

import jsonschema
import pytest
from made_verdicts import BROKEN, HELP, HOSTILE, NO_HELP, PASSED, STOPPED, dataset, hostile, report

from privscan.model.finding import Verdict, Violation
from privscan.registry import plugins
from privscan.verdicts import github, junit, sarif, text
from privscan.verdicts import json as as_json

ROOT = Path(__file__).parents[2]
SCHEMA = json.loads((ROOT / "docs" / "verdict.schema.json").read_text("utf-8"))
SARIF = json.loads((ROOT / "tests" / "render" / "sarif-2.1.0.schema.json").read_text("utf-8"))
FORMATS = [p.name for p in plugins("verdicts")]


def test_the_formats_are_those_of_the_folder():
    assert FORMATS == ["github", "json", "junit", "sarif", "text"]


# ------------------------------------------------------------------ text


def test_a_stop_says_policy_rule_measure_bound_and_what_helps():
    lines = text.render(STOPPED, report()).splitlines()
    assert lines[0] == "STOPPED  policy ingest, score 92 (very high)"
    assert lines[1:3] == ["  staff: The score is 91.5.", "    max_score: 91.5; bound 60"]
    assert lines[4] == "    forbid_clear: 1 cell; bound 0 cells"
    assert lines[5] == "  waived: staff: it is there (W1: Ops, until 2026-12-31: until May)"
    assert lines[6] == "  INCOMPLETE: lake/a.csv: the file is empty"
    assert lines[7] == "  staff: 1 treatment would let it pass (predicted score 31, low)"
    assert lines[8] == "    n: tokenise (Replace by keyed tokens)"


def test_where_no_bundle_passes_it_is_said():
    said = text.render(replace(STOPPED, remedies=(NO_HELP,)), report())
    assert (
        "staff: no bundle of treatments passes; even with all of them this stays: columns" in said
    )
    unsaid = replace(HELP, measures=(), declare=("purposes", "owner"))
    told = text.render(replace(STOPPED, remedies=(unsaid,)), report())
    assert told.endswith("  staff: people have to say in dataset.yaml: purposes, owner\n")
    partly = replace(HELP, passes=False, left=("incomplete",))
    assert "while this stays: incomplete" in text.render(
        replace(STOPPED, remedies=(partly,)), report()
    )


def test_japanese_speaks_no_english():
    said = {"en": "level very high", "ja": "レベルが基準に達する"}
    rules = (
        ("stop_at", "very_high", "high"), ("forbid", "1 cell", "0 cells"), ("min_k", "1", "5"),
        ("protect", "plain", "token_keyed, generalised"), ("columns", "unexpected", "expected columns"),
    )  # fmt: skip
    broken = tuple(Violation(rule, "職員", (), got, bound, said) for rule, got, bound in rules)
    missing = (
        "and 7 more parts unread", "nothing was scanned", "職員: k of 列 was not measured",
        "the report was made by other rules than those in force", "職員: 3.0% could not be read",
        "職員: k of 列 is known from a sample of classes only", "the report says that it is incomplete",
    )  # fmt: skip
    helped = (replace(NO_HELP, dataset="職員", left=("min_k",)),)
    verdict = Verdict(
        "ingest", passed=False, violations=broken, incomplete=missing, remedies=helped
    )
    _, *lines = text.render(verdict, report(), lang="ja").splitlines()
    assert lines[1] == "    停止するレベル(stop_at): 極めて高; 基準 高"
    assert lines[3] == "    禁止する項目(forbid): 1 件; 基準 0 件"
    whole = re.sub("|".join(rule for rule, _, _ in rules), "", "".join(lines))
    assert not re.search("[a-jl-z]", whole)


def test_a_pass_is_one_line():
    assert text.render(PASSED, report()).count("\n") == 1
    assert text.render(PASSED, report()).startswith("PASSED")
    assert text.render(PASSED, report(), lang="ja").startswith("合格")


def test_a_thousand_violations_do_not_flood_the_screen():
    many = replace(STOPPED, violations=(BROKEN,) * 1000)
    assert len(text.render(many, report()).splitlines()) < 120
    assert "and 950 more" in text.render(many, report())


# ------------------------------------------------------------------ JSON


@pytest.mark.parametrize("verdict", [STOPPED, PASSED, replace(STOPPED, remedies=(NO_HELP,))])
def test_json_keeps_the_published_schema(verdict):
    said = json.loads(as_json.render(verdict, report()))
    jsonschema.Draft202012Validator(SCHEMA).validate(said)
    assert said["passed"] is verdict.passed
    assert (said["score"], said["level"]) == (91.5, "very_high")
    assert set(said) == set(SCHEMA["required"])


def test_the_schema_refuses_a_pass_with_violations():
    said = json.loads(as_json.render(STOPPED, report())) | {"passed": True}
    assert not jsonschema.Draft202012Validator(SCHEMA).is_valid(said)


# ------------------------------------------------------------------ JUnit

CASES = {"name": r".+", "classname": r".+", "time": r"\d+"}
SUITES = {
    "name": r".+", "package": r".+", "id": r"\d+", "hostname": r".+", "tests": r"\d+",
    "failures": r"\d+", "errors": r"\d+", "skipped": r"\d+", "time": r"\d+",
    "timestamp": r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d",
}  # fmt: skip
"""Attributes that the schema of Ant's JUnit task asks for, each with its form."""


def of_schema(document):
    """The suites of a document, which keeps that schema and the one of Jenkins."""
    root = ET.fromstring(document.encode("utf-8"))
    assert (root.tag, root.attrib) == ("testsuites", {})
    for number, suite in enumerate(root):
        assert suite.tag == "testsuite"
        assert set(suite.attrib) == set(SUITES)
        assert all(re.fullmatch(SUITES[k], v) for k, v in suite.attrib.items())
        assert suite.get("id") == str(number)
        datetime.fromisoformat(suite.get("timestamp"))
        tags = [child.tag for child in suite]
        cases = suite.findall("testcase")
        assert tags == ["properties", *["testcase"] * len(cases), "system-out", "system-err"]
        for case in cases:
            assert set(case.attrib) == set(CASES)
            assert all(re.fullmatch(CASES[k], v, re.DOTALL) for k, v in case.attrib.items())
            assert len(case) <= 1
            assert all(one.tag in {"failure", "error", "skipped"} for one in case)
            assert all(one.get("type") for one in case if one.tag != "skipped")
        for count, tag in (
            ("tests", ""),
            ("failures", "/failure"),
            ("errors", "/error"),
            ("skipped", "/skipped"),
        ):
            assert int(suite.get(count)) == len(suite.findall(f"testcase{tag}"))
    return list(root)


def test_junit_has_a_suite_a_dataset_and_a_failed_case_a_violation():
    staff, machines, rest = of_schema(junit.render(STOPPED, report()))
    assert [s.get("name") for s in (staff, machines, rest)] == ["staff", "machines", "answer"]
    failed = staff.findall("testcase/failure")
    assert [f.get("type") for f in failed] == ["max_score", "forbid_clear"]
    assert failed[0].text == "max_score: 91.5; bound 60"
    assert "W1" in staff.find("testcase/skipped").get("message")
    assert [c.get("name") for c in machines.findall("testcase")] == ["policy ingest"]
    assert rest.find("testcase/error").get("type") == "incomplete"
    assert "1 treatment would let it pass" in staff.find("system-out").text


def test_junit_of_a_pass_has_no_failure_and_of_nothing_still_a_case():
    suites = of_schema(junit.render(PASSED, report()))
    assert {s.get("failures") for s in suites} == {"0"}
    nothing = Verdict("ingest", passed=False, incomplete=("nothing was scanned",))
    empty = replace(report(), datasets=())
    [only] = of_schema(junit.render(nothing, empty))
    assert only.get("errors") == "1"


# ------------------------------------------------------------------ SARIF


def test_sarif_keeps_its_schema_and_suppresses_what_is_waived():
    log = json.loads(sarif.render(STOPPED, report()))
    jsonschema.Draft7Validator(SARIF).validate(log)
    [run] = log["runs"]
    assert [r["ruleId"] for r in run["results"]] == [
        "gate/max_score", "gate/forbid_clear", "gate/forbid_clear"]  # fmt: skip
    assert ["suppressions" in r for r in run["results"]] == [False, False, True]
    assert run["invocations"][0]["exitCode"] == 1
    assert not run["invocations"][0]["executionSuccessful"]
    assert (
        run["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
        == "lake/staff.csv"
    )
    jsonschema.Draft7Validator(SARIF).validate(json.loads(sarif.render(PASSED, report())))


# ------------------------------------------------------------------ GitHub

COMMAND = re.compile(r"::(error|notice) (?:file=[^,:\r\n]+,)?title=[^,:\r\n]*::[^\r\n]*")


def test_annotations_mark_files_of_the_repository():
    lines = github.render(STOPPED, report()).splitlines()
    assert lines[0] == (
        "::error file=lake/staff.csv,title=staff%3A max_score::"
        "The score is 91.5.%0Amax_score: 91.5; bound 60"
    )
    assert sum(line.startswith("::error") for line in lines) == 3
    assert lines[-1].startswith("::notice title=privscan::STOPPED")
    away = github.render(
        replace(STOPPED, violations=(replace(BROKEN, dataset="machines"),)), report()
    )
    assert "file=" not in away.splitlines()[0]


# ------------------------------------------------------------------ no name breaks a format


@pytest.mark.parametrize("lang", ["en", "ja"])
@pytest.mark.parametrize("name", HOSTILE)
def test_no_name_breaks_a_format(name, lang):
    verdict, held = hostile(name)
    said = text.render(verdict, held, lang=lang)
    assert not re.search("[\x00-\x09\x0b-\x1f\u202e\ud800-\udfff]", said)
    assert said.count("\n") == len(text.render(*hostile("plain"), lang=lang).splitlines())
    for line in github.render(verdict, held, lang=lang).splitlines():
        assert COMMAND.fullmatch(line), line
        assert not re.search("[\x00-\x1f\u202e\ud800-\udfff]", line)
    of_schema(junit.render(verdict, held, lang=lang))
    jsonschema.Draft7Validator(SARIF).validate(json.loads(sarif.render(verdict, held, lang=lang)))
    whole = as_json.render(verdict, held, lang=lang)
    jsonschema.Draft202012Validator(SCHEMA).validate(json.loads(whole))
    assert whole.encode()


def test_a_name_that_ends_a_command_ends_none():
    verdict, held = hostile("x\n::error::forged")
    assert "\n::error::forged" not in github.render(verdict, held)
    assert len(github.render(verdict, held).splitlines()) == 5


def test_a_dataset_called_as_the_rest_is_stays_apart():
    odd = report(dataset("answer"))
    suites = of_schema(junit.render(PASSED, odd))
    assert len(suites) == 2
