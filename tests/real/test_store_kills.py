"""A store under kill -9 and with several writers at once; needs nothing but time.

Start: `make test-real`, or `pytest -m real tests/real/test_store_kills.py`.
"""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import textwrap
import time

import polars as pl
import pytest

import privscan as ps
from privscan.render import json as json_format

pytestmark = pytest.mark.real

FILES, ROUNDS = 6, 8


def table(folder, i, rows=30):
    file = folder / f"born/day={i}/a.parquet"
    file.parent.mkdir(parents=True, exist_ok=True)
    days = [f"19{50 + j % 50}-0{1 + i % 9}-1{j % 9}" for j in range(rows)]
    pl.DataFrame({"birth_date": days}).write_parquet(file)


@pytest.fixture
def lake(tmp_path):
    for i in range(FILES):
        table(tmp_path / "lake", i)
    return tmp_path / "lake"


@pytest.fixture
def store(tmp_path):
    return tmp_path / "store"


def scan(lake, store, **options):
    report = ps.scan(lake, store=store, detectors=["dates"], **options)
    return json_format.render(report), ps.history(store)[-1].reused


def whole(lake, store):
    key = (store / "key").read_bytes()
    return json_format.render(ps.scan(lake, key=key, detectors=["dates"]))


WRITER = """
    import sys
    import privscan as ps

    for _ in range(int(sys.argv[3])):
        ps.scan(sys.argv[1], store=sys.argv[2], detectors=["dates"])
"""


def writer(tmp_path, lake, store, rounds):
    script = tmp_path / "writer.py"
    script.write_text(textwrap.dedent(WRITER), "utf-8")
    return subprocess.Popen([sys.executable, str(script), str(lake), str(store), str(rounds)])


def test_a_kill_at_any_moment_leaves_the_last_complete_state(lake, store, tmp_path):
    """Kills in the middle of writes; two writers meanwhile; the answer stays that of a scan."""
    scan(lake, store)
    others = [writer(tmp_path, lake, store, 50) for _ in range(2)]
    try:
        for moment in range(ROUNDS):
            deadline = time.monotonic() + 40
            seen = len(ps.history(store))
            while len(ps.history(store)) <= seen and time.monotonic() < deadline:
                table(lake, 3)  # so that there is something to write
                time.sleep(0.05)
            time.sleep(moment * 0.013)
            os.kill(others[0].pid, signal.SIGKILL)
            others[0].wait()
            assert others[1].poll() is None  # the other writer goes on
            assert sqlite3.connect(store / "index.sqlite").execute(
                "pragma integrity_check"
            ).fetchone() == ("ok",)
            others = [others[1], writer(tmp_path, lake, store, 50)]
    finally:
        for other in others:
            other.kill()
            other.wait()
    report, *_ = scan(lake, store)
    assert report == whole(lake, store)
    assert all(entry.ended for entry in ps.history(store))
    assert scan(lake, store, workers=2)[1] == FILES
