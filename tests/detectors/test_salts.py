"""Digests beside salts are passwords, with or without a header; either alone is a code."""

from __future__ import annotations

import base64
import hashlib
import random

import polars as pl
import pytest

import privscan as ps

ROWS = 60


def coded(size, seed):
    chance = random.Random(seed)
    return [base64.b64encode(chance.randbytes(size)).decode() for _ in range(ROWS)]


def hashed(seed):
    return [hashlib.sha256(f"{seed} {n}".encode()).hexdigest() for n in range(ROWS)]


def held(**columns):
    table = {"column_1": [str(4000 + n) for n in range(ROWS)], **columns}
    [data] = ps.scan(pl.DataFrame(table), workers=1).datasets
    return {column.path: column.entity for column in data.columns}


@pytest.mark.parametrize(
    "digests", [coded(32, 1), hashed(1), coded(20, 2)], ids=["base64", "hex", "sha1"]
)
@pytest.mark.parametrize("size", [5, 8, 16])
def test_a_digest_beside_a_salt_is_a_password(digests, size):
    found = held(column_2=digests, column_3=coded(size, 3))
    assert found["column_2"] == "password"
    assert found["column_3"] != "password"


@pytest.mark.parametrize(
    "columns",
    [
        {"column_2": coded(32, 1)},
        {"column_2": hashed(1), "column_3": hashed(2)},
        {"column_2": coded(8, 1), "column_3": [f"build {n}" for n in range(ROWS)]},
        {"column_2": hashed(1), "column_3": ["AbCdEf=="] * ROWS},
        {"column_2": hashed(1), "column_3": [f"libssl-{n}.so" for n in range(ROWS)]},
        {"column_2": [str(10**39 + n) for n in range(ROWS)], "column_3": [f"key{n}=" for n in range(ROWS)]},
    ],
    ids=["alone", "two digests", "salts alone", "one salt", "files", "numbers"],
)  # fmt: skip
def test_either_alone_is_a_code(columns):
    assert "password" not in held(**columns).values()
