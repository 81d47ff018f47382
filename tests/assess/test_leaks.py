"""A rare hit in free text is found, and the report says in which part of the data it stands."""

from __future__ import annotations

import random
from functools import reduce

import numpy as np
import polars as pl
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

import privscan as ps
from privscan.evidence.codec import decode, encode
from privscan.evidence.tally import PLACES, Tally
from privscan.model.profile import Place
from privscan.render import json as as_json
from privscan.render._phrases import measured
from privscan.sources import parquet

NEEDLE = "please write to jane.roe@mail.example.org about it"
WORDS = ["delivery", "late", "box", "fine", "ticket", "blue", "again", "asked", "about", "refund"]


def comments(rows, seed=1):
    rng = np.random.default_rng(seed)
    words = np.array(WORDS)[rng.integers(0, len(WORDS), (6, rows))]
    return [" ".join(row) for row in words.T.tolist()]


@pytest.fixture
def table(tmp_path, monkeypatch):
    """Five row groups of a hundred rows, each a part of its own; two of them hold leaks."""
    monkeypatch.setattr(parquet, "PART_ROWS", 100)
    cells = comments(500)
    cells[120] = cells[480] = NEEDLE
    cells[481] = f"{NEEDLE} again"
    file = tmp_path / "tickets.parquet"
    pl.DataFrame({"comment": cells}).write_parquet(file, row_group_size=100)
    return file


def leak(report, path="comment"):
    [column] = [c for c in report.datasets[0].columns if c.path == path]
    return next((e for e in column.entities if e.leak), None)


def test_a_leak_is_placed_in_the_row_groups_that_hold_it(table):
    found = leak(ps.scan(table))
    assert (found.entity, found.cells) == ("email", 3)
    assert found.places == (Place(str(table), "1-1", 1), Place(str(table), "4-4", 2))


def test_the_order_of_parts_changes_nothing(table):
    plan = ps.plan(table)
    evidence = [ps.observe(part) for part in plan.parts]
    whole = leak(ps.judge(ps.merge(evidence)))
    random.Random(2).shuffle(evidence)
    other = ps.merge([decode(encode(one)) for one in evidence])
    assert leak(ps.judge(other)) == whole


def test_the_finding_says_where_in_both_languages(table):
    report = ps.scan(table)
    [finding] = [f for f in report.findings if f.check == "PRIVACY-LEAK"]
    assert f"2 in row groups 4-4 of {table}" in finding.measured
    assert f"2 in row groups 4-4 of {table}" in measured(finding, "en")
    assert f"{table} の行グループ 4-4 に 2 件" in measured(finding, "ja")


def test_a_file_cannot_name_itself_into_another_fact(table):
    file = table.rename(table.with_name("a; 90 subjects; b.parquet"))
    [finding] = [f for f in ps.scan(file).findings if f.check == "PRIVACY-LEAK"]
    assert len(finding.measured.split("; ")) == 3
    assert measured(finding, "ja")[-1].endswith("の行グループ 4-4 に 2 件")


def test_a_report_with_places_reads_back_and_holds_no_value(table):
    report = ps.scan(table)
    text = as_json.render(report)
    assert leak(as_json.read_report(text)).places == leak(report).places != ()
    assert "jane" not in text


def test_a_column_of_its_own_class_has_no_places(tmp_path):
    cells = [f"user{i}@mail.example.org" for i in range(300)]
    file = tmp_path / "people.parquet"
    pl.DataFrame({"email": cells}).write_parquet(file)
    [column] = ps.scan(file).datasets[0].columns
    assert column.entity == "email"
    assert all(not e.places and not e.leak for e in column.entities)


def test_text_without_a_leak_has_none():
    assert leak(ps.scan(pl.DataFrame({"comment": comments(500)}))) is None


def test_one_needle_in_a_stream_of_many_rows_is_found():
    schema = pa.schema([("comment", pa.string())])

    def batches():
        for at in range(4):
            cells = comments(50_000, seed=at)
            if at == 2:
                cells[31_337] = NEEDLE
            yield pa.record_batch([pa.array(cells)], schema=schema)

    found = leak(ps.scan(pa.RecordBatchReader.from_batches(schema, batches())))
    assert (found.entity, found.cells) == ("email", 1)
    assert [place.cells for place in found.places] == [1]


places = st.builds(Place, st.sampled_from("ab"), st.sampled_from("0123456789"), st.integers(1, 9))
tallies = st.builds(
    lambda cells, some: Tally(cells, cells, cells, tuple(sorted({(p.uri, p.span): p for p in some}.values(), key=lambda p: (p.uri, p.span)))[:PLACES]),
    st.integers(0, 99), st.lists(places, max_size=20),
)  # fmt: skip


@given(st.lists(tallies, min_size=1, max_size=5), st.randoms())
def test_the_first_places_are_the_same_in_any_order(some, rng):
    whole = reduce(Tally.__add__, some)
    shuffled = list(some)
    rng.shuffle(shuffled)
    for other in (reduce(Tally.__add__, shuffled), reduce(lambda one, two: two + one, some)):
        assert (other, other.places) == (whole, whole.places)
    assert len(whole.places) <= PLACES
