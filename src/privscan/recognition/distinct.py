"""Equal cells are judged once: the distinct cells of a column, and where each of them stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Rows = NDArray[np.int64]

WORTH = 0.7
"""Below this share of distinct cells it pays to group them."""

SAMPLE = 4096


@dataclass(frozen=True, eq=False)
class Distinct:
    """Cells without nulls, and the rows of each: one row (`places`) or several (`groups`)."""

    cells: pl.Series
    places: Rows | None
    groups: pl.Series | None

    def rows(self, at: Rows) -> tuple[Rows, Rows]:
        """The rows of the cells at these places, and for each row which of the places it is."""
        if self.groups is None:
            return (at if self.places is None else self.places[at]), np.arange(len(at))
        some = pl.DataFrame({"rows": self.groups.gather(at), "of": np.arange(len(at))})
        spread = some.explode("rows")
        return spread["rows"].to_numpy().astype(np.int64), spread["of"].to_numpy()


def distinct(cells: pl.Series) -> Distinct:
    """The distinct cells of a String series with their rows, grouped only where that pays."""
    places = None
    if cells.null_count():
        places = np.flatnonzero(cells.is_not_null().to_numpy())
        cells = cells.drop_nulls()
    if len(cells) < SAMPLE or _known(cells) > WORTH * len(cells):
        return Distinct(cells, places, None)
    at = np.arange(len(cells)) if places is None else places
    grouped = pl.DataFrame({"cells": cells, "rows": at}).group_by("cells").agg("rows")
    return Distinct(grouped["cells"], None, grouped["rows"])


def of_dictionary(words: pl.Series, codes: pl.Series) -> Distinct:
    """The words of a dictionary that the codes name, with their rows; null words have none."""
    rows = pl.DataFrame({"code": codes.cast(pl.UInt32), "rows": np.arange(len(codes))})
    found = rows.drop_nulls("code").group_by("code").agg("rows")
    cells = words.gather(found["code"])
    kept = cells.is_not_null()
    return Distinct(cells.filter(kept), None, found["rows"].filter(kept))


def _known(cells: pl.Series) -> int:
    """About how many distinct cells there are."""
    return int(cells.to_frame("cells").select(pl.col("cells").approx_n_unique()).item())
