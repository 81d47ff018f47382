"""Tables of a real MariaDB by SQLAlchemy: types, histories, rights, read only, nothing secret.

Start: needs the programs of Debian's `mariadb-server` and the extra `sql`; the test starts the
server itself (see mysql_server.py).
"""

from __future__ import annotations

from contextlib import closing
from importlib.util import find_spec

import pytest
from mysql_server import PASSWORD, program, server

from privscan.model.data import Unread
from privscan.sources import sqlalchemy
from privscan.sources._address import Address
from privscan.sources.discover import discover, read_part

pytestmark = [
    pytest.mark.real,
    pytest.mark.skipif(
        program("mariadbd") is None or program("mariadb-install-db") is None,
        reason="needs apt-get install mariadb-server",
    ),
    pytest.mark.skipif(find_spec("pymysql") is None, reason="needs pip install 'privscan[sql]'"),
]

MAKE = f"""
    create database shop character set utf8mb4; use shop; set sql_mode = '';
    create table people(id bigint unsigned primary key, pay decimal(65,30), seen datetime(6),
        born date, photo blob, extra json, name varchar(100), sjis varchar(50) character set sjis,
        bits bit(10), kind enum('a','b'), at inet6);
    insert into people values(18446744073709551615, 1.5, '2024-02-29 10:11:12.000001',
        '2024-02-29', x'00ff', '{{"email":"a@example.com"}}', '山田太郎😀', '山田', b'1010', 'a', '::1');
    insert into people(id, seen, born) values(1, '0000-00-00', '2024-00-31');
    create view v as select * from people;
    create table `od``d "x`(`a % b` text, hid text invisible default 'hid@example.com');
    insert into `od``d "x`(`a % b`) values('q');
    create table history(a varchar(50)) with system versioning;
    insert into history values('old@example.com');
    update history set a = 'new@example.com';
    create table refused(a text); insert into refused values('canary.77@example.com');
    create user reader@127.0.0.1 identified by '{PASSWORD}';
    grant insert on shop.refused to reader@127.0.0.1
"""


@pytest.fixture(scope="module")
def base():
    import pymysql

    with server() as port:
        place = {"host": "127.0.0.1", "port": port, "user": "owner", "password": PASSWORD}
        with closing(pymysql.connect(**place, charset="utf8mb4", autocommit=True)) as one:
            for statement in MAKE.split(";"):
                one.cursor().execute(statement)
        yield f"127.0.0.1:{port}"


def _address(base, user="owner", name="/shop", kind="mysql"):
    return f"{kind}://{user}:{PASSWORD}@{base}{name}"


def _read(address):
    cells, unread = {}, []
    for found in discover([address]):
        unread += found.unread
        for part in found.parts:
            for item in read_part(part):
                if isinstance(item, Unread):
                    unread.append(item)
                    continue
                for column in item.columns:
                    cells.setdefault((part.span, column.path), []).extend(column.cells.to_list())
    return cells, unread


@pytest.mark.parametrize("kind", ["mysql", "mariadb"])
def test_every_cell_of_every_type_is_read(base, kind):
    cells, unread = _read(_address(base, kind=kind))
    assert unread == []
    assert cells["people", "id"] == ["1", "18446744073709551615"]
    assert cells["people", "name"] == [None, "山田太郎😀"]
    assert cells["people", "sjis"] == [None, "山田"]
    assert cells["people", "extra"] == [None, '{"email":"a@example.com"}']
    assert cells["people", "photo"] == [None, b"\x00\xff"]
    assert cells["people", "bits"] == [None, b"\x00\x0a"]
    assert cells["people", "born"] == ["2024-00-31", "2024-02-29"]
    assert cells["people", "seen"][0].startswith("0000-00-00")
    assert cells['od`d "x', "a % b"] == ["q"]
    assert cells['od`d "x', "hid"] == ["hid@example.com"]
    assert "v" not in {table for table, _ in cells}


def test_a_table_keeps_what_was_changed_and_it_is_read(base):
    cells, _ = _read(_address(base))
    assert sorted(cells["history", "a"]) == ["new@example.com", "old@example.com"]


def test_an_address_without_a_base_reads_them_all(base):
    cells, unread = _read(_address(base, name=""))
    assert unread == []
    assert "shop.people" in {table for table, _ in cells}
    assert not {table for table, _ in cells if table.startswith(("mysql.", "sys."))}


@pytest.mark.parametrize(
    ("user", "name", "reason"),
    [
        ("reader", "/shop", "the user may not read it"),
        ("stranger", "/shop", "the user may not read it"),
        ("owner", "/nosuch", "there is no such base"),
    ],
)
def test_what_may_not_be_read_is_unread_by_its_reason(base, user, name, reason):
    cells, [unread] = _read(_address(base, user, name))
    assert cells == {}
    assert reason in unread.reason
    assert PASSWORD not in repr(unread)
    assert "canary" not in repr(unread)


def test_a_session_writes_nothing_and_ends_long_statements(base):
    with sqlalchemy._connected(Address(_address(base))) as one:
        assert one.exec_driver_sql("select @@max_statement_time").scalar() == sqlalchemy.SECONDS
        with pytest.raises(Exception, match="READ ONLY"):
            one.exec_driver_sql("insert into history values('x')")
        one.rollback()
        with sqlalchemy._told("base"):
            one.exec_driver_sql("set session max_statement_time = 0.1")
        one.commit()
        with (
            pytest.raises(sqlalchemy.UnreadableError, match="longer than it may"),
            sqlalchemy._told("base"),
        ):
            one.exec_driver_sql(
                "select sum(a.seq) from shop.people, seq_1_to_1000000 a, seq_1_to_1000000 b"
                " where a.seq * b.seq = -1"
            ).all()
