"""Days and years by decade, with as many cells that are neither."""

# ruff: noqa: RUF001  full width is what is meant

from __future__ import annotations

import polars as pl
import pytest

from privscan.detectors import dates
from privscan.model.data import Column
from privscan.model.kinds import Kind


def found(*cells):
    """The detector strings of each cell."""
    column = Column("x", Kind.TEXT, pl.Series("x", cells, pl.String))
    hits = list(dates.find(column))
    return [[h.detector for h in hits if h.mask[i]] for i in range(len(cells))]


@pytest.mark.parametrize(
    "day",
    ["1984-02-29", "29.02.1984", "2/29/1984", "1984/2/29", "19840229", "1984年2月29日", "昭和59年2月29日",
     "S59.2.29", "平成元年1月8日", "昭和５５年３月１日", "29 February 1984", "Feb 29, 1984", "1984-02-29T00:00:00Z",
     "1/1/1985 12:00:00 AM", "19850101000000", "１９８５年３月１２日", "1985년 3월 12일", "1985. 3. 12.", "12-MAR-85",
     "12 mars 1985", "12. März 1985", "12 de mayo de 1985", "1er août 1985", "1 Gennaio 1985", "12 maart 1985",
     "3 de setembro de 1985", "lunedì 3 marzo 1986", "Monday, March 12th, 1985", "昭和五十九年二月二十九日"],
)  # fmt: skip
def test_days_of_the_eighties(day):
    assert found(day) == [["dates/1980s"]]


@pytest.mark.parametrize(
    ("day", "seen"),
    [
        ("2024-11-23", "dates/2020s"),
        ("令和5年1月2日", "dates/2020s"),
        ("令和元年5月1日", "dates/2010s"),
        ("昭和五十年三月十二日", "dates/1970s"),
        ("T12.1.2", "dates/1920s"),
        ("M40-01-02", "dates/1900s"),
        ("1850-01-01", "dates/other"),
        ("9999-12-31", "dates/other"),
        ("2031-12-31", "dates/2030s"),
        ("31/12/85", "short/1980s"),
        ("12/31/07", "short/2000s"),
        ("05.03.85", "short/1980s"),
        ("1985-03-12 13:45:00", "timed/1980s"),
        ("1/1/1985 11:00:00 PM", "timed/1980s"),
        ("20240131123000", "timed/2020s"),
        ("12. Dezember 2001, 14:00", "timed/2000s"),
        ("1984", "years/1980s"),
        ("2025", "years/2020s"),
        ("２０２４", "years/2020s"),
        ("１９８４", "years/1980s"),
    ],
)
def test_the_decade_and_the_manner_of_writing(day, seen):
    assert found(day) == [[seen]]


@pytest.mark.parametrize(
    "cell",
    ["12345678", "1899", "2026", "0042", "1984-02", "1.9.84.2", "part 1984-02-29", "19841329", "abc", "", "99/99",
     "S5-123", "1984-02-29-17", "3 items 1984 each", "2019-13-01", "32.01.1990", "Item 12, 1984", "12 Monkeys 1995",
     "May 5", "March 12", "123 Main St 1984", "平成31", "10.12.15.1", "192.168.1.1", "7.12.55", "1.2.85", "1.2.3", "S59", "昭和通り1-2-3",
     "1,984", "１２３４", "２０２", "昭和通り", "２０２４０", "三月年日", "12:30:00", "1985-3", "0.1984", "+1984", "三月十二日"],
)  # fmt: skip
def test_what_is_no_day(cell):
    assert found(cell) == [[]]


def test_years_of_birth_score_above_others():
    column = Column("x", Kind.TEXT, pl.Series("x", ["1984-02-29", "2024-11-23"]))
    scores = {h.detector: h.score for h in dates.find(column)}
    assert scores == {"dates/1980s": dates.SCORE, "dates/2020s": dates.OTHER}


def test_a_cell_says_the_same_in_any_company():
    cells = [
        "1984-02-29",
        "S59.2.29",
        None,
        "1984",
        "昭和５５年３月１日",
        "31/12/85",
        "x",
        "19850101",
        "12 mars 1985",
    ]
    assert found(*cells) == [found(cell)[0] for cell in cells]
