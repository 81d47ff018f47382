"""The shell steps of action.yml, run as GitHub's runner runs them, with files in place of its own.

Start: `make test-real`, or `pip install check-jsonschema` and `pytest -m real tests/real/test_github_action.py`.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from importlib.util import find_spec
from pathlib import Path

import jsonschema
import polars as pl
import pytest
import yaml
from integration_page import ROOT, pieces

pytestmark = pytest.mark.real

SARIF = json.loads((ROOT / "tests" / "render" / "sarif-2.1.0.schema.json").read_text("utf-8"))
ACTION = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))
CARD = "4000056655665556"
GOOD = pl.DataFrame({"sku": [f"A-{i:04}" for i in range(60)], "amount": range(60)})
BAD = GOOD.with_columns(card=pl.lit(CARD))
FILES = ("GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY")


class Done:
    """What a step left behind: its exit code, its log, its outputs and the job's summary."""

    def __init__(self, folder: Path, process):
        self.code, self.log = process.returncode, process.stdout + process.stderr
        self.said = process.stdout.splitlines()
        texts = [(folder / name).read_text("utf-8") for name in FILES]
        self.outputs = dict(line.split("=", 1) for line in texts[0].splitlines())
        self.summary = texts[1]


def step(folder, name, environment=(), **inputs):
    """Run a step in a folder as the runner does: inputs put in, `bash -eo pipefail` on a file."""
    known = {key: one.get("default", "") for key, one in ACTION["inputs"].items()} | inputs
    (found,) = (one for one in ACTION["runs"]["steps"] if one["name"] == name)
    own = {
        key: re.sub(r"\$\{\{ inputs\.([\w-]+) \}\}", lambda m: known[m[1]], value)
        for key, value in found["env"].items()
    }
    assert "${{" not in found["run"], "an input in a script would be run"
    for file in FILES:
        (folder / file).write_text("", "utf-8")
        own[file] = str(folder / file)
    (folder / "temp").mkdir(exist_ok=True)
    (folder / "step.sh").write_text(found["run"], "utf-8")
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    process = subprocess.run(
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", "step.sh"],
        cwd=folder,
        env={
            **os.environ,
            "PATH": path,
            "RUNNER_TEMP": str(folder / "temp"),
            **own,
            **dict(environment),
        },
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    return Done(folder, process)


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "data").mkdir()
    (tmp_path / "exports").mkdir()
    GOOD.write_csv(tmp_path / "data" / "good.csv")
    return tmp_path


def test_data_that_pass(folder):
    GOOD.write_parquet(folder / "exports" / "more.parquet")
    done = step(folder, "Gate", paths="data/\nexports/*.parquet\n")
    assert done.code == 0, done.log
    assert done.outputs == {"passed": "true", "exit-code": "0", "sarif": "privscan.sarif"}
    assert done.summary.startswith("### privscan gate\n\n    PASSED")
    assert "::error" not in done.log
    log = json.loads((folder / "privscan.sarif").read_text("utf-8"))
    assert log["runs"][0]["results"] == []


def test_a_breach_is_marked_summed_up_and_written_before_the_step_fails(folder):
    BAD.write_csv(folder / "exports" / "bad.csv")
    done = step(folder, "Gate", paths="data/\nexports/bad.csv", sarif="out.sarif")
    assert done.code == 1
    assert done.outputs == {"passed": "false", "exit-code": "1", "sarif": "out.sarif"}
    errors = [line for line in done.said if line.startswith("::error ")]
    assert any("file=exports/bad.csv," in line and "card" in line for line in errors)
    assert not [line for line in done.said if line and not line.startswith("::")]
    assert "STOPPED" in done.summary
    log = json.loads((folder / "out.sarif").read_text("utf-8"))
    jsonschema.Draft7Validator(SARIF).validate(log)
    places = [
        r["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
        for r in log["runs"][0]["results"]
    ]
    assert set(places) == {"exports/bad.csv"}
    assert CARD not in done.log + done.summary + json.dumps(log)


def test_what_cannot_be_read_is_not_passed(folder):
    (folder / "data" / "cut.parquet").write_bytes(b"PAR1" + b"\0" * 40)
    done = step(folder, "Gate", paths="data/")
    assert done.code == 3
    assert done.outputs["passed"] == "false"
    assert done.outputs["sarif"] == "privscan.sarif"


def test_a_wrong_call_uploads_nothing_and_not_the_file_of_an_earlier_run(folder):
    (folder / "privscan.sarif").write_text("{}", "utf-8")
    done = step(folder, "Gate", paths="data/", policy="nothing_of_that_name")
    assert done.code == 2
    assert done.outputs == {"passed": "false", "exit-code": "2"}
    assert done.summary == ""


def test_inputs_are_not_run(folder):
    hostile = "$(touch run-1) `touch run-2`; touch run-3"
    done = step(folder, "Gate", paths=f"data/\n{hostile}", policy=hostile, baseline=hostile)
    assert done.code == 2
    assert not list(folder.glob("run-*"))


def test_a_baseline_lets_stand_what_is_there(folder):
    BAD.write_csv(folder / "data" / "bad.csv")
    until = str((datetime.now(UTC) + timedelta(days=200)).date())
    scan = [sys.executable, "-m", "privscan"]
    made = ["baseline", "write", "old.json", "baseline.yaml", "--owner", "T", "--reason", "until it is moved", "--expires", until]  # fmt: skip
    subprocess.run([*scan, "scan", "data", "-q", "-o", "old.json"], cwd=folder, check=True)
    subprocess.run([*scan, *made], cwd=folder, check=True)
    done = step(folder, "Gate", paths="data", baseline="baseline.yaml", old="old.json")
    assert done.code == 0, done.log
    assert "::notice" in done.log


TINY = """
[build-system]
requires = ["hatchling"]
build-backend = "hatchling.build"
[project]
name = "tiny"
version = "1"
[tool.hatch.build.targets.wheel]
only-include = ["tiny.py"]
"""


def test_a_folder_is_installed_and_by_default_the_actions_own(folder):
    subprocess.run([sys.executable, "-m", "venv", "own"], cwd=folder, check=True)
    (folder / "an action").mkdir()
    (folder / "an action" / "tiny.py").touch()
    (folder / "an action" / "pyproject.toml").write_text(TINY, "utf-8")
    path = f"{folder / 'own' / 'bin'}{os.pathsep}{os.environ['PATH']}"
    done = step(folder, "Install", {"PATH": path}, install=str(folder / "an action"))
    assert done.code == 0, done.log
    assert list((folder / "own").rglob("site-packages/tiny.py"))
    assert ACTION["inputs"]["install"]["default"] == "${{ github.action_path }}"


def test_sarif_is_uploaded_although_the_gate_failed():
    upload = ACTION["runs"]["steps"][-1]
    assert upload["if"].startswith("always() && ")
    assert upload["with"]["sarif_file"] == "${{ steps.gate.outputs.sarif }}"


@pytest.mark.skipif(
    find_spec("check_jsonschema") is None, reason="needs pip install check-jsonschema"
)
def test_action_and_workflow_are_as_githubs_schemas_ask(tmp_path):
    workflow = tmp_path / "workflow.yml"
    workflow.write_text(pieces("GitHub Actions", "yaml")[0], "utf-8")
    given = yaml.safe_load(workflow.read_text("utf-8"))["jobs"]["gate"]["steps"][-1]["with"]
    assert set(given) <= set(ACTION["inputs"])
    for schema, file in {"actions": ROOT / "action.yml", "workflows": workflow}.items():
        checked = ["check_jsonschema", "--builtin-schema", f"vendor.github-{schema}", str(file)]
        done = subprocess.run(
            [sys.executable, "-m", *checked], capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stdout
