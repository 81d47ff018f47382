"""The same table gives the same evidence however it is cut, stored, ordered or worked on."""

from __future__ import annotations

import csv as csv_module
import functools
import json
import random

import polars as pl
import pyarrow.csv
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


def polars_csv(frame, file):
    frame.write_csv(file)


def arrow_csv(frame, file):
    pyarrow.csv.write_csv(frame.to_arrow(), file)


def plain_csv(frame, file):
    """As Python's own modules and others write: `True`, `12:00:01`, midnight as the day."""
    with file.open("w", encoding="utf-8", newline="") as out:
        writer = csv_module.writer(out)
        writer.writerow(frame.columns)
        writer.writerows(
            [str(cell) if cell is not None else "" for cell in row] for row in frame.rows()
        )


@pytest.mark.parametrize("write", [polars_csv, arrow_csv, plain_csv])
def test_typed_parquet_equals_its_csv_by_any_writer(tmp_path, write):
    day = pl.Series(["2024-01-31", "1984-02-29", None]).str.to_date()
    typed = pl.DataFrame(
        {
            "n": [1, 2, None],
            "x": [1.5, -2.0, 1234.25],
            "whole": [3.0, 4.0, None],
            "d": day,
            "at": ["2024-01-31 12:00:01", "2024-02-01 00:00:00", "2024-01-31 12:00:01.5"],
            "b": [True, False, None],
        }
    ).with_columns(pl.col("at").str.to_datetime("%Y-%m-%d %H:%M:%S%.f", time_unit="us"))
    typed.write_parquet(tmp_path / "t.parquet")
    write(typed, tmp_path / "t.csv")
    one, two = (
        ps.merge(map(ps.observe, ps.plan(str(tmp_path / f)).parts)).datasets
        for f in ("t.parquet", "t.csv")
    )
    [a], [b] = one.values(), two.values()
    assert a.columns == b.columns


def test_json_lines_with_late_fields_are_the_same_however_they_are_cut(tmp_path):
    rows = [
        {"name": f"Ann {i}", "birth_date": "1950-01-11", "gender": "f"}
        | ({"tags": ["a"] * (i % 3)} if i % 2 else {})
        | ({"home": {"city": f"City {i % 5}", "zip": f"{10000 + i}"}} if i > 20 else {})
        | ({"last_login": "2024-01-31"} if i == 59 else {})
        for i in range(60)
    ]
    found = []
    for pieces in (1, 4, 30):
        folder = tmp_path / f"{pieces}"
        folder.mkdir()
        size = 60 // pieces
        for i in range(pieces):
            lines = [json.dumps(row) for row in rows[i * size : (i + 1) * size]]
            (folder / f"part-{i:02}.jsonl").write_text("\n".join(lines) + "\n", "utf-8")
        parts = ps.plan(str(folder)).parts
        [data] = ps.merge(map(ps.observe, parts)).datasets.values()
        found.append(data)
    assert found[0].columns["last_login"].nulls == 59
    assert all(data.columns == found[0].columns for data in found[1:])


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
