"""Dates, positions and words of closed vocabularies, with as much that is none of them."""

from __future__ import annotations

import polars as pl
import pytest

from privscan.detectors import coordinates, dates, lexicon
from privscan.model.data import Column
from privscan.model.kinds import Kind


def hits(detector, cells, path="x"):
    return list(detector.find(Column(path, Kind.TEXT, pl.Series(path, cells, pl.String))))


def rows(found, entity):
    return {i for h in found if h.entity == entity for i, yes in enumerate(h.mask) if yes}


@pytest.mark.parametrize(
    "day",
    ["1984-02-29", "29.02.1984", "2/29/1984", "1984/2/29", "19840229", "1984年2月29日", "昭和59年2月29日",
     "S59.2.29", "平成元年1月8日", "昭和５５年３月１日", "29 February 1984", "Feb 29, 1984", "1984-02-29T00:00:00Z"],
)  # fmt: skip
def test_days_in_a_year_of_birth(day):
    [hit] = hits(dates, [day])
    assert (hit.entity, hit.score) == ("dob", dates.SCORE)


@pytest.mark.parametrize("day", ["2024-11-23", "23.11.2024", "令和6年11月23日", "1850-01-01"])
def test_other_days_say_only_that_they_are_days(day):
    [hit] = hits(dates, [day])
    assert hit.score == dates.OTHER


@pytest.mark.parametrize(
    "cell",
    ["12345678", "1984", "1984-02", "1.9.84.2", "part 1984-02-29", "19841329", "abc", "", "99/99",
     "S5-123", "1984-02-29-17", "3 items 1984 each"],
)  # fmt: skip
def test_what_is_no_day(cell):
    assert hits(dates, [cell]) == []


@pytest.mark.parametrize(
    ("cell", "path"),
    [
        ("35.6812, 139.7671", "x"),
        ("(35.6812,139.7671)", "x"),
        ("-33.8688 151.2093", "x"),
        ("POINT(139.7671 35.6812)", "x"),
        ("SRID=4326;POINT(139.7671 35.6812)", "x"),
        ("35.6812", "latitude"),
        ("139.7671", "lon"),
    ],
)
def test_positions(cell, path):
    assert rows(hits(coordinates, [cell], path), "gps") == {0}


@pytest.mark.parametrize(
    ("cell", "path"),
    [
        ("35.6812", "price"),
        ("35.68, 139.76", "x"),  # a kilometre: a district, not a home
        ("95.6812, 139.7671", "x"),
        ("35.6812, 199.7671", "x"),
        ("1.2345, 2.3456, 3.4567", "x"),
        ("235.6812", "latitude"),
        ("POINT(1 2)", "x"),
        ("unknown", "latitude"),
    ],
)
def test_what_is_no_position(cell, path):
    assert hits(coordinates, [cell], path) == []


def test_listed_words_are_found_in_any_case_and_only_whole():
    found = hits(lexicon, ["Male", "FEMALE ", "男", "male pattern", "bolt", None])
    assert rows(found, "gender") == {0, 1, 2}


def test_words_of_no_vocabulary_are_nothing():
    assert hits(lexicon, ["bolt", "nut", "washer", "screw with a very long name indeed"]) == []
