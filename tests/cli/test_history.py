"""`scan --store`, `history` and `trend`: what was re-used, and what moved."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from program import QUICK, Run


@pytest.fixture
def run(inside: Run) -> Run:
    return inside


@pytest.fixture
def store(born: Path, run: Run, tmp_path: Path) -> Path:
    """Two scans of one table, the second with a column more."""
    for column in ("", ",seen\n"):
        if column:
            lines = born.read_text("utf-8").splitlines()
            new = [f"{line},{'seen' if i == 0 else '2024-01-31'}" for i, line in enumerate(lines)]
            born.write_text("\n".join(new) + "\n", "utf-8")
        done = run("scan", born, *QUICK, "--store", "kept")
        assert done.returncode == 0, done.stderr
    assert "store: 0 of 1 parts re-used, the others: 1 changed" in done.stderr
    return tmp_path / "kept"


def test_a_third_scan_reads_nothing(store, born, run):
    done = run("scan", born, *QUICK, "--store", store)
    assert "store: 1 of 1 parts re-used\n" in done.stderr
    assert "store" not in run("scan", born, *QUICK, "--store", store, "-q").stderr


def test_gate_takes_a_store_too(store, born, run):
    done = run("gate", born, *QUICK, "--store", store)
    assert "1 of 1 parts re-used" in done.stderr


@pytest.mark.parametrize(("lang", "said"), [("en", "0 of 1 parts re-used"), ("ja", "1単位中0単位")])
def test_history_has_a_line_for_each_scan(store, run, lang, said):
    done = run("history", store, "--lang", lang)
    assert done.returncode == 0
    assert len(done.stdout.splitlines()) == 2
    assert done.stdout.count(said) == 2
    assert "born.csv" in done.stdout


def test_history_is_json_too(store, run):
    entries = json.loads(run("history", store, "-f", "json").stdout)
    assert [entry["reasons"] for entry in entries] == ["1 new", "1 changed"]
    assert {"score", "level", "new", "gone", "complete", "rules_digest"} <= entries[0].keys()


@pytest.mark.parametrize(("lang", "said"), [("en", "  scan 2: score"), ("ja", "  走査2:スコア")])
def test_trend_shows_each_dataset(store, run, lang, said):
    done = run("trend", store, "--lang", lang)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("born\n")
    assert said in done.stdout
    [moved] = json.loads(run("trend", store, "-f", "json").stdout)
    assert [past["scan"] for past in moved["past"]] == [1, 2]


def test_what_is_no_store_is_said(run, born, tmp_path, store):
    for verb in ("history", "trend"):
        done = run(verb, tmp_path)
        assert done.returncode == 2
        assert "no store in this folder" in done.stderr
    done = run("trend", store, "--scope", "elsewhere")
    assert done.returncode == 2
    assert "its scans are of: " in done.stderr
    done = run("scan", born, *QUICK, "--shard", "1/2", "--store", "kept", "-o", "1.evidence")
    assert "takes no --store" in done.stderr


def test_drift_may_stop_a_pipeline(store, born, run, tmp_path):
    assert run("trend", store, "--exit-code").returncode in {0, 1}
    (tmp_path / "more.csv").write_text("seen\n2024-01-31\n2024-02-28\n", "utf-8")
    for names in ((born,), (born,)):
        run("scan", *names, *QUICK, "--store", store)
    assert run("trend", store, "--exit-code").returncode == 0
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "a.csv").write_text("seen\n2024-01-31\n2024-02-28\n", "utf-8")
    run("scan", folder, *QUICK, "--store", store)
    assert run("trend", store, "--exit-code").returncode == 0
    (folder / "b.csv").write_text("born\n1984-01-31\n1985-02-28\n", "utf-8")
    run("scan", folder, *QUICK, "--store", store)
    done = run("trend", store, "--exit-code")
    assert done.returncode == 1
    assert "NEW dataset" in done.stdout
