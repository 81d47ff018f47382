"""Cells that are a place, and as many that are none."""

from __future__ import annotations

import pytest
from found import found

from privscan.detectors import places


@pytest.mark.parametrize(
    ("cell", "seen"),
    [
        ("Lyon", "places/city"),
        ("München", "places/city"),
        ("Vilalba", "places/town"),
        ("Jackson", "places/ambiguous"),
        ("横浜市", "places/municipality"),
        ("東京都港区", "places/municipality"),
        ("Lyon 3e", "places/city_quarter"),
        ("PARIS CEDEX 16", "places/city_quarter"),
        ("Paris (75)", "places/city_region"),
        ("St. Louis, MO", "places/city_region"),
        ("São Paulo/SP", "places/city_region"),
        ("São Paulo - SP", "places/city_region"),
        ("Tokyo, Japan", "places/city_region"),
        ("Portland, Oregon, USA", "places/city_region"),
        ("Washington, D.C.", "places/city_region"),
        ("75001 Paris", "places/postcode_city"),
        ("D-80331 München", "places/postcode_city"),
        ("New York, NY 10001", "places/postcode_city"),
        ("Germany", "places/country"),
        ("Korea, Republic of", "places/country"),
        ("韓国", "places/country"),
        ("Bayern", "places/region"),
        ("大阪府", "places/region"),
        ("US", "places/country_code"),
        ("de", "places/country_code_lower"),
        ("DEU", "places/country_code3"),
        ("TX", "places/us_state"),
        ("NSW", "places/region_code"),
    ],
)
def test_places(cell, seen):
    [strings] = found(places, cell)
    assert seen in strings


@pytest.mark.parametrize(
    "cell",
    ["red apple", "John Smith", "Smith, John", "Order shipped", "12", "75001", "abc-def", "Manager, Sales", "Version 2",
     "paris@example.com", "https://paris.fr", "Paris is worth a mass and so is London", "Female", "pending", "", None,
     "XX", "EUR", "usd", "12:30", "2024-01-31", "Acme, Inc", "Chapter 12", "A (75)", "山田太郎", "東京タワーの高さ", "北", "No", "Suv"],
)  # fmt: skip
def test_what_is_no_place(cell):
    assert found(places, cell) == [[]]


def test_a_cell_says_the_same_in_any_company():
    cells = [
        "Lyon",
        None,
        "Zürich",
        "75001 Paris",
        "US",
        "東京都港区",
        "x",
        "Paris (75)",
        "John Smith",
        "大阪府",
    ]
    assert found(places, *cells) == [found(places, cell)[0] for cell in cells]
