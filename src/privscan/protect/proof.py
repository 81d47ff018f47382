"""Proof by looking: values of treated columns sought in everything that was written."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import ModuleType
from urllib.parse import unquote

import polars as pl
import pyarrow as pa

from privscan.errors import UnreadableError
from privscan.model.treatment import Residue, Treatment
from privscan.protect.cells import decoded, is_bytes, is_nested, texts
from privscan.protect.files import Task, Tasks
from privscan.registry import plugin
from privscan.sources._bytes import TROUBLE, opened, packed

MOST = 1_000
"""Values that are sought."""

SHORTEST = 6
"""Characters of a value that is no accident where it is met."""

_SOUGHT = frozenset({"drop", "mask", "tokenise", "encrypt"})
"""Treatments after which no whole value stays; what others leave may hold a value by intent."""

_CHUNK = 8 << 20
_ROWS = 100_000


def sought(tasks: Tasks, chosen: Iterable[Treatment]) -> list[str]:
    """Up to MOST distinct values of treated columns, from the first rows of each file; in memory only."""
    columns = [t for t in chosen if t.name in _SOUGHT]
    found: dict[str, list[str]] = {t.column: [] for t in columns}
    for task in tasks.files:
        own = [t.column for t in columns if t.concerns(task.dataset)]
        for path in {*own} & {*task.keys}:
            found[path] += [v for v in (task.keys[path],) if v is not None and _tells(v)]
        if own and any(len(found[c]) < MOST for c in own):
            for path, cells in _heads(task, own):
                found[path] += [c for c in cells.drop_nulls().unique().to_list() if _tells(c)][
                    :MOST
                ]
    each = max(1, MOST // max(1, len(found)))
    return sorted({value for values in found.values() for value in values[:each]})


def _tells(value: str) -> bool:
    """Whether the value can be told from others by its length and variety."""
    letters = {c for c in value if c.isalnum()}
    least = SHORTEST if not value.isdigit() else SHORTEST + 2
    return len(value) >= (least if value.isascii() else SHORTEST - 2) and len(letters) > 2  # noqa: PLR2004  not 000000


def _heads(task: Task, wanted: list[str]) -> Iterator[tuple[str, pl.Series]]:
    rows = 0
    for batch in task.format.batches(task.uri, wanted):
        for path in wanted:
            if path in batch.schema.names:
                array = decoded(batch.column(batch.schema.get_field_index(path)))
                if not (is_bytes(array.type) or is_nested(array.type)):
                    yield path, texts(array)
        rows += len(batch)
        if rows >= _ROWS:
            return


def residue(made: Path, tasks: Tasks, values: list[str]) -> Residue:
    """Where values are met: places in names and bytes of files, and cells once all is decoded."""
    if not values:
        return Residue(0, 0, 0)
    places = cells = 0
    # Latin-1 keeps each byte, so that bytes are sought as text is.
    raw = [value.encode().decode("latin-1") for value in values]
    below = sorted(made.rglob("*")) if made.is_dir() else []
    files = [p for p in below if p.is_file()] if made.is_dir() else [made]
    # Keys of partitions stand in names, escaped as in addresses.
    names = "\0".join(unquote(str(p.relative_to(made))) for p in below)
    places += _in_stream(io.BytesIO(names.encode("utf-8", "surrogateescape")), raw)
    for path in files:
        places += _in_stream(path.open("rb"), raw)
        if packed(str(path)):
            places += _in_stream(opened(str(path)), raw)
    kinds = {t.source: t.format for t in tasks.files if t.source in {"parquet", "arrow_ipc"}}
    for name, module in kinds.items():
        for path in files:
            if plugin("sources", name).load().sniff(_head(path)):
                cells += _in_cells(module, path, values)
    return Residue(len(values), places, cells)


def _in_stream(stream: object, values: list[str]) -> int:
    overlap = max(map(len, values))
    found, held = 0, ""
    with stream as file:  # type: ignore[attr-defined]
        try:
            while piece := file.read(_CHUNK):
                text = held + piece.decode("latin-1")
                many = pl.Series([text]).str.extract_many(values)
                found += int(many.list.len().sum())
                held = text[-overlap + 1 :] if overlap > 1 else ""
        except TROUBLE:
            raise UnreadableError("what was written cannot be read") from None
    return found


def _head(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(64)


def _in_cells(module: ModuleType, path: Path, values: list[str]) -> int:
    return sum(
        int(words.str.contains_any(values).sum())
        for batch in module.batches(str(path), ())
        for column in batch.columns
        for words in _words(column)
    )


def _words(array: pa.Array) -> Iterator[pl.Series]:
    """All texts of an array, its parts', and those of its dictionary that no cell has."""
    if isinstance(array.type, pa.BaseExtensionType):
        array = array.storage
    if pa.types.is_dictionary(array.type):
        array = array.dictionary
    if pa.types.is_struct(array.type):
        for child in array.flatten():
            yield from _words(child)
    elif pa.types.is_map(array.type):
        yield from _words(array.keys)
        yield from _words(array.items)
    elif hasattr(array, "values") and is_nested(array.type):
        yield from _words(array.values)
    elif is_bytes(array.type):
        some = [None if v is None else v.decode("latin-1") for v in decoded(array).to_pylist()]
        yield pl.Series(some, dtype=pl.String)
    else:
        yield texts(array)
