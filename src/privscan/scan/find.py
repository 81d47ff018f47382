"""Where identifiers occur: every text cell of every part, compared by keyed hashes of its writings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

import polars as pl

from privscan.evidence.distinct import counted, distinct
from privscan.model.data import Batch, Part, Unread
from privscan.model.occurrence import Occurrence, Occurrences, Searched
from privscan.scan.sought import Sought, digits, folded, narrowed, sought
from privscan.sources._files import printable
from privscan.sources.discover import Found, discover, read_part

AT_ONCE = 32
"""Identifiers that are sought in free text with one pattern."""

HOW = ("exact", "otherwise", "digest", "in_text")


def find(sources: Iterable[object], identifiers: Sequence[str], key: bytes) -> Occurrences:
    """Every place where the identifiers occur in the sources; nothing of them is kept."""
    wanted, seed = sought(identifiers, key)
    found: list[Occurrence] = []
    datasets: list[Searched] = []
    unread: set[Unread] = set()
    for dataset in discover(sources):
        unread |= set(dataset.unread)
        datasets.append(_searched(dataset, wanted, seed, found, unread))
    return Occurrences(
        tokens=tuple(one.token for one in wanted),
        found=tuple(sorted(found)),
        datasets=tuple(datasets),
        complete=bool(datasets) and not unread,
        unread=tuple(sorted(unread)),
    )


def _searched(
    dataset: Found,
    wanted: Sequence[Sought],
    seed: int,
    found: list[Occurrence],
    unread: set[Unread],
) -> Searched:
    rows, columns, left_out = 0, set[str](), set[str]()
    for part in dataset.parts:
        counts: Counter[tuple[int, str, str]] = Counter()
        for item in read_part(part):
            if isinstance(item, Unread):
                unread.add(item)
                continue
            rows += item.rows
            columns |= {column.path for column in item.columns}
            left_out |= {c.path for c in item.columns if c.cells.dtype != pl.String}
            for place, seen in _in_batch(item, wanted, seed):
                counts[place] += seen
        found += _occurrences(counts, part)
    return Searched(dataset.name, dataset.uri, rows, len(columns), tuple(sorted(left_out)))


def _occurrences(counts: Counter[tuple[int, str, str]], part: Part) -> Iterator[Occurrence]:
    for number, column in dict.fromkeys(place[:2] for place in counts):
        by_how = {how: counts[number, column, how] for how in HOW}
        yield Occurrence(number, part.dataset, column, printable(part.uri), part.span, **by_how)


def _in_batch(
    batch: Batch, wanted: Sequence[Sought], seed: int
) -> Iterator[tuple[tuple[int, str, str], int]]:
    """Rows of the batch for each identifier's number, column and writing."""
    for column in batch.columns:
        if column.cells.dtype == pl.String:
            seen = distinct(counted(column.cells, column.codes))
            for (number, how), mask in _masks(seen.cells, wanted, seed):
                if rows := seen.weight(mask):
                    yield (number, column.path, how), rows


def _masks(
    cells: pl.Series, wanted: Sequence[Sought], seed: int
) -> Iterator[tuple[tuple[int, str], pl.Series]]:
    """Which cells hold an identifier, and how; a cell counts once for each."""
    plain, small = cells.hash(seed), folded(cells).hash(seed)
    number = digits(cells)
    dialled, is_number = number.hash(seed), number.is_not_null()
    texts = narrowed(cells)
    maybe = _texts_with(texts, wanted)
    for at, one in enumerate(wanted):
        exact = _among(plain, one.exact)
        other = _among(small, one.folded) | (_among(dialled, one.digits) & is_number)
        digest = _among(small, one.digests) & ~exact & ~other
        other &= ~exact
        yield (at + 1, "exact"), exact
        yield (at + 1, "otherwise"), other
        yield (at + 1, "digest"), digest
        if maybe[at // AT_ONCE]:
            inside = texts.str.contains(one.pattern)
            yield (at + 1, "in_text"), inside & ~exact & ~other & ~digest


def _among(hashes: pl.Series, wanted: frozenset[int]) -> pl.Series:
    return hashes.is_in(pl.Series(sorted(wanted), dtype=pl.UInt64).implode()).fill_null(value=False)


def _texts_with(texts: pl.Series, wanted: Sequence[Sought]) -> list[bool]:
    """For each group of identifiers whether any text may hold one."""
    groups = [wanted[at : at + AT_ONCE] for at in range(0, len(wanted), AT_ONCE)]
    return [bool(texts.str.contains("|".join(one.pattern for one in g)).any()) for g in groups]
