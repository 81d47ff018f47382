"""Validators of Presidio's recognizers for South Africa, Nigeria, the United States and Canada."""

from __future__ import annotations

from datetime import UTC, datetime
from string import ascii_uppercase

import numpy as np
import polars as pl

from privscan.recognition.checks import digits as checkdigits
from privscan.recognition.checks import national
from privscan.recognition.checks.buffers import Bytes, Flags, digits_only, every, flat, lookup, some
from privscan.recognition.checks.dates import are_dates
from privscan.recognition.checks.digits import leaves, luhn, luhn_sum, numbers
from privscan.recognition.checks.verdicts import (
    DROP,
    UNDECIDED,
    Verdicts,
    are_digits,
    code,
    confirmed,
    judged,
    kept,
    number,
    on_digits,
)

# South Africa


def _za_id(digits: Bytes) -> Flags:
    today = datetime.now(UTC).astimezone().date()
    short, month, day = (numbers(digits[:, at : at + 2]) for at in (0, 2, 4))
    year = short + np.where(short > today.year % 100, np.uint32(1900), np.uint32(2000))
    date = (year * 100 + month) * 100 + day
    born = are_dates(year, month, day) & (
        date <= (today.year * 100 + today.month) * 100 + today.day
    )
    status = (digits[:, 10] <= 2) & (digits[:, 11] >= 8)  # noqa: PLR2004  # citizenship, 8 or 9
    return luhn(digits) & born & status


_PROVINCES = [
    ord(name[0]) << 8 | ord(name[1])
    for name in ("GP", "ZN", "WP", "EC", "NC", "FS", "LP", "MP", "NW")
]
_SHORTEST_PLATE = 5
_IS_LETTER = bytes(chr(byte) in ascii_uppercase for byte in range(256))
_PASSPORT_LETTERS = np.frombuffer(b"ADMT", np.uint8)
_TAX_FIRST = np.array([0, 1, 2, 3, 9], np.uint8)


def _za_plate(texts: Bytes) -> Verdicts:
    if texts.shape[1] < _SHORTEST_PLATE:
        return np.full(len(texts), DROP)
    province = np.isin(texts[:, -2] * np.uint16(256) + texts[:, -1], _PROVINCES)
    return confirmed(province & some(lookup(texts[:, :-2], _IS_LETTER)))


def _za_passport(texts: Bytes) -> Verdicts:
    return confirmed(np.isin(texts[:, 0], _PASSPORT_LETTERS) & are_digits(texts[:, 1:]))


_COMPANY = r"^(?:(?i:CK|K|T|W|B|M|N|NR)([0-9]{4})/[0-9]{6}|([0-9]{4})/[0-9]{6}/[0-9]{2})$"
_FIRST_YEAR = 1800


def za_company_registration(series: pl.Series) -> Verdicts:
    """ZaCompanyRegistrationRecognizer: its two shapes, with a year from 1800 to this one."""
    this_year = datetime.now(UTC).astimezone().year
    found = series.str.extract_groups(_COMPANY).struct
    year = pl.select(pl.coalesce(found.field("1"), found.field("2")).cast(pl.Int32)).to_series()
    return year.is_between(_FIRST_YEAR, this_year).fill_null(value=False).cast(pl.Int8).to_numpy()


_LICENCE = "^[0-9]{6,10}[A-Za-z0-9]{2,5}$"
_LICENCE_LENGTHS = (10, 14)


def za_driver_license(series: pl.Series) -> Verdicts:
    """ZaDriverLicenseRecognizer: 10 to 14 digits, then letters or digits with one letter."""
    length = series.str.len_bytes().is_between(*_LICENCE_LENGTHS)
    letter = series.str.contains("[A-Za-z]")
    return (series.str.contains(_LICENCE) & length & letter).cast(pl.Int8).to_numpy()


za_id_number = number(_za_id, (13,), otherwise=DROP)
za_income_tax_number = number(lambda d: np.isin(d[:, 0], _TAX_FIRST), (10,), otherwise=DROP)
za_license_plate = code(_za_plate, range(1, 65), removed=b"- ")
za_passport = code(_za_passport, (9,), otherwise=DROP)
za_traffic_register_number = number(lambda digits: ~_za_id(digits), (13,), otherwise=DROP)
za_vat_number = number(lambda digits: digits[:, 0] == 4, (10,), otherwise=DROP)  # noqa: PLR2004  # its prefix

# Nigeria, United States, Canada

_NPI_PREFIX_SUM = 24
"""What 80840, the prefix of health applications in the United States, adds to the Luhn sum."""


def _npi(digits: Bytes) -> Flags:
    body = digits[:, :-1]
    same = every(body == body[:, :1])
    return leaves(luhn_sum(digits) + np.uint32(_NPI_PREFIX_SUM), 10) & ~same


def ca_sin(series: pl.Series) -> Verdicts:
    """CaSinRecognizer: the digits pass Luhn, whatever stands between them."""
    rule = on_digits(lambda digits: kept(luhn(digits)), UNDECIDED)
    return judged(digits_only(flat(series)), rule, range(1, 65))


ng_nin = number(checkdigits.verhoeff, (11,), otherwise=DROP)
us_aba = number(national.aba, (9,), removed=b"-")
us_npi = number(_npi, (10,), removed=b"- ")
