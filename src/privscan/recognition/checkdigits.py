"""Check digits as arithmetic on whole columns: one text a row, one character a column.

Digit matrices hold the values 0 to 9, value matrices 0 to 35 with A as 10. Every function says
per row whether the check passes, and names the standard that it computes.
"""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256
from typing import Any

import numpy as np
import numpy.typing as npt

from privscan.recognition.buffers import Bytes, Flags, lookup

VALUES = bytes(
    int(chr(byte), 36) if byte < 128 and chr(byte).isalnum() else 0 for byte in range(256)
)
"""The value of each ASCII digit and letter, A or a as 10; 0 for other bytes."""

_HIGHEST_VALUE = 35
_UINT8_LUHN = 28


def weighted_sum(values: Bytes, weights: Sequence[int]) -> npt.NDArray[Any]:
    """The sum of every row's values, each times its column's weight; columns beyond weigh 0."""
    small = _HIGHEST_VALUE * sum(weights) < 2**16
    dtype = np.uint16 if small else np.uint32
    total = np.zeros(len(values), dtype)
    for column, weight in zip(values.T, weights, strict=False):
        total += column * dtype(weight)
    return total


def digit_sums(products: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """The sum of the two digits of numbers under 100."""
    tens = products // 10
    return products - tens * 9  # type: ignore[no-any-return]  # Any in, Any out


def luhn_sum(digits: Bytes) -> npt.NDArray[Any]:
    """The Luhn sum: from the right, every second digit doubled, its digits added."""
    # Nine a column at most: up to 28 columns fit in a byte, which is four times as fast.
    dtype = np.uint8 if digits.shape[1] <= _UINT8_LUHN else np.uint32
    total = np.zeros(len(digits), dtype)
    for place, column in enumerate(reversed(digits.T)):
        total += column
        if place % 2:
            total += column
            total -= (column > 4) * dtype(9)
    return total


def luhn(digits: Bytes) -> Flags:
    """ISO/IEC 7812-1 annex B, the Luhn algorithm: payment cards, IMEI and many more."""
    return luhn_sum(digits) % 10 == 0


def remainder_97(values: Bytes) -> npt.NDArray[np.uint32]:
    """The number that the values spell, a letter as two digits, modulo 97."""
    total = np.zeros(len(values), np.uint32)
    bound = 0
    for column in values.T:
        if (bound * 100 + _HIGHEST_VALUE) >= 2**32:
            # Division by a constant is vectorised, the remainder is not.
            total -= total // 97 * np.uint32(97)
            bound = 96
        letters = column > 9
        if letters.any():
            total *= np.where(letters, np.uint32(100), np.uint32(10))
        else:
            total *= np.uint32(10)
        total += column
        bound = bound * 100 + _HIGHEST_VALUE
    return total % np.uint32(97)


def mod_97_10(values: Bytes) -> Flags:
    """ISO 7064 MOD 97-10, as ISO 13616 (IBAN) uses it once the country is moved to the end."""
    return remainder_97(values) == 1


def _verhoeff_tables() -> list[bytes]:
    """For each of eight places, state * 10 + digit to the next state, padded to 256 entries."""
    dihedral = [[_dihedral(a, b) for b in range(10)] for a in range(10)]
    places, permutation = [], [*range(10)]
    for _ in range(8):
        table = bytes(
            dihedral[state][permutation[digit]] for state in range(10) for digit in range(10)
        )
        places.append(table.ljust(256, b"\0"))
        permutation = [_VERHOEFF_CYCLE[value] for value in permutation]
    return places


_VERHOEFF_CYCLE = (1, 5, 7, 6, 2, 8, 3, 0, 9, 4)


def _dihedral(a: int, b: int) -> int:
    """The product in the dihedral group D5: 0 to 4 rotate, 5 to 9 rotate and mirror."""
    turn = (a - b if a >= 5 else a + b) % 5
    return turn + 5 * ((a >= 5) != (b >= 5))


_VERHOEFF = _verhoeff_tables()


def verhoeff(digits: Bytes) -> Flags:
    """Verhoeff 1969, over the dihedral group D5: Aadhaar (India) and NIN (Nigeria)."""
    state = np.zeros(len(digits), np.uint8)
    for place, column in enumerate(reversed(digits.T)):
        state = lookup(state * np.uint8(10) + column, _VERHOEFF[place % 8])
    return state == 0


def nhs(digits: Bytes) -> Flags:
    """NHS Data Dictionary, NHS NUMBER: weights 10 down to 1, modulo 11."""
    return weighted_sum(digits, range(10, 0, -1)) % 11 == 0


def dea(digits: Bytes) -> Flags:
    """DEA registration, the seven digits: 1st + 3rd + 5th + 2 (2nd + 4th + 6th) ends in the 7th."""
    return weighted_sum(digits[:, :6], (1, 2, 1, 2, 1, 2)) % 10 == digits[:, 6]


_BECH32_ALPHABET = b"qpzry9x8gf2tvdw0s3jn54khce6mua7l"
_BECH32_GENERATOR = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)
_BECH32, _BECH32M = 1, 0x2BC830A3
_NOT_BECH32 = 255
BECH32_VALUES = bytes(
    _BECH32_ALPHABET.index(byte) if byte in _BECH32_ALPHABET else _NOT_BECH32 for byte in range(256)
)
"""The five-bit value of each lower-case character of Bech32's data part, else 255."""


def _bech32_steps() -> npt.NDArray[np.uint32]:
    steps = np.zeros(32, np.uint32)
    for top in range(32):
        for bit, generator in enumerate(_BECH32_GENERATOR):
            steps[top] ^= np.uint32(generator if top >> bit & 1 else 0)
    return steps


_BECH32_STEPS = _bech32_steps()


def bech32(data: Bytes, prefix: bytes) -> Flags:
    """BIP-173 (Bech32) and BIP-350 (Bech32m) over five-bit values, behind a lower-case prefix."""
    head = [byte >> 5 for byte in prefix] + [0] + [byte & 31 for byte in prefix]
    state = np.ones(len(data), np.uint32)
    columns = [np.full(len(data), value, np.uint8) for value in head] + [*data.T]
    for column in columns:
        state = (state & np.uint32(0x1FFFFFF)) << np.uint32(5) ^ column ^ _BECH32_STEPS[state >> 25]
    return ((state == _BECH32) | (state == _BECH32M)) & (data != _NOT_BECH32).all(axis=1)


BASE58_ALPHABET = b"123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
_BASE58 = {chr(byte): value for value, byte in enumerate(BASE58_ALPHABET)}


def base58check(text: str) -> bool:
    """Base58Check (Bitcoin): four bytes of a double SHA-256 end what the Base58 text spells.

    The text holds Base58 characters only. One text at a time: hashing bounds it, not Python.
    """
    payload = text.lstrip("1")
    number = 0
    for character in payload:
        number = number * 58 + _BASE58[character]
    size = len(text) - len(payload) + (number.bit_length() + 7) // 8
    spelt = number.to_bytes(size, "big")
    return spelt[-4:] == sha256(sha256(spelt[:-4]).digest()).digest()[:4]
