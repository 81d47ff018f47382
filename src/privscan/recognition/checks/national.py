"""Check digits of national numbers, on digit and value matrices as in `checkdigits`."""

from __future__ import annotations

import numpy as np

from privscan.recognition.checks.buffers import Bytes, Flags
from privscan.recognition.checks.digits import Sums, cross_sum, leaves, weighted, weighted_sum

nhs = weighted(range(10, 0, -1), 11)
"""United Kingdom, NHS Data Dictionary, NHS NUMBER: weights 10 down to 1, modulo 11."""

dea = weighted((1, 2, 1, 2, 1, 2, 9), 10)
"""United States, DEA registration: 1st + 3rd + 5th + 2 (2nd + 4th + 6th) ends in the 7th digit."""

aba = weighted((3, 7, 1) * 3, 10)
"""United States, ABA routing transit number: weights 3, 7, 1, modulo 10."""

pesel = weighted((1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1), 10)
"""Poland, PESEL: weights 1, 3, 7, 9, modulo 10."""

lanr = weighted((4, 9, 4, 9, 4, 9, 1), 10)
"""Germany, KBV Arztnummern-Richtlinie: weights 4, 9 over six digits, modulo 10."""

abn = weighted((10, *range(1, 20, 2)), 89, remainder=10)
"""Australia, ABN: 1 taken from the first digit, weights 10, 1, 3, ... 19, modulo 89."""

acn = weighted((*range(8, 0, -1), 1), 10)
"""Australia, ACN: weights 8 down to 1, modulo 10, with the check digit at weight 1."""

tfn = weighted((1, 4, 3, 7, 5, 8, 6, 9, 10), 11)
"""Australia, TFN: weights 1, 4, 3, 7, 5, 8, 6, 9, 10, modulo 11."""

medicare = weighted((1, 3, 7, 9, 1, 3, 7, 9, 9), 10)
"""Australia, Medicare card: weights 1, 3, 7, 9 over eight digits end in the ninth."""

ph_tin = weighted((9, 8, 7, 6, 5, 4, 3, 2, 10), 11)
"""Philippines, TIN: weights 9 down to 2, modulo 11, is the ninth digit."""


def my_number(digits: Bytes) -> Flags:
    """Japan, Individual Number (Ordinance 85 of 2014): 11 less the sum modulo 11, 10 as 0."""
    sums = weighted_sum(digits, (6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2))
    return _is_last((11 - sums % 11) % 11 % 10, digits)


_RRN_WEIGHTS = (2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5)


def rrn(digits: Bytes) -> Flags:
    """Korea, resident registration number: 11 less the sum modulo 11, modulo 10."""
    return _is_last((11 - weighted_sum(digits, _RRN_WEIGHTS) % 11) % 10, digits)


def frn(digits: Bytes) -> Flags:
    """Korea, foreigner registration number: 13 less the sum modulo 11, modulo 10."""
    return _is_last((13 - weighted_sum(digits, _RRN_WEIGHTS) % 11) % 10, digits)


def tnin(digits: Bytes) -> Flags:
    """Thailand, national identification number: weights 13 down to 2, modulo 11, modulo 10."""
    return _is_last((11 - weighted_sum(digits, range(13, 1, -1)) % 11) % 10, digits)


def brn(digits: Bytes) -> Flags:
    """Korea, business registration number: weights 1, 3, 7; of the ninth digit both products."""
    sums = weighted_sum(digits, (1, 3, 7, 1, 3, 7, 1, 3, 5, 1))
    return leaves(sums + digits.T[8] // 2, 10)


def tckn(digits: Bytes) -> Flags:
    """Türkiye, identity number: the tenth digit from 7 times odd less even places, the last."""
    tenth = weighted_sum(digits, (7, 9, 7, 9, 7, 9, 7, 9, 7, 9))
    return leaves(tenth, 10) & leaves(weighted_sum(digits, (1,) * 10 + (9,)), 10)


def cross_weighted(digits: Bytes, weights: tuple[int, ...]) -> Flags:
    """The digits of every product added end in the last digit: German insurance numbers.

    GKV-Spitzenverband § 290 SGB V (KVNR) with weights 1, 2; VKVV § 4 (RVNR) with its own.
    """
    total: Sums = np.zeros(len(digits), np.uint32)
    for column, weight in zip(digits.T[:-1], weights, strict=True):
        total += cross_sum(column * np.uint32(weight))
    return _is_last(total % 10, digits)


def fiscal_code_letter(values: Bytes) -> Bytes:
    """Italy, codice fiscale (D.M. 23 December 1976): the value of the letter that the rest needs.

    Values count letters from 0 as digits do; odd places have a table of their own.
    """
    total = np.zeros(len(values), np.uint32)
    for place, column in enumerate(values.T):
        total += column if place % 2 else _FISCAL_CODE_ODD[column]
    return (total % 26).astype(np.uint8)


_FISCAL_CODE_ODD = np.array(
    [1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23],
    np.uint8,
)


def _is_last(expected: Sums, digits: Bytes) -> Flags:
    passed: Flags = expected == digits.T[-1]
    return passed
