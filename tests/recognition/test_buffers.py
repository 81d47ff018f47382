"""Views of Arrow's buffers say what Python's own string methods say."""

from __future__ import annotations

import re

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from privscan.recognition.checks import buffers
from privscan.recognition.checks.buffers import (
    WHITESPACE,
    by_width,
    digits_only,
    flat,
    lookup,
    upper,
    without,
)

ASCII_TEXTS = st.lists(st.text(st.characters(max_codepoint=127), max_size=30))
EVERY_ASCII = "".join(map(chr, range(128)))


def texts_of(view):
    data = view.data.tobytes()
    return [data[a:b].decode() for a, b in zip(view.offsets[:-1], view.offsets[1:], strict=True)]


@given(texts=ASCII_TEXTS)
def test_flat_holds_every_text(texts):
    view = flat(pl.Series(texts, dtype=pl.String))
    assert view.offsets.dtype == np.int64
    assert view.data.dtype == np.uint8
    assert view.offsets[0] == 0
    assert texts_of(view) == texts


@given(texts=ASCII_TEXTS, cut=st.integers(0, 10))
def test_flat_takes_slices_and_chunks(texts, cut):
    series = pl.Series(texts, dtype=pl.String)
    assert texts_of(flat(series[cut:])) == texts[cut:]
    assert texts_of(flat(series[:cut])) == texts[:cut]
    assert texts_of(flat(series[cut:].append(series[:cut]))) == texts[cut:] + texts[:cut]


def test_flat_does_not_copy_what_arrow_holds():
    view = flat(pl.Series(["a text too long for a view", "b"]))
    assert not view.data.flags.owndata
    assert not view.data.flags.writeable


@given(texts=ASCII_TEXTS)
def test_by_width_groups_every_text_that_is_not_empty(texts):
    found = {}
    for rows, group in by_width(flat(pl.Series(texts, dtype=pl.String)), range(1, 31)):
        assert group.flags.f_contiguous
        for row, text in zip(np.arange(len(texts))[rows], group, strict=True):
            assert len(text) == group.shape[1]
            found[int(row)] = bytes(text).decode()
    assert found == {row: text for row, text in enumerate(texts) if text}


def test_by_width_leaves_other_widths_out():
    view = flat(pl.Series(["a", "bb", "ccc", "dd"]))
    ((rows, group),) = by_width(view, (2, 5))
    assert rows.tolist() == [1, 3]
    assert group.tolist() == [[98, 98], [100, 100]]
    assert list(by_width(view, (4,))) == []
    assert list(by_width(flat(pl.Series(["bb", "cc"])), (3,))) == []


@pytest.mark.parametrize("texts", [["ab"] * 7, ["ab", "c"] * 7])
def test_by_width_comes_in_blocks(texts, monkeypatch):
    monkeypatch.setattr(buffers, "_BLOCK", 3)
    groups = list(by_width(flat(pl.Series(texts)), (2,)))
    assert [len(group) for _, group in groups] == [3, 3, 1]
    rows = [np.arange(len(texts))[rows] for rows, _ in groups]
    assert np.concatenate(rows).tolist() == [i for i, text in enumerate(texts) if text == "ab"]


@given(texts=ASCII_TEXTS, removed=st.text(st.characters(max_codepoint=127), max_size=4))
def test_without_is_a_deleting_translate(texts, removed):
    view = without(flat(pl.Series(texts, dtype=pl.String)), removed.encode())
    assert texts_of(view) == [t.translate(dict.fromkeys(map(ord, removed))) for t in texts]


def test_without_returns_the_same_view_where_nothing_goes():
    view = flat(pl.Series(["1234", "5678"]))
    assert without(view, b"- ") is view


@pytest.mark.parametrize(
    ("texts", "kept"),
    [
        (["12-3", "45-6"], ["123", "456"]),
        (["12-3", "4-56"], ["123", "456"]),
        (["1-", "-", "2-3"], ["1", "", "23"]),
        (["--", "--"], ["", ""]),
        (["", "-1"], ["", "1"]),
    ],
)
def test_without_in_one_layout_and_in_many(texts, kept):
    view = without(flat(pl.Series(texts)), b"-")
    assert texts_of(view) == kept
    assert view.offsets.dtype == np.int64


def test_without_counts_beyond_32_bits_where_it_must(monkeypatch):
    view = flat(pl.Series(["1-2", "--", "3"]))
    narrow = without(view, b"-")
    monkeypatch.setattr(buffers, "_INT32", 0)
    wide = without(view, b"-")
    assert texts_of(narrow) == texts_of(wide) == ["12", "", "3"]


@given(texts=ASCII_TEXTS)
def test_digits_and_upper_case(texts):
    view = flat(pl.Series(texts, dtype=pl.String))
    assert texts_of(digits_only(view)) == [re.sub("[^0-9]", "", text) for text in texts]
    assert texts_of(upper(view)) == [text.upper() for text in texts]


def test_white_space_is_pythons_and_the_regexes():
    assert {*WHITESPACE.decode()} == {char for char in EVERY_ASCII if char.isspace()}
    assert {*WHITESPACE.decode()} == {*re.findall(r"\s", EVERY_ASCII)}


@pytest.mark.parametrize("order", ["C", "F"])
def test_lookup_keeps_shape_and_layout(order):
    codes = np.asarray(np.arange(6, dtype=np.uint8).reshape(2, 3), order=order)
    table = bytes(255 - byte for byte in range(256))
    assert lookup(codes, table).tolist() == [[255, 254, 253], [252, 251, 250]]
    assert lookup(codes[:, 1], table).tolist() == [254, 251]
    assert lookup(codes[:, 1:], table).tolist() == [[254, 253], [251, 250]]
    assert lookup(codes[:, ::-1], table).tolist() == [[253, 254, 255], [250, 251, 252]]
