"""FF1 against the samples that NIST publishes, and its laws."""

from __future__ import annotations

import string

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from privscan.protect.ff1 import LEAST, Ff1, fits

KEY = bytes.fromhex("2B7E151628AED2A6ABF7158809CF4F3CEF4359D8D580AA4F7F036D6F04FC6A94")
DIGITS = bytes.fromhex("39383736353433323130")
WORDS = bytes.fromhex("3737373770717273373737")
ALPHABET = string.digits + string.ascii_lowercase
SAMPLES = [
    (16, 10, b"", "0123456789", "2433477484"),
    (16, 10, DIGITS, "0123456789", "6124200773"),
    (16, 36, WORDS, "0123456789abcdefghi", "a9tv40mll9kdu509eum"),
    (24, 10, b"", "0123456789", "2830668132"),
    (24, 10, DIGITS, "0123456789", "2496655549"),
    (24, 36, WORDS, "0123456789abcdefghi", "xbj3kv35jrawxv32ysr"),
    (32, 10, b"", "0123456789", "6657667009"),
    (32, 10, DIGITS, "0123456789", "1001623463"),
    (32, 36, WORDS, "0123456789abcdefghi", "xs8a0azh2avyalyzuwd"),
]


def _rows(*texts: str) -> np.ndarray:
    return np.array([[ALPHABET.index(c) for c in text] for text in texts], np.uint64)


def _texts(rows: np.ndarray) -> list[str]:
    return ["".join(ALPHABET[int(n)] for n in row) for row in rows]


@pytest.mark.parametrize(("size", "radix", "tweak", "plain", "cipher"), SAMPLES)
def test_the_samples_of_the_standard(size, radix, tweak, plain, cipher):
    ff1 = Ff1(KEY[:size])
    assert _texts(ff1.encrypted(_rows(plain, plain), radix, tweak)) == [cipher, cipher]
    assert _texts(ff1.decrypted(_rows(cipher), radix, tweak)) == [plain]


@given(st.data(), st.sampled_from([10, 26, 36]))
def test_decrypting_gives_back_what_was_encrypted(data, radix):
    size = data.draw(st.integers(6, 20))
    numeral = st.integers(0, radix - 1)
    rows = data.draw(
        st.lists(st.lists(numeral, min_size=size, max_size=size), min_size=1, max_size=5)
    )
    given_rows, ff1 = np.array(rows, np.uint64), Ff1(KEY)
    made = ff1.encrypted(given_rows, radix)
    assert (made < radix).all()
    assert made.shape == given_rows.shape
    assert (ff1.decrypted(made, radix) == given_rows).all()


def test_no_two_texts_share_a_cipher_text():
    every = np.array([[int(c) for c in f"{n:06}"] for n in range(0, LEAST, 37)], np.uint64)
    made = Ff1(KEY).encrypted(every, 10)
    assert len(np.unique(made, axis=0)) == len(every)
    assert (made != every).any(axis=1).mean() > 0.999


def test_what_is_too_short_to_be_safe_or_too_long_for_here_does_not_fit():
    assert [size for size in range(1, 40) if fits(size, 10)] == list(range(6, 33))
    assert [size for size in range(1, 40) if fits(size, 26)] == list(range(5, 23))
