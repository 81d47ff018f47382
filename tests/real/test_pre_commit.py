"""A commit stopped by the hook of this repository, installed by pre-commit itself.

Start: `make test-real`, or `pip install pre-commit` and `pytest -m real tests/real/test_pre_commit.py`.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from importlib.util import find_spec

import polars as pl
import pytest
from integration_page import ROOT, pieces

pytestmark = [
    pytest.mark.real,
    pytest.mark.skipif(find_spec("pre_commit") is None, reason="needs pip install pre-commit"),
]

CARD = "4000056655665556"
GOOD = pl.DataFrame({"sku": [f"A-{i:04}" for i in range(60)], "amount": range(60)})
BAD = GOOD.with_columns(card=pl.lit(CARD))
PUBLISHED = ("src", "rules", "pyproject.toml", "README.md", ".pre-commit-hooks.yaml")


class Place:
    """A folder in which commands run with a Git identity and pre-commit's home of its own."""

    def __init__(self, folder, home):
        self.folder = folder
        self.env = {
            **os.environ,
            "PRE_COMMIT_HOME": str(home),
            **{f"GIT_{who}_NAME": "T" for who in ("AUTHOR", "COMMITTER")},
            **{f"GIT_{who}_EMAIL": "t@example.com" for who in ("AUTHOR", "COMMITTER")},
        }

    def call(self, *arguments):
        return subprocess.run(
            arguments,
            cwd=self.folder,
            env=self.env,
            capture_output=True,
            text=True,
            check=False,
            timeout=900,
        )

    def done(self, *arguments):
        done = self.call(*arguments)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def commit(self, name, data):
        """A commit of data as a file, and all that Git and the hook say."""
        (self.folder / name).parent.mkdir(exist_ok=True)
        if name.endswith(".parquet"):
            data.write_parquet(self.folder / name)
        else:
            data.write_csv(self.folder / name)
        self.done("git", "add", name)
        done = self.call("git", "commit", "-m", "data")
        return done.returncode, done.stdout + done.stderr


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    return tmp_path_factory.mktemp("pre-commit-home")


@pytest.fixture(scope="module")
def published(tmp_path_factory, home):
    """This checkout as a repository that has a tag."""
    folder = tmp_path_factory.mktemp("published") / "privscan"
    folder.mkdir()
    for name in PUBLISHED:
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy2
        ignored = (
            {"ignore": shutil.ignore_patterns("__pycache__")} if (ROOT / name).is_dir() else {}
        )
        copy(ROOT / name, folder / name, **ignored)
    place = Place(folder, home)
    place.done("git", "init", "-q")
    place.done("git", "add", "-A")
    place.done("git", "commit", "-q", "-m", "all")
    place.done("git", "tag", "v0.1.0")
    return folder


@pytest.fixture(scope="module")
def repository(tmp_path_factory, home, published):
    """A user's repository with the page's configuration, the hook installed."""
    place = Place(tmp_path_factory.mktemp("users"), home)
    text = pieces("pre-commit", "yaml")[0].replace(
        "https://github.com/OWNER/privscan", str(published)
    )
    (place.folder / ".pre-commit-config.yaml").write_text(text, "utf-8")
    policy = (ROOT / "rules" / "policies" / "ingest.yaml").read_text("utf-8")
    (place.folder / "policy.yaml").write_text(policy.replace("id: ingest", "id: ours"), "utf-8")
    place.done("git", "init", "-q")
    place.done("git", "add", "-A")
    place.done(sys.executable, "-m", "pre_commit", "validate-config")
    place.done(sys.executable, "-m", "pre_commit", "install", "--install-hooks")
    place.done("git", "commit", "-q", "-m", "start")
    return place


def test_the_manifest_is_valid(tmp_path, home):
    manifest = str(ROOT / ".pre-commit-hooks.yaml")
    Place(tmp_path, home).done(sys.executable, "-m", "pre_commit", "validate-manifest", manifest)


def test_data_that_pass_are_committed(repository):
    code, said = repository.commit("data/good.csv", GOOD)
    assert code == 0, said
    assert "privscan gate" in said
    assert "Passed" in said


@pytest.mark.parametrize("name", ["data/bad.csv", "data/bad.parquet", "data/BAD.CSV"])
def test_a_breach_stops_the_commit_and_says_why(repository, name):
    before = repository.done("git", "rev-parse", "HEAD")
    code, said = repository.commit(name, BAD)
    repository.done("git", "rm", "-q", "-f", name)
    assert code == 1
    assert "Failed" in said
    assert "policy ours" in said
    assert "card" in said
    assert CARD not in said
    assert repository.done("git", "rev-parse", "HEAD") == before


def test_what_cannot_be_read_stops_the_commit(repository):
    file = repository.folder / "data" / "cut.parquet"
    file.write_bytes(b"PAR1" + b"\0" * 40)
    repository.done("git", "add", "data/cut.parquet")
    done = repository.call("git", "commit", "-m", "data")
    repository.done("git", "rm", "-q", "-f", "data/cut.parquet")
    assert done.returncode == 1
    assert "exit code: 3" in done.stdout + done.stderr


def test_files_that_are_no_data_are_not_gated(repository):
    (repository.folder / "tool.py").write_text(f"CARD = {CARD!r}\n", "utf-8")
    repository.done("git", "add", "tool.py")
    done = repository.call("git", "commit", "-m", "code")
    assert done.returncode == 0
    assert "no files to check" in done.stdout + done.stderr
