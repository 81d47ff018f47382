"""Arrow arrays as columns of cells: nested fields become paths, scalars canonical text."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

import polars as pl
import pyarrow as pa
import pyarrow.compute as pc

from privscan.formats.audio import may_be_sound, sound_of
from privscan.formats.pictures import HEAD, is_picture
from privscan.model.data import Batch, Column, Part, Unread
from privscan.model.kinds import Kind

VECTOR_LENGTH = 16
"""A list of at least this many numbers is a vector; shorter ones are lists of numbers."""

DAMAGED = "are damaged"

_DATETIME = "%Y-%m-%d %H:%M:%S%.f"


def unique_names(names: Sequence[str | None]) -> list[str]:
    """Blank names become `column_N`, repeated ones `name_2`; order and length are kept."""
    taken: set[str] = set()
    return [_free((name or "").strip() or f"column_{i}", taken) for i, name in enumerate(names, 1)]


def _free(name: str, taken: set[str]) -> str:
    """The name, numbered if it is taken; then it is."""
    free, n = name, 2
    while free in taken:
        free, n = f"{name}_{n}", n + 1
    taken.add(free)
    return free


def batches(stream: Iterable[pa.RecordBatch], part: Part, rows: int) -> Iterator[Batch | Unread]:
    """Arrow record batches as batches of at most `rows` rows, and what in them is not readable."""
    lost: dict[tuple[str, str], int] = {}
    for whole in stream:
        for start in range(0, len(whole), rows):
            piece = whole.slice(start, rows)
            yield batch_of(piece, lost)
    for (path, reason), cells in sorted(lost.items()):
        yield Unread(part.uri, part.span, f"{cells} cells of column {path!r} {reason}", rows=cells)


def batch_of(piece: pa.RecordBatch, lost: dict[tuple[str, str], int]) -> Batch:
    """The columns of a record batch; `lost` gains the cells per (path, reason) not read whole."""
    fields: list[Iterable[Column]] = []
    for name, array in zip(unique_names(piece.schema.names), piece.columns, strict=True):
        if intact(array):
            fields.append(flat(name, array, lost))
        else:
            lost[name, DAMAGED] = lost.get((name, DAMAGED), 0) + len(array)
    return Batch(len(piece), tuple(_apart(fields)))


def _apart(fields: Iterable[Iterable[Column]]) -> Iterator[Column]:
    """The columns of fields; a path that an earlier field has, as `a.b` beside `a: {b}`, is numbered."""
    taken: set[str] = set()
    for columns in fields:
        own = list(columns)
        free = {path: _free(path, taken) for path in dict.fromkeys(c.path for c in own)}
        yield from (replace(column, path=free[column.path]) for column in own)


def intact(array: pa.Array) -> bool:
    """Whether offsets and indices stay inside their buffers: Arrow aborts the process if not."""
    if pa.types.is_dictionary(array.type):
        words, codes = array.dictionary, array.indices
        if not (intact(words) and intact(codes)):
            return False
        used = pc.min_max(codes).as_py()
        return used["min"] is None or 0 <= used["min"] <= used["max"] < len(words)
    try:
        # Bad UTF-8 alone is no reason to lose the column, and strings are checked for it later.
        array.view(_raw(array.type)).validate(full=True)
    except (pa.ArrowException, ValueError):
        return _is_utf8(array)
    return True


def _raw(kind: pa.DataType) -> pa.DataType:
    """The type with its strings as bytes."""
    types = pa.types
    if types.is_string(kind):
        return pa.binary()
    if types.is_large_string(kind):
        return pa.large_binary()
    if types.is_struct(kind):
        return pa.struct([field.with_type(_raw(field.type)) for field in kind])
    if types.is_list(kind):
        return pa.list_(kind.value_field.with_type(_raw(kind.value_type)))
    if types.is_large_list(kind):
        return pa.large_list(kind.value_field.with_type(_raw(kind.value_type)))
    return kind


def flat(path: str, array: pa.Array, lost: dict[tuple[str, str], int]) -> Iterator[Column]:
    """The columns that one array of any type becomes; list elements lose their row."""
    if pa.types.is_dictionary(array.type) and (coded := _coded(path, array)):
        yield coded
        return
    array = _plain(array)
    kind = array.type
    if pa.types.is_struct(kind):
        names = unique_names([field.name for field in kind])
        children = zip(names, array.flatten(), strict=True)
        yield from _apart(flat(f"{path}.{name}", child, lost) for name, child in children)
    elif pa.types.is_map(kind):
        entries = array.drop_null()
        for name, child in (("key", entries.keys), ("value", entries.items)):
            yield from flat(f"{path}[].{name}", _within(entries, child), lost)
    elif pa.types.is_list(kind) or pa.types.is_large_list(kind):
        yield from _list(path, array, lost)
    elif pa.types.is_binary(kind) or pa.types.is_large_binary(kind):
        yield from _binary(path, array)
    elif _is_string(kind):
        yield Column(path, Kind.TEXT, pl.Series(path, _valid(path, array, lost)))
    else:
        yield _scalar(path, array, lost)


def _within(entries: pa.MapArray, child: pa.Array) -> pa.Array:
    """The child's elements that the (sliced) map spans."""
    if not len(entries):
        return child.slice(0, 0)
    first, last = entries.offsets[0].as_py(), entries.offsets[len(entries)].as_py()
    return child if len(child) == last - first else child.slice(first, last - first)


_PLAINER: tuple[tuple[Callable[[pa.DataType], bool], Callable[[pa.Array], pa.Array]], ...] = (
    (lambda t: isinstance(t, pa.BaseExtensionType), lambda a: a.storage),
    # dictionary_decode knows no views
    (pa.types.is_dictionary, lambda a: _plain(a.dictionary).take(a.indices)),
    (pa.types.is_run_end_encoded, pc.run_end_decode),
    (pa.types.is_list_view, lambda a: a.cast(pa.large_list(a.type.value_type))),
    (pa.types.is_large_list_view, lambda a: a.cast(pa.large_list(a.type.value_type))),
    (pa.types.is_fixed_size_list, lambda a: a.cast(pa.large_list(a.type.value_type))),
    (pa.types.is_fixed_size_binary, lambda a: a.cast(pa.large_binary())),
    (pa.types.is_binary_view, lambda a: a.cast(pa.large_binary())),
    (
        pa.types.is_string_view,
        lambda a: a.cast(pa.large_binary()).cast(pa.large_string(), safe=False),
    ),
)


def _plain(array: pa.Array) -> pa.Array:
    """The array in a type that Polars knows: the others make it panic."""
    for holds, plainer in _PLAINER:
        if holds(array.type):
            return _plain(plainer(array))
    return array


def _list(path: str, array: pa.Array, lost: dict[tuple[str, str], int]) -> Iterator[Column]:
    element = array.type.value_type
    if pa.types.is_integer(element) or pa.types.is_floating(element):
        # Cell by cell, so that a cell's kind does not hang on its neighbours.
        long = pc.greater_equal(pc.fill_null(pc.list_value_length(array), 0), VECTOR_LENGTH)
        vectors = array.filter(long)
        if len(vectors):
            cells = pl.Series(path, vectors.cast(pa.large_list(pa.float64())))
            yield Column(path, Kind.VECTOR, cells)
            array = array.filter(pc.invert(long))
            if not len(array):
                return
    yield from flat(f"{path}[]", pc.list_flatten(array), lost)


def _binary(path: str, array: pa.Array) -> Iterator[Column]:
    cells = pl.Series(path, array, dtype=pl.Binary)
    heads = pc.binary_slice(array, 0, HEAD).to_pylist()
    kinds = pl.Series([_kind(head, cells, row) for row, head in enumerate(heads)], dtype=pl.String)
    for kind in (Kind.IMAGE, Kind.AUDIO):
        if (kinds == kind).any():
            yield Column(path, kind, cells.filter(kinds == kind))
    if (kinds == Kind.BYTES).any() or not len(cells):
        yield Column(path, Kind.BYTES, cells.filter(kinds == Kind.BYTES))


def _kind(head: bytes | None, cells: pl.Series, row: int) -> Kind:
    """By the first bytes; a recording is told by all of them, since few bytes of it are fixed."""
    if head is None:
        return Kind.BYTES
    if is_picture(head):
        return Kind.IMAGE
    return Kind.AUDIO if may_be_sound(head) and sound_of(cells[row]) else Kind.BYTES


def _valid(path: str, array: pa.Array, lost: dict[tuple[str, str], int]) -> pa.Array:
    """The strings, bad UTF-8 replaced and counted: neither Parquet nor the C stream checks it."""
    if _is_utf8(array):
        return array
    raw = array.cast(pa.large_binary(), safe=False).to_pylist()
    texts = [None if cell is None else cell.decode("utf-8", "replace") for cell in raw]
    bad = sum(t is not None and t.encode() != c for t, c in zip(texts, raw, strict=True))
    lost[path, "are not valid UTF-8"] = lost.get((path, "are not valid UTF-8"), 0) + bad
    return pa.array(texts, pa.large_string())


def _is_utf8(array: pa.Array) -> bool:
    try:
        array.validate(full=True)
    except pa.ArrowInvalid:
        return False
    return True


def _coded(path: str, array: pa.Array) -> Column | None:
    """A dictionary of valid strings, as it is, unless its rows would take less without it."""
    words = array.dictionary
    if len(words) > len(array) or not _is_string(words.type) or not _is_utf8(words):
        return None
    codes = pl.Series(path, array.indices).cast(pl.UInt32)
    return Column(path, Kind.TEXT, pl.Series(path, words), codes=codes)


def _is_string(kind: pa.DataType) -> bool:
    return bool(pa.types.is_string(kind) or pa.types.is_large_string(kind))


def _scalar(path: str, array: pa.Array, lost: dict[tuple[str, str], int]) -> Column:
    kind, types = array.type, pa.types
    if types.is_decimal(kind):
        return Column(path, Kind.NUMBER, pl.Series(path, array.cast(pa.string())))
    if types.is_integer(kind) or types.is_floating(kind):
        return Column(path, Kind.NUMBER, pl.Series(path, array).cast(pl.String))
    if types.is_boolean(kind):
        words = pl.Series(path, ["false", "true"])
        return Column(path, Kind.TEXT, words, codes=pl.Series(path, array).cast(pl.UInt32))
    if types.is_temporal(kind) and not types.is_interval(kind):
        return Column(path, Kind.TIME, _time(path, array))
    cells = pl.repeat(None, len(array), dtype=pl.String, eager=True)
    if (filled := len(array) - array.null_count) and not types.is_null(kind):
        reason = "are of a type that is not read"
        lost[path, reason] = lost.get((path, reason), 0) + filled
    return Column(path, Kind.TEXT, cells)


def _time(path: str, array: pa.Array) -> pl.Series:
    if pa.types.is_timestamp(array.type):
        # Polars knows named time zones only; the wall time is what a person would read.
        local = pc.local_timestamp(array) if array.type.tz else array
        return pl.Series(path, local).dt.to_string(_DATETIME)
    cells = pl.Series(path, array)
    return cells.dt.to_string() if pa.types.is_duration(array.type) else cells.cast(pl.String)
