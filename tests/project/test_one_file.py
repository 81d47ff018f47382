"""A recognizer, detector, source, renderer and verb are each one new file and no other edit."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

RECOGNIZER = """
as_of: '2026-11-24'
status: in use
source: made up for a test
recognizers:
  - name: StaffNumberRecognizer
    supported_entity: customer_id
    supported_language: en
    about: {en: "Staff number", ja: "社員番号"}
    patterns:
      - {name: letters and digits, regex: '(?<![0-9A-Z])ZQ-[0-9]{5}(?![0-9])', score: 0.9}
    examples:
      positive: ["ZQ-12345"]
      negative: ["ZQ-123456", "AZQ-12345"]
"""

DETECTOR = '''"""Shoe sizes, which tell little of a person."""

from privscan.model.data import Hits

PLUGIN = True
KINDS = ("text",)


def find(column):
    """Cells that are a European shoe size."""
    mask = column.cells.str.contains(r"^EU (?:3[4-9]|4[0-9])$")
    if mask.any():
        yield Hits("gender", mask, 0.95, "shoe_size")
'''

SOURCE = '''"""Lines of key=value pairs."""

from pathlib import Path

import polars as pl

from privscan.model.data import Batch, Column, Part
from privscan.model.kinds import Kind

PLUGIN = True
SUFFIXES = (".pairs",)
PRIORITY = 5


def sniff(head):
    """The format's own first line."""
    return head.startswith(b"#pairs")


def schema(uri):
    """The keys of the first line of data."""
    return tuple(pair.partition("=")[0] for pair in _lines(uri)[0])


def parts(uri, dataset):
    """One part a file."""
    yield Part("pairs", dataset, uri, bytes=Path(uri).stat().st_size)


def read(part, *, batch_rows=65_536):
    """One batch a file."""
    rows = [dict(pair.partition("=")[::2] for pair in line) for line in _lines(part.uri)]
    cells = {key: pl.Series(key, [row.get(key) for row in rows], pl.String) for key in rows[0]}
    yield Batch(len(rows), tuple(Column(key, Kind.TEXT, c) for key, c in cells.items()))


def _lines(uri):
    return [line.split(";") for line in Path(uri).read_text("utf-8").splitlines()[1:]]
'''

RENDERER = '''"""One line: the score."""

PLUGIN = True
SUFFIXES = (".score",)


def render(report, *, lang="en"):
    """The score and nothing else."""
    return f"{report.score:.0f} {lang}\\n"
'''

VERB = '''"""Say hello."""

import click

from privscan.cli.options import verb

PLUGIN = True
ORDER = 50


@verb("hello")
def command():
    """Say hello."""
    click.echo("hello")
'''


@pytest.fixture(scope="module")
def checkout(tmp_path_factory):
    """The package and its rules, to which files are added and in which none is changed."""
    folder = tmp_path_factory.mktemp("checkout")
    ignored = shutil.ignore_patterns("__pycache__")
    shutil.copytree(ROOT / "src", folder / "src", ignore=ignored)
    shutil.copytree(ROOT / "rules", folder / "rules")
    for name, text in {
        "rules/recognizers/staff_number.yaml": RECOGNIZER,
        "src/privscan/detectors/shoe_size.py": DETECTOR,
        "src/privscan/sources/pairs.py": SOURCE,
        "src/privscan/render/score_line.py": RENDERER,
        "src/privscan/cli/hello.py": VERB,
    }.items():
        (folder / name).write_text(text, "utf-8")
    lines = "".join(f"size=EU {36 + i % 9};badge=ZQ-{10000 + i};rest=x{i}\n" for i in range(80))
    (folder / "data.pairs").write_text(f"#pairs\n{lines}", "utf-8")
    return folder


@pytest.fixture(scope="module")
def run(checkout):
    def call(*arguments):
        return subprocess.run(
            [sys.executable, "-m", "privscan", *arguments],
            cwd=checkout,
            capture_output=True,
            text=True,
            check=False,
            env={**os.environ, "PYTHONPATH": str(checkout / "src")},
        )

    return call


def test_each_is_listed(run):
    rows = json.loads(run("plugins", "-f", "json").stdout)
    listed = {(row["group"], row["name"]): row["about"] for row in rows}
    assert listed["detectors", "shoe_size"] == "Shoe sizes, which tell little of a person."
    assert {("sources", "pairs"), ("render", "score_line"), ("cli", "hello")} <= set(listed)
    assert "hello" in run("--help").stdout
    assert run("hello").stdout == "hello\n"


def test_the_rule_is_checked_and_explained(run):
    assert run("rules", "check").returncode == 0
    assert "社員番号" in run("explain", "StaffNumberRecognizer", "--lang", "ja").stdout


def test_each_does_its_part_in_a_scan(run, checkout):
    done = run("scan", "data.pairs", "-o", "out.score", "-f", "json", "-q")
    assert done.returncode == 0, done.stderr
    columns = {c["path"]: c for c in json.loads(done.stdout)["datasets"][0]["columns"]}
    assert columns["size"]["class"]["entity"] == "gender"
    assert columns["badge"]["class"]["entity"] == "customer_id"
    assert columns["rest"]["class"] is None
    score, lang = (checkout / "out.score").read_text("utf-8").split()
    assert int(score) > 0
    assert lang == "en"
