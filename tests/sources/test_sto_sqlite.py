"""SQLite bases: all tables and kinds of cells, damage told, nothing changed, no cell in a reason."""

from __future__ import annotations

import gzip
import random
import sqlite3
import zipfile
from contextlib import closing

import pytest
import xlsxwriter

import privscan as ps
from privscan.sources import sqlite

CANARY = "canary.7f3a@example.com"

TABLES = """
create table people(id integer primary key, email text, x int);
create table w(k text primary key, v blob) without rowid;
create table "od d""q"(a, b, "a ");
create view seen as select * from people;
"""


def made(path, rows=(), script=TABLES):
    with closing(sqlite3.connect(path)) as base:
        base.executescript(script)
        base.executemany("insert into people(email, x) values(?, ?)", rows)
        base.commit()
    return path


def test_every_kind_of_cell_of_every_column_is_read(tmp_path, answer):
    rows = [
        ("a@example.com", 1),
        (None, "late text"),
        ("c@x.org", 2.5),
        (b"\xff\xd8\xff blob", None),
    ]
    path = made(tmp_path / "shop.db", rows)
    got = answer(path)
    assert got.names == ['shop.od d"q', "shop.people", "shop.w"]
    assert got.rows == 4
    assert got.unread == []
    assert got.cells["x"] == ["1", "late text", "2.5", None]
    assert got.cells["email"] == ["a@example.com", None, "c@x.org", None, b"\xff\xd8\xff blob"]
    assert got.cells["id"] == ["1", "2", "3", "4"]


def test_generated_columns_are_read_and_hidden_arguments_are_not(tmp_path, answer):
    script = """
        create table people(email text, x int, y as (email || '!') virtual, z as (x + 1) stored);
        create virtual table pages using fts5(body);
        insert into pages values('from bob@example.com');
    """
    got = answer(made(tmp_path / "t.db", [("a@example.com", 1)], script))
    assert (got.cells["y"], got.cells["z"]) == (["a@example.com!"], ["2"])
    assert got.cells["body"] == ["from bob@example.com"]
    assert "rank" not in got.cells


def test_what_an_index_of_words_keeps_is_no_table_unless_it_alone_has_the_words(tmp_path):
    script = """
        create virtual table pages using fts5(body);
        insert into pages values('from bob@example.com');
        create virtual table bare using fts5(body, content='');
        insert into bare(rowid, body) values(1, 'carla@example.com');
        create table people(email, x);
        create table pages_own(a); insert into pages_own values(1);
    """
    path = made(tmp_path / "t.db", [("a@example.com", 1)], script)
    names = {table.name for table in sqlite.tables(str(path))}
    assert {"people", "pages", "pages_own", "bare", "bare_data"} <= names
    assert not {name for name in names if name.startswith("pages_")} - {"pages_own"}


def test_bytes_called_text_are_counted_and_read(tmp_path, answer):
    path = made(tmp_path / "t.db", [("a@example.com", 1)])
    with closing(sqlite3.connect(path)) as base:
        base.execute("insert into people(email) values(cast(x'ff' || 'b@example.com' as text))")
        base.commit()
    got = answer(path)
    assert got.reasons == ["1 cells of column 'email' are not valid UTF-8"]
    assert "\ufffdb@example.com" in got.cells["email"]


@pytest.mark.parametrize("name", ["people", "w"])
def test_parts_together_are_the_whole(tmp_path, answer, monkeypatch, name):
    path = made(tmp_path / "t.db", [(f"u{i}@example.com", i) for i in range(500)])
    with closing(sqlite3.connect(path)) as base:
        base.execute("delete from people where id between 100 and 300")
        base.executemany("insert into w values(?, ?)", [(f"k{i}", i) for i in range(50)])
        base.commit()
    whole = answer(path)
    monkeypatch.setattr(sqlite, "PART_BYTES", 2_000)
    cut = answer(path)
    [parts] = [found.parts for found in cut.found if found.name == f"t.{name}"]
    assert (len(parts) > 4) == (name == "people")
    assert sum(part.bytes for found in cut.found for part in found.parts) <= path.stat().st_size
    assert (cut.cells, cut.rows, cut.unread) == (whole.cells, whole.rows, [])


def test_what_only_the_log_holds_is_read_and_the_base_stays_as_it_was(tmp_path, answer):
    (tmp_path / "d").mkdir()
    path = made(tmp_path / "d" / "t.db")
    before = path.read_bytes()
    writer = sqlite3.connect(path)
    writer.execute("pragma journal_mode = wal")
    writer.execute("pragma wal_autocheckpoint = 0")
    header = path.read_bytes()
    writer.execute("insert into people(email) values('wal@example.com')")
    writer.commit()
    got = answer(tmp_path / "d")
    assert got.cells["email"] == ["wal@example.com"]
    assert got.unread == []
    assert path.read_bytes() == header != before
    writer.close()


@pytest.mark.parametrize("share", [0.0, 0.3, 0.6, 0.99])
def test_a_truncated_base_says_so(tmp_path, answer, share):
    path = made(tmp_path / "t.db", [(f"u{i}@example.com", i) for i in range(3_000)])
    data = path.read_bytes()
    path.write_bytes(data[: max(100, int(len(data) * share))])
    got = answer(path)
    assert got.unread
    assert got.rows <= 3_000


def test_damage_raises_nothing_and_quotes_no_cell(tmp_path, answer):
    path = made(tmp_path / "t.db", [(f"{CANARY}{i}", i) for i in range(400)])
    data, rng = path.read_bytes(), random.Random(5)
    told = 0
    for _ in range(30):
        at = rng.randrange(16, len(data))
        torn = data[:at] + rng.randbytes(24) + data[at + 24 :]
        path.write_bytes(torn[: len(data)])
        got = answer(path)
        told += bool(got.unread)
        assert not any("canary" in u.reason + u.span for u in got.unread)
    assert told > 3


def test_a_header_that_lies_is_unread(tmp_path, answer):
    path = tmp_path / "t.db"
    path.write_bytes(b"SQLite format 3\0" + bytes(random.Random(1).randbytes(5_000)))
    got = answer(path)
    assert got.rows == 0
    assert got.reasons == [sqlite.DAMAGED]


def test_an_empty_base_is_not_clean(tmp_path):
    made(tmp_path / "t.db")
    report = ps.scan(str(tmp_path / "t.db"), detectors=["dates"])
    assert [u.reason for u in report.unread] == ["no rows"]


def test_a_base_without_tables_is_not_clean(tmp_path, answer):
    with closing(sqlite3.connect(tmp_path / "t.db")) as base:
        base.executescript("create table t(a); drop table t;")
    assert answer(tmp_path / "t.db").reasons == ["it holds no tables"]


def test_an_empty_table_beside_a_full_one_is_a_dataset_of_no_rows(tmp_path):
    path = made(tmp_path / "t.db", [("a@example.com", 1)])
    report = ps.scan(str(path), detectors=["pattern"])
    assert report.complete
    assert {d.name: d.rows for d in report.datasets} == {'t.od d"q': 0, "t.people": 1, "t.w": 0}
    [people] = [d for d in report.datasets if d.name == "t.people"]
    assert "email" in {e.entity for c in people.columns for e in c.entities}


def test_a_packed_base_is_refused_with_the_next_step(tmp_path, answer):
    path = made(tmp_path / "t.db", [("a@example.com", 1)])
    (tmp_path / "t.db.gz").write_bytes(gzip.compress(path.read_bytes()))
    assert answer(tmp_path / "t.db.gz").reasons == [
        "sqlite inside gzip is not read: unpack it first"
    ]


def test_a_base_in_an_archive_is_unread_with_the_way_out_and_a_workbook_is_read(tmp_path, answer):
    path = made(tmp_path / "t.db", [("a@example.com", 1)])
    with xlsxwriter.Workbook(tmp_path / "book.xlsx") as book:
        book.add_worksheet("One").write_column(0, 0, ["email", "b@example.com", "c@example.com"])
    with zipfile.ZipFile(tmp_path / "t.zip", "w") as archive:
        archive.write(path, "in/t.db")
        archive.write(tmp_path / "book.xlsx", "in/book.xlsx")
    got = answer(tmp_path / "t.zip")
    assert got.reasons == [
        "an SQLite base is read from a disk only: copy it out of its archive or store"
    ]
    assert got.cells["email"] == ["b@example.com", "c@example.com"]
