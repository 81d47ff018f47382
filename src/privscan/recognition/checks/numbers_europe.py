"""Check digits of European national numbers, by python-stdnum's names where it has them."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from privscan.recognition.checks import national
from privscan.recognition.checks.buffers import Bytes, Flags, lookup
from privscan.recognition.checks.dates import are_dates
from privscan.recognition.checks.digits import (
    VALUES,
    Check,
    Sums,
    luhn,
    mod_11_10,
    weighted,
    weighted_sum,
)
from privscan.recognition.checks.parts import (
    ZERO,
    Letters,
    both,
    dated,
    ends,
    first_in,
    less,
    letters,
    mod_11,
    of_digits,
    spelt,
    to_11,
    to_11_or_0,
)

_MOD_97, _NINE = np.uint32(97), np.uint32(9)


def _be_nn(digits: Bytes) -> Flags:
    body, check = spelt(digits, 0, 9), spelt(digits, 9, 11)
    month = less(spelt(digits, 2, 4), (39, 19), 20)
    old: Flags = _MOD_97 - body % _MOD_97 == check
    new: Flags = _MOD_97 - (body + np.uint32(2_000_000_000)) % _MOD_97 == check
    real: Flags = (month <= 12) & (spelt(digits, 4, 6) <= 31)  # noqa: PLR2004  a date's bounds
    return (old | new) & real


def _marked_months(digits: Bytes) -> Flags:
    """Bulgaria: 20 or 40 more in the month for another century."""
    month = less(spelt(digits, 2, 4), (40, 20), 20)
    return are_dates(spelt(digits, 0, 2) + np.uint32(2000), month, spelt(digits, 4, 6))


def _rodne_cislo(digits: Bytes) -> Flags:
    """Czechia and Slovakia: 50 more in a woman's month, 20 more when numbers run out."""
    month = spelt(digits, 2, 4) % np.uint32(50) % np.uint32(20)
    date = are_dates(spelt(digits, 0, 2) + np.uint32(2000), month, spelt(digits, 4, 6))
    right: Flags = mod_11(spelt(digits, 0, 9)) == digits[:, 9]
    return date & right


def _steuer_id(digits: Bytes) -> Flags:
    """Germany, § 139b AO: among the first ten one digit stands twice or three times."""
    counts = np.stack([(digits[:, :10] == digit).sum(axis=1) for digit in range(10)])
    some: Flags = ((counts > 1).sum(axis=0) == 1) & np.isin(counts.max(axis=0), (2, 3))
    return some


def _isikukood(digits: Bytes) -> Flags:
    """Estonia and Lithuania: a second row of weights where the first leaves 10."""
    first = weighted_sum(digits, (1, 2, 3, 4, 5, 6, 7, 8, 9, 1)) % 11
    second = weighted_sum(digits, (3, 4, 5, 6, 7, 8, 9, 1, 2, 3)) % 11 % 10
    passed: Flags = np.where(first == 10, second, first) == digits[:, 10]  # noqa: PLR2004  what no digit is
    return passed


def _nir(texts: Bytes) -> Flags:
    """France, NIR: 97 less the number modulo 97; Corsica's departments 2A and 2B as 19 and 18."""
    digits, corsica = texts - ZERO, texts[:, 6] > ord("9")
    # 2A and 2B: 1 and 9, 1 and 8.
    digits[corsica, 5] -= 1
    digits[corsica, 6] = ord("A") + 9 - texts[corsica, 6]
    high, low = spelt(digits, 0, 7) % _MOD_97, spelt(digits, 7, 13)
    left = (high * np.uint32(10**6 % 97) + low) % _MOD_97
    sex, month = np.isin(digits[:, 0], (1, 2, 3, 4, 7, 8)), spelt(digits, 3, 5)
    known = (texts[:, 6] <= ord("B")) & (~corsica | (texts[:, 5] == ord("2")))
    real = known & sex & ((month <= 12) | (month >= 20))  # noqa: PLR2004  20 and more: month not known
    passed: Flags = real & (_MOD_97 - left == spelt(digits, 13, 15))
    return passed


def _hu_birth(digits: Bytes) -> Flags:
    rising = weighted_sum(digits, range(1, 11)) % 11
    falling = weighted_sum(digits, range(10, 0, -1)) % 11
    passed: Flags = (rising == digits[:, 10]) | (falling == digits[:, 10])
    return passed


_PPS = letters("WABCDEFGHIJKLMNOPQRSTUV")


def _pps(texts: Bytes) -> Flags:
    sums = weighted_sum(texts[:, :7] - ZERO, range(8, 1, -1))
    if texts.shape[1] > 8:  # noqa: PLR2004  numbers of nine
        second = texts[:, 8] - np.uint8(ord("A") - 1)
        counted = np.isin(texts[:, 8], letters("ABH"))
        sums = sums + np.where(counted, second, np.uint8(0)).astype(np.uint32) * np.uint32(9)
        known = np.isin(texts[:, 8], letters("ABHWTX"))
    else:
        known = np.ones(len(texts), bool)
    passed: Flags = known & (_PPS[sums % 23] == texts[:, 7])
    return passed


def _kennitala(digits: Bytes) -> Flags:
    day = less(spelt(digits, 0, 2), (40,), 40)
    date = are_dates(spelt(digits, 4, 6) + np.uint32(2000), spelt(digits, 2, 4), day)
    return date & np.isin(digits[:, 9], (0, 9))


def _latvian(digits: Bytes) -> Flags:
    sums = weighted_sum(digits, (10, 5, 8, 4, 2, 1, 6, 3, 7, 9)) + np.uint32(1)
    undated = spelt(digits, 0, 2) == 32  # noqa: PLR2004  numbers given since 2017
    dates = dated(digits, 4, 2, 0) & (digits[:, 6] <= 2)  # noqa: PLR2004  the 19th to 21st century
    passed: Flags = (mod_11(sums) == digits[:, 10]) & (undated | dates)
    return passed


def _norwegian(digits: Bytes) -> Flags:
    day, month = less(spelt(digits, 0, 2), (40,), 40), less(spelt(digits, 2, 4), (40,), 40)
    return are_dates(spelt(digits, 4, 6) + np.uint32(2000), month, day)


def _pesel_date(digits: Bytes) -> Flags:
    month = spelt(digits, 2, 4) % np.uint32(20)
    return are_dates(spelt(digits, 0, 2) + np.uint32(2000), month, spelt(digits, 4, 6))


def _cartao(texts: Bytes) -> Flags:
    """Portugal, cartão de cidadão: Luhn with letters from 10 on, taken as they are."""
    values = lookup(texts, VALUES)
    total: Sums = np.zeros(len(texts), np.uint32)
    for place, column in enumerate(values[:, ::-1].T):
        doubled = column.astype(np.uint32) * np.uint32(2)
        total += np.where(doubled > _NINE, doubled - _NINE, doubled) if place % 2 else column
    passed: Flags = total % 10 == 0
    return passed


def _cnp(digits: Bytes) -> Flags:
    sums = weighted_sum(digits, (2, 7, 9, 1, 4, 6, 3, 5, 8, 2, 7, 9)) % 11
    county = spelt(digits, 7, 9)
    real = dated(digits, 1, 3, 5) & (digits[:, 0] > 0) & (county >= 1) & (county <= 52)  # noqa: PLR2004  counties
    passed: Flags = real & (np.where(sums == 10, 1, sums) == digits[:, 12])  # noqa: PLR2004  what no digit is
    return passed


def _personnummer(digits: Bytes) -> Flags:
    ten = digits[:, -10:]
    day = less(spelt(ten, 4, 6), (60,), 60)
    date = are_dates(spelt(ten, 0, 2) + np.uint32(2000), spelt(ten, 2, 4), day)
    whole = digits.shape[1] > ten.shape[1]
    century: Flags = np.isin(spelt(digits, 0, 2), (18, 19, 20)) | (not whole)
    return date & century & luhn(ten)


def _emso(digits: Bytes) -> Flags:
    year = spelt(digits, 4, 7)
    real: Flags = (year >= 850) | (year <= 99)  # noqa: PLR2004  births from 1850 to 2099
    return real & dated(digits, 5, 2, 0)


def _snils(digits: Bytes) -> Flags:
    passed: Flags = weighted_sum(digits, range(9, 0, -1)) % 101 % 100 == spelt(digits, 9, 11)
    return passed


_DNI = letters("TRWAGMYFPDXBNJZSQVHLCKE")


def _dni(texts: Bytes) -> Flags:
    passed: Flags = _DNI[spelt(texts[:, :8] - ZERO, 0, 8) % 23] == texts[:, 8]
    return passed


def _nie(texts: Bytes) -> Flags:
    digits = np.asfortranarray(texts[:, :8] - ZERO)
    digits[:, 0] = texts[:, 0] - np.uint8(ord("X"))
    passed: Flags = (_DNI[spelt(digits, 0, 8) % 23] == texts[:, 8]) & (digits[:, 0] <= 2)  # noqa: PLR2004  the letters X to Z
    return passed


_HETU = letters("0123456789ABCDEFHJKLMNPRSTUVWXY")


def _hetu(texts: Bytes) -> Flags:
    """Finland: the sign of the century is taken out if it is no letter."""
    digits = np.asfortranarray(np.delete(texts, 6, axis=1) if texts.shape[1] > 10 else texts)  # noqa: PLR2004  with its letter
    body = digits[:, :9] - ZERO
    number = spelt(body, 0, 9)
    passed: Flags = dated(body, 4, 2, 0) & (_HETU[number % 31] == digits[:, 9])
    if texts.shape[1] > 10:  # noqa: PLR2004  as above
        passed &= np.isin(texts[:, 6], letters("ABCDEFYXWVU"))
    return passed


_UTR = np.array([2, 1, 9, 8, 7, 6, 5, 4, 3, 2, 1], np.uint32)

_DIGITS: Mapping[str, Check] = {
    "at.vnr": both(
        ends((3, 7, 9, 0, 5, 8, 4, 2, 1, 6), lambda s: s % 11, at=3),
        lambda d: (d[:, 0] > 0) & (spelt(d, 4, 6) <= 31) & (spelt(d, 6, 8) <= 15),  # noqa: PLR2004  months to 15
    ),
    "be.nn": _be_nn,
    "bg.egn": both(ends((2, 4, 8, 5, 10, 9, 7, 3, 6), mod_11), _marked_months),
    "cz.rc": _rodne_cislo,
    "de.idnr": both(mod_11_10, lambda d: d[:, 0] > 0, _steuer_id),
    "dk.cpr": lambda d: dated(d, 4, 2, 0),
    "ee.ik": both(_isikukood, lambda d: (d[:, 0] > 0) & (d[:, 0] <= 8) & dated(d, 1, 3, 5)),  # noqa: PLR2004  century and sex
    "gb.nhs": both(first_in(4, 6, 7, 9), national.nhs),
    "gb.utr": ends((0, 6, 7, 8, 9, 10, 5, 4, 3, 2), lambda s: _UTR[s % 11], at=0),
    "gr.amka": both(luhn, lambda d: dated(d, 4, 2, 0)),
    "gr.vat": ends((256, 128, 64, 32, 16, 8, 4, 2), mod_11),
    "hr.oib": mod_11_10,
    "hu.personal": both(_hu_birth, lambda d: (d[:, 0] > 0) & (d[:, 0] <= 8) & dated(d, 1, 3, 5)),  # noqa: PLR2004  century and sex
    "hu.tax": both(first_in(8), ends(range(1, 10), lambda s: s % 11)),
    "hu.taj": ends((3, 7) * 4, lambda s: s % 10),
    "is_.kennitala": both(weighted((3, 2, 7, 6, 5, 4, 3, 2, 1, 0), 11), _kennitala),
    "lv.pvn": _latvian,
    "nl.bsn": both(weighted((9, 8, 7, 6, 5, 4, 3, 2, 10), 11), lambda d: spelt(d, 0, 9) > 0),
    "no.fodselsnummer": both(
        ends((3, 7, 6, 1, 8, 9, 4, 5, 2), to_11, at=9),
        ends((5, 4, 3, 2, 7, 6, 5, 4, 3, 2), to_11, at=10),
        _norwegian,
    ),
    "pl.pesel": both(national.pesel, _pesel_date),
    "pt.nif": both(ends(range(9, 1, -1), to_11_or_0), lambda d: d[:, 0] > 0),
    "ro.cnp": _cnp,
    "se.personnummer": _personnummer,
    "si.emso": both(ends((7, 6, 5, 4, 3, 2) * 2, to_11_or_0), _emso),
    "ru.inn": both(
        ends((7, 2, 4, 10, 3, 5, 9, 4, 6, 8), mod_11, at=10),
        ends((3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8), mod_11, at=11),
    ),
    "ru.snils": _snils,
    "ua.rntrc": ends((10, 5, 7, 9, 4, 6, 10, 5, 7), mod_11),
    "tr.tckimlik": both(national.tckn, lambda d: d[:, 0] > 0),
}


EUROPE: Mapping[str, Letters] = {
    **{name: of_digits(check) for name, check in _DIGITS.items()},
    "es.dni": _dni,
    "es.nie": _nie,
    "fi.hetu": _hetu,
    "fr.nir": _nir,
    "ie.pps": _pps,
    "pt.cc": _cartao,
}
