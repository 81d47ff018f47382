"""What texts give away: names, numbers, addresses, positions; and texts that give nothing away."""

from __future__ import annotations

import polars as pl
import pytest
from judged import columns_of, weighed

import privscan as ps
from privscan.cli.columns import of_column
from privscan.model.kinds import Severity
from privscan.model.profile import Place
from privscan.registry import plugins
from privscan.sources import parquet

WITHOUT_A_MODEL = [one.name for one in plugins("detectors") if one.name != "ner"]

CALM = [
    "the parcel was late again and the box was wet",
    "asked for a refund of the second order",
    "very good quality, would buy it again",
    "the colour is not the one in the picture",
    "still waiting for the missing cable",
]

NAMED = {
    "name_full": [
        "Mr Smith called about the parcel he did not get",
        "spoke to Maria Gonzalez about the refund",
        "田中様より返品の依頼がありました",
    ],
    "national_id": ["his SSN is 536-90-4399 as per file", "el cliente con NIF 12345678Z"],
    "my_number": ["My Number 1234-5678-9018 was noted", "個人番号は1234-5678-9018です"],
    "tax_id": ["steuer-ID 65929970489 liegt vor"],
    "passport": ["passport no. 925076473 was shown at the desk"],
    "gps": ["he was seen at 35.6812N 139.7671E last night", "lat 35.68, lon 139.69 reported"],
    "address": ["東京都千代田区丸の内1-9-1に住むお客様から連絡"],
}  # fmt: skip

REVIEWS = """
The Mr Coffee machine broke after two weeks|Dr. Martens run half a size too large|I love this Calvin Klein perfume
works with the Samsung Galaxy and the Apple Watch|bought it in San Francisco for my mother|fits like a glove, order 12345678Z
Great value, arrived on Monday, Santa Claus approved|model 536-90-4399 is quieter than the old one|the New York edition is better
"""
HEADLINES = """
Apple shares rise after strong iPhone sales|Deutsche Bank cuts jobs in London and New York|Toyota recalls cars in Japan
Goldman Sachs names new head of trading|Siemens and Bosch agree on a joint venture|Wells Fargo fined over accounts
Nestlé verkauft das Wassergeschäft in Amerika|Dow Jones falls for the third day|Mercedes Benz opens a plant in Hungary
"""
PLOTS = """
A boat must fight a teacher in the Canadian Rockies|Mr. Darcy meets Elizabeth Bennet at a ball|Dr. Grant is chased by dinosaurs
A chef and John Wick defeat the mafia in Tokyo|Maria Gonzalez loses her dog and finds a friend|Frau Weber sucht ihren Hund in Berlin
"""


def cells(text):
    return [cell for line in text.strip().splitlines() for cell in line.split("|")] * 3


def leaks(column):
    return {one.entity: one.cells for one in column.entities if one.leak}


def scanned(table):
    return ps.scan(pl.DataFrame(table), detectors=WITHOUT_A_MODEL)


def alarms(report):
    return [f.check for f in report.findings if f.severity.rank >= Severity.MEDIUM.rank]


@pytest.mark.parametrize("entity", NAMED)
def test_some_comments_that_name_somebody_are_a_leak(entity):
    comments = CALM * 40 + NAMED[entity]
    report = scanned({"comment": comments})
    [column] = report.datasets[0].columns
    assert leaks(column)[entity] == len(NAMED[entity])
    assert column.entity is None
    assert "PRIVACY-LEAK" in alarms(report)


def test_names_by_different_signs_are_counted_together():
    comments = CALM * 40 + NAMED["name_full"] + ["it went to Anna Lindqvist on the second try"]
    assert leaks(scanned({"comment": comments}).datasets[0].columns[0]) == {"name_full": 4}


@pytest.mark.parametrize(
    ("header", "text"),
    [("review", REVIEWS), ("comment", REVIEWS), ("headline", HEADLINES), ("body", HEADLINES), ("plot", PLOTS)],
)  # fmt: skip
def test_texts_about_things_and_made_up_persons_raise_no_alarm(header, text):
    report = scanned({"product": [f"P-{n}" for n in range(len(cells(text)))], header: cells(text)})
    assert alarms(report) == []
    assert all(not leaks(column) for column in report.datasets[0].columns)


def test_texts_under_a_works_header_count_where_the_table_is_about_people():
    people = [f"user{n}@mail.example.org" for n in range(len(cells(PLOTS)))]
    report = scanned({"email": people, "summary": cells(PLOTS)})
    assert leaks(report.datasets[0].columns[1])["name_full"] >= 6


def test_a_column_of_names_is_no_leak():
    names = [
        "Maria Gonzalez",
        "Jonas Weber",
        "Anna Lindqvist",
        "Dr. Jane Okafor",
        "Camille Laurent",
    ]
    column = columns_of(x=[*names * 8, "please ask for Maria Gonzalez at the desk"])["x"]
    assert column.entity == "name_full"
    assert leaks(column) == {}


def test_a_column_of_addresses_is_no_leak():
    lines = [f"{n} Baker Street, Springfield" for n in range(1, 40)]
    text = "Please deliver the parcel to 12 Baker Street before noon, thanks a lot"
    mails = [f"user{n}@mail.example.org" for n in range(40)]
    column = columns_of(x=[*lines, text], email=mails)["x"]
    assert column.entity == "address"
    assert leaks(column) == {}


def test_a_number_without_its_word_is_no_leak():
    column = columns_of(comment=[*CALM * 40, "part 536-90-4399 and order 12345678Z"])["comment"]
    assert "national_id" not in leaks(column)
    assert all(one.confidence < 0.5 for one in weighed(column).values())


def test_a_column_is_explained_with_the_places_of_its_leaks(tmp_path, monkeypatch):
    monkeypatch.setattr(parquet, "PART_ROWS", 100)
    comments = CALM * 60
    comments[10], comments[250], comments[251] = NAMED["name_full"]
    file = tmp_path / "tickets.parquet"
    pl.DataFrame({"comment": comments}).write_parquet(file, row_group_size=100)
    [column] = ps.scan(file, detectors=WITHOUT_A_MODEL).datasets[0].columns
    [found] = [one for one in column.entities if one.leak]
    assert found.places == (Place(str(file), "0-0", 1), Place(str(file), "2-2", 2))
    said = [value for key, value in of_column(column, "en") if key == "where"]
    assert said == [f"1 in row groups 0-0 of {file}", f"2 in row groups 2-2 of {file}"]
    assert ("該当箇所", f"{file} の行グループ 2-2 に 2 件") in of_column(column, "ja")
    plain = scanned({"comment": CALM * 60}).datasets[0].columns[0]
    assert "where" not in dict(of_column(plain, "en"))
