"""One dataset measured on one set of quasi-identifiers: read, grouped, judged, forgotten."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import polars as pl

from privscan.errors import UsageError
from privscan.reidentify.cells import CLASS, Columns, Seen, fill, known, seeded
from privscan.reidentify.chunks import Chunks
from privscan.reidentify.classes import classes, persons, value_counts
from privscan.reidentify.matched import Sum, matches
from privscan.reidentify.population import population
from privscan.reidentify.result import Matched, Nulls, Reidentification
from privscan.reidentify.risks import journalist, risks
from privscan.reidentify.sensitive import Spread
from privscan.reidentify.special import WORK, sets, special
from privscan.sources.discover import Found, discover

MOST_QUASI = 15
LEAST_K = 11
"""Records in smaller classes are at risk: k* of data that are not grave (scoring.md)."""

SPECIAL_SIZE = 3


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked of a dataset beside its columns."""

    nulls: Nulls = "wildcard"
    least_k: int = LEAST_K
    sampling_fraction: float | None = None
    special_size: int = SPECIAL_SIZE
    population: object = None

    def __post_init__(self) -> None:
        """Wrong bounds are a `UsageError`."""
        fraction = self.sampling_fraction
        if fraction is not None and not 0 < fraction <= 1:
            raise UsageError("a sampling fraction is above 0 and at most 1")
        if self.least_k < 1 or self.special_size < 0:
            raise UsageError("the least k is 1 or more, the size of special uniques 0 or more")
        if self.nulls not in {"wildcard", "strict"}:
            raise UsageError("nulls are `wildcard` or `strict`")


def measured(
    sources: Iterable[object],
    question: Question,
    named: Columns,
    proposed: Mapping[str, Columns],
    declared: Callable[[str], str],
) -> tuple[Reidentification, ...]:
    """Each dataset on the columns named, else on those proposed by its name.

    `declared` is the subject key that people declare of a dataset, by its place.
    """
    answers = []
    table = _table(question.population)
    for found in discover(sources):
        columns = replace(named, subject_key=named.subject_key or declared(found.uri))
        columns = columns if named.quasi else proposed.get(found.name, columns).beside(columns)
        answers.append(measure(found, columns, question, table))
    return tuple(answers)


def _table(population: object) -> Found | None:
    """The one dataset that a source of the population is, None if there is no source."""
    if population is None:
        return None
    match tuple(discover([population])):
        case (one,):
            return one
        case several:
            what = f"a population is one table, this source holds {len(several)} datasets"
            where = population if isinstance(population, str | Path) else ""
            raise UsageError(what, where=str(where), hint="name the one table")


def measure(
    found: Found, columns: Columns, question: Question, table: Found | None = None
) -> Reidentification:
    """The exact answer, with risks by the population where there is a `table` of it.

    Memory is bounded by what stands in one chunk, and in rows with holes.
    """
    _checked(columns, found)
    wildcard = question.nulls == "wildcard"
    seeds = seeded(columns)
    with Chunks() as chunks, Chunks() as others:
        seen = fill(chunks, found, columns, seeds, wildcard=wildcard)
        known(columns.named().values(), seen, found.name)
        if table is None:
            return _measured(chunks, seen, found, columns, question)
        there = fill(others, table, columns.of_population(), seeds, wildcard=wildcard)
        known(columns.quasi, there, f"population {table.name}")
        alone = _measured(chunks, seen, found, columns, question)
        made = _matched(chunks, others, there, columns, table.name)
    unread = tuple(sorted((*alone.unread, *there.unread)))
    attacker, marketer = journalist(made, question.least_k)
    return replace(alone, matched=made, journalist=attacker, marketer=marketer, unread=unread)


def _matched(chunks: Chunks, others: Chunks, there: Seen, columns: Columns, name: str) -> Matched:
    """What a table that was read says of the classes of the data."""
    key = columns.subject_key if columns.subject_key in there.paths else ""
    total = Sum()
    for tuples in matches(chunks, others, len(columns.quasi), keyed=bool(columns.subject_key)):
        total.add(tuples)
    return total.result(name, key, there.rows)


def _checked(columns: Columns, found: Found) -> None:
    named = [*columns.quasi, *columns.sensitive, *filter(None, [columns.subject_key])]
    if not columns.quasi:
        hint = "--quasi names them; `privscan scan` shows the columns"
        raise UsageError("no quasi-identifiers", where=found.name, hint=hint)
    if len(columns.quasi) > MOST_QUASI:
        raise UsageError(f"more than {MOST_QUASI} quasi-identifiers", hint="name fewer")
    if len({*named}) < len(named):
        raise UsageError("a column is named twice", hint="a column has one part to play")


class _Totals:
    """What is added up over the chunks; `kept` are the classes, none if more than `most`."""

    def __init__(self, most: int) -> None:
        self._most = most
        self.sizes: Counter[int] = Counter()
        self.classes = 0
        self.kept: list[pl.DataFrame] = []

    def add(self, tuples: pl.DataFrame) -> None:
        by_k = tuples.group_by("k").agg(pl.col("own").sum())
        self.sizes.update(dict(zip(by_k["k"].to_list(), by_k["own"].to_list(), strict=True)))
        self.classes += tuples.height
        self.kept.append(tuples.drop(CLASS, "k"))
        if self.classes > self._most:
            self.kept.clear()


def _measured(
    chunks: Chunks, seen: Seen, found: Found, columns: Columns, question: Question
) -> Reidentification:
    spreads = _spreads(chunks, seen, columns)
    work = sets(len(columns.quasi), question.special_size)
    totals = _Totals(WORK // max(1, work) if question.special_size else 0)
    for made in classes(chunks, len(columns.quasi), len(columns.sensitive)):
        totals.add(made.tuples)
        for spread, values in zip(spreads, made.values, strict=True):
            spread.add(values)
    sizes = dict(sorted(totals.sizes.items()))
    attackers = risks(sizes, question.least_k)
    fraction = question.sampling_fraction
    size = question.special_size
    return Reidentification(
        dataset=found.name,
        columns=columns.quasi,
        subject_key=columns.subject_key,
        nulls=question.nulls,
        rows=seen.rows,
        records=sum(sizes.values()),
        subjects=persons(chunks) if columns.subject_key else seen.rows,
        classes=totals.classes,
        k=min(sizes, default=0),
        least_k=question.least_k,
        class_sizes=tuple(sizes.items()),
        unique_records=sizes.get(1, 0),
        prosecutor=attackers,
        journalist=attackers,
        marketer=attackers.mean,
        sensitive=tuple(spread.result() for spread in spreads),
        special=special(pl.concat(totals.kept), columns.quasi, size) if totals.kept else None,
        population=population(sizes, fraction) if fraction and sizes else None,
        left_out=("special",) if size and totals.classes and not totals.kept else (),
        unread=tuple(sorted(seen.unread)),
    )


def _spreads(chunks: Chunks, seen: Seen, columns: Columns) -> list[Spread]:
    counts = value_counts(chunks, len(columns.sensitive))
    none = pl.DataFrame(schema={"what": pl.UInt64, "number": pl.Float64})
    return [
        Spread(path, counts[i], pl.concat([none, *seen.numbers.get(f"s{i}", [])]).unique("what"))
        for i, path in enumerate(columns.sensitive)
    ]
