"""What a guard does not look at again is what a gate would find nothing new in."""

from __future__ import annotations

import importlib
from datetime import datetime, timedelta
from itertools import pairwise

import numpy as np
import polars as pl
import pyarrow as pa
import pytest

import privscan as ps
from privscan.evidence.distinct import counted, each
from privscan.evidence.tally import Facts
from privscan.model.data import Part
from privscan.scan.known import Known, look_at_new
from privscan.scan.plan import plan
from privscan.scan.ranges import RUN, RUNS, Ranges, reach
from privscan.scan.samples import Samples
from privscan.scan.stream import Stream
from privscan.verdicts._guard import HEAD

ROWS, BATCHES = 200, 5
START = datetime(2024, 1, 1)  # noqa: DTZ001  a table's times have no zone


def _card(number: int) -> int:
    digits = [int(d) for d in str(number)][::-1]
    doubled = (d * (2 - i % 2) for i, d in enumerate(digits))
    return number * 10 + -sum(d - 9 * (d > 9) for d in doubled) % 10


CARDS = [_card(4 * 10**14 + n * 7_919) for n in range(ROWS)]
EMAILS = [f"taro{n}.yamada@example.com" for n in range(ROWS)]


def table() -> dict[str, list]:
    """Columns of every kind that a guard passes over once it knows them."""
    random, rows = np.random.default_rng(3), ROWS * BATCHES
    return {
        "reading_id": list(range(20_000_000, 20_000_000 + rows)),
        "rpm": random.integers(0, 5_000, rows).tolist(),
        "temperature": random.normal(20, 5, rows).round(2).tolist(),
        "machine": random.choice(["press", "drill", "saw"], rows).tolist(),
        "at": [START + timedelta(seconds=i) for i in range(rows)],
        "active": random.integers(0, 2, rows).astype(bool).tolist(),
    }


def planted(column: str, values: list, first: int) -> pa.Table:
    cells = table()
    cells[column][first : first + len(values)] = values[: ROWS * BATCHES - first]
    return pa.table(cells)


def given(whole: pa.Table, batch: int, chunk: int) -> tuple[int, ps.Guard]:
    """Rows that passed."""
    guard = ps.guard(iter(whole.to_batches(batch)), chunk_rows=chunk)
    rows = 0
    try:
        for one in guard:
            assert one.equals(whole.slice(rows, len(one)).combine_chunks().to_batches()[0])
            rows += len(one)
    except ps.PolicyViolationError:
        assert not guard.verdict.passed
    return rows, guard


END = ROWS * BATCHES
PLANTS = [
    ("machine", EMAILS, 0, 3 * ROWS),
    ("machine", EMAILS[:1], END - 1, ROWS),
    ("machine", EMAILS[:40], ROWS - 20, ROWS // 2),
    ("reading_id", CARDS, END - ROWS, ROWS),
    ("rpm", CARDS, ROWS + 1, 3 * ROWS),
    ("temperature", [float(card) for card in CARDS], 3 * ROWS, ROWS),
    ("rpm", [], 0, 3 * ROWS),
]


@pytest.mark.parametrize(("column", "values", "first", "chunk"), PLANTS)
def test_what_a_guard_lets_through_a_gate_lets_through(column, values, first, chunk):
    whole = planted(column, values, first)
    rows, guard = given(whole, ROWS // 2, chunk)
    if rows == END:
        assert ps.gate(whole).passed
        assert guard.report.score == ps.scan(whole).score
        return
    assert rows <= first + len(values)
    assert not rows or ps.gate(whole.slice(0, rows)).passed
    # Of texts every cell is counted, so that it stops nowhere else; of numbers only those looked at.
    if column == "machine":
        assert not ps.gate(whole.slice(0, min(rows + chunk, END))).passed


def cells(*parts: list) -> pa.ChunkedArray:
    return pa.chunked_array(parts)


def test_a_counter_is_looked_at_when_it_breaks_off_doubles_or_has_a_digit_more():
    def strange(*streams: range | list) -> list[int]:
        ranges = Ranges()
        return [len(ranges.strange("id", cells(list(stream)))) for stream in streams]

    first = 20_000_000
    on = [range(first + i * 10, first + i * 10 + 10) for i in range(3)]
    assert strange(*on) == [10, 0, 0]
    assert strange(on[0], on[2]) == [10, 10]
    assert strange(on[0], [*on[1][:5], 1, *on[1][6:]]) == [10, 10]
    assert strange(on[0], range(first + 10, first + 30, 2)) == [10, 10]
    assert strange(range(9_999_980, 9_999_990), range(9_999_990, 10_000_000)) == [10, 0]
    assert strange(range(9_999_990, 10_000_000), range(10_000_000, 10_000_010)) == [10, 10]
    ten, step = 10**7, 10**6
    assert strange(range(ten, 2 * ten, step), range(2 * ten, 9 * ten, step)) == [10, 70]


def test_joined_chunks_count_on_and_torn_ones_do_not():
    ranges, far = Ranges(), 20_000_000
    ranges.strange("id", cells([far, far + 1], [far + 2]))
    assert not len(ranges.strange("id", cells([far + 3], [far + 4, far + 5])))
    # Ends where it should, but is no counter in between.
    torn = cells([far + 6, far + 8], [far + 7, far + 9])
    assert len(ranges.strange("id", torn)) == 4


def test_only_numbers_outside_of_the_range_are_strange():
    ranges = Ranges()
    inside = cells([1.5, 20.25, 29.5])
    assert len(ranges.strange("x", inside)) == 3
    assert not len(ranges.strange("x", inside))
    assert ranges.strange("x", cells([5.5, 31.5, -2.5])).to_pylist() == [31.5, -2.5]
    assert not len(ranges.strange("x", cells([31.5, -2.5, None])))
    assert len(ranges.strange("x", cells([float("inf"), 2.0]))) == 2
    assert len(ranges.strange("x", cells([4_000_000.0, 2.0]))) == 2


def test_fractions_are_told_apart_by_tens_and_their_bounds_are_known_all_the_same():
    ranges = Ranges()
    assert len(ranges.strange("x", cells([12.5, 41.25]))) == 2
    assert not len(ranges.strange("x", cells([17.5, 48.75])))
    assert ranges.facts("x") == Facts(low=12.0, high=49.0)
    # A degree past 90 is a longitude; less than 1 is none; whole numbers may be anything.
    assert ranges.strange("x", cells([50.5, -0.5, 91.5])).to_pylist() == [50.5, -0.5, 91.5]
    assert len(ranges.strange("n", cells([12, 41]))) == 2
    assert ranges.strange("n", cells([17, 48])).to_pylist() == [48]


def test_bounds_of_numbers_that_were_passed_over_are_those_of_all():
    whole = pl.DataFrame({"x": [12.5, 41.25, 30.0, 17.5, 48.75, 44.0]})
    part, one_look = Part("memory", "t", "t"), plan([pl.DataFrame({"x": ["a"]})])
    found = []
    for size in (6, 3):
        stream = Stream(one_look, "t")
        for batch in whole.to_arrow().to_batches(size):
            stream.take([batch], {"x"})
        found.append(stream.evidence(last=True).datasets[part.dataset].columns["x"])
    assert [(one.facts.low, one.facts.high) for one in found] == [(12.0, 49.0)] * 2
    assert [one.facts.numbers for one in found] == [6, 3]


@pytest.mark.parametrize("module", ["against", "rows", "protection"])
def test_every_bound_of_years_in_a_judgement_renews_it(module):
    asked = importlib.import_module(f"privscan.assess.{module}")
    for year in asked._YEARS:
        within, beyond = (reach(Facts(low=y, high=y)) for y in (year, year + 1))
        before = reach(Facts(low=year - 1, high=year - 1))
        assert before[0] < within[0] == beyond[0]
        assert before[1] == within[1] < beyond[1]
    assert reach(Facts(low=0, high=120)) != reach(Facts(low=-1, high=120))
    assert reach(Facts(low=0, high=120)) != reach(Facts(low=0, high=121))
    assert reach(Facts(low=20, high=41)) == reach(Facts(low=18, high=52))


def test_a_judgement_is_renewed_when_a_share_of_hits_rises_not_when_rows_come():
    part, one_look = Part("memory", "t", "t"), plan([pl.DataFrame({"x": ["a"]})])
    known, texts = Known("note"), ["press", EMAILS[0]]
    known.takes(each(counted(pl.Series(texts * 2_000))))
    look_at_new([known], part, one_look, Samples(one_look.seed))
    assert known.evidence(part, one_look, Samples(one_look.seed)).columns["note"].tallies
    first = known.gist()
    known.counts_out(cells(texts * 20_000))
    assert known.gist() == first
    known.counts_out(cells(texts[:1] * 20_000))
    assert known.gist() == first
    known.counts_out(cells(texts[1:] * 200_000))
    assert known.gist() != first


def test_few_hits_renew_a_judgement_when_they_double():
    part, one_look = Part("memory", "t", "t"), plan([pl.DataFrame({"x": ["a"]})])
    known, texts = Known("note"), ["press", EMAILS[0]]
    known.takes(each(counted(pl.Series(texts * 100))))
    look_at_new([known], part, one_look, Samples(one_look.seed))
    first = known.gist()
    known.counts_out(cells(texts * 200))
    assert known.gist() != first


def test_texts_in_views_are_known_as_well_and_new_ones_stop_the_stream():
    texts = ["press", "a text of many bytes", None, "drill"] * 300
    whole = pa.table({"note": pa.array(texts).cast(pa.string_view())})
    part, one_look = Part("memory", "t", "t"), plan([pl.DataFrame({"x": ["a"]})])
    stream = Stream(one_look, "t")
    for batch in whole.to_batches(400):
        stream.take([batch])
    left = stream._left(
        "note", pa.chunked_array([pa.array(["drill", "new"], pa.string_view())]), ()
    )
    assert left.to_pylist() == ["new"]
    column = stream.evidence(last=True).datasets[part.dataset].columns["note"]
    assert (column.rows, column.nulls) == (1_201, 300)
    more = pl.DataFrame({"note": [*texts, *EMAILS]}).to_arrow(compat_level=pl.CompatLevel.newest())
    assert more.schema.types == [pa.string_view()]
    guard = ps.guard(iter(more.to_batches(400)), chunk_rows=400, max_score=10)
    passed = []
    with pytest.raises(ps.PolicyViolationError):
        passed += (len(batch) for batch in guard)
    assert sum(passed) == len(texts)
    assert not ps.gate(more, max_score=10).passed


def test_known_texts_are_counted_and_new_ones_given_back():
    known = Known("x")
    assert len(known.counts_out(cells(["a", "b"]))) == 2
    assert known.takes(each(counted(pl.Series(["a", "b", "a"]))))
    left = known.counts_out(cells(["a", None, "c"], ["b", "c\0"]))
    assert left.to_pylist() == ["c", "c\0"]
    assert known._counts.sum() == 5


def test_sums_of_chunks_are_those_of_the_whole():
    whole = pa.table(table())
    _, guard = given(whole, ROWS // 2, ROWS)
    column = next(c for d in guard.report.datasets for c in d.columns if c.path == "machine")
    same = next(c for d in ps.scan(whole).datasets for c in d.columns if c.path == "machine")
    assert column.entities == same.entities == ()
    assert (column.rows, column.nulls) == (same.rows, same.nulls)
    assert guard.report.datasets[0].rows == END


LOOKS = {
    "plain": (["press", "lathe"], ["drill"]),
    "hits before, after and in both": (["press", EMAILS[0]], ["saw", EMAILS[1], str(CARDS[0])]),
    "hits after": (["press"], [EMAILS[0]]),
    "cells that are one in canonical text": (["press", EMAILS[0]], ["press ", f"{EMAILS[0]} "]),
    "missing cells": (["", EMAILS[0]], ["-", "N/A", EMAILS[2]]),
}


@pytest.mark.parametrize("parts", LOOKS.values(), ids=LOOKS)
def test_looks_at_new_cells_alone_find_what_one_look_at_all_finds(parts):
    part, one_look = Part("memory", "t", "t"), plan([pl.DataFrame({"x": ["a"]})])
    found = []
    for split in (parts, [[cell for some in parts for cell in some]]):
        known, samples = Known("note"), Samples(one_look.seed)
        for some in split:
            assert known.takes(each(counted(pl.Series(some * 3))))
            look_at_new([known], part, one_look, samples)
            assert known.new() is None
        found.append(known.evidence(part, one_look, samples, last=True).columns["note"])
    assert found[0].tallies == found[1].tallies
    assert found[0].facts == found[1].facts
    assert (found[0].rows, found[0].nulls) == (found[1].rows, found[1].nulls)
    assert found[0].examples == found[1].examples


def test_of_a_long_counter_runs_from_its_first_to_its_last_are_looked_at():
    far, rows = 20_000_000, 50_000
    ranges = Ranges()
    first, second = range(far, far + rows // 2), range(far + rows // 2, far + rows)
    looked = ranges.strange("id", cells(list(first)[:15_000], list(first)[15_000:])).to_pylist()
    assert len(looked) == RUNS * RUN
    assert (looked[0], looked[-1]) == (first[0], first[-1])
    assert all(b - a == 1 for at, (a, b) in enumerate(pairwise(looked), 1) if at % RUN)
    assert not len(ranges.strange("id", cells(list(second))))
    # Two rows that changed places make it no counter: all are looked at.
    torn = [*range(far + rows + 1, far + rows - 1, -1), *range(far + rows + 2, far + rows + 9_000)]
    assert len(ranges.strange("id", cells(torn))) == len(torn)


@pytest.mark.parametrize(
    ("column", "values"),
    [("machine", [str(card) for card in CARDS]), ("rpm", CARDS), ("reading_id", CARDS)],
)
def test_what_comes_after_the_first_rows_of_a_large_first_chunk_is_looked_at(column, values):
    rows = 12_000
    random = np.random.default_rng(5)
    large = {
        "reading_id": list(range(rows)),
        "rpm": random.integers(0, 5_000, rows).tolist(),
        "machine": random.choice(["press", "drill"], rows).tolist(),
    }
    large[column][HEAD + 100 :] = (values * rows)[: rows - HEAD - 100]
    assert not ps.gate(pa.table(large)).passed
    passed, guard = given(pa.table(large), 1_000, rows)
    assert passed == 0
    assert not guard.verdict.passed
