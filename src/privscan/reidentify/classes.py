"""Equivalence classes of hashed rows, their persons and values; a missing cell may be any value.

Wildcards as in sdcMicro's `freqCalc` (Templ, Kowarik and Meindl, 2015): two rows are alike if they
agree wherever both say something.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import polars as pl

from privscan.errors import UsageError
from privscan.reidentify.cells import WHO, quasi
from privscan.reidentify.chunks import HOLES, Chunks

PATTERNS = 128
"""Patterns of missing cells that are compared with one another."""


@dataclass(frozen=True, slots=True)
class Group:
    """Some classes: `tuples` (quasi-identifiers, own persons, staying), `moving` persons, values.

    A person in one class only stays; others are in `moving` (quasi-identifiers, who).
    `values` hold (quasi-identifiers, what, n) for each sensitive column.
    """

    tuples: pl.DataFrame
    moving: pl.DataFrame
    values: tuple[pl.DataFrame, ...]


@dataclass(frozen=True, slots=True)
class Classes:
    """Measured classes: `tuples` gain `id` and `k`; `values` hold (id, what, n) of what is alike."""

    tuples: pl.DataFrame
    values: tuple[pl.DataFrame, ...]


def group(rows: pl.DataFrame, count: int, sensitive: int, movers: pl.DataFrame | None) -> Group:
    """The classes of rows, each person once in a class, and once with a value in it."""
    keys = quasi(count)
    persons = rows.select(*keys, WHO).unique() if WHO in rows.columns else rows.select(keys)
    if movers is None:
        staying, moving = persons, persons.clear()
    else:
        staying = persons.join(movers, on=WHO, how="anti")
        moving = persons.join(movers, on=WHO, how="semi")
    tuples = persons.group_by(keys).agg(own=pl.len().cast(pl.Int64))
    if movers is None:
        tuples = tuples.with_columns(stay="own")
    else:
        counts = staying.group_by(keys).agg(stay=pl.len().cast(pl.Int64))
        tuples = tuples.join(counts, on=keys, how="left", nulls_equal=True)
        tuples = tuples.with_columns(pl.col("stay").fill_null(0))
    return Group(tuples, moving, tuple(_values(rows, keys, f"s{i}") for i in range(sensitive)))


def _values(rows: pl.DataFrame, keys: list[str], name: str) -> pl.DataFrame:
    """How many persons of each class have which value; who has none says nothing."""
    cells = rows.select(*keys, *([WHO] if WHO in rows.columns else []), what=name)
    cells = cells.filter(pl.col("what").is_not_null())
    if WHO in rows.columns:
        cells = cells.unique()
    return cells.group_by(*keys, "what").agg(n=pl.len().cast(pl.Int64))


def classes(chunks: Chunks, count: int, sensitive: int) -> Iterator[Classes]:
    """The classes of all chunks; with a chunk of holes each class has all that is alike to it."""
    holes = chunks.read(HOLES)
    if holes is None:
        for rows in chunks.complete():
            yield _alone(group(rows, count, sensitive, None))
        return
    movers = _movers(chunks, count) if WHO in holes.columns else None
    open_group = group(holes, count, sensitive, movers)
    patterns = len(_by_pattern(open_group.tuples, quasi(count)))
    if patterns > PATTERNS:
        raise UsageError(
            f"cells are missing in {patterns} different patterns, {PATTERNS} can be compared",
            hint="name fewer quasi-identifiers, or take a missing cell for a value of its own",
        )
    targets = _numbered(open_group.tuples)
    met = _Met(count, sensitive)
    met.add(targets, open_group)
    for rows in chunks.complete():
        closed = group(rows, count, sensitive, movers)
        mine = _numbered(closed.tuples)
        one = _Met(count, sensitive)
        one.add(mine, closed)
        one.add(mine, open_group)
        yield one.classes(mine)
        met.add(targets, closed)
    yield met.classes(targets)


def _numbered(tuples: pl.DataFrame) -> pl.DataFrame:
    return tuples.with_row_index("id")


def _alone(made: Group) -> Classes:
    """Classes that nothing outside is alike to."""
    numbered = _numbered(made.tuples)
    keys = [name for name in numbered.columns if name.startswith("q")]
    ids = numbered.select("id", *keys)
    values = (v.join(ids, on=keys, nulls_equal=True).select("id", "what", "n") for v in made.values)
    return Classes(numbered.with_columns(k="own"), tuple(values))


def _movers(chunks: Chunks, count: int) -> pl.DataFrame:
    """Persons with rows of different quasi-identifiers."""
    # Chunk by chunk: a person met in a second class, or in a second chunk, moves.
    keys = quasi(count)
    met = pl.DataFrame(schema={WHO: pl.UInt64, "n": pl.UInt32})
    for rows in chunks.every():
        here = rows.select(*keys, WHO).unique().group_by(WHO).agg(n=pl.len().cast(pl.UInt32))
        met = pl.concat([met, here]).group_by(WHO).agg(pl.col("n").sum())
    return met.filter(pl.col("n") > 1).select(WHO)


def _by_pattern(frame: pl.DataFrame, keys: list[str]) -> dict[tuple[str, ...], pl.DataFrame]:
    """The rows by the quasi-identifiers that they have."""
    bits = (pl.col(key).is_not_null().cast(pl.UInt64) * 2**i for i, key in enumerate(keys))
    marked = frame.with_columns(pattern=pl.sum_horizontal(*bits))
    parts = marked.partition_by("pattern", as_dict=True, include_key=False)
    return {
        tuple(key for i, key in enumerate(keys) if int(pattern) >> i & 1): part
        for (pattern,), part in sorted(parts.items())
    }


class _Met:
    """What is alike to the classes asked for, summed group by group."""

    def __init__(self, count: int, sensitive: int) -> None:
        self._keys = quasi(count)
        self._sizes = pl.DataFrame(schema={"id": pl.UInt32, "n": pl.Int64})
        self._persons = pl.DataFrame(schema={"id": pl.UInt32, WHO: pl.UInt64})
        empty = pl.DataFrame(schema={"id": pl.UInt32, "what": pl.UInt64, "n": pl.Int64})
        self._values = [empty] * sensitive

    def add(self, targets: pl.DataFrame, source: Group) -> None:
        """Count what of a group is alike to the targets."""
        stay = source.tuples.select(*self._keys, n="stay").filter(pl.col("n") > 0)
        self._sizes = _summed([self._sizes, *self._alike(targets, stay, [])], ["id"])
        moving = self._alike(targets, source.moving, [WHO])
        self._persons = pl.concat([self._persons, *moving]).unique()
        for i, values in enumerate(source.values):
            alike = self._alike(targets, values, ["what"])
            self._values[i] = _summed([self._values[i], *alike], ["id", "what"])

    def _alike(
        self, targets: pl.DataFrame, source: pl.DataFrame, more: list[str]
    ) -> Iterator[pl.DataFrame]:
        """(id, `more`, n where the source counts) for pairs that agree on what both have."""
        if not source.height:
            return
        sources = _by_pattern(source, self._keys)
        for mine, some in _by_pattern(targets.select("id", *self._keys), self._keys).items():
            for theirs, rows in sources.items():
                common = [key for key in mine if key in theirs]
                found = _projected(rows, [*common, *more])
                pairs = some.join(found, on=common) if common else some.join(found, how="cross")
                yield pairs.drop(self._keys, strict=False)

    def classes(self, targets: pl.DataFrame) -> Classes:
        """The targets with all that was met."""
        moving = self._persons.group_by("id").agg(n=pl.len().cast(pl.Int64))
        k = _summed([self._sizes, moving], ["id"]).rename({"n": "k"})
        tuples = targets.join(k, on="id", how="left").with_columns(pl.col("k").fill_null(0))
        return Classes(tuples, tuple(self._values))


def _projected(rows: pl.DataFrame, onto: list[str]) -> pl.DataFrame:
    """The rows on fewer columns, each once, with their counts summed."""
    if "n" not in rows.columns:
        return rows.select(onto).unique()
    summed = pl.col("n").sum()
    return rows.group_by(onto).agg(summed) if onto else rows.select(summed)


def _summed(frames: list[pl.DataFrame], keys: list[str]) -> pl.DataFrame:
    return pl.concat(frames).group_by(keys).agg(pl.col("n").sum())


def value_counts(chunks: Chunks, count: int, sensitive: int) -> list[pl.DataFrame]:
    """For each sensitive column how many persons have which value, a person once in a class."""
    keys = quasi(count)
    totals = [pl.DataFrame(schema={"what": pl.UInt64, "n": pl.Int64})] * sensitive
    for rows in chunks.every():
        for i in range(sensitive):
            here = _values(rows, keys, f"s{i}").select("what", "n")
            totals[i] = _summed([totals[i], here], ["what"])
    return totals


def persons(chunks: Chunks) -> int:
    """Different persons in all rows."""
    met = pl.Series(WHO, [], dtype=pl.UInt64)
    for rows in chunks.every():
        met = pl.concat([met, rows[WHO].unique()]).unique()
    return met.len()
