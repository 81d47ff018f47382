"""Check digits as arithmetic on whole columns: one text a row, one character a column.

Digit matrices hold the values 0 to 9, value matrices 0 to 35 with A as 10. Every check says
per row whether it passes, and names the standard that it computes. National numbers have theirs
in `national`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from hashlib import sha256
from string import ascii_letters, digits
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from privscan.recognition.checks.buffers import Bytes, Flags, every, lookup

Sums: TypeAlias = npt.NDArray[np.uint32]
Check: TypeAlias = Callable[[Bytes], Flags]
_Unsigned: TypeAlias = npt.NDArray[np.unsignedinteger[Any]]

_ALPHANUMERIC = digits + ascii_letters
VALUES = bytes(int(chr(byte), 36) if chr(byte) in _ALPHANUMERIC else 0 for byte in range(256))
"""The value of each ASCII digit and letter, A or a as 10; 0 for other bytes."""

_HIGHEST_VALUE = 35
_HIGHEST_DIGIT = 9
_HIGHEST_UNDOUBLED = 4
_UINT8_LUHN = 28


def weighted_sum(values: Bytes, weights: Sequence[int]) -> Sums:
    """The sum of every row's values, each times its column's weight; columns beyond weigh 0."""
    small = _HIGHEST_VALUE * sum(weights) < 2**16
    total: _Unsigned = np.zeros(len(values), np.uint16 if small else np.uint32)
    for column, weight in zip(values.T, weights, strict=False):
        total += column * total.dtype.type(weight)
    return total.astype(np.uint32)


def weighted(weights: Sequence[int], modulus: int, remainder: int = 0) -> Check:
    """A check of values: their weighted sum leaves this remainder."""

    def check(values: Bytes) -> Flags:
        return leaves(weighted_sum(values, weights), modulus, remainder)

    return check


def numbers(digits: Bytes) -> Sums:
    """The number that every row's digits spell, up to nine of them."""
    return weighted_sum(digits, [10**place for place in reversed(range(digits.shape[1]))])


def leaves(sums: Sums, modulus: int, remainder: int = 0) -> Flags:
    """Which sums leave this remainder."""
    passed: Flags = sums % np.uint32(modulus) == remainder
    return passed


def cross_sum(products: Sums) -> Sums:
    """The sum of the two digits of numbers under 100."""
    return products - products // 10 * np.uint32(9)


def luhn_sum(digits: Bytes) -> Sums:
    """The Luhn sum: from the right, every second digit doubled, its digits added."""
    # Nine a column at most: up to 28 columns fit in a byte, which is four times as fast.
    narrow = digits.shape[1] <= _UINT8_LUHN
    total: _Unsigned = np.zeros(len(digits), np.uint8 if narrow else np.uint32)
    for place, column in enumerate(reversed(digits.T)):
        total += column
        if place % 2:
            total += column
            total -= (column > _HIGHEST_UNDOUBLED) * total.dtype.type(9)
    return total.astype(np.uint32)


def luhn(digits: Bytes) -> Flags:
    """ISO/IEC 7812-1 annex B, the Luhn algorithm: payment cards, IMEI and many more."""
    return leaves(luhn_sum(digits), 10)


def mod_97_10(values: Bytes) -> Flags:
    """ISO 7064 MOD 97-10: the number that the values spell, a letter as two digits, leaves 1.

    ISO 13616 (IBAN) uses it once country and check digits are moved to the end.
    """
    total = np.zeros(len(values), np.uint32)
    bound = 0
    for column in values.T:
        if bound * 100 + _HIGHEST_VALUE >= 2**32:
            # Division by a constant is vectorised, the remainder is not.
            total -= total // 97 * np.uint32(97)
            bound = 96
        letters = column > _HIGHEST_DIGIT
        if letters.any():
            total *= np.where(letters, np.uint32(100), np.uint32(10))
        else:
            total *= np.uint32(10)
        total += column
        bound = bound * 100 + _HIGHEST_VALUE
    return leaves(total, 97, 1)


def _mod_11_10_steps() -> bytes:
    """The product before a digit, times 10, plus the digit: to the product after it."""
    steps = bytearray(256)
    for product in range(1, 11):
        for digit in range(10):
            total = (digit + product) % 10 or 10
            steps[(product * 10 + digit) % 256] = total * 2 % 11
    return bytes(steps)


_MOD_11_10 = _mod_11_10_steps()


def mod_11_10(digits: Bytes) -> Flags:
    """ISO 7064 MOD 11,10: the German tax number (Steuer-ID) and VAT number."""
    product = np.full(len(digits), 10, np.uint8)
    for column in digits.T[:-1]:
        product = lookup(product * np.uint8(10) + column, _MOD_11_10)
    return leaves((digits.T[-1] + product).astype(np.uint32), 10, 1)


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


_MIRRORED = 5
_VERHOEFF_CYCLE = (1, 5, 7, 6, 2, 8, 3, 0, 9, 4)


def _dihedral(a: int, b: int) -> int:
    """The product in the dihedral group D5: 0 to 4 rotate, 5 to 9 rotate and mirror."""
    mirrored = a >= _MIRRORED
    turn = (a - b if mirrored else a + b) % 5
    return turn + _MIRRORED * (mirrored != (b >= _MIRRORED))


_VERHOEFF = _verhoeff_tables()


def verhoeff(digits: Bytes) -> Flags:
    """Verhoeff 1969, over the dihedral group D5: Aadhaar (India) and NIN (Nigeria)."""
    state = np.zeros(len(digits), np.uint8)
    for place, column in enumerate(reversed(digits.T)):
        state = lookup(state * np.uint8(10) + column, _VERHOEFF[place % 8])
    passed: Flags = state == 0
    return passed


def icao_9303(values: Bytes) -> Flags:
    """ICAO Doc 9303 part 3, 4.9: weights 7, 3, 1 over all but the last, which the sum ends in."""
    data = values.shape[1] - 1
    # Minus 1 is 9 modulo 10.
    return leaves(weighted_sum(values, [*((7, 3, 1) * values.shape[1])[:data], 9]), 10)


_BECH32_ALPHABET = b"qpzry9x8gf2tvdw0s3jn54khce6mua7l"
_BECH32_GENERATOR = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)
_BECH32, _BECH32M = 1, 0x2BC830A3
NOT_BECH32 = 255
BECH32_VALUES = bytes(
    _BECH32_ALPHABET.index(byte) if byte in _BECH32_ALPHABET else NOT_BECH32 for byte in range(256)
)
"""The five-bit value of each lower-case character of Bech32's data part, else 255."""


BECH32_CHECK_DIGITS = 6


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
    passed: Flags = (state == _BECH32) | (state == _BECH32M)
    passed &= every(data != NOT_BECH32)
    return passed


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
