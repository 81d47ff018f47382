"""Check digits of national numbers of Asia, the Americas, Africa and Oceania."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from privscan.recognition.checks import national
from privscan.recognition.checks.buffers import Bytes, Flags, lookup
from privscan.recognition.checks.dates import are_dates
from privscan.recognition.checks.digits import (
    Check,
    Sums,
    luhn,
    luhn_sum,
    verhoeff,
    weighted,
    weighted_sum,
)
from privscan.recognition.checks.parts import (
    ZERO,
    Letters,
    alike,
    both,
    dated,
    ends,
    first_in,
    less,
    letters,
    of_digits,
    spelt,
    table,
    to_10,
    to_11_or_0,
)

_CENTURY_OF = np.array([1800, 1900, 1900, 2000, 2000, 1900, 1900, 2000, 2000, 1800], np.uint32)
"""Korea: the century that the seventh digit stands for."""


def _rrn_date(digits: Bytes) -> Flags:
    year = spelt(digits, 0, 2) + _CENTURY_OF[digits[:, 6]]
    real: Flags = are_dates(year, spelt(digits, 2, 4), spelt(digits, 4, 6))
    return real & (spelt(digits, 7, 9) <= 96)  # noqa: PLR2004  regions


_RIC = letters("10X98765432")
_RIC_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def _ric(texts: Bytes) -> Flags:
    """China, GB 11643: ISO 7064 MOD 11-2, a province and a date."""
    digits = texts[:, :17] - ZERO
    year, province = spelt(digits, 6, 10), spelt(digits, 0, 2)
    real: Flags = are_dates(np.maximum(year, 1), spelt(digits, 10, 12), spelt(digits, 12, 14))
    real &= (year >= 1900) & (year <= 2100) & (province >= 11) & (province <= 91)  # noqa: PLR2004  a life, and provinces
    passed: Flags = real & (_RIC[weighted_sum(digits, _RIC_WEIGHTS) % 11] == texts[:, 17])
    return passed


_TW = table(dict(zip("ABCDEFGHJKLMNPQRSTUVXYWZIO", range(10, 36), strict=True)))


def _taiwan(texts: Bytes) -> Flags:
    """Taiwan: the letter as two digits, weights 1, 9, 8 ... 1, 1; the second is sex."""
    values, digits = lookup(texts[:, 0], _TW), texts[:, 1:] - ZERO
    total = values // 10 + values % 10 * np.uint32(9)
    total = total + weighted_sum(digits, (8, 7, 6, 5, 4, 3, 2, 1, 1))
    passed: Flags = (total % 10 == 0) & np.isin(digits[:, 0], (1, 2, 8, 9))
    return passed


def _hong_kong(texts: Bytes) -> Flags:
    """Hong Kong: one or two letters from 10 on (a missing one 36), weights 9 to 1, modulo 11."""
    at = texts.shape[1] - 7
    total: Sums = np.full(len(texts), 0 if at > 1 else 36 * 9, np.uint32)
    for place, column in enumerate(texts[:, :at].T):
        total += (column - np.uint32(ord("A") - 10)) * np.uint32(9 - place - (at == 1))
    total += weighted_sum(texts[:, at:-1] - ZERO, range(7, 1, -1))
    last = np.where(texts[:, -1] == ord("A"), 10, texts[:, -1] - ZERO)
    passed: Flags = (total + last) % 11 == 0
    return passed


_NRIC = {"S": ("JZIHGFEDCBA", 0), "T": ("JZIHGFEDCBA", 4), "F": ("XWUTRQPNMLK", 0),
         "G": ("XWUTRQPNMLK", 4), "M": ("KLJNPQRTUWX", 3)}  # fmt: skip
"""Singapore: the letters that end each series, and what is added to the sum."""


def _nric(texts: Bytes) -> Flags:
    sums = weighted_sum(texts[:, 1:8] - ZERO, (2, 7, 6, 5, 4, 3, 2))
    passed = np.zeros(len(texts), bool)
    for series, (alphabet, more) in _NRIC.items():
        place = (sums + np.uint32(more)) % 11
        passed |= (texts[:, 0] == ord(series)) & (letters(alphabet)[place] == texts[:, 8])
    return passed


_MY_PLACES = (*range(1, 69), 71, 72, *range(74, 80), *range(82, 94), 98, 99)
_ID_PLACES = (*range(11, 20), 21, *range(31, 37), *range(51, 54), *range(61, 66), *range(71, 77),
              81, 82, *range(91, 98))  # fmt: skip


def _nik(digits: Bytes) -> Flags:
    """Indonesia: a province, a date with 40 more in a woman's day, a serial number."""
    day = less(spelt(digits, 6, 8), (40,), 40)
    real = are_dates(spelt(digits, 10, 12) + np.uint32(2000), spelt(digits, 8, 10), day)
    passed: Flags = np.isin(spelt(digits, 0, 2), _ID_PLACES) & (spelt(digits, 12, 16) > 0)
    return passed & real


def _aadhaar(digits: Bytes) -> Flags:
    passed: Flags = (digits[:, 0] > 1) & (digits != digits[:, ::-1]).any(axis=1)
    return passed


def _pan(texts: Bytes) -> Flags:
    """India: the fourth letter says what holds it, P a person."""
    passed: Flags = (texts[:, 3] == ord("P")) & (spelt(texts[:, 5:9] - ZERO, 0, 4) > 0)
    return passed


def _epic(texts: Bytes) -> Flags:
    return luhn(texts[:, 3:] - ZERO)


def _melli(digits: Bytes) -> Flags:
    """Iran: weights 10 to 2, modulo 11, 2 and more taken from 11."""
    left = weighted_sum(digits, range(10, 1, -1)) % 11
    passed: Flags = np.where(left < 2, left, 11 - left) == digits[:, 9]  # noqa: PLR2004  as said
    return passed & ~alike(digits)


def _cpf(widths: int) -> Check:
    """Brazil: two check digits, the second over the first too; CPF falls from 10, CNPJ from 9."""
    first = range(10, 1, -1) if widths == 11 else (5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2)  # noqa: PLR2004  the width of a CPF
    second = range(11, 1, -1) if widths == 11 else (6, 5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2)  # noqa: PLR2004  the width of a CPF
    return both(
        ends(first, to_11_or_0, at=widths - 2),
        ends(second, to_11_or_0, at=widths - 1),
        lambda d: ~alike(d),
    )


_CURP = table("0123456789ABCDEFGHIJKLMN&OPQRSTUVWXYZ")
_STATES = np.frombuffer(
    b"ASBCBSCCCHCLCMCSDFDGGRGTHGJCMCMNMSNENLNTOCPLQRQTSLSPSRTCTLTSVZYNZS", ">u2"
)


def _curp(texts: Bytes) -> Flags:
    """Mexico: a date, sex, state, and weights 18 to 2 modulo 10."""
    state = texts[:, 11].astype(np.uint16) * np.uint16(256) + texts[:, 12]
    real = dated(texts[:, 4:10] - ZERO, 0, 2, 4) & np.isin(texts[:, 10], letters("HMX"))
    sums = weighted_sum(lookup(texts[:, :17], _CURP), range(18, 1, -1))
    passed: Flags = real & np.isin(state, _STATES) & (to_10(sums) == texts[:, 17] - ZERO)
    return passed


def _rfc(texts: Bytes) -> Flags:
    at = texts.shape[1] - 9
    return dated(texts[:, at : at + 6] - ZERO, 0, 2, 4)


_RUT = letters("0123456789K")


def _rut(texts: Bytes) -> Flags:
    """Chile: weights 2 to 7 from the right, K for 10."""
    digits = texts[:, :-1] - ZERO
    weights = [2 + place % 6 for place in range(digits.shape[1])][::-1]
    passed: Flags = _RUT[(11 - weighted_sum(digits, weights) % 11) % 11] == texts[:, -1]
    return passed


def _cuit(digits: Bytes) -> Flags:
    left = 11 - weighted_sum(digits, (5, 4, 3, 2, 7, 6, 5, 4, 3, 2)) % 11
    passed: Flags = np.where(left == 11, 0, np.where(left == 10, 9, left)) == digits[:, 10]  # noqa: PLR2004  remainders
    return passed


def _ec_ci(digits: Bytes) -> Flags:
    province = spelt(digits, 0, 2)
    real = ((province >= 1) & (province <= 24)) | np.isin(province, (30, 50))  # noqa: PLR2004  provinces
    passed: Flags = real & (digits[:, 2] <= 6)  # noqa: PLR2004  natural persons and the state
    return passed


_NZ = (3, 2, 7, 6, 5, 4, 3, 2), (7, 4, 3, 2, 5, 2, 7, 6)


def _ird(digits: Bytes) -> Flags:
    nine = 9 - digits.shape[1]
    one, two = ((11 - weighted_sum(digits, w[nine:]) % 11) % 11 for w in _NZ)
    number = spelt(digits, 0, digits.shape[1])
    real = (number > 10_000_000) & (number < 150_000_000)  # noqa: PLR2004  numbers given
    passed: Flags = real & (np.where(one == 10, two, one) == digits[:, -1])  # noqa: PLR2004  what no digit is
    return passed


def _egypt(digits: Bytes) -> Flags:
    """Egypt: a century, a date and a governorate."""
    place = spelt(digits, 7, 9)
    real: Flags = np.isin(digits[:, 0], (2, 3)) & ((place <= 35) | (place == 88)) & (place > 0)  # noqa: PLR2004  governorates
    return real & dated(digits, 1, 3, 5)


def _za(digits: Bytes) -> Flags:
    return dated(digits, 0, 2, 4) & (digits[:, 10] <= 1)


def _npi(digits: Bytes) -> Flags:
    """United States, NPI: Luhn behind 80840, which adds 24."""
    passed: Flags = (luhn_sum(digits) + 24) % 10 == 0
    return passed


def _dea(texts: Bytes) -> Flags:
    return national.dea(texts[:, 2:] - ZERO)


_DIGITS: Mapping[str, Check] = {
    "jp.in_": national.my_number,
    "jp.resident": lambda d: national.my_number(np.concatenate([0 * d[:, :1].T, d.T]).T),
    "kr.rrn": both(national.rrn, _rrn_date),
    "kr.frn": both(national.frn, _rrn_date),
    "th.pin": both(national.tnin, lambda d: (d[:, 0] > 0) & (d[:, 0] < 9)),  # noqa: PLR2004  classes of persons
    "my.nric": lambda d: dated(d, 0, 2, 4) & np.isin(spelt(d, 6, 8), _MY_PLACES),
    "id.nik": _nik,
    "in_.aadhaar": both(verhoeff, _aadhaar),
    "il.idnr": both(luhn, lambda d: spelt(d, 0, 9) > 0),
    "ir.melli": _melli,
    "au.tfn": national.tfn,
    "au.medicare": both(national.medicare, first_in(2, 3, 4, 5, 6)),
    "nz.ird": _ird,
    "us.npi": both(first_in(1, 2), _npi),
    "ca.sin": both(luhn, lambda d: (d[:, 0] > 0) & (d[:, 0] != 8)),  # noqa: PLR2004  never given
    "br.cpf": _cpf(11),
    "br.cnpj": _cpf(14),
    "br.pis": both(ends((3, 2, 9, 8, 7, 6, 5, 4, 3, 2), to_11_or_0), lambda d: ~alike(d)),
    "ar.cuit": _cuit,
    "ec.ci": both(luhn, _ec_ci),
    "pe.ruc": ends((5, 4, 3, 2, 7, 6, 5, 4, 3, 2), lambda s: (11 - s % 11) % 10),
    "uy.ci": both(weighted((2, 9, 8, 7, 6, 3, 4, 1), 10), lambda d: d[:, 0] > 0),
    "do.cedula": luhn,
    "za.idnr": both(luhn, _za),
    "ng.nin": verhoeff,
    "eg.id": _egypt,
}

WORLD: Mapping[str, Letters] = {
    **{name: of_digits(check) for name, check in _DIGITS.items()},
    "cn.ric": _ric,
    "tw.id": _taiwan,
    "hk.id": _hong_kong,
    "sg.nric": _nric,
    "in_.pan": _pan,
    "in_.epic": _epic,
    "mx.curp": _curp,
    "mx.rfc": _rfc,
    "cl.rut": _rut,
    "us.dea": _dea,
}
