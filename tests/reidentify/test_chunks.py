"""Chunks that do not fit in memory: the same answer, a private folder, nothing left, no value."""

from __future__ import annotations

import stat
from pathlib import Path

import numpy as np
import polars as pl
import pytest

import privscan as ps
from privscan.reidentify import chunks, measure
from privscan.reidentify.chunks import HOLES, Chunks


def people(rows: int, holes: float = 0.0) -> pl.DataFrame:
    rng = np.random.default_rng(3)
    names = np.array([f"canary{i}" for i in range(rows // 3)])
    frame = pl.DataFrame(
        {
            "who": rng.choice(names, rows),
            "age": rng.integers(0, 90, rows),
            "zip": rng.integers(10_000, 10_050, rows),
            "sex": rng.choice(["f", "m"], rows),
            "illness": rng.choice(["canary a", "canary b", "canary c"], rows),
        }
    )
    missing = pl.Series(rng.random(rows) < holes)
    return frame.with_columns(zip=pl.when(~missing).then("zip"))


@pytest.mark.parametrize("key", ["", "who"])
@pytest.mark.parametrize("holes", [0.0, 0.01])
def test_written_chunks_give_the_answer_of_memory(monkeypatch, tmp_path, holes, key):
    asked = {"quasi": ["age", "zip", "sex"], "sensitive": ["illness"], "subject_key": key}
    data = people(3_000, holes)
    before = ps.reidentify(data, **asked)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    monkeypatch.setattr(chunks.Chunks.__init__, "__defaults__", (500,))
    written = []
    whole = Chunks._write
    monkeypatch.setattr(Chunks, "_write", lambda self: written.append(whole(self)))
    assert ps.reidentify(data, **asked) == before
    assert len(written) > 3
    assert not list(tmp_path.iterdir())


def test_what_is_written_holds_no_value_and_opens_to_the_owner_only(monkeypatch, tmp_path):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    monkeypatch.setattr(chunks.Chunks.__init__, "__defaults__", (500,))
    seen: list[bytes] = []

    def look(self) -> None:
        seen.extend(file.read_bytes() for file in Path(self._folder).iterdir())
        assert stat.S_IMODE(self._folder.stat().st_mode) == 0o700

    whole = Chunks._write
    monkeypatch.setattr(Chunks, "_write", lambda self: (whole(self), look(self)))
    asked = {"quasi": ["age", "sex"], "sensitive": ["illness"], "subject_key": "who"}
    ps.reidentify(people(3_000), **asked)
    assert seen
    assert not any(b"canary" in content for content in seen)


def test_the_folder_goes_when_something_fails(monkeypatch, tmp_path):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    monkeypatch.setattr(chunks.Chunks.__init__, "__defaults__", (500,))

    def fail(*_: object) -> None:
        assert list(tmp_path.iterdir())
        raise MemoryError

    monkeypatch.setattr(measure, "value_counts", fail)
    with pytest.raises(MemoryError):
        ps.reidentify(people(3_000), quasi=["age", "sex"])
    assert not list(tmp_path.iterdir())


def test_a_chunk_that_never_was_is_none_and_few_rows_are_one():
    with Chunks() as some:
        assert some.read(HOLES) is None
        assert list(some.complete()) == []
        for chunk in (3, 1, 3):
            some.add(pl.DataFrame({"q0": [chunk]}), chunk)
        [frame] = some.complete()
        assert sorted(frame["q0"]) == [1, 3, 3]
        assert some.read(3).height == 2


def test_too_many_patterns_of_missing_cells_are_refused():
    rng = np.random.default_rng(1)
    data = pl.DataFrame({f"c{i}": rng.choice(["x", ""], 2_000) for i in range(9)})
    data = data.with_columns(pl.all().replace("", None))
    with pytest.raises(ps.UsageError, match="different patterns"):
        ps.reidentify(data, quasi=data.columns)
    [strict] = ps.reidentify(data, quasi=data.columns, nulls="strict")
    assert strict.classes == data.n_unique()


def test_a_file_that_cannot_be_read_leaves_the_answer_open(tmp_path):
    people(300).write_csv(tmp_path / "people.csv")
    (tmp_path / "more.parquet").write_bytes(b"PAR1 cut short")
    answers = {one.dataset: one for one in ps.reidentify(tmp_path, quasi=["age", "sex"])}
    assert any(one.unread for one in answers.values())
    assert max(one.rows for one in answers.values()) == 300
