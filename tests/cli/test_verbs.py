"""The verbs that look at no data: explain, rules, plugins, init."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from program import Run

from privscan.cli import cards, topics


@pytest.fixture
def run(inside: Run) -> Run:
    return inside


KINDS = ("entity", "recognizer", "principle", "check", "law", "policy")


@pytest.mark.parametrize(
    ("topic", "said"),
    [
        ("my_number", "my_number (entity): "),
        ("MY_NUMBER", "my_number (entity): "),
        ("privacy", "privacy (principle): "),
        ("GDPR-9-1", "GDPR-9-1 (law): GDPR 9(1)"),
        ("ingest", "ingest (policy): "),
        ("UsSsnRecognizer", "UsSsnRecognizer (recognizer): "),
        ("PlPesel", "PlPesel (recognizer): "),
        ("exit-codes", "  130: interrupted"),
        ("face_image", "no header words: product image, "),
        ("religion", "vocabulary: christianity"),
        ("health_condition", "parts of words: diabet, asthma"),
    ],
)
def test_explain(run: Run, topic: str, said: str):
    done = run("explain", topic)
    assert done.returncode == 0, done.stderr
    assert said in done.stdout
    assert len(done.stdout.splitlines()) > 2


@pytest.mark.parametrize("topic", ["my_number", "privacy", "GDPR-9-1", "ingest", "exit-codes"])
def test_explain_speaks_japanese(run: Run, topic: str):
    said = run("explain", topic, "--lang", "ja").stdout
    assert re.search(r"[぀-ヿ一-鿿]", said)
    assert said != run("explain", topic).stdout


@pytest.mark.parametrize(
    ("topic", "said"),
    [
        ("my_number", "分類: 公的番号"),
        ("FAIRNESS-CHILDREN", "原則: 公平性, プライバシー"),
        ("PRIVACY-NUMBER-CLEAR", "条件: 公的番号 を含む"),
        ("ingest", "停止するレベル: 高"),
    ],
)
def test_explain_in_japanese_has_words_for_ids(topic: str, said: str):
    [found] = [t for t in topics.topics() if t.id == topic]
    assert said in cards.card("", found.lines("ja"), "ja")
    assert said not in cards.card("", found.lines("en"), "en")


def test_a_check_on_a_principle_is_named_in_english():
    [found] = [t for t in topics.topics() if t.id == "PRIVACY-LEAK"]
    assert found.title == {"en": "NEC 2 Privacy", "ja": "NEC 2 プライバシー"}


def test_every_label_has_its_japanese():
    labels = set(re.findall(r'yield "([^"]+)"', Path(cards.__file__).read_text("utf-8")))
    assert labels - set(cards._JA) <= {"DPV"}
    assert set(cards._JA) <= labels


def test_explain_names_the_nearest(run: Run):
    done = run("explain", "my_numbr")
    assert done.returncode == 2
    assert "did you mean 'my_number'?" in done.stderr


def test_every_listed_rule_can_be_explained(run: Run):
    from privscan.cli.topics import topics

    for topic in topics():
        for lang in ("en", "ja"):
            assert topic.title[lang], topic.id
            assert cards.card(topic.id, topic.lines(lang), lang).count("\n") >= 1, topic.id


def test_rules_list(run: Run):
    rows = json.loads(run("rules", "list", "-f", "json").stdout)
    assert {row["kind"] for row in rows} == set(KINDS)
    laws = run("rules", "list", "law").stdout
    assert all(line.startswith("law ") for line in laws.splitlines())
    done = run("rules", "list", "laws")
    assert done.returncode == 2
    assert "did you mean 'law'?" in done.stderr


def test_shipped_rules_are_right(run: Run):
    done = run("rules", "check")
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""


def test_wrong_rule_is_named_with_file_and_line(run: Run, tmp_path: Path):
    from shutil import copytree

    from privscan.rulebook.folders import rules_folder

    folder = copytree(rules_folder(), tmp_path / "rules")
    file = min((folder / "entities").glob("*.yaml"))
    text = file.read_text("utf-8")
    line = next(n for n, s in enumerate(text.splitlines(), 1) if "weight:" in s)
    file.write_text(text.replace("weight:", "wieght:", 1), "utf-8")
    done = run("rules", "check", folder)
    assert done.returncode == 2
    assert f"{file}:{line}: " in done.stderr
    assert "weight" in done.stderr


def test_rules_schema_is_a_json_schema(run: Run):
    import jsonschema

    jsonschema.Draft202012Validator.check_schema(json.loads(run("rules", "schema").stdout))


@pytest.mark.parametrize("kind", ["entity", "recognizer", "law", "policy"])
def test_skeleton_is_yaml_that_names_the_rule(run: Run, kind: str):
    import yaml

    done = run("rules", "new", kind, "staff_number")
    assert done.returncode == 0, done.stderr
    assert "staff_number" in done.stdout
    assert yaml.safe_load(done.stdout)


def test_unknown_kind_has_no_skeleton(run: Run):
    assert run("rules", "new", "entty", "x").returncode == 2


def test_plugins_are_listed_and_checked(run: Run):
    listed = json.loads(run("plugins", "-f", "json").stdout)
    names = {(p["group"], p["name"]) for p in listed}
    assert {
        ("sources", "parquet"),
        ("detectors", "pattern"),
        ("render", "html"),
        ("cli", "scan"),
    } <= names
    assert all(p["about"] for p in listed)
    checked = json.loads(run("plugins", "--check", "-f", "json").stdout)
    assert all("missing" in p for p in checked)


def test_init_writes_settings_that_are_all_right(run: Run, tmp_path: Path):
    assert run("init").returncode == 0
    file = tmp_path / "privscan.toml"
    text = file.read_text("utf-8")
    assert all(line.startswith("#") for line in text.splitlines() if line)
    assert run("config", "--changed").stdout == f"file: {file}\n"
    (tmp_path / "FILE").write_text("x" * 32, "utf-8")
    bare = re.sub(r"^# (?!#)", "", text, flags=re.MULTILINE)
    bare = re.sub(r"^(Settings|Keys).*$", "", bare, flags=re.MULTILINE)
    file.write_text(bare, "utf-8")
    done = run("config", "-f", "json")
    assert done.returncode == 0, done.stderr
    assert all(row["origin"] != "default" for row in json.loads(done.stdout)["settings"])


def test_init_writes_a_dataset_description_that_loads(run: Run, tmp_path: Path):
    from privscan.assess.context import load_context

    assert run("init", "--dataset").returncode == 0
    assert load_context(tmp_path / "dataset.yaml")


def test_init_overwrites_only_when_told(run: Run, tmp_path: Path):
    file = tmp_path / "privscan.toml"
    file.write_text('lang = "ja"\n', "utf-8")
    done = run("init")
    assert done.returncode == 2
    assert "--force" in done.stderr
    assert file.read_text("utf-8") == 'lang = "ja"\n'
    assert run("init", "--force").returncode == 0
