"""One part becomes evidence: read, look, count, forget."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import islice

import polars as pl

from privscan.evidence.bottomk import BottomK
from privscan.evidence.canonical import canonical
from privscan.evidence.column import SCALAR, ColumnEvidence, located, tallied
from privscan.evidence.dataset import DatasetEvidence, Evidence, missing
from privscan.evidence.distinct import Counted, counted, distinct
from privscan.evidence.tally import Tally, TallyKey, added
from privscan.model.data import READ, Batch, Column, Hits, Part, Unread, in_list
from privscan.model.kinds import Kind
from privscan.rulebook.names import quasi_identifiers
from privscan.scan.looking import DEPTH, apart, failed, look_of, looked, too_deep
from privscan.scan.plan import QUASI, UNREAD, Plan
from privscan.scan.samples import Samples
from privscan.scan.waiting import Waiting
from privscan.sources._files import printable
from privscan.sources._stores import VERSION
from privscan.sources.discover import read_part


def observe_part(part: Part, plan: Plan) -> Evidence:
    """The evidence of one part; whatever cannot be read or judged is in its `unread`."""
    total = replace(blank(part), bytes=part.bytes, files=part.options.get("files", 1))
    waiting, samples = Waiting(), Samples(plan.seed)
    for item in _read(part):
        if isinstance(item, Unread):
            seen = replace(blank(part), unread=(item,))
        else:
            seen = _batch(item, part, plan, waiting, samples)
        total = summed(total + seen, part)
    total = summed(total + _waited(waiting, part, plan, samples), part)
    total = summed(total + sampled(samples, part, plan), part)
    uri = printable(part.uri)
    columns = {path: located(column, uri, part.span) for path, column in total.columns.items()}
    return Evidence(plan.header, {part.dataset: replace(total, columns=columns)})


def blank(part: Part) -> DatasetEvidence:
    """The identity for evidence of the part's dataset."""
    return DatasetEvidence(
        part.dataset,
        printable(part.uri),
        part.options.get("kind", "table"),
        version=part.options.get(VERSION, ""),
    )


def summed(seen: DatasetEvidence, part: Part) -> DatasetEvidence:
    """What stayed unread once a place and reason, however many batches met it.

    Of bytes, a part loses no more than it has.
    """
    found: dict[tuple[str, str, str], Unread] = {}
    for each in seen.unread:
        one = replace(each, uri=printable(each.uri), dataset=part.dataset)
        place = (one.uri, one.span, one.reason)
        known = found.get(place, replace(one, bytes=0, rows=0))
        size = known.bytes + one.bytes
        size = min(size, part.bytes or size)
        found[place] = replace(one, bytes=size, rows=known.rows + one.rows)
    return replace(seen, unread=tuple(sorted(found.values())))


def _read(part: Part) -> Iterator[Batch | Unread]:
    if part.source == UNREAD:
        yield part.options["unread"]
        return
    try:
        yield from read_part(part)
    except pl.exceptions.PanicException as panic:
        yield failed(part, "reader", panic)
    except Exception as error:  # noqa: BLE001  a reader that breaks its promise still must not hide data
        yield failed(part, "reader", error)


def _batch(
    batch: Batch, part: Part, plan: Plan, waiting: Waiting, samples: Samples
) -> DatasetEvidence:
    ready: list[tuple[Column, Counted]] = []
    columns: dict[str, ColumnEvidence] = {}
    rows: dict[str, int] = defaultdict(int)
    for column in batch.columns:
        path, found = column.path, counted(column.cells, column.codes)
        columns[path] = ColumnEvidence(path, Kind.TEXT)
        rows[path] += found.rows
        if column.kind not in SCALAR or not waiting.takes(path, found):
            ready.append((column, found))
    seen = look_at(ready, part, plan, samples)
    columns = added(columns, seen.columns)
    return replace(
        seen,
        rows=batch.rows,
        columns={p: c + missing(p, batch.rows - rows.get(p, 0)) for p, c in columns.items()},
        joint=joint(batch, part, plan.seed),
    )


TOGETHER = 16
"""Columns that are looked at together; more would keep more in memory."""


def look_at(
    given: Iterable[tuple[Column, Counted]], part: Part, plan: Plan, samples: Samples
) -> DatasetEvidence:
    """What the columns hold, and the columns that stand inside their cells."""
    columns: dict[str, ColumnEvidence] = {}
    media: dict[str, int] = {}
    unread: list[Unread] = []
    inner: list[Column] = []
    for depth in range(DEPTH + 1):
        waiting, inner = iter(given), []
        while some := list(islice(waiting, TOGETHER)):
            seen = [(column, distinct(found)) for column, found in some]
            for (column, _), look in zip(seen, looked(seen, part, plan, samples), strict=True):
                columns = added(columns, {column.path: look.evidence})
                # What stands inside a picture or record is no further picture of the dataset.
                media = media if depth else added(media, look.media)
                unread += look.unread
                inner += look.inner
        given = [(one, counted(one.cells)) for one in inner]
    unread += (too_deep(one, part) for one in inner)
    return replace(blank(part), columns=columns, media=media, unread=tuple(unread))


def _waited(waiting: Waiting, part: Part, plan: Plan, samples: Samples) -> DatasetEvidence:
    """The columns that waited until all was read, as one: each sum goes over every column."""
    every = ((Column(path, Kind.TEXT, one.cells), one) for path, one in waiting.all())
    return look_at(every, part, plan, samples)


def sampled(samples: Samples, part: Part, plan: Plan) -> DatasetEvidence:
    """What slow detectors see in the cells kept for them, and how many of all they read.

    What stands inside those cells is looked at as well, by slow detectors too.
    """
    columns: dict[str, ColumnEvidence] = {}
    unread: list[Unread] = []
    inner: list[Column] = []
    for name, column, seen, rows in samples.all():
        found = look_of(name, column, part)
        tallies = tallied(seen, [hit for hit in found if isinstance(hit, Hits)])
        read = tallies.pop(TallyKey(f"{READ}{name}", name, 0), Tally())
        # Those that it would have read stand where a detector counts objects.
        tallies[TallyKey(f"{READ}{name}", name, 0)] = Tally(read.cells, read.cells, rows)
        evidence = ColumnEvidence(column.path, column.kind, tallies=tallies)
        columns = added(columns, {column.path: evidence})
        unread += (one for one in found if isinstance(one, Unread))
        inner += (one for one in found if isinstance(one, Column))
    total = replace(blank(part), columns=columns, unread=tuple(unread))
    if inner:
        again = Samples(plan.seed)
        total += look_at(((one, counted(one.cells)) for one in inner), part, plan, again)
        total += sampled(again, part, plan)
    return total


def _in_rows(column: Column) -> pl.Series:
    """The canonical cell of each row."""
    cells = canonical(column.cells)
    return cells if column.codes is None else cells.gather(column.codes)


def joint(batch: Batch, part: Part, seed: int) -> dict[tuple[str, ...], BottomK]:
    """Equivalence classes on the quasi-identifying columns, with their sizes in rows."""
    text = {
        c.path: c
        for c in batch.columns
        if not in_list(c.path) and c.rows == batch.rows and c.cells.dtype == pl.String
    }
    paths = part.options.get(QUASI)
    # Data in memory is read once, so nobody could look ahead; its schema is the same throughout.
    paths = quasi_identifiers(list(text)) if paths is None else paths
    if len(paths) < 2 or not batch.rows:  # noqa: PLR2004  one column is no combination
        return {}
    absent = pl.repeat(None, batch.rows, dtype=pl.String, eager=True)
    cells = [_in_rows(text[p]) if p in text else absent for p in paths]
    frame = pl.DataFrame(apart(cells))
    joined = frame.select(pl.concat_str(pl.all().fill_null("\0"), separator="\x1f")).to_series()
    return {tuple(paths): BottomK.of(joined.hash(seed))}
