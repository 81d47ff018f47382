"""Headers say what they hold in eleven languages and more, and of things they say nothing."""

from __future__ import annotations

import csv
import time
from pathlib import Path

import pytest

from privscan.rulebook.names import (
    AGAINST,
    INSIDE,
    TAIL,
    WEAK,
    WHOLE,
    header_entities,
    nameless,
    quasi_identifiers,
    speaks_of_facilities,
    words,
)

HERE = Path(__file__).parent


def listed():
    """Language, header, entity or "-", and whether the header should settle it or only hint."""
    for name in ("headers_west.tsv", "headers_east.tsv"):
        with (HERE / name).open(encoding="utf-8", newline="") as lines:
            yield from csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)


def reads(row):
    said = header_entities(row["path"])
    best = said[0][1] if said else 0.0
    bits = dict(said).get(row["entity"], 0.0)
    if row["entity"] == "-":
        return best < INSIDE
    return bits == best >= TAIL if row["strength"] == "s" else bits > 0


@pytest.mark.parametrize("lang", sorted({row["lang"] for row in listed()}))
def test_headers_are_read(lang):
    rows = [row for row in listed() if row["lang"] == lang]
    assert [row["path"] for row in rows if not reads(row)] == []


def test_the_tables_are_large_and_even():
    rows = list(listed())
    things = sum(row["entity"] == "-" for row in rows)
    assert len(rows) > 1000
    assert 0.45 < things / len(rows) < 0.55
    assert len({(row["lang"], row["path"]) for row in rows}) == len(rows)


@pytest.mark.parametrize(
    "same",
    [
        ("first_name", "firstName", "FIRSTNAME", "First Name", '"First Name"', "\ufefffirst_name",
         "First\nName", "first-name", "c_first_name", "First Name*", "first_name_1", "FirstName.1",
         "customers[].first_name", "first.name", "tbl_first_name", "\uff46\uff49\uff52\uff53\uff54 name"),
        ("Geburtsdatum", "GEBURTSDATUM", "geburts_datum", "Geburtsdatum (TT.MM.JJJJ)",
         "kunde.geburtsdatum", "Kundengeburtsdatum"),
        ("Straße", "strasse", "Strasse", "STRASSE"),
        ("Führerscheinnummer", "Fuehrerscheinnummer", "fuhrerscheinnummer"),
        ("生年月日", "生年月日(西暦)", "【必須】生年月日", "顧客.生年月日", "生年月日1"),
        ("N.º cliente", "nº cliente", "Número de cliente", "numero cliente", "Nro. cliente"),
    ],
    ids=lambda same: same[0],
)  # fmt: skip
def test_spellings_of_one_header_say_the_same(same):
    best = {header_entities(path)[0][0] for path in same}
    assert len(best) == 1
    assert all(header_entities(path)[0][1] >= TAIL for path in same)


@pytest.mark.parametrize(
    ("path", "entity"),
    [
        ("email_verified", "email"), ("has_phone", "phone"), ("phone_type", "phone"),
        ("address_id", "address"), ("median_age", "age"), ("avg_income_usd", "income"),
        ("pct_female", "gender"), ("product_name", "name_full"), ("Firmenname", "name_full"),
        ("nom_de_la_station", "name_full"), ("平均年齢", "age"), ("年齢別人口", "age"),
        ("電話種別", "phone"), ("平均年龄", "age"), ("race_date", "race"),
        ("contract_address", "address"), ("last_login", "username"), ("user_agent_count", "user_agent"),
    ],
)  # fmt: skip
def test_what_is_about_a_thing_speaks_against(path, entity):
    bits = dict(header_entities(path))
    assert bits.get(entity, 0.0) <= 0
    assert max(bits.values(), default=0.0) < INSIDE


@pytest.mark.parametrize(
    "path", ["company_phone", "school.email", "hospital address", "会社電話番号", "施設住所",
             "Telefono scuola", "Téléphone de l'établissement", "公司电话"],
)  # fmt: skip
def test_an_organisations_contact_is_no_persons(path):
    said = header_entities(path)
    assert all(bits < TAIL for _, bits in said)


@pytest.mark.parametrize(
    "path", ["percentage", "average", "mileage", "passage", "postage", "Middlesex", "capacity",
             "embrace", "hotel", "message_id", "image_size", "cinema", "filename", "hostname",
             "package", "voltage", "mortality", "velocity"],
)  # fmt: skip
def test_a_word_that_only_holds_another_says_nothing(path):
    assert max((bits for _, bits in header_entities(path)), default=0.0) < INSIDE


def test_yes_or_no_may_be_a_value_or_about_one():
    assert dict(header_entities("has_diabetes"))["health_condition"] > 0
    assert dict(header_entities("is_pregnant"))["health_condition"] > 0
    assert dict(header_entities("has_email"))["email"] == AGAINST


def test_a_name_alone_only_hints():
    for path in ("name", "Nom", "Nombre", "nome", "naam", "Owner", "cliente", "担当者"):
        bits = dict(header_entities(path))
        assert 0 < bits["name_full"] <= WEAK
    assert dict(header_entities("customer.name"))["name_full"] == WHOLE
    assert dict(header_entities("product.name"))["name_full"] == AGAINST


@pytest.mark.parametrize(
    "path", ["", "1", "0", "col_3", "V1", "X1", "Unnamed: 0", "_c0", "field_12", "F5", "列1", "#",
             "column1", "Spalte 4", "columna_2", "カラム2", "컬럼3", "字段4", "-", "A", "a.b[].c3"],
)  # fmt: skip
def test_headers_that_say_nothing_are_nameless(path):
    assert nameless(path)
    assert all(bits < INSIDE for _, bits in header_entities(path))


@pytest.mark.parametrize("path", ["id", "name", "age1", "tel2", "氏名", "no", "sex", "col_name"])
def test_headers_that_say_something_are_not_nameless(path):
    assert not nameless(path)


def test_words_are_plain_and_apart():
    assert words("CustomerFirstName2") == ("customer", "first", "name", "2")
    assert words("Prénom_de_l'élève") == ("prenom", "de", "l", "eleve")
    assert words("Ünvan ŁÓDŹ Straße") == ("unvan", "lodz", "strasse")
    assert words("ﾒｰﾙｱﾄﾞﾚｽ") == ("メールアドレス",)
    assert words("〒") == ("郵便番号",)
    assert words("--- ") == ()


def test_quasi_identifiers_are_told_by_their_headers():
    paths = ["Age", "Sexo", "PLZ", "price", "Order ID", "email"]
    assert quasi_identifiers(paths) == ("Age", "PLZ", "Sexo")
    assert quasi_identifiers(["price", "email", "age_rate"]) == ()


def test_directories_are_told_from_their_headers():
    assert speaks_of_facilities("school_name")
    assert speaks_of_facilities("施設名")
    assert not speaks_of_facilities("patient_name")


def test_new_headers_cost_little():
    header_entities("warm up")
    began = time.process_time()
    for number in range(2000):
        header_entities(f"customer {number} contact street address line")
    assert time.process_time() - began < 2.0
