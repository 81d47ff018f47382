"""Every span in `finditer`'s order, whoever found it; what takes too long is given up."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest
import regex
from hypothesis import given, settings
from hypothesis import strategies as st

from privscan.recognition.budget import Budget
from privscan.recognition.cells import Candidates, Cells, candidates, parted
from privscan.recognition.matches import matches
from privscan.recognition.recognizer import Pattern

PATTERNS = [
    r"\b\d{2,3}\b",
    r"(?<![0-9])\d\d(?![0-9])",
    r"(?:^|(?<=\W))(ab|a)(?:(?=\W)|$)",
    r"a+?b?",
    r"\b(?!12)\d{2}",
    r"[a-z0-9]{1,253}\.a",
    r"(a)-\1",
    r"\w+@\w+",
    r"(?<=\s)b|a1",
    r"a[^a]{22,}b",
    r"[_a]b",
]


ALPHABET = "ab12-@. _\n\x02\x03é東١ıſKi"  # noqa: RUF001  digits and letters that are not what they seem


def spans(pattern, texts):
    """By row what is found, row after row, as the engine goes about it."""
    one = Pattern("p", pattern, 0.5, 2 | 8 | 16)
    found = set()
    for cells in parted(pl.Series(texts, dtype=pl.String)):
        if not cells.fit(one.form):
            cells = Cells(cells.texts, cells.texts, cells.rows, ascii=False)  # noqa: PLW2901  as `results` does
        for some in candidates(cells, [one]):
            seen = matches(some, cells, Budget())
            found |= {(int(cells.rows[r]), int(s), int(e)) for r, s, e in zip(*seen, strict=True)}
    return found


def theirs(pattern, texts):
    own = regex.compile(pattern, 2 | 8 | 16)
    return {
        (i, *m.span()) for i, t in enumerate(texts) for m in own.finditer(t) if m.end() > m.start()
    }


@settings(max_examples=250, deadline=None)
@given(
    st.sampled_from(PATTERNS[:-1]),
    st.lists(st.text(ALPHABET, min_size=1, max_size=14), min_size=1, max_size=90),
)
def test_all_spans_of_all_cells(pattern, texts):
    assert spans(pattern, texts) == theirs(pattern, texts)


@pytest.mark.parametrize("filling", [True, False])
@pytest.mark.parametrize("pattern", PATTERNS[:-1])
def test_a_wrong_guess_about_the_column_changes_nothing(pattern, filling):
    texts = [
        "12",
        "12 345 6",
        "ab",
        "a-a b",
        "x ab,a",
        "ab.a",
        "q1.a1.a",
        "u@v w@x",
        "12\x0234",
        " b",
    ]
    [cells] = parted(pl.Series(texts))
    one = Pattern("p", pattern, 0.5, 2 | 8 | 16)
    some = Candidates(one, np.arange(len(texts)), sought=False, filling=filling)
    seen = matches(some, cells, Budget())
    assert {tuple(map(int, span)) for span in zip(*seen, strict=True)} == theirs(pattern, texts)


def test_a_repeat_left_open_is_looked_at_where_a_cell_is_longer():
    texts = ["a" * 300 + ".a", "a" * 100 + ".a", "b" * 254 + ".a " + "a" * 253 + ".a"]
    assert spans(PATTERNS[5], texts) == theirs(PATTERNS[5], texts)


def test_a_pattern_that_backtracks_without_end_gives_its_cell_up_and_no_other():
    own = Pattern("p", r"(a|aa)+(?=b)c|x", 0.5, 0)
    [cells] = parted(pl.Series(["a" * 60 + "c", "x"]))
    budget = Budget(each=0.05)
    hostile = Candidates(own, np.arange(2), sought=False, filling=False)
    seen = matches(hostile, cells, budget)
    assert [s.tolist() for s in seen] == [[1], [0], [1]]
    assert budget.given_up == {0}


def test_when_too_much_time_is_lost_no_further_cell_is_asked():
    own = Pattern("p", r"(a|aa)+(?=b)c", 0.5, 0)
    [cells] = parted(pl.Series(["a" * 60 + "c"] * 50))
    budget = Budget(each=0.05, lost=0.1)
    assert not len(matches(Candidates(own, np.arange(50), False, False), cells, budget).row)  # noqa: FBT003  a tuple's fields
    assert budget.given_up == set(range(50))
    assert budget.lost > -1
