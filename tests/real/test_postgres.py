"""Tables of a real PostgreSQL: all types, one snapshot, read only, nothing secret anywhere.

Start: needs the programs of Debian's `postgresql` and the extra `sql`; the test starts the
server itself (see postgres_server.py).
"""

from __future__ import annotations

import gc
import pickle
from contextlib import closing
from importlib.util import find_spec

import pytest
from postgres_server import PASSWORD, programs, server

import privscan as ps
from privscan.model.data import Batch, Unread
from privscan.sources import postgres
from privscan.sources.discover import discover, read_part

pytestmark = [
    pytest.mark.real,
    pytest.mark.skipif(programs() is None, reason="needs apt-get install postgresql"),
    pytest.mark.skipif(
        find_spec("adbc_driver_postgresql") is None, reason="needs pip install 'privscan[sql]'"
    ),
]

CANARY = "canary.4d2e@example.com"
MAKE = f"""
    create schema crm;
    create table crm.people(id bigint primary key, email text, born date, extra jsonb, pay numeric,
        address inet, tags text[], photo bytea, ok bool, seen timestamptz, code char(3));
    insert into crm.people select i, 'u' || i || '@example.com', date '1980-01-01' + i::int,
        jsonb_build_object('phone', '+81 90 0000 ' || lpad(i::text, 4, '0')), i * 1.5,
        ('10.0.0.' || i % 250)::inet, array['a', 'b' || i], '\\x0102'::bytea, i % 2 = 0,
        'infinity', 'x' from generate_series(1, 9000) i;
    create view crm.seen as select * from crm.people;
    create materialized view crm.kept as select email from crm.people limit 3;
    create table events(at date, who text) partition by range (at);
    create table e24 partition of events for values from ('2024-01-01') to ('2025-01-01');
    create table e25 partition of events for values from ('2025-01-01') to ('2026-01-01');
    insert into events values ('2024-05-01', 'a@example.com'), ('2025-05-01', 'b@example.com');
    create table "od d""q"("a ""b" text); insert into "od d""q" values ('{CANARY}');
    create table none(a int);
    create table hidden(a text); insert into hidden values ('{CANARY}');
    create table guarded(a text); insert into guarded values ('{CANARY}'), ('seen');
    alter table guarded enable row level security;
    create policy only_some on guarded using (a = 'seen');
    create role reader login password '{PASSWORD}';
    grant usage on schema crm to reader; grant select on all tables in schema crm to reader;
    grant select on events, e24, e25, "od d""q", none, guarded to reader;
"""


@pytest.fixture(scope="module")
def base():
    with server() as place:
        _do(place, MAKE)
        yield place


def _do(place, statements, user="owner"):
    from adbc_driver_postgresql import dbapi

    address = f"postgresql://{user}:{PASSWORD}@{place}"
    with closing(dbapi.connect(address, autocommit=True)) as one, one.cursor() as cursor:
        for statement in filter(str.strip, statements.split(";")):
            cursor.execute(statement)


def _read(address):
    cells, unread, names = {}, [], {}
    for found in discover([address]):
        names[found.name] = len(found.parts)
        unread += found.unread
        for part in found.parts:
            for item in read_part(part):
                if isinstance(item, Unread):
                    unread.append(item)
                    continue
                for column in item.columns:
                    coded = (
                        column.cells if column.codes is None else column.cells.gather(column.codes)
                    )
                    cells.setdefault((found.name, column.path), []).extend(coded.to_list())
    return names, cells, unread


def _address(base, user="owner"):
    return f"postgresql://{user}:{PASSWORD}@{base}"


def test_tables_of_all_types_are_read_and_views_are_not(base):
    names, cells, unread = _read(_address(base))
    assert list(names) == [
        "postgres.crm.kept", "postgres.crm.people", "postgres.public.events",
        "postgres.public.guarded", "postgres.public.hidden", "postgres.public.none",
        'postgres.public.od d"q',
    ]  # fmt: skip
    assert unread == []
    people = {path: got for (name, path), got in cells.items() if name == "postgres.crm.people"}
    assert len(people["id"]) == 9000 == len({*people["email"]})
    first = {path: got[0] for path, got in people.items()}
    assert first["extra"] == '{"phone": "+81 90 0000 0001"}'
    assert (first["pay"], first["address"], first["tags"]) == ("1.5", "10.0.0.1", "{a,b1}")
    assert (first["photo"], first["ok"]) == (b"\x01\x02", "false")
    assert (first["born"], first["seen"], first["code"]) == ("1980-01-02", "infinity", "x  ")
    assert sorted(cells["postgres.public.events", "who"]) == ["a@example.com", "b@example.com"]
    assert cells['postgres.public.od d"q', 'a "b'] == [CANARY]


def test_ranges_of_pages_are_the_whole_in_one_snapshot(base, monkeypatch):
    monkeypatch.setattr(postgres, "PART_BYTES", 1 << 17)
    [people] = [f for f in discover([_address(base)]) if f.name == "postgres.crm.people"]
    assert len(people.parts) > 5
    parts = pickle.loads(pickle.dumps(people.parts))
    # A row that moves from a page not yet read into one that was read would be lost.
    _do(
        base,
        "update crm.people set email = 'moved' where id > 4500; delete from crm.people where id = 7",
    )
    ids, emails = [], []
    for part in parts:
        for item in read_part(part):
            assert isinstance(item, Batch), item
            by_path = {column.path: column.cells.to_list() for column in item.columns}
            ids += by_path["id"]
            emails += by_path["email"]
    assert sorted(map(int, ids)) == [*range(1, 9001)]
    assert "moved" not in emails
    del people
    gc.collect()
    [refused] = read_part(parts[0])
    assert "snapshot has ended" in refused.reason


def test_what_a_user_may_not_see_is_unread(base):
    names, cells, unread = _read(_address(base, "reader"))
    assert {(u.span, u.reason) for u in unread} == {
        ("public.hidden", "this user has no permission to read it"),
        ("public.guarded", "this user has no permission to read it, or a policy hides rows after row 0"),
    }  # fmt: skip
    assert ("postgres.public.guarded", "a") not in cells
    assert names["postgres.public.hidden"] == 0


def test_nothing_is_written_and_time_is_bounded(base, monkeypatch):
    from privscan.sources._address import Address

    with closing(postgres._connected(Address(_address(base)))) as one:
        [(alone,)] = postgres._rows(one, "select current_setting('statement_timeout')")
        assert alone == "1h"
        with pytest.raises(Exception, match="read-only"):
            postgres._rows(one, "create table public.x(a int)")
    slow = f"{_address(base)}?options=-cstatement_timeout%3D1"
    monkeypatch.setattr(postgres, "_OBJECTS", "select pg_sleep(2)::text")
    _, _, unread = _read(slow)
    assert [u.reason for u in unread] == [
        "the statement took longer than its time-out, or was cancelled"
    ]


@pytest.mark.parametrize("wrong", ["owner:nope-9f3c", "nobody-71:x-9f3c"])
def test_a_refused_login_is_unread_without_a_word_of_it(base, wrong):
    names, cells, [unread] = _read(f"postgresql://{wrong}@{base}")
    assert (names, cells) == ({"postgres": 0}, {})
    assert unread.reason == "no connection to PostgreSQL"
    assert "9f3c" not in repr(unread) + "".join(names)


def test_large_objects_are_unread(base):
    _do(base, "select lo_from_bytea(0, 'x')")
    _, _, unread = _read(_address(base))
    assert [u.reason for u in unread] == ["1 large objects are not read"]
    _do(base, "select lo_unlink(oid) from pg_largeobject_metadata")


def test_a_report_finds_persons_and_holds_no_password(base, tmp_path):
    report = ps.scan(_address(base), detectors=["pattern"])
    assert report.complete
    [people] = [d for d in report.datasets if d.name == "postgres.crm.people"]
    assert people.uri == f"postgresql://{base}"
    found = {e.entity for column in people.columns for e in column.entities}
    assert "email" in found
    report.save(tmp_path / "r.json")
    text = (tmp_path / "r.json").read_text()
    assert PASSWORD not in text
    assert "owner:" not in text
    assert CANARY not in text
    plan = ps.plan(_address(base), detectors=["dates"])
    assert PASSWORD not in repr(plan)
