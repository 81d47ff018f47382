"""Where keys come from; none is shown."""

from __future__ import annotations

import pickle
import sys

import pytest

from privscan.errors import UsageError
from privscan.protect.key import Key, key_of

SECRET = "0123456789abcdef-secret"


def test_a_key_is_the_same_from_a_file_a_variable_and_a_command(tmp_path, monkeypatch):
    file = tmp_path / "key"
    file.write_text(f"{SECRET}\n")
    monkeypatch.setenv("MY_KEY", SECRET)
    program = tmp_path / "print.py"
    program.write_text(f"print({SECRET!r})")
    specs = [str(file), f"file:{file}", "env:MY_KEY", f"command:{sys.executable} {program}"]
    assert {key_of(spec).sub("token") for spec in specs} == {Key(SECRET.encode()).sub("token")}


def test_each_purpose_has_a_key_of_its_own():
    key = Key(SECRET.encode())
    assert len({key.sub(p) for p in ("token", "encrypt", "shift")}) == 3
    assert len(key.sub("encrypt deterministic", 64)) == 64
    assert key.sub("token") != Key(SECRET.encode() + b"2").sub("token")


def test_a_key_shows_itself_nowhere():
    key = Key(SECRET.encode())
    assert SECRET not in f"{key!r} {key}"
    with pytest.raises(TypeError):
        pickle.dumps(key)


@pytest.mark.parametrize(
    ("spec", "said"),
    [
        ("missing", "cannot be read"),
        ("env:NO_SUCH_VARIABLE", "no environment variable"),
        ("command:no-such-program-here", "does not run"),
        ("command:false", "exit code 1"),
        ("command:'", "does not run"),
        ("command:true", "has 16 bytes or more"),
    ],
)
def test_a_key_that_is_none_is_said(tmp_path, monkeypatch, spec, said):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(UsageError, match=said):
        key_of(spec)


def test_a_short_key_is_refused_without_being_shown(tmp_path):
    (tmp_path / "key").write_text("hunter2")
    with pytest.raises(UsageError, match="this one has 7") as error:
        key_of(str(tmp_path / "key"))
    assert "hunter2" not in str(error.value)
