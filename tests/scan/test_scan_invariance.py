"""The same table gives the same evidence however it is cut, stored, ordered or worked on."""

from __future__ import annotations

import functools
import json
import random

import polars as pl
import pytest

import privscan as ps
from privscan.evidence.codec import decode, encode
from privscan.scan.local import run
from privscan.scan.plan import plan as make_plan

ROWS = 700


@pytest.fixture(scope="module")
def table():
    rng = random.Random(3)
    return pl.DataFrame(
        {
            "full_name": [rng.choice(["Ana Sá", "Bo Ek", "山田 花子"]) for _ in range(ROWS)],
            "email": [f"user{i}@example.com" if i % 9 else None for i in range(ROWS)],
            "birth_date": [f"19{rng.randint(40, 99)}-0{rng.randint(1, 9)}-11" for _ in range(ROWS)],
            "gender": [rng.choice("mf") for _ in range(ROWS)],
            "note": [f"call, then\nwrite {i}" for i in range(ROWS)],
            "amount": [str(rng.randint(1, 10_000) / 100) for _ in range(ROWS)],
        }
    )


def cut(table, folder, pieces, write):
    folder.mkdir()
    size = -(-len(table) // pieces)
    for i in range(pieces):
        piece = table.slice(i * size, size)
        if len(piece):
            write(piece, folder / f"part-{i:03}")


def csv(piece, stem):
    piece.write_csv(stem.with_suffix(".csv"))


def parquet(piece, stem):
    piece.write_parquet(stem.with_suffix(".parquet"), row_group_size=50)


def columns(source):
    parts = list(ps.plan(str(source)).parts)
    random.Random(5).shuffle(parts)
    [data] = ps.merge(map(ps.observe, parts)).datasets.values()
    assert data.rows == ROWS
    assert data.unread == ()
    return data.columns, data.joint


def test_evidence_is_the_same_in_1_7_and_100_parts_and_in_csv_and_parquet(table, tmp_path):
    every = []
    for write in (csv, parquet):
        for pieces in (1, 7, 100):
            folder = tmp_path / f"{write.__name__}{pieces}"
            cut(table, folder, pieces, write)
            every.append(columns(folder))
    assert every[0][1]
    assert all(one == every[0] for one in every[1:])


def test_a_frame_in_memory_gives_the_evidence_of_its_file(table, tmp_path):
    csv(table, tmp_path / "t")
    stored, _ = columns(tmp_path / "t.csv")
    parts = ps.plan(table).parts
    [data] = ps.merge(map(ps.observe, parts)).datasets.values()
    assert data.columns == stored


def test_typed_parquet_equals_its_csv(tmp_path):
    typed = pl.DataFrame(
        {
            "n": [1, 2, None],
            "x": [1.5, -2.0, 1e20],
            "d": pl.Series(["2024-01-31"] * 3).str.to_date(),
            "b": [True, False, None],
        }
    )
    typed.write_parquet(tmp_path / "t.parquet")
    typed.write_csv(tmp_path / "t.csv")
    one, two = (
        ps.merge(map(ps.observe, ps.plan(str(tmp_path / f)).parts)).datasets
        for f in ("t.parquet", "t.csv")
    )
    [a], [b] = one.values(), two.values()
    assert a.columns == b.columns


def test_spawned_workers_give_byte_equal_evidence(table, tmp_path):
    cut(table, tmp_path / "lake", 4, parquet)
    plan = make_plan([str(tmp_path / "lake")])
    assert encode(run(plan, workers=2)) == encode(run(plan, workers=1))


def test_reports_are_byte_identical_between_runs(table, tmp_path):
    cut(table, tmp_path / "lake", 3, csv)
    from privscan.render.json import render

    first, second = (render(ps.scan(str(tmp_path / "lake"))) for _ in range(2))
    assert first == second
    assert json.loads(first)["schema"] == "privscan-report/1"


def test_evidence_of_a_real_scan_survives_the_wire_and_any_grouping(table, tmp_path):
    cut(table, tmp_path / "lake", 5, csv)
    parts = ps.plan(str(tmp_path / "lake"), key=b"secret of this store").parts
    seen = [decode(encode(ps.observe(p))) for p in parts]
    left = functools.reduce(lambda a, b: a + b, seen)
    right = functools.reduce(lambda a, b: b + a, reversed(seen))
    assert encode(left) == encode(right) == encode(ps.merge(seen))


def test_two_keys_never_share_a_hash(table):
    one, two = (
        ps.observe(ps.plan(table, key=key).parts[0]).datasets for key in (b"key one", b"key two")
    )
    [a], [b] = one.values(), two.values()
    for path in a.columns:
        assert not set(a.columns[path].values.hashes) & set(b.columns[path].values.hashes)


def test_a_detector_that_fails_is_reported_not_hidden(monkeypatch, tmp_path, table):
    csv(table, tmp_path / "t")
    from privscan.detectors import dates

    def broken(column):
        raise ValueError(column.cells[0])

    monkeypatch.setattr(dates, "find", broken)
    report = ps.scan(str(tmp_path / "t.csv"), detectors=["dates"])
    assert not report.complete
    assert {u.reason for u in report.unread} >= {
        "detector dates on column 'email' failed with ValueError"
    }
    assert "example.com" not in str(report.unread)
