"""PostgreSQL: every table of a base in one read-only snapshot, by ranges of pages, as binary COPY.

Needs the extra `sql`. Who logs in is said by the client's own files and variables (`~/.pgpass`,
`PGPASSWORD`, `PGSERVICE`) or the address. Views hold no data of their own and are not read.
"""

from __future__ import annotations

import weakref
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from itertools import groupby
from os import environ
from typing import Any

import pyarrow as pa

from privscan.errors import UnreadableError
from privscan.model.data import Batch, Part, Unread
from privscan.sources._address import Address, shown
from privscan.sources._base import PART_BYTES, quoted
from privscan.sources._cells import batches
from privscan.sources._stores import Table, needs

PLUGIN = True
SUFFIXES = ()
SCHEMES = ("postgresql", "postgres")
PRIORITY = 100

STATEMENT = "1h"
"""A statement ends after this time, unless the address, the role or the server says another."""

LOCK = "30s"
BATCH_BYTES = 4 << 20

_SET = f"""
    set datestyle = 'ISO'; set timezone = 'UTC'; set row_security = off; set search_path = pg_catalog;
    set lock_timeout = '{LOCK}'; set idle_in_transaction_session_timeout = 0;
    set application_name = 'privscan'
"""
"""Rows that a policy hides would be missing without a word: with `row_security` off it is an error."""

_TABLES = """
    select rn.nspname::text as schema, r.relname::text as name, n.nspname::text as own_schema,
        c.relname::text as own_name, c.relkind::text as kind,
        has_table_privilege(c.oid, 'select') as readable,
        case when c.relkind = 'f' then 0 else pg_table_size(c.oid) end as bytes,
        case when am.amname = 'heap' then pg_relation_size(c.oid) / current_setting('block_size')::int8
             else 0 end as pages
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    join pg_class r on r.oid = coalesce(pg_partition_root(c.oid), c.oid)
    join pg_namespace rn on rn.oid = r.relnamespace left join pg_am am on am.oid = c.relam
    where c.relkind in ('r', 'm', 'f') and c.relpersistence <> 't'
        and n.nspname not in ('pg_catalog', 'information_schema', 'pg_toast')
    order by 1, 2, 3, 4
"""
_COLUMNS = """
    select n.nspname::text as schema, c.relname::text as name, a.attname::text as column,
        case when t.typtype = 'b' then t.typname::text else '' end as type
    from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
    join pg_type t on t.oid = a.atttypid
    where a.attnum > 0 and not a.attisdropped and c.relkind in ('r', 'm')
        and n.nspname not in ('pg_catalog', 'information_schema', 'pg_toast')
    order by 1, 2, a.attnum
"""
_OBJECTS = "select count(*) as n from pg_largeobject_metadata"

_AS_IS = frozenset(
    {"bool", "int2", "int4", "int8", "float4", "float8", "text", "varchar", "bpchar", "bytea"}
)
"""Others are read as text: the driver does not know them all, and infinite dates have no number."""


class Snapshot:
    """What all parts of one plan see; the transaction that holds it ends with the last part.

    Only its id is pickled: a worker reads in it while the plan's own process holds it.
    """

    def __init__(self, name: str, connection: Any = None) -> None:
        self.name = name
        if connection is not None:
            weakref.finalize(self, connection.close)

    def __repr__(self) -> str:
        """The same for every plan, so that a part of the next one is known again."""
        return "Snapshot"

    def __reduce__(self) -> tuple[object, ...]:
        """The id alone."""
        return (Snapshot, (self.name,))


def sniff(_sample: bytes) -> bool:
    """Never: it is read at an address."""
    return False


def tables(uri: str) -> Iterator[Table | Unread]:
    """Each table of the base with its parts; a partitioned table is one."""
    label = shown(uri)
    with _told(label):
        connection = _connected(Address(uri))
        [(name,)] = _rows(connection, "select pg_export_snapshot() as snapshot")
        snapshot = Snapshot(name, connection)
        columns = {
            key: [(row[2], row[3]) for row in rows]
            for key, rows in groupby(_rows(connection, _COLUMNS), lambda row: (row[0], row[1]))
        }
        kept = _rows(connection, _TABLES)
        [(objects,)] = _rows(connection, _OBJECTS)
    if objects:
        yield Unread(label, "pg_largeobject", f"{objects} large objects are not read", rows=objects)
    for (schema, table), some in groupby(kept, lambda row: (row[0], row[1])):
        parts: list[Part] = []
        unread: list[Unread] = []
        for _, _, *own in some:
            place = f"{own[0]}.{own[1]}"
            if reason := _refused(own[2], readable=own[3]):
                unread.append(Unread(label, place, reason, own[4]))
                continue
            options = {
                "address": Address(uri),
                "snapshot": snapshot,
                "select": _select(own[0], own[1], columns.get((own[0], own[1]), [])),
            }
            parts += _parts(label, place, own[4], own[5], options)
        yield Table(f"{schema}.{table}", tuple(parts), unread=tuple(unread))


def _refused(kind: str, *, readable: bool) -> str:
    if kind == "f":
        return "a foreign table: its data are on another server; scan them there"
    return "" if readable else "this user has no permission to read it"


def _select(schema: str, table: str, columns: Sequence[tuple[str, str]]) -> str:
    each = (f"{_cell(quoted(name), kind)} as {quoted(name)}" for name, kind in columns)
    return f"select {', '.join(each)} from only {quoted(schema)}.{quoted(table)}"  # noqa: S608  quoted


def _cell(name: str, kind: str) -> str:
    if kind == "inet":
        return f"abbrev({name})"  # as text, each host would end in /32
    return name if kind in _AS_IS else f"{name}::text"


def _parts(
    label: str, place: str, size: int, pages: int, options: Mapping[str, Any]
) -> Iterator[Part]:
    """Ranges of pages of about PART_BYTES, with what their rows have out of line."""
    count = min(-(-size // PART_BYTES), pages)
    if count <= 1:
        yield Part("postgres", "", label, place, bytes=size, options=options)
        return
    step = -(-pages // count)
    starts = range(0, pages, step)
    for first in starts:
        # The last range is open: it has the pages that came since.
        end = f" and ctid < '({first + step},0)'::tid" if first != starts[-1] else ""
        select = f"{options['select']} where ctid >= '({first},0)'::tid{end}"
        span = f"{place} pages {first}-{min(first + step, pages) - 1}"
        more = {**options, "select": select}
        yield Part("postgres", "", label, span, bytes=size // len(starts), options=more)


def read(part: Part, *, batch_rows: int = 65_536) -> Iterator[Batch | Unread]:
    """Batches as the server sends them, in the plan's snapshot; an error of it ends in `Unread`."""
    done = 0
    try:
        with (
            _told(part.uri),
            closing(_connected(part.options["address"], part.options["snapshot"].name)) as base,
            base.cursor() as cursor,
        ):
            hint = {"adbc.postgresql.batch_size_hint_bytes": BATCH_BYTES}
            cursor.adbc_statement.set_options(**hint)
            cursor.execute(part.options["select"])
            for item in batches(cursor.fetch_record_batch(), part, batch_rows):
                done += item.rows if isinstance(item, Batch) else 0
                yield item
    except UnreadableError as error:
        yield Unread(part.uri, part.span, f"{error.what} after row {done}", part.bytes)


def _connected(address: Address, snapshot: str = "") -> Any:
    """A connection in a read-only transaction, which sees that snapshot or its own."""
    try:
        from adbc_driver_postgresql import dbapi
    except ImportError:
        raise needs("sql", str(address)) from None
    place, _, _ = address.whole.partition("#")
    if "connect_timeout" not in place and "PGCONNECT_TIMEOUT" not in environ:
        place += ("&" if "?" in place else "?") + "connect_timeout=10"
    connection = dbapi.connect(place)
    try:
        with connection.cursor() as cursor:
            cursor.execute("set transaction isolation level repeatable read, read only")
            if snapshot:
                cursor.execute(f"set transaction snapshot '{snapshot}'")
            for statement in _SET.split(";"):
                cursor.execute(statement)
            cursor.execute("select current_setting('statement_timeout')")
            if cursor.fetchone() == ("0",):
                cursor.execute(f"set statement_timeout = '{STATEMENT}'")
    except BaseException:
        connection.close()
        raise
    return connection


def _rows(connection: Any, query: str) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query)
        return [*cursor.fetchall()]


_STATES = {
    "22023": "the plan's snapshot has ended: plan and read in one run",
    "42704": "the plan's snapshot has ended: plan and read in one run",
    "42501": "this user has no permission to read it, or a policy hides rows",
    "55P03": f"another session has locked it for {LOCK}",
    "57014": "the statement took longer than its time-out, or was cancelled",
}


@contextmanager
def _told(label: str) -> Iterator[None]:
    """Errors of driver and server by their code: messages may quote a cell or the address."""
    try:
        yield
    except (OSError, pa.ArrowException):
        raise UnreadableError("the connection to PostgreSQL broke", where=label) from None
    except Exception as error:
        if not type(error).__module__.startswith("adbc_driver_manager"):
            raise
        state = getattr(error, "sqlstate", None)
        said = _STATES.get(state or "") or (
            f"PostgreSQL refuses it (SQLSTATE {state})" if state else "no connection to PostgreSQL"
        )
        raise UnreadableError(said, where=label) from None
