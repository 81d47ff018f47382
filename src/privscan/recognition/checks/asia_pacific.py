"""Validators of Presidio's recognizers for Korea, Thailand, India, Singapore, Australia and more."""

from __future__ import annotations

from datetime import UTC, datetime
from string import ascii_uppercase, digits

import numpy as np

from privscan.recognition.checks import digits as checkdigits
from privscan.recognition.checks import national
from privscan.recognition.checks.buffers import WHITESPACE, Bytes, Flags, every, lookup, some
from privscan.recognition.checks.digits import Check, numbers, weighted_sum
from privscan.recognition.checks.verdicts import (
    CONFIRM,
    DROP,
    KEEP,
    UNDECIDED,
    Rule,
    Verdicts,
    are_digits,
    are_letters,
    code,
    confirmed,
    kept,
    number,
)

_ZERO = np.uint8(ord("0"))

# Korea

_HIGHEST_REGION = 95


def _registration(check: Check) -> Rule:
    def rule(digits: Bytes) -> Verdicts:
        region = numbers(digits[:, 7:9]) <= _HIGHEST_REGION
        # Numbers given since October 2020 are random behind the date of birth.
        return np.where(region & check(digits), CONFIRM, KEEP)

    return rule


_LICENCE_REGIONS = (*range(11, 27), 28)


def _licence(digits: Bytes) -> Flags:
    return np.isin(numbers(digits[:, :2]), _LICENCE_REGIONS)


kr_brn = number(national.brn, (10,), removed=b"-", otherwise=DROP)
kr_driver_license = number(_licence, (12,), removed=b"- ", otherwise=DROP)
kr_frn = number(_registration(national.frn), (13,), removed=b"-", otherwise=DROP)
kr_rrn = number(_registration(national.rrn), (13,), removed=b"-", otherwise=DROP)

# Thailand, Philippines, India

_LOWEST_AADHAAR = 2


def _aadhaar(digits: Bytes) -> Flags:
    palindrome = every(digits == digits[:, ::-1])
    return checkdigits.verhoeff(digits) & (digits[:, 0] >= _LOWEST_AADHAAR) & ~palindrome


_FEWEST_LETTERS = 3
_STATES = 37


def _gstin(texts: Bytes) -> Verdicts:
    state = numbers(texts[:, :2] - _ZERO)
    letters = lookup(texts[:, 2:7], _IS_LETTER).sum(axis=1, dtype=np.uint8)
    shaped = are_digits(texts[:, :2]) & (state >= 1) & (state <= _STATES)
    shaped &= (letters >= _FEWEST_LETTERS) & are_digits(texts[:, 7:11])
    shaped &= are_letters(texts[:, 11:12]) & (texts[:, 13] == ord("Z"))
    return np.where(every(lookup(texts, _IS_ALPHANUMERIC)), confirmed(shaped), UNDECIDED)


_IS_LETTER = bytes(chr(byte) in ascii_uppercase for byte in range(256))
_IS_ALPHANUMERIC = bytes(chr(byte) in ascii_uppercase + digits for byte in range(256))

in_aadhaar = number(_aadhaar, (12,), removed=b"- :", otherwise=DROP)
in_gstin = code(_gstin, (15,))
ph_tin = number(lambda d: kept(national.ph_tin(d)), (9, 12), removed=b"- ", otherwise=DROP)
th_tnin = number(national.tnin, (13,), otherwise=DROP)

# Singapore

_BUSINESS = np.frombuffer(b"XMKECAWLJDB", np.uint8)
_BUSINESS_WEIGHTS = (10, 4, 9, 3, 8, 2, 7, 1)
_COMPANY = np.frombuffer(b"ZKCMDNERGWH", np.uint8)
_COMPANY_WEIGHTS = (10, 8, 6, 4, 9, 7, 5, 3, 1)
_OTHERS = b"ABCDEFGHJKLMNPQRSTUVWX0123456789"
_OTHERS_WEIGHTS = (4, 3, 5, 3, 10, 2, 2, 5, 7)
_OTHERS_LETTER = np.frombuffer(_OTHERS, np.uint8)
_OTHERS_VALUE = bytes(_OTHERS.index(byte) if byte in _OTHERS else 255 for byte in range(256))
_ENTITY_TYPES = "LPLLFCPFRFMQMMNBCCCSMBFMGSDPCPNRCMCDMDHSVHCHMHCLXLCXHCRPTUTCFBFNPAPBSSMCSMGAGB"
"""Entity types of two letters each, end to end."""
_ENTITY_CODES = np.frombuffer(_ENTITY_TYPES.encode(), ">u2")


def _uen(texts: Bytes) -> Verdicts:
    if texts.shape[1] == len(_BUSINESS_WEIGHTS) + 1:
        return _uen_digits(texts, _BUSINESS_WEIGHTS, _BUSINESS)
    company = _uen_digits(texts, _COMPANY_WEIGHTS, _COMPANY)
    future = numbers(texts[:, :4] - _ZERO) > datetime.now(UTC).astimezone().year
    company[are_digits(texts[:, :4]) & future] = DROP
    return np.where(are_letters(texts[:, :1]), _uen_other(texts), company)


def _uen_digits(texts: Bytes, weights: tuple[int, ...], letters: Bytes) -> Verdicts:
    expected = letters[weighted_sum(texts - _ZERO, weights) % 11]
    return np.where(are_digits(texts[:, :-1]), confirmed(expected == texts[:, -1]), UNDECIDED)


def _uen_other(texts: Bytes) -> Verdicts:
    kind = texts[:, 3] * np.uint16(256) + texts[:, 4]
    prefixed = np.isin(texts[:, 0], np.frombuffer(b"TSR", np.uint8))
    typed = prefixed & np.isin(kind, _ENTITY_CODES)
    values = lookup(texts[:, :-1], _OTHERS_VALUE)
    unknown = some(values == 255)  # noqa: PLR2004  # as in the table above
    expected = _OTHERS_LETTER[(weighted_sum(values, _OTHERS_WEIGHTS) + 6) % 11]
    passed = np.where(unknown, UNDECIDED, confirmed(expected == texts[:, -1]))
    return np.where(typed, passed, DROP)


sg_uen = code(_uen, (9, 10), otherwise=DROP)

# Australia

_SPACED = b"-" + WHITESPACE
au_abn = number(national.abn, (11,), removed=_SPACED)
au_acn = number(national.acn, (9,), removed=_SPACED)
au_medicare = number(national.medicare, (10,), removed=_SPACED)
au_tfn = number(national.tfn, (9,), removed=_SPACED)
