"""The help answers at once, loads nothing heavy, and names near names."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from program import Run

import privscan as ps
from privscan import errors

HEAVY = (
    "polars",
    "pyarrow",
    "numpy",
    "cv2",
    "presidio_analyzer",
    "spacy",
    "pydantic",
    "yaml",
    "rich",
    "PIL",
)
LIGHT = (
    ["--help"],
    ["--version"],
    ["scan", "--help"],
    ["rules", "--help"],
    ["plugins"],
    ["config"],
    ["completion", "bash"],
)

PROBE = """
import sys
from privscan.__main__ import run
code = run({arguments!r})
print([m for m in {heavy!r} if m in sys.modules], code, file=sys.stderr)
"""


@pytest.mark.parametrize("arguments", LIGHT, ids=" ".join)
def test_nothing_heavy_is_loaded(arguments, tmp_path):
    code = PROBE.format(arguments=arguments, heavy=HEAVY)
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=tmp_path
    )
    assert done.stderr.strip().splitlines()[-1] == "[] 0"


def test_help_takes_less_than_300_milliseconds(run: Run):
    def seconds() -> float:
        # Of the processor: what else runs on the machine does not count.
        before = os.times()
        assert run("--help").returncode == 0
        after = os.times()
        return sum(after[2:4]) - sum(before[2:4])

    assert min(seconds() for _ in range(5)) < 0.3


def test_help_lists_every_verb_with_its_purpose(run: Run):
    said = run("--help").stdout
    for verb in [
        "scan",
        "gate",
        "report",
        "explain",
        "rules",
        "plugins",
        "config",
        "init",
        "completion",
    ]:
        assert f"\n  {verb} " in said
    assert " VERB " in said


@pytest.mark.parametrize(
    ("arguments", "near"),
    [
        (["scna"], "'scan'"),
        (["scan", "--fromat", "json", "x"], "--format"),
        (["scan", "-f", "jsn", "x"], "'json'"),
        (["scan", "--detector", "face", "x"], "'faces'"),
        (["scan", "--fail-on", "hihg", "x"], "'high'"),
    ],
)
def test_near_names_are_offered(run: Run, arguments, near):
    done = run(*arguments)
    assert done.returncode == 2
    assert near in done.stderr
    assert done.stdout == ""


def test_version(run: Run):
    import privscan

    assert run("--version").stdout == f"privscan {privscan.__version__}\n"


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_names_its_variable(run: Run, shell):
    assert "_PRIVSCAN_COMPLETE" in run("completion", shell).stdout


def test_completion_completes_verbs(run: Run):
    done = run(_PRIVSCAN_COMPLETE="bash_complete", COMP_WORDS="privscan sc", COMP_CWORD="1")
    assert done.stdout == "plain,scan\n"


@pytest.mark.parametrize(
    "name", ["PrivscanError", "UsageError", "IncompleteError", "PolicyViolationError"]
)
def test_errors_are_names_of_the_package(name: str):
    assert getattr(ps, name) is getattr(errors, name)
    assert name in ps.__all__


def test_an_unknown_error_is_no_name_of_the_package():
    with pytest.raises(AttributeError, match="NoSuchError"):
        _ = ps.NoSuchError
