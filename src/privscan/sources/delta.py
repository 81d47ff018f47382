"""Delta Lake: the files of the newest version, without rows that deletion vectors remove.

Needs the extra `lake`. Files that the log has removed are not read, though they may still lie there.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import partial
from pathlib import PurePath
from typing import Any
from urllib.parse import unquote

import numpy as np
import polars as pl
import pyarrow as pa

from privscan.errors import UnreadableError
from privscan.model.data import Batch, Part, Unread
from privscan.sources import parquet
from privscan.sources._cells import unique_names
from privscan.sources._object_stores import plain
from privscan.sources._place import inside, size, stamp
from privscan.sources._stores import KEYS, Table, needs

PLUGIN = True
SUFFIXES = ()
PRIORITY = 10
MARK = "_delta_log"
"""A folder with this one in it is a table."""

_KNOWN = frozenset(
    {"columnMapping", "deletionVectors", "timestampNtz", "typeWidening", "typeWidening-preview",
     "v2Checkpoint", "vacuumProtocolCheck", "domainMetadata", "inCommitTimestamp"}
)  # fmt: skip
_PHYSICAL = "delta.columnMapping.physicalName"
_STEP = "\0"
_KEY, _VALUE = f"key{_STEP}", f"value{_STEP}"
_OUTSIDE = "the table's log names a file outside its folder: scan that one by itself"


def sniff(_sample: bytes) -> bool:
    """Never: a table is a folder."""
    return False


def holds(_folder: str) -> bool:
    """Whether the folder, which has the mark, is a table."""
    return True


def tables(uri: str) -> Iterator[Table | Unread]:
    """The table in its newest version; `UnreadableError` if its log does not read."""
    try:
        from deltalake import DeltaTable
        from deltalake.exceptions import DeltaError
    except ImportError:
        raise needs("lake", uri) from None
    try:
        table = DeltaTable(uri, storage_options={"allow_http": "true"} if plain(uri) else None)
        protocol = table.protocol()
        if new := sorted({*(protocol.reader_features or ())} - _KNOWN):
            raise UnreadableError(
                f"the Delta table needs what is not read: {', '.join(new)}", where=uri
            )
        names = _names(table.schema().to_json())
        added = pl.DataFrame(table.get_add_actions(flatten=True)).to_dicts()
        vectors = pl.DataFrame(table.deletion_vectors()).iter_rows()
        root = unquote(table.table_uri).rstrip("/") + "/"
        gone = {unquote(path).removeprefix(root): _removed(kept) for path, kept in vectors}
        if gone.keys() - {unquote(one["path"]) for one in added}:
            raise UnreadableError("deletion vectors name no file of the Delta table", where=uri)
        version = str(table.version())
    except (DeltaError, OSError, ValueError, pl.exceptions.PolarsError) as error:
        raise UnreadableError(
            f"the Delta log does not read ({type(error).__name__})", where=uri
        ) from None
    parts: list[Part] = []
    unread: list[Unread] = []
    for one in sorted(added, key=lambda action: str(action["path"])):
        for item in _file(uri, one, names, gone):
            (unread if isinstance(item, Unread) else parts).append(item)  # type: ignore[arg-type]
    yield Table("", tuple(parts), version, tuple(unread))


def _names(schema: str) -> dict[str, str]:
    """What the files call each column and field that the table calls otherwise, by its path there."""
    return dict(_within(json.loads(schema), ""))


def _within(kind: Any, path: str) -> Iterator[tuple[str, str]]:
    match kind:
        case {"type": "struct", "fields": fields}:
            for field in fields:
                own = field["metadata"].get(_PHYSICAL, field["name"])
                if own != field["name"]:
                    yield path + own, field["name"]
                yield from _within(field["type"], path + own + _STEP)
        case {"type": "array", "elementType": element}:
            yield from _within(element, path)
        case {"type": "map", "keyType": key, "valueType": value}:
            yield from _within(key, path + _KEY)
            yield from _within(value, path + _VALUE)


def _removed(kept: Iterable[bool]) -> bytes:
    return np.flatnonzero(~np.asarray(kept, bool)).astype(np.uint64).tobytes()


def _file(
    uri: str, action: Mapping[str, Any], names: Mapping[str, str], gone: Mapping[str, bytes]
) -> Iterator[Part | Unread]:
    """The parts of one data file; its partition values stand in the log."""
    path = unquote(action["path"])
    if "://" in path or PurePath(path).is_absolute() or ".." in PurePath(path).parts:
        yield Unread(uri, "", _OUTSIDE, action["size_bytes"])
        return
    file = inside(uri, path)
    prefix = "partition."
    keys = {
        names.get(key.removeprefix(prefix), key.removeprefix(prefix)): _said(value)
        for key, value in action.items()
        if key.startswith(prefix)
    }
    removed = gone.get(path, b"")
    try:
        size(file)
        mark = f"{stamp(file)}-{len(removed)}"
        for item in parquet.parts(file, ""):
            if isinstance(item, Unread):
                yield item
                continue
            options = {KEYS: keys, "names": names, "removed": removed}
            yield replace(item, source="delta", fingerprint=mark, options=options)
    except (OSError, UnreadableError):
        yield Unread(file, "", "a file that the table's log names is missing", action["size_bytes"])


def _said(value: object) -> str | None:
    return None if value is None else str(value)


def read(part: Part, *, batch_rows: int = 131_072) -> Iterator[Batch | Unread]:
    """Batches of the file's rows that are of this version, under the table's names."""
    try:
        first = parquet.rows_before(part)
    except UnreadableError as error:
        yield Unread(part.uri, part.span, error.what, part.bytes)
        return
    removed = np.frombuffer(part.options["removed"], np.uint64)
    through = partial(_as_of_now, names=part.options["names"], removed=removed, first=first)
    yield from parquet.read(part, batch_rows=batch_rows, through=through)


def _as_of_now(
    stream: Iterable[pa.RecordBatch], names: Mapping[str, str], removed: Any, first: int
) -> Iterator[pa.RecordBatch]:
    for batch in stream:
        renamed = _renamed(batch, names) if names else batch
        some = removed[(removed >= first) & (removed < first + len(batch))]
        kept = np.ones(len(batch), bool)
        kept[(some - first).astype(np.int64)] = False
        first += len(batch)
        yield renamed if kept.all() else renamed.filter(pa.array(kept))


def _renamed(batch: pa.RecordBatch, names: Mapping[str, str]) -> pa.RecordBatch:
    """The same cells under the table's names."""
    plain = batch.rename_columns(unique_names(batch.schema.names))
    said = pa.schema([_field(field, names, "") for field in plain.schema])
    # Names stand in the schema alone, also those of fields within fields.
    _, cells = plain.__arrow_c_array__()
    return pa.RecordBatch._import_from_c_capsule(said.__arrow_c_schema__(), cells)  # noqa: SLF001  the protocol's own


def _field(field: pa.Field, names: Mapping[str, str], path: str) -> pa.Field:
    here = path + field.name
    kind = _kind(field.type, names, here + _STEP)
    return pa.field(names.get(here, field.name), kind, field.nullable)


def _kind(kind: pa.DataType, names: Mapping[str, str], path: str) -> pa.DataType:
    if pa.types.is_struct(kind):
        return pa.struct([_field(field, names, path) for field in kind])
    if pa.types.is_map(kind):
        key = kind.key_field.with_type(_kind(kind.key_type, names, path + _KEY))
        item = kind.item_field.with_type(_kind(kind.item_type, names, path + _VALUE))
        return pa.map_(key, item, kind.keys_sorted)
    if pa.types.is_list(kind) or pa.types.is_large_list(kind):
        element = kind.value_field.with_type(_kind(kind.value_type, names, path))
        return pa.list_(element) if pa.types.is_list(kind) else pa.large_list(element)
    return kind
