"""`privscan rules diff`, and the age of rules."""

from __future__ import annotations

import json
import shutil
from datetime import date
from pathlib import Path

import pytest
from program import Run

from privscan.cli.changes import as_text
from privscan.errors import RuleError
from privscan.rulebook.age import stale
from privscan.rulebook.diff import Change, KeyChange, compare
from privscan.rulebook.folders import rules_folder
from privscan.rulebook.load import load

LAW = """version: 1
as_of: '2026-11-23'
status: in force
source: made up
rules:
- {id: X-1, law: X, article: '1', severity: high, when: {has: [email], min_subjects: 10},
   message: {en: One., ja: 一。}, examples: [1]}
- {id: X-2, law: X, article: '2', severity: low, when: {has: [email]}, principles: [privacy, fairness]}
"""


@pytest.fixture
def two(tmp_path: Path) -> tuple[Path, Path]:
    for name in ("old", "new"):
        (tmp_path / name / "laws").mkdir(parents=True)
        (tmp_path / name / "laws" / "x.yaml").write_text(LAW, "utf-8")
        (tmp_path / name / "weights.yaml").write_text("prior: -5.0\nsteps: {slope: 1}\n", "utf-8")
    return tmp_path / "old", tmp_path / "new"


def edit(folder: Path, old: str, new: str, file: str = "laws/x.yaml") -> None:
    text = (folder / file).read_text("utf-8")
    assert old in text
    (folder / file).write_text(text.replace(old, new), "utf-8")


def test_equal_folders_do_not_differ(two, inside: Run):
    assert compare(*two) == ()
    done = inside("rules", "diff", *two)
    assert (done.returncode, done.stdout) == (0, "no rule differs\n")
    assert compare(rules_folder(), rules_folder()) == ()


def test_a_rule_moved_to_another_file_is_no_difference(two):
    (two[1] / "laws" / "x.yaml").rename(two[1] / "laws" / "y.yaml")
    assert compare(*two) == ()


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ("severity: high", "severity: low", KeyChange("severity", "high", "low")),
        ("article: '1'", "article: 1(2)", KeyChange("article", "1", "1(2)")),
        ("en: One.", "en: Two.", KeyChange("message.en", "One.", "Two.")),
        (
            "min_subjects: 10",
            "min_subjects: 11",
            KeyChange(
                "when",
                {"has": ["email"], "min_subjects": 10},
                {"has": ["email"], "min_subjects": 11},
            ),
        ),
        ("examples: [1]", "examples: [2]", KeyChange("examples", [1], [2])),
    ],
)
def test_each_key_that_differs_is_named(two, old: str, new: str, key: KeyChange):
    edit(two[1], old, new)
    assert compare(*two) == (Change("law", "X-1", "changed", (key,)),)


def test_what_a_file_says_of_all_its_rules_changes_each(two):
    edit(two[1], "in force", "repealed")
    assert [(c.id, c.keys[0].new) for c in compare(*two)] == [
        ("X-1", "repealed"),
        ("X-2", "repealed"),
    ]


def test_rules_that_come_and_go(two):
    edit(two[1], "id: X-2", "id: X-3")
    assert [(c.id, c.how) for c in compare(*two)] == [("X-2", "removed"), ("X-3", "added")]


def test_other_settings_are_compared_one_by_one(two):
    edit(two[1], "slope: 1", "slope: 2", "weights.yaml")
    expected = Change("file", "weights.yaml", "changed", (KeyChange("steps.slope", 1, 2),))
    assert compare(*two) == (expected,)


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        (
            "en",
            ("law X-1: changed", "- has email; at least 10 subjects", "+ has email; at least 9"),
        ),
        ("ja", ("法令 X-1: 変更", "- メールアドレス を含む", "本人 10 人以上", "本人 9 人以上")),
    ],
)
def test_conditions_are_shown_in_words(two, inside: Run, lang: str, said: tuple[str, ...]):
    edit(two[1], "min_subjects: 10", "min_subjects: 9")
    done = inside("rules", "diff", *two, "--lang", lang)
    assert done.returncode == 0
    missing = [text for text in said if text not in done.stdout]
    assert not missing, done.stdout


def test_lists_show_what_went_and_what_came(two, inside: Run):
    edit(two[1], "[privacy, fairness]", "[privacy, dignity]")
    said = inside("rules", "diff", *two).stdout
    assert "- fairness" in said
    assert "+ dignity" in said
    assert "privacy" not in said


def test_json_has_both_languages_and_whole_values(two, inside: Run):
    edit(two[1], "min_subjects: 10", "min_subjects: 9")
    [change] = json.loads(inside("rules", "diff", *two, "-f", "json").stdout)
    [key] = change["keys"]
    assert (change["kind"], change["id"], key["new"]["min_subjects"]) == ("law", "X-1", 9)
    assert key["old_in_words"]["en"] == "has email; at least 10 subjects"
    assert "本人 9 人以上" in key["new_in_words"]["ja"]


def test_a_condition_of_another_version_is_shown_as_written(two, inside: Run):
    edit(two[0], "min_subjects: 10", "fewest: 10")
    done = inside("rules", "diff", *two)
    assert done.returncode == 0
    assert '- {"has": ["email"], "fewest": 10}' in done.stdout
    assert "+ has email; at least 10 subjects" in done.stdout


def test_against_the_rules_in_force(inside: Run, tmp_path: Path):
    shutil.copytree(rules_folder(), tmp_path / "rules")
    (tmp_path / "rules" / "laws" / "gdpr.yaml").unlink()
    done = inside("rules", "diff", "rules")
    assert "law GDPR-9-1: added" in done.stdout
    assert ": removed" not in done.stdout


def test_extra_rules_are_compared_as_they_lie_on_the_shipped_ones(two, tmp_path: Path):
    extra = tmp_path / "extra"
    (extra / "laws").mkdir(parents=True)
    (extra / "laws" / "x.yaml").write_text(LAW, "utf-8")
    both = [(change.kind, change.id, change.how) for change in compare(rules_folder(), extra)]
    assert both == [("law", "X-1", "added"), ("law", "X-2", "added")]
    (extra / "impact").mkdir()
    routing = (rules_folder() / "impact" / "routing.yaml").read_text("utf-8")
    later = routing.replace("review_months: 12", "review_months: 6")
    (extra / "impact" / "routing.yaml").write_text(later, "utf-8")
    changed = [change for change in compare(rules_folder(), extra) if change.how == "changed"]
    keys = (KeyChange("review_months", 12, 6),)
    assert changed == [Change("file", "impact/routing.yaml", "changed", keys)]


def test_what_steers_a_terminal_is_not_shown(two):
    edit(two[1], "One.", '"\\e[31mOne.\\u202e"')
    edit(two[1], "X-2", '"X\\n-3: added"')
    said = as_text(compare(*two), "en")
    assert "?[31mOne.?" in said
    assert "law X -3: added: added" in said
    assert all(c.isprintable() or c == "\n" for c in said)


@pytest.mark.parametrize("text", ["rules: [", "\t"])
def test_broken_yaml_names_the_file(two, inside: Run, text: str):
    (two[1] / "laws" / "x.yaml").write_text(text, "utf-8")
    done = inside("rules", "diff", *two)
    assert done.returncode == 2
    assert "x.yaml:" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_folder_without_rules_is_no_rules_folder(two, tmp_path: Path):
    (tmp_path / "empty").mkdir()
    with pytest.raises(RuleError, match="holds no rule files"):
        compare(two[0], tmp_path / "empty")
    with pytest.raises(RuleError, match="no such rules folder"):
        compare(tmp_path / "nowhere", two[0])


def test_rules_older_than_twelve_months_are_stale():
    rules = load(rules_folder())
    newest = max(rule.as_of for rule in rules.rules)
    oldest = date.fromisoformat(min(rule.as_of for rule in rules.rules))
    assert stale(rules, oldest) == ()
    assert stale(rules, oldest.replace(year=oldest.year + 1)) == ()
    assert {r.id for r in rules.rules} <= set(stale(rules, date(int(newest[:4]) + 2, 12, 31)))


def test_check_warns_of_old_rules_and_passes(inside: Run):
    done = inside("rules", "check", "--today", "2030-01-01")
    assert done.returncode == 0
    assert "laws/gdpr.yaml: " in done.stderr
    assert "older than 12 months" in done.stderr
    assert "older than 12 months" not in inside("rules", "check", "--today", "2026-11-25").stderr


def test_check_takes_a_day_only(inside: Run):
    assert inside("rules", "check", "--today", "soon").returncode == 2
