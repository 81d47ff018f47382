"""Tokens in a format fail the check of a card, a My Number or an IBAN, and stay one to one."""

from __future__ import annotations

import re

import numpy as np
import pyarrow as pa
import pytest

from privscan.protect.apart import is_iban, number_check, tokens
from privscan.protect.ff1 import Ff1
from privscan.protect.key import Key
from privscan.protect.treating import Asked, treatments

KEY = Key(b"a made-up secret of many bytes")
COUNT = 1_500


def _tokens(cells: list[str]) -> list[str]:
    made = treatments()["tokenise"].load().made(Asked({"format": ""}, KEY))
    return made(pa.array(cells)).to_pylist()


def _luhn(text: str) -> bool:
    digits = [int(c) for c in text if c.isdigit()][::-1]
    return sum(d if i % 2 == 0 else sum(divmod(2 * d, 10)) for i, d in enumerate(digits)) % 10 == 0


def _my_number(text: str) -> bool:
    digits = [int(c) for c in text if c.isdigit()][::-1]
    rest = sum(d * (n + 1 if n <= 6 else n - 5) for n, d in enumerate(digits[1:], start=1)) % 11
    return digits[0] == (0 if rest <= 1 else 11 - rest)


def _iban(text: str) -> bool:
    bare = text.replace(" ", "")
    return int("".join(str(int(c, 36)) for c in bare[4:] + bare[:4])) % 97 == 1


def _numbers(size: int, check) -> list[str]:
    start, step = 10 ** (size - 2) + 7, 10 ** (size - 2) // COUNT
    fronts = [f"{start + n * step:0{size - 1}}" for n in range(COUNT)]
    return [next(f"{f}{d}" for d in range(10) if check(f"{f}{d}")) for f in fronts]


def _ibans(country: str, bank: str, digits: int) -> list[str]:
    fronts = [f"{bank}{n * 7919:0{digits}}" for n in range(COUNT)]
    found = []
    for front in fronts:
        spelt = "".join(str(int(c, 36)) for c in f"{front}{country}00")
        found.append(f"{country}{98 - int(spelt) % 97:02}{front}")
    return found


@pytest.mark.parametrize(
    ("cells", "check"),
    [
        (_numbers(12, _my_number), _my_number),
        *((_numbers(size, _luhn), _luhn) for size in (13, 15, 16, 19)),
        (_ibans("GB", "WEST", 14), _iban),
        (_ibans("NL", "ABNA", 10), _iban),
        (_ibans("DE", "", 18), _iban),
    ],
    ids=["my number", "13", "card of 15", "card of 16", "19", "GB", "NL", "DE"],
)
def test_what_passes_its_check_becomes_what_fails_it(cells, check):
    assert all(map(check, cells))
    made = _tokens(cells)
    assert not any(map(check, made))
    assert len({*made}) == len(cells)
    shape = [re.sub("[A-Z]", "X", re.sub(r"\d", "9", c)) for c in (cells[0], made[0])]
    assert shape[0] == shape[1]
    assert _tokens(cells[::-7]) == made[::-7]
    # No digit tells of the digit that stood there.
    last = np.array([[int(c[-1], 36), int(m[-1], 36)] for c, m in zip(cells, made, strict=True)])
    assert abs(np.corrcoef(last.T)[0, 1]) < 0.15


def test_blanks_stay_and_the_check_is_asked_without_them():
    cells = ["4111 1111 1111 1111", "4111-1111-1111-1111", "GB82 WEST 1234 5698 7654 32"]
    made = _tokens(cells)
    assert made[0].replace(" ", "") == made[1].replace("-", "")
    assert not _luhn(made[0])
    assert not _iban(made[2])
    assert re.fullmatch(r"[A-Z]{2}\d\d [A-Z]{4} \d{4} \d{4} \d{4} \d\d", made[2])


@pytest.mark.parametrize(("size", "base"), [(5, 1), (5, 2)])
def test_all_numbers_of_a_size_become_all_numbers_of_that_size(size, base):
    luhn = number_check(13)
    assert luhn is not None
    every = np.array([[int(c) for c in f"{n:0{size}}"] for n in range(10**size)], np.uint64)
    made = tokens(Ff1(bytes(16)), every, base, luhn)
    spelt = made @ 10 ** np.arange(size - 1, -1, -1, dtype=np.uint64)
    assert len(np.unique(spelt)) == 10**size


def test_what_fails_its_check_is_one_to_one_with_what_passes():
    passing = _numbers(16, _luhn)
    failing = [f"{c[:-1]}{(int(c[-1]) + 1 + n % 9) % 10}" for n, c in enumerate(passing)]
    made = _tokens(passing + failing)
    assert len({*made}) == 2 * COUNT
    # There are more numbers than failing ones: a ninth of what failed passes.
    assert 0.08 < np.mean([_luhn(m) for m in made[COUNT:]]) < 0.15


def test_numbers_without_such_a_check_are_encrypted_whole():
    assert number_check(11) is None
    assert number_check(20) is None
    cells = [f"{n * 7919:011}" for n in range(COUNT)]
    made = _tokens(cells)
    assert len({*made}) == COUNT
    assert 0.06 < np.mean([_luhn(m) for m in made]) < 0.14


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        (b"GB82 WEST 1234 5698 7654 32", True),
        (b"de89370400440532013000", True),
        (b"GB83 WEST 1234 5698 7654 32", False),
        (b"4111111111111111", False),
        (b"GB82", False),
    ],
)
def test_an_iban_is_told_by_its_check(cell, said):
    assert is_iban(cell) is said
