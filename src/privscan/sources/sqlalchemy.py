"""Bases at any address that SQLAlchemy has a dialect for, MySQL first: rows by a server's cursor.

Needs the extra `sql`, and for bases other than MySQL their driver. Slower than sources of one
format. Views hold no data of their own and are not read.
"""

from __future__ import annotations

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
"""A statement of MySQL or MariaDB ends after this time."""

_DRIVERS = {"mysql": "mysql+pymysql", "mariadb": "mariadb+pymysql"}
_READ_ONLY = {
    "mysql": (
        "set session transaction read only",
        f"set session max_execution_time = {SECONDS * 1000}",
    ),
    "mariadb": ("set session transaction read only", f"set session max_statement_time = {SECONDS}"),
    "postgresql": ("set transaction read only", f"set statement_timeout = '{SECONDS}s'"),
    "oracle": ("set transaction read only",),
    "sqlite": ("pragma query_only = on",),
}
"""Others have only what their user may do: give one who may read."""

_SYSTEM = frozenset({"information_schema", "performance_schema", "mysql", "sys", "pg_catalog"})


def sniff(_sample: bytes) -> bool:
    """Never: it is read at an address."""
    return False


def tables(uri: str) -> Iterator[Table | Unread]:
    """Each table of the address's base; a table that cannot be described is unread."""
    address, label = Address(uri), shown(uri)
    with _told(label), _connected(address) as base:
        import sqlalchemy as sa

        seen = sa.inspect(base)
        for schema, name in _names(seen):
            place = f"{schema}.{name}" if schema else name
            try:
                columns = [column["name"] for column in seen.get_columns(name, schema)]
            except sa.exc.SQLAlchemyError:
                yield Unread(label, place, "its columns cannot be listed")
                continue
            options = {"address": address, "schema": schema, "table": name, "columns": columns}
            yield Table(place, (Part("sqlalchemy", "", label, place, options=options),))


def _names(seen: Any) -> Iterator[tuple[str | None, str]]:
    """Tables of the base that the address names; where schemas are within a base, of them all."""
    many = seen.dialect.name in {"mssql", "postgresql"}
    schemas = [s for s in seen.get_schema_names() if s.lower() not in _SYSTEM] if many else [None]
    for schema in schemas:
        for name in sorted(seen.get_table_names(schema)):
            yield schema, name


def read(part: Part, *, batch_rows: int = 8_192) -> Iterator[Batch | Unread]:
    """Batches of text, and of bytes where there are such; an error of the base ends in `Unread`."""
    done, options = 0, part.options
    try:
        with _told(part.uri), _connected(options["address"]) as base:
            import sqlalchemy as sa

            table = sa.table(
                options["table"], *map(sa.column, options["columns"]), schema=options["schema"]
            )
            rows = base.execution_options(stream_results=True, yield_per=batch_rows).execute(
                sa.select(table)
            )
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
        for statement in _READ_ONLY.get(engine.dialect.name, ()):
            base.exec_driver_sql(statement)
        if plain.startswith(("mysql", "mariadb")):
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
        if names & {"NoSuchModuleError"}:
            said = "SQLAlchemy has no such dialect: install its package"
        elif names & {"OperationalError", "InterfaceError", "OSError"}:
            said = "the base refuses the connection or breaks it off"
        else:
            said = f"the base fails with {type(error).__name__}"
        raise UnreadableError(said, where=label) from None
