"""Lines of JSON as columns: Arrow's parser, and Python's where that would lose or refuse data."""

from __future__ import annotations

import io
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import polars as pl
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.json

from privscan.model.data import Batch, Column
from privscan.model.kinds import Kind
from privscan.sources._cells import VECTOR_LENGTH, batch_of
from privscan.sources._header import VALUE
from privscan.sources._json_elements import nesting
from privscan.sources._json_maps import PROBED, is_map, keyed_by_data, may_be_maps

DEEPEST = 64
"""Arrow's parser overflows its stack on deep nesting, so what is deeper goes to Python's."""

EXACT = 1e15
"""From here on a double does not print as the digits that were written."""


class _Number(str):
    """A number as it was written."""

    __slots__ = ()


class _Decimal(_Number):
    """A number written with a point or an exponent."""

    __slots__ = ()


def fast(lines: bytes, rows: int) -> list[Batch] | None:
    """Batches by Arrow's parser; None if it refuses the lines or would change a cell."""
    if int(nesting(lines).max(initial=0)) > DEEPEST or keyed_by_data(lines[:PROBED]):
        return None
    try:
        table = _parsed(lines, None)
        if dates := _as_text(table.schema):
            table = _parsed(lines, dates)
        if may_be_maps(table.schema):
            return None
        if any(_inexact(chunk) for column in table.columns for chunk in column.chunks):
            return None
        paths = list(_paths(table.schema))
        if len({*paths}) < len(paths):
            return None  # which record has which decides, so that no cut does
        lost: dict[tuple[str, str], int] = {}
        found = [batch_of(b, lost) for b in table.combine_chunks().to_batches(rows) if len(b)]
    except (pa.ArrowException, pl.exceptions.PolarsError, ValueError):
        return None
    return None if lost else [_even(batch) for batch in found]


def _paths(fields: Iterable[pa.Field], above: str = "") -> Iterator[str]:
    """The paths at which a field can have cells."""
    for field in fields:
        path, kind = f"{above}{field.name.strip()}", field.type
        while pa.types.is_list(kind):
            yield path
            path, kind = f"{path}[]", kind.value_type
        if pa.types.is_struct(kind):
            yield from _paths(kind, f"{path}.")
        else:
            yield path


def _parsed(lines: bytes, schema: pa.Schema | None) -> pa.Table:
    return pa.json.read_json(
        io.BytesIO(lines),
        read_options=pa.json.ReadOptions(use_threads=False, block_size=len(lines) + 1),
        parse_options=pa.json.ParseOptions(explicit_schema=schema),
    )


def _as_text(schema: pa.Schema) -> pa.Schema | None:
    """The fields that Arrow took for times, as strings: cells stay as they were written."""
    fields = [field for f in schema if (field := _dated(f)) is not None]
    return pa.schema(fields) if fields else None


def _dated(field: pa.Field) -> pa.Field | None:
    kind = field.type
    if pa.types.is_temporal(kind):
        return field.with_type(pa.string())
    if pa.types.is_struct(kind):
        inner = [child for f in kind if (child := _dated(f)) is not None]
        return field.with_type(pa.struct(inner)) if inner else None
    if pa.types.is_list(kind):
        item = _dated(kind.value_field)
        return None if item is None else field.with_type(pa.list_(item))
    return None


def _inexact(array: pa.Array) -> bool:
    kind = array.type
    if pa.types.is_struct(kind):
        return any(map(_inexact, array.flatten()))
    if pa.types.is_list(kind):
        return _inexact(array.flatten())
    if not pa.types.is_floating(kind):
        return False
    finite = pc.all(pc.is_finite(array)).as_py() is not False
    return not finite or (pc.max(pc.abs(array)).as_py() or 0.0) >= EXACT


def _even(batch: Batch) -> Batch:
    """3.0 reads 3: whether Arrow took 3 for a double hangs on its neighbours.

    Lists that are all empty give no column, as with Python's parser.
    """
    columns = (
        Column(c.path, c.kind, c.cells.str.strip_suffix(".0")) if c.kind is Kind.NUMBER else c
        for c in batch.columns
        if c.rows
    )
    return Batch(batch.rows, tuple(columns))


_DECODER = json.JSONDecoder(
    object_pairs_hook=tuple,
    parse_int=_Number,
    parse_float=_Decimal,
    parse_constant=_Number,
    strict=False,
)


def slow(lines: bytes) -> tuple[Batch, int]:
    """One batch by Python's parser, every value of a repeated key kept, and the lines it refuses."""
    cells = _Cells()
    bad = 0
    for line in lines.splitlines():
        if not line.strip():
            continue
        try:
            value = _DECODER.decode(line.decode())
            cells.add(value)
        except (ValueError, RecursionError):
            bad += 1
    return cells.batch(), bad


class _Cells:
    """Cells by path, each with its row; cells inside lists lose it."""

    def __init__(self) -> None:
        self._rows = 0
        self._flat: dict[str, dict[int, Any]] = defaultdict(dict)
        self._listed: dict[str, list[Any]] = defaultdict(list)

    def add(self, record: Any) -> None:
        """One record: an object (a tuple of pairs), or any other value as field `value`."""
        self._put("" if isinstance(record, tuple) else "value", record)
        self._rows += 1

    def _put(self, path: str, value: Any) -> None:
        if isinstance(value, tuple):
            keyed = is_map(value, nested=bool(path))
            for i, (key, child) in enumerate(value, 1):
                if keyed or VALUE.search(key):
                    entry = f"{path or 'entry'}[]"
                    self._put(f"{entry}.key", key)
                    self._put(f"{entry}.value", child)
                else:
                    name = key.strip() or f"column_{i}"
                    self._put(f"{path}.{name}" if path else name, child)
        elif isinstance(value, list) and not _is_vector(value):
            for child in value:
                self._put(f"{path}[]", child)
        elif "[]" in path:
            self._listed[path].append(value)
        else:
            self._place(path, value)

    def _place(self, path: str, value: Any) -> None:
        """A repeated key's further values stand in `path_2`, `path_3`."""
        free, n = path, 2
        while self._rows in self._flat[free]:
            free, n = f"{path}_{n}", n + 1
        self._flat[free][self._rows] = value

    def batch(self) -> Batch:
        """What was added, as columns."""
        whole = range(self._rows)
        placed = {path: [v.get(row) for row in whole] for path, v in self._flat.items()}
        every = {**placed, **self._listed}
        columns = (column for path, values in every.items() for column in _columns(path, values))
        return Batch(self._rows, tuple(columns))


def _is_vector(value: Sequence[Any]) -> bool:
    return len(value) >= VECTOR_LENGTH and all(isinstance(v, _Number) for v in value)


def _columns(path: str, values: list[Any]) -> Iterator[Column]:
    """The vectors among the values, and the others."""
    vectors = [[float(number) for number in v] for v in values if isinstance(v, list)]
    others = [v for v in values if not isinstance(v, list)]
    if vectors:
        yield Column(path, Kind.VECTOR, pl.Series(path, vectors, dtype=pl.List(pl.Float64)))
    if not vectors or any(v is not None for v in others):
        yield _column(path, others)


def _column(path: str, values: list[Any]) -> Column:
    decimals = [
        i for i, v in enumerate(values) if isinstance(v, _Decimal) and abs(float(v)) < EXACT
    ]
    if decimals:
        written = pl.Series([float(values[i]) for i in decimals], dtype=pl.Float64)
        texts = written.cast(pl.String).str.strip_suffix(".0").to_list()
        for i, text in zip(decimals, texts, strict=True):
            values[i] = _Number(text)
    filled = [v for v in values if v is not None]
    numeric = bool(filled) and all(isinstance(v, _Number) for v in filled)
    cells = pl.Series(path, [_text(v) for v in values], dtype=pl.String)
    return Column(path, Kind.NUMBER if numeric else Kind.TEXT, cells)


def _text(value: Any) -> str | None:
    if value is None:
        return None
    if isinstance(value, bool):
        return "true" if value else "false"
    # A lone surrogate (\\ud800) is no text that UTF-8 can hold.
    return str(value).encode("utf-8", "replace").decode()
