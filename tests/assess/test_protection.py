"""The protection of a column: what its forms show, and what they do not."""

from __future__ import annotations

import base64
import hashlib
import random
import uuid

import polars as pl
import pytest

from privscan.assess.protection import protection, state_of
from privscan.evidence.column import observe
from privscan.evidence.distinct import counted, distinct
from privscan.model.kinds import Kind, State
from privscan.rulebook.load import rulebook

RNG = random.Random(5)
MD5 = [hashlib.md5(b"%d" % i).hexdigest() for i in range(100)]
UUIDS = [str(uuid.UUID(int=RNG.getrandbits(128), version=4)) for _ in range(100)]
TOKENS = [f"tok_{RNG.randbytes(8).hex()}" for _ in range(100)]
BLOCKS = [base64.b64encode(RNG.randbytes(16 * (1 + i % 6))).decode() for i in range(100)]
GCM = [base64.b64encode(RNG.randbytes(33 + i % 20)).decode() for i in range(100)]
PICTURES = [base64.b64encode(RNG.randbytes(900 + i)).decode() for i in range(20)]
BCRYPT = ["$2b$12$R9h/cIPz0gi.URNNX3kh2OPST9/PgBkqquzi.Ss7KIUgO2t0jWMUW"]


def column(path, cells):
    found = distinct(counted(pl.Series("c", cells, pl.String)))
    return observe(path, Kind.TEXT, found, [], 7)


def state(entity, path, cells, *detectors):
    return state_of(entity, column(path, cells), rulebook().entities[entity], detectors)


@pytest.mark.parametrize(
    ("entity", "path", "cells", "expected"),
    [
        ("email", "email_md5", MD5, State.HASH_UNSALTED_GUESSABLE),
        ("national_id", "ssn", MD5, State.HASH_UNSALTED_GUESSABLE),
        ("health_condition", "diagnosis", MD5, State.HASH_UNSALTED),
        ("dob", "dob", MD5, State.HASH_UNSALTED),
        ("password", "password", BCRYPT, State.HASH_UNSALTED),
        ("customer_id", "customer_id", MD5, State.PLAIN),
        ("customer_id", "customer_id_hash", MD5, State.HASH_UNSALTED_GUESSABLE),
        ("name_full", "name", UUIDS, State.TOKEN_KEYED),
        ("email", "email", TOKENS, State.TOKEN_KEYED),
        ("ad_id", "idfa", UUIDS, State.PLAIN),
        ("secret_key", "access_token", TOKENS, State.PLAIN),
        ("national_id", "ssn", BLOCKS, State.ENCRYPTED_KEY_APART),
        ("name_full", "name", GCM, State.ENCRYPTED_KEY_APART),
        ("face_image", "photo", PICTURES, State.PLAIN),
        ("fingerprint", "fingerprint", MD5, State.PLAIN),
        ("phone", "phone", ["***-***-1234", "***-***-9999"], State.PARTIAL_MASK),
        ("ip_address", "ip", ["10.2.3.0", "192.168.1.xxx"], State.PARTIAL_MASK),
        ("age", "age", ["25-34", "65+"], State.GENERALISED),
        ("age", "年代", ["30代", "40代"], State.GENERALISED),
        ("phone", "phone", ["555-1234", "555-9876"], State.PLAIN),
        ("dob", "birth_year", ["1984", "1990"], State.GENERALISED),
        ("dob", "dob", ["1984-06", "1990-12"], State.GENERALISED),
        ("dob", "dob", ["1984", "30211"], State.PLAIN),
        ("postal_code", "zip", ["945**", "123xx"], State.GENERALISED),
        ("postal_code", "zip", ["945", "123"], State.GENERALISED),
        ("postal_code", "postcode", ["SW1A", "N1"], State.GENERALISED),
        ("postal_code", "zip", ["94501", "10001"], State.PLAIN),
        ("postal_code", "plz", ["8001", "3000"], State.PLAIN),
        ("email", "email", ["[REDACTED]"] * 9, State.REMOVED),
        ("gender", "gender", ["male", "female"], State.PLAIN),
    ],
)
def test_the_state_of_an_entity_is_measured_on_the_cells(entity, path, cells, expected):
    assert state(entity, path, cells) is expected


@pytest.mark.parametrize(
    ("clear", "expected"), [(5, State.HASH_UNSALTED_GUESSABLE), (20, State.PLAIN)]
)
def test_a_column_is_as_protected_as_most_of_its_cells(clear, expected):
    cells = MD5[: 100 - clear] + [f"{i}@x.example" for i in range(clear)]
    assert state("email", "email", cells) is expected


def test_the_weaker_of_two_protections_counts():
    assert state("email", "email", MD5[:50] + ["[REDACTED]"] * 50) is State.HASH_UNSALTED_GUESSABLE
    assert state("email", "email", MD5[:5] + ["[REDACTED]"] * 95) is State.REMOVED


def test_what_a_detector_sees_stands_in_clear():
    assert state("email", "email", MD5, "pattern/EmailRecognizer") is State.PLAIN
    assert state("age", "age", ["25-34"], "numbers/age") is State.GENERALISED
    assert state("ip_address", "ip", ["10.2.3.0"], "pattern/IpRecognizer") is State.PARTIAL_MASK


def test_values_found_by_hashing_all_candidates_are_guessable():
    assert state("dob", "dob", MD5, "digests/md5") is State.HASH_UNSALTED_GUESSABLE
    assert state("dob", "dob", MD5, "digests/md5", "dates/1980s") is State.PLAIN


@pytest.mark.parametrize(
    ("path", "cells", "header"),
    [
        ("email_sha256", MD5, "email"),
        ("hashedEmail", MD5, "Email"),
        ("emailHash", MD5, "email"),
        ("phone [masked]", ["***-1234"], "phone"),
        ("メール_ハッシュ", MD5, "メール"),
        ("access_token", TOKENS, "access_token"),
        ("email_token", TOKENS, "email"),
        ("email_hash", ["a@x.example"], "email_hash"),
        ("hash", MD5, "hash"),
    ],
)
def test_the_words_for_a_protection_are_no_part_of_what_a_header_says(path, cells, header):
    assert protection(column(path, cells))[1] == header
