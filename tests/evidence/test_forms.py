"""Protected forms of cells, and the many texts that only look like one."""

from __future__ import annotations

import base64
import hashlib
import random

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from privscan.evidence.distinct import counted, distinct
from privscan.evidence.forms import forms

SEED = 7
BCRYPT = "$2b$12$R9h/cIPz0gi.URNNX3kh2OPST9/PgBkqquzi.Ss7KIUgO2t0jWMUW"


def formed(*cells):
    found = distinct(counted(pl.Series("c", cells, pl.String)))
    return dict(forms(found, found.cells.hash(SEED), SEED))


@pytest.mark.parametrize("name", ["md5", "sha1", "sha224", "sha256", "sha384", "sha512"])
def test_digests_are_told_by_their_size_in_every_common_writing(name):
    digests = [hashlib.new(name, b"%d" % i).digest() for i in range(50)]
    size = len(digests[0])
    for write in (bytes.hex, lambda d: d.hex().upper()):
        assert formed(*map(write, digests)) == {f"hex{size}": 50}
    for code in (base64.b64encode, base64.urlsafe_b64encode):
        for end in ("", "="):
            texts = [code(d).decode().rstrip(end) for d in digests]
            # One in fifty has no digit, or begins as a token does.
            assert formed(*texts).get(f"base64/{size}", 0) >= 45


def test_cipher_texts_are_blocks_of_any_number():
    rng = random.Random(3)
    hexes = [rng.randbytes(16 * (5 + i)).hex() for i in range(9)]
    assert formed(*hexes) == {"hex": 9}
    assert formed(*[base64.b64encode(rng.randbytes(80)).decode() for _ in range(20)]) == {
        "base64/blocks": 20
    }
    assert formed(*[base64.b64encode(rng.randbytes(50)).decode() for _ in range(20)]) == {
        "base64": 20
    }


@pytest.mark.parametrize(
    ("form", "cell"),
    [
        ("uuid", "f47ac10b-58cc-4372-a567-0e02b2c3d479"),
        ("sealed", "gAAAAABmT1x7" + "aB3_" * 25 + "=="),
        ("sealed", "vault:v1:8SDd3WHDOjf7mq69CyCqYjBXAiQQAVZRkFM13ok481zoCmHnSeDX9vyf7w=="),
        ("sealed", "ENC[AES256_GCM,data:Tr7o=,iv:1=,tag:k=,type:str]"),
        ("sealed", "-----BEGIN PGP MESSAGE-----\n\n" + "hQEMA1+/" * 12),
        ("sealed", "eyJhbGciOiJSU0EtT0FFUCJ9." + ".".join(["aB3-" * 8] * 4)),
        ("password", BCRYPT),
        ("password", "$argon2id$v=19$m=65536,t=3,p=4$c29tZXNhbHQ$RdescudvJCsgt3ub+b4dWRWJTmaaJObG"),
        ("password", "pbkdf2_sha256$600000$Zz8sB1$w3QmYvV8b0sJtQ0kR7e2aXf1cD9uLhPz5TgNoI4jWyE="),
        ("prefixed", "sha256:" + "0a" * 32),
        ("prefixed", "{SHA}W6ph5Mm5Pz8GgiULbPgzG37mj9g="),
        ("token", "tok_1a2b3c4d5e6f7g"),
        ("token", "CUS-9aBcDeFgHiJk12"),
        ("cut", "192.168.1.xxx"),
        ("cut", "10.0.x.x"),
        ("cut", "10.1.2.0"),
        ("masked", "a***@example.com"),
        ("masked", "****1234"),
        ("masked", "●●●●1234"),
        ("masked", "田中\uff0a\uff0a"),
        ("masked", "xxx-xx-1234"),
        ("masked", "###-##-1234"),
        ("masked", "...1234"),
        ("masked", "123xx"),
        ("masked", "DE** **** **** **** **30 00"),
        ("masked", "DE89 **** **** **** 3000"),
        ("band", "25-34"),
        ("band", "<18"),
        ("band", "65+"),
        ("band", "[25, 34)"),
        ("band", "[-20000000, -10000001]"),
        ("band", "[9223372036854775800, 9223372036854775809]"),
        ("band", "[-4, 2.5]"),
        ("band", "18 to 24"),
        ("band", "65 and over"),
        ("band", "under 18"),
        ("band", "30代"),
        ("band", "20歳未満"),
        ("band", "20\uff5e29歳"),
        ("band", "1980s"),
        ("band", "<=50K"),
        ("band", "20-30k"),
        ("band", "$75k+"),
        ("band", "$20,000 - $29,999"),
        ("band", "$100,000 or more"),
        ("band", "mehr als 50.000 €"),
        ("band", "de 1.000 a 2.000 €"),
        ("band", "300万円未満"),
        ("band", "300万円以上500万円未満"),
        ("band", "3000만원 이상"),
        ("band", "5000-8000元"),
        ("month", "1985-06"),
        ("month", "06/1985"),
        ("month", "June 1985"),
        ("month", "昭和60年6月"),
        ("removed", "[REDACTED]"),
        ("removed", "<PERSON>"),
        ("removed", "Removed"),
        ("removed", "****"),
        ("removed", "非公開"),
    ],
)
def test_a_protected_form_is_seen(form, cell):
    assert formed(cell) == {form: 1}


@pytest.mark.parametrize(
    "cell",
    [
        "Jane Doe", "Xavier Nixon", "exxon mobil", "XXL", "xxiv", "Call me ** now please and then", "## Title words",
        "Wait... what", "and so on...", "https://example.com/a/b/c?d=1", "john.smith-99@example.com", "+1 555 123 4567",
        "(03) 1234-5678", "2024-01-31", "2024-01-31 12:30:00", "31.12.2024", "12:30", "12:30-14:00 daily", "12,5", "1.234,50", "-12",
        "3.14159265", "10.50", "1.2.3", "10.1.2.3", "12 Main Street", "221B Baker St", "東京都港区1-2-3", "2024年5月1日", "第12回",
        "SKU-00012345678901", "INV-2024-000123", "12345678901234567890123456789012", "deadbeef", "cafe", "A1B2C3D4",
        "a-long-slug-of-words-2024", "/usr/local/lib/python3", "John, 34", "G+", "C++", "*", "1*", "2 x 3", "$12.50", "removed it", "1985",
        "some_snake_case_name_1", "ISBN 978-3-16-148410-0", "4111 1111 1111 1111", "DE89370400440532013000", "1Z999AA10123456784",
        "DE89 3704 0044 0532 0130 00", "PL61 1090 1014 0000", "$20,000", "50k", "300万円", "de 12 a la carte", "Less than ideal 5", "more or less",
        "20,5 - x", "<div>", "1k words", "a 5 y 6",
    ],
)  # fmt: skip
def test_other_texts_have_no_protected_form(cell):
    assert formed(cell) == {}


cells = st.lists(
    st.sampled_from(["ab12" * 8, "25-34", "REDACTED", "a***@x.example", "Jane", "7", BCRYPT, ""]),
    max_size=30,
)


@given(cells, st.integers(0, 30))
def test_forms_add_up_over_any_cut(some, at):
    one, two = formed(*some[:at]), formed(*some[at:])
    assert {f: one.get(f, 0) + two.get(f, 0) for f in {**one, **two}} == formed(*some)


def test_each_row_counts_once():
    assert formed(*["REDACTED"] * 40, *["25-34"] * 10) == {"removed": 40, "band": 10}
