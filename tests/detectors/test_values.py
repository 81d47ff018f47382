"""Positions and words of closed vocabularies, with as much that is none of them."""

from __future__ import annotations

import polars as pl
import pytest

from privscan.detectors import coordinates, lexicon
from privscan.model.data import Column
from privscan.model.kinds import Kind


def hits(detector, cells, path="x"):
    return list(detector.find(Column(path, Kind.TEXT, pl.Series(path, cells, pl.String))))


def rows(found, entity):
    return {i for h in found if h.entity == entity for i, yes in enumerate(h.mask) if yes}


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
