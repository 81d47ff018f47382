"""What cells say against an entity."""

from __future__ import annotations

import pytest
from judged import columns_of, pieces, weighed

from privscan.assess.against import rivalry
from privscan.assess.weighing import Seen


def seen(**cells):
    names = {"given": ("name_given", "names/given"), "family": ("name_family", "names/family"),
             "city": ("city", "places/city"), "doubtful": ("city", "places/ambiguous")}  # fmt: skip
    found = {}
    for name, count in cells.items():
        entity, detector = names[name]
        found.setdefault(entity, []).append(Seen(detector, 0.5, count, count))
    return found


@pytest.mark.parametrize(
    ("entity", "found", "loses"),
    [
        ("city", {"given": 60, "city": 40}, True),
        ("city", {"given": 40, "city": 60}, False),
        ("name_given", {"given": 40, "city": 60}, True),
        ("name_given", {"given": 60, "city": 40}, False),
        ("name_family", {"family": 50, "city": 50}, False),
        ("name_given", {"given": 40, "doubtful": 60}, False),
        ("email", {"given": 40, "city": 60}, False),
        ("city", {}, False),
    ],
)
def test_of_names_and_places_the_one_seen_less_is_chance(entity, found, loses):
    bits = [reason.bits for reason in rivalry(entity, seen(**found), 100)]
    assert len(bits) == loses
    assert all(one < 0 for one in bits)


def test_a_column_of_cities_holds_no_family_names():
    cities = ["Berlin", "Hamburg", "Leipzig", "Dresden", "Bremen", "Rostock", "Potsdam", "Kassel"]
    given = ["Anna", "Paul", "Sofia", "Victoria", "Florence", "Charlotte", "Austin", "Peter"]
    births = ["1985-03-12", "1991-07-25", "1968-09-04", "1979-01-30"] * 2
    found = columns_of(column_1=cities, column_2=given, dob=births)
    assert found["column_1"].entity == "city"
    assert found["column_2"].entity in {"name_given", "name_full"}


@pytest.mark.parametrize(
    ("path", "cells", "entity"),
    [
        ("name", ["1200", "1300", "1400", "1500"], "name_full"),
        ("first_name", ["xq-1 zz", "kk-2 rr", "vb-3 tt", "wz-4 pp"], "name_given"),
        ("age", ["18000", "25000", "99000", "41000"], "age"),
        ("date_of_birth", ["red", "green", "blue", "grey"], "dob"),
        ("sex", [f"word {i}" for i in range(200)], "gender"),
        ("email", ["yes", "no", "yes", "no"], "email"),
    ],
)  # fmt: skip
def test_other_values_speak_against_a_header(path, cells, entity):
    column = columns_of(**{path: cells})[path]
    one = weighed(column)[entity]
    assert pieces(one, "header")[0] > 0
    assert min(pieces(one, "against")) < 0


@pytest.mark.parametrize(
    ("path", "cells", "entity"),
    [
        ("age", ["34", "61", "45", "29"], "age"),
        ("date_of_birth", ["1985-03-12", "1991-07-25", "1968-09-04"], "dob"),
        ("birth_year", ["1985", "1991", "1968", "1979"], "dob"),
        ("sex", ["F", "M", "F", "M"], "gender"),
        ("email", ["ann@example.com", "bob@example.org"], "email"),
        ("first_name", ["Margaret", "Kevin", "Patricia", "Daniel"], "name_given"),
    ],
)
def test_values_of_its_own_speak_for_it(path, cells, entity):
    column = columns_of(**{path: cells})[path]
    assert column.entity == entity
    assert pieces(weighed(column)[entity], "against") == []


def test_numbers_of_things_speak_against_those_of_persons():
    sirets = ["30297299700019", "89868282800014", "97801759800019", "59340722400017", "75150556100017", "25640410400018"]  # fmt: skip
    books = ["9783142486116", "9783248936430", "9783108474539", "9783883830643", "9783103761436", "9783753705651"]  # fmt: skip
    for cells in (sirets, books):
        column = columns_of(column_1=cells)["column_1"]
        assert column.entity is None
        for one in column.considered:
            values = pieces(one, "values")
            assert not values or min(pieces(one, "against")) < 0


def test_random_digits_of_the_same_length_are_no_things():
    column = columns_of(column_1=[f"97831424861{i:02}" for i in range(20, 90)])["column_1"]
    said = [r.what["en"] for one in column.considered for r in one.reasons]
    assert not any("check digit of" in sentence for sentence in said)


YEN = ["1000001", "1500042", "1600023", "2310021", "4600001", "5400008", "8120045"] * 20


@pytest.mark.parametrize(
    ("header", "found"),
    [("salary", "salary"), ("給与", "salary"), ("郵便番号", "postal_code"), ("column_3", "postal_code")],
)  # fmt: skip
def test_an_amount_that_is_also_a_postcode_is_an_amount(header, found):
    names, homes = ["佐藤 花子", "鈴木 一郎"] * 70, ["東京都千代田区千代田1-1"] * 140
    columns = columns_of(**{"full_name": names, "住所": homes, header: YEN})
    assert [e.entity for e in columns[header].entities] == [found]
