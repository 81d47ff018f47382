"""A scan again: what did not change is not opened, and the answer is that of a scan without a store."""

from __future__ import annotations

import os
import shutil
import sqlite3
import zipfile
from pathlib import Path

import polars as pl
import pytest

import privscan as ps
from privscan.render import json as json_format
from privscan.sources import _files, _groups, delimited, discover, json, parquet
from privscan.store import fingerprints, looks
from privscan.store.fingerprints import MARK, State

DATES = ("dates",)
CANARY = "1987-03-14"


def table(file: Path, days=(CANARY, "1999-01-01"), column="birth_date"):
    file.parent.mkdir(parents=True, exist_ok=True)
    frame = pl.DataFrame({column: days, "n": range(len(days))})
    match file.suffix:
        case ".parquet":
            frame.write_parquet(file)
        case ".csv":
            frame.write_csv(file)
        case _:
            frame.write_ndjson(file)


@pytest.fixture
def lake(tmp_path):
    folder = tmp_path / "lake"
    for suffix in ("csv", "parquet", "ndjson"):
        for i in range(2):
            table(folder / suffix / f"day={i}" / f"a.{suffix}")
    table(folder / "loose/one.csv")
    table(folder / "loose/two.csv", column="seen")
    return folder


@pytest.fixture
def store(tmp_path):
    return tmp_path / "store"


@pytest.fixture
def settled(monkeypatch):
    """As if every file had been there for long."""
    monkeypatch.setattr(fingerprints, "SETTLES_SECONDS", -3_600)


def scan(lake, store):
    report = ps.scan(lake, store=store, detectors=DATES)
    last = ps.history(store)[-1]
    return json_format.render(report), last.reused, last.reasons


def whole(lake, store):
    key = (store / "key").read_bytes()
    return json_format.render(ps.scan(lake, key=key, detectors=DATES))


def asked(store, what):
    with sqlite3.connect(store / "index.sqlite") as index:
        return index.execute(what).fetchall()


@pytest.fixture
def opened(monkeypatch):
    """The files that a plan or a reader looks into, in order."""
    met = []

    def told(module, name, uri=lambda first: first):
        real = getattr(module, name)

        def look(first, *more, **options):
            met.append(Path(uri(first)).name)
            return real(first, *more, **options)

        monkeypatch.setattr(module, name, look)

    told(_files, "_of_bytes")
    for module in (delimited, json, parquet):
        told(module, "schema")
        told(module, "parts")
        told(module, "read", lambda part: part.uri)
    return met


@pytest.mark.usefixtures("settled")
def test_what_did_not_change_is_not_opened(lake, store, opened):
    report, *_ = scan(lake, store)
    assert {*opened} == {"a.csv", "a.parquet", "a.ndjson", "one.csv", "two.csv"}
    opened.clear()
    assert scan(lake, store) == (report, 8, "")
    assert opened == []
    table(lake / "loose/two.csv", [CANARY], column="seen")
    assert scan(lake, store)[1:] == (7, "1 changed")
    assert {*opened} == {"two.csv"}


def test_what_was_touched_just_now_is_looked_at_again(lake, store, opened):
    report, *_ = scan(lake, store)
    opened.clear()
    assert scan(lake, store) == (report, 8, "")
    assert len({*opened}) == 5
    assert asked(store, "select * from looks") == []


def edits(lake):
    """Changes to a lake, one after the other, each with what it is for."""
    table(lake / "loose/one.csv", [CANARY] * 9, column="other")
    broken = lake / "parquet/day=1/a.parquet"
    sound = broken.read_bytes()
    broken.write_bytes(sound[:-9])
    yield "other columns, and damage"
    broken.write_bytes(sound)
    table(lake / "loose/one.csv", ["x"], column="other")
    (lake / "loose/two.csv").write_bytes((lake / "csv/day=0/a.csv").read_bytes())
    yield "mended, and two files become one dataset"
    shutil.copy(lake / "parquet/day=0/a.parquet", lake / "loose/two.csv")
    shutil.move(lake / "ndjson/day=1", lake / "ndjson/day=7")
    table(lake / "ndjson/day=2/extra/a.ndjson", column="died")
    yield "another format under the old name, moved, and one more"
    shutil.rmtree(lake / "csv")
    (lake / "loose/empty.csv").write_bytes(b"")
    yield "gone, and an empty one"


@pytest.mark.usefixtures("settled")
def test_after_any_change_the_report_is_that_of_a_scan_without_a_store(lake, store):
    scan(lake, store)
    for what in edits(lake):
        assert scan(lake, store)[0] == whole(lake, store), what
    known = {Path(uri) for (uri,) in asked(store, "select distinct uri from looks")}
    assert known
    assert all(file.is_file() for file in known)


@pytest.mark.usefixtures("settled")
def test_other_code_or_rules_look_again(lake, store, opened, monkeypatch):
    report, *_ = scan(lake, store)
    for name in ("_code", "seeing_digest"):
        opened.clear()
        monkeypatch.setattr(looks, name, lambda: "another")
        assert scan(lake, store) == (report, 8, "")
        assert len({*opened}) == 5


@pytest.mark.usefixtures("settled")
def test_what_failed_to_open_is_asked_again(lake, store, monkeypatch):
    real = _groups._schema

    def shut(file):
        if file.uri.endswith("one.csv"):
            raise OSError(13, "Permission denied")
        return real(file)

    with monkeypatch.context() as patch:
        patch.setattr(_groups, "_schema", shut)
        assert not ps.scan(lake, store=store, detectors=DATES).complete
    assert scan(lake, store)[0] == whole(lake, store)
    assert ps.scan(lake, store=store, detectors=DATES).complete


@pytest.mark.usefixtures("settled")
def test_what_is_remembered_holds_no_value(lake, store):
    scan(lake, store)
    said = repr(asked(store, "select * from looks"))
    assert "birth_date" in said
    assert CANARY not in said


def at(touched, monkeypatch):
    """Every file has the same size and times, whatever is done to it."""
    monkeypatch.setattr(fingerprints, "_of_file", lambda _name: State("40-1-1", touched))
    monkeypatch.setattr(discover, "stamp", lambda _uri: "40-1")


def test_a_second_edit_within_one_tick_of_the_clock_is_seen(lake, store, monkeypatch):
    at(2**62, monkeypatch)
    scan(lake, store)
    assert scan(lake, store)[1:] == (8, "")
    table(lake / "loose/two.csv", [CANARY, "1999-01-02"], column="seen")
    report, *read = scan(lake, store)
    assert read == [7, "1 changed"]
    assert report == whole(lake, store)
    at(0, monkeypatch)
    table(lake / "loose/two.csv", [CANARY, "1999-01-03"], column="seen")
    assert scan(lake, store)[1:] == (7, "1 changed")  # the content was kept: it is compared
    table(lake / "loose/two.csv", [CANARY, "1999-01-04"], column="seen")
    assert scan(lake, store)[1:] == (8, "")  # such an edit has other times where files are real


def test_once_files_have_settled_their_content_is_not_asked_for(lake, store, monkeypatch):
    report, *_ = scan(lake, store)
    kept = [f for (f,) in asked(store, "select fingerprint from parts")]
    assert all(MARK in one for one in kept)
    monkeypatch.setattr(fingerprints, "SETTLES_SECONDS", -3_600)
    assert scan(lake, store) == (report, 8, "")
    kept = [f for (f,) in asked(store, "select fingerprint from parts")]
    assert not any(MARK in one for one in kept)
    monkeypatch.setattr(fingerprints, "_content", None)
    assert scan(lake, store) == (report, 8, "")


def archived(file, day):
    with zipfile.ZipFile(file, "w") as made:
        made.writestr(zipfile.ZipInfo("seen.csv"), f"seen\n{day}\n1999-01-01\n")


def test_an_archive_that_was_edited_and_set_back_is_read_again(tmp_path, store, monkeypatch):
    file = tmp_path / "lake/a.zip"
    file.parent.mkdir()
    archived(file, CANARY)
    assert [scan(file, store)[1:] for _ in range(2)] == [(0, "1 unknown")] * 2
    monkeypatch.setattr(fingerprints, "SETTLES_SECONDS", -3_600)
    assert [scan(file, store)[1:] for _ in range(2)] == [(0, "1 new"), (1, "")]
    before = file.stat()
    archived(file, CANARY[:-1] + "5")
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert file.stat().st_size == before.st_size
    assert scan(file, store)[1:] == (0, "1 changed")


@pytest.mark.usefixtures("settled")
@pytest.mark.parametrize("rows", ["1,a@example.com\n", ""], ids=["rows", "no rows"])
def test_a_table_that_grows_by_a_file_keeps_what_was_read_of_the_first(tmp_path, store, rows):
    folder = tmp_path / "lake" / "sales"
    for month in (1, 2):
        (folder / f"month={month}").mkdir(parents=True)
    (folder / "month=1" / "a.csv").write_text(f"id,email\n{rows}")
    scan(folder, store)
    (folder / "month=2" / "a.csv").write_text("id,email\n2,b@example.com\n")
    report, reused, _ = scan(folder, store)
    assert reused == bool(rows)
    assert report == whole(folder, store)
    shutil.rmtree(folder / "month=2")
    report, reused, _ = scan(folder, store)
    assert reused == bool(rows)
    assert report == whole(folder, store)
    assert ("no rows" in report) == (not rows)


def test_a_new_version_of_a_table_reads_its_new_files_only(tmp_path, store):
    lake = pytest.importorskip("deltalake", reason="needs pip install 'privscan[lake]'")
    folder = tmp_path / "orders"
    for i in range(3):
        days = pl.DataFrame({"birth_date": [CANARY, f"199{i}-01-01"]})
        lake.write_deltalake(str(folder), days, mode="append")
        report, *read = scan(folder, store)
        assert read == [i, "1 new"]
        assert report == whole(folder, store)
        (data,) = ps.scan(folder, store=store, detectors=DATES).datasets
        assert (data.version, data.rows) == (str(i), 2 * (i + 1))
