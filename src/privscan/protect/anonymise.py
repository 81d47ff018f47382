"""Make each record look like k others: the columns treated so are generalised together."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import polars as pl
import pyarrow as pa

from privscan.errors import UsageError
from privscan.model.treatment import Treatment
from privscan.protect.cells import arrow, texts
from privscan.protect.key import Key
from privscan.protect.mondrian import Records, classes
from privscan.protect.scales import OTHER, scale
from privscan.protect.treating import Asked
from privscan.sources._cells import unique_names

PLUGIN = True
OPTIONS = ("k", "by")
K = 11
"""k* of data that are not grave (scoring.md)."""

MOST = 5_000_000
"""Distinct records that are held; more is refused."""

_COMPACT = 1 << 20


@dataclass(slots=True)
class Fitting:
    """Takes in the rows of a dataset; `done` gives what each record becomes."""

    columns: tuple[str, ...]
    k: int
    by: str = ""
    held: list[pl.DataFrame] = field(default_factory=list)

    def add(self, batch: pa.RecordBatch) -> None:
        """Count the batch's records."""
        frame = frame_of(batch, self.columns)
        if self.by:
            frame = frame.with_columns(_texts(batch, self.by).alias("by"))
        self.held.append(frame.group_by(frame.columns).len("n"))
        if sum(f.height for f in self.held[1:]) > _COMPACT:
            self.held = [self._whole()]

    def _whole(self) -> pl.DataFrame:
        names = [*self.columns, "by"] if self.by else [*self.columns]
        frame = pl.concat(self.held).group_by(names).agg(pl.col("n").sum())
        if frame.height > MOST:
            raise UsageError(
                f"more than {MOST:,} different records",
                hint="generalise columns before, or fewer columns",
            )
        return frame

    def done(self) -> Fitted:
        """The classes found, and what stands for the cells of each."""
        if not self.held:
            return Fitted(self.columns)
        frame = self._whole().sort([*self.columns])
        kinds = [scale(frame[c]) for c in self.columns]
        codes = np.stack([kind.codes for kind in kinds], axis=1)
        counts = frame["n"].to_numpy()
        sizes, penalty = [], 0.0
        persons = (
            frame["by"].rank("dense").fill_null(0).cast(pl.Int64).to_numpy() if self.by else None
        )
        records = Records(codes, counts, persons)
        labels = np.full((frame.height, len(kinds)), OTHER, dtype=object)
        for rows in classes(records, self.k):
            sizes.append(int(counts[rows].sum()))
            for at, kind in enumerate(kinds):
                labels[rows, at] = kind.label(codes[rows, at])
                penalty += kind.penalty(codes[rows, at]) * sizes[-1]
        penalty /= len(kinds)
        made = {
            f"made {c}": pl.Series(labels[:, at].tolist(), dtype=pl.String)
            for at, c in enumerate(self.columns)
        }
        table = (
            frame.select(self.columns).with_columns(**made).unique([*self.columns], keep="first")
        )
        return Fitted(self.columns, table, Utility.of(sizes, self.k, penalty))


@dataclass(frozen=True, slots=True)
class Utility:
    """What is left of the columns' use: as papers and tools on anonymity measure it.

    `discernibility` sums the squares of class sizes; `average` is the mean class in units of k;
    `penalty` is the normalised certainty penalty, 0 for nothing lost to 1 for all.
    """

    classes: int
    discernibility: int
    average: float
    penalty: float

    @classmethod
    def of(cls, sizes: list[int], k: int, penalty: float) -> Utility:
        """Of class sizes in rows, and of the penalty summed over cells divided by columns."""
        rows = sum(sizes)
        if not rows:
            return cls(0, 0, 0.0, 1.0)
        return cls(len(sizes), sum(n * n for n in sizes), rows / len(sizes) / k, penalty / rows)


@dataclass(slots=True)
class Fitted:
    """What each record's cells become; a record that was not seen gets stars."""

    columns: tuple[str, ...]
    table: pl.DataFrame | None = None
    utility: Utility | None = None

    def __call__(self, batch: pa.RecordBatch) -> Mapping[str, pa.Array]:
        """The new cells of the batch by column, as text; null where the class has none."""
        frame = frame_of(batch, self.columns)
        if self.table is None:
            return {c: pa.nulls(len(batch), pa.string()) for c in self.columns}
        joined = frame.join(
            self.table, on=[*self.columns], how="left", nulls_equal=True, maintain_order="left"
        )
        return {c: arrow(joined[f"made {c}"]).cast(pa.string()) for c in self.columns}


def frame_of(batch: pa.RecordBatch, columns: Sequence[str]) -> pl.DataFrame:
    """The texts of some columns of the table itself."""
    return pl.DataFrame({c: _texts(batch, c) for c in columns})


def _texts(batch: pa.RecordBatch, column: str) -> pl.Series:
    names = unique_names(batch.schema.names)
    if column not in names:
        raise UsageError(
            f"no column of the table itself is called {column!r}",
            hint="parts of columns have no record",
        )
    return texts(batch.column(names.index(column)))


def together(
    chosen: Sequence[Treatment],
    _key: Key | None,
    batches: Callable[[list[str]], Iterator[pa.RecordBatch]],
) -> Fitted:
    """The columns as one set of quasi-identifiers, fitted on all rows; they agree on k and `by`."""
    columns = tuple(t.column for t in chosen)
    options = {tuple(sorted(t.options.items())) for t in chosen}
    if len(options) > 1:
        raise UsageError(
            "columns that are made anonymous together have one k", hint="anonymise:k=11 for each"
        )
    asked = Asked(dict(options.pop()))
    fitting = Fitting(columns, asked.number("k", K, 2, 10**6), asked.options.get("by", ""))
    for batch in batches([*columns, *filter(None, [fitting.by])]):
        fitting.add(batch)
    return fitting.done()
