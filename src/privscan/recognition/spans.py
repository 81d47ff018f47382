"""Spans of any column of text as one Arrow table: what Presidio's engine would return, row by row."""

from __future__ import annotations

import json
import warnings
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import polars as pl
import pyarrow as pa
import pyarrow.compute as pc

from privscan.errors import UnreadWarning, UsageError
from privscan.recognition.distinct import Distinct, distinct, of_dictionary
from privscan.recognition.overlaps import uncontained
from privscan.recognition.recognizer import Recognizer, boosted
from privscan.recognition.results import Found, GivenUp, results

if TYPE_CHECKING:
    from numpy.typing import NDArray

ROWS = 1 << 17
"""Cells taken at a time; smaller batches cost more a cell, larger ones memory."""

BYTES = 1 << 26
"""Bytes of text taken at a time, unless one cell is longer."""

NAME = pa.dictionary(pa.int32(), pa.string())

SCHEMA = pa.schema(
    [
        ("row", pa.uint32()),
        ("entity", NAME),
        ("start", pa.int32()),
        ("end", pa.int32()),
        ("score", pa.float64()),
        ("recognizer", NAME),
    ]
)


def span_table(
    values: pa.ChunkedArray,
    recognizers: Sequence[Recognizer],
    *,
    threshold: float,
    context: Sequence[str],
) -> pa.Table:
    """The table of `privscan.spans`; metadata `unread` lists cells without a full answer."""
    tables: list[pa.Table] = []
    unread: list[dict[str, Any]] = []
    for first, some, broken in _batches(values):
        unread += [_unread(first + row, "", NOT_TEXT) for row in broken]
        found: list[Found] = []
        for item in results(some.cells, recognizers, threshold=threshold, context=context):
            if isinstance(item, GivenUp):
                rows = some.rows(item.rows)[0].tolist()
                unread += [_unread(first + row, item.recognizer, item.reason) for row in rows]
            else:
                found.append(item)
        tables.append(_table(found, some, first, threshold, context))
    if unread:
        said = f"{len({u['row'] for u in unread})} rows have no full answer"
        warnings.warn(f"{said}: see the table's metadata 'unread'", UnreadWarning, stacklevel=3)
    table = pa.concat_tables(tables) if tables else SCHEMA.empty_table()
    return table.replace_schema_metadata({"unread": json.dumps(unread)} if unread else None)


NOT_TEXT = "the bytes are no valid UTF-8"


def _unread(row: int, recognizer: str, reason: str) -> dict[str, Any]:
    return {"row": row, "recognizer": recognizer, "reason": reason}


def texts(values: object) -> pa.ChunkedArray:
    """Any array of strings as Arrow's; `UsageError` for what is none."""
    if isinstance(values, str | bytes):
        raise UsageError("one text is no column", hint="put it in a list")
    if isinstance(values, pa.ChunkedArray):
        found = values
    elif hasattr(values, "__arrow_c_stream__"):
        found = pa.chunked_array(values)
    else:
        found = pa.chunked_array([_listed(values)])
    if pa.types.is_run_end_encoded(found.type):
        found = pa.chunked_array(
            [pc.run_end_decode(c) for c in found.chunks], found.type.value_type
        )
    kind = found.type.value_type if pa.types.is_dictionary(found.type) else found.type
    if pa.types.is_null(kind):
        return found.cast(pa.string())
    if not (pa.types.is_string(kind) or pa.types.is_large_string(kind) or _is_view(kind)):
        raise UsageError(f"the values are {kind}, not strings", hint=_HINT)
    return found


def _listed(values: Any) -> pa.Array:
    """An array of the values; a str with half a surrogate pair becomes bytes that are no text."""
    try:
        return pa.array(values)
    except UnicodeEncodeError:
        coded = [None if v is None else v.encode("utf-8", "surrogatepass") for v in values]
        return pa.array(coded, pa.large_binary()).cast(pa.large_string(), safe=False)
    except (pa.ArrowException, TypeError, ValueError, OverflowError):
        what = f"no array of strings: {type(values).__name__}"
    # Outside the handler: what Arrow says may quote a value.
    raise UsageError(what, hint=_HINT)


_HINT = "give a list of str, or a string column of Arrow, Polars or pandas; cast others first"


def _is_view(kind: pa.DataType) -> bool:
    return bool(pa.types.is_string_view(kind))


def _batches(values: pa.ChunkedArray) -> Iterator[tuple[int, Distinct, list[int]]]:
    """The first row, the distinct cells, and rows whose bytes are no text."""
    first = 0
    for chunk in values.chunks:
        coded = pa.types.is_dictionary(chunk.type)
        words = _text(chunk.dictionary) if coded else None
        at = 0
        while at < len(chunk):
            some = chunk.slice(at, ROWS)
            while not coded and len(some) > 1 and some.nbytes > BYTES:
                some = some.slice(0, len(some) // 2)
            yield first + at, *(_coded(some.indices, *words) if words else _plain(some))
            at += len(some)
        first += len(chunk)


def _plain(array: pa.Array) -> tuple[Distinct, list[int]]:
    cells, broken = _text(array)
    return distinct(cells), broken


def _coded(codes: pa.Array, words: pl.Series, broken: list[int]) -> tuple[Distinct, list[int]]:
    """Distinct cells are the words of the dictionary that stand in the array."""
    some = of_dictionary(words, pl.Series(pl.from_arrow(codes)))
    if not broken:
        return some, []
    named = codes.to_numpy(zero_copy_only=False)
    return some, np.flatnonzero(np.isin(named, broken)).tolist()


def _text(array: pa.Array) -> tuple[pl.Series, list[int]]:
    try:
        array.validate(full=True)
    except pa.ArrowInvalid:
        return _decoded(array)
    series = pl.Series(pl.from_arrow(array))
    return series if series.dtype == pl.String else series.cast(pl.String), []


def _decoded(array: pa.Array) -> tuple[pl.Series, list[int]]:
    """Cell by cell, for a batch in which some bytes are no UTF-8."""
    cells: list[str | None] = []
    broken: list[int] = []
    for row, value in enumerate(array.cast(pa.large_binary(), safe=False).to_pylist()):
        try:
            cells.append(None if value is None else value.decode())
        except UnicodeDecodeError:
            cells.append(None)
            broken.append(row)
    return pl.Series(cells, dtype=pl.String), broken


def _table(
    found: Sequence[Found],
    some: Distinct,
    first: int,
    threshold: float,
    context: Sequence[str],
) -> pa.Table:
    """The results that stay once context and threshold were looked at, of every row."""
    names = sorted({item.entity for item in found})
    columns: list[tuple[NDArray[Any], ...]] = []
    for number, item in enumerate(found):
        score = item.score if item.final else boosted(item.score, item.recognizer, context)
        kept = score >= threshold
        entity = np.full(len(score), names.index(item.entity))
        whose = np.full(len(score), number)
        columns.append(tuple(c[kept] for c in (*item.spans, entity, whose, score)))
    if not columns:
        return SCHEMA.empty_table()
    row, start, end, entity, whose, score = map(np.concatenate, zip(*columns, strict=True))
    order = uncontained(row, entity, start, end, score)
    rows, spread = some.rows(row[order])
    if len(rows) and (rows[1:] < rows[:-1]).any():
        by_row = np.argsort(rows, kind="stable")
        rows, spread = rows[by_row], spread[by_row]
    order = order[spread]
    recognizers = [item.recognizer.name for item in found]
    return pa.table(
        [
            pa.array(first + rows, pa.uint32()),
            pa.DictionaryArray.from_arrays(entity[order].astype(np.int32), names),
            pa.array(start[order], pa.int32()),
            pa.array(end[order], pa.int32()),
            pa.array(score[order], pa.float64()),
            pa.DictionaryArray.from_arrays(whose[order].astype(np.int32), recognizers),
        ],
        schema=SCHEMA,
    )
