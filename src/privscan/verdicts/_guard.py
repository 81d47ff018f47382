"""A gate that a stream passes through: no batch gets by before all up to it was judged."""

from __future__ import annotations

import queue
import threading
from collections.abc import Hashable, Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Self

import pyarrow as pa

from privscan.assess.baseline import read_baseline
from privscan.assess.context import Context, load_context
from privscan.assess.judging import judged
from privscan.errors import PrivscanError, UnreadableError, UsageError
from privscan.render._files import saved_report
from privscan.scan.stream import ROWS, Stream, parted
from privscan.sources.memory import accepts, reader
from privscan.verdicts._decide import chosen_policy, decided

if TYPE_CHECKING:
    from privscan.model.finding import Verdict
    from privscan.model.report import Report
    from privscan.scan.plan import Plan
    from privscan.verdicts._bounds import Bounds

CHUNK = ROWS
"""Rows that are looked at and let through together."""

HEAD = 4_096
"""First rows of a stream that are looked at in full, before its first chunk is."""

BYTES = 64 << 20
"""A chunk is no larger, unless one batch is."""

NAME = "stream"

WAIT = 0.2
"""Seconds after which the thread that looks ahead asks whether anybody still wants its chunks."""

Declared = str | Path | Context | None


class _Chunk(NamedTuple):
    """Batches and the judgement on all up to them, or the error to raise in their place."""

    batches: tuple[pa.RecordBatch, ...] = ()
    report: Report | None = None
    verdict: Verdict | None = None
    error: BaseException | None = None


class Guard:
    """Iterates over the record batches of a stream, each judged together with all before it.

    At the first breach it raises `PolicyViolationError`, where something cannot be read
    `IncompleteError`, in place of the batches that brought it. `report` and `verdict` are the
    judgement on what it gave last, None before. It reads at most two chunks ahead.
    """

    def __init__(
        self, source: object, plan: Plan, context: Declared, rows: int, bounds: Bounds
    ) -> None:
        if rows < 1:
            raise UsageError("chunk_rows is less than 1", hint=f"the default is {CHUNK:,}")
        stream = _opened(source, rows)
        self.schema = stream.schema
        self.report: Report | None = None
        self.verdict: Verdict | None = None
        self._judge = _Judge(plan, _context(context), _loaded(bounds))
        self._chunks: queue.Queue[_Chunk] = queue.Queue(maxsize=1)
        self._closed = threading.Event()
        self._current: Iterator[pa.RecordBatch] = iter(())
        self._ahead: threading.Thread | None = threading.Thread(
            target=self._look_ahead, args=(_chunks(stream, rows),), daemon=True
        )
        self._ahead.start()

    def __iter__(self) -> Self:
        """Itself: a stream is read once."""
        return self

    def __next__(self) -> pa.RecordBatch:
        """The next batch, if it may pass."""
        for batch in self._current:
            return batch
        if self._closed.is_set():
            raise StopIteration
        chunk = self._chunks.get()
        self.report, self.verdict = chunk.report or self.report, chunk.verdict or self.verdict
        if chunk.error is not None or not chunk.batches:
            self.close()
            raise chunk.error or StopIteration
        self._current = iter(chunk.batches)
        return next(self._current)

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        """As an Arrow stream, for `pyarrow`, Polars, DuckDB and writers; a breach ends it in their error."""
        stream = pa.RecordBatchReader.from_batches(self.schema, self)
        return stream.__arrow_c_stream__(requested_schema)

    def __enter__(self) -> Self:
        """Itself; what looks ahead is stopped at the end."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close."""
        self.close()

    def close(self) -> None:
        """Read no more; batches that were not given are dropped."""
        self._closed.set()
        self._current = iter(())

    def _look_ahead(self, chunks: Iterator[tuple[pa.RecordBatch, ...]]) -> None:
        try:
            for chunk in self._judge.all(chunks):
                if not self._handed(chunk) or chunk.error is not None:
                    return
            self._handed(_Chunk())
        except BaseException as error:  # noqa: BLE001  whatever the stream raises is the reader's
            self._handed(_Chunk(error=error))

    def _handed(self, chunk: _Chunk) -> bool:
        """Whether somebody still reads."""
        while not self._closed.is_set():
            try:
                self._chunks.put(chunk, timeout=WAIT)
            except queue.Full:
                continue
            return True
        return False


class _Judge:
    """Looks at chunks and judges all that has come, chunk by chunk.

    While nothing is found in any column, the judgement is renewed only with what is new.
    """

    def __init__(self, plan: Plan, context: Context, bounds: Bounds) -> None:
        self._stream, self._not_run = Stream(plan, NAME), plan.not_run
        self._context, self._bounds = context, bounds
        self._quiet: frozenset[str] = frozenset()
        self._gist: Hashable = None
        self._nothing = False

    def all(self, chunks: Iterator[tuple[pa.RecordBatch, ...]]) -> Iterator[_Chunk]:
        """Each chunk with its judgement; the last one when it is known that no other comes."""
        chunk = next(chunks, None)
        rest: Sequence[pa.RecordBatch] | None = chunk and self._begun(chunk)
        while chunk is not None and rest is not None:
            after = next(chunks, None)
            self._stream.take(rest, self._quiet)
            yield self._judged(chunk, last=after is None)
            chunk = rest = after

    def _begun(self, first: Sequence[pa.RecordBatch]) -> Sequence[pa.RecordBatch]:
        """Get to know the columns by the first rows of many; those that are left."""
        head, rest = parted(first, HEAD)
        if sum(map(len, rest)) < HEAD:
            return first
        self._stream.take(head)
        self._quieten(judged(self._stream.evidence(slow=False), self._context, self._not_run))
        return rest

    def _quieten(self, report: Report) -> None:
        columns = [column for one in report.datasets for column in one.columns]
        self._quiet = frozenset(column.path for column in columns if not column.entities)
        self._nothing = len(self._quiet) == len(columns)

    def _judged(self, batches: tuple[pa.RecordBatch, ...], *, last: bool) -> _Chunk:
        gist = self._stream.gist()
        if gist == self._gist and self._nothing and not last:
            return _Chunk(batches)
        report = judged(self._stream.evidence(last=last), self._context, self._not_run)
        verdict = decided(report, self._context, **self._bounds)
        self._quieten(report)
        self._gist = gist
        try:
            verdict.enforce()
        except PrivscanError as stopped:
            return _Chunk((), report, verdict, stopped)
        return _Chunk(batches, report, verdict)


def _opened(source: object, rows: int) -> pa.RecordBatchReader:
    """The source as a reader; `UsageError` for what is no stream of Arrow data."""
    if isinstance(source, Iterator) and not accepts(source):
        first = next(source, None)
        if isinstance(first, pa.RecordBatch):
            return pa.RecordBatchReader.from_batches(first.schema, chain([first], source))
    elif accepts(source):
        try:
            return reader(source, rows)
        except UnreadableError as error:
            raise UsageError(error.what, hint=error.hint) from None
    said = f"a guard stands before Arrow data, and this is {type(source).__name__}"
    hint = "give a frame, a table, a reader, or an iterator of pyarrow's record batches"
    raise UsageError(said, hint=hint)


def _chunks(stream: pa.RecordBatchReader, rows: int) -> Iterator[tuple[pa.RecordBatch, ...]]:
    """Batches in order, so many together that a look at them is worth it."""
    chunk: list[pa.RecordBatch] = []
    for batch in stream:
        chunk.append(batch)
        if sum(map(len, chunk)) >= rows or sum(one.nbytes for one in chunk) >= BYTES:
            yield tuple(chunk)
            chunk = []
    if chunk:
        yield tuple(chunk)


def _context(given: Declared) -> Context:
    if given is None or isinstance(given, Context):
        return given or Context()
    return load_context(Path(given))


def _loaded(bounds: Bounds) -> Bounds:
    """The bounds with every file read: they are asked at each chunk."""
    loaded: Bounds = {**bounds, "policy": chosen_policy(bounds), "fail_on": None, "max_score": None}
    baseline, old = bounds.get("baseline"), bounds.get("old")
    if isinstance(baseline, str | Path):
        loaded["baseline"] = read_baseline(Path(baseline))
    if isinstance(old, str | Path):
        loaded["old"] = saved_report(Path(old))
    return loaded
