"""A detector that gives a cell up says so, and the answer stays open until somebody looks."""

from __future__ import annotations

import polars as pl
import pytest

import privscan as ps
from privscan.detectors import dates
from privscan.errors import IncompleteError
from privscan.model.data import Hits, Unread

SLOW = "over its time budget"


def hurried(column):
    """Finds every cell with an @, and has no time for cells with a colon."""
    yield Hits("email", column.cells.str.contains("@", literal=True), 0.9, "hurried")
    late = int(column.cells.str.contains(":", literal=True).sum())
    if late:
        yield Unread("", "", SLOW, rows=late)


@pytest.fixture
def file(tmp_path, monkeypatch):
    monkeypatch.setattr(dates, "find", hurried)
    table = pl.DataFrame({"a": ["x@y.example", "b:1", "c:2", None], "b": ["1", "2", "3", "4"]})
    table.write_parquet(tmp_path / "t.parquet", row_group_size=2)
    return str(tmp_path / "t.parquet")


def test_it_is_in_the_evidence_with_its_place_and_the_hits_are_kept(file):
    [data] = ps.merge(map(ps.observe, ps.plan(file, detectors=["dates"]).parts)).datasets.values()
    [unread] = data.unread
    assert (unread.uri, unread.rows, unread.dataset) == (file, 2, "t")
    assert unread.reason == f"detector dates on column 'a': {SLOW}"
    assert [(key.entity, tally.cells) for key, tally in data.columns["a"].tallies.items()] == [
        ("email", 1)
    ]
    assert data.columns["b"].tallies == {}


def test_the_gate_fails_closed_because_of_such_cells(file, tmp_path):
    verdict = ps.gate(file, detectors=["dates"])
    assert not verdict.passed
    with pytest.raises(IncompleteError):
        verdict.enforce()
    pl.DataFrame({"b": ["1", "2"]}).write_parquet(tmp_path / "quick.parquet")
    quick = ps.gate(str(tmp_path / "quick.parquet"), detectors=["dates"])
    [more] = {*verdict.incomplete} - {*quick.incomplete}
    assert more.endswith(SLOW)
    assert not ps.scan(file, detectors=["dates"]).complete


def test_a_header_with_a_nul_is_read(tmp_path):
    (tmp_path / "t.csv").write_bytes(b"na\0me,city\nanna@example.com,Kiel\neva@example.com,Bonn\n")
    plan = ps.plan(str(tmp_path / "t.csv"), detectors=["pattern", "names", "lexicon", "numbers"])
    [data] = ps.merge(map(ps.observe, plan.parts)).datasets.values()
    assert data.unread == ()
    assert {key.entity for key in data.columns["na\0me"].tallies} >= {"email"}
