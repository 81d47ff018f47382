"""Settings: a flag beats a variable, which beats the file; errors name file and line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from program import Run

from privscan import config
from privscan.errors import RuleError


@pytest.fixture
def run(inside: Run) -> Run:
    return inside


def value(run: Run, option: str, verb: str = "scan", **more) -> tuple[object, str]:
    done = run("config", verb, "-f", "json", **more)
    assert done.returncode == 0, done.stderr
    rows = json.loads(done.stdout)["settings"]
    row = next(r for r in rows if r["verb"] == verb and r["option"] == option)
    return row["value"], row["origin"]


def test_defaults_are_shown(run: Run):
    assert value(run, "--lang") == ("en", "default")


def test_file_is_found_upward_and_named_with_its_line(run: Run, tmp_path: Path):
    (tmp_path / "privscan.toml").write_text('# ours\nlang = "ja"\n', "utf-8")
    below = tmp_path / "a" / "b"
    below.mkdir(parents=True)
    assert value(run, "--lang", cwd=below) == ("ja", f"{tmp_path}/privscan.toml:2")


def test_variable_beats_file_and_the_verbs_own_beats_the_shared(run: Run, tmp_path: Path):
    (tmp_path / "privscan.toml").write_text("workers = 1\n", "utf-8")
    assert value(run, "--workers", PRIVSCAN_WORKERS="2") == ("2", "PRIVSCAN_WORKERS")
    both = {"PRIVSCAN_WORKERS": "2", "PRIVSCAN_SCAN_WORKERS": "3"}
    assert value(run, "--workers", **both) == ("3", "PRIVSCAN_SCAN_WORKERS")


def test_what_config_shows_is_what_a_verb_gets(run: Run, tmp_path: Path):
    # Each layer is wrong in its own way; the message tells which one click took.
    (tmp_path / "privscan.toml").write_text('[plugins]\nformat = "json"\n', "utf-8")
    assert run("plugins", "cli").stdout.startswith("[")
    assert run("plugins", "cli", PRIVSCAN_PLUGINS_FORMAT="text").stdout.startswith("cli")
    done = run("plugins", "cli", "-f", "json", PRIVSCAN_PLUGINS_FORMAT="text")
    assert done.stdout.startswith("[")


def test_verbs_table_beats_the_key_for_every_verb(run: Run, tmp_path: Path):
    (tmp_path / "privscan.toml").write_text('lang = "ja"\n[gate]\nlang = "en"\n', "utf-8")
    assert value(run, "--lang", "gate")[0] == "en"
    assert value(run, "--lang", "scan")[0] == "ja"


def test_key_for_every_verb_serves_the_verbs_that_take_its_value(run: Run, tmp_path: Path):
    (tmp_path / "privscan.toml").write_text('format = "csv"\n', "utf-8")
    assert value(run, "--format", "scan")[0] == "csv"
    assert value(run, "--format", "gate")[0] == "text"


def test_pyproject_serves_too_and_privscan_toml_comes_first(run: Run, tmp_path: Path):
    (tmp_path / "pyproject.toml").write_text('[tool.privscan]\nlang = "ja"\n', "utf-8")
    assert value(run, "--lang") == ("ja", f"{tmp_path}/pyproject.toml:2")
    (tmp_path / "privscan.toml").write_text('lang = "en"\n', "utf-8")
    assert value(run, "--lang") == ("en", f"{tmp_path}/privscan.toml:1")


def test_pyproject_without_our_table_is_passed_over(run: Run, tmp_path: Path):
    (tmp_path / "privscan.toml").write_text('lang = "ja"\n', "utf-8")
    below = tmp_path / "project"
    below.mkdir()
    (below / "pyproject.toml").write_text('[project]\nname = "x"\n', "utf-8")
    assert value(run, "--lang", cwd=below)[0] == "ja"


def test_paths_in_a_file_are_relative_to_it(run: Run, tmp_path: Path):
    (tmp_path / "key").write_bytes(b"k" * 32)
    (tmp_path / "privscan.toml").write_text('key-file = "key"\n', "utf-8")
    below = tmp_path / "a"
    below.mkdir()
    assert value(run, "--key-file", cwd=below)[0] == f"{tmp_path}/key"


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("workers = 2\nwokers = 3\n", 2, "did you mean 'workers'?"),
        ("\n\n[scna]\nworkers = 3\n", 4, "did you mean 'scan'?"),
        ("[scan]\nworkers = 0\n", 2, "workers"),
        ('lang = "fr"\n', 1, "lang"),
        ("quiet = 1\n", 1, "true or false"),
        ('lang = ["en"]\n', 1, "one value"),
        ("lang = \n", 1, "no valid TOML"),
    ],
)
def test_errors_name_file_line_and_near_name(run: Run, tmp_path: Path, text, line, said):
    (tmp_path / "privscan.toml").write_text(text, "utf-8")
    done = run("config")
    assert done.returncode == 2
    assert f"{tmp_path}/privscan.toml:{line}: " in done.stderr
    assert said in done.stderr


def test_named_file_replaces_the_found_one(run: Run, tmp_path: Path):
    (tmp_path / "privscan.toml").write_text('lang = "ja"\n', "utf-8")
    other = tmp_path / "other.toml"
    other.write_text('lang = "en"\n', "utf-8")
    done = run("--config", other, "config", "scan", "--changed")
    assert f"scan --lang = en  ({other}:1)" in done.stdout


def test_lines_of_dotted_keys_and_inline_tables(tmp_path: Path):
    file = tmp_path / "privscan.toml"
    file.write_text(
        '\ngate.policy = "ingest"\nscan = {workers = 2}\n[rules.list]\nformat = "json"\n', "utf-8"
    )
    entries = {(e.verb, e.option): e.line for e in config.read(file).entries}
    assert entries == {
        (("gate",), "policy"): 2,
        (("scan",), "workers"): 3,
        (("rules", "list"), "format"): 5,
    }


def test_file_that_is_no_text_is_a_rule_error(tmp_path: Path):
    file = tmp_path / "privscan.toml"
    file.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(RuleError, match="UTF-8"):
        config.read(file)
