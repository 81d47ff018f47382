"""Addresses in many languages, and as many cells that hold a number and words but no address."""

from __future__ import annotations

import pytest
from found import found, whole

from privscan.detectors import addresses

STREETS = (
    """
123 Main St|123 Main Street, Apt 4|12 W 42nd St|1600 Pennsylvania Ave NW|221B Baker Street|5 5th Ave.
1 Infinite Loop|742 Evergreen Terrace|120 Hanover Sq.|12 Highway 5
45 Rue de Rivoli|12 bis, avenue de la République|24, place Kléber|3 impasse des Lilas|7 allée du Parc
Hauptstraße 5|Hauptstr. 12a|Berliner Str. 10-12|Lange Gasse 7|Am Weißen Platz 3|Godesberger Allee 67
Calle Mayor 5|C/ Alcalá, 12|Avda. de la Constitución 3, 2º B|Calle 12 # 34-56|Carrera 7 No. 71-21
Via Roma 12|Viale Europa, 33|Piazza del Duomo 1|C.so Vittorio Emanuele 12
Rua Augusta, 1500|Av. Paulista, 1578 - Bela Vista|Travessa do Carmo, n.º 5|Praça da Sé, 100
Kerkstraat 12|Prinsengracht 263|Dorpsweg 1a|Oranjelaan 5-7
Storgatan 5|Strandvejen 100|Berguvsvägen 8|ul. Marszałkowska 12|ул. Ленина, д. 5|Jl. Sudirman No. 5
""".strip()
    .replace("\n", "|")
    .split("|")
)

OTHERS = {
    "full": ["10 Downing Street, London SW1A 2AA", "350 5th Ave, New York, NY 10118", "12, rue Victor Hugo 75001 Paris",
             "Rosenthaler Platz 3, 10119 Berlin", "Kärntner Straße 1, 1010 Wien"],
    "street_weak": ["Unter den Linden 77", "Am Markt 5", "Kurfürstenring 12"],
    "street_name": ["Main Street", "Rue de la Paix", "Bahnhofstraße", "Via Garibaldi", "Calle Mayor"],
    "box": ["P.O. Box 123", "Postfach 10 01 20", "BP 45", "Apartado 123", "Caixa Postal 45"],
    "unit": ["Apt 4B", "Suite 200", "2nd floor", "Flat 3"],
    "japanese": ["東京都港区芝公園4丁目2-8", "東京都新宿区西新宿2-8-1", "港区芝1-2-3", "大字川口123番地",
                 "丸の内１丁目９番１号", "千代田区丸の内一丁目", "東京都千代田区千代田1", "東京都千代田区千代田1-1",
                 "京都府京都市伏見区\uff2a\uff30タワー37丁目12番15号", "北海道札幌市中央区北1条西2丁目"],
    "japanese_town": ["東京都港区芝公園"],
    "japanese_unit": ["サンハイツ101号室", "101号室"],
    "korean": ["서울특별시 강남구 테헤란로 123", "테헤란로 152", "역삼동 123-4번지"],
    "chinese": ["北京市朝阳区建国路88号", "上海市浦东新区世纪大道100号"],
}  # fmt: skip

NONE = (
    """
Route 66|Version 12 Drive|192.168.1.1|1.2.3|2024-01-31|12 Monkeys|500 GB Drive|8 GB Flash Drive|3 Way|Model 12
iPhone 12|Windows 10|Chapter 12|Part 5-123|USS Enterprise NCC-1701|/srv/files/12 Main|http://x.com/12|A-12
12 Angry Men|Summer of 69|Boeing 747|Engineering 101|Spring 2020|Order 12345|Room with a View|Acme Corp 12
50 Ways to Leave Your Lover|第1号議案|2020年1月1日|令和5年度|商品123|12個|10:30 am|12 pm|Galaxy S10|T-Shirt Size 12
5 Star Hotel|2 for 1|Vitamin C 500|123-456-7890|+49 30 123456|John Smith 3rd|Anna Müller|Canon EOS 5D|Norwegian
Street|100% Cotton|Section 5 (a)|Box of 12|Plan B 5|Blink 182|3 people|横浜市立図書館|東京都港区|国道1号|世界一周
서울 2024|2023년 10월 5일|第5章|50元|建国70周年|12 Day Pass|24 hour drive|String 12|Marketing 5|Bus 12|
""".strip()
    .replace("\n", "|")
    .split("|")
)


@pytest.mark.parametrize("cell", STREETS)
def test_streets(cell):
    assert found(addresses, cell) == [["addresses/street"]]


@pytest.mark.parametrize(
    ("name", "cell"), [(n, cell) for n, some in OTHERS.items() for cell in some]
)
def test_other_parts_of_addresses(name, cell):
    assert found(addresses, cell) == [[f"addresses/{name}"]]


@pytest.mark.parametrize(
    ("cell", "name"),
    [
        ("2-17", "block"),
        ("4-5-5", "block"),
        ("上有住", "japanese_district"),
        ("丸の内", "japanese_district"),
    ],
)
def test_parts_of_japanese_addresses_are_a_group_of_their_own(cell, name):
    assert found(addresses, cell) == [[f"address_parts/{name}"]]


@pytest.mark.parametrize("cell", NONE)
def test_what_is_no_address(cell):
    assert found(addresses, cell) == [[]]


@pytest.mark.parametrize(
    "text",
    [
        "Please deliver the parcel to 12 Baker Street before noon, thanks a lot",
        "Die Lieferung ging an die Hauptstraße 5 in Berlin und kam nie an, leider",
        "Le colis a été livré au 12 rue de la Paix, mais personne ne l'a reçu",
        "東京都千代田区丸の内1-9-1に住むお客様から連絡",
        "住所は大阪府大阪市北区梅田3丁目1番です",
        "転居先:佐賀県唐津市松が谷42番地3、電話は未確認",
        "昨日、渋谷区道玄坂2-10-7で事故が発生しました。",
        "荷物を千葉県浦安市舞浜1-1マンション舞浜の自宅へ送付してください。",
    ],
)
def test_a_street_in_a_text_is_not_the_whole_cell(text):
    assert found(addresses, text) == [["addresses/mention"]]
    assert whole(addresses, text) == [False]


@pytest.mark.parametrize(
    "text",
    [
        "He said that the main street was closed in 2012 because of the works there",
        "In 2019 we moved the office and the street was quiet, 12 people came along",
        "The drive has 500 GB and the court decided in 1999 that this was enough",
        "東京都港区で3人が負傷しました",
        "東京都千代田区の店舗数は12件です",
        "北海道札幌市で2-1の勝利を収めた",
        "京都府の市場に3回行った",
        "埼玉県さいたま市の3校が参加",
        "製品番号は市販品1-2-3から選ぶ",
        "昨年の市区町村別1-3月期の売上",
        "横浜市立図書館は9-17時に開館",
    ],
)
def test_texts_without_a_street(text):
    assert found(addresses, text) == [[]]


def test_a_cell_says_the_same_in_any_company():
    cells = [*STREETS[::7], None, *NONE[::9], *(some[0] for some in OTHERS.values())]
    assert found(addresses, *cells) == [found(addresses, cell)[0] for cell in cells]
