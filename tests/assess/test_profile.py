"""What a column and a dataset hold, where a careless judge would let data through."""

from __future__ import annotations

import json
import random

import polars as pl
import pytest
from stdnum import luhn

import privscan as ps
from privscan.model.kinds import State

CARD = "4111111111111111"
ACCOUNTS = range(411111111111111, 411111111111311)
CARDS = [f"{n}{luhn.calc_check_digit(n)}" for n in ACCOUNTS]


def profile(**columns):
    [dataset] = ps.scan(pl.DataFrame(columns)).datasets
    return dataset


def held(dataset, path):
    [column] = [c for c in dataset.columns if c.path == path]
    return {e.entity: e for e in column.entities}


def verdict(**columns):
    return ps.gate(pl.DataFrame(columns), policy="ingest")


def test_a_few_clear_numbers_among_masked_ones_stand_in_clear():
    cells = ["411111******1111"] * 275 + [CARD] * 25
    found = held(profile(card_number=cells), "card_number")["card_number"]
    assert (found.state, found.cells) == (State.PLAIN, 25)
    assert not verdict(card_number=cells).passed


def test_a_column_of_masked_numbers_is_masked():
    found = held(profile(card_number=["411111******1111"] * 300), "card_number")["card_number"]
    assert found.state is State.PARTIAL_MASK
    assert verdict(card_number=["411111******1111"] * 300).passed


def test_markdown_hides_no_card():
    cells = [f"**note** the customer paid with {CARD} today"] * 200
    assert held(profile(comment=cells), "comment")["card_number"].state is State.PLAIN
    assert not verdict(comment=cells).passed


def test_clear_accounts_among_hashes_stand_in_clear():
    cells = [f"{i:064x}" for i in range(270)] + ["DE89370400440532013000"] * 30
    assert held(profile(iban=cells), "iban")["iban"].state is State.PLAIN


@pytest.mark.parametrize(
    ("text", "entity"),
    [
        (f"カード番号は {CARD} です", "card_number"),
        (f"カード番号は{CARD}です", "card_number"),
        ("折り返しは090-1234-5678までお願いします", "phone"),
        ("連絡先はtaro@example.comです", "email"),
    ],
)
def test_a_leak_in_japanese_text_is_one(text, entity):
    cells = [text] * 20 + [f"本日の点検は異常なし。次回は{i}日後" for i in range(180)]
    found = held(profile(備考=cells), "備考")[entity]
    assert found.leak
    assert found.cells == 20


def test_japanese_text_without_leaks_holds_nothing():
    cells = [f"本日の点検は異常なし。型番A{i}、温度{i % 30}度" for i in range(200)]
    assert held(profile(備考=cells), "備考") == {}


def people(rows_each, **more):
    rng = random.Random(4)
    persons = [
        {
            "customer_id": f"C{i:05}",
            "birth_date": f"19{rng.randint(40, 99)}-0{rng.randint(1, 9)}-1{rng.randint(0, 9)}",
            "gender": rng.choice("mf"),
            "postal_code": f"{rng.randint(10000, 99999)}",
        }
        for i in range(300)
    ]
    rows = [person | more for person in persons for _ in range(rows_each)]
    return ps.scan(pl.DataFrame(rows)).datasets[0]


def test_classes_are_counted_in_persons_whatever_their_rows():
    once, often = people(1), people(20)
    assert once.subjects == often.subjects == 300
    [a], [b] = once.quasi_identifiers, often.quasi_identifiers
    assert (a.k_min, a.share_below_k) == (b.k_min, b.share_below_k) == (1, 1.0)


def test_an_empty_column_does_not_hide_the_classes():
    [classes] = people(1, city=None).quasi_identifiers
    assert classes.k_min == 1


def test_a_repeated_name_does_not_make_few_persons():
    n = 200
    dataset = profile(
        full_name=["Ann Lee", "Bo Ek"] * (n // 2), phone=[f"+1 212 555 {i:04}" for i in range(n)]
    )
    assert dataset.subjects == n


def test_versions_in_user_agents_are_no_addresses():
    cells = [f"Mozilla/5.0 (X11) Chrome/12{i % 9}.0.0.0 Safari/537.36" for i in range(200)]
    assert "ip_address" not in held(profile(user_agent=cells), "user_agent")


def test_a_rare_hit_does_not_name_the_column():
    cells = [f"item{i}" for i in range(399)] + ["ann@example.com"]
    [column] = profile(label=cells).columns
    assert column.entity is None
    assert [e.entity for e in column.entities] == ["email"]


@pytest.mark.parametrize(
    "columns",
    [
        {"tconst": [f"tt{1000000 + 7919 * i % 9000000}" for i in range(300)]},
        {"sku": [f"{'ABCDEFGH'[i % 8]}{10000000 + 104729 * i % 89999999}" for i in range(300)]},
        {"part_no": [f"X{123456789 + 7919 * i}" for i in range(300)]},
        {"lot": [f"LT{100000 + 37 * i}A" for i in range(300)]},
        {"comment": [f"see ref AB{1234567 + 7919 * i} for the delivery" for i in range(300)]},
        {"column_1": [f"{1732358400 + 61 * i}" for i in range(300)]},
        {"status": ["0", "1", "2"] * 100, "survived": ["0", "1"] * 150},
        {"median_income": ["3.5", "4.1"] * 150, "housing_median_age": ["21", "35"] * 150},
        {"sensor": ["a", "b"] * 150},
        {"施設名": ["中央図書館", "北公民館"] * 150, "緯度": ["35.681", "35.690"] * 150},
    ],
)
def test_codes_measures_and_facilities_are_nothing(columns):
    dataset = profile(**columns)
    assert [(c.path, e.entity) for c in dataset.columns for e in c.entities] == []
    assert dataset.risk.score == 0


@pytest.mark.parametrize(
    ("columns", "path", "entity"),
    [
        ({"Name": ["Braund, Mr. Owen"] * 200, "Age": ["22", "38"] * 100}, "Name", "name_full"),
        ({"nom": ["Dupont", "Petit"] * 100, "prenom": ["Anne"] * 200}, "nom", "name_family"),
        ({"any": ["male", "female"] * 100}, "any", "gender"),
        ({"pickup_lat": ["40.75123"] * 200, "fare": ["12.5"] * 200}, "pickup_lat", "gps"),
        ({"電話番号": ["03-3210-7026"] * 200, "氏名": ["山田 花子"] * 200}, "電話番号", "phone"),
    ],
)
def test_what_stands_beside_it_makes_it_personal(columns, path, entity):
    assert entity in held(profile(**columns), path)


def test_persons_in_lists_of_one_document_are_counted(tmp_path):
    users = [{"email": f"user{i}@example.com", "age": 30 + i % 40} for i in range(80)]
    file = tmp_path / "one.json"
    file.write_text(json.dumps({"page": {"users": users}}), "utf-8")
    [dataset] = ps.scan(str(file)).datasets
    assert dataset.subjects == 80


def test_a_folder_is_judged_no_milder_than_its_files(tmp_path):
    rng = random.Random(1)
    telemetry = "".join(f"{i},{rng.randint(1, 9)}.5,on\n" for i in range(2000))
    (tmp_path / "telemetry.csv").write_text(telemetry, "utf-8")
    cards = "".join(f"7,{card},x\n" for card in CARDS)
    (tmp_path / "cards.csv").write_text(cards, "utf-8")
    assert not ps.gate(str(tmp_path / "cards.csv")).passed
    assert not ps.gate(str(tmp_path)).passed


def test_pictures_that_do_not_decode_are_unread_in_their_share(tmp_path):
    for i in range(4):
        (tmp_path / f"{i}.png").write_bytes(b"\x89PNG\r\n\x1a\n" + b"\0" * 40)
    [dataset] = ps.scan(str(tmp_path)).datasets
    assert dataset.unread_share == 1.0
    assert dataset.risk.score == 40


@pytest.mark.parametrize("rare", [4, 5])
def test_the_rarest_value_of_one_column_alone_is_its_k(rare):
    born = ["1980-01-01"] * 200 + ["1990-06-07"] * 300 + ["1955-05-05"] * rare
    dataset = profile(date_of_birth=born, note=["fine"] * len(born))
    [column] = [c for c in dataset.columns if c.path == "date_of_birth"]
    assert (column.alone.k_min, column.alone.columns) == (rare, ("date_of_birth",))
    assert dataset.quasi_identifiers == ()


def test_what_singles_out_by_itself_or_says_nothing_has_no_classes_of_its_own():
    dataset = profile(
        email=[f"person{i}@example.com" for i in range(200)], note=["fine", "good"] * 100
    )
    assert [c.alone for c in dataset.columns] == [None, None]


def test_cipher_text_makes_no_class_smaller(tmp_path):
    persons = 300
    frame = pl.DataFrame(
        {
            "gender": ["m", "f"] * (persons // 2),
            "date_of_birth": [f"19{50 + i % 50}-0{1 + i % 9}-1{i % 9}" for i in range(persons)],
        }
    )
    frame.write_parquet(tmp_path / "in.parquet")
    [before] = ps.scan(tmp_path / "in.parquet").datasets
    assert [set(q.columns) for q in before.quasi_identifiers] == [{"gender", "date_of_birth"}]
    ps.protect(
        tmp_path / "in.parquet",
        tmp_path / "out.parquet",
        treat=["date_of_birth=encrypt"],
        key=b"a made-up secret of many bytes",
    )
    [after] = ps.scan(tmp_path / "out.parquet").datasets
    assert after.quasi_identifiers == ()
    assert {c.path: c.alone and c.alone.k_min for c in after.columns} == {
        "gender": persons // 2,
        "date_of_birth": None,
    }
