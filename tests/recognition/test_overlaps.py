"""Which results stay, as Presidio's `remove_duplicates` decides."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from privscan.recognition import overlaps
from privscan.recognition.overlaps import uncontained
from privscan.rulebook._presidio import presidio

RESULT = st.tuples(
    st.integers(0, 3),
    st.integers(0, 2),
    st.integers(0, 8),
    st.integers(1, 6),
    st.sampled_from([0.0, 0.05, 0.4, 0.5, 1.0]),
)


def kept(results):
    row, entity, start, length, score = (np.array(c) for c in zip(*results, strict=True))
    end = start + length
    at = uncontained(row, entity, start, end, score.astype(float))
    return sorted(zip(row[at], entity[at], start[at], end[at], score[at], strict=True))


def presidios(results):
    made = presidio().RecognizerResult
    found = []
    for cell in {row for row, *_ in results}:
        mine = [made(f"E{e}", s, s + n, score) for row, e, s, n, score in results if row == cell]
        left = presidio().EntityRecognizer.remove_duplicates(mine)
        found += [(cell, int(r.entity_type[1:]), r.start, r.end, r.score) for r in left]
    return sorted(found)


@settings(deadline=None)
@given(st.lists(RESULT, min_size=1, max_size=30))
def test_the_same_results_stay(results):
    assert kept(results) == presidios(results)


def test_so_they_do_where_whole_numbers_would_not_hold_the_order(monkeypatch):
    monkeypatch.setattr(overlaps, "MOST", 1)
    results = [(0, 0, 0, 9, 0.5), (0, 0, 2, 3, 0.5), (0, 0, 2, 3, 0.9), (1, 0, 2, 3, 0.5)]
    assert kept(results) == presidios(results)


def test_of_equal_results_the_first_given_stays():
    same = np.zeros(3, np.int64)
    assert uncontained(same, same, same, same + 4, np.full(3, 0.5)).tolist() == [0]


def test_nothing_stays_of_nothing():
    empty = np.empty(0, np.int64)
    assert uncontained(empty, empty, empty, empty, np.empty(0)).tolist() == []
