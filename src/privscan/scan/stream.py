"""One table that arrives in batches, and what is known of it after each of them.

The same looks as `fold`, at less cost a batch: texts that were seen are counted and not looked at
again, nor are typed numbers that lie where those lay in which nothing was found.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterator, Sequence
from dataclasses import replace

import pyarrow as pa

from privscan.evidence.column import SCALAR, ColumnEvidence
from privscan.evidence.dataset import DatasetEvidence, Evidence, missing
from privscan.evidence.distinct import Counted, counted, each
from privscan.evidence.tally import added
from privscan.model.data import Batch, Column, Part, Unread
from privscan.model.kinds import Kind
from privscan.rulebook.names import quasi_identifiers
from privscan.scan.fold import blank, joint, look_at, sampled, summed
from privscan.scan.known import Known, look_at_new
from privscan.scan.plan import Plan
from privscan.scan.ranges import Ranges, reach
from privscan.scan.samples import Samples
from privscan.sources._cells import batch_of, flat, intact, unique_names

ROWS = 131_072
"""Rows that are looked at together."""

AGAIN = 2
"""Slow detectors read again when there are so many times the rows of the last time."""


class Stream:
    """What is known of a table so far; memory does not grow with its rows."""

    def __init__(self, plan: Plan, name: str) -> None:
        self._plan, self._part = plan, Part("memory", name, name)
        self._total = blank(self._part)
        self._columns: dict[str, ColumnEvidence] = {}
        self._known: dict[str, Known] = {}
        self._samples, self._known_samples = Samples(plan.seed), Samples(plan.seed)
        self._slow, self._slow_rows = blank(self._part), 0
        self._ranges = Ranges()
        self._lost: dict[tuple[str, str], int] = {}

    @property
    def rows(self) -> int:
        """Rows that have come."""
        return self._total.rows

    def take(self, batches: Sequence[pa.RecordBatch], quiet: Collection[str] = ()) -> None:
        """Look at what comes next.

        Of typed columns among the `quiet`, in which nothing was found so far, only cells outside
        of their range are looked at.
        """
        for piece, whole in _pieces(batches):
            names = unique_names(piece.schema.names)
            asked = {*names} - {*quasi_identifiers(names)} if whole else set[str]()
            left = {
                name: self._left(name, cells, quiet)
                for name, cells in zip(names, piece.columns, strict=True)
                if name in asked
            }
            passed = {name for name, cells in left.items() if len(cells) < len(piece)}
            some = [
                column
                for name in passed
                if len(left[name])
                for column in flat(name, _one(left[name]), self._lost)
            ]
            kept = piece.select([i for i, name in enumerate(names) if name not in passed])
            for record in kept.combine_chunks().to_batches() if kept.num_columns else ():
                self._look(batch_of(record, self._lost), some, passed)
                some = []
            if not kept.num_columns:
                self._look(Batch(len(piece), ()), some, passed)
            for name in passed & self._columns.keys():
                column, bounds = self._columns[name], self._ranges.facts(name)
                self._columns[name] = replace(column, facts=column.facts + bounds)
        look_at_new(self._known.values(), self._part, self._plan, self._known_samples)

    def _left(self, name: str, cells: pa.ChunkedArray, quiet: Collection[str]) -> pa.ChunkedArray:
        """The cells that are to be looked at."""
        if pa.types.is_string_view(cells.type):
            cells = cells.cast(pa.large_string())  # Arrow takes no views apart
        if pa.types.is_string(cells.type) or pa.types.is_large_string(cells.type):
            known = self._known.get(name)
            return cells if known is None else known.counts_out(cells)
        strange = self._ranges.strange(name, cells)
        return strange if name in quiet else cells

    def _look(self, batch: Batch, some: Sequence[Column], passed: Collection[str]) -> None:
        """At all columns of a batch, and at `some` cells of columns that were otherwise `passed`."""
        ready: list[tuple[Column, Counted]] = []
        met: dict[str, int] = {}
        for column in (*batch.columns, *some):
            found = counted(column.cells, column.codes)
            met[column.path] = met.get(column.path, 0) + found.rows
            known = self._known.setdefault(column.path, Known(column.path))
            if len(known):
                found = each(found)
            if column.kind not in SCALAR or not known.takes(found):
                ready.append((column, found))
        seen = look_at(ready, self._part, self._plan, self._samples)
        here = added({path: ColumnEvidence(path, Kind.TEXT) for path in met}, seen.columns)
        before = self._total.rows
        for path in {**self._columns, **here}:
            if path in passed and path not in here:
                continue
            mine = self._columns.get(path) or missing(path, before)
            rest = missing(path, 0 if path in passed else batch.rows - met.get(path, 0))
            self._columns[path] = mine + rest + (here.get(path) or ColumnEvidence(path, Kind.TEXT))
        classes = joint(batch, self._part, self._plan.seed)
        self._total += replace(seen, rows=batch.rows, columns={}, joint=classes)
        self._total = summed(self._total, self._part)

    def gist(self) -> Hashable:
        """Equal as long as nothing is new that a judgement asks for, and no hit has doubled.

        That is a hit, a loss, a longer cell, or a number past a bound. Nor have the rows doubled
        if slow detectors have cells to read, else grown four times.
        """
        hits = (
            (path, key, tally.cells.bit_length())
            for path, column in self._columns.items()
            for key, tally in column.tallies.items()
        )
        few = ((path, known.gist()) for path, known in self._known.items())
        facts = ((path, reach(c.facts), c.facts.longest) for path, c in self._columns.items())
        lost = len(self._lost) + len(self._total.unread)
        return (
            frozenset(hits),
            frozenset(few),
            frozenset(facts),
            lost,
            self._total.rows.bit_length() // (1 if self._samples or self._known_samples else 2),
        )

    def evidence(self, *, last: bool = False, slow: bool = True) -> Evidence:
        """Of all that has come; `slow` detectors read when it has doubled, and at the `last`."""
        total = replace(self._total, columns=self._columns)
        samples = self._known_samples
        for known in self._known.values():
            total = _joined(total, known.evidence(self._part, self._plan, samples, last=last))
        if last or (slow and self._total.rows >= AGAIN * self._slow_rows):
            self._slow, self._slow_rows = blank(self._part), self._total.rows
            for samples in (self._samples, self._known_samples):
                self._slow = _joined(self._slow, sampled(samples, self._part, self._plan))
        total = _joined(total, self._slow)
        total = replace(total, unread=(*total.unread, *self._unread()))
        return Evidence(self._plan.header, {self._part.dataset: summed(total, self._part)})

    def _unread(self) -> Iterator[Unread]:
        for (path, reason), cells in sorted(self._lost.items()):
            said = f"{cells} cells of column {path!r} {reason}"
            yield Unread(self._part.uri, "", said, rows=cells)


def parted(
    batches: Sequence[pa.RecordBatch], rows: int
) -> tuple[list[pa.RecordBatch], list[pa.RecordBatch]]:
    """The first rows, and those after them."""
    head: list[pa.RecordBatch] = []
    rest: list[pa.RecordBatch] = []
    for batch in batches:
        some = min(rows, len(batch))
        rows -= some
        head += [batch.slice(0, some)] if some else []
        rest += [batch.slice(some)] if some < len(batch) else []
    return head, rest


def _joined(one: DatasetEvidence, two: DatasetEvidence) -> DatasetEvidence:
    """Both, where a column that one lacks is none of its rows' cells."""
    columns = added(one.columns, two.columns)
    return replace(replace(one, columns={}) + replace(two, columns={}), columns=columns)


def _pieces(batches: Sequence[pa.RecordBatch]) -> Iterator[tuple[pa.Table, bool]]:
    """So many rows as are looked at together, and whether Arrow may work on all their cells."""
    whole = all(intact(array) for one in batches for array in one.columns)
    tables = [batches] if whole else [[one] for one in batches]
    for table in map(pa.Table.from_batches, tables):
        for start in range(0, len(table), ROWS):
            yield table.slice(start, ROWS), whole


def _one(cells: pa.ChunkedArray) -> pa.Array:
    return pa.concat_arrays(cells.chunks)
