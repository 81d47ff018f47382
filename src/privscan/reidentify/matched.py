"""Classes of the data looked up in a table of their population, as a journalist would.

ARX takes the data for a part of that table, so that no class is missing there. Here one may be:
it is counted, and no risk is guessed for it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import polars as pl

from privscan.reidentify.cells import CLASS, WHO, quasi
from privscan.reidentify.chunks import HOLES, Chunks
from privscan.reidentify.classes import Group, Met, comparable, group, movers
from privscan.reidentify.result import Matched


def matches(data: Chunks, population: Chunks, count: int, *, keyed: bool) -> Iterator[pl.DataFrame]:
    """Each class of the data with `own`, its persons, and `k`, those alike in the population.

    Where rows are `keyed` by person a person counts once, in both.
    """
    lacking, others = data.read(HOLES), population.read(HOLES)
    if lacking is None and others is None:
        for rows, there in data.beside(population):
            if rows is not None:
                yield _equal(_group(rows, count, None), _group(there, count, None))
        return
    moving = movers(population) if keyed else None
    open_, open_there = _group(lacking, count, None), _group(others, count, moving)
    for holes in (open_, open_there):
        comparable(holes, count)
    met = Met(open_.tuples, count, 0)
    met.add(open_there)
    for rows, there in data.beside(population):
        closed = _group(there, count, moving)
        met.add(closed)
        if rows is not None:
            one = Met(_group(rows, count, None).tuples, count, 0)
            one.add(closed)
            one.add(open_there)
            yield one.sized()
    yield met.sized()


def _equal(mine: Group, theirs: Group) -> pl.DataFrame:
    """The classes with the persons of those that are equal, missing cells included."""
    k = theirs.tuples.select(CLASS, k="own")
    return mine.tuples.join(k, on=CLASS, how="left").with_columns(pl.col("k").fill_null(0))


def _group(rows: pl.DataFrame | None, count: int, moving: pl.DataFrame | None) -> Group:
    """The classes of rows; none where there are no rows."""
    if rows is None:
        names = [*quasi(count), CLASS, *([WHO] if moving is not None else [])]
        rows = pl.DataFrame(schema=dict.fromkeys(names, pl.UInt64))
    return group(rows, count, 0, moving)


class Sum:
    """What is added up over the classes of the data."""

    def __init__(self) -> None:
        self._sizes: Counter[int] = Counter()
        self._classes: Counter[int] = Counter()
        self._short = 0

    def add(self, tuples: pl.DataFrame) -> None:
        """Classes with `own` and `k`."""
        by_k = tuples.group_by("k").agg(pl.col("own").sum(), n=pl.len())
        for k, records, classes in by_k.select("k", "own", "n").iter_rows():
            self._sizes[k] += records
            self._classes[k] += classes
        self._short += tuples.filter((pl.col("k") > 0) & (pl.col("k") < pl.col("own"))).height

    def result(self, dataset: str, subject_key: str, rows: int) -> Matched:
        """What a table with that key and so many rows says of them."""
        missing, lost = self._classes.pop(0, 0), self._sizes.pop(0, 0)
        return Matched(
            dataset=dataset,
            subject_key=subject_key,
            rows=rows,
            classes=sum(self._classes.values()),
            persons=sum(k * n for k, n in self._classes.items()),
            class_sizes=tuple(sorted(self._sizes.items())),
            missing_classes=missing,
            missing_records=lost,
            short_classes=self._short,
        )
