"""Shipped policies and those of users: their own examples hold, or they are no policies."""

from __future__ import annotations

import shutil

import pytest

from privscan.assess.policies import check_policies, load_policy
from privscan.errors import RuleError
from privscan.rulebook.folders import rules_folder
from privscan.rulebook.load import rulebook
from privscan.rulebook.policies import Policy

SHIPPED = ("ingest", "ingest-strict", "japan-mynumber", "ml-training", "share-externally")


def test_the_starter_policies_are_there_and_hold_what_their_examples_say():
    assert tuple(sorted(rulebook().policies)) == SHIPPED
    assert check_policies(rules_folder()) == []
    for policy in rulebook().policies.values():
        outcomes = [bool(one.breaks or one.incomplete) for one in policy.examples]
        assert {True, False} == set(outcomes)
        assert policy.about.en != policy.about.ja


@pytest.fixture
def folder(tmp_path):
    rules = tmp_path / "rules"
    shutil.copytree(rules_folder(), rules)
    return rules


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("breaks: [stop_at]}", "breaks: []}", "breaks stop_at, and should break nothing"),
        (
            "breaks: [forbid_clear]}",
            "breaks: [forbid]}",
            "breaks forbid_clear, and should break forbid",
        ),
        ("unread: 0.2, incomplete: true", "unread: 0.2", "unread in the example"),
        ("score: 55}", "score: 55, incomplete: true}", "nothing is lacking"),
        ("stop_at: high", "stop_at: very_high", "should break stop_at"),
    ],
)
def test_a_policy_that_does_not_do_what_its_examples_say_is_told(folder, old, new, said):
    file = folder / "policies" / "ingest.yaml"
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), "utf-8")
    errors = check_policies(folder)
    assert errors
    assert said in errors[0].what
    line = int(errors[0].where.rpartition(":")[2])
    assert text.splitlines()[line - 1].startswith("  - {")


@pytest.mark.parametrize("kept", ["score: 55}", "breaks: [stop_at]}"])
def test_a_shipped_policy_shows_a_pass_and_a_stop(folder, kept):
    file = folder / "policies" / "ingest.yaml"
    lines = [
        line
        for line in file.read_text("utf-8").splitlines()
        if not line.startswith("  - {") or kept in line
    ]
    file.write_text("\n".join(lines) + "\n", "utf-8")
    [error] = check_policies(folder)
    assert "one that does not" in error.what


HEAD = "id: mine\nabout: {en: a, ja: b}\nas_of: '2026-11-25'\nstatus: s\nsource: t\n"


@pytest.mark.parametrize(
    ("text", "line", "said", "hint"),
    [
        ("protect: [{entities: [gov_ids], states: [plain]}]\n", 6, "gov_ids", "gov_id"),
        ("protect: [{entities: [gov_id], states: [tokenised]}]\n", 6, "states", ""),
        ("protect: [{entities: [], states: [plain]}]\n", 6, "entities", ""),
        ("protect: [{entitys: [email], states: [plain]}]\n", 6, "entitys", "entities"),
        ("declare: [{entities: [biometrc]}]\n", 6, "biometrc", "biometric"),
        ("declare: [{entities: [biometric], keys: [purpose]}]\n", 6, "keys", ""),
        ("min_k: 1\n", 6, "min_k", ""),
        ("min_k: five\n", 6, "min_k", ""),
        ("columns: [{required: {a: txt}}]\n", 6, "columns", ""),
        ("columns: [{allow: {a: text}}]\n", 6, "allow", "allowed"),
        ("jurisdictions: [Japan]\n", 6, "ISO 3166", ""),
        ("stop_new: [my_numbr]\n", 6, "my_numbr", "my_number"),
        ("incomplete: {unread: 0.1}\n", 6, "unread", "unread_share"),
        ("incomplete: {detectors: [face]}\n", 6, "face", "faces"),
        ("incomplete: {unread_share: 2}\n", 6, "unread_share", ""),
        ("examples:\n  - {has: {emai: plain}}\n", 7, "emai", "email"),
        ("examples:\n  - {findings: {GDPR-4-2: high}}\n", 7, "GDPR-4-2", "did you mean"),
        ("examples:\n  - {context: {subjects: aliens}}\n", 7, "subjects", ""),
        ("forbid: [email]\nexamples:\n  - {has: {email: plain}}\n", 8, "should break nothing", ""),
    ],
)
def test_a_wrong_policy_is_told_with_its_line_and_the_near_name(tmp_path, text, line, said, hint):
    file = tmp_path / "mine.yaml"
    file.write_text(HEAD + text, "utf-8")
    with pytest.raises(RuleError) as caught:
        load_policy(file)
    assert caught.value.where == f"{file}:{line}"
    assert said in caught.value.what
    assert hint in caught.value.hint


def test_a_policy_without_examples_is_a_policy(tmp_path):
    file = tmp_path / "mine.yaml"
    file.write_text(HEAD + "forbid: [email]\n", "utf-8")
    assert isinstance(load_policy(file), Policy)
