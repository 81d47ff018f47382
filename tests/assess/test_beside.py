"""What the columns of a table say of each other."""

from __future__ import annotations

import pytest
from judged import columns_of, pieces, weighed

FAMILY = ["Thompson", "Walker", "Robinson", "Hughes", "Mitchell", "Edwards", "Cooper", "Bailey"]
GIVEN = ["Margaret", "Kevin", "Patricia", "Daniel", "Susan", "Brian", "Laura", "Simon"]
FULL = [f"{one} {two}" for one, two in zip(GIVEN, FAMILY, strict=True)]
BIRTHS = ["1985-03-12", "1991-07-25", "1968-09-04", "1979-01-30", "1974-08-16", "1996-11-21",
          "1959-02-03", "1988-05-17"]  # fmt: skip
CITIES = ["Berlin", "München", "Hamburg", "Köln", "Leipzig", "Dresden", "Bremen", "Mainz"]
POSTCODES = ["10969", "80331", "20095", "50667", "14109", "31067", "28195", "55116"]
MAILS = [f"user{i}@example.com" for i in range(8)]
NUMBERS = [str(i) for i in range(401, 409)]
STREETS = [f"{i} Maple Avenue" for i in range(11, 19)]
STATIONS = ["52.45370", "53.63321", "48.16320", "50.02591", "48.68831", "51.12812", "50.86152", "49.51291"]  # fmt: skip
SEXES = ["F", "M"] * 4
AGES = ["34", "61", "45", "29", "52", "38", "71", "44"]


def confidence(entity, path, **columns):
    found = weighed(columns_of(**columns)[path])
    return found[entity].confidence if entity in found else 0.0


def test_a_given_name_beside_a_family_name_is_surer():
    alone = weighed(columns_of(column_1=GIVEN)["column_1"])["name_given"]
    both = weighed(columns_of(column_1=GIVEN, last_name=FAMILY)["column_1"])["name_given"]
    assert pieces(alone, "beside") == []
    assert sum(pieces(both, "beside")) > 0
    assert both.confidence > alone.confidence


def test_a_postcode_stands_beside_a_city():
    alone = confidence("postal_code", "column_2", column_2=POSTCODES)
    assert alone < 0.5
    assert confidence("postal_code", "column_2", column_1=CITIES, column_2=POSTCODES, column_3=FULL) > alone  # fmt: skip
    words = ["ok", "late"] * 4
    assert confidence("postal_code", "column_2", column_1=words, column_2=POSTCODES) == alone


def test_a_column_is_no_neighbour_of_itself():
    found = weighed(columns_of(name=FULL)["name"])["name_full"]
    assert pieces(found, "beside") == []


def test_a_date_beside_a_name_is_likelier_a_birth():
    alone = confidence("dob", "column_2", column_2=BIRTHS)
    assert confidence("dob", "column_2", column_1=FULL, column_2=BIRTHS) > alone


@pytest.mark.parametrize("header", ["id", "ID", "no", "key", "番号", "matricule"])
def test_the_key_of_a_table_of_persons_tells_them_apart(header):
    columns = columns_of(**{header: NUMBERS, "name": FULL, "dob": BIRTHS})
    assert columns[header].entity == "customer_id"
    [bits] = pieces(weighed(columns[header])["customer_id"], "beside")
    assert bits > 0


@pytest.mark.parametrize(
    ("key", "others"),
    [
        ({"id": NUMBERS}, {"part": [f"AX-{i}" for i in range(8)], "qty": NUMBERS}),
        ({"id": ["1", "2"] * 4}, {"name": FULL, "dob": BIRTHS}),
        ({"colour": NUMBERS}, {"name": FULL, "dob": BIRTHS}),
    ],
    ids=["of parts", "repeated", "header"],
)
def test_what_is_no_key_of_persons(key, others):
    [path] = key
    assert columns_of(**key, **others)[path].entity is None


def test_a_better_key_leaves_the_other_numbers_alone():
    found = columns_of(id=NUMBERS, customer_id=[f"C{n}" for n in NUMBERS], name=FULL, dob=BIRTHS)
    assert found["customer_id"].entity == "customer_id"
    assert found["id"].entity is None


@pytest.mark.parametrize("word", ["population", "count", "人口", "Einwohner", "habitants"])
def test_counts_of_people_speak_against_sex(word):
    counted = columns_of(sex=SEXES, **{word: ["41233", "39187", "16203", "16552"] * 2})
    [bits] = pieces(weighed(counted["sex"])["gender"], "beside")
    assert bits < 0
    told = columns_of(sex=SEXES, email=MAILS, **{word: NUMBERS})
    assert told["sex"].entity == "gender"
    assert min(pieces(weighed(told["sex"])["gender"], "beside"), default=0) >= 0


@pytest.mark.parametrize("word", ["breed", "species", "品種", "Rasse"])
def test_animals_have_names_and_ages_of_their_own(word):
    found = columns_of(age=AGES, sex=SEXES, **{word: ["Beagle", "Boxer", "Poodle", "Collie"] * 2})
    assert {c.entity for c in found.values()} == {None}


def test_persons_with_animals_stay_persons():
    found = columns_of(owner=FULL, email=MAILS, dob=BIRTHS, breed=["Beagle", "Boxer"] * 4)
    assert (found["email"].entity, found["dob"].entity) == ("email", "dob")


def test_machines_have_addresses():
    hosts = [f"10.0.0.{i}" for i in range(1, 9)]
    assert columns_of(switch=[f"sw-{i}" for i in range(8)], ip=hosts)["ip"].entity is None
    assert columns_of(email=MAILS, ip=hosts)["ip"].entity == "ip_address"


def test_positions_of_stations_are_nobodys_and_those_of_persons_are_theirs():
    east = [f"1{n}" for n in STATIONS]
    stations = columns_of(station=CITIES, latitude=STATIONS, longitude=east)
    assert stations["latitude"].entity is None
    assert min(pieces(weighed(stations["latitude"])["gps"], "against")) < 0
    persons = columns_of(email=MAILS, latitude=STATIONS, longitude=east)
    assert persons["latitude"].entity == "gps"


@pytest.mark.parametrize("name", ["store", "school", "hospital", "施設名", "école"])
def test_a_directory_of_facilities_is_reached_and_nobodys(name):
    phones = [f"(312) 555-01{i}" for i in range(10, 18)]
    things = {name: [f"no {i}" for i in range(8)]}
    found = columns_of(**things, phone=phones, address=STREETS, email=MAILS)
    assert {path: c.entity for path, c in found.items() if c.entity} == {"email": "email"}
    told = columns_of(**things, phone=phones, address=STREETS, dob=BIRTHS, name=FULL)
    assert told["phone"].entity == "phone"
    assert told["address"].entity == "address"


def test_bodies_in_the_cells_make_a_directory_without_headers():
    bodies = [f"{word} Systems Ltd" for word in CITIES]
    phones = [f"(312) 555-01{i}" for i in range(10, 18)]
    assert columns_of(column_1=bodies, column_2=phones)["column_2"].entity is None
    assert columns_of(column_1=FULL, column_2=phones)["column_2"].entity == "phone"
