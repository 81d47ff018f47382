"""Names of bodies, by legal form or kind, and as many that only contain such a word."""

from __future__ import annotations

import polars as pl
import pytest
from found import found, whole

from privscan.detectors import organisations


@pytest.mark.parametrize(
    "name",
    [
        "Northwind Traders Inc", "Acme Corp.", "Smith & Sons", "Baker Holdings", "Blue Sky LLC", "Vodafone plc",
        "Müller GmbH", "Siemens AG", "Sportverein Nord e.V.", "Schulz & Weber KG",
        "Boulangerie du Port SARL", "Garage des Alpes SAS", "Lenoir S.A.", "Zapatería La Moderna S.L.",
        "Padaria Estrela Ltda", "Farmácia Central S/A", "Rossi S.p.A.", "Bianchi S.r.l.", "Jansen B.V.",
        "Novo A/S", "Nokia Oyj", "Kowalski Sp. z o.o.",
        "University of Leeds", "Lincoln High School", "St Mary's Hospital", "Lycée Victor Hugo",
        "Escuela San José", "Museo del Mare", "Hotel Bristol", "Gemeente Utrecht", "Sparkasse Köln",
        "Department of Health", "Grundschule Am Park",
        "株式会社青葉製作所", "青葉製作所株式会社", "㈱みなと", "有限会社 山田商店", "東京大学", "みどり医院", "大田区役所", "中央図書館",
        "서울대학교", "주식회사 한빛", "부산은행", "북경银行", "北京华信科技有限公司", "复旦大学", "广州南方药业集团",
    ],
)  # fmt: skip
def test_bodies(name):
    assert found(organisations, name) == [["organisations"]]
    assert whole(organisations, name) == [True]


@pytest.mark.parametrize(
    "text",
    [
        "Margaret Thompson", "Jürgen Hoffmann", "Mathieu Rousseau", "Sergio Serrano", "Agnes Kilgore",
        "Incan pottery", "Incorporated", "Limited", "Schoolcraft", "Bankston", "Hotelling", "Marketa Nováková",
        "Saskia", "Plcido", "Coen", "Corpus Christi", "1200 N Main St", "AG", "KG", "12 kg", "12345", "2024-01-31",
        "inc@example.com", "",
        "佐藤 陽子", "大学芋", "学校給食のお知らせ", "銀行口座なし", "山田太郎", "東京都新宿区西新宿", "김지영", "은행나무 길", "王秀英", "李建国",
    ],
)  # fmt: skip
def test_what_names_no_body(text):
    assert found(organisations, text) == [[]]


def test_each_cell_is_seen_apart():
    cells = ["Siemens AG", None, "Anna Vogel", "東京大学", "", "Lenoir S.A."]
    assert found(organisations, *cells) == [["organisations"], [], [], ["organisations"], [], ["organisations"]]  # fmt: skip
    assert found(organisations, *cells[::-1]) == found(organisations, *cells)[::-1]


@pytest.mark.parametrize(
    "text",
    [
        "the parcel came late and was sent back to the shop again",
        "I went to the hotel, and the bank was closed on that day",
        "first line of the note\nsecond line of it about the school",
        f"{'word ' * 40}Inc",
        "x" * 200 + " Inc",
    ],
)
def test_a_text_that_speaks_of_a_body_is_no_name_of_one(text):
    assert found(organisations, text) == [[]]


def test_it_is_of_no_person():
    column = organisations.Column("x", organisations.KINDS[0], pl.Series("x", ["Siemens AG"]))
    [hits] = organisations.find(column)
    assert hits.entity == "thing.organisation"
    assert hits.mask.to_list() == [True]
