"""Validators of Presidio's generic recognizers and its English defaults, IBAN and e-mail apart."""

from __future__ import annotations

import numpy as np
import polars as pl

from privscan.recognition.checks import digits as checkdigits
from privscan.recognition.checks import national
from privscan.recognition.checks.buffers import (
    Bytes,
    Flags,
    Flat,
    by_width,
    digits_only,
    every,
    flat,
    lookup,
    some,
    without,
)
from privscan.recognition.checks.verdicts import (
    DROP,
    UNDECIDED,
    Verdicts,
    by_distinct,
    confirmed,
    judged,
    kept,
    number,
    on_digits,
)
from privscan.rulebook.text import taken

credit_card = number(checkdigits.luhn, range(1, 65), removed=b"- ")
nhs = number(national.nhs, (10,), removed=b"- ")

_DEA = on_digits(national.dea, UNDECIDED)


def medical_license(series: pl.Series) -> Verdicts:
    """MedicalLicenseRecognizer: a DEA number, whose first two characters are not checked."""
    texts = without(flat(series), b"- ")
    return judged(texts, lambda rows: _DEA(rows[:, 2:]), (9,))


_NEVER_ISSUED = 666
_SSN_SAMPLES = (123456789, 987654320, 78051120, *(111111111 * digit for digit in range(1, 10)))


def us_ssn(series: pl.Series) -> Verdicts:
    """UsSsnRecognizer: one kind of separator, no group never issued, no published sample."""
    texts = flat(series)
    verdicts = judged(digits_only(texts), on_digits(_ssn, UNDECIDED), (9,))
    kinds = [byte for byte in b".- " if (texts.data == byte).any()]
    if len(kinds) > 1:
        verdicts[np.sum([_holds(texts, byte) for byte in kinds], axis=0) > 1] = DROP
    return verdicts


def _ssn(digits: Bytes) -> Verdicts:
    area = checkdigits.numbers(digits[:, :3])
    group = checkdigits.numbers(digits[:, 3:5])
    serial = checkdigits.numbers(digits[:, 5:])
    drop: Flags = (area == 0) | (area == _NEVER_ISSUED) | (group == 0) | (serial == 0)
    return kept(~drop & ~np.isin(checkdigits.numbers(digits), _SSN_SAMPLES))


def _holds(texts: Flat, byte: int) -> Flags:
    at = np.flatnonzero(texts.data == byte)
    return np.diff(np.searchsorted(at, texts.offsets)) > 0


_HEX = bytes(chr(byte) in "0123456789abcdefABCDEF" for byte in range(256))


def mac_address(series: pl.Series) -> Verdicts:
    """MacAddressRecognizer: twelve hexadecimal digits, neither all 0 nor all F."""
    return judged(without(flat(series), b":-."), _mac, (12,), otherwise=DROP)


def _mac(texts: Bytes) -> Verdicts:
    hexadecimal = every(lookup(texts, _HEX))
    zeros = every(texts == ord("0"))
    broadcast = every((texts | 0x20) == ord("f"))
    return kept(hexadecimal & ~zeros & ~broadcast)


_UUID_WIDTH = 36
_UUID_HYPHENS = (8, 13, 18, 23)
_UUID_VERSION = bytes(chr(byte) in "12345678" for byte in range(256))
_UUID_VARIANT = bytes(chr(byte) in "89abAB" for byte in range(256))


def uuid(series: pl.Series) -> Verdicts:
    """UuidRecognizer: version 1 to 8 and the variant of RFC 4122 and RFC 9562."""
    return judged(flat(series), _uuid, (_UUID_WIDTH,))


def _uuid(texts: Bytes) -> Verdicts:
    version = lookup(texts[:, 14], _UUID_VERSION)
    variant = lookup(texts[:, 19], _UUID_VARIANT)
    hyphens = texts == ord("-")
    placed = every(hyphens[:, _UUID_HYPHENS])
    if hyphens.sum() != len(_UUID_HYPHENS) * len(texts) or not placed.all():
        # A fifth hyphen would move the groups.
        placed &= hyphens.sum(axis=1) == len(_UUID_HYPHENS)
    return np.where(placed, kept((version & variant).astype(np.bool_)), UNDECIDED)


_OCTET = "(?:25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])"
_IPV4 = rf"(?:{_OCTET}\.){{3}}{_OCTET}"
_HEXTET = "[0-9A-Fa-f]{1,4}"
_IPV4_NETWORK = rf"^{_IPV4}(?:/0*(?:3[0-2]|[12]?[0-9]))?$"
_IPV6_NETWORK = (
    "^(?:"
    + "|".join(
        (
            rf"(?:{_HEXTET}:){{7}}{_HEXTET}",
            rf"(?:{_HEXTET}:){{6}}{_IPV4}",
            rf":(?::{_HEXTET}){{1,7}}",
            "::",
            *(rf"(?:{_HEXTET}:){{{n}}}(?::{_HEXTET}){{1,{7 - n}}}" for n in range(1, 7)),
            rf"(?:{_HEXTET}:){{1,7}}:",
            rf"::(?:{_HEXTET}:){{0,5}}{_IPV4}",
            *(rf"(?:{_HEXTET}:){{{n}}}:(?:{_HEXTET}:){{0,{5 - n}}}{_IPV4}" for n in range(1, 6)),
        )
    )
    + r")(?:%[^%/]+)?(?:/0*(?:12[0-8]|1[01][0-9]|[1-9]?[0-9]))?$"
)
_MASK_IN_WORDS = r"(?s)/(?:|.*[^0-9].*|[0-9]{20,})$"


def ip(series: pl.Series) -> Verdicts:
    """IpRecognizer: what Python's ipaddress takes, so no leading zeros in IPv4 (RFC 6943)."""
    texts = flat(series)
    valid = series.str.contains(_IPV4_NETWORK).to_numpy()
    if (texts.data == ord(":")).any():
        valid = valid | series.str.contains(_IPV6_NETWORK).to_numpy()
    verdicts = kept(valid)
    if (texts.data == ord("/")).any():
        verdicts[series.str.contains(_MASK_IN_WORDS).to_numpy()] = UNDECIDED
    return verdicts


_BASE58 = bytes(byte in checkdigits.BASE58_ALPHABET for byte in range(256))
_BECH32_PREFIX = b"bc"
_BECH32_LOWER = bytes(value != checkdigits.NOT_BECH32 for value in checkdigits.BECH32_VALUES)
_BECH32_HEAD = b"bc1"
_CRYPTO_WIDTHS = range(26, 91)


def crypto(series: pl.Series) -> Verdicts:
    """CryptoRecognizer: Bitcoin addresses with Base58Check, Bech32 or Bech32m check digits."""
    texts = flat(series)
    verdicts = np.full(len(series), UNDECIDED)
    for rows, matrix in by_width(texts, _CRYPTO_WIDTHS):
        verdicts[rows] = _bitcoin(matrix)
    base58 = np.flatnonzero(verdicts == _TO_HASH)
    if len(base58):
        verdicts[base58] = by_distinct(taken(series, base58), checkdigits.base58check)
    split = np.flatnonzero(verdicts == _TO_SPLIT)
    if len(split):
        verdicts[split] = by_distinct(taken(series, split), _behind_last_one)
    return verdicts


def _behind_last_one(text: str) -> bool:
    prefix, _, data = text.rpartition("1")
    values = lookup(np.frombuffer(data.encode(), np.uint8)[None, :], checkdigits.BECH32_VALUES)
    right = bool(checkdigits.bech32(np.asfortranarray(values), prefix.encode())[0])
    return right and text == text.lower()


_TO_HASH, _TO_SPLIT = np.int8(3), np.int8(4)
"""Verdicts that are found one text at a time."""


def _bitcoin(texts: Bytes) -> Verdicts:
    first = texts[:, 0]
    legacy = (first == ord("1")) | (first == ord("3"))
    segwit = every(texts[:, :3] == np.frombuffer(_BECH32_HEAD, np.uint8))
    verdicts = np.full(len(texts), DROP)
    if legacy.any():
        verdicts[legacy & every(lookup(texts, _BASE58))] = _TO_HASH
    if segwit.any():
        verdicts[segwit] = _segwit(np.asfortranarray(texts[segwit]))
    return verdicts


def _segwit(texts: Bytes) -> Verdicts:
    data = texts[:, len(_BECH32_HEAD) :]
    values = lookup(data, checkdigits.BECH32_VALUES)
    ones = data == ord("1")
    verdicts = confirmed(checkdigits.bech32(values, _BECH32_PREFIX))
    if ones.any():
        # The last 1 ends the prefix: what stands before it is not data.
        known = lookup(data, _BECH32_LOWER) | ones
        behind = ~np.logical_or.accumulate(ones[:, ::-1], axis=1)[:, ::-1]
        could = every(known | ~behind) & ~some(ones[:, -checkdigits.BECH32_CHECK_DIGITS :])
        verdicts[some(ones) & could] = _TO_SPLIT
    return verdicts
