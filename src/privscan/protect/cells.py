"""Arrow arrays on their way through a treatment: their texts, and arrays made of other texts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import polars as pl
import pyarrow as pa
import pyarrow.compute as pc

from privscan.errors import UsageError
from privscan.evidence.canonical import canonical
from privscan.sources._cells import flat

Texts = Callable[[pl.Series], pl.Series]
"""From distinct texts without nulls to as many cells."""


def is_text(kind: pa.DataType) -> bool:
    """Whether the type is one of strings."""
    types = pa.types
    return bool(types.is_string(kind) or types.is_large_string(kind) or types.is_string_view(kind))


def is_bytes(kind: pa.DataType) -> bool:
    """Whether the type is one of bytes."""
    types = pa.types
    return bool(
        types.is_binary(kind)
        or types.is_large_binary(kind)
        or types.is_fixed_size_binary(kind)
        or types.is_binary_view(kind)
    )


def is_nested(kind: pa.DataType) -> bool:
    """Whether cells have parts."""
    types = pa.types
    return bool(types.is_nested(kind) or types.is_map(kind))


def decoded(array: pa.Array) -> pa.Array:
    """The array without dictionary, runs or extension type."""
    if isinstance(array.type, pa.BaseExtensionType):
        return decoded(array.storage)
    if pa.types.is_dictionary(array.type):
        return decoded(array.dictionary).take(array.indices)
    if pa.types.is_run_end_encoded(array.type):
        return decoded(pc.run_end_decode(array))
    return array


def texts(array: pa.Array) -> pl.Series:
    """The cells as a scan reads them: one text for one value, whatever the format (decision 5)."""
    return canonical(exact_texts(array))


def exact_texts(array: pa.Array) -> pl.Series:
    """The cells as text, strings as they are."""
    array = decoded(array)
    if is_bytes(array.type) or is_nested(array.type):
        raise UsageError(f"cells of {array.type} are no texts", hint="drop or encrypt them")
    column = next(flat("", array, {}))
    cells = column.cells if column.codes is None else column.cells.gather(column.codes)
    return cells.cast(pl.String)


def each(cells: pl.Series, make: Texts) -> pl.Series:
    """What `make` makes of each distinct cell; null stays null."""
    distinct = cells.drop_nulls().unique()
    made = make(distinct)
    if not len(distinct):
        return pl.repeat(None, len(cells), dtype=made.dtype, eager=True)
    return cells.replace_strict(distinct, made, default=None, return_dtype=made.dtype)


def changed(array: pa.Array, make: Texts) -> pa.Array:
    """What `make` makes of the cells, in the column's type if it holds texts; blank stays blank."""
    whole = exact_texts(array)
    cells = canonical(whole)
    made = each(cells, make)
    return as_type(made.zip_with(cells.is_not_null(), whole), array.type)


def as_type(cells: pl.Series, kind: pa.DataType) -> pa.Array:
    """The cells in the type of the column that they came from if it holds texts, else as strings."""
    array = arrow(cells)
    if pa.types.is_dictionary(kind) and is_text(kind.value_type):
        return array.cast(kind.value_type).dictionary_encode().cast(kind)
    return array.cast(kind if is_text(kind) else pa.string())


def arrow(cells: pl.Series) -> pa.Array:
    """One Arrow array of the cells."""
    made: Any = cells.rechunk().to_arrow()
    return made


def from_bytes(cells: list[bytes | None], kind: pa.DataType) -> pa.Array:
    """An array of bytes in a type that holds any length."""
    wide = pa.types.is_large_binary(kind) or pa.types.is_binary_view(kind)
    return pa.array(cells, kind if wide else pa.binary())


def empty(kind: pa.DataType) -> pa.Array:
    """No cell of a type."""
    return (
        pa.array([], kind)
        if not isinstance(kind, pa.BaseExtensionType)
        else pa.ExtensionArray.from_storage(kind, pa.array([], kind.storage_type))
    )


def scrubbed(array: pa.Array) -> pa.Array:
    """The array without what its buffers may hold beside its cells: other rows, values under nulls."""
    if not len(array):
        return array
    rows = pa.array(np.arange(len(array)), mask=np.asarray(array.is_null()))
    kind = _without_views(array.type)
    # Arrow takes no rows of views.
    return array.take(rows) if kind == array.type else array.cast(kind).take(rows).cast(array.type)


def _without_views(kind: pa.DataType) -> pa.DataType:
    types = pa.types
    if types.is_string_view(kind):
        return pa.large_string()
    if types.is_binary_view(kind):
        return pa.large_binary()
    if types.is_struct(kind):
        return pa.struct([f.with_type(_without_views(f.type)) for f in kind])
    if types.is_list(kind) or types.is_large_list(kind):
        build = pa.large_list if types.is_large_list(kind) else pa.list_
        one = kind.value_field
        return build(one.with_type(_without_views(one.type)))
    return kind
