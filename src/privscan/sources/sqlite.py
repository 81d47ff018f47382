"""SQLite bases: every table, by ranges of row ids, read only; what stands in a cell is read as text.

Views and triggers hold no data of their own. Tables of virtual modules are read if SQLite has them.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from urllib.parse import quote

import pyarrow as pa

from privscan.errors import UnreadableError
from privscan.model.data import Batch, Part, Unread
from privscan.sources._base import PART_BYTES, batches_of, quoted
from privscan.sources._stores import Table, on_disk

PLUGIN = True
SUFFIXES = (".sqlite", ".sqlite3", ".db", ".db3")
PRIORITY = 10

MOST_PARTS = 4_096
DAMAGED = "the SQLite base is damaged or truncated"

_MAGIC = b"SQLite format 3\0"
_KEPT = """
    select name, lower(sql) like 'create virtual table%' from sqlite_schema
    where type = 'table' and name not like 'sqlite\\_%' escape '\\' order by name
"""
"""Tables of FTS and R*Trees stand there as they are and by their modules: see `_own`."""

_STORED = {0, 2, 3}
"""Columns as declared, and generated ones; others are arguments of virtual tables."""


def sniff(sample: bytes) -> bool:
    """SQLite's magic."""
    return sample.startswith(_MAGIC)


def tables(uri: str) -> Iterator[Table | Unread]:
    """Each table with its parts; `UnreadableError` if the base does not open."""
    on_disk(uri, "an SQLite base")
    size = Path(uri).stat().st_size
    if (missing := _promised(uri) - size) > 0:
        yield Unread(uri, "", "the SQLite base is truncated", missing)
    with closing(_opened(uri)) as base:
        try:
            kept = _own(base, base.execute(_KEPT).fetchall())
        except sqlite3.Error as error:
            raise UnreadableError(_reason(error), where=uri) from None
        spans = {_name(raw): _span(base, _name(raw)) for raw, _ in kept}
        whole = sum(last - first + 1 for first, last in spans.values())
        for raw, virtual in kept:
            name = _name(raw)
            first, last = spans[name]
            share = size * (last - first + 1) // whole
            try:
                yield Table(name, tuple(_parts(base, uri, name, spans[name], share)))
            except sqlite3.Error as error:
                # What a virtual table shows stands in other tables, and they are read.
                if not (virtual and "no such module" in str(error)):
                    yield Unread(uri, name, _reason(error), share)


def _own(base: sqlite3.Connection, kept: list[tuple[bytes, int]]) -> list[tuple[bytes, int]]:
    """Without what a module keeps a table of words in, where that table itself shows all of it."""
    shadows = {row[1] for row in base.execute("pragma table_list") if row[2] == b"shadow"}
    shown = tuple(raw + b"_" for raw, virtual in kept if virtual and _shows_all(base, _name(raw)))
    return [one for one in kept if not (one[0] in shadows and one[0].startswith(shown))]


def _shows_all(base: sqlite3.Connection, table: str) -> bool:
    """Whether it reads, and its words do not stand in its index alone (FTS with `content=''`)."""
    sql = "select lower(sql) like '%content%=%' from sqlite_schema where name = ?"
    try:
        base.execute(f"select * from {quoted(table)} limit 1").fetchone()  # noqa: S608  quoted
        return not base.execute(sql, (table,)).fetchone()[0]
    except sqlite3.Error:
        return False


def _promised(uri: str) -> int:
    """Bytes that the base has by its header; SQLite reads a torn last page without a word."""
    with Path(uri).open("rb") as file:
        head = file.read(100).ljust(100, b"\0")
    page, pages = int.from_bytes(head[16:18]), int.from_bytes(head[28:32])
    valid = head[24:28] == head[92:96]
    return pages * (65_536 if page == 1 else page) if valid else 0


def _name(raw: bytes) -> str:
    return raw.decode("utf-8", "replace")


def _opened(uri: str) -> sqlite3.Connection:
    place = f"file:{quote(str(Path(uri).absolute()))}?mode=ro"
    log = Path(f"{uri}-wal")
    # Where the folder is read-only too, a base without a log opens only if told that none comes.
    for how in (place, f"{place}&immutable=1"):
        try:
            base = sqlite3.connect(how, uri=True, isolation_level=None)
            base.text_factory = bytes
            base.execute("pragma trusted_schema = off")
            base.execute("pragma cell_size_check = on")
            base.execute("begin")
            base.execute("select count(*) from sqlite_schema").fetchone()
        except sqlite3.Error as error:
            if log.exists() and log.stat().st_size:
                break
            problem = _reason(error)
        else:
            return base
    else:
        raise UnreadableError(problem, where=uri)
    raise UnreadableError("its write-ahead log cannot be read with it", where=uri)


def _reason(error: sqlite3.Error) -> str:
    """By SQLite's code: its messages may quote a cell."""
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if code in {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}:
        return DAMAGED
    name = getattr(error, "sqlite_errorname", type(error).__name__)
    return f"SQLite does not read it ({name})"


def _columns(base: sqlite3.Connection, table: str) -> list[str]:
    rows = base.execute(f"pragma table_xinfo({quoted(table)})").fetchall()
    return [_name(row[1]) for row in rows if row[6] in _STORED]


def _span(base: sqlite3.Connection, table: str) -> tuple[int, int]:
    """First and last row id; a table without them, or whose columns hide them, is as one row."""
    try:
        rows = f"select min(rowid), max(rowid) from {quoted(table)}"  # noqa: S608  quoted
        first, last = base.execute(rows).fetchone()
        hidden = {*map(str.lower, _columns(base, table))} & {"rowid", "oid", "_rowid_"}
    except sqlite3.Error:
        return 0, 0
    return (first, last) if isinstance(first, int) and not hidden else (0, 0)


def _parts(
    base: sqlite3.Connection, uri: str, table: str, span: tuple[int, int], size: int
) -> Iterator[Part]:
    """Ranges of row ids about PART_BYTES each; a small table is one part."""
    columns = _columns(base, table)
    base.execute(f"select {_cells(columns)} from {quoted(table)} limit 1").fetchone()  # noqa: S608  quoted
    options: dict[str, object] = {"table": table, "columns": columns}
    first, last = span
    count = min(-(-size // PART_BYTES), MOST_PARTS, last - first + 1)
    if count <= 1:
        yield Part("sqlite", "", uri, table, bytes=size, options=options)
        return
    step = -(-(last - first + 1) // count)
    for low in range(first, last + 1, step):
        rows = (low, min(low + step - 1, last))
        place = f"{table} rows {rows[0]}-{rows[1]}"
        yield Part("sqlite", "", uri, place, bytes=size // count, options={**options, "rows": rows})


def _cells(columns: Sequence[str]) -> str:
    """Text beside bytes: any cell of any column may be a blob, whatever the column was declared."""
    each = (
        f"case typeof({c}) when 'blob' then null else cast({c} as text) end, "
        f"case typeof({c}) when 'blob' then {c} end"
        for c in map(quoted, columns)
    )
    return ", ".join(each)


def read(part: Part, *, batch_rows: int = 16_384) -> Iterator[Batch | Unread]:
    """Batches of text, and of bytes where there are blobs; what is damaged ends in `Unread`."""
    done = 0
    table, columns = part.options["table"], part.options["columns"]
    select = f"select {_cells(columns)} from {quoted(table)}"  # noqa: S608  quoted
    bounds = part.options.get("rows", ())
    if bounds:
        select += " where rowid between ? and ?"
    try:
        with closing(_opened(part.uri)) as base:
            rows = base.execute(select, bounds)
            rows.arraysize = batch_rows
            for item in batches_of(_arrays(rows, columns), columns, part):
                done += item.rows if isinstance(item, Batch) else 0
                yield item
    except UnreadableError as error:
        yield Unread(part.uri, part.span, error.what, part.bytes)
    except sqlite3.Error as error:
        yield Unread(part.uri, part.span, f"{_reason(error)} after row {done}", part.bytes)


def _arrays(rows: sqlite3.Cursor, columns: Sequence[str]) -> Iterator[list[list[pa.Array]]]:
    """Of each column its cells as text, as bytes, or both; invalid UTF-8 is told later."""
    while found := rows.fetchmany():
        cells = list(zip(*found, strict=True))
        yield [
            _both(
                pa.array(cells[2 * i], pa.large_binary()),
                pa.array(cells[2 * i + 1], pa.large_binary()),
            )
            for i in range(len(columns))
        ]


def _both(text: pa.Array, blobs: pa.Array) -> list[pa.Array]:
    if blobs.null_count == len(blobs):
        return [text.cast(pa.large_string(), safe=False)]
    if text.null_count == len(text):
        return [blobs]
    return [text.cast(pa.large_string(), safe=False), blobs.drop_null()]
