"""What a column is said to hold: its class, its leaks, and how its values are protected."""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import random
import uuid

import pytest
from judged import columns_of, weighed

from privscan.assess.columns import wilson
from privscan.model.kinds import Kind, State

RNG = random.Random(11)
TEXTS = [f"the parcel {i} came late and was sent back to the shop again" for i in range(200)]
DAYS = [dt.date(1940 + i % 60, 1 + i % 12, 1 + i % 28) for i in range(200)]
MAILS = [f"user{i}@example.com" for i in range(200)]
PHONES = [f"({RNG.randint(212, 989)}) 555-01{i % 100:02}" for i in range(200)]
AGES = [str(18 + i * 7 % 70) for i in range(200)]


def digests(texts, algorithm="md5"):
    return [hashlib.new(algorithm, str(text).encode()).hexdigest() for text in texts]


def state(entity, path, cells, **beside):
    return weighed(columns_of(**{path: cells}, **beside)[path])[entity].state


@pytest.mark.parametrize("algorithm", ["md5", "sha1", "sha256"])
@pytest.mark.parametrize("path", ["birth_date", "dob_hash"])
def test_hashed_days_of_birth_are_undone(path, algorithm):
    column = columns_of(**{path: digests(DAYS, algorithm)})[path]
    assert column.entity == "dob"
    assert weighed(column)["dob"].state is State.HASH_UNSALTED_GUESSABLE


def test_hashed_days_without_a_header_are_some_days():
    found = weighed(columns_of(column_1=digests(DAYS))["column_1"])["dob"]
    assert found.state is State.HASH_UNSALTED_GUESSABLE


def test_salted_days_of_birth_are_not():
    salted = [hashlib.sha256(f"{day}{RNG.random()}".encode()).hexdigest() for day in DAYS]
    assert state("dob", "birth_date", salted) is State.HASH_UNSALTED


@pytest.mark.parametrize(
    ("entity", "path", "cells", "expected"),
    [
        ("age", "age", [f"{10 * (int(a) // 10)}-{10 * (int(a) // 10) + 9}" for a in AGES], State.GENERALISED),
        ("dob", "date_of_birth", [str(day.year) for day in DAYS], State.GENERALISED),
        ("phone", "phone", [f"***-***-{n[-4:]}" for n in PHONES], State.PARTIAL_MASK),
        ("email", "email", [f"{m[0]}****@****.com" for m in MAILS], State.PARTIAL_MASK),
        ("email", "email", [str(uuid.UUID(int=RNG.getrandbits(128), version=4)) for _ in MAILS], State.TOKEN_KEYED),
        ("name_full", "full_name", [f"tok_{RNG.randbytes(8).hex()}" for _ in MAILS], State.TOKEN_KEYED),
        ("national_id", "ssn", [base64.b64encode(RNG.randbytes(33 + i % 20)).decode() for i in range(200)], State.ENCRYPTED_KEY_APART),
        ("email", "email", ["[REDACTED]"] * 200, State.REMOVED),
        ("email", "email_md5", digests(MAILS), State.HASH_UNSALTED_GUESSABLE),
        ("health_condition", "diagnosis", digests(TEXTS), State.HASH_UNSALTED),
        ("dob", "date_of_birth", [str(day) for day in DAYS], State.PLAIN),
        ("age", "age", AGES, State.PLAIN),
        ("phone", "phone", PHONES, State.PLAIN),
        ("email", "email", MAILS, State.PLAIN),
    ],
)  # fmt: skip
def test_the_state_stands_beside_the_class(entity, path, cells, expected):
    column = columns_of(**{path: cells})[path]
    assert column.entity == entity
    assert weighed(column)[entity].state is expected


def test_the_first_digits_of_a_postcode_are_an_area():
    areas = [f"{i % 90 + 10}" for i in range(200)]
    assert state("postal_code", "postcode", areas, email=MAILS) is State.GENERALISED
    full = [f"{i % 90 + 10}{100 + i}" for i in range(200)]
    assert state("postal_code", "postcode", full, email=MAILS) is State.PLAIN


def test_a_few_in_clear_leave_none_protected():
    some = [*digests(MAILS[:150]), *MAILS[150:]]
    assert state("email", "email", some) is State.PLAIN


@pytest.mark.parametrize("said", ["mail me at ann@example.com please", "card 4111 1111 1111 1111 was refused",
                                  "he paid to DE89370400440532013000 last week"])  # fmt: skip
def test_one_in_a_text_is_a_leak_and_no_class(said):
    column = columns_of(comment=[*TEXTS, f"the customer said {said}"])["comment"]
    leaks = [one for one in column.entities if one.leak]
    assert [one.cells for one in leaks] == [1]
    assert leaks[0].confidence >= 0.5
    assert column.entity != leaks[0].entity


def test_texts_of_nobody_leak_nothing():
    assert [one for one in columns_of(comment=TEXTS)["comment"].entities if one.leak] == []


def test_what_fills_the_cells_is_their_class_and_no_leak():
    texts = columns_of(contact=[f"please write to {mail} or call" for mail in MAILS])["contact"]
    assert weighed(texts)["email"].leak
    assert texts.entity is None
    cells = columns_of(contact=MAILS)["contact"]
    assert not weighed(cells)["email"].leak
    assert cells.entity == "email"


def test_words_of_bodies_in_texts_hide_no_leak():
    texts = [f"order {i}: the shop was closed, so I went to the bank" for i in range(200)]
    said = "the shop said mail me at ann@example.com or at the school"
    column = columns_of(comment=[*texts, said])["comment"]
    assert [one.entity for one in column.entities if one.leak] == ["email"]


def test_a_column_of_nothing_holds_nothing():
    column = columns_of(email=[None, None, None, ""], dob=["", None, "", None])["email"]
    assert (column.entity, column.entities, column.confidence) == (None, (), 0.0)


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (["1", "2.5", "-3"], Kind.NUMBER),
        (["2024-01-31", "2024-02-01"], Kind.TIME),
        (["1", "x"], Kind.TEXT),
        ([1, 2], Kind.NUMBER),
        ([dt.date(2024, 1, 31)], Kind.TIME),
    ],
)
def test_the_kind_is_that_of_the_values(cells, expected):
    assert columns_of(c=cells)["c"].kind is expected


def test_what_was_weighed_and_not_found_is_kept_nearest_first():
    column = columns_of(column_1=[f"{10115 + 371 * i}" for i in range(40)])["column_1"]
    below = [one.confidence for one in column.considered]
    assert below == sorted(below, reverse=True)
    assert 0 < len(below) <= 2
    assert {one.entity for one in column.considered}.isdisjoint(e.entity for e in column.entities)


@pytest.mark.parametrize(("cells", "total"), [(0, 10), (3, 10), (10, 10), (1, 1_000_000), (0, 0)])
def test_the_interval_holds_the_share(cells, total):
    low, high = wilson(cells, total)
    assert 0 <= low <= cells / max(1, total) <= high + 1e-6 <= 1 + 1e-6
    more = wilson(cells * 10, total * 10)
    assert more[1] - more[0] <= high - low
