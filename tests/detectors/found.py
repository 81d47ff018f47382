"""What a detector says of each cell."""

from __future__ import annotations

import polars as pl

from privscan.model.data import Column
from privscan.model.kinds import Kind


def found(detector, *cells, path="x"):
    """The detector strings of each cell, in order."""
    column = Column(path, Kind.TEXT, pl.Series(path, cells, pl.String))
    hits = list(detector.find(column))
    return [sorted(h.detector for h in hits if h.mask[i]) for i in range(len(cells))]


def whole(detector, cell):
    """Whether each hit of a cell is the cell and nothing else."""
    hits = detector.find(Column("x", Kind.TEXT, pl.Series("x", [cell], pl.String)))
    return [h.whole is None or bool(h.whole[0]) for h in hits if h.mask[0]]
