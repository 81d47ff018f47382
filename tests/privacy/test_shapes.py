"""Examples are shapes: nothing of a value but its length, its case and its common separators."""

from __future__ import annotations

import polars as pl
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import privscan as ps
from privscan.evidence.column import EXAMPLE_CHARS, EXAMPLES, observe
from privscan.evidence.distinct import counted, distinct
from privscan.model.kinds import Kind

PLACEHOLDERS = {"x", "X", "9"}
SEPARATORS = {*" .,:;/@+-_()#'\"&%"}
"""What may stand in a shape beside placeholders: common, and so no news of a person."""


def shapes(*values):
    seen = distinct(counted(pl.Series("v", values, pl.String)))
    return [shape for _, shape in observe("v", Kind.TEXT, seen, [], 1).examples]


@given(st.text(min_size=1, max_size=80))
@example("Zoë Ångström ǅ ʰ ª ①Ⅷ½٣४")
@example("山田 太郎、カタカナ。한국어")
@example("x\u0301e\u0300")
@example("𝒜𝟙𐐷🄰ⓐ")
@example("\ud7ff\ue000\U0010ffff\u0000\u200b\u202e")
def test_no_letter_or_digit_is_left(text):
    for shape in shapes(text):
        left = {c for c in shape if c.isalnum()}
        assert left <= PLACEHOLDERS
        assert all(c.isprintable() or c.isspace() for c in shape)


@given(st.text(min_size=1, max_size=200))
def test_a_shape_is_short_and_no_longer_than_its_value(text):
    for shape in shapes(text):
        assert len(shape) <= min(EXAMPLE_CHARS, len(text))


@given(st.lists(st.text(min_size=1, max_size=8), min_size=1, max_size=30))
def test_there_are_few(values):
    assert len(shapes(*values)) <= EXAMPLES


@given(
    st.text(st.characters(categories=["Lu"]), min_size=1, max_size=12),
    st.text(st.characters(categories=["Ll"]), min_size=1, max_size=12),
)
def test_equal_lengths_and_cases_give_equal_shapes(upper, lower):
    assert shapes(upper + lower) == ["X" * len(upper) + "x" * len(lower)]


@given(st.text(min_size=1, max_size=40))
@example("#!$%&*?^~")
@example("👍🏿 👩🏽")
@example("†☪✡₿№℞")
@example("¿¡«»‰§¶•…")
@example("÷≠∞€¥£")
@example("。、「」・ー〒")
def test_only_common_separators_are_kept(text):
    """A rare sign, a skin tone or a password of signs alone would tell what the value is."""
    for shape in shapes(text):
        assert {*shape} <= PLACEHOLDERS | SEPARATORS, ascii(shape)


@pytest.mark.parametrize("value", ["#%&/()", "+-+-+-", "((()))", "----...-"])
def test_a_value_of_separators_alone_is_not_shown_as_it_is(value):
    assert value not in shapes(value)


@pytest.mark.parametrize(
    ("value", "shape"),
    [
        ("Anna Okafor", "Xxxx Xxxxxx"),
        ("anna.o@example.com", "xxxx.x@xxxxxxx.xxx"),
        ("+81 90-0000-1234", "+99 99-9999-9999"),
        ("2025-03-01", "9999-99-99"),
        ("山田太郎", "xxxx"),
    ],
)
def test_common_values_keep_a_shape_that_people_recognise(value, shape):
    assert shapes(value) == [shape]


def test_a_report_shows_these_shapes_and_no_others():
    frame = pl.DataFrame({"email": [f"anna{i}@example.com" for i in range(9)]})
    [column] = ps.scan(frame).datasets[0].columns
    assert {*column.examples} == {"xxxx9@xxxxxxx.xxx"}
