"""Biometric records in bytes, in lists of them, and in base64 or hexadecimal text, by structure.

What stands inside them, portraits and words, and pictures and sound written as text, goes on to
the detectors of its own kind.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import polars as pl

from privscan.evidence.characters import masked
from privscan.formats.audio import may_be_sound, sound_of
from privscan.formats.pictures import HEAD as PICTURE_HEAD
from privscan.formats.pictures import is_picture
from privscan.formats.records.coded import (
    FIRSTS,
    HEAD,
    LEAST,
    START,
    is_coded,
    is_compressed,
    uncoded,
    unpacked,
)
from privscan.formats.records.embedded import EMBEDDED, embedded
from privscan.formats.records.markup import ROOTS
from privscan.formats.records.parse import MAGICS, parse
from privscan.formats.records.record import Malformed, Record, View
from privscan.model.data import Column, Hits, Unread
from privscan.model.kinds import Kind
from privscan.rulebook.text import bytes_of, taken

if TYPE_CHECKING:
    from numpy.typing import NDArray

PLUGIN = True
KINDS = ("bytes", "text", "vector")

WHOLE, BROKEN = 0.99, 0.85
"""A record whose every length agrees, and one that breaks off after some that do."""

AMID = " amid text"
"""Ends the name of what stands in a cell beside other words, which are looked at as ever."""

NESTED = 3
"""Writings inside writings that are undone: base64 of gzip of a record."""

_BEGINS = np.frombuffer(FIRSTS, np.bool_)

PORTRAIT, PICTURE, SOUND = "portrait", "picture", "audio"

_SHOWN = {"face_image": PORTRAIT, "": PICTURE}
"""Pictures that other detectors may see more in: faces, and tattoos."""

_BYTES, _LEAST = 256, -128
"""Numbers that a byte may be; those of Java and Spark have a sign."""

_SEARCHED = 300
"""Bytes at the head of a cell in which a record behind a header is sought."""


class _Kept(NamedTuple):
    """Hits alike: what they are said of, and how many samples a cell has."""

    entity: str
    detector: str
    score: float
    views: int


@dataclass(slots=True)
class _Found:
    """What the cells of a column hold, by row."""

    hits: dict[_Kept, list[int]] = field(default_factory=lambda: defaultdict(list))
    ranges: dict[_Kept, dict[str, tuple[int, int]]] = field(default_factory=dict)
    inside: dict[tuple[str, Kind], list[tuple[int, bytes | str]]] = field(
        default_factory=lambda: defaultdict(list)
    )
    malformed: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))


def find(column: Column) -> Iterator[Hits | Unread | Column]:
    """Cells that are records, what stands inside, and why some are broken."""
    found, rows = _Found(), _candidates(column)
    for row, cell in zip(rows.tolist(), taken(column.cells, rows), strict=True):
        if isinstance(cell, bytes | str):
            _look(cell, row, found, NESTED)
        else:
            _look(_bytes(cell), row, found, NESTED - 1)
    size = len(column.cells)
    for kept, at in found.hits.items():
        mask = masked(np.unique(at), size)
        yield Hits(
            kept.entity, mask, kept.score, kept.detector, None, kept.views, found.ranges[kept]
        )
    for (name, kind), some in found.inside.items():
        yield _column(column, f"{column.path}[].{name}", kind, some)
    for reason, at in found.malformed.items():
        yield from _unread(column, reason, at)


def _candidates(column: Column) -> NDArray[np.int64]:
    """Cells that begin as a record or as the writing of one; of ordinary cells hardly any do."""
    cells = column.cells
    if column.kind is Kind.TEXT:
        long = np.flatnonzero(bytes_of(cells) >= LEAST)
        if not len(long):
            return long
        some = taken(cells, long)
        coded = some.str.slice(0, HEAD).str.contains(START)
        # Of markup only what names a record is worth the reading.
        coded &= ~some.str.contains(r"^\s*<") | some.str.contains(ROOTS)
        coded |= some.str.contains(EMBEDDED)
        kept: NDArray[np.int64] = long[coded.to_numpy()]
        return kept
    if column.kind is Kind.VECTOR:
        return _of_numbers(cells)
    heads = cells.bin.head(_SEARCHED)
    behind = np.zeros(len(cells), bool)
    for magic in MAGICS:
        behind |= heads.bin.contains(magic).to_numpy()
    _, starts, data = heads.bin.head(2).to_arrow(compat_level=pl.CompatLevel.oldest()).buffers()
    firsts = np.frombuffer(starts, np.int64)[: len(cells) + 1]
    pairs = np.zeros(len(cells), np.uint16)
    long = np.diff(firsts) == 2  # noqa: PLR2004  a pair
    plain = np.frombuffer(data or b"", np.uint8)
    at = firsts[:-1][long]
    pairs[long] = plain[at].astype(np.uint16) << 8 | plain[at + 1]
    return np.flatnonzero(behind | _BEGINS[pairs] & long)


def _of_numbers(cells: pl.Series) -> NDArray[np.int64]:
    """Lists of numbers whose first two are bytes that may begin a record."""
    pair = [
        cells.list.get(at, null_on_oob=True)
        .cast(pl.Float64)
        .fill_null(_BYTES)
        .fill_nan(_BYTES)
        .to_numpy()
        for at in (0, 1)
    ]
    fits = (np.floor(n) == n for n in pair)
    fits = (whole & (n >= _LEAST) & (n < _BYTES) for whole, n in zip(fits, pair, strict=True))
    first, second = (
        np.where(fit, np.where(fit, n, 0) % _BYTES, -1) for fit, n in zip(fits, pair, strict=True)
    )
    both = np.flatnonzero((first >= 0) & (second >= 0))
    places = (first[both] * _BYTES + second[both]).astype(np.uint16)
    found: NDArray[np.int64] = both[_BEGINS[places]]
    return found


def _bytes(numbers: pl.Series) -> bytes:
    """The list as bytes, with or without a sign, nothing if it has other numbers."""
    values = numbers.to_numpy()
    within = (
        bool(len(values))
        and values.min() >= _LEAST
        and values.max() - _BYTES < min(0, values.min())
    )
    fits = within and bool((np.floor(values) == values).all())
    return (values % _BYTES).astype(np.uint8).tobytes() if fits else b""


def _look(cell: bytes | str, row: int, found: _Found, depth: int) -> None:
    """What one cell holds, its writing undone."""
    if isinstance(cell, bytes):
        _content(cell, row, found, depth, amid=False)
        return
    if is_coded(cell) and _content(uncoded(cell), row, found, depth - 1, amid=False):
        return
    for inside in embedded(cell):
        _content(inside, row, found, depth - 1, amid=True)


def _content(content: bytes, row: int, found: _Found, depth: int, *, amid: bool) -> bool:
    """Whether the bytes are a record, picture or sound, or what holds one."""
    if depth < NESTED:
        if is_picture(content[:PICTURE_HEAD]):
            found.inside[PICTURE, Kind.IMAGE].append((row, content))
            return True
        if may_be_sound(content[:PICTURE_HEAD]) and sound_of(content):
            found.inside[SOUND, Kind.AUDIO].append((row, content))
            return True
    parsed = parse(content)
    if isinstance(parsed, Record):
        _keep(parsed, row, found, amid=amid)
    if isinstance(parsed, Malformed) or (isinstance(parsed, Record) and parsed.broken):
        reason = parsed.reason if isinstance(parsed, Malformed) else parsed.broken
        found.malformed[f"malformed {parsed.standard} record: {reason}"].append(row)
    if parsed is not None or depth <= 0:
        return parsed is not None
    if is_compressed(content):
        return _content(unpacked(content), row, found, depth - 1, amid=amid)
    if content[:HEAD].isascii():
        text = content.decode("latin-1")
        if not text.lstrip().startswith("<"):
            _look(text, row, found, depth - 1)
    return False


def _keep(record: Record, row: int, found: _Found, *, amid: bool) -> None:
    by_kind: dict[tuple[str, str], list[View]] = defaultdict(list)
    for view in record.views:
        if view.entity:
            by_kind[view.entity, view.standard or record.standard].append(view)
        if view.picture and view.entity in _SHOWN:
            found.inside[_SHOWN[view.entity], Kind.IMAGE].append((row, view.picture))
    for (entity, standard), views in by_kind.items():
        score = BROKEN if record.broken else WHOLE
        detector = f"records/{standard}{AMID if amid else ''}"
        kept = _Kept(entity, detector, score, len(views))
        found.hits[kept].append(row)
        ranges = found.ranges.setdefault(kept, {})
        for measures in ({"views": len(views)}, *(view.measures for view in views)):
            _widen(ranges, measures)
    for name, text in record.texts:
        found.inside[name, Kind.TEXT].append((row, text))


def _widen(ranges: dict[str, tuple[int, int]], measures: Mapping[str, int]) -> None:
    for name, value in measures.items():
        low, high = ranges.get(name, (value, value))
        ranges[name] = min(low, value), max(high, value)


def _column(column: Column, path: str, kind: Kind, some: list[tuple[int, bytes | str]]) -> Column:
    """What stands inside the cells as a column, each under the label of its cell."""
    rows = [row for row, _ in some]
    dtype = pl.String if kind is Kind.TEXT else pl.Binary
    labels = None if column.labels is None else column.labels.gather(rows)
    return Column(path, kind, pl.Series(path, [inner for _, inner in some], dtype), labels)


def _unread(column: Column, reason: str, rows: list[int]) -> Iterator[Unread]:
    sizes = _sizes(column.cells.gather(rows))
    if column.labels is None:
        yield Unread("", "", reason, sum(sizes), len(sizes))
        return
    for label, size in zip(column.labels.gather(rows).to_list(), sizes, strict=True):
        yield Unread(label, "", reason, size, 1)


def _sizes(cells: pl.Series) -> list[int]:
    if cells.dtype == pl.String:
        return cells.str.len_bytes().to_list()
    return (cells.bin.size() if cells.dtype == pl.Binary else cells.list.len()).to_list()
