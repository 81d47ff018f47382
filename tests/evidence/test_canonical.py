"""One value, one text, whichever program wrote the CSV; other text is left alone."""

from __future__ import annotations

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from privscan.evidence.canonical import canonical


def text(cell):
    return canonical(pl.Series("c", [cell, "other"]))[0]


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("2024-01-31T12:00:01.000000", "2024-01-31 12:00:01"),
        ("2024-01-31 12:00:01.500000", "2024-01-31 12:00:01.5"),
        ("2024-01-31 12:00:01Z", "2024-01-31 12:00:01"),
        ("2024-01-31 12:00:01+09:00", "2024-01-31 12:00:01"),
        ("2024-01-31T12:00:01.25+0000", "2024-01-31 12:00:01.25"),
        ("2024-01-31 00:00:00", "2024-01-31"),
        ("2024-01-31T00:00:00.000", "2024-01-31"),
        ("12:30:00.000000", "12:30:00"),
        ("3.0", "3"),
        ("-12.000", "-12"),
        ("True", "true"),
        ("FALSE", "false"),
        ("", None),
    ],
)
def test_what_a_writer_adds_goes(written, read):
    assert text(written) == read


@pytest.mark.parametrize(
    "cell",
    ["2024-01-31", "2024-01-31 12:00", "at 2024-01-31 12:00:01.0", "1.50", "1.0.0", "v3.0", "3.",
     ".0", "00:00:00", "Truelove", "true story", " 3.0", "03-3210-7026", "山田 3.0", "2024-01-31T12:00:01.0 x"],
)  # fmt: skip
def test_other_text_stays(cell):
    assert text(cell) == cell


@given(st.lists(st.one_of(st.none(), st.text(max_size=8), st.floats().map(str), st.datetimes().map(str))))  # fmt: skip
def test_it_is_the_same_twice_and_in_any_company(cells):
    series = pl.Series("c", cells, pl.String)
    once = canonical(series)
    assert canonical(once).to_list() == once.to_list()
    alone = [canonical(pl.Series("c", [cell], pl.String))[0] for cell in cells]
    assert once.to_list() == alone


def test_bytes_are_left_alone():
    cells = pl.Series("c", [b"3.0", b""], pl.Binary)
    assert canonical(cells) is cells
