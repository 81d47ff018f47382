"""The shipped laws against the facts they were worked out from, where these are at hand."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from privscan.rulebook.load import rulebook
from privscan.rulebook.predicate import members

FILE = Path(__file__).parents[3] / "shared" / "reference" / "laws.yaml"
LAWS = {"GDPR": "GDPR", "APPI": "APPI", "MyNumberAct": "My Number Act", "AIAct": "EU AI Act",
        "BIPA": "BIPA", "HIPAA": "HIPAA", "CCPA": "CCPA", "DPDP": "DPDP", "PIPL": "PIPL",
        "LGPD": "LGPD", "CN face-recognition measures (2025-06-01)": "CN-FRT"}  # fmt: skip
OURS = {
    "GDPR-6": "GDPR-6-1", "GDPR-33-34": "GDPR-33", "APPI-2-1-I": "APPI-2-1",
    "APPI-2-2-INS-COMBO": "APPI-2-2-INSURANCE", "APPI-26-7I": "APPI-26-SPECIAL",
    "APPI-26-7II": "APPI-26-MONEY", "APPI-26-7III": "APPI-26-MALICE", "APPI-26-7IV": "APPI-26-1000",
    "MYN-9-19-20": "MYN-9", "AIA-5-OMNIBUS": "AIA-5-1-IMAGES", "BIPA-15-C-E": "BIPA-15-C",
    "DPDP-ANY": "DPDP-4", "NEC-5": "PURPOSE-BIOMETRIC",
}  # fmt: skip
"""Rules whose ids say more here."""

GRADES = "TSM"
"""From text seen to memory."""

pytestmark = pytest.mark.skipif(not FILE.is_file(), reason="the reference facts are not at hand")


def reference():
    held = yaml.safe_load(FILE.read_text(encoding="utf-8")) if FILE.is_file() else {"rules": []}
    ours = {rule.id: rule for rule in rulebook().rules}
    ids = ((theirs, theirs["id"].upper()) for theirs in held["rules"])
    return [(theirs, ours.get(OURS.get(name, name))) for theirs, name in ids]


def there():
    """Those of laws: the policy's own principles have rules of their own."""
    return [(theirs, ours) for theirs, ours in reference() if ours and theirs["law"] in LAWS]


def test_every_rule_is_there():
    assert [theirs["id"] for theirs, ours in reference() if ours is None] == []


@pytest.mark.parametrize(("theirs", "ours"), there(), ids=lambda pair: getattr(pair, "id", ""))
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
    "BIPA-15-C",  # the identifiers that the act lists, as in BIPA-10
    "BIPA-10",  # a palm print is a scan of the hand, a template of any kind is drawn from a body
}


@pytest.mark.parametrize(
    ("theirs", "ours"),
    [
        (theirs, ours)
        for theirs, ours in there()
        if "has" in theirs["when"] and ours.when.has and ours.id not in ON_PURPOSE
    ],
    ids=lambda one: getattr(one, "id", ""),
)
def test_a_rule_asks_for_the_same_entities(theirs, ours):
    groups = rulebook().groups
    wanted = members(tuple(theirs["when"]["has"]), groups)
    assert members(ours.when.has, groups) == wanted
