"""A rules folder, whole or of extra files: what it is made of, and what is told of a slip in it."""

from __future__ import annotations

import shutil

import pytest

from privscan.__main__ import run
from privscan.assess.checksheet import sheets
from privscan.assess.context import Context
from privscan.assess.findings import findings
from privscan.assess.shapes import check_assessing
from privscan.errors import RuleError
from privscan.rulebook.examples import check_rules, example_profile
from privscan.rulebook.folders import files, layers, rules_folder, single, unread
from privscan.rulebook.load import load, rulebook
from privscan.rulebook.schema import Example
from privscan.rulebook.skeletons import skeleton

SHIPPED = rules_folder()


@pytest.fixture
def extra(tmp_path):
    """A folder with one law of somebody's own."""
    folder = tmp_path / "ours"
    (folder / "laws").mkdir(parents=True)
    (folder / "laws" / "ours.yaml").write_text(skeleton("law", "OURS-1"), encoding="utf-8")
    return folder


def test_extra_files_lie_on_the_shipped_rules(extra, monkeypatch):
    monkeypatch.setenv("PRIVSCAN_RULES", str(extra))
    rules = rulebook()
    assert layers(extra) == (SHIPPED, extra)
    assert {"OURS-1", "GDPR-4-1"} <= {rule.id for rule in rules.rules}
    assert rules.digest != load(SHIPPED).digest
    assert [sheet.phase for sheet in sheets()] == ["planning", "design", "operation"]
    assert check_rules(extra) == []
    assert rules.places["OURS-1"].startswith(str(extra))


def test_a_finding_of_an_extra_law_is_made(extra, monkeypatch):
    monkeypatch.setenv("PRIVSCAN_RULES", str(extra))
    made = example_profile(Example(fires=True, has={"email": "plain"}))
    found = findings(made, rulebook(), Context(jurisdictions=("EU",)))
    assert "OURS-1" in {f.check for f in found}


def test_an_id_that_a_shipped_rule_has_is_refused(extra):
    file = extra / "laws" / "ours.yaml"
    file.write_text(skeleton("law", "GDPR-10"), encoding="utf-8")
    with pytest.raises(RuleError, match="defined twice") as caught:
        load(extra)
    assert caught.value.where.startswith(f"{file}:")


def test_one_file_of_settings_replaces_the_shipped_one(extra):
    shutil.copytree(SHIPPED / "impact", extra / "impact")
    (extra / "impact" / "routing.yaml").unlink()
    assert single(extra, "impact/threshold.yaml") == extra / "impact" / "threshold.yaml"
    assert single(extra, "impact/routing.yaml") == SHIPPED / "impact" / "routing.yaml"
    assert files(extra, "laws")[-1] == extra / "laws" / "ours.yaml"


def test_a_folder_without_rule_files_is_no_rules_folder(tmp_path):
    (tmp_path / "notes.yaml").write_text("a: 1", encoding="utf-8")
    with pytest.raises(RuleError, match="holds no rule files"):
        load(tmp_path)


@pytest.mark.parametrize(
    ("place", "hint"),
    [
        ("lawz/ours.yaml", "'laws'"),
        ("group.yaml", "'groups.yaml'"),
        ("laws/eu/ours.yaml", "stand in"),
    ],
)
def test_a_file_that_nothing_reads_is_told(rules, place, hint):
    file = rules / place
    file.parent.mkdir(exist_ok=True)
    file.write_text("a: 1", encoding="utf-8")
    (error,) = unread(rules)
    assert error.where == f"{file}:1"
    assert hint in error.hint
    assert unread(SHIPPED) == []


SLIPS = [
    ("checksheets/operation.yaml", "principle: privacy", "principle: privasy", "'privacy'"),
    ("checksheets/operation.yaml", "viewpoint: fairness", "viewpont: fairness", "'viewpoint'"),
    ("checksheets/design.yaml", "settled_by: {", "settled_by: {has: [emale], ", "'email'"),
    ("impact/threshold.yaml", "has: [credit_score", "has: [credit_skore", "'credit_score'"),
    ("impact/threshold.yaml", "  nothing:", "  nothin:", "'nothing'"),
    ("impact/treatments.yaml", "entities: [face_image]", "entities: [face_imag]", "'face_image'"),
    ("impact/treatments.yaml", "gives: removed", "gives: remove", ""),
    ("impact/routing.yaml", "  very_high: [owner", "  very_hi: [owner", ""),
    ("impact/routing.yaml", "high: [owner, privacy_officer, committee]", "high: []", ""),
    ("impact/routing.yaml", "[owner, privacy_officer]", "[owner, privacy_oficer]", ""),
    ("impact/data_actions.yaml", "has: [credit_score", "has: [credit_skore", "'credit_score'"),
    ("impact/routing.yaml", "review_months: 12", "review_months: 0", ""),
]


@pytest.mark.parametrize(("name", "old", "new", "hint"), SLIPS)
def test_what_only_assessments_read_is_checked_too(rules, name, old, new, hint):
    file = rules / name
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    (error,) = check_assessing(rules)
    where, _, line = error.where.rpartition(":")
    assert where == str(file)
    assert int(line) > 1
    assert hint in error.hint
    assert check_assessing(SHIPPED) == []


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        SLIPS[0][:3],
        ("laws/gdpr.yaml", "has: [biometric]", "has: [biometrik]"),
    ],
)
def test_rules_check_reads_the_folder_it_is_given(rules, capsys, name, old, new):
    file = rules / name
    file.write_text(file.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
    assert run(["rules", "check", str(rules)]) == 2
    said = capsys.readouterr().err
    assert f"{file}:" in said
    assert str(SHIPPED) not in said
