"""Parquet rewritten: row groups, compression, encodings and schema as they were."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from privscan.errors import UnreadableError
from privscan.protect.columns import Treated, schema_paths
from privscan.sources._cells import unique_names

NAME = "parquet"

GROUP_ROWS = 1 << 20
"""Rows that a row group keeps at most: a larger one is cut, so that memory stays bounded."""

GROUP_BYTES = 256 << 20

_BATCH = 65_536
_PANDAS, _SPARK = b"pandas", b"org.apache.spark.sql.parquet.row.metadata"
_TROUBLE = (pa.ArrowException, OSError, ValueError)


def schema(uri: str) -> pa.Schema:
    """The schema of the file; `UnreadableError` without a sound footer."""
    try:
        return pq.read_schema(uri)
    except _TROUBLE:
        raise UnreadableError("the Parquet footer is damaged", where=uri) from None


def paths(uri: str) -> Iterator[str]:
    """Every path that may be treated."""
    yield from schema_paths(schema(uri))


def batches(uri: str, _wanted: Iterable[str]) -> Iterator[pa.RecordBatch]:
    """The rows, for a look at them before anything is written."""
    with pq.ParquetFile(uri, pre_buffer=False, page_checksum_verification=True) as file:
        yield from file.iter_batches(_BATCH, use_threads=False)


def rewrite(uri: str, target: Path, treated: Treated, most: int | None = None) -> int:
    """Write the treated file to `target`; the number of its rows, at most `most`."""
    rows: int = 0
    with pq.ParquetFile(uri, pre_buffer=False, page_checksum_verification=True) as file:
        given = file.schema_arrow
        made = treated.schema(given).with_metadata(metadata(given, treated))
        with pq.ParquetWriter(target, made, **_settings(file, given, made, treated)) as writer:
            for group in range(file.num_row_groups):
                for table in _tables(file, group, treated, made):
                    some = table if most is None else table.slice(0, most - rows)
                    writer.write_table(some, row_group_size=max(1, some.num_rows))
                    rows += int(some.num_rows)
                    if most is not None and rows >= most:
                        return rows
    return rows


def _tables(
    file: pq.ParquetFile, group: int, treated: Treated, made: pa.Schema
) -> Iterator[pa.Table]:
    """A row group, or pieces of one that is too large."""
    held: list[pa.RecordBatch] = []
    rows = size = 0
    for batch in file.iter_batches(_BATCH, row_groups=[group], use_threads=False):
        one = treated.batch(batch)
        held.append(one.replace_schema_metadata(made.metadata))
        rows, size = rows + len(one), size + batch.nbytes
        if rows >= GROUP_ROWS or size >= GROUP_BYTES:
            yield pa.Table.from_batches(held, made)
            held, rows, size = [], 0, 0
    if held:
        yield pa.Table.from_batches(held, made)


def _settings(
    file: pq.ParquetFile, given: pa.Schema, made: pa.Schema, treated: Treated
) -> dict[str, Any]:
    """How the file was written, column by column where it says so."""
    meta = file.metadata
    chunks: dict[str, Any] = {}
    if meta.num_row_groups:
        group = meta.row_group(0)
        chunks = {group.column(i).path_in_schema: group.column(i) for i in range(group.num_columns)}
    kept = {
        path: chunk for path, chunk in chunks.items() if not treated.concerns(_top(path, given))
    }
    codecs = [chunk.compression for chunk in chunks.values()]
    usual = _codec(max(codecs, key=codecs.count)) if codecs else "snappy"
    leaves = _leaves(made)
    coded = [p for p in leaves if p not in kept or kept[p].has_dictionary_page]
    return {
        "compression": {p: _codec(kept[p].compression) if p in kept else usual for p in leaves}
        or usual,
        "use_dictionary": coded or False,
        "write_statistics": [p for p in leaves if p not in kept or kept[p].is_stats_set],
        "use_deprecated_int96_timestamps": any(c.physical_type == "INT96" for c in chunks.values()),
        "write_page_index": any(c.has_column_index for c in chunks.values()),
        "store_schema": b"ARROW:schema" in (meta.metadata or {}) or _needs_schema(made),
        "write_page_checksum": True,
    }


def _needs_schema(made: pa.Schema) -> bool:
    return any(field.metadata for field in made)


def _top(path: str, given: pa.Schema) -> str:
    """The column that a leaf lies in, as a scan calls it; names may hold points themselves."""
    names = dict(zip(given.names, unique_names(given.names), strict=True))
    return next(
        (
            names[n]
            for n in sorted(names, key=len, reverse=True)
            if path == n or path.startswith(f"{n}.")
        ),
        path,
    )


def _codec(name: str) -> str:
    return {"UNCOMPRESSED": "none"}.get(name, name.lower())


def _leaves(made: pa.Schema) -> list[str]:
    """The leaves as Parquet names them."""
    empty = pa.BufferOutputStream()
    pq.write_table(made.empty_table(), empty)
    meta = pq.ParquetFile(pa.BufferReader(empty.getvalue())).schema
    return [meta.column(i).path for i in range(len(meta.names))]


def metadata(given: pa.Schema, treated: Treated) -> Mapping[bytes, bytes] | None:
    """What pandas and Spark say of columns, of those that stay; the rest may hold anything."""
    kept: dict[bytes, bytes] = {}
    for key, change in ((_PANDAS, _pandas), (_SPARK, _spark)):
        if key in (given.metadata or {}):
            try:
                kept[key] = json.dumps(change(json.loads(given.metadata[key]), treated)).encode()
            except (ValueError, KeyError, TypeError, AttributeError):
                continue
    return kept or None


def _pandas(said: dict[str, Any], treated: Treated) -> dict[str, Any]:
    """Its columns and index, without attributes and without what it says of treated columns."""
    stays = [c for c in said["columns"] if c["field_name"] not in treated.gone]
    columns = [c if not treated.concerns(c["field_name"]) else _untyped(c) for c in stays]
    index = [i for i in said["index_columns"] if isinstance(i, dict) or i not in treated.gone]
    keys = ("column_indexes", "creator", "pandas_version")
    return {"index_columns": index, "columns": columns, **{k: said[k] for k in keys if k in said}}


def _untyped(column: dict[str, Any]) -> dict[str, Any]:
    return {**column, "pandas_type": "unicode", "numpy_type": "object", "metadata": None}


def _spark(said: dict[str, Any], treated: Treated) -> dict[str, Any]:
    fields = [f for f in said["fields"] if not treated.concerns(f["name"])]
    if len(fields) < len(said["fields"]):
        raise ValueError("Spark takes the file's own schema where this one is left out")
    return said
