"""An output is there whole or not at all, whatever happens, and nobody else can look at it before."""

from __future__ import annotations

import os
import random
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest

from privscan.errors import UsageError
from privscan.protect.place import checked, private, publish

WRITER = """
import sys, time
from pathlib import Path
from privscan.protect.place import private, publish
out, kind = Path(sys.argv[1]), sys.argv[2]
print("ready", flush=True)
for n in range(10_000):
    with private(out) as made:
        for name in ([made] if kind == "file" else [made / "a", made / "b"]):
            name.parent.mkdir(exist_ok=True)
            with name.open("wb") as file:
                for _ in range(20):
                    file.write(b"%06d" % n * 100)
                    file.flush()
        publish(made, out)
"""


def _whole(out: Path, kind: str) -> set[bytes]:
    files = [out] if kind == "file" else sorted(out.iterdir())
    assert len(files) == (1 if kind == "file" else 2)
    every = b"".join(file.read_bytes() for file in files)
    assert len(every) == 12_000 * len(files)
    return {every[i : i + 6] for i in range(0, len(every), 6)}


@pytest.mark.parametrize("kind", ["file", "folder"])
def test_a_kill_at_any_moment_leaves_the_old_output_or_the_new_one(tmp_path, kind):
    out = tmp_path / "out"
    chance = random.Random(7)
    for _ in range(6):
        run = subprocess.Popen([sys.executable, "-c", WRITER, out, kind], stdout=subprocess.PIPE)
        run.stdout.readline()
        time.sleep(chance.uniform(0.02, 0.3))
        run.send_signal(signal.SIGKILL)
        run.wait()
        run.stdout.close()
        if out.exists():
            assert len(_whole(out, kind)) == 1
    assert out.exists()
    with private(out):
        left = [p.name for p in tmp_path.iterdir() if p != out]
        assert len(left) == 1
    assert [p.name for p in tmp_path.iterdir()] == ["out"]


def _fail(out: Path) -> None:
    with private(out) as made:
        assert made.name == "out"
        assert stat.S_IMODE(made.parent.stat().st_mode) == 0o700
        made.write_text("clear")
        raise KeyError


def test_what_is_not_yet_in_place_is_its_owners_alone_and_goes_with_a_failure(tmp_path):
    (tmp_path / "other").mkdir()
    with pytest.raises(KeyError):
        _fail(tmp_path / "out")
    assert [p.name for p in tmp_path.iterdir()] == ["other"]


def test_a_folder_of_a_run_that_goes_on_is_left_alone(tmp_path):
    with private(tmp_path / "out") as one, private(tmp_path / "out") as two:
        one.write_text("1")
        two.write_text("2")
        assert one.read_text() == "1"


def test_a_folder_takes_the_place_of_a_folder(tmp_path):
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "old").write_text("")
    with private(tmp_path / "out") as made:
        made.mkdir()
        (made / "new").write_text("")
        publish(made, tmp_path / "out")
    assert [p.name for p in (tmp_path / "out").iterdir()] == ["new"]
    assert [p.name for p in tmp_path.iterdir()] == ["out"]


def test_outputs_that_would_touch_the_input_or_something_else_are_refused(tmp_path):
    source = tmp_path / "in"
    (source / "sub").mkdir(parents=True)
    (tmp_path / "there").write_text("")
    (tmp_path / "link").symlink_to(source)
    for out, said in (
        (source, "may not hold"),
        (source / "sub" / "out", "may not hold"),
        (tmp_path, "may not hold"),
        (tmp_path / "link" / "out", "may not hold"),
        (tmp_path / "none" / "out", "folder of the output"),
        (tmp_path / "there", "exists already"),
    ):
        with pytest.raises(UsageError, match=said):
            checked(source, out, force=False)
    checked(source, tmp_path / "there", force=True)
    checked(source, tmp_path / "new", force=False)
    (tmp_path / "other").symlink_to(tmp_path / "there")
    with pytest.raises(UsageError, match="is a link"):
        checked(source, tmp_path / "other", force=True)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_place_where_one_may_not_write_is_said(tmp_path):
    tmp_path.chmod(0o500)
    with pytest.raises(UsageError, match="cannot write"), private(tmp_path / "out"):
        pass
