"""Columns that wait for the end of their part give the evidence of columns that do not."""

from __future__ import annotations

import importlib
import random

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import privscan as ps
from privscan.evidence.dataset import DatasetEvidence
from privscan.evidence.distinct import counted
from privscan.scan import waiting
from privscan.scan.waiting import Waiting

fold = importlib.import_module("privscan.scan.fold")

ROWS = 600


@pytest.fixture(scope="module")
def table():
    rng = random.Random(11)
    return pa.table(
        {
            "birth_date": [f"19{rng.randint(40, 99)}-0{rng.randint(1, 9)}-11" for _ in range(ROWS)],
            "city": [rng.choice(["Old Town", "Zürich", None]) for _ in range(ROWS)],
            "id": [f"{i:05}" for i in range(ROWS)],
            "late": [None] * (ROWS - 2) + ["male", "3.0"],
            "tags": [["a", "b"][: i % 3] for i in range(ROWS)],
        }
    )


def observed(monkeypatch, file, few, most, rows):
    read = fold.read_part
    with monkeypatch.context() as patched:
        patched.setattr(waiting, "FEW", few)
        patched.setattr(waiting, "MOST", most)
        patched.setattr(fold, "read_part", lambda part: read(part, batch_rows=rows))
        plan = ps.plan(str(file), detectors=["dates", "lexicon"])
        [data] = ps.merge(map(ps.observe, plan.parts)).datasets.values()
    return data


def test_evidence_is_the_same_whatever_waits_and_in_batches_of_any_size(
    table, tmp_path, monkeypatch
):
    pq.write_table(table, tmp_path / "t.parquet", row_group_size=250)
    none = observed(monkeypatch, tmp_path / "t.parquet", 0, 0, ROWS)
    assert none.columns["city"].rows == ROWS
    assert none.columns["tags[]"].rows == ROWS
    assert none.unread == ()
    for few, most, rows in ((10**6, 10**6, 60), (8, 16, 60), (8, 40, 100), (8192, 65_536, 250)):
        assert observed(monkeypatch, tmp_path / "t.parquet", few, most, rows) == none


def test_dictionaries_in_a_file_change_nothing(table, tmp_path):
    answers = []
    for name, options in (("with", {}), ("without", {"use_dictionary": False})):
        file = tmp_path / name / "t.parquet"
        file.parent.mkdir()
        pq.write_table(pa.concat_tables([table] * 4), file, **options)
        [data] = ps.merge(
            map(ps.observe, ps.plan(str(file), detectors=["dates"]).parts)
        ).datasets.values()
        answers.append((data.columns, data.joint))
    assert answers[0] == answers[1]
    assert [*answers[0][1]] == [("birth_date", "city")]


def test_what_waits_is_bounded_and_nothing_is_lost():
    kept, looked_at = Waiting(), 0
    for start in range(0, 3 * waiting.MOST, waiting.FEW):
        cells = pl.Series([f"{start + i % waiting.FEW}" for i in range(3 * waiting.FEW)])
        found = counted(cells, pl.Series(range(len(cells)), dtype=pl.UInt32))
        if not kept.takes("c", found):
            looked_at += found.rows
    [(path, found)] = kept.all()
    assert path == "c"
    assert len(found.cells) <= waiting.MOST
    assert looked_at + found.rows == 3 * 3 * waiting.MOST
    assert int(found.counts.sum()) == found.rows


def test_a_column_in_which_nothing_repeats_does_not_wait():
    kept = Waiting()
    assert not kept.takes("c", counted(pl.Series([f"{i}" for i in range(50)])))
    assert not kept.takes("c", counted(pl.Series(["x"] * 50, dtype=pl.String)[:0]))
    assert [*kept.all()] == []


def sums(columns, monkeypatch):
    """How often evidence of a whole dataset is added up for a table so wide."""
    count = 0
    plain = DatasetEvidence.__add__

    def noted(one, two):
        nonlocal count
        count += 1
        return plain(one, two)

    text = "the quick brown fox jumps over the lazy dog"
    with monkeypatch.context() as patched:
        patched.setattr(DatasetEvidence, "__add__", noted)
        ps.scan(pl.DataFrame({f"c{i}": [text, "a"] for i in range(columns)}), workers=1)
    return count


def test_a_wide_table_is_summed_as_often_as_a_narrow_one(monkeypatch):
    # A sum goes over every column: one for each of them would take the square of their number.
    assert sums(12, monkeypatch) == sums(2, monkeypatch)
