"""A stream's text column that has few values: each is looked at when it first comes."""

from __future__ import annotations

import math
from collections.abc import Hashable, Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import polars as pl
import pyarrow as pa

from privscan.evidence.column import ColumnEvidence, observe
from privscan.evidence.distinct import Counted, Distinct, distinct
from privscan.model.data import Column
from privscan.model.kinds import Kind
from privscan.scan.fold import TOGETHER, blank, look_at
from privscan.scan.looking import Look, looked
from privscan.scan.ranges import reach
from privscan.scan.words import Words

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from privscan.evidence.dataset import DatasetEvidence
    from privscan.model.data import Hits, Part
    from privscan.scan.plan import Plan
    from privscan.scan.samples import Samples

MOST = 65_536
"""Distinct cells of a column that are kept in memory."""


RISE = 1.25
"""A share that is so many times as high may say something else."""

FEW = 1_024
"""Hits from which on their share says all."""


class Known:
    """The column's distinct cells so far, in how many rows each stands, and the hits on them."""

    def __init__(self, path: str) -> None:
        self._path, self._rows = path, 0
        nothing = pl.Series("cells", [], dtype=pl.String)
        self._places = nothing.to_frame().with_columns(at=pl.lit(0, pl.UInt32))
        self._counts: NDArray[np.int64] = np.zeros(0, np.int64)
        self._words: Words | None = None
        self._hits: tuple[Hits, ...] = ()
        self._peaks: dict[Hashable, int] = {}
        self._looked = 0
        self._apart = True
        self._felt = ColumnEvidence(path, Kind.TEXT)
        self._canonical: Distinct | None = None
        self._seen: DatasetEvidence | None = None
        self._seen_rows = 0

    def __len__(self) -> int:
        """Distinct cells."""
        return len(self._places)

    def counts_out(self, cells: pa.ChunkedArray) -> pa.ChunkedArray:
        """Count the cells that are known, and what is missing; the others, none of them counted."""
        if not len(self):
            return cells
        if self._words is None:
            self._words = Words(self._places["cells"])
        others: list[pa.Array] = []
        for chunk in cells.chunks:
            kept = chunk.drop_null() if chunk.null_count else chunk
            at = self._words.places(kept)
            new = at < 0
            if new.any():
                others.append(kept.filter(pa.array(new)))
                at = at[~new]
            self._counts += np.bincount(at, minlength=len(self))
            self._rows += len(chunk) - len(kept) + len(at)
        return pa.chunked_array(others, cells.type)

    def takes(self, found: Counted) -> bool:
        """Whether the cells join the known ones; if not, they are to be looked at alone."""
        if found.counts is None:
            return False
        met = found.cells.alias("cells").to_frame()
        at = met.join(self._places, on="cells", how="left", maintain_order="left")["at"]
        new, first = at.is_null(), len(self._places)
        fresh = int(new.sum())
        if first + fresh > MOST:
            return False
        places = at.fill_null(0).to_numpy(writable=True)
        if fresh:
            places[new.to_numpy()] = np.arange(first, first + fresh)
            more = met.filter(new).with_columns(at=pl.arange(first, first + fresh, dtype=pl.UInt32))
            self._places = pl.concat([self._places, more])
            self._counts = np.concatenate([self._counts, np.zeros(fresh, np.int64)])
            self._words = None
        self._counts[places] += found.counts.to_numpy().astype(np.int64)
        self._rows += found.rows
        self._seen = None
        return True

    def new(self) -> tuple[Column, Distinct] | None:
        """The cells that nobody has looked at, if there are any."""
        if self._looked == len(self) or not self._apart:
            return None
        cells = self._places["cells"][self._looked :].alias("")
        counts = self._counts[self._looked :]
        found = Counted(cells, pl.Series(counts), int(counts.sum()))
        return Column(self._path, Kind.TEXT, cells), distinct(found)

    def take_in(self, look: Look, cells: int) -> None:
        """What the look at the `new` found, `cells` of them in canonical text."""
        self._felt += look.evidence
        before, self._looked = self._looked, len(self)
        # Masks over canonical cells cannot be put together where some of these are one.
        self._apart = not (look.inner or look.unread) and cells == len(self) - before
        self._hits = _together(self._hits, before, look.hits, cells) if self._apart else ()

    def gist(self) -> Hashable:
        """Equal as long as new cells brought no new entity or bound, and no hit's share rose.

        While its rows are few, they must not double either.
        """
        if not self._apart:
            return len(self)
        felt = self._felt.facts
        some = (
            felt.letters > 0,
            felt.spaces > 0,
            felt.unspaced > 0,
            felt.numbers > 0,
            felt.dates > 0,
        )
        keys = frozenset(self._felt.tallies)
        return reach(felt), felt.longest, some, keys, tuple(map(self._weight, self._hits))

    def _weight(self, hit: Hits) -> Hashable:
        """The highest share of the cells so far that were hit, and how many while these are few."""
        cells = int(self._counts[: self._looked][hit.mask.to_numpy()].sum())
        share = math.floor(math.log(cells / self._counts.sum(), RISE))
        key = (hit.entity, hit.detector, hit.score)
        self._peaks[key] = max(share, self._peaks.get(key, share))
        return *key, self._peaks[key], min(cells, FEW).bit_length()

    def evidence(
        self, part: Part, plan: Plan, samples: Samples, *, last: bool = False
    ) -> DatasetEvidence:
        """What the column holds: the hits on cells that were looked at counted anew.

        Where nothing is hit, cells are counted anew when they have doubled, and at the `last`.
        """
        clear = self._apart and not self._hits and not last
        more = self._rows // 2 if clear else self._rows
        if self._seen is None or self._seen_rows < more:
            seen = self._counted(part, plan, samples)
            self._seen, self._seen_rows = seen, self._rows
        return self._seen

    def _counted(self, part: Part, plan: Plan, samples: Samples) -> DatasetEvidence:
        cells = self._places["cells"].alias("")
        counts = pl.Series(self._counts)
        found = Counted(cells, counts, self._rows)
        seen = self._canonical
        if seen is None or len(seen.cells) != len(self):
            seen = distinct(found)
        if self._apart and len(seen.cells) == len(self):
            # In canonical text the cells are the same and as many, only in other numbers of rows.
            nulls = self._rows - int(self._counts.sum())
            self._canonical = seen = replace(seen, counts=counts, rows=self._rows, nulls=nulls)
            again = observe(self._path, Kind.TEXT, seen, self._hits, plan.seed)
            return replace(blank(part), columns={self._path: again})
        self._apart, self._looked = False, len(self)
        samples.forget(self._path)
        return look_at([(Column(self._path, Kind.TEXT, cells), found)], part, plan, samples)


def look_at_new(columns: Iterable[Known], part: Part, plan: Plan, samples: Samples) -> None:
    """Look at the cells of each column that nobody has looked at."""
    new = [(known, cells) for known in columns if (cells := known.new()) is not None]
    for first in range(0, len(new), TOGETHER):
        some = new[first : first + TOGETHER]
        looks = looked([cells for _, cells in some], part, plan, samples)
        for (known, (_, seen)), look in zip(some, looks, strict=True):
            known.take_in(look, len(seen.cells))


def _together(
    known: tuple[Hits, ...], first: int, new: tuple[Hits, ...], cells: int
) -> tuple[Hits, ...]:
    """Hits on the first cells and on those after them as hits on both."""
    before, after = np.zeros(first, bool), np.zeros(cells, bool)
    found: dict[Hashable, Hits] = {}
    both = [*((hit, None, after) for hit in known), *((hit, before, None) for hit in new)]
    for hit, ahead, behind in both:
        ranges = tuple(sorted(hit.ranges.items()))
        key = (hit.entity, hit.detector, hit.score, hit.count, ranges)
        whole = hit.mask if hit.whole is None else hit.whole
        mask, whole = (_padded(one, ahead, behind) for one in (hit.mask, whole))
        other = found.get(key)
        if other is not None and other.whole is not None:
            mask, whole = mask | other.mask, (mask & whole) | (other.mask & other.whole)
        found[key] = replace(hit, mask=mask, whole=whole)
    return tuple(found.values())


def _padded(
    mask: pl.Series, before: NDArray[np.bool_] | None, after: NDArray[np.bool_] | None
) -> pl.Series:
    parts = [part for part in (before, mask.to_numpy(), after) if part is not None]
    return pl.Series(np.concatenate(parts))
