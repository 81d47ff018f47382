"""A stream passes through as long as the policy holds, and no breaching batch gets by."""

from __future__ import annotations

import asyncio
import time

import numpy as np
import polars as pl
import pyarrow as pa
import pytest

import privscan as ps

ROWS = 300


def _luhn(digits: str) -> int:
    doubled = (int(d) * (2 - i % 2) for i, d in enumerate(reversed(digits)))
    return -sum(d - 9 * (d > 9) for d in doubled) % 10


CARDS = [f"4{n}{_luhn(f'4{n}')}" for n in range(10**13, 10**13 + ROWS * 7_919, 7_919)]


def clean(seed: int, rows: int = ROWS) -> pa.RecordBatch:
    random = np.random.default_rng(seed)
    return pa.RecordBatch.from_pydict(
        {
            "reading": random.normal(20, 5, rows).round(3),
            "machine": random.choice(["press", "drill", "saw"], rows),
            "note": [f"surface of part {i} worn" for i in random.integers(0, 10**6, rows)],
        }
    )


def breaching(rows: int = ROWS) -> pa.RecordBatch:
    return clean(99, rows).set_column(2, "note", pa.array(CARDS[:rows]))


def given(batches, **options) -> tuple[list[pa.RecordBatch], Exception | None]:
    got: list[pa.RecordBatch] = []
    try:
        got.extend(ps.guard(iter(batches), chunk_rows=ROWS, **options))
    except ps.PrivscanError as error:
        return got, error
    return got, None


def test_what_breaks_nothing_passes_unchanged():
    batches = [clean(seed) for seed in range(4)]
    got, error = given(batches)
    assert error is None
    assert got == batches


@pytest.mark.parametrize("before", [0, 1, 3])
def test_the_breaching_batch_and_all_after_it_stay_out(before):
    batches = [*(clean(seed) for seed in range(before)), breaching(), clean(7)]
    got: list[pa.RecordBatch] = []
    guard = ps.guard(iter(batches), chunk_rows=ROWS)
    with pytest.raises(ps.PolicyViolationError):
        got.extend(guard)
    assert got == batches[:before]
    assert guard.verdict is not None
    assert {v.rule for v in guard.verdict.violations} >= {"forbid_clear"}
    assert list(guard) == []


def test_a_value_that_is_new_in_a_column_of_few_values_is_looked_at():
    def coded(values: list[str]) -> pa.RecordBatch:
        return pa.RecordBatch.from_pydict({"card_number": values * (ROWS // len(values))})

    batches = [coded(["a1", "b2"]), coded(["a1", "b2"]), coded(CARDS[:30])]
    got, error = given(batches)
    assert isinstance(error, ps.PolicyViolationError)
    assert got == batches[:2]


def test_numbers_that_leave_their_range_are_looked_at():
    def numbered(values: list[int]) -> pa.RecordBatch:
        return pa.RecordBatch.from_pydict({"card_number": values})

    small = list(range(ROWS))
    batches = [numbered(small), numbered(small), numbered([int(card) for card in CARDS])]
    got, error = given(batches)
    assert isinstance(error, ps.PolicyViolationError)
    assert got == batches[:2]


def test_the_end_is_the_verdict_of_the_gate():
    batches = [clean(seed) for seed in range(5)]
    guard = ps.guard(iter(batches), chunk_rows=ROWS)
    list(guard)
    gated = ps.gate(pa.Table.from_batches(batches))
    assert guard.verdict is not None
    assert guard.report is not None
    assert guard.verdict.passed
    assert gated.passed
    assert guard.report.score == ps.scan(pa.Table.from_batches(batches)).score


def test_what_cannot_be_read_stops_the_stream():
    bad = pa.RecordBatch.from_arrays(
        [pa.array([b"caf\xe9 au lait"] * ROWS).view(pa.string())], names=["note"]
    )
    got, error = given([bad])
    assert isinstance(error, ps.IncompleteError)
    assert not got


def test_an_error_of_the_stream_reaches_its_reader():
    def broken():
        yield clean(1)
        yield clean(2)
        raise ConnectionResetError("the broker is gone")

    with pytest.raises(ConnectionResetError):
        list(ps.guard(broken(), chunk_rows=ROWS))


def test_it_reads_no_more_than_two_chunks_ahead():
    asked: list[int] = []

    def endless():
        for seed in range(100):
            asked.append(seed)
            yield clean(seed)

    with ps.guard(endless(), chunk_rows=ROWS) as guard:
        next(guard)
        time.sleep(1)
        # The one given, one that waits, one in the judge's hands, and one to know which is last.
        assert len(asked) <= 5
    assert list(guard) == []


@pytest.mark.parametrize("rows", [1, 7])
def test_small_chunks_and_large_batches_alike(rows):
    batches = [clean(seed, 20) for seed in range(2)]
    assert list(ps.guard(iter(batches), chunk_rows=rows)) == batches
    assert list(ps.guard(pa.Table.from_batches(batches), chunk_rows=10**6)) == batches


def test_frames_tables_and_readers():
    table = pa.Table.from_batches([clean(1)])
    frame = pl.DataFrame(table)
    for source in (table, table.to_reader(), frame, frame.lazy()):
        out = pl.DataFrame(pa.Table.from_batches(ps.guard(source)))
        assert out.equals(frame)


def test_it_is_an_arrow_stream_itself():
    table = pa.Table.from_batches([clean(1)])
    assert pa.table(ps.guard(table)).equals(table)


def test_an_empty_stream_lets_nothing_through_and_breaks_nothing():
    assert list(ps.guard(clean(1).slice(0, 0).schema.empty_table())) == []


@pytest.mark.parametrize("source", [3, "customers.parquet", [1, 2], iter([])])
def test_what_is_no_stream_is_refused(source):
    with pytest.raises(ps.UsageError):
        ps.guard(source)


def test_no_value_is_in_the_error():
    _, error = given([breaching()])
    assert not any(card in str(error) for card in CARDS)


def test_guarded_functions():
    @ps.guarded("ingest")
    def loaded(batch: pa.RecordBatch) -> pl.DataFrame:
        return pl.DataFrame(batch)

    @ps.guarded()
    def streamed(batch: pa.RecordBatch):
        yield batch

    @ps.guarded()
    async def awaited(batch: pa.RecordBatch) -> pl.DataFrame:
        return pl.DataFrame(batch)

    assert loaded(clean(1)).height == ROWS
    assert list(streamed(clean(1))) == [clean(1)]
    assert asyncio.run(awaited(clean(1))).height == ROWS
    assert loaded.__name__ == "loaded"
    for stopped in (
        lambda: loaded(breaching()),
        lambda: list(streamed(breaching())),
        lambda: asyncio.run(awaited(breaching())),
    ):
        with pytest.raises(ps.PolicyViolationError):
            stopped()
