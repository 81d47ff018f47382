"""Records that look alike: k is kept whatever the data are, and ranges say what they hold."""

from __future__ import annotations

import csv
import datetime as dt
from collections import Counter
from pathlib import Path

import numpy as np
import polars as pl
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import privscan as ps
from privscan.errors import UsageError
from privscan.protect.anonymise import Fitting
from privscan.protect.apply import carried_out
from privscan.protect.files import tasks
from privscan.protect.mondrian import Records, classes
from privscan.protect.scales import scale
from privscan.protect.treating import parsed

ROWS = st.lists(
    st.tuples(
        st.none() | st.integers(-5, 99), st.sampled_from(["a", "b", "c", None]), st.integers(0, 4)
    ),
    min_size=1,
    max_size=80,
)


@given(rows=ROWS, k=st.integers(2, 9))
@settings(max_examples=40)
def test_every_record_is_in_a_class_of_k_and_no_row_is_lost(rows, k):
    batch = pa.record_batch(
        {"age": [r[0] for r in rows], "sex": [r[1] for r in rows], "z": [r[2] for r in rows]}
    )
    fitting = Fitting(("age", "sex"), k)
    fitting.add(batch)
    made = pl.DataFrame(dict(fitting.done()(batch)))
    assert made.height == len(rows)
    sizes = made.group_by("age", "sex").len()["len"]
    assert sizes.min() >= min(k, len(rows))
    for (age, _, _), said in zip(rows, made["age"].to_list(), strict=True):
        if age is not None and said and said[0].isdigit():
            low, _, high = said.partition("-")
            assert int(low) <= age <= int(high or low)


@given(rows=ROWS, k=st.integers(2, 5))
@settings(max_examples=30)
def test_where_persons_are_counted_each_class_has_k_of_them(rows, k):
    batch = pa.record_batch({"age": [r[0] for r in rows], "who": [r[2] for r in rows]})
    fitting = Fitting(("age",), k, "who")
    fitting.add(batch)
    made = pl.DataFrame({"age": fitting.done()(batch)["age"], "who": [r[2] for r in rows]})
    persons = made.group_by("age").agg(pl.col("who").n_unique())["who"]
    assert persons.min() >= min(k, len({r[2] for r in rows}))


def test_the_exact_measure_agrees_on_files(tmp_path: Path):
    chance = np.random.default_rng(5)
    n = 3_000
    table = pl.DataFrame(
        {
            "age": chance.integers(18, 90, n),
            "zip_code": [f"{z:05}" for z in chance.integers(1000, 1900, n)],
            "born": [
                dt.date(1950, 1, 1) + dt.timedelta(days=int(d)) for d in chance.integers(0, 9000, n)
            ],
            "pay": chance.integers(0, 9, n),
        }
    )
    table.write_parquet(tmp_path / "a.parquet", row_group_size=700)
    chosen = [parsed(f"{c}=anonymise:k=7") for c in ("age", "zip_code", "born")]
    carried_out(tasks(tmp_path / "a.parquet"), chosen, None, tmp_path / "b.parquet")
    [before] = ps.reidentify(tmp_path / "a.parquet", quasi=["age", "zip_code", "born"])
    [after] = ps.reidentify(
        tmp_path / "b.parquet", quasi=["age", "zip_code", "born"], nulls="strict"
    )
    assert (before.k, before.unique_records) == (1, 3000)
    assert after.k >= 7
    assert after.classes > n / 7 / 3
    assert pl.read_parquet(tmp_path / "b.parquet")["pay"].equals(table["pay"])


BUYERS = Path(__file__).parents[3] / "shared/data/columns_dev/tables/aw_ProspectiveBuyer.csv"


@pytest.mark.skipif(not BUYERS.exists(), reason="the public table is not on this machine")
@pytest.mark.parametrize("k", [5, 20])
def test_classes_counted_line_by_line_in_what_was_written_have_k_rows(tmp_path, k):
    columns = (6, 7, 8, 21)
    chosen = [parsed(f"column_{c}=anonymise:k={k}") for c in columns]
    carried_out(tasks(BUYERS), chosen, None, tmp_path / "b.csv")
    counted = []
    for file in (BUYERS, tmp_path / "b.csv"):
        with file.open(encoding="utf-8", errors="replace", newline="") as lines:
            rows = list(csv.reader(lines, delimiter="|"))
        counted.append(Counter(tuple(row[c - 1] for c in columns) for row in rows))
    before, after = counted
    assert before.total() == after.total()
    assert min(before.values()) == 1
    assert min(after.values()) >= k
    # Full-domain generalisation leaves 36 and 32 classes of these (bench/anonymise.py).
    assert len(after) > {5: 150, 20: 40}[k]


def test_narrow_classes_are_cut_where_records_lie():
    codes = np.array([[0.0], [1.0], [50.0], [51.0]])
    found = sorted(
        sorted(rows.tolist()) for rows in classes(Records(codes, np.array([2, 2, 2, 2])), 4)
    )
    assert found == [[0, 1], [2, 3]]
    assert list(classes(Records(codes, np.array([1, 1, 1, 0])), 4)) == []


@pytest.mark.parametrize(
    ("cells", "wanted"),
    [
        (["3", "7", "5"], "3-7"),
        (["3", "3"], "3"),
        (["-4", "2.5"], "[-4, 2.5]"),
        (["1000000000.05", "1000000000.15"], "1000000000.05-1000000000.15"),
        (["123456789012345.123456789", "7"], "7-123456789012345.123456789"),
        (["9223372036854775806", "9223372036854775807"], "9223372036854775806-9223372036854775807"),
        (["-9223372036854775808", "0"], "[-9223372036854775808, 0]"),
        (["1234567890123456", None], "*"),
        (["1984-05-03", "1984-05-30"], "1984-05"),
        (["1984-05-03", "1984-09-30"], "1984"),
        (["1984-05-03", "1989-01-01"], "1984-1989"),
        (["01234", "01299"], "012"),
        (["SW1A 1AA", "SW1A 2BB"], "SW1A"),
        (["red", "blue"], "blue|red"),
        (["a", "b", "c", "d", "e"], "*"),
        (["x", None], "*"),
    ],
)
def test_a_class_is_named_by_what_it_spans(cells, wanted):
    one = scale(pl.Series(cells, dtype=pl.String))
    assert one.label(one.codes) == wanted


def test_where_all_cells_are_missing_nothing_is_said():
    one = scale(pl.Series(["x", None, None]))
    assert one.label(one.codes[1:]) is None
    assert one.penalty(one.codes[1:]) == 0.0
    assert one.penalty(one.codes) == 1.0


def test_wrong_orders_are_said(tmp_path):
    (tmp_path / "a.csv").write_text("a,b\n1,2\n3,4\n")
    (tmp_path / "a.jsonl").write_text('{"a": 1, "b": 2}\n')
    for name, specs, said in (
        ("a.csv", ["a=anonymise:k=2", "b=anonymise:k=3"], "one k"),
        ("a.csv", ["a=anonymise:k=1"], "whole number from 2"),
        ("a.csv", ["a=anonymise:by=none"], "no column of the table"),
        ("a.jsonl", ["a=anonymise:k=2"], "not made anonymous together"),
    ):
        with pytest.raises(UsageError, match=said):
            carried_out(tasks(tmp_path / name), [parsed(s) for s in specs], None, tmp_path / "out")
        (tmp_path / "out").unlink(missing_ok=True)
