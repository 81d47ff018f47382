"""The slower way to any base: by SQLAlchemy, here to a base that needs no server.

Start: needs the extra `sql`. What is sent to MySQL is checked as words here, and against a
MariaDB in test_mysql.py.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing, nullcontext
from importlib.util import find_spec

import pytest

from privscan.model.data import Unread
from privscan.sources import sqlalchemy
from privscan.sources._address import Address
from privscan.sources.discover import discover, read_part

pytestmark = [
    pytest.mark.real,
    pytest.mark.skipif(find_spec("sqlalchemy") is None, reason="needs pip install 'privscan[sql]'"),
]

CANARY = "canary.2b7e@example.com"


def _answer(address):
    cells, unread, rows = {}, [], 0
    for found in discover([address]):
        unread += found.unread
        for part in found.parts:
            for item in read_part(part, batch_rows=7):
                if isinstance(item, Unread):
                    unread.append(item)
                    continue
                rows += item.rows
                for column in item.columns:
                    cells.setdefault((found.name, column.path), []).extend(column.cells.to_list())
    return rows, cells, unread


def _made(tmp_path):
    path = tmp_path / "shop.db"
    with closing(sqlite3.connect(path)) as base:
        base.execute('create table "pe""ople"(email text, x, "a ""b" blob)')
        rows = [(f"u{i}@example.com", i, bytes([i])) for i in range(20)]
        base.executemany('insert into "pe""ople" values(?, ?, ?)', [*rows, (None, CANARY, b"z")])
        base.execute('create view seen as select * from "pe""ople"')
        base.commit()
    return path, f"sqlite+pysqlite:///{path}"


def test_rows_of_mixed_cells_are_read_and_views_are_not(tmp_path):
    rows, cells, unread = _answer(_made(tmp_path)[1])
    assert (rows, unread) == (21, [])
    assert {name for name, _ in cells} == {'shop.db.pe"ople'}
    assert cells['shop.db.pe"ople', "email"] == [*(f"u{i}@example.com" for i in range(20)), None]
    assert cells['shop.db.pe"ople', "x"] == [*map(str, range(20)), CANARY]
    assert cells['shop.db.pe"ople', 'a "b'] == [*(bytes([i]) for i in range(20)), b"z"]


def test_nothing_can_be_written(tmp_path):
    _, address = _made(tmp_path)
    with (
        sqlalchemy._connected(Address(address)) as base,
        pytest.raises(Exception, match="readonly"),
    ):
        base.exec_driver_sql("create table x(a)")


def test_damage_is_unread_and_quotes_no_cell(tmp_path):
    path, address = _made(tmp_path)
    with closing(sqlite3.connect(path)) as base:
        base.execute(f"insert into \"pe\"\"ople\"(email) values(cast(x'ff' || '{CANARY}' as text))")
        base.commit()
    _, _, [unread] = _answer(address)
    assert "fails" in unread.reason or "refuses" in unread.reason
    assert "canary" not in repr(unread)


@pytest.mark.parametrize(
    ("address", "reason"),
    [
        ("nosuch+driver://ana:pw9@h/b", "no such dialect"),
        ("mysql://ana:pw9@127.0.0.1:9/b", "refuses the connection"),
        ("mssql+nodriver://ana:pw9@h/b", "no such dialect"),
        ("oracle+oracledb://ana:pw9@h/b", "oracledb is not installed"),
        ("mysql://ana:pw9@h:port/b", "fails with ValueError"),
    ],
)
def test_what_does_not_open_is_unread_by_kind(address, reason):
    rows, _, [unread] = _answer(address)
    assert rows == 0
    assert reason in unread.reason
    assert "pw9" not in repr(unread)


def test_mysql_is_told_to_read_only_for_a_time(monkeypatch):
    import sqlalchemy as sa

    said = []

    class Base:
        commit = staticmethod(lambda: said.append("commit"))
        exec_driver_sql = staticmethod(said.append)

    def engine(url, **options):
        said.append(url.drivername)
        assert options["hide_parameters"]
        return type(
            "Engine",
            (),
            {"dialect": sa.dialects.mysql.dialect(), "connect": lambda _: nullcontext(Base())},
        )()

    monkeypatch.setattr(sa, "create_engine", engine)
    with sqlalchemy._connected(Address("mysql://ana:pw9@h/b")):
        assert said == [
            "mysql+pymysql",
            "set session transaction read only",
            "set session net_write_timeout = greatest(@@net_write_timeout, 3600)",
            "set session max_execution_time = if(@@max_execution_time, @@max_execution_time, 3600000)",
            "commit",
        ]
