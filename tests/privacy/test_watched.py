"""A run under watch: it makes no connection, and writes the files it was asked for alone."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
from canaries import Search
from lake import make, planted

WATCHED = Path(__file__).parent / "watched"
PORTRAIT = Path(__file__).parents[2] / "samples" / "photos" / "grace_hopper.jpg"
URLS = "page,mail\n" + "".join(
    f"https://user{i}.example.co.uk/a?b={i},user{i}@mail{i}.example.co.jp\n" for i in range(60)
)


@dataclass(frozen=True)
class Run:
    done: subprocess.CompletedProcess
    notes: list[tuple[str, str]]
    home: Path
    scratch: Path
    work: Path

    def noted(self, kind):
        return [what for k, what in self.notes if k == kind]


@pytest.fixture(scope="module")
def lake(tmp_path_factory):
    folder = make(tmp_path_factory.mktemp("lake"))
    (folder / "portrait").mkdir()
    (folder / "portrait" / "face.jpg").write_bytes(PORTRAIT.read_bytes())
    (folder / "urls.csv").write_text(URLS, "utf-8")
    return folder


def files(folder):
    return {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()}


def watched(root, *command):
    """Run Python with every write and socket noted, in an empty home, work and temporary folder."""
    home, scratch, work = (root / name for name in ("home", "scratch", "work"))
    for folder in (home, scratch, work):
        folder.mkdir()
    log = root / "log"
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("PRIVSCAN_", "XDG_"))}
    places = {"HOME": home, "TMPDIR": scratch, "TEMP": scratch, "TMP": scratch,
              "WATCH_LOG": log, "PYTHONPATH": WATCHED}  # fmt: skip
    done = subprocess.run(
        [sys.executable, *map(str, command)],
        cwd=work,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=180,
        check=False,
        env={**kept, **{k: str(v) for k, v in places.items()}, "PYTHONDONTWRITEBYTECODE": "1"},
    )
    notes = [tuple(line.split("\t", 1)) for line in log.read_text("utf-8").splitlines()]
    return Run(done, notes, home, scratch, work)


@pytest.fixture(scope="module")
def scanned(lake, tmp_path_factory):
    """One process reads everything with every detector."""
    outputs = ("-o", "r.json", "-o", "r.html", "-o", "r.sarif")
    return watched(tmp_path_factory.mktemp("one"), "-m", "privscan", "scan", lake, "--workers", 1,
                   *outputs, "-f", "json")  # fmt: skip


@pytest.fixture(scope="module")
def gated(lake, tmp_path_factory):
    """Two more processes read; the verdict goes to stdout."""
    some = [lake / name for name in ("csv", "broken_csv", "jsonl", "portrait", "urls.csv")]
    return watched(tmp_path_factory.mktemp("two"), "-m", "privscan", "gate", *some,
                   "--workers", 2, "-f", "json")  # fmt: skip


def test_the_watch_sees(tmp_path):
    code = (
        "import socket, sqlite3, tempfile\n"
        "open('left.txt', 'w').write('x')\n"
        "tempfile.mkdtemp()\n"
        "sqlite3.connect('base.db').execute('create table t (c)')\n"
        "sqlite3.connect('file:base.db?mode=ro&immutable=1', uri=True)\n"
        "for call in (lambda: socket.socket(), lambda: socket.getaddrinfo('example.com', 80),\n"
        "             lambda: socket.create_connection(('192.0.2.1', 80), 1)):\n"
        "    try:\n"
        "        call()\n"
        "    except PermissionError:\n"
        "        print('refused')\n"
    )
    run = watched(tmp_path, "-c", code)
    assert run.done.stdout.splitlines() == ["refused"] * 3
    assert len(run.noted("socket")) >= 3
    assert any(what.endswith("left.txt") for what in run.noted("write"))
    assert any("tempfile.mkdtemp" in what for what in run.noted("change"))
    assert [what for what in run.noted("change") if "sqlite3" in what] == [
        "sqlite3.connect ('base.db',)"
    ]
    assert files(run.work) == {"base.db", "left.txt"}


def test_the_runs_got_to_their_end(scanned, gated):
    assert scanned.done.returncode == 3, scanned.done.stderr
    assert gated.done.returncode == 1, gated.done.stderr
    assert '"face_image"' in scanned.done.stdout
    assert '"email"' in scanned.done.stdout
    assert "card_number" in gated.done.stdout
    assert len(scanned.noted("start")) == 1
    assert len(gated.noted("start")) >= 3


@pytest.mark.parametrize("run", ["scanned", "gated"])
def test_no_socket_is_opened(request, run):
    assert request.getfixturevalue(run).noted("socket") == []


def test_only_the_reports_are_written(scanned):
    assert files(scanned.work) == {"r.json", "r.html", "r.sarif"}
    written = {Path(what).name.split(".")[1] for what in scanned.noted("write")}
    assert written == {"r"}, scanned.noted("write")
    renamed = [what for what in scanned.noted("change") if not what.startswith("os.rename")]
    assert renamed == []


def test_a_gate_writes_nothing(gated):
    assert files(gated.work) == set()
    ours = [what for what in gated.noted("write") if not _of_the_system(what)]
    assert ours == []
    assert gated.noted("change") == []


def _of_the_system(what):
    """Pipes to worker processes, by number, and the null device."""
    return what.isdigit() or what == os.devnull


@pytest.mark.parametrize("run", ["scanned", "gated"])
def test_nothing_is_left_in_home_or_the_temporary_folder(request, run):
    done = request.getfixturevalue(run)
    assert files(done.home) == set()
    assert files(done.scratch) == set()


def test_the_data_is_as_it_was(scanned, gated, lake, tmp_path):
    """Nothing is written beside the data: no index, no lock, no cache."""
    again = files(make(tmp_path))
    assert files(lake) == again | {"portrait/face.jpg", "urls.csv"}


def test_no_value_is_said_by_workers_either(scanned, gated):
    search = Search(planted())
    for run in (scanned, gated):
        assert search.leaked(run.done.stdout) == set()
        assert search.leaked(run.done.stderr) == set()
