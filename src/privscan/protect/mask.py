"""Cover letters and digits by stars and keep the shape; at most a third of a cell may stay."""

from __future__ import annotations

import polars as pl

from privscan.protect.cells import changed
from privscan.protect.treating import Apply, Asked

PLUGIN = True
OPTIONS = ("first", "last")

_COVERED = r"[\p{L}\p{N}\p{M}]"
_SHOWN = 3
"""A cell must be so many times as long as what is left of it."""


def made(asked: Asked) -> Apply:
    """Stars for letters, digits and marks; `first` and `last` characters stay in long cells."""
    first, last = asked.number("first", 0, 0, 8), asked.number("last", 0, 0, 8)

    def masked(cells: pl.Series) -> pl.Series:
        size = cells.str.len_chars()
        long = size >= max(1, _SHOWN * (first + last))
        covered = cells.str.replace_all(_COVERED, "*")
        middle = (size - first - last).cast(pl.Int64).clip(0)
        rest = pl.DataFrame({"c": cells, "m": covered, "n": middle})
        shown = rest.select(
            pl.concat_str(
                pl.col("c").str.slice(0, first),
                pl.col("m").str.slice(first, pl.col("n")),
                pl.col("c").str.tail(last) if last else pl.lit(""),
            )
        ).to_series()
        return shown.zip_with(long, covered)

    return lambda array: changed(array, masked)
