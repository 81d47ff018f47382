"""Columns by the paths that a scan gives them, and treatments carried out on those alone."""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

import pyarrow as pa
import pyarrow.compute as pc

from privscan.errors import UsageError, nearest
from privscan.protect.cells import empty
from privscan.protect.treating import Apply
from privscan.sources._cells import unique_names

KEPT = (b"PARQUET:field_id", b"ARROW:extension:name", b"ARROW:extension:metadata")
"""Metadata of a field that stay when its cells change: they say nothing of cells."""


def schema_paths(schema: pa.Schema) -> Iterator[str]:
    """Every path of a schema that may be treated, parts of columns after the whole."""
    for name, one in zip(unique_names(schema.names), schema, strict=True):
        yield from _paths(name, one.type)


def _paths(path: str, kind: pa.DataType) -> Iterator[str]:
    yield path
    if pa.types.is_struct(kind):
        for name, child in zip(unique_names([f.name for f in kind]), kind, strict=True):
            yield from _paths(f"{path}.{name}", child.type)
    elif _is_list(kind):
        yield from _paths(f"{path}[]", kind.value_type)
    elif pa.types.is_map(kind):
        yield from _paths(f"{path}[].key", kind.key_type)
        yield from _paths(f"{path}[].value", kind.item_type)


def _is_list(kind: pa.DataType) -> bool:
    return bool(
        pa.types.is_list(kind) or pa.types.is_large_list(kind) or pa.types.is_fixed_size_list(kind)
    )


def known(path: str, every: Iterable[str], where: str) -> None:
    """A path that is none of them is a `UsageError` with the nearest."""
    among = list(every)
    if path not in among:
        hint = nearest(path, among) or "`privscan scan` shows the columns"
        raise UsageError(f"no column is called {path!r}", where=where, hint=hint)


Rows = Callable[[pa.RecordBatch], Mapping[str, pa.Array]]
"""From a batch to new cells for some columns of the table itself."""


@dataclass(frozen=True, slots=True)
class Treated:
    """What is done to the columns of one table: by path; those in `gone` are left out."""

    apply: Mapping[str, Apply] = field(default_factory=dict)
    gone: frozenset[str] = frozenset()
    rows: tuple[Rows, ...] = ()
    """Treatments that look at several columns of a row; they come before `apply`."""
    together: frozenset[str] = frozenset()
    """The columns that `rows` gives new cells for."""
    seen: set[str] = field(default_factory=set)
    """Fields of JSON that were met: only their files tell which there are."""
    marked: frozenset[str] = frozenset()
    """Paths whose field says of what type it was, for `reveal`."""

    def schema(self, schema: pa.Schema) -> pa.Schema:
        """The schema of what `batch` gives."""
        arrays = [empty(one.type) for one in schema]
        return self.batch(pa.RecordBatch.from_arrays(arrays, schema=schema)).schema

    def batch(self, batch: pa.RecordBatch) -> pa.RecordBatch:
        """The batch with its columns treated, others as they are."""
        fields, arrays = [], []
        new = {path: array for make in self.rows for path, array in make(batch).items()}
        for name, one, array in zip(
            unique_names(batch.schema.names), batch.schema, batch.columns, strict=True
        ):
            if name not in self.gone:
                made, kept = self._field(name, one, array)
                if name in new:
                    made, kept = new[name], pa.field(one.name, new[name].type)
                fields.append(kept)
                arrays.append(made)
        schema = pa.schema(fields, batch.schema.metadata)
        return pa.RecordBatch.from_arrays(arrays, schema=schema) if fields else _nothing()

    def concerns(self, path: str) -> bool:
        """Whether the column, or a part of it, is treated."""
        inner = (f"{path}.", f"{path}[]")
        every = (*self.apply, *self.gone, *self.together)
        return any(p == path or p.startswith(inner) for p in every)

    def _field(self, path: str, one: pa.Field, array: pa.Array) -> tuple[pa.Array, pa.Field]:
        if path in self.together or not self.concerns(path):
            return array, one
        made = self._made(path, array)
        kept = {k: v for k, v in (one.metadata or {}).items() if k in KEPT}
        if isinstance(one.type, pa.BaseExtensionType) or made.type != one.type:
            kept = {k: v for k, v in kept.items() if k == KEPT[0]}
        if path in self.marked:
            kept[MARK] = _was(one.type)
        nullable = one.nullable or bool(made.null_count)
        return made, pa.field(one.name, made.type, nullable, kept or None)

    def _made(self, path: str, array: pa.Array) -> pa.Array:
        if path in self.apply:
            return self.apply[path](array)
        kind = array.type
        if pa.types.is_struct(kind):
            return self._struct(path, array)
        if pa.types.is_map(kind):
            raise UsageError(
                "a part of a map is not treated by itself", where=path, hint="treat the whole: drop"
            )
        if pa.types.is_fixed_size_list(kind):
            array, kind = array.cast(pa.list_(kind.value_type)), pa.list_(kind.value_type)
        return self._list(path, array)

    def _struct(self, path: str, array: pa.Array) -> pa.Array:
        fields, arrays = [], []
        names = unique_names([f.name for f in array.type])
        for name, one, child in zip(names, array.type, array.flatten(), strict=True):
            inner = f"{path}.{name}"
            if inner not in self.gone:
                made, kept = self._field(inner, one, child)
                arrays.append(made)
                fields.append(kept)
        if not fields:
            raise UsageError(
                "no part of this column would be left", where=path, hint=f"drop {path} itself"
            )
        return pa.StructArray.from_arrays(arrays, fields=fields, mask=pc.is_null(array))

    def _list(self, path: str, array: pa.Array) -> pa.Array:
        """The elements treated, in lists as long as before."""
        inner = f"{path}[]"
        if inner in self.gone:
            raise UsageError(
                "elements of a list are not dropped one by one",
                where=inner,
                hint=f"drop {path} itself",
            )
        large = pa.types.is_large_list(array.type)
        value = array.type.value_field
        made, kept = self._field(inner, value, pc.list_flatten(array))
        sizes = pc.fill_null(pc.list_value_length(array), 0).cast(pa.int64())
        offsets = (
            pa.concat_arrays([pa.array([0], pa.int64()), pc.cumulative_sum(sizes)])
            if len(array)
            else pa.array([0], pa.int64())
        )
        kind = pa.large_list(kept) if large else pa.list_(kept)
        build = pa.LargeListArray if large else pa.ListArray
        offsets = offsets.cast(pa.int64() if large else pa.int32())
        return build.from_arrays(offsets, made, type=kind, mask=pc.is_null(array))


MARK = b"privscan:was"
"""Key of a field's metadata under which the schema stands that a column had before."""


def _was(kind: pa.DataType) -> bytes:
    """What `MARK` holds: the type, and nothing of the cells."""
    return base64.b64encode(pa.schema([("was", kind)]).serialize().to_pybytes())


def kind_before(one: pa.Field) -> pa.DataType | None:
    """The type that a field had before it was encrypted, if it is known."""
    said = (one.metadata or {}).get(MARK)
    if said is None:
        return None
    try:
        return pa.ipc.read_schema(pa.py_buffer(base64.b64decode(said))).field(0).type
    except (pa.ArrowException, ValueError):
        return None


def _nothing() -> pa.RecordBatch:
    raise UsageError("no column would be left", hint="treat fewer columns")
