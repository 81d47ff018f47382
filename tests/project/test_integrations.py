"""Shells around the gate for other tools: they parse, and load a tool only where it is used."""

from __future__ import annotations

import importlib.util
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[2]
SHELLS = sorted((ROOT / "src" / "privscan" / "integrations").glob("[!_]*.py"))
TOOLS = {"airflow", "confluent_kafka", "dagster"}
PROBE = """
import importlib, sys
import polars as pl
import privscan as ps

ps.scan(pl.DataFrame({"n": [1, 2, 3]}), detectors=["dates"])
own = [name for name in sys.modules if name.startswith("privscan.integrations")]
for shell in %r:
    importlib.import_module(f"privscan.integrations.{shell}")
print(own, *(name for name in sys.modules if name.partition(".")[0] in %r))
"""


def test_a_scan_loads_no_shell_and_a_shell_no_tool():
    probe = PROBE % ([shell.stem for shell in SHELLS], TOOLS)
    done = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_each_shell_has_its_section_and_its_test():
    page = (ROOT / "docs" / "integrations.md").read_text("utf-8")
    assert {shell.stem for shell in SHELLS} == {"airflow", "dagster", "kafka"}
    for shell in SHELLS:
        assert f"\n## {shell.stem.capitalize()}\n" in page
        assert (ROOT / "tests" / "real" / f"test_{shell.stem}.py").is_file()


def pattern():
    (hook,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
    return hook["files"]


def test_the_hook_takes_the_files_of_every_source():
    spec = importlib.util.spec_from_file_location("hook", ROOT / "docs" / "make_hook.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    text = module.HOOKS.read_text("utf-8")
    assert module.made(text) == text, "make docs brings it up to date"


@pytest.mark.parametrize(
    ("name", "taken"),
    [("a/b.csv", True), ("B.PARQUET", True), ("x.jsonl.gz", True), ("face.JPG", True),
     ("tool.py", False), ("README.md", False), ("csv", False), ("a.csv.py", False), ("acsv", False)],
)  # fmt: skip
def test_the_hook_takes_data_and_no_code(name, taken):
    assert bool(re.search(pattern(), name)) == taken


def test_the_action_runs_no_input():
    steps = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))["runs"]["steps"]
    scripts = [step["run"] for step in steps if "run" in step]
    assert len(scripts) > 1
    assert not [script for script in scripts if "${{" in script]
