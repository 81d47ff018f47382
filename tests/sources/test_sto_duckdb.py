"""DuckDB files: all types, nothing written, nothing loaded, damage told."""

from __future__ import annotations

import builtins
import random

import duckdb
import pytest

from privscan.sources import duckdb as source

CANARY = "canary.1d8f@example.com"

MAKE = """
    create schema crm;
    create type mood as enum ('calm', 'glad');
    create table crm.people(id int, email text, born date, photo blob, code uuid, tags text[],
        made timestamptz, gap interval, mood mood, home struct(city text), big hugeint, pay decimal(38, 2),
        either union(a int, b text), seen map(text, int));
    insert into crm.people values (1, 'a@example.com', 'infinity', '\\x01\\x02'::blob,
        'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11', ['x', 'y'], '2024-01-02 03:04:05+00', interval 2 day,
        'glad', {'city': 'Rome'}, 12345678901234567890123, 3.20, 'z'::text, map {'k': 1});
    create table "od d""q"("a ""b" text);
    create view spied as select * from crm.people;
"""


def made(path, *statements):
    with duckdb.connect(path) as base:
        for statement in (MAKE, *statements):
            base.execute(statement)
    return path


def test_every_type_is_read_and_views_are_not(tmp_path, answer):
    got = answer(made(tmp_path / "shop.duckdb"))
    assert got.names == ["shop.crm.people", 'shop.od d"q']
    assert got.unread == []
    first = {path: cells[0] for path, cells in got.cells.items()}
    assert (first["born"], first["photo"], first["big"]) == (
        "infinity", b"\x01\x02", "12345678901234567890123",
    )  # fmt: skip
    assert (first["code"], first["gap"], first["mood"], first["pay"], first["either"]) == (
        "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11", "2 days", "glad", "3.20", "z",
    )  # fmt: skip
    assert (first["home.city"], got.cells["tags[]"]) == ("Rome", ["x", "y"])
    assert first["made"].startswith("2024-01-02 03:04:05")
    assert "k" in got.every


def test_parts_together_are_the_whole(tmp_path, answer, monkeypatch):
    more = "insert into crm.people(id, email) select i, 'u' || i from range(100000) t(i)"
    path = made(
        tmp_path / "t.duckdb", more, "delete from crm.people where id between 100 and 50000"
    )
    before, whole = path.read_bytes(), answer(path)
    monkeypatch.setattr(source, "PART_BYTES", 150_000)
    cut = answer(path)
    [people] = [found for found in cut.found if found.name == "t.crm.people"]
    assert len(people.parts) > 4
    assert (cut.rows, cut.unread) == (whole.rows, []) == (50_100, [])
    assert sorted(map(str, cut.cells["email"])) == sorted(map(str, whole.cells["email"]))
    assert path.read_bytes() == before


def test_files_may_not_reach_outside(tmp_path):
    path = made(tmp_path / "t.duckdb")
    (tmp_path / "x.csv").write_text("a\n1\n")
    with source._opened(str(path)) as base:
        for statement in (
            f"select * from '{tmp_path}/x.csv'",
            "create table y(a int)",
            "install httpfs",
        ):
            with pytest.raises(duckdb.Error):
                base.execute(statement)


@pytest.mark.parametrize("share", [0.001, 0.4, 0.9])
def test_a_truncated_file_says_so(tmp_path, answer, share):
    path = made(
        tmp_path / "t.duckdb",
        f'insert into "od d""q" select \'{CANARY}\' || i from range(90000) t(i)',
    )
    data = path.read_bytes()
    path.write_bytes(data[: int(len(data) * share) + 12])
    got = answer(path)
    assert got.unread
    assert not any("canary" in u.reason + u.span for u in got.unread)


def test_a_file_that_only_begins_like_one_is_unread(tmp_path, answer):
    (tmp_path / "t.duckdb").write_bytes(bytes(8) + b"DUCK" + random.Random(1).randbytes(20_000))
    got = answer(tmp_path / "t.duckdb")
    assert got.rows == 0
    assert "DuckDB does not read it" in got.reasons[0]


def test_without_the_extra_it_is_unread_with_the_command(tmp_path, answer, monkeypatch):
    path, own = made(tmp_path / "t.duckdb"), builtins.__import__

    def without(name, *rest, **more):
        if name == "duckdb":
            raise ImportError(name)
        return own(name, *rest, **more)

    monkeypatch.setattr(builtins, "__import__", without)
    assert answer(path).reasons == ["it is read with the extra: pip install 'privscan[sql]'"]


def test_no_rows_are_not_clean(tmp_path, answer):
    path = made(tmp_path / "t.duckdb", "delete from crm.people")
    assert answer(path).reasons == ["no rows"]
