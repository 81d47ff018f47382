"""Utility of `anonymise` beside full-domain generalisation, on the same columns and k.

usage: python bench/anonymise.py FILE K,... BORN POSTCODE [COLUMN,...]
FILE is what Polars reads as CSV without a header; columns are numbers from 1: a date, a postcode,
and columns of words. Full-domain generalisation gives all rows of a column one level (dates: day,
month, year, 10 and 30 years, none; postcodes: whole, 3, 2 and 1 characters, none; words: kept or
none) and suppresses the rows in classes below k, at most 5 % of them; of all levels the ones with
the smallest penalty are taken. Penalties of both are of what classes really span, the same sums.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from pathlib import Path

import numpy as np
import polars as pl
import pyarrow as pa

from privscan.protect.anonymise import Fitting
from privscan.protect.scales import Scale, scale

SUPPRESSED = 0.05
"""Share of rows that full-domain generalisation may suppress."""

Level = Callable[[pl.Expr], pl.Expr]

_NONE = pl.lit("*")
DATES: tuple[Level, ...] = (
    lambda c: c,
    lambda c: c.str.slice(0, 7),
    lambda c: c.str.slice(0, 4),
    lambda c: c.str.slice(0, 3),
    lambda c: (c.str.slice(0, 4).cast(pl.Int64, strict=False) // 30).cast(pl.String),
    lambda _: _NONE,
)
POSTCODES: tuple[Level, ...] = (
    lambda c: c,
    lambda c: c.str.slice(0, 3),
    lambda c: c.str.slice(0, 2),
    lambda c: c.str.slice(0, 1),
    lambda _: _NONE,
)
WORDS: tuple[Level, ...] = (lambda c: c, lambda _: _NONE)


@dataclass(frozen=True, slots=True)
class Found:
    """What is left of the columns' use."""

    classes: int
    suppressed: int
    discernibility: int
    penalty: float

    def __str__(self) -> str:
        return (
            f"{self.classes} classes, {self.suppressed} rows suppressed, "
            f"discernibility {self.discernibility:,}, penalty {self.penalty:.1%}"
        )


def full_domain(frame: pl.DataFrame, levels: Sequence[Sequence[Level]], k: int) -> Found:
    """The best of all combinations of levels; `frame` has a column for each."""
    scales = [scale(frame[c]) for c in frame.columns]
    found = (_judged(frame, chosen, scales, k) for chosen in product(*levels))
    return min((f for f in found if f is not None), key=lambda f: f.penalty)


def _judged(
    frame: pl.DataFrame, chosen: Sequence[Level], scales: Sequence[Scale], k: int
) -> Found | None:
    made = frame.select(
        level(pl.col(c)).alias(c) for c, level in zip(frame.columns, chosen, strict=True)
    ).with_row_index()
    groups = made.group_by(frame.columns).agg("index")["index"].to_list()
    large = [np.array(rows) for rows in groups if len(rows) >= k]
    gone = frame.height - sum(map(len, large))
    if gone > SUPPRESSED * frame.height:
        return None
    lost = sum(one.penalty(one.codes[rows]) * len(rows) for one in scales for rows in large)
    return Found(
        len(large),
        gone,
        sum(len(rows) ** 2 for rows in large) + gone * frame.height,
        (lost / len(scales) + gone) / frame.height,
    )


def mondrian(frame: pl.DataFrame, k: int) -> Found:
    """What `anonymise` makes."""
    fitting = Fitting(tuple(frame.columns), k)
    for batch in frame.to_arrow().to_batches():
        fitting.add(pa.RecordBatch.from_arrays(batch.columns, batch.schema.names))
    got = fitting.done().utility
    if got is None:
        raise SystemExit("there are no rows")
    return Found(got.classes, 0, got.discernibility, got.penalty)


def table(file: Path, born: int, postcode: int, words: Sequence[int]) -> pl.DataFrame:
    """The columns, dates first, then postcodes, then words."""
    with file.open("rb") as opened:
        separator = max("|,;\t", key=opened.readline().decode("utf-8", "replace").count)
    whole = pl.read_csv(
        file, has_header=False, separator=separator, infer_schema=False, encoding="utf8-lossy"
    )
    picked = {f"c{n}": whole[f"column_{n}"] for n in (born, postcode, *words)}
    return pl.DataFrame(picked).with_columns(pl.col(f"c{born}").str.slice(0, 10))


def lines(frame: pl.DataFrame, ks: Sequence[int]) -> Iterator[str]:
    """Both, for each k."""
    levels = (DATES, POSTCODES, *(WORDS for _ in frame.columns[2:]))
    for k in ks:
        yield f"k={k} anonymise: {mondrian(frame, k)}"
        yield f"k={k} full domain: {full_domain(frame, levels, k)}"


def main() -> None:
    """Print both for each k."""
    file, ks, born, postcode, *more = sys.argv[1:]
    words = [int(n) for n in more[0].split(",")] if more else []
    frame = table(Path(file), int(born), int(postcode), words)
    for line in lines(frame, [int(k) for k in ks.split(",")]):
        print(line)


if __name__ == "__main__":
    main()
