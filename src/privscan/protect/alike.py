"""How many persons are alike on some columns once these are treated, counted on all rows."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from privscan.model.profile import QuasiIdentifiers
from privscan.model.treatment import Treatment
from privscan.protect.anonymise import frame_of
from privscan.protect.apply import treated
from privscan.protect.files import Task
from privscan.protect.key import Key

_COMPACT = 1 << 20
SEED = 7


def alike(
    files: Sequence[Task],
    chosen: Sequence[Treatment],
    key: Key | None,
    q: QuasiIdentifiers,
    by: str,
) -> QuasiIdentifiers:
    """The set with the classes of all rows; where persons are told by `by`, those are counted."""
    wanted = [*q.columns, *filter(None, [by])]
    treating = treated([t for t in chosen if t.column in q.columns], key, files)
    held: list[pl.DataFrame] = []
    for task in files:
        for batch in task.format.batches(task.uri, wanted):
            frame = frame_of(treating.batch(batch), q.columns)
            row = pl.DataFrame({"class": frame.hash_rows(SEED)})
            if by:
                row = row.with_columns(frame_of(batch, (by,))[by].alias("who"))
            held.append(row.unique() if by else row.group_by("class").len())
            if sum(f.height for f in held[1:]) > _COMPACT:
                held = [_added(held, by)]
    if not held:
        return q
    whole = _added(held, by)
    sizes = whole.group_by("class").len()["len"] if by else whole["len"]
    counted = sizes.value_counts().sort(sizes.name or "")
    classes = tuple((int(k), int(k * n)) for k, n in counted.iter_rows())
    return QuasiIdentifiers(
        q.columns, classes[0][0], q.share_below_k, sum(n for _, n in classes), classes,
        q.unique_share, q.unique_interval,
    )  # fmt: skip


def _added(held: Sequence[pl.DataFrame], by: str) -> pl.DataFrame:
    every = pl.concat(held)
    return every.unique() if by else every.group_by("class").agg(pl.col("len").sum())
