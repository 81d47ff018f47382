"""DuckDB files: every table, by ranges of row ids, read only, with extensions and the outside shut off.

Needs the extra `sql`. Views hold no data of their own and are not read.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Any

from privscan.errors import UnreadableError
from privscan.model.data import Batch, Part, Unread
from privscan.sources._base import PART_BYTES, quoted
from privscan.sources._cells import batches
from privscan.sources._place import size
from privscan.sources._stores import Table, needs, on_disk

PLUGIN = True
SUFFIXES = (".duckdb", ".ddb")
PRIORITY = 10

MEMORY = "512MB"
MOST_PARTS = 4_096

_MAGIC, _AT = b"DUCK", 8
_TABLES = """
    select schema_name, table_name from duckdb_tables()
    where not internal and not temporary order by all
"""
_COLUMNS = """
    select column_name, data_type from duckdb_columns()
    where schema_name = ? and table_name = ? order by column_index
"""
_AS_IS = frozenset(
    {"BOOLEAN", "TINYINT", "SMALLINT", "INTEGER", "BIGINT", "UTINYINT", "USMALLINT", "UINTEGER",
     "UBIGINT", "FLOAT", "DOUBLE", "VARCHAR", "BLOB"}
)  # fmt: skip
"""Other scalars are read as text: Arrow has not all of them, and infinite dates have no number."""


def sniff(sample: bytes) -> bool:
    """DuckDB's magic, behind a checksum."""
    return sample[_AT : _AT + len(_MAGIC)] == _MAGIC


def tables(uri: str) -> Iterator[Table | Unread]:
    """Each table with its parts; `UnreadableError` if the file does not open."""
    on_disk(uri, "a DuckDB file")
    with _opened(uri) as base:
        kept = base.sql(_TABLES).fetchall()
        last = {
            key: base.sql(f"select max(rowid) from {_name(*key)}").fetchall()[0][0]  # noqa: S608  quoted
            for key in kept
        }
        whole = sum(1 + (end or 0) for end in last.values())
        for schema, table in kept:
            share = size(uri) * (1 + (last[schema, table] or 0)) // whole
            columns = base.sql(_COLUMNS, params=[schema, table]).fetchall()
            name = table if schema == "main" else f"{schema}.{table}"
            select = f"select {', '.join(map(_cell, columns))} from {_name(schema, table)}"  # noqa: S608  quoted
            parts = _parts(uri, name, last[schema, table], share, select)
            yield Table(name, tuple(parts))


def _name(schema: str, table: str) -> str:
    return f"{quoted(schema)}.{quoted(table)}"


def _cell(column: tuple[str, str]) -> str:
    name, kind = column
    nested = kind.endswith("]") or kind.startswith(("STRUCT", "MAP"))
    how = quoted(name) if nested or kind in _AS_IS else f"{quoted(name)}::varchar"
    return f"{how} as {quoted(name)}"


def _parts(uri: str, name: str, last: int | None, share: int, select: str) -> Iterator[Part]:
    """Ranges of row ids of about PART_BYTES; a small table is one part."""
    count = min(-(-share // PART_BYTES), MOST_PARTS, 1 + (last or 0))
    if count <= 1:
        yield Part("duckdb", "", uri, name, bytes=share, options={"select": select})
        return
    step = -(-(1 + (last or 0)) // count)
    for low in range(0, 1 + (last or 0), step):
        options = {"select": f"{select} where rowid between {low} and {low + step - 1}"}
        span = f"{name} rows {low}-{low + step - 1}"
        yield Part("duckdb", "", uri, span, bytes=share // count, options=options)


def read(part: Part, *, batch_rows: int = 65_536) -> Iterator[Batch | Unread]:
    """Batches as DuckDB streams them; an error of it ends in `Unread`."""
    done = 0
    try:
        with _opened(part.uri) as base:
            rows = base.sql(part.options["select"]).to_arrow_reader(batch_rows)
            for item in batches(rows, part, batch_rows):
                done += item.rows if isinstance(item, Batch) else 0
                yield item
    except UnreadableError as error:
        yield Unread(part.uri, part.span, f"{error.what} after row {done}", part.bytes)


@contextmanager
def _opened(uri: str) -> Iterator[Any]:
    """A connection that neither writes nor loads; its errors are told by kind, they may quote cells."""
    try:
        import duckdb
    except ImportError:
        raise needs("sql", uri) from None
    settings: dict[str, Any] = {
        "enable_external_access": "false",
        "autoinstall_known_extensions": "false",
        "autoload_known_extensions": "false",
        "lock_configuration": "true",
        "memory_limit": MEMORY,
        "threads": "1",
    }
    try:
        with closing(duckdb.connect(uri, read_only=True, config=settings)) as base:
            yield base
    except (duckdb.Error, OSError, ValueError) as error:
        raise UnreadableError(
            f"DuckDB does not read it ({type(error).__name__})", where=uri
        ) from None
