"""Cells that have no parts, by the paths that a scan gives them, from any file that is written here."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import polars as pl
import pyarrow as pa
import pyarrow.compute as pc

from privscan.protect.cells import decoded, exact_texts, is_bytes, is_nested, texts
from privscan.protect.files import Task
from privscan.sources._cells import unique_names

Leaf = tuple[str, pa.Array]
"""A path, and cells of it."""


def leaves(task: Task) -> Iterator[list[Leaf]]:
    """What each piece of a file holds; elements of lists are more or fewer than its rows."""
    if hasattr(task.format, "leaves"):
        yield from task.format.leaves(task.uri)
        return
    for batch in task.format.batches(task.uri, task.format.paths(task.uri)):
        names = unique_names(batch.schema.names)
        yield [leaf for one in zip(names, batch.columns, strict=True) for leaf in parts(*one)]


def parts(path: str, array: pa.Array) -> Iterator[Leaf]:
    """The leaves of a column."""
    if isinstance(array.type, pa.BaseExtensionType):
        array = array.storage
    kind = array.type
    if pa.types.is_struct(kind):
        names = unique_names([f.name for f in kind])
        for name, child in zip(names, array.flatten(), strict=True):
            yield from parts(f"{path}.{name}", child)
    elif pa.types.is_map(kind):
        yield from parts(f"{path}[].key", array.keys)
        yield from parts(f"{path}[].value", array.items)
    elif is_nested(kind) and not pa.types.is_union(kind):
        yield from parts(f"{path}[]", pc.list_flatten(array))
    else:
        yield path, array


def within(path: str, column: str) -> bool:
    """Whether the path is the column or a part of it."""
    return path == column or path.startswith((f"{column}.", f"{column}[]"))


def words(array: pa.Array) -> pl.Series:
    """The cells as text as a scan reads them, bytes as Latin-1; of a dictionary, all of its words."""
    return _words(array, texts)


def exact_words(array: pa.Array) -> pl.Series:
    """The same, strings as they are."""
    return _words(array, exact_texts)


def _words(array: pa.Array, read: Callable[[pa.Array], pl.Series]) -> pl.Series:
    if pa.types.is_dictionary(array.type):
        array = array.dictionary
    if is_nested(array.type):
        return pl.Series([], dtype=pl.String)  # a union: no format is written with one
    if is_bytes(array.type):
        some = [None if v is None else v.decode("latin-1") for v in decoded(array).to_pylist()]
        return pl.Series(some, dtype=pl.String)
    return read(array)
