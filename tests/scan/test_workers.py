"""Workers die, hang and are interrupted: no innocent part is lost, and nothing goes on."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
import time
from dataclasses import replace

import polars as pl
import pytest

import privscan as ps
from privscan.assess.profile import unread_share
from privscan.errors import PrivscanError
from privscan.model.data import Part
from privscan.scan.local import run
from privscan.scan.plan import UNREAD
from privscan.scan.plan import plan as make_plan
from privscan.scan.tasks import TRIES

DIED = f"the worker that read it died {TRIES} times"


@pytest.fixture
def small():
    return make_plan([pl.DataFrame({"a": ["x"]})], detectors=["dates"])


def odd_parts(*names):
    return tuple(
        Part("odd", "d", name, bytes=100, options={"files": 1, "quasi_identifiers": ()})
        for name in names
    )


def test_a_part_that_kills_its_worker_is_alone_unread(odd, small):
    names = [f"{i:02}{'kill' if i == 3 else ''}" for i in range(12)]
    plan = replace(small, parts=odd_parts(*names))
    told = []
    [data] = run(plan, workers=2, progress=told.append).datasets.values()
    [lost] = data.unread
    assert (lost.uri, lost.reason, lost.bytes, lost.dataset) == ("03kill", DIED, 100, "d")
    assert data.rows == 11
    assert (data.bytes, data.files) == (1200, 12)
    assert unread_share(data) == pytest.approx(1 / 12, abs=1e-6)
    assert [p.done for p in told] == list(range(1, 13))


def test_workers_have_one_thread_and_the_callers_environment_stays(odd, small, monkeypatch):
    monkeypatch.delenv("POLARS_MAX_THREADS", raising=False)
    [data] = run(replace(small, parts=odd_parts("a")), workers=2).datasets.values()
    assert [shape for _, shape in data.columns["c"].examples] == ["9"]
    assert "POLARS_MAX_THREADS" not in os.environ


def test_an_error_in_a_worker_is_raised_here_without_its_text(small):
    bad = Part(UNREAD, "d", "u", options={"secret": "ana@example.com"})
    with pytest.raises(PrivscanError, match="a worker failed with KeyError") as caught:
        run(replace(small, parts=(bad, bad)), workers=2)
    assert caught.value.where == "u"


@pytest.mark.parametrize("interrupt", [os.kill, os.killpg])
def test_ctrl_c_ends_the_scan_and_its_workers_at_once(odd, tmp_path, interrupt):
    data = tmp_path / "data"
    data.mkdir()
    for i in range(6):
        (data / f"{'xyzuvw'[i]}slow").write_bytes(b"ODD")
    scan = subprocess.Popen(
        [sys.executable, "-m", "privscan", "scan", str(data), "--workers", "2"],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(map(str, [odd, *sys.path]))},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    try:
        deadline = time.monotonic() + 30
        while len(reading := list(data.glob("*.reading"))) < 2 and time.monotonic() < deadline:
            time.sleep(0.05)
        assert len(reading) == 2
        interrupt(scan.pid, signal.SIGINT)
        _, said = scan.communicate(timeout=20)  # each file takes a minute
        assert scan.returncode == 130
        assert said.strip() == "privscan: interrupted"
        for file in reading:
            with pytest.raises(ProcessLookupError):
                os.kill(int(file.name.split(".")[-2]), 0)
        assert len(list(data.glob("*.reading"))) == 2
    finally:
        scan.kill()


def test_a_script_that_workers_would_run_again_is_told_so(tmp_path):
    (tmp_path / "t.csv").write_text("a,b\n1,2\n3,4\n")
    script = tmp_path / "script.py"
    script.write_text(
        textwrap.dedent(
            """
            import privscan as ps
            from privscan.errors import PrivscanError

            try:
                ps.scan("t.csv", detectors=["dates"], workers=2)
            except PrivscanError as error:
                print(error)
            """
        )
    )
    done = subprocess.run(
        [sys.executable, script], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert "no worker starts" in done.stdout
    assert "__name__" in done.stdout


@pytest.mark.skipif(sys.platform == "darwin", reason="its file systems refuse such names")
@pytest.mark.parametrize("workers", [1, 2])
def test_names_that_are_not_utf_8_are_read_and_reported(tmp_path, workers):
    folder = tmp_path / os.fsdecode(b"caf\xe9")
    keyed = folder / os.fsdecode(b"k=\xe8")
    keyed.mkdir(parents=True)
    for file in (folder / os.fsdecode(b"a\xe9.csv"), keyed / "b.csv"):
        file.write_text("a,b\n1,2\n3,4\n")
    (folder / os.fsdecode(b"broken\xe9.png")).write_bytes(b"\x89PNG\r\n\x1a\n....")
    report = ps.scan(folder, detectors=["dates", "faces"], workers=workers)
    assert sum(d.rows for d in report.datasets if d.kind == "table") == 4
    [unread] = report.unread
    assert unread.reason == "the picture could not be decoded"
    assert unread.uri.endswith("caf\\udce9/broken\\udce9.png")
    for form in ("json", "html", "csv", "md"):
        report.save(tmp_path / f"out.{form}")
