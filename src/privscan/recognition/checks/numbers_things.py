"""Check digits of numbers of things: goods, books, companies, papers of value, devices, codes."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from privscan.recognition.checks import national
from privscan.recognition.checks.buffers import Bytes, Flags, every, lookup
from privscan.recognition.checks.digits import (
    VALUES,
    Check,
    Sums,
    luhn,
    mod_11_10,
    mod_97_10,
    verhoeff,
    weighted,
    weighted_sum,
)
from privscan.recognition.checks.parts import (
    ZERO,
    Letters,
    both,
    ends,
    first_in,
    letters,
    of_digits,
    spelt,
    table,
    to_11,
    to_11_or_0,
)


def ean(digits: Bytes) -> Flags:
    """GS1: weights 1 and 3 from the right, modulo 10."""
    return weighted([1, 3][:: 1 if digits.shape[1] % 2 else -1] * 9, 10)(digits)


def _ending(body: Bytes, weights: list[int], modulus: int, signs: str, last: Bytes) -> Flags:
    """The sign for what is missing to a multiple of the modulus is the last."""
    sums = weighted_sum(body, weights)
    passed: Flags = letters(signs)[(modulus - sums % modulus) % modulus] == last
    return passed


def _ten(texts: Bytes) -> Flags:
    return _ending(texts[:, :9] - ZERO, [*range(10, 1, -1)], 11, "0123456789X", texts[:, 9])


def _issn(texts: Bytes) -> Flags:
    return _ending(texts[:, :7] - ZERO, [*range(8, 1, -1)], 11, "0123456789X", texts[:, 7])


def _mod_11_2(texts: Bytes) -> Flags:
    """ISO 7064 MOD 11-2: ORCID and ISNI."""
    size = texts.shape[1] - 1
    weights = [pow(2, size - place, 11) for place in range(size)]
    left = (12 - weighted_sum(texts[:, :-1] - ZERO, weights) % 11) % 11
    passed: Flags = letters("0123456789X")[left] == texts[:, -1]
    return passed


def _letters_doubled(texts: Bytes, *, from_right: bool) -> Sums:
    """The sum of Luhn over digits and letters: a letter is two digits that count apart."""
    total: Sums = np.zeros(len(texts), np.uint32)
    turn = np.zeros(len(texts), np.uint32) + np.uint32(from_right)
    for column in texts[:, ::-1].T:
        value = lookup(column, VALUES).astype(np.uint32)
        for digit, there in ((value % 10, value >= 0), (value // 10, value > 9)):  # noqa: PLR2004  a letter
            doubled = digit * (1 + turn % 2)
            total += np.where(there, doubled // 10 + doubled % 10, 0).astype(np.uint32)
            turn += there
    return total


def _isin(texts: Bytes) -> Flags:
    passed: Flags = _letters_doubled(texts, from_right=False) % 10 == 0
    return passed & (texts[:, :2] > ord("9")).all(axis=1) & (texts[:, 11] <= ord("9"))


def _cusip(texts: Bytes) -> Flags:
    total: Sums = np.zeros(len(texts), np.uint32)
    for place, column in enumerate(texts[:, :8].T):
        value = lookup(column, VALUES) * np.uint32(1 + place % 2)
        total += value // 10 + value % 10
    passed: Flags = (total + (texts[:, 8] - ZERO)) % 10 == 0
    return passed & (texts[:, 8] <= ord("9")) & (texts[:, :8] > ord("9")).any(axis=1)


_USCC = table("0123456789ABCDEFGHJKLMNPQRTUWXY")
_USCC_LETTERS = letters("0123456789ABCDEFGHJKLMNPQRTUWXY")
_USCC_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)


def _uscc(texts: Bytes) -> Flags:
    """China, GB 32100: a company's number, modulo 31."""
    values = lookup(texts[:, :17], _USCC)
    known = (values < 31).all(axis=1) & (texts[:, 2:8] <= ord("9")).all(axis=1)  # noqa: PLR2004  its alphabet
    sums = weighted_sum(np.minimum(values, np.uint8(30)), _USCC_WEIGHTS)
    passed: Flags = known & (_USCC_LETTERS[(31 - sums % 31) % 31] == texts[:, 17])
    return passed


def _jp_company(digits: Bytes) -> Flags:
    """Japan, Act 27 of 2013: 9 less the sum modulo 9, weights 1 and 2 from the right."""
    sums = weighted_sum(digits, (0, *(2, 1) * 6))
    passed: Flags = 9 - sums % 9 == digits[:, 0]
    return passed


def _siret(digits: Bytes) -> Flags:
    return luhn(digits[:, :9])


def _tva(texts: Bytes) -> Flags:
    digits = texts[:, 2:] - ZERO
    siren = spelt(digits[:, 2:], 0, 9)
    passed: Flags = (siren % 97 * np.uint32(100) + np.uint32(12)) % 97 == spelt(digits, 0, 2)
    return passed & luhn(digits[:, 2:])


def _btw(texts: Bytes) -> Flags:
    """The Netherlands: the number of a person until 2020, modulo 97 since."""
    old = weighted((9, 8, 7, 6, 5, 4, 3, 2, 10), 11)(texts[:, 2:11] - ZERO)
    return old | mod_97_10(lookup(texts, VALUES))


def _cif(texts: Bytes) -> Flags:
    """Spain: a company's letter, Luhn as a digit or as a letter."""
    digits = texts[:, 1:8] - ZERO
    padded = np.concatenate([digits.T, 0 * digits[:, :1].T]).T
    total = np.zeros(len(texts), np.uint32)
    for place, column in enumerate(padded[:, ::-1].T):
        doubled = column * np.uint32(1 + place % 2)
        total += doubled // 10 + doubled % 10
    check = (10 - total % 10) % 10
    last = texts[:, 8]
    known = np.isin(texts[:, 0], letters("ABCDEFGHJNPQRSUVW"))
    passed: Flags = known & ((check == last - ZERO) | (letters("JABCDEFGHI")[check] == last))
    return passed


_VIN = table({c: v for v, signs in enumerate(("0", "1AJ", "2BKS", "3CLT", "4DMU", "5ENV", "6FW",
                                             "7GPX", "8HY", "9RZ")) for c in signs})  # fmt: skip
_VIN_WEIGHTS = (8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2)


def _vin(texts: Bytes) -> Flags:
    """49 CFR 565.15: modulo 11 in the ninth place, X for 10; no I, O or Q."""
    values = lookup(texts, _VIN)
    known = (values < 255).all(axis=1) & (texts[:, 13:] <= ord("9")).all(axis=1)  # noqa: PLR2004  its alphabet
    sums = weighted_sum(np.minimum(values, np.uint8(9)), _VIN_WEIGHTS)
    passed: Flags = known & (letters("0123456789X")[sums % 11] == texts[:, 8])
    return passed & (texts > ord("9")).any(axis=1)


_RANGES = ((4, 4), (51, 55), (2221, 2720), (34, 34), (37, 37), (300, 305), (36, 36), (38, 39),
           (6011, 6011), (62, 62), (644, 659), (3528, 3589))  # fmt: skip
"""ISO/IEC 7812 prefixes of payment cards: Visa to JCB."""


def _card(digits: Bytes) -> Flags:
    first = spelt(digits, 0, 4)
    known = np.zeros(len(digits), bool)
    for low, high in _RANGES:
        unit = np.uint32(10 ** (4 - len(str(low))))
        known |= (first // unit >= low) & (first // unit <= high)
    return known


def _snomed(digits: Bytes) -> Flags:
    """SNOMED CT: a partition before the check digit of Verhoeff."""
    partition = spelt(digits, digits.shape[1] - 3, digits.shape[1] - 1)
    return np.isin(partition, (0, 1, 2, 10, 11, 12))


def _at_uid(digits: Bytes) -> Flags:
    total = np.zeros(len(digits), np.uint32)
    for place, column in enumerate(digits[:, :7].T):
        doubled = column * np.uint32(1 + place % 2)
        total += doubled // 10 + doubled % 10
    passed: Flags = (np.uint32(96) - total) % 10 == digits[:, 7]
    return passed


_OFFICES = (*range(1, 101), 120, 121, 888, 999)
"""Italy: tax offices that give numbers."""

_BODIES = (1, 10, 30, 33, 35, 44, 45, *range(49, 55), 86, 91, 98, 99)
"""3GPP TS 23.003: bodies that give type codes of telephones."""

_DISTRICTS = (*range(1, 13), *range(21, 33), *range(61, 73), 80)
"""Federal Reserve districts, of banks, thrift institutions, electronic payments, cheques."""

_DIGITS: Mapping[str, Check] = {
    # 756 is none of GS1's prefixes: it begins a Swiss insurance number.
    "ean13": both(lambda d: spelt(d, 0, 3) != 756, ean),  # noqa: PLR2004  as said
    "ean": ean,
    "isbn13": both(first_in(978, 979, places=3), ean),
    "ch.ssn": both(first_in(756, places=3), ean),
    "luhn": luhn,
    "card": both(_card, luhn),
    "imei": both(first_in(*_BODIES, places=2), luhn),
    "iccid": both(first_in(89, places=2), luhn),
    "snomed": both(verhoeff, _snomed),
    "us.aba": both(national.aba, first_in(*_DISTRICTS, places=2)),
    "fr.siret": both(luhn, _siret),
    "jp.cn": both(lambda d: d[:, 0] > 0, _jp_company),
    "kr.brn": national.brn,
    "au.abn": both(lambda d: spelt(d, 0, 2) > 10, national.abn),  # noqa: PLR2004  below 11 none was given
    "au.acn": national.acn,
    "pl.nip": weighted((6, 5, 7, 2, 3, 4, 5, 6, 7, 10), 11),
    "pl.regon": ends((8, 9, 2, 3, 4, 5, 6, 7), lambda s: s % 11 % 10),
    "it.iva": both(luhn, lambda d: (spelt(d, 0, 7) > 0) & np.isin(spelt(d, 7, 10), _OFFICES)),
    "ru.inn10": ends((2, 4, 10, 3, 5, 9, 4, 6, 8), lambda s: s % 11 % 10),
    "se.orgnr": both(first_in(5, 7, 8, 9), lambda d: d[:, 2] > 1, luhn),
    "no.orgnr": both(first_in(8, 9), ends((3, 2, 7, 6, 5, 4, 3, 2), to_11)),
    "dk.cvr": both(weighted((2, 7, 6, 5, 4, 3, 2, 1), 11), lambda d: d[:, 0] > 0),
    "fi.ytunnus": ends((7, 9, 10, 5, 8, 4, 2), to_11),
    "be.vat": lambda d: (spelt(d, 0, 8) + spelt(d, 8, 10)) % 97 == 0,
    "ch.uid": ends((5, 4, 3, 2, 7, 6, 5, 4), to_11),
    "at.uid": _at_uid,
    "de.vat": both(mod_11_10, lambda d: d[:, 0] > 0),
    "pt.nif": ends(range(9, 1, -1), to_11_or_0),
}


_HEX = table("0123456789ABCDEF")


def _hex(texts: Bytes) -> Flags:
    return every(lookup(texts[:, 2:], _HEX) < 16)  # noqa: PLR2004  its digits


def _first_letter(alphabet: str) -> Letters:
    return lambda texts: np.isin(texts[:, 0], letters(alphabet))


_PLATE = letters("ABCDEFGHJKLMNPQRSTVWXYZ")


def _fr_plate(texts: Bytes) -> Flags:
    """France: letters without I, O and U."""
    return every(np.isin(np.concatenate([texts.T[:2], texts.T[5:]]).T, _PLATE))


def _behind(prefix: int, check: Check) -> Letters:
    return lambda texts: check(texts[:, prefix:] - ZERO)


THINGS: Mapping[str, Letters] = {
    **{name: of_digits(check) for name, check in _DIGITS.items()},
    "isbn10": _ten,
    "issn": _issn,
    "iso7064.mod_11_2": _mod_11_2,
    "isin": _isin,
    "cusip": _cusip,
    "lei": lambda texts: mod_97_10(lookup(texts, VALUES)),
    "cn.uscc": _uscc,
    "fr.tva": _tva,
    "nl.btw": _btw,
    "es.cif": _cif,
    "vin": _vin,
    "hex": _hex,
    "icd10": _first_letter("ABCDEFGHIJKLMNOPQRSTVWXYZ"),
    "atc": _first_letter("ABCDGHJLMNPRSV"),
    "plate.fr": _fr_plate,
    **{f"eu.{name}": _behind(2, _DIGITS[name]) for name in ("be.vat", "de.vat", "it.iva")},
    "eu.at.uid": _behind(3, _DIGITS["at.uid"]),
    "eu.ch.uid": _behind(3, _DIGITS["ch.uid"]),
}
