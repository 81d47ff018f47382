"""Recognizers of the user's own in a scan: Presidio's YAML, word lists, Python classes."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import polars as pl
import pytest

ROOT = Path(__file__).parents[2]

MINE = r"""
version: 1
as_of: '2026-11-24'
status: in use
source: a test
recognizers:
  - name: BadgeRecognizer
    supported_entity: customer_id
    supported_language: en
    patterns:
      - {name: badge, regex: '\bB-\d{6}\b', score: 0.6}
    context: [badge]
  - name: ProjectRecognizer
    supported_entity: EMAIL_ADDRESS
    deny_list: [Project Heron, C++]
  - name: VisitorRecognizer
    supported_entity: customer_id
    python: visitors:VisitorRecognizer
"""

VISITORS = """
from presidio_analyzer import Pattern, PatternRecognizer

class VisitorRecognizer(PatternRecognizer):
    def __init__(self):
        super().__init__("customer_id", patterns=[Pattern("v", r"V(\\d)\\1\\d+", 0.7)])

    def validate_result(self, pattern_text):
        return pattern_text.endswith("7")
"""

CODE = """
import json, sys
import polars as pl
from privscan.detectors.pattern import find
from privscan.model.data import Column
cells = json.loads(sys.argv[1])
print(json.dumps([
    (h.detector, h.score, [i for i, yes in enumerate(h.mask) if yes])
    for h in find(Column("note", "text", pl.Series(cells)))
]))
"""


@pytest.fixture
def mine(tmp_path):
    """A rules folder with recognizers of the user's, as the environment that names it."""
    rules = tmp_path / "rules"
    shutil.copytree(ROOT / "rules", rules)
    (rules / "recognizers" / "mine.yaml").write_text(MINE, "utf-8")
    (tmp_path / "visitors.py").write_text(VISITORS, "utf-8")
    return {**os.environ, "PRIVSCAN_RULES": str(rules), "PYTHONPATH": str(tmp_path)}


def run(*arguments, env):
    return subprocess.run(
        [sys.executable, *arguments], env=env, capture_output=True, text=True, check=False
    )


def test_they_are_asked_as_presidio_would_ask_them(mine):
    cells = ["badge B-123456", "about project heron", "C++", "V1157", "V1158", "V1257", "b-123456"]
    done = run("-c", CODE, json.dumps(cells), env=mine)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == [
        ["pattern/BadgeRecognizer", 0.6, [0, 6]],
        ["pattern/ProjectRecognizer", 1.0, [1, 2]],
        ["pattern/VisitorRecognizer", 1.0, [3]],
    ]


def test_they_are_checked_and_listed_with_their_way(mine):
    done = run("-m", "privscan", "rules", "check", env=mine)
    assert done.returncode == 0, done.stderr
    done = run("-m", "privscan", "plugins", "recognizers", "-f", "json", env=mine)
    ways = {row["name"]: row["way"] for row in json.loads(done.stdout)}
    assert ways["BadgeRecognizer"] == ways["ProjectRecognizer"] == "compiled"
    assert ways["VisitorRecognizer"] == "superset"
    assert ways["PhoneRecognizer"] == "compiled"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("customer_id", "customer_di", "customer_id"),
        ("visitors:VisitorRecognizer", "visitors:Nobody", "module:Class"),
        (r"\d{6}\b", r"(\d{6}\b", "regex"),
        ("    python: visitors:VisitorRecognizer\n", "", "patterns or a deny_list"),
    ],
)
def test_what_is_wrong_with_them_is_said_with_its_place(mine, old, new, said):
    file = Path(mine["PRIVSCAN_RULES"], "recognizers", "mine.yaml")
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new), "utf-8")
    done = run("-m", "privscan", "rules", "check", env=mine)
    assert done.returncode == 2, done.stdout
    assert said in done.stdout + done.stderr
    assert "mine.yaml:" in done.stdout + done.stderr


def test_a_scan_of_common_columns_imports_no_presidio(tmp_path):
    file = tmp_path / "people.csv"
    pl.DataFrame(
        {
            "email": [f"ann{i}@example.com" for i in range(200)],
            "phone": [f"+1 425 882 {i:04}" for i in range(200)],
            "card": ["4111 1111 1111 1111"] * 200,
            "note": [f"order {i} of 2024-01-02 came" for i in range(200)],
            "city": ["Köln", "東京"] * 100,
        }
    ).write_csv(file)
    code = f"import sys, privscan; privscan.scan({str(file)!r}); print(*sys.modules)"
    done = run("-c", code, env=dict(os.environ))
    assert done.returncode == 0, done.stderr
    assert not {"presidio_analyzer", "spacy", "cv2"} & set(done.stdout.split())
