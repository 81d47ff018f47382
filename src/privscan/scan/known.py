"""A stream's text column that has few values: each is looked at when it first comes."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import polars as pl
import pyarrow as pa
import pyarrow.compute as pc

from privscan.evidence.column import observe
from privscan.evidence.distinct import Counted, distinct
from privscan.model.data import Column
from privscan.model.kinds import Kind
from privscan.scan.fold import blank, look_at
from privscan.scan.looking import looked
from privscan.scan.samples import Samples

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from privscan.evidence.dataset import DatasetEvidence
    from privscan.model.data import Hits, Part
    from privscan.scan.plan import Plan

MOST = 65_536
"""Distinct cells of a column that are kept in memory."""


class Known:
    """The column's distinct cells so far, in how many rows each stands, and the hits on them."""

    def __init__(self, path: str) -> None:
        self._path, self._rows = path, 0
        nothing = pl.Series("cells", [], dtype=pl.String)
        self._places = nothing.to_frame().with_columns(at=pl.lit(0, pl.UInt32))
        self._counts: NDArray[np.int64] = np.zeros(0, np.int64)
        self._words: pa.Array | None = None
        self._hits: tuple[Hits, ...] | None = None
        self._seen: DatasetEvidence | None = None
        self._seen_rows = 0
        self.samples = Samples(0)

    def __len__(self) -> int:
        """Distinct cells."""
        return len(self._places)

    def counts_out(self, cells: pa.ChunkedArray) -> pa.ChunkedArray:
        """Count the cells that are known, and what is missing; the others, none of them counted."""
        if not len(self):
            return cells
        if self._words is None or self._words.type != cells.type:
            texts = self._places["cells"].to_arrow(compat_level=pl.CompatLevel.oldest())
            self._words = texts.cast(cells.type)
        at = pc.index_in(cells, value_set=self._words, skip_nulls=True)
        new = at.null_count - cells.null_count
        others = cells.slice(0, 0)
        if new:
            others = cells.filter(pc.and_(pc.is_null(at), pc.is_valid(cells)))
        known = at.drop_null().to_numpy() if at.null_count else at.to_numpy()
        self._counts += np.bincount(known, minlength=len(self))
        self._rows += len(cells) - new
        return others

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
            self._hits = self._words = None
        self._counts[places] += found.counts.to_numpy().astype(np.int64)
        self._rows += found.rows
        self._seen = None
        return True

    def evidence(self, part: Part, plan: Plan, *, last: bool = False) -> DatasetEvidence:
        """What the column holds: known hits counted anew, a new look only at new values.

        Where nothing is hit, cells are counted anew when they have doubled, and at the `last`.
        """
        clear = self._hits == () and not last
        more = self._rows // 2 if clear else self._rows
        if self._seen is None or self._seen_rows < more:
            self._seen, self._seen_rows = self._counted(part, plan), self._rows
        return self._seen

    def _counted(self, part: Part, plan: Plan) -> DatasetEvidence:
        cells = self._places["cells"].alias("")
        found = Counted(cells, pl.Series(self._counts), self._rows)
        column = Column(self._path, Kind.TEXT, cells)
        if self._hits is not None:
            again = observe(self._path, Kind.TEXT, distinct(found), self._hits, plan.seed)
            return replace(blank(part), columns={self._path: again})
        self.samples = Samples(plan.seed)
        [look] = looked([(column, distinct(found))], part, plan, self.samples)
        if look.inner or look.unread:
            self.samples = Samples(plan.seed)
            return look_at([(column, found)], part, plan, self.samples)
        self._hits = look.hits
        return replace(blank(part), columns={self._path: look.evidence})
