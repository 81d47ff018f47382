"""Equivalence classes of hashed rows, their persons and values; a missing cell may be any value.

Wildcards as in sdcMicro's `freqCalc` (Templ, Kowarik and Meindl, 2015): two rows are alike if they
agree wherever both say something.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import polars as pl

from privscan.errors import UsageError
from privscan.reidentify.cells import CLASS, WHO, quasi
from privscan.reidentify.chunks import HOLES, Chunks

PATTERNS = 128
"""Patterns of missing cells that are compared with one another."""


@dataclass(frozen=True, slots=True)
class Group:
    """Some classes: `tuples` (class, quasi-identifiers, own persons, one of them), who is in them.

    `stay` (class, n) counts persons of one class only; others are in `moving` (class, who).
    `values` hold (class, what, n) for each sensitive column.
    """

    tuples: pl.DataFrame
    stay: pl.DataFrame
    moving: pl.DataFrame
    values: tuple[pl.DataFrame, ...]


@dataclass(frozen=True, slots=True)
class Classes:
    """Measured classes: `tuples` (class, quasi-identifiers, own, k); `values` of what is alike.

    `values` hold (id, what, n) for each sensitive column, where `id` is the class.
    """

    tuples: pl.DataFrame
    values: tuple[pl.DataFrame, ...]


def group(rows: pl.DataFrame, count: int, sensitive: int, movers: pl.DataFrame | None) -> Group:
    """The classes of rows, each person once in a class, and once with a value in it."""
    known = WHO in rows.columns
    own = pl.col(WHO).n_unique() if known else pl.len()
    firsts = (pl.col(key).first() for key in quasi(count))
    one = [pl.col(WHO).min()] if known else []
    tuples = rows.group_by(CLASS).agg(*firsts, *one, own=own.cast(pl.Int64))
    none = pl.DataFrame(schema={CLASS: pl.UInt64, WHO: pl.UInt64})
    stay, moving = tuples.select(CLASS, n="own"), none
    if movers is not None:
        persons = rows.select(CLASS, WHO).unique()
        staying = persons.join(movers, on=WHO, how="anti")
        stay = staying.group_by(CLASS).agg(n=pl.len().cast(pl.Int64))
        moving = persons.join(movers, on=WHO, how="semi")
    return Group(tuples, stay, moving, tuple(_values(rows, f"s{i}") for i in range(sensitive)))


def _values(rows: pl.DataFrame, name: str) -> pl.DataFrame:
    """How many persons of each class have which value; who has none says nothing."""
    known = WHO in rows.columns
    cells = rows.select(CLASS, *([WHO] if known else []), what=name)
    cells = cells.filter(pl.col("what").is_not_null())
    cells = cells.unique() if known else cells
    return cells.group_by(CLASS, "what").agg(n=pl.len().cast(pl.Int64))


def classes(chunks: Chunks, count: int, sensitive: int) -> Iterator[Classes]:
    """The classes of all chunks; with a chunk of holes each class has all that is alike to it."""
    holes = chunks.read(HOLES)
    if holes is None:
        for rows in chunks.complete():
            yield _alone(group(rows, count, sensitive, None))
        return
    moving = movers(chunks) if WHO in holes.columns else None
    open_group = group(holes, count, sensitive, moving)
    comparable(open_group, count)
    met = Met(open_group.tuples, count, sensitive)
    met.add(open_group)
    for rows in chunks.complete():
        closed = group(rows, count, sensitive, moving)
        one = Met(closed.tuples, count, sensitive)
        one.add(closed)
        one.add(open_group)
        yield one.classes()
        met.add(closed)
    yield met.classes()


def comparable(holes: Group, count: int) -> None:
    """Too many patterns of missing cells are a `UsageError`."""
    patterns = len(_by_pattern(holes.tuples, quasi(count)))
    if patterns > PATTERNS:
        raise UsageError(
            f"cells are missing in {patterns} different patterns, {PATTERNS} can be compared",
            hint="name fewer quasi-identifiers, or take a missing cell for a value of its own",
        )


def _alone(made: Group) -> Classes:
    """Classes that nothing outside is alike to."""
    values = (one.rename({CLASS: "id"}) for one in made.values)
    return Classes(made.tuples.with_columns(k="own"), tuple(values))


def movers(chunks: Chunks) -> pl.DataFrame:
    """Persons with rows of different quasi-identifiers."""
    # Chunk by chunk: a person met in a second class, or in a second chunk, moves.
    met = pl.DataFrame(schema={WHO: pl.UInt64, "n": pl.UInt32})
    for rows in chunks.every():
        here = rows.select(CLASS, WHO).unique().group_by(WHO).agg(n=pl.len().cast(pl.UInt32))
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


class Met:
    """What is alike to the classes asked for, summed group by group; `id` is their name."""

    def __init__(self, targets: pl.DataFrame, count: int, sensitive: int) -> None:
        self._tuples, self._keys = targets, quasi(count)
        self._targets = _by_pattern(targets.select(*self._keys, id=CLASS), self._keys)
        self._sizes = pl.DataFrame(schema={"id": pl.UInt64, "n": pl.Int64})
        self._persons = pl.DataFrame(schema={"id": pl.UInt64, WHO: pl.UInt64})
        empty = pl.DataFrame(schema={"id": pl.UInt64, "what": pl.UInt64, "n": pl.Int64})
        self._values = [empty] * sensitive

    def add(self, source: Group) -> None:
        """Count what of a group is alike to the targets."""
        tuples = source.tuples.select(CLASS, *self._keys)
        self._sizes = _summed([self._sizes, *self._alike(tuples, source.stay)], ["id"])
        moving = self._alike(tuples, source.moving, WHO)
        self._persons = pl.concat([self._persons, *moving]).unique()
        for i, values in enumerate(source.values):
            alike = self._alike(tuples, values, "what")
            self._values[i] = _summed([self._values[i], *alike], ["id", "what"])

    def _alike(
        self, tuples: pl.DataFrame, source: pl.DataFrame, *more: str
    ) -> Iterator[pl.DataFrame]:
        """(id, `more`, n where the source counts) for pairs that agree on what both have."""
        if not source.height:
            return
        sources = _by_pattern(source.join(tuples, on=CLASS).drop(CLASS), self._keys)
        for mine, some in self._targets.items():
            for theirs, rows in sources.items():
                common = [key for key in mine if key in theirs]
                found = _projected(rows, [*common, *more])
                pairs = some.join(found, on=common) if common else some.join(found, how="cross")
                yield pairs.select("id", *more, *_N.intersection(pairs.columns))

    def sized(self) -> pl.DataFrame:
        """The targets, each with `k`, the persons that were met; 0 where nobody was."""
        moving = self._persons.group_by("id").agg(n=pl.len().cast(pl.Int64))
        k = _summed([self._sizes, moving], ["id"]).rename({"n": "k", "id": CLASS})
        return self._tuples.join(k, on=CLASS, how="left").with_columns(pl.col("k").fill_null(0))

    def classes(self) -> Classes:
        """The targets with all that was met."""
        return Classes(self.sized(), tuple(self._values))


_N = frozenset({"n"})


def _projected(rows: pl.DataFrame, onto: list[str]) -> pl.DataFrame:
    """The rows on fewer columns, each once, with their counts summed."""
    if "n" not in rows.columns:
        return rows.select(onto).unique()
    summed = pl.col("n").sum()
    return rows.group_by(onto).agg(summed) if onto else rows.select(summed)


def _summed(frames: list[pl.DataFrame], keys: list[str]) -> pl.DataFrame:
    return pl.concat(frames).group_by(keys).agg(pl.col("n").sum())


def value_counts(chunks: Chunks, sensitive: int) -> list[pl.DataFrame]:
    """For each sensitive column how many persons have which value, a person once in a class."""
    totals = [pl.DataFrame(schema={"what": pl.UInt64, "n": pl.Int64})] * sensitive
    for rows in chunks.every():
        for i in range(sensitive):
            here = _values(rows, f"s{i}").select("what", "n")
            totals[i] = _summed([totals[i], here], ["what"])
    return totals


def persons(chunks: Chunks) -> int:
    """Different persons in all rows."""
    met = pl.Series(WHO, [], dtype=pl.UInt64)
    for rows in chunks.every():
        met = pl.concat([met, rows[WHO].unique()]).unique()
    return met.len()
