"""What a scan of a small table says of a column."""

from __future__ import annotations

import polars as pl

import privscan as ps


def columns_of(**columns):
    """The profile of each column, by its path."""
    [dataset] = ps.scan(pl.DataFrame(columns)).datasets
    return {column.path: column for column in dataset.columns}


def weighed(column):
    """Every entity that was weighed in a column, found or not."""
    return {one.entity: one for one in (*column.entities, *column.considered)}


def pieces(one, kind):
    """The bits of the pieces of evidence of that kind."""
    return [reason.bits for reason in one.reasons if reason.kind == kind]
