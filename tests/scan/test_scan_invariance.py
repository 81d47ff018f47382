"""The same table gives the same evidence however it is cut, stored, ordered or worked on."""

from __future__ import annotations

import csv as csv_module
import functools
import importlib
import io
import json
import random

import polars as pl
import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet as pq
import pytest
from PIL import Image

import privscan as ps
from privscan.detectors import dates
from privscan.evidence.codec import decode, encode
from privscan.registry import plugins
from privscan.scan.local import run
from privscan.scan.plan import plan as make_plan

fold = importlib.import_module("privscan.scan.fold")
looking = importlib.import_module("privscan.scan.looking")

ROWS = 200


@pytest.fixture(scope="module")
def table():
    rng = random.Random(3)
    return pl.DataFrame(
        {
            "email": [f"user{i}@example.com" if i % 9 else None for i in range(ROWS)],
            "birth_date": [f"19{rng.randint(40, 99)}-0{rng.randint(1, 9)}-11" for _ in range(ROWS)],
            "city": [f"Old, or\nnew town {rng.randint(1, 9)}" for _ in range(ROWS)],
        }
    )


def failing(column):
    raise ValueError(column.cells[0])


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


def columns(source, detectors=None):
    parts = list(ps.plan(str(source), detectors=detectors).parts)
    random.Random(5).shuffle(parts)
    [data] = ps.merge(map(ps.observe, parts)).datasets.values()
    assert data.rows == ROWS
    assert data.unread == ()
    return data.columns, data.joint


@pytest.mark.parametrize(("cuts", "detectors"), [((1, 7), None), ((1, 7, 100), ["dates"])])
def test_evidence_is_the_same_in_1_7_and_100_parts_and_in_csv_and_parquet(
    table, tmp_path, cuts, detectors
):
    every = []
    for write in (csv, parquet):
        for pieces in cuts:
            folder = tmp_path / f"{write.__name__}{pieces}"
            cut(table, folder, pieces, write)
            every.append(columns(folder, detectors))
    assert [*every[0][1]] == [("birth_date", "city")]
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


def json_lines(rows, folder, pieces):
    folder.mkdir()
    size = -(-len(rows) // pieces)
    for i in range(pieces):
        lines = [json.dumps(row) for row in rows[i * size : (i + 1) * size]]
        (folder / f"part-{i:02}.jsonl").write_text("\n".join(lines) + "\n", "utf-8")
    parts = ps.plan(str(folder)).parts
    [data] = ps.merge(map(ps.observe, parts)).datasets.values()
    return data


def test_json_lines_with_late_fields_are_the_same_however_they_are_cut(tmp_path):
    rows = [
        {"name": f"Ann {i}", "birth_date": "1950-01-11", "gender": "f"}
        | ({"tags": ["a"] * (i % 3)} if i % 2 else {})
        | ({"home": {"city": f"City {i % 5}", "zip": f"{10000 + i}"}} if i > 20 else {})
        | ({"postal_code": f"{10000 + i}"} if i >= 20 else {})
        | ({"last_login": "2024-01-31"} if i == 59 else {})
        for i in range(60)
    ]
    found = [json_lines(rows, tmp_path / f"{pieces}", pieces) for pieces in (1, 4, 10, 30)]
    assert found[0].columns["last_login"].nulls == 59
    [members] = found[0].joint
    assert {"birth_date", "gender", "postal_code"} <= {*members}
    assert all(data.columns == found[0].columns for data in found[1:])
    assert all(data.joint == found[0].joint for data in found[1:])


def test_keys_with_dots_beside_objects_count_every_row_once_however_they_are_cut(tmp_path):
    rows = [
        {"a.b": f"x{i}", "a": {"b": "y"}} if i % 2 else {"a": {"b": None, "v": [i] * 16}}
        for i in range(12)
    ] + [{"a": {"v": "text"}}, {"a.b": "alone"}]
    found = [json_lines(rows, tmp_path / f"{pieces}", pieces) for pieces in (1, 2, 7, 14)]
    assert all(data.columns == found[0].columns for data in found[1:])
    columns = found[0].columns
    assert {c.path: (c.rows, c.nulls) for c in columns.values()} == {
        "a.b": (14, 7),
        "a.b_2": (14, 8),
        "a.v": (14, 7),
    }


def test_a_column_of_lists_in_memory_joins_no_equivalence_class():
    for codes in ([["12345"], ["23456"]], [["12345", "1"], ["23456"]]):
        frame = pl.DataFrame({"age": ["31", "32"], "postal_code": codes, "gender": ["m", "f"]})
        [data] = ps.observe(ps.plan(frame).parts[0]).datasets.values()
        assert [*data.joint] == [("age", "gender")]


def observed(monkeypatch, plan, rows):
    read = fold.read_part
    with monkeypatch.context() as patched:
        patched.setattr(fold, "read_part", lambda part: read(part, batch_rows=rows))
        [data] = run(plan, workers=1).datasets.values()
    return data


def test_what_stayed_unread_is_the_same_in_batches_of_any_size(tmp_path, monkeypatch, table):
    broken = b"\x89PNG\r\n\x1a\n" + b"junk" * 10
    pq.write_table(pa.table({"img": [broken] * 10, "n": range(10)}), tmp_path / "p.parquet")
    plan = make_plan([str(tmp_path / "p.parquet")])
    one, ten = (observed(monkeypatch, plan, rows) for rows in (1, 10))
    assert one == ten
    [unread] = one.unread
    assert unread.reason == "pictures in column 'img' could not be decoded"
    assert (unread.bytes, unread.rows) == (480, 10)
    assert one.media["images"] == 10

    parquet(table, tmp_path / "t")
    monkeypatch.setattr(dates, "find", failing)
    plan = make_plan([str(tmp_path / "t.parquet")], detectors=["dates"])
    few, many = (observed(monkeypatch, plan, rows) for rows in (7, 1000))
    assert few == many
    assert len(few.unread) == len(table.columns)
    assert {u.bytes for u in few.unread} == {plan.parts[0].bytes}


@pytest.mark.parametrize("content", [b"\x89PNG\r\n\x1a\n....", None])
def test_pictures_that_no_detector_decoded_are_unread(tmp_path, content):
    out = io.BytesIO()
    Image.new("RGB", (8, 8)).save(out, "PNG")
    (tmp_path / "a.png").write_bytes(content or out.getvalue())
    report = ps.scan(str(tmp_path), detectors=["photo_metadata", "dates"])
    assert not report.complete
    [unread] = report.unread
    assert unread.reason.startswith(looking.NOT_TRIED)
    assert ps.scan(str(tmp_path), detectors=["faces"]).complete is (content is None)


def test_detectors_left_out_are_disclosed(table):
    report = ps.scan(table, detectors=["dates"])
    assert set(report.tool.not_run) == {p.name for p in plugins("detectors")} - {"dates"}
    assert all(why.startswith("left out by choice") for why in report.tool.not_run.values())
    assert "left out" not in str(ps.scan(table).tool.not_run)


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
    monkeypatch.setattr(dates, "find", failing)
    report = ps.scan(str(tmp_path / "t.csv"), detectors=["dates"])
    assert not report.complete
    assert {u.reason for u in report.unread} >= {
        "detector dates on column 'email' failed with ValueError"
    }
    assert "example.com" not in str(report.unread)
