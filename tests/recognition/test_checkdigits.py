"""Check digits equal python-stdnum's, and find the errors that their standards promise to find."""

from __future__ import annotations

import importlib
from random import Random

import numpy as np
import pytest

from privscan.recognition.checks import digits as checkdigits
from privscan.recognition.checks import national
from privscan.recognition.checks.buffers import lookup
from privscan.recognition.checks.dates import are_dates

ROWS = 20_000
BITCOIN = "1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN2"
SEGWIT = "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4"
TAPROOT = "bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0"


def stdnum(module):
    return importlib.import_module(f"stdnum.{module}")


def made(width, rows=ROWS, highest=9):
    rng = np.random.default_rng(width)
    return np.asfortranarray(rng.integers(0, highest + 1, (rows, width), dtype=np.uint8))


def spelt(values):
    return ["".join("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"[v] for v in row) for row in values]


def nth(digits, calculated):
    """Whether the last digit is the one that stdnum calculates from those before it."""
    return [calculated(text[:-1]) == text[-1] for text in spelt(digits)]


@pytest.mark.parametrize("width", [1, 2, 15, 16, 19, 28, 29, 60])
def test_luhn(width):
    digits = made(width, 4000)
    expected = [stdnum("luhn").checksum(text) == 0 for text in spelt(digits)]
    assert checkdigits.luhn(digits).tolist() == expected
    assert 0 < sum(expected) < len(expected)


@pytest.mark.parametrize("highest", [9, 35])
@pytest.mark.parametrize("width", [4, 22, 34, 40])
def test_mod_97_10(width, highest):
    values = made(width, 4000, highest)
    expected = [stdnum("iso7064.mod_97_10").checksum(text) == 1 for text in spelt(values)]
    assert checkdigits.mod_97_10(values).tolist() == expected
    assert 0 < sum(expected) < len(expected)


def test_mod_97_10_of_letters_alone():
    values = np.full((3, 40), 35, np.uint8)
    assert checkdigits.mod_97_10(values).tolist() == [int("35" * 40) % 97 == 1] * 3


@pytest.mark.parametrize("width", [9, 11, 30])
def test_mod_11_10(width):
    digits = made(width)
    expected = [stdnum("iso7064.mod_11_10").checksum(text) == 1 for text in spelt(digits)]
    assert checkdigits.mod_11_10(digits).tolist() == expected
    assert 0 < sum(expected) < len(expected)


@pytest.mark.parametrize("width", [1, 11, 12, 25])
def test_verhoeff(width):
    digits = made(width)
    expected = [stdnum("verhoeff").checksum(text) == 0 for text in spelt(digits)]
    assert checkdigits.verhoeff(digits).tolist() == expected
    assert 0 < sum(expected) < len(expected)


@pytest.mark.parametrize(
    ("check", "module", "width"),
    [
        ("aba", "us.rtn", 9),
        ("pesel", "pl.pesel", 11),
        ("acn", "au.acn", 9),
        ("my_number", "jp.in_", 12),
        ("rrn", "kr.rrn", 13),
        ("tnin", "th.pin", 13),
    ],
)
def test_national_check_digits(check, module, width):
    digits = made(width)
    expected = nth(digits, stdnum(module).calc_check_digit)
    assert getattr(national, check)(digits).tolist() == expected
    assert 0 < sum(expected) < len(expected)


def test_nhs():
    digits = made(10)
    british = [stdnum("gb.nhs").checksum(text) == 0 for text in spelt(digits)]
    assert national.nhs(digits).tolist() == british
    assert 0 < sum(british) < len(british)


def test_national_checks_with_more_than_one_digit():
    digits = made(11, 60_000)
    turkish = [
        stdnum("tr.tckimlik").calc_check_digits(text[:9]) == text[9:] for text in spelt(digits)
    ]
    assert national.tckn(digits).tolist() == turkish
    australian = [
        stdnum("au.abn").calc_check_digits(text[2:]) == text[:2] for text in spelt(digits)
    ]
    assert not (np.array(australian) & ~national.abn(digits)).any()
    assert sum(australian) > 0
    tax = [stdnum("au.tfn").checksum(text) == 0 for text in spelt(digits[:, :9])]
    assert national.tfn(digits[:, :9]).tolist() == tax


def test_fiscal_code_letter():
    rng = Random(5)
    codes = ["".join(rng.choice("0123456789ABCXYZ") for _ in range(15)) for _ in range(3000)]
    values = lookup(np.frombuffer("".join(codes).encode(), np.uint8), checkdigits.VALUES)
    values = values.reshape(-1, 15) - np.uint8(10) * (values.reshape(-1, 15) > 9)
    letters = national.fiscal_code_letter(values) + ord("A")
    expected = [stdnum("it.codicefiscale").calc_check_digit(text) for text in codes]
    assert bytes(letters.astype(np.uint8)).decode() == "".join(expected)


@pytest.mark.parametrize(
    ("number", "right"), [("L898902C36", True), ("D231458907", True), ("L898902C37", False)]
)
def test_icao_9303(number, right):
    values = np.array([[int(char, 36) for char in number]], np.uint8)
    assert checkdigits.icao_9303(values).tolist() == [right]


@pytest.mark.parametrize(
    ("check", "text"),
    [
        ("luhn", "4111111111111111"),
        ("verhoeff", "234567890124"),
        ("mod_97_10", "3214282912345698765432161182"),
        ("mod_11_10", "86095742719"),
    ],
)
def test_every_wrong_digit_is_found(check, text):
    right = np.array([[int(char) for char in text]], np.uint8)
    wrong = [
        [*right[0, :place], digit, *right[0, place + 1 :]]
        for place in range(len(text))
        for digit in range(10)
        if digit != right[0, place]
    ]
    assert getattr(checkdigits, check)(right).tolist() == [True]
    assert not getattr(checkdigits, check)(np.array(wrong, np.uint8)).any()


def test_verhoeff_finds_every_swap_of_neighbours():
    digits = made(12, 2000)
    valid = digits[checkdigits.verhoeff(digits)]
    for place in range(11):
        swapped = valid.copy()
        swapped[:, [place, place + 1]] = valid[:, [place + 1, place]]
        same = valid[:, place] == valid[:, place + 1]
        assert checkdigits.verhoeff(swapped).tolist() == same.tolist()


def test_base58check():
    assert checkdigits.base58check(BITCOIN)
    assert checkdigits.base58check("1111111111111111111114oLvT2")
    assert not checkdigits.base58check(BITCOIN.swapcase().replace("0", "1").replace("l", "1"))
    for place in range(1, len(BITCOIN)):
        other = "2" if BITCOIN[place] != "2" else "3"
        assert not checkdigits.base58check(BITCOIN[:place] + other + BITCOIN[place + 1 :])


@pytest.mark.parametrize("address", [SEGWIT, TAPROOT])
def test_bech32(address):
    def checked(texts):
        rows = np.array([[*text[3:].encode()] for text in texts], np.uint8)
        return checkdigits.bech32(lookup(rows, checkdigits.BECH32_VALUES), b"bc").tolist()

    wrong = [
        address[:place] + char + address[place + 1 :]
        for place in range(3, len(address))
        for char in "qpz7"
        if char != address[place]
    ]
    assert checked([address]) == [True]
    assert not any(checked(wrong))
    assert not any(checked([address[:-1] + "b", address[:-1] + "1", address.upper()]))


def test_dates():
    days = [
        (2000, 2, 29, True), (1900, 2, 29, False), (1904, 2, 29, True), (2001, 2, 29, False),
        (2001, 4, 30, True), (2001, 4, 31, False), (2001, 12, 31, True), (2001, 13, 1, False),
        (2001, 0, 1, False), (2001, 1, 0, False), (2001, 1, 32, False), (2001, 99, 99, False),
    ]  # fmt: skip
    year, month, day, real = (np.array(column) for column in zip(*days, strict=True))
    assert are_dates(*(part.astype(np.uint32) for part in (year, month, day))).tolist() == [*real]
