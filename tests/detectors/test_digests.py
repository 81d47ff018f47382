"""Unsalted digests of guessable values are found by hashing the values, and no others are."""

from __future__ import annotations

import base64
import hashlib
import hmac
import random

import polars as pl
import pytest

from privscan.detectors import digests
from privscan.model.data import Column
from privscan.model.kinds import Kind

RNG = random.Random(11)
DAYS = [(RNG.randint(1930, 2010), RNG.randint(1, 12), RNG.randint(1, 28)) for _ in range(200)]
BIRTHS = [f"{y}-{m:02}-{d:02}" for y, m, d in DAYS]


def found(path, cells):
    column = Column(path, Kind.TEXT, pl.Series(cells, dtype=pl.String))
    return {h.entity: (int(h.mask.sum()), h.detector) for h in digests.find(column)}


def hashed(name, texts):
    return [hashlib.new(name, text.encode()).hexdigest() for text in texts]


@pytest.mark.parametrize("write", ["{0}-{1:02}-{2:02}", "{0}{1:02}{2:02}", "{2:02}/{1:02}/{0}"])
def test_hashed_days_of_birth_are_undone_in_any_common_writing(write):
    texts = [write.format(*day) for day in DAYS]
    assert found("dob_sha256", hashed("sha256", texts)) == {"dob": (200, "digests/sha256")}


@pytest.mark.parametrize("name", ["md5", "sha1", "sha224", "sha256", "sha384", "sha512"])
def test_every_algorithm_in_every_code(name):
    digest = hashlib.new(name, b"female").digest()
    plain, safe = base64.b64encode(digest), base64.urlsafe_b64encode(digest)
    cells = [digest.hex(), digest.hex().upper(), plain.decode(), safe.decode().rstrip("=")]
    [(entity, (count, detector))] = found("gender", cells * 5).items()
    assert (entity, detector) == ("gender", f"digests/{name}")
    # A digest in base64 is told by a digit in it.
    assert count >= 10


@pytest.mark.parametrize(
    ("path", "texts", "entity"),
    [
        ("age", [str(i) for i in range(18, 99)], "age"),
        ("zip_hash", [f"{i:05}" for i in range(100, 9000, 90)], "postal_code"),
        ("pin", [f"{i:04}" for i in range(0, 9999, 99)], "pin"),
        ("customer_id_md5", [str(i) for i in range(100)], "customer_id"),
        ("geschlecht", ["m", "w", "M", "W"], "gender"),
        ("diabetes_hash", ["yes", "no", "Yes", "0"], "health_condition"),
    ],
)
def test_values_of_a_small_domain_are_undone(path, texts, entity):
    assert found(path, hashed("md5", texts))[entity][0] == len(texts)


@pytest.mark.parametrize("path", ["hash", "column_3", "sha256", ""])
def test_under_a_header_that_says_nothing_days_and_vocabularies_are_tried(path):
    assert found(path, hashed("sha256", BIRTHS))["dob"][0] == 200
    assert found(path, hashed("sha256", ["male", "female"]))["gender"][0] == 2


@pytest.mark.parametrize(
    ("path", "cells"),
    [
        ("dob", hashed("sha256", [f"salt{day}" for day in BIRTHS])),
        ("dob", [hmac.new(b"key", day.encode(), "sha256").hexdigest() for day in BIRTHS]),
        ("dob", [f"{RNG.getrandbits(256):064x}" for _ in range(500)]),
        ("commit_sha", hashed("sha1", BIRTHS)),
        ("file_md5", hashed("md5", [str(i) for i in range(100)])),
        ("dob", BIRTHS),
        ("dob", [h[:30] for h in hashed("sha256", BIRTHS)]),
        ("email_md5", hashed("md5", [f"user{i}@mail.example" for i in range(100)])),
        ("name", ["Jane Doe", "deadbeef", ""]),
        ("last_name_sha256", hashed("sha256", ["yes", "no", "m", "f", "0", "unknown"])),
        ("email_md5", hashed("md5", ["a", "b", "none"])),
        ("hash", hashed("md5", ["yes", "no", "true", "0", "q"])),
    ],
)
def test_what_no_candidate_matches_is_not_found(path, cells):
    assert found(path, cells) == {}
