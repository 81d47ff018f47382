"""Headers that only hint, and what their neighbours and cells make of them."""

from __future__ import annotations

import pytest
from judged import columns_of

PUPILS = {
    "pupil_name": ["Oliver Smith", "Amelia Patel", "Harry Jones", "Isla Brown"],
    "DOB": ["02/09/2015", "14/02/2014", "21/06/2016", "03/12/2013"],
}
SURVEY = {"edad": ["34", "51", "27", "68"], "sexo": ["hombre", "mujer", "mujer", "hombre"]}
ACCOUNTS = {
    "login": ["jdoe42", "mary.k", "xX_sniper", "anna"],
    "email": ["j@a.dev", "m@b.me", "s@c.blog", "a@d.io"],
}
INSURED = {"氏名": ["佐藤 美咲", "鈴木 健太", "高橋 陽子", "小林 さくら"]}
LEDEN = {"achternaam": ["Jansen", "Bakker", "Visser", "de Vries"]}


@pytest.mark.parametrize(
    ("beside", "header", "values", "entity"),
    [
        (PUPILS, "SEN_need", ["ADHD", "None", "Dyslexia", "None"], "disability"),
        (PUPILS, "FSM", ["Y", "N", "Y", "N"], "social_status"),
        (SURVEY, "ingresos", ["1800", "2400", "1200", "950"], "income"),
        (ACCOUNTS, "homepage", ["https://a.dev", "https://b.me", "https://c.blog", "https://d.io"], "personal_url"),
        (SURVEY, "Glucose", ["148", "85", "183", "89"], "checkup_result"),
        (SURVEY, "user_location", ["San Francisco", "Lets Play", "home", "CA"], "location_coarse"),
        (INSURED, "健康保険記号", ["12345678", "23456", "8812", "77012"], "health_insurance_no"),
        (INSURED, "健康保険番号", ["101", "2203", "33", "4019"], "health_insurance_no"),
        (LEDEN, "zorgverzekering nr", ["1029384756", "5647382910", "9182736450", "1122334455"], "health_insurance_no"),
        (INSURED, "계좌번호", ["110-234-567890", "302-1234-5678-11", "1002-345-678901", "3333-01-1234567"], "iban"),
    ],
)  # fmt: skip
def test_a_header_of_a_person_s_table_is_understood(beside, header, values, entity):
    assert columns_of(**beside, **{header: values})[header].entity == entity


@pytest.mark.parametrize(
    ("header", "values"),
    [
        ("ingresos", ["1800", "2400", "1200", "950"]),
        ("homepage", ["https://a.dev", "https://b.me", "https://c.blog", "https://d.io"]),
        ("need", ["ADHD", "None", "Dyslexia", "None"]),
        ("部品番号", ["101", "2203", "33", "4019"]),
        ("part", ["110-234-567890", "302-1234-5678-11", "1002-345-678901", "3333-01-1234567"]),
    ],
)
def test_without_persons_it_says_nothing(header, values):
    columns = columns_of(article=["bolt M8", "nut M8", "washer", "anchor"], **{header: values})
    assert columns[header].entity is None


def test_forms_of_address_are_a_gender_still():
    rows = {"nom": ["Dupont", "Martin", "Garnier", "Lefebvre"], "titre": ["M.", "Mme", "Mme", "M."]}
    assert columns_of(**rows)["titre"].entity == "gender"


def test_an_address_in_a_text_counts_still():
    texts = [
        "Login of the account failed twice",
        "Client 81.92.33.14 sent Version 7 requests",
        "all is well now",
    ]
    [ip] = columns_of(message=texts)["message"].entities
    assert (ip.entity, ip.cells, ip.leak) == ("ip_address", 1, True)


def test_long_numbers_of_devices_count_where_nobody_is_named():
    udids = ["9774d56d682e549c", "8a12ffe301bc77d0", "01bc55aa90ef23c4", "77d09774d56d682e"]
    assert (
        columns_of(device_id=udids, battery=["81", "77", "60", "12"])["device_id"].entity
        == "device_id"
    )
