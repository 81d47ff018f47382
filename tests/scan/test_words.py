"""Texts are found where they stand among known ones, and nowhere else."""

from __future__ import annotations

import random

import polars as pl
import pyarrow as pa
import pytest

from privscan.scan.words import SHORT, Words

ALPHABETS = ["ab", "abc\0", "aé字\U0001f600", "0123456789"]


@pytest.mark.parametrize("kind", [pa.string(), pa.large_string()], ids=str)
@pytest.mark.parametrize("letters", ALPHABETS, ids=ascii)
@pytest.mark.parametrize("longest", [3, SHORT, 20])
def test_every_cell_has_the_place_of_the_text_that_it_is(kind, letters, longest):
    draw = random.Random(longest)
    texts = ["".join(draw.choices(letters, k=draw.randint(0, longest))) for _ in range(6_000)]
    known = list(dict.fromkeys(texts[:3_000]))
    place = {text: at for at, text in enumerate(known)}
    words = Words(pl.Series(known))
    for first, size in ((0, 6_000), (2_990, 20), (5_999, 1), (7, 0)):
        cells = pa.array(texts, kind).slice(first, size)
        assert words.places(cells).tolist() == [place.get(c, -1) for c in cells.to_pylist()]


def test_a_text_and_the_same_with_a_nul_are_two():
    words = Words(pl.Series(["a", "b\0", ""]))
    assert words.places(pa.array(["a", "b", "", "a"])).tolist() == [0, -1, 2, 0]
    assert words.places(pa.array(["a\0", "b\0", "\0", "b"])).tolist() == [-1, 1, -1, -1]


def test_without_short_texts_all_are_compared_in_full():
    words = Words(pl.Series(["a" * 13, "b\0"]))
    assert words.places(pa.array(["a" * 12, "a" * 13, "b", ""])).tolist() == [-1, 0, -1, -1]


def test_texts_at_the_end_of_their_buffer_are_read_no_further():
    text = b"abcpressx"
    bounds = pa.array([3, 8, 9], pa.int32()).buffers()[1]
    cells = pa.StringArray.from_buffers(2, bounds, pa.py_buffer(text))
    words = Words(pl.Series(["x", "press", "pressx"]))
    assert cells.to_pylist() == ["press", "x"]
    assert words.places(cells).tolist() == [1, 0]
    tail = pa.StringArray.from_buffers(
        1, pa.array([8, 9], pa.int32()).buffers()[1], pa.py_buffer(text)
    )
    assert words.places(tail).tolist() == [0]
