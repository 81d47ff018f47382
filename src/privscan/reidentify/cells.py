"""Cells become keyed hashes: what is grouped, written or kept afterwards holds no value."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np
import polars as pl

from privscan.errors import UsageError, nearest
from privscan.evidence.canonical import canonical
from privscan.model.data import LIST, Batch, Column, Unread, in_list
from privscan.reidentify.chunks import HOLES, Chunks
from privscan.sources.discover import Found, read_part

WHO = "who"
"""Column of the person a row is of."""

CLASS = "class"
"""Column of the equivalence class a row is in."""

_SPREAD, _TOP = np.uint64(0x9E3779B97F4A7C15), np.uint64(58)
"""Multiplied and cut to its first six bits a sum of hashes names one of 64 chunks."""

_COMPACT = 1_000_000


def quasi(count: int) -> list[str]:
    """Names of the hashed quasi-identifiers."""
    return [f"q{i}" for i in range(count)]


@dataclass(frozen=True, slots=True)
class Columns:
    """What to read of a dataset: quasi-identifiers, sensitive columns, and whose a row is."""

    quasi: tuple[str, ...]
    sensitive: tuple[str, ...] = ()
    subject_key: str = ""

    def beside(self, given: Columns) -> Columns:
        """These columns, but those given where any are, and none in two parts."""
        key = given.subject_key or self.subject_key
        sensitive = given.sensitive or self.sensitive
        quasi = tuple(c for c in self.quasi if c != key and c not in sensitive)
        return Columns(quasi, sensitive, key)

    def of_population(self) -> Columns:
        """What of these a table of the population is read for: no sensitive column."""
        return Columns(self.quasi, (), self.subject_key)

    def named(self) -> dict[str, str]:
        """The dataset's paths by the name their hashes get."""
        names = dict(zip(quasi(len(self.quasi)), self.quasi, strict=True))
        names |= {f"s{i}": path for i, path in enumerate(self.sensitive)}
        return names | ({WHO: self.subject_key} if self.subject_key else {})


@dataclass(slots=True)
class Seen:
    """What reading gave beside the rows: their number, columns met, unread, numbers by hash.

    `lists` are columns whose cells are in lists, of which a row has any number.
    """

    rows: int = 0
    paths: set[str] = field(default_factory=set)
    lists: set[str] = field(default_factory=set)
    unread: list[Unread] = field(default_factory=list)
    numbers: dict[str, list[pl.DataFrame]] = field(default_factory=dict)


def seeded(columns: Columns) -> dict[str, int]:
    """A new key for the hashes of each column; datasets that are compared share them."""
    return {name: secrets.randbits(64) for name in columns.named()}


def fill(
    chunks: Chunks, found: Found, columns: Columns, seeds: dict[str, int], *, wildcard: bool
) -> Seen:
    """Read the dataset into chunks, rows with equal quasi-identifiers into the same one.

    Where a batch lacks a column its cells are missing. Two of n values of a column, or of n
    classes, share a hash with a chance of n^2 / 2^65: 3 in a million for ten million.
    """
    seen = Seen(unread=list(found.unread))
    for part in found.parts:
        for item in read_part(part):
            if isinstance(item, Unread):
                seen.unread.append(item)
            elif item.rows:
                for column in item.columns:
                    (seen.lists if in_list(column.path) else seen.paths).add(column.path)
                frame = _hashed(item, columns, seeds, seen)
                _shared_out(chunks, frame, len(columns.quasi), wildcard=wildcard)
                seen.rows += item.rows
    return seen


def known(named: Iterable[str], seen: Seen, where: str) -> None:
    """A column that was not met, or is one of lists, is a `UsageError`; without rows none is."""
    for path in named if seen.rows else ():
        if path in seen.paths:
            continue
        if any(path in {one, one.split(LIST)[0], one.replace(LIST, "")} for one in seen.lists):
            raise UsageError(
                f"column {path!r} holds lists, and lists cannot be compared",
                where=where,
                hint="name columns with one cell a row",
            )
        hint = nearest(path, sorted(seen.paths)) or "name columns of these data"
        raise UsageError(f"no column is called {path!r}", where=where, hint=hint)


def _hashed(batch: Batch, columns: Columns, seeds: dict[str, int], seen: Seen) -> pl.DataFrame:
    given = {column.path: column for column in batch.columns if column.rows == batch.rows}
    made: dict[str, pl.Series] = {}
    for name, path in columns.named().items():
        column = given.get(path)
        if column is None:
            made[name] = pl.repeat(None, batch.rows, dtype=pl.UInt64, eager=True)
            continue
        made[name] = _hashes(column, name, seeds[name], seen)
    if WHO in made:
        # A row that says of nobody is somebody's all the same: nobody else's.
        own = pl.arange(seen.rows, seen.rows + batch.rows, dtype=pl.UInt64, eager=True)
        made[WHO] = made[WHO].fill_null(own)
    return pl.DataFrame(made)


def _hashes(column: Column, name: str, seed: int, seen: Seen) -> pl.Series:
    cells = canonical(column.cells)
    if cells.dtype != pl.String:
        raise UsageError(
            f"column {column.path!r} holds no values to compare",
            hint="name a column of texts, numbers or dates",
        )
    missing = pl.Series([None], dtype=pl.UInt64)
    hashes = cells.hash(seed).zip_with(cells.is_not_null(), missing)
    if name.startswith("s"):
        _numbers(cells, hashes, seen.numbers.setdefault(name, []))
    return hashes if column.codes is None else hashes.gather(column.codes)


def _numbers(cells: pl.Series, hashes: pl.Series, known: list[pl.DataFrame]) -> None:
    """Keep each value's hash with the number it is, null for a text."""
    frame = pl.DataFrame({"what": hashes, "cell": cells}).drop_nulls().unique("what")
    known.append(frame.select("what", number=pl.col("cell").cast(pl.Float64, strict=False)))
    if sum(frame.height for frame in known[1:]) > _COMPACT:
        known[:] = [pl.concat(known).unique("what")]


def _shared_out(chunks: Chunks, frame: pl.DataFrame, count: int, *, wildcard: bool) -> None:
    """Name each row's class by the sum of its hashes, and put the row where its class goes."""
    keys = frame.select(quasi(count))
    total = np.zeros(frame.height, np.uint64)
    for key in keys.iter_columns():
        total += key.fill_null(0).to_numpy()
    holes = keys.select(pl.any_horizontal(pl.all().is_null())).to_series() & wildcard
    place = pl.when(holes).then(HOLES).otherwise(pl.Series(total * _SPREAD >> _TOP).cast(pl.Int64))
    marked = frame.with_columns(pl.Series(CLASS, total), chunk=place)
    for (chunk,), some in marked.partition_by("chunk", as_dict=True, include_key=False).items():
        chunks.add(some, int(chunk))
