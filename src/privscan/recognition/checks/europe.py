"""Validators of Presidio's recognizers for Europe and Türkiye."""

from __future__ import annotations

import numpy as np
import polars as pl

from privscan.recognition.checks import digits as checkdigits
from privscan.recognition.checks import national
from privscan.recognition.checks.buffers import (
    WHITESPACE,
    Bytes,
    Flags,
    digits_only,
    every,
    flat,
    lookup,
    some,
    upper,
)
from privscan.recognition.checks.dates import are_dates
from privscan.recognition.checks.digits import VALUES, numbers
from privscan.recognition.checks.verdicts import (
    CONFIRM,
    DROP,
    KEEP,
    UNDECIDED,
    Verdicts,
    are_digits,
    are_letters,
    code,
    confirmed,
    judged,
    kept,
    number,
    on_digits,
)

_ZERO = np.uint8(ord("0"))
_MOD_23 = np.frombuffer(b"TRWAGMYFPDXBNJZSQVHLCKE", np.uint8)


def _between(value: Bytes | checkdigits.Sums, low: int, high: int) -> Flags:
    inside: Flags = (value >= low) & (value <= high)
    return inside


# Germany


def _kvnr(texts: Bytes) -> Verdicts:
    digits = texts[:, 1:] - _ZERO
    letter = texts[:, 0] - np.uint8(ord("A") - 1)
    effective = np.concatenate([[letter // 10, letter % 10], digits.T]).T
    shaped = are_letters(texts[:, :1]) & are_digits(texts[:, 1:])
    return confirmed(shaped & national.cross_weighted(effective, (1, 2) * 5))


_RVNR_WEIGHTS = (2, 1, 2, 5, 7, 1, 2, 1, 2, 1, 2, 1)


def _rvnr(texts: Bytes) -> Verdicts:
    digits = texts - _ZERO
    letter = texts[:, 8] - np.uint8(ord("A") - 1)
    effective = np.concatenate([digits.T[:8], [letter // 10, letter % 10], digits.T[9:]]).T
    day, month = numbers(digits[:, 2:4]), numbers(digits[:, 4:6])
    shaped = are_digits(texts[:, :8]) & are_letters(texts[:, 8:9]) & are_digits(texts[:, 9:])
    shaped &= (_between(day, 1, 31) | _between(day, 51, 81)) & _between(month, 1, 12)
    return confirmed(shaped & national.cross_weighted(effective, _RVNR_WEIGHTS))


_MOST_REPEATS = 3


def _steuer_id(digits: Bytes) -> Flags:
    passed: Flags = checkdigits.mod_11_10(digits) & (digits[:, 0] != 0)
    for digit in range(10):
        passed &= (digits[:, :10] == digit).sum(axis=1, dtype=np.uint8) <= _MOST_REPEATS
    return passed


def _ust_idnr(texts: Bytes) -> Verdicts:
    shaped = (texts[:, 0] == ord("D")) & (texts[:, 1] == ord("E")) & are_digits(texts[:, 2:])
    passed = checkdigits.mod_11_10(texts[:, 2:] - _ZERO)
    return np.where(shaped, np.where(passed, CONFIRM, KEEP), DROP)


_ALPHANUMERIC = bytes(byte < 128 and chr(byte).isalnum() for byte in range(256))  # noqa: PLR2004  # ASCII
_NOT_ICAO = bytes(chr(byte) in "ABDEIOQSU" for byte in range(256))


def _icao(texts: Bytes) -> Flags:
    shaped: Flags = every(lookup(texts, _ALPHANUMERIC))
    return shaped & are_digits(texts[:, -1:]) & checkdigits.icao_9303(lookup(texts, VALUES))


def _id_card(texts: Bytes) -> Verdicts:
    legacy = (texts[:, 0] == ord("T")) & are_digits(texts[:, 1:])
    return np.where(legacy, KEEP, confirmed(_icao(texts)))


def _passport(texts: Bytes) -> Verdicts:
    ambiguous = some(lookup(texts, _NOT_ICAO))
    return confirmed(_icao(texts) & ~ambiguous)


def _not_zero(digits: Bytes) -> Verdicts:
    return kept(some(digits))


de_bsnr = code(on_digits(_not_zero, DROP), (9,), otherwise=DROP, strips=True)
de_health_insurance = code(_kvnr, (10,), otherwise=DROP, strips=True)
de_id_card = code(_id_card, (9,), otherwise=DROP, strips=True)
de_lanr = code(on_digits(national.lanr, DROP), (9,), otherwise=DROP, strips=True)
de_passport = code(_passport, (9,), otherwise=DROP, strips=True)
de_social_security = code(_rvnr, (12,), otherwise=DROP, strips=True)
de_tax_id = number(_steuer_id, (11,), otherwise=DROP)
de_vat_id = code(_ust_idnr, (11,), removed=WHITESPACE + b".-", otherwise=DROP)

# Spain, Italy, Poland


def _nif(texts: Bytes) -> Verdicts:
    shaped = are_digits(texts[:, :-1]) & are_letters(texts[:, -1:])
    return np.where(shaped, confirmed(_letter_23(texts)), UNDECIDED)


def _letter_23(texts: Bytes) -> Flags:
    passed: Flags = _MOD_23[numbers(texts[:, :-1] - _ZERO) % 23] == texts[:, -1]
    return passed


def _nie(texts: Bytes) -> Verdicts:
    prefix = texts[:, :1] - np.uint8(ord("X"))
    shaped = (prefix[:, 0] <= ord("Z") - ord("X")) & are_digits(texts[:, 1:-1])
    numbered = np.concatenate([(prefix + _ZERO).T, texts.T[1:]]).T
    return confirmed(shaped & _letter_23(numbered))


def _codice_fiscale(texts: Bytes) -> Verdicts:
    values = lookup(texts, VALUES)
    values = values - np.uint8(10) * (values > 9)  # noqa: PLR2004  # letters count from 0 here
    passed = national.fiscal_code_letter(values[:, :-1]) + np.uint8(ord("A")) == texts[:, -1]
    alphanumeric = every(lookup(texts, _ALPHANUMERIC))
    return np.where(alphanumeric, np.where(passed, CONFIRM, KEEP), UNDECIDED)


def _partita_iva(digits: Bytes) -> Flags:
    return checkdigits.luhn(digits) & some(digits > 0)


es_nie = code(_nie, (8, 9), removed=b"- ", otherwise=DROP)
es_nif = code(_nif, (8, 9), removed=b"- ")
it_fiscal_code = code(_codice_fiscale, (16,))
it_vat_code = number(_partita_iva, (11,), removed=b"- _")
pl_pesel = number(national.pesel, (11,), otherwise=DROP)

# Finland, Sweden

_CONTROL = np.frombuffer(b"0123456789ABCDEFHJKLMNPRSTUVWXY", np.uint8)
_CENTURY = np.full(256, 2000, np.uint32)
_CENTURY[np.frombuffer(b"-YXWVU", np.uint8)] = 1900
_CENTURY[ord("+")] = 1800


def fi_personal_identity_code(series: pl.Series) -> Verdicts:
    """FiPersonalIdentityCodeRecognizer: date with its century, modulo 31 control character."""
    return judged(flat(series), _hetu, (11,), otherwise=DROP)


def _hetu(texts: Bytes) -> Verdicts:
    # Presidio knows the century's sign in upper case only, the control character in both.
    digits = np.concatenate([texts.T[:6], texts.T[7:10]]).T - _ZERO
    day, month, short = (numbers(digits[:, at : at + 2]) for at in (0, 2, 4))
    real = are_dates(_CENTURY[texts[:, 6]] + short, month, day)
    control = texts[:, 10] - np.uint8(32) * are_letters(texts[:, 10:]) * (texts[:, 10] >= ord("a"))
    passed = real & (_CONTROL[numbers(digits) % 31] == control)
    return np.where(are_digits(digits + _ZERO), confirmed(passed), UNDECIDED)


_NUMBER_WIDTH = 10
_COORDINATION = 60


def se_personnummer(series: pl.Series) -> Verdicts:
    """SePersonnummerRecognizer: the last ten digits hold a month, a day (or 60 more), and Luhn."""
    rule = on_digits(_personnummer, UNDECIDED)
    return judged(digits_only(flat(series)), lambda t: rule(t[:, -_NUMBER_WIDTH:]), range(10, 65))


def _personnummer(digits: Bytes) -> Flags:
    month, day = numbers(digits[:, 2:4]), numbers(digits[:, 4:6])
    day = np.where(day > _COORDINATION, day - np.uint32(_COORDINATION), day)
    return checkdigits.luhn(digits) & _between(month, 1, 12) & _between(day, 1, 31)


def se_organisationsnummer(series: pl.Series) -> Verdicts:
    """SeOrganisationsnummerRecognizer: ten digits, the third 2 or more, and Luhn."""
    rule = on_digits(_organisationsnummer, DROP)
    return judged(digits_only(flat(series)), rule, (_NUMBER_WIDTH,), otherwise=DROP)


def _organisationsnummer(digits: Bytes) -> Flags:
    return checkdigits.luhn(digits) & _between(digits[:, 2], 2, 9)


# Türkiye, United Kingdom


def _plate_tr(texts: Bytes) -> Verdicts:
    province = numbers(texts[:, :2] - _ZERO)
    return np.where(are_digits(texts[:, :2]), confirmed(_between(province, 1, 81)), KEEP)


def _plate_uk(texts: Bytes) -> Verdicts:
    current = are_letters(texts[:, :2]) & are_digits(texts[:, 2:4])
    age = numbers(texts[:, 2:4] - _ZERO)
    return np.where(current, confirmed(_between(age, 2, 29) | _between(age, 51, 79)), KEEP)


def uk_driving_licence(series: pl.Series) -> Verdicts:
    """UkDrivingLicenceRecognizer: five characters of a surname, letters and then only 9s."""
    return judged(upper(flat(series)), _surname, (16,))


def _surname(texts: Bytes) -> Verdicts:
    name = texts[:, :5]
    nine = name == ord("9")
    letters = lookup(name, _LETTER)
    known = letters | nine
    padded = ~some(nine[:, :-1] & ~nine[:, 1:]) & ~nine[:, 0]
    return np.where(every(known), kept(padded), UNDECIDED)


_LETTER = bytes(chr(byte) in "ABCDEFGHIJKLMNOPQRSTUVWXYZ" for byte in range(256))

tr_license_plate = code(_plate_tr, range(3, 65), removed=b"- ")
tr_national_id = number(lambda d: national.tckn(d) & (d[:, 0] > 0), (11,), otherwise=DROP)
uk_vehicle_registration = code(_plate_uk, (7,), removed=b"- ", otherwise=KEEP)
