"""Bases at any address that SQLAlchemy has a dialect for, MySQL first: rows by a server's cursor.

Needs the extra `sql`, and for bases other than MySQL their driver. Slower than sources of one
format. Views hold no data of their own and are not read.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import pyarrow as pa

from privscan.errors import UnreadableError
from privscan.model.data import Batch, Part, Unread
from privscan.sources._address import Address, scheme, shown
from privscan.sources._base import batches_of
from privscan.sources._stores import Table, needs

PLUGIN = True
SUFFIXES = ()
SCHEMES = ("mysql", "mariadb", "mssql", "oracle", "+")
"""And every one that names its driver, as `dialect+driver`."""

PRIORITY = 110

SECONDS = 3_600
"""A statement of MySQL, MariaDB or PostgreSQL ends after this time, if not before."""

_DRIVERS = {"mysql": "mysql+pymysql", "mariadb": "mariadb+pymysql"}
_LIMIT = "if(@@{0}, @@{0}, {1})"
_PATIENT = f"set session net_write_timeout = greatest(@@net_write_timeout, {SECONDS})"
"""Else a server hangs up where the cells of one batch are looked at for a minute."""

_READ_ONLY = {
    "mysql": (
        "set session transaction read only",
        _PATIENT,
        f"set session max_execution_time = {_LIMIT.format('max_execution_time', SECONDS * 1000)}",
    ),
    "mariadb": (
        "set session transaction read only",
        _PATIENT,
        f"set session max_statement_time = {_LIMIT.format('max_statement_time', SECONDS)}",
    ),
    "postgresql": ("set transaction read only", f"set statement_timeout = '{SECONDS}s'"),
    "oracle": ("set transaction read only",),
    "sqlite": ("pragma query_only = on",),
}
"""Others have only what their user may do: give one who may read."""

_WHY = {
    "the user may not read it": {1044, 1045, 1142, 1143, 1227, 1370},
    "there is no such base": {1049},
    "its address names no base": {1046},
    "the statement took longer than it may": {1317, 1969, 3024},
}
"""What codes of MySQL and MariaDB mean; they say no more than the class of any other driver."""

_VERSIONED = "for system_time all"
"""A table of MariaDB with a history: what was changed or deleted is still there."""

_SYSTEM = frozenset({"information_schema", "performance_schema", "mysql", "sys", "pg_catalog"})


def sniff(_sample: bytes) -> bool:
    """Never: it is read at an address."""
    return False


def tables(uri: str) -> Iterator[Table | Unread]:
    """Each table of the address's base; a table that cannot be described is unread."""
    address, label = Address(uri), shown(uri)
    with _told(label), _connected(address) as base:
        import sqlalchemy as sa

        seen, filled = sa.inspect(base), False
        for schema, name, hint in _names(seen):
            place = f"{schema}.{name}" if schema else name
            try:
                with warnings.catch_warnings(action="ignore"):  # of types that it does not know
                    columns = [column["name"] for column in seen.get_columns(name, schema)]
            except sa.exc.SQLAlchemyError:
                yield Unread(label, place, "its columns cannot be listed")
                continue
            options = {"address": address, "schema": schema, "table": name, "columns": columns, "hint": hint}  # fmt: skip
            part = Part("sqlalchemy", "", label, place, options=options)
            filled = filled or _filled(base, part)
            yield Table(place, (part,), filled=filled)


def _filled(base: Any, part: Part) -> bool:
    """Whether a row was seen: of a read that breaks off, MySQL still sends all other rows."""
    import sqlalchemy as sa

    try:
        return base.execute(_select(part).limit(1)).first() is not None
    except sa.exc.SQLAlchemyError:
        base.rollback()
        return False


def _select(part: Part) -> Any:
    """Its columns by name, with what makes the table tell its history."""
    import sqlalchemy as sa

    options = part.options
    table = sa.table(
        options["table"], *map(sa.column, options["columns"]), schema=options["schema"]
    )
    return sa.select(table).with_hint(table, options["hint"])


def _names(seen: Any) -> Iterator[tuple[str | None, str, str]]:
    """Tables of the base that the address names, or of all bases and schemas, with their hint."""
    mine = seen.dialect.name in {"mysql", "mariadb"}
    many = not seen.default_schema_name if mine else seen.dialect.name in {"mssql", "postgresql"}
    schemas = [s for s in seen.get_schema_names() if s.lower() not in _SYSTEM] if many else [None]
    for schema in schemas:
        kept = _of_mysql(seen, schema) if mine else dict.fromkeys(seen.get_table_names(schema), "")
        for name, hint in sorted(kept.items()):
            yield schema, name, hint


def _of_mysql(seen: Any, schema: str | None) -> dict[str, str]:
    """Tables by the server's own word: SQLAlchemy does not tell which have a history."""
    asked = "select table_name, table_type from information_schema.tables where table_schema = %s"
    found = seen.bind.exec_driver_sql(asked, (schema or seen.default_schema_name,)).all()
    hints = {"BASE TABLE": "", "SYSTEM VERSIONED": _VERSIONED}
    return {table: hints[kind] for table, kind in found if kind in hints}


def read(part: Part, *, batch_rows: int = 8_192) -> Iterator[Batch | Unread]:
    """Batches of text, and of bytes where there are such; an error of the base ends in `Unread`."""
    done, options = 0, part.options
    try:
        with _told(part.uri), _connected(options["address"]) as base:
            streamed = base.execution_options(stream_results=True, yield_per=batch_rows)
            rows = streamed.execute(_select(part))
            some = map(_arrays, rows.partitions())
            for item in batches_of(some, options["columns"], part):
                done += item.rows if isinstance(item, Batch) else 0
                yield item
    except UnreadableError as error:
        yield Unread(part.uri, part.span, f"{error.what} after row {done}", part.bytes)


def _arrays(rows: Sequence[Sequence[Any]]) -> list[list[pa.Array]]:
    return [_cells(column) for column in zip(*rows, strict=True)]


def _cells(values: Sequence[Any]) -> list[pa.Array]:
    """Arrow's type of the values; what has no one type is text, and bytes beside it."""
    try:
        return [pa.array(values)]
    except (pa.ArrowException, TypeError, ValueError, OverflowError):
        raw = [v for v in values if isinstance(v, bytes | bytearray | memoryview)]
        texts = [
            None if v is None or isinstance(v, bytes | bytearray | memoryview) else str(v)
            for v in values
        ]
        blobs = [pa.array([bytes(v) for v in raw], pa.large_binary())] if raw else []
        return [pa.array(texts, pa.large_string()), *blobs]


@contextmanager
def _connected(address: Address) -> Iterator[Any]:
    """A connection that writes nothing, as far as the dialect can say so."""
    try:
        import sqlalchemy as sa
    except ImportError:
        raise needs("sql", str(address)) from None
    place, _, _ = address.whole.partition("#")
    plain = scheme(place)
    url = sa.make_url(_DRIVERS.get(plain, plain) + place[len(plain) :])
    # Parameters of a statement are shown in an error's text, and ours would be in a log.
    engine = sa.create_engine(url, poolclass=sa.NullPool, hide_parameters=True)
    with engine.connect() as base:
        # What answers to `mysql://` may well be a MariaDB.
        name = "mariadb" if getattr(engine.dialect, "is_mariadb", False) else engine.dialect.name
        for statement in _READ_ONLY.get(name, ()):
            base.exec_driver_sql(statement)
        if name in {"mysql", "mariadb"}:
            base.commit()  # what a session sets holds from its next transaction on
        yield base


@contextmanager
def _told(label: str) -> Iterator[None]:
    """Errors by their class: messages may quote a cell or the address."""
    try:
        yield
    except (UnreadableError, GeneratorExit):
        raise
    except ImportError as error:
        said = f"the driver {error.name or 'of its dialect'} is not installed: pip install it"
        raise UnreadableError(said, where=label) from None
    except Exception as error:  # noqa: BLE001  a driver raises what it likes
        names = {kind.__name__ for kind in type(error).__mro__}
        code = next(iter(getattr(getattr(error, "orig", None), "args", ())), None)
        known = next((why for why, codes in _WHY.items() if code in codes), "")
        if known:
            said = known
        elif names & {"NoSuchModuleError"}:
            said = "SQLAlchemy has no such dialect: install its package"
        elif names & {"OperationalError", "InterfaceError", "OSError"}:
            said = "the base refuses the connection or breaks it off"
        else:
            said = f"the base fails with {type(error).__name__}"
        raise UnreadableError(said, where=label) from None
