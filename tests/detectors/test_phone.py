"""Telephone numbers: Presidio's answers, and no alarm on numbers that are none."""

from __future__ import annotations

import json
import time
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from phonenumbers import PhoneNumberMatcher
from presidio_analyzer.predefined_recognizers import PhoneRecognizer

from privscan.detectors import phone
from privscan.model.data import Column, Hits, Unread
from privscan.model.kinds import Kind
from privscan.recognition.phone import SCORE

CASES = Path(__file__).parents[3] / "shared" / "data" / "presidio_cases.jsonl"


def found(cells, path="phone"):
    column = Column(path, Kind.TEXT, pl.Series(path, cells, pl.String))
    hits = list(phone.find(column))
    assert len(hits) <= 1
    return hits[0].mask.to_list() if hits else [False] * len(cells)


def longest(texts):
    """The longest number in each text, by the first set of regions that sees one; 0: none."""
    column = pl.Series(texts, dtype=pl.String)
    first, second = (phone._longest(column, regions)[0] for regions in phone.REGIONS)
    return np.where(first > 0, first, second).tolist()


def presidios(text):
    """By Presidio, without the short numbers that tell nobody from an article code."""
    for regions in phone.REGIONS:
        results = PhoneRecognizer(supported_regions=regions).analyze(text, ["PHONE_NUMBER"])
        spans = [r.end - r.start for r in results if long(text[r.start : r.end], regions)]
        if spans:
            return max(spans)
    return 0


def long(number, regions):
    found = [m for r in regions for m in PhoneNumberMatcher(number, r, leniency=1)]
    digits = sum(c.isdigit() for c in number)
    return any(digits - len(m.number.extension or "") >= phone.FEWEST_DIGITS for m in found)


def test_the_regions_score_and_leniency_are_presidios():
    recognizer = PhoneRecognizer()
    assert phone.REGIONS[0] == recognizer.supported_regions
    assert (recognizer.SCORE, recognizer.leniency) == (SCORE, 1)
    assert not set(phone.REGIONS[0]) & set(phone.REGIONS[1])


@pytest.mark.skipif(not CASES.is_file(), reason="Presidio's own test cases are not here")
def test_presidios_own_cases():
    cases = [json.loads(line) for line in CASES.read_text("utf-8").splitlines()]
    texts = sorted({c["text"] for c in cases if "Phone" in c["recognizer"]})
    assert len(texts) > 30
    assert longest(texts) == [presidios(text) for text in texts]


numbers = st.from_regex(r"(?:\+?[0-9]{1,3}[ .-]?)?(?:\(0?[0-9]{2,4}\) ?|0?[0-9]{2,4}[ -])[0-9]{2,4}[ -]?[0-9]{3,4}", fullmatch=True)  # fmt: skip


@settings(max_examples=30, deadline=None)
@given(st.lists(st.one_of(numbers, numbers.map(lambda n: f"call {n}, or write"), st.text("0123456789 +()-/abx#", max_size=24)), min_size=2))  # fmt: skip
def test_any_text_has_the_longest_number_that_presidio_reports(texts):
    assert longest(texts) == [presidios(text) for text in texts]


@pytest.mark.parametrize("extension", [" ext. 12345", "x12345", " x 12345", "#12345", " - 12345#"])
def test_an_extension_does_not_make_a_short_number_long(extension):
    assert found([f"+49 30 1234{extension}", f"+49 30 901820{extension}"]) == [
        presidios(f"+49 30 1234{extension}") > 0,
        True,
    ]


def test_cells_in_other_scripts_are_read_beside_ascii_ones():
    assert found(["電話 03-3210-7026", "(212) 555-0123", "件名 12-34"]) == [True, True, False]


@pytest.mark.parametrize(
    "number",
    [
        "+1 212 555 0123",
        "(212) 555-0123",
        "+44 20 7946 0958",
        "030 901820",
        "+49 30 901820",
        "01 42 68 53 00",
        "03-3210-7026",
        "090-1234-5678",
        "call 03-3210-7026 before noon",
        "+81 3 3210 7026",
    ],
)
def test_telephone_numbers_are_found(number):
    assert found([number]) == [True]


@pytest.mark.parametrize(
    ("cell", "path"),
    [
        ("2024-11-23", "phone"),
        ("2024-11-23 10:22:01", "x"),
        ("192.168.10.254", "x"),
        ("1.23456789", "x"),
        ("550e8400-e29b-41d4-a716-446655440000", "x"),
        ("d41d8cd98f00b204e9800998ecf8427e", "x"),
        ("2125550123", "order_no"),
        ("1732358400", "timestamp"),
        ("9783161484100", "isbn"),
        ("https://shop.example.com/item/2125550123", "link"),
        ("room 12", "x"),
        ("", "x"),
    ],
)
def test_other_numbers_are_not(cell, path):
    assert found([cell], path) == [False]


def test_digits_in_a_row_need_a_header_a_word_or_the_zero_that_is_dialled():
    assert found(["2125550123"], "phone") == [True]
    assert found(["09012345678", "2125550123", "1732358400"], "column_4") == [True, False, False]
    text = ["call 2125550123 at noon", "order 2125550123 at noon"]
    assert found(text, "note") == [True, False]


def test_whole_says_whether_the_cell_is_more_than_the_number():
    column = Column("x", Kind.TEXT, pl.Series(["+1 212 555 0123", "call +1 212 555 0123 now"]))
    [hit] = phone.find(column)
    assert hit.whole.to_list() == [True, False]


def test_a_number_at_the_end_of_a_huge_cell_is_found():
    filler = "lorem ipsum 12 " * (phone.WINDOW // 15)
    assert found([filler * 2 + "call 03-3210-7026", filler * 2], "note") == [True, False]


def test_what_takes_longer_than_its_time_is_unread_and_the_rest_is_read(monkeypatch):
    monkeypatch.setattr(phone, "SECONDS", 0.02)
    cells = pl.Series([", ".join(f"{i} 00 {i}" for i in range(90_000)), "+1 425 882 8080"])
    started = time.monotonic()
    unread, hits = phone.find(Column("phone", Kind.TEXT, cells))
    assert time.monotonic() - started < 20
    assert isinstance(unread, Unread)
    assert hits.mask.to_list()[1]


@pytest.mark.parametrize(
    "cell",
    ["225-41-8292", "4262 2488 4431 3973", "DE89 3704 0044 0532 0130 00", "029-2501", "〒029-2501", "01310-100",
     "20500-0003"],
)  # fmt: skip
def test_numbers_grouped_as_another_kinds_need_a_header_that_says_phone(cell):
    assert found([cell], "reference") == [False]


def test_a_number_of_the_social_securitys_grouping_counts_under_a_phone_header():
    assert found(["225-41-8292"], "phone") == [
        bool(PhoneRecognizer().analyze("225-41-8292", ["PHONE_NUMBER"]))
    ]


# ------------------------------------------------------------------ endless rows of digits


ROWS_OF_NUMBERS = (
    "1-" * 75_000,
    " ".join(str(value * 37 % 256) for value in range(2_304)),
    "[" + ", ".join(f"{value * 0.0137 - 2:.7f}" for value in range(768)) + "]",
    "[0.5e-05 -0.25\n 1.  0.125 " * 40 + "]",
)


@pytest.mark.parametrize("path", ["phone", "column_1"])
@pytest.mark.parametrize("text", ROWS_OF_NUMBERS, ids=["hyphens", "picture", "vector", "array"])
def test_pictures_and_vectors_are_no_telephone_numbers(text, path):
    started = time.process_time()
    assert list(phone.find(Column(path, Kind.TEXT, pl.Series([text])))) == []
    assert time.process_time() - started < 2


@pytest.mark.parametrize("many", [300, 30_000])
def test_an_endless_row_of_digits_is_not_read_and_that_is_said(many):
    started = time.process_time()
    cells = pl.Series(["1234 " * many, "030 1234567", "nothing"])
    items = list(phone.find(Column("phone", Kind.TEXT, cells)))
    assert [type(item) for item in items] == ([Hits] if many < 1_000 else [Unread, Hits])
    assert items[-1].mask.to_list() == [False, True, False]
    assert items[-1] is items[0] or items[0].reason == phone.TOO_LONG
    assert time.process_time() - started < 5


def test_numbers_at_the_head_of_an_endless_row_are_seen():
    texts = ["06 12 34 56 78 / " * 60, "06 12 34 56 78 / " * 6_000, "(030) 1234567 - 99 " * 500]
    items = list(phone.find(Column("phone", Kind.TEXT, pl.Series(texts))))
    assert [type(item) for item in items] == [Unread, Hits]
    assert items[1].mask.to_list() == [True, True, True]


@pytest.mark.parametrize(
    "text",
    [
        " / ".join(["06 12 34 56 78"] * 30),
        " ".join(["212-555-0123"] * 40),
        "0612345678 " * 30,
    ],
)
def test_many_telephone_numbers_in_a_row_are_no_vector(text):
    assert found([text]) == [True]
