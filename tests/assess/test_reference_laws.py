"""The shipped laws against the facts they were worked out from, where these are at hand."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from privscan.rulebook.load import rulebook
from privscan.rulebook.predicate import members

FILE = Path(__file__).parents[3] / "shared" / "reference" / "laws.yaml"
LAWS = {"GDPR": "GDPR", "APPI": "APPI", "MyNumberAct": "My Number Act", "AIAct": "EU AI Act",
        "BIPA": "BIPA", "HIPAA": "HIPAA"}  # fmt: skip
GRADES = "TSM"
"""From text seen to memory."""

pytestmark = pytest.mark.skipif(not FILE.is_file(), reason="the reference facts are not at hand")


def reference():
    held = yaml.safe_load(FILE.read_text(encoding="utf-8")) if FILE.is_file() else {"rules": []}
    ours = {rule.id: rule for rule in rulebook().laws}
    return [
        (theirs, ours[theirs["id"].upper()])
        for theirs in held["rules"]
        if theirs["law"] in LAWS and theirs["id"].upper() in ours
    ]


def test_most_rules_are_there():
    assert len(reference()) > 35


@pytest.mark.parametrize(("theirs", "ours"), reference(), ids=lambda pair: getattr(pair, "id", ""))
def test_a_rule_says_no_more_than_was_seen(theirs, ours):
    assert ours.law == LAWS[theirs["law"]]
    assert GRADES.index(ours.src) >= GRADES.index(theirs["src"])
    assert set(ours.principles) == set(theirs["principle"])
    assert ours.as_of == "2026-11-23"
    assert ours.status


ON_PURPOSE = {
    "AIA-III-4",  # a job title alone rates nobody
    "APPI-2-1",  # parts of a name name a person too
    "APPI-2-2-NUMBER",  # insurance numbers are a code only together: APPI-2-2-INSURANCE
    "BIPA-10",  # a palm print is a scan of the hand, a template of any kind is drawn from a body
}


@pytest.mark.parametrize(
    ("theirs", "ours"),
    [
        (theirs, ours)
        for theirs, ours in reference()
        if "has" in theirs["when"] and ours.when.has and ours.id not in ON_PURPOSE
    ],
    ids=lambda one: getattr(one, "id", ""),
)
def test_a_rule_asks_for_the_same_entities(theirs, ours):
    groups = rulebook().groups
    wanted = members(tuple(theirs["when"]["has"]), groups)
    assert members(ours.when.has, groups) == wanted
