"""Rule files: every slip is an error with file and line; the digest covers every file."""

from __future__ import annotations

import importlib
import shutil
from pathlib import Path

import pytest

from privscan.errors import RuleError
from privscan.rulebook.folders import rules_folder
from privscan.rulebook.load import _digest, load, rulebook


def edited(folder, name, old, new):
    """Change one place of a file; its line after the change."""
    file = folder / name
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    return file


def line_of(file, text):
    lines = file.read_text(encoding="utf-8").splitlines()
    return next(i for i, line in enumerate(lines, 1) if text in line)


def refused(folder):
    with pytest.raises(RuleError) as caught:
        load(folder)
    return caught.value


def test_the_shipped_rules_load(rules):
    assert load(rules).digest == rulebook().digest
    assert len(load(rules).entities) > 90


@pytest.mark.parametrize(
    "slip",
    [
        ("laws/gdpr.yaml", "    severity: info", "    severty: info", "severty", "severity"),
        ("laws/gdpr.yaml", "severity: info", "severity: grave", "severity: grave", ""),
        ("laws/gdpr.yaml", "has: [biometric]", "hass: [biometric]", "hass", "has"),
        ("laws/gdpr.yaml", "has: [biometric]", "has: biometric", "has: biometric", ""),
        ("laws/gdpr.yaml", "src: T", "src: X", "src: X", ""),
        ("laws/gdpr.yaml", "fires: true, has: {email: plain}", "fires: true, hs: {email: plain}",
         "hs: {email", "has"),
        ("laws/gdpr.yaml", "{email: plain}", "{email: plane}", "email: plane", ""),
        ("laws/gdpr.yaml", "context: {needed_columns", "context: {needed_column", "{needed_column:",
         ""),
        ("laws/gdpr.yaml", "missing: [purposes]", "missing: [purpose]", "missing: [purpose]", ""),
        ("laws/gdpr.yaml", "jurisdictions: [EU]", "jurisdictions: [Europe]", "[Europe]", ""),
        ("laws/gdpr.yaml", "has: [biometric]", "state: [plain]", "when: {state", ""),
        ("laws/gdpr.yaml", "least: 2", "least: 9", "when:\n", ""),
        ("groups.yaml", "money_risk: [card_number", "money_risk: [card_nr", "money_risk",
         "card_number"),
        ("groups.yaml", "groups:", "grups:", "grups", "groups"),
        ("policies/ingest.yaml", "[gov_id", "[gov_idd", "forbid_clear", "gov_id"),
        ("scoring/scoring.yaml", "core_floor", "corefloor", "corefloor", "core_floor"),
        ("scoring/scoring.yaml", "plain: 1.0", "plain: 1.5", "plain: 1.5", ""),
        ("entities/contact.yaml", "role: D", "role: Z", "role: Z", ""),
        ("entities/contact.yaml", "entities:", "entites:", None, ""),
        ("principles/principles.yaml", "viewpoint: privacy", "viewpoint: [1]", "viewpoint: [1]",
         ""),
    ],
)  # fmt: skip
def test_a_slip_is_told_with_its_line_and_the_near_name(rules, slip):
    name, old, new, at, hint = slip
    file = edited(rules, name, old, new)
    error = refused(rules)
    where, _, line = error.where.rpartition(":")
    assert where == str(file)
    if at is None:
        assert line == "1"
    elif at != "when:\n":
        assert int(line) == line_of(file, at)
    assert hint in error.hint


@pytest.mark.parametrize(
    ("old", "new", "said", "near"),
    [
        ("has: [biometric]", "has: [biometrics]", "no entity or group", "biometric"),
        ("without: [face_template]", "without: [face_tmplate]", "no entity or group",
         "face_template"),
        ("beside: [personal_any]", "beside: [personal_ani]", "no entity or group", "personal_any"),
        ("principles: [privacy]", "principles: [privcy]", "no principle", "privacy"),
        ("under: [PRIVACY-UNNEEDED]", "under: [PRIVACY-UNEEDED]", "no rule", "PRIVACY-UNNEEDED"),
    ],
)  # fmt: skip
def test_a_name_that_leads_nowhere_is_told(rules, old, new, said, near):
    edited(rules, "laws/gdpr.yaml", old, new)
    error = refused(rules)
    assert said in error.what
    assert error.where.startswith(f"{rules}/laws/gdpr.yaml:")
    assert near in error.hint


def test_a_rule_may_not_stand_under_itself(rules):
    edited(rules, "laws/gdpr.yaml", "under: [PRIVACY-UNNEEDED]", "under: [GDPR-5-1-C]")
    assert refused(rules).what == "GDPR-5-1-C stands under itself"


def test_rules_may_not_stand_under_each_other(rules):
    edited(rules, "laws/gdpr.yaml", "under: [PRIVACY-UNNEEDED]", "under: [GDPR-8]")
    edited(rules, "laws/gdpr.yaml", "under: [FAIRNESS-CHILDREN]", "under: [GDPR-25, GDPR-5-1-C]")
    assert "stands under itself" in refused(rules).what


@pytest.mark.parametrize("name", ["laws/gdpr.yaml", "entities/contact.yaml"])
def test_an_id_is_defined_once(rules, name):
    shutil.copy(rules / name, (rules / name).with_name("zz_again.yaml"))
    error = refused(rules)
    assert "defined twice" in error.what
    assert "zz_again.yaml:" in error.where


def test_a_check_and_a_law_share_no_id(rules):
    edited(rules, "laws/gdpr.yaml", "id: GDPR-4-1\n", "id: PRIVACY-FACE\n")
    assert "defined twice" in refused(rules).what


@pytest.mark.parametrize(
    "text", ["", "[]", "just text", "42", "rules:\n", "rules: 7\n", "rules: [1]\n", "ruls: []\n"]
)
@pytest.mark.parametrize("name", ["laws/gdpr.yaml", "groups.yaml", "scoring/scoring.yaml"])
def test_a_file_of_another_shape_is_an_error_and_no_crash(rules, name, text):
    (rules / name).write_text(text, encoding="utf-8")
    assert refused(rules).where.startswith(str(rules / name))


@pytest.mark.parametrize(
    "name", ["laws/gdpr.yaml", "entities/contact.yaml", "principles/principles.yaml",
             "groups.yaml", "policies/ingest.yaml", "scoring/scoring.yaml"]
)  # fmt: skip
def test_no_file_may_be_in_another_encoding(rules, name):
    text = (rules / name).read_text(encoding="utf-8")
    (rules / name).write_text(text, encoding="utf-16")
    assert refused(rules).where == f"{rules / name}:1"


@pytest.mark.parametrize("name", ["groups.yaml", "scoring/scoring.yaml"])
def test_a_missing_file_is_named(rules, name):
    (rules / name).unlink()
    error = refused(rules)
    assert "cannot be read" in error.what
    assert error.where == str(rules / name)


def test_a_missing_folder_is_named(tmp_path):
    error = refused(tmp_path / "none")
    assert (error.what, error.where) == ("no such rules folder", str(tmp_path / "none"))


def test_the_digest_changes_with_any_file(rules):
    seen = {_digest(rules)}
    files = sorted(rules.rglob("*.yaml"))
    for file in files:
        text = file.read_bytes()
        file.write_bytes(text + b"\n# a word more\n")
        seen.add(_digest(rules))
        file.write_bytes(text)
    assert len(seen) == 1 + len(files)
    assert seen >= {_digest(rules), rulebook().digest}


def test_the_digest_changes_with_a_name(rules):
    before = _digest(rules)
    (rules / "policies" / "ingest.yaml").rename(rules / "policies" / "renamed.yaml")
    assert _digest(rules) != before


def test_where_each_rule_stands_is_known():
    for rule in rulebook().rules:
        file, _, line = rulebook().places[rule.id].rpartition(":")
        at = Path(file).read_text(encoding="utf-8").splitlines()[int(line) - 1]
        assert at.strip() == f"- id: {rule.id}"


def test_personal_data_is_every_entity_but_credentials():
    groups, entities = rulebook().groups, rulebook().entities
    secrets = {"password", "pin", "secret_key", "card_security"}
    assert entities.keys() - groups["personal_any"] == secrets
    assert "email" in groups["direct"]
    assert "religion" not in groups["direct"]


# ------------------------------------------------------------------ which folder


def test_a_variable_names_the_folder(rules, monkeypatch):
    monkeypatch.setenv("PRIVSCAN_RULES", str(rules))
    assert rules_folder() == rules
    edited(rules, "policies/ingest.yaml", "id: ingest", "id: ours")
    assert "ours" in rulebook().policies
    monkeypatch.delenv("PRIVSCAN_RULES")
    assert "ours" not in rulebook().policies


def test_a_folder_that_is_none_is_an_error_with_the_way_out(tmp_path, monkeypatch):
    monkeypatch.setenv("PRIVSCAN_RULES", str(tmp_path / "none"))
    with pytest.raises(RuleError, match="unset PRIVSCAN_RULES"):
        rulebook()


def test_an_installed_package_brings_its_rules(tmp_path, monkeypatch):
    module = importlib.import_module("privscan.rulebook.folders")
    package = tmp_path / "site-packages" / "privscan"
    (package / "rulebook").mkdir(parents=True)
    shutil.copytree(rules_folder(), package / "_rules")
    monkeypatch.setattr(module, "__file__", str(package / "rulebook" / "folders.py"))
    monkeypatch.setattr(module, "_own_folder", module._own_folder.__wrapped__)
    assert rules_folder() == package / "_rules"
    assert load(rules_folder()).digest == rulebook().digest
