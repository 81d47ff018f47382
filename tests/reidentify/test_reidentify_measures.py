"""The exact measures against brute force, on random tables with and without missing cells."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from tables import QUASI, least_uniques, measured, records, rows, sensitive

import privscan as ps

few = settings(max_examples=40, deadline=None)


@few
@given(rows)
@pytest.mark.parametrize("nulls", ["wildcard", "strict"])
@pytest.mark.parametrize("key", ["", "who"])
def test_class_sizes_are_those_of_brute_force(nulls, key, table):
    answer = measured(table, nulls=nulls, subject_key=key, special_size=0)
    true = records(table, wildcard=nulls == "wildcard", subjects=bool(key))
    assert answer.class_sizes == tuple(sorted(true.items()))
    assert answer.k == min(true)
    assert answer.unique_records == true[1]
    assert answer.records == sum(true.values())
    assert answer.rows == len(table)


@few
@given(rows)
def test_diversity_and_closeness_are_those_of_pycanon(table):
    answer = measured(table, nulls="strict", sensitive=["num", "cat"])
    for found, place, ordered in zip(answer.sensitive, (3, 4), (True, False), strict=True):
        true = sensitive(table, place, ordered=ordered)
        assert found.ordered is ordered
        assert found.diversity == true["diversity"]
        assert found.entropy_diversity == pytest.approx(true["entropy"])
        assert found.recursive_c_pycanon == true["pycanon"]
        assert found.recursive_c == (true["c"] and pytest.approx(true["c"]))
        assert found.closeness == pytest.approx(true["closeness"], abs=1e-12)
        assert found.alpha == pytest.approx(true["alpha"])
        assert found.beta == pytest.approx(true["beta"], abs=1e-12)
        assert found.delta == pytest.approx(true["delta"], abs=1e-12)


@few
@given(rows)
def test_risks_are_those_of_arx(table):
    answer = measured(table, nulls="strict", least_k=3)
    sizes = [k for k, n in answer.class_sizes for _ in range(n)]
    risks = [1 / k for k in sizes]
    assert answer.prosecutor.highest == max(risks)
    assert answer.prosecutor.mean == pytest.approx(sum(risks) / len(risks))
    assert answer.prosecutor.mean == pytest.approx(answer.classes / answer.records)
    assert answer.prosecutor.at_risk == pytest.approx(sum(r > 1 / 3 for r in risks) / len(risks))
    assert answer.journalist == answer.prosecutor
    assert answer.marketer == answer.prosecutor.mean


@few
@given(rows)
@pytest.mark.parametrize("key", ["", "who"])
def test_special_uniques_are_those_of_brute_force(key, table):
    answer = measured(table, nulls="strict", special_size=2, subject_key=key)
    true = least_uniques(table, 2, subjects=bool(key))
    score = {one: sum({1: 2, 2: 1}[len(s)] for s in sets) for one, sets in true.items()}
    assert answer.special.records == sum(bool(sets) for sets in true.values())
    assert answer.special.keys == tuple(
        sum(len(s) == k for sets in true.values() for s in sets) for k in (1, 2)
    )
    assert answer.special.highest == max(score.values())
    assert answer.special.mean == pytest.approx(sum(score.values()) / answer.records)


@few
@given(rows)
def test_suppressing_a_cell_lowers_no_k_with_wildcards(table):
    before = measured(table).k
    hidden = [(None, *table[0][1:]), *table[1:]]
    assert measured(hidden).k >= before


def test_taken_for_a_value_a_suppressed_cell_lowers_k():
    table = [("u", "v", "x", 0, "p", None)] * 2
    hidden = [(None, *table[0][1:]), table[1]]
    assert (measured(table, nulls="strict").k, measured(hidden, nulls="strict").k) == (2, 1)
    assert measured(hidden).k == 2


def test_rows_of_one_person_are_one_person():
    table = [("u", "v", "x", i, "p", "ann") for i in range(9)]
    assert measured(table, subject_key="who").class_sizes == ((1, 1),)
    assert measured(table).class_sizes == ((9, 9),)
    twice = table * 2
    one, two = measured(table, subject_key="who"), measured(twice, subject_key="who")
    assert (one.k, one.records, one.subjects) == (two.k, two.records, two.subjects)


def test_two_records_of_one_person_do_not_hide_what_singles_the_person_out():
    table = [("u", "v", "x", 0, "p", "ann"), ("u", "w", "x", 0, "p", "ann")]
    others = [("v", "v", "x", 0, "p", who) for who in ("bob", "cy")]
    found = measured(table + others, subject_key="who", special_size=1).special
    assert (found.records, found.keys) == (2, (3,))
    rows_only = measured(table + others, special_size=1).special
    assert (rows_only.records, rows_only.keys) == (1, (1,))


def test_rows_of_nobody_are_of_different_people():
    table = [("u", "v", "x", 0, "p", None)] * 3
    assert measured(table, subject_key="who").k == 3


def test_a_missing_sensitive_cell_is_no_value():
    table = [("u", "v", "x", 0, "p", None), ("u", "v", "x", 0, "q", None)]
    some = [*table, ("u", "v", "x", 0, None, None)]
    assert (
        measured(some, sensitive=["cat"]).sensitive == measured(table, sensitive=["cat"]).sensitive
    )
    none = [(*row[:4], None, None) for row in table]
    [empty] = measured(none, sensitive=["cat"]).sensitive
    assert (empty.diversity, empty.values, empty.recursive_c) == (0, 0, None)


def test_equal_numbers_in_two_writings_are_one_value():
    texts = [("u", "v", "x", 0, number, None) for number in ("1.50", "1.5", "2")]
    [found] = measured(texts, sensitive=["cat"]).sensitive
    assert found.ordered
    assert (found.values, found.diversity) == (2, 2)


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"quasi": ("a", "nn")}, "no column is called 'nn'"),
        ({"quasi": ("a",), "sensitive": ("a",)}, "named twice"),
        ({"sampling_fraction": 0}, "sampling fraction"),
        ({"sampling_fraction": 1.5}, "sampling fraction"),
        ({"least_k": 0}, "least k"),
        ({"nulls": "any"}, "wildcard"),
        ({"quasi": tuple(f"c{i}" for i in range(16))}, "more than 15"),
    ],
)
def test_wrong_questions_are_refused(asked, said):
    with pytest.raises(ps.UsageError, match=said):
        measured([("u", "v", "x", 0, "p", "ann")], **asked)


def test_nothing_to_measure_on_is_said():
    import polars as pl

    with pytest.raises(ps.UsageError, match="no quasi-identifiers"):
        ps.reidentify(pl.DataFrame({"weight of parcel": [1.5, 2.5, 3.5]}))
    empty = measured([])
    assert (empty.rows, empty.k, empty.class_sizes, empty.special) == (0, 0, (), None)
    assert empty.columns == QUASI
