"""Avro containers in any of their usual packings, some blocks at a time.

Needs the extra `tables`. What a union may be of several types is text.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

import pyarrow as pa

from privscan.errors import UnreadableError
from privscan.formats.avro import MAGIC, Header, blocks, header
from privscan.model.data import Batch, Part, Unread
from privscan.sources._cells import batches
from privscan.sources._place import raw, size
from privscan.sources._stores import needs

PLUGIN = True
SUFFIXES = (".avro",)
PRIORITY = 10

BLOCK_BYTES = 8 << 20
"""Blocks are put together up to this size: each is a few dozen kilobytes."""

_TYPES = {
    "null": pa.null(), "boolean": pa.bool_(), "int": pa.int64(), "long": pa.int64(),
    "float": pa.float64(), "double": pa.float64(), "bytes": pa.large_binary(),
    "fixed": pa.large_binary(), "string": pa.large_string(), "enum": pa.large_string(),
}  # fmt: skip
_LOGICAL = {
    "date": pa.date32(), "timestamp-millis": pa.timestamp("ms", "UTC"),
    "timestamp-micros": pa.timestamp("us", "UTC"), "local-timestamp-millis": pa.timestamp("ms"),
    "local-timestamp-micros": pa.timestamp("us"),
}  # fmt: skip


def sniff(sample: bytes) -> bool:
    """Avro's magic."""
    return sample.startswith(MAGIC)


def schema(uri: str) -> tuple[str, ...]:
    """Top-level names; `UnreadableError` without a sound header."""
    with raw(uri) as file:
        said = json.loads(header(file).schema)
    fields = said.get("fields", []) if isinstance(said, dict) else []
    return tuple(field["name"] for field in fields) or ("value",)


def parts(uri: str, dataset: str) -> Iterator[Part | Unread]:
    """One part a file."""
    yield Part("avro", dataset, uri, bytes=size(uri))


def read(part: Part, *, batch_rows: int = 16_384) -> Iterator[Batch | Unread]:
    """Batches by the types of the file's schema; where it breaks off, the rest is `Unread`."""
    done = 0
    try:
        with raw(part.uri) as file:
            head = header(file)
            for item in batches(_tables(file, head), part, batch_rows):
                done += item.rows if isinstance(item, Batch) else 0
                yield item
    except UnreadableError as error:
        yield Unread(part.uri, part.span, f"{error.what} after row {done}", part.bytes)
    except (ValueError, TypeError, KeyError, EOFError, OSError, OverflowError, IndexError,
            RecursionError, AttributeError, pa.ArrowException):  # fmt: skip
        reason = f"the Avro file is damaged after row {done}"
        yield Unread(part.uri, part.span, reason, part.bytes)


def _tables(file: Any, head: Header) -> Iterator[pa.RecordBatch]:
    """The records before a place where the file breaks off are given before the error is raised."""
    whole = json.loads(head.schema)
    named: dict[str, Any] = {}
    record = isinstance(whole, dict) and whole.get("type") == "record"
    fields = whole["fields"] if record else [{"name": "value", "type": whole}]
    kinds = {field["name"]: _kind(field["type"], named, ()) for field in fields}
    count, some, broken = 0, bytearray(), None
    walk = blocks(file, head)
    while True:
        try:
            rows, records = next(walk, (0, b""))
        except UnreadableError as error:
            rows, records, broken = 0, b"", error
        count, some = count + rows, some + records
        if count and (not rows or len(some) >= BLOCK_BYTES):
            yield _table(head, count, bytes(some), kinds, record=record)
            count, some = 0, bytearray()
        if broken:
            raise broken
        if not rows:
            return


def _table(
    head: Header, count: int, some: bytes, kinds: Mapping[str, pa.DataType], *, record: bool
) -> pa.RecordBatch:
    try:
        import fastavro
    except ImportError:
        raise needs("tables", "") from None
    found: list[Any] = list(fastavro.reader(head.container(count, some)))
    if len(found) != count:
        raise ValueError
    values = found if record else [{"value": value} for value in found]
    arrays = [_array([row[name] for row in values], kind) for name, kind in kinds.items()]
    return pa.RecordBatch.from_arrays(arrays, names=list(kinds))


def _array(values: list[Any], kind: pa.DataType) -> pa.Array:
    """The values in their type; where text stands for others, as what it would be written."""
    try:
        return pa.array(values, kind)
    except (pa.ArrowException, TypeError, ValueError, OverflowError):
        return pa.array([_written(value, kind) for value in values], kind)


def _kind(schema: Any, named: dict[str, Any], above: tuple[str, ...]) -> pa.DataType:
    """Arrow's type for an Avro schema; types that hold themselves, and true unions, are text."""
    if isinstance(schema, list):
        others = [one for one in schema if one != "null"]
        return _kind(others[0], named, above) if len(others) == 1 else pa.large_string()
    if isinstance(schema, dict) and "logicalType" in schema:
        number = schema["type"] in {"int", "long"}
        return _LOGICAL.get(schema["logicalType"], _TYPES["long" if number else "string"])
    if isinstance(schema, dict):
        name = str(schema.get("name", ""))
        named[name] = schema
        named[f"{schema.get('namespace', '')}.{name}"] = schema
        nested = schema["type"] not in _TYPES if isinstance(schema["type"], str) else True
        return _nested(schema, named, above) if nested else _TYPES[schema["type"]]
    if schema in named and schema not in _TYPES:
        return _kind(named[schema], named, above)
    return _TYPES.get(schema, pa.large_string())


def _nested(schema: Any, named: dict[str, Any], above: tuple[str, ...]) -> pa.DataType:
    inner = (*above, str(schema.get("name", "")))
    match schema["type"]:
        case "array":
            return pa.list_(_kind(schema["items"], named, above))
        case "map":
            return pa.map_(pa.large_string(), _kind(schema["values"], named, above))
        case "record" if inner[-1] not in above:
            fields = [(one["name"], _kind(one["type"], named, inner)) for one in schema["fields"]]
            return pa.struct(fields)
        case "record":
            return pa.large_string()
        case other:
            return _kind(other, named, above)


def _written(value: Any, kind: pa.DataType) -> Any:
    """The value with text where its type says text."""
    if value is None:
        return None
    if pa.types.is_large_string(kind):
        plain = isinstance(value, dict | list | tuple)
        return json.dumps(value, default=_leaf, ensure_ascii=False) if plain else _leaf(value)
    if pa.types.is_list(kind):
        return [_written(one, kind.value_type) for one in value]
    if pa.types.is_map(kind):
        return [(key, _written(one, kind.item_type)) for key, one in value.items()]
    if pa.types.is_struct(kind):
        return {field.name: _written(value.get(field.name), field.type) for field in kind}
    return value


def _leaf(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return value.decode("latin-1") if isinstance(value, bytes) else str(value)
