"""Tokens in a format that fail the check of what they stand for, so that none is taken for real.

A number that passes its check becomes one that fails it; one that fails becomes any that no
passing number becomes. Within a shape it stays one to one, which a token that always failed
could not be: there are more numbers than failing ones.
"""

from __future__ import annotations

import re
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from privscan.protect.ff1 import Ff1, Numbers
from privscan.recognition.checks.digits import luhn_sum, weighted_sum

Due = Callable[[Numbers, NDArray[np.int64]], Numbers]
"""The check digits that belong to the other digits of some rows, as one number each."""

IBAN = re.compile(rb"(?i)[A-Z]{2}\d{2}[A-Z\d]{11,30}")
"""An account number without its blanks; each country's own form is not asked."""

IBAN_CHECK = 2
"""Check digits of an IBAN, which stand after its country."""

_CARD = range(13, 20)
_MY_NUMBER = 12
_PAYLOAD = b"without check digits"
"""Tweak, so that 15 digits of a card are not what a cell of 15 digits becomes."""


def number_check(size: int) -> Due | None:
    """The last digit of whole numbers of so many digits: cards, and My Number; else none."""
    if size == _MY_NUMBER:
        return _my_number
    return _luhn if size in _CARD else None


def tokens(ff1: Ff1, rows: Numbers, width: int, before: Due, after: Due | None = None) -> Numbers:
    """A token for each row of digits, of which the last `width` are check digits.

    `before` says which are due to a number, `after` which to its token, where that differs.
    """
    after, base, made = after or before, np.uint64(10**width), rows.copy()
    every = np.arange(len(rows))
    right = _last(rows, width) == before(rows[:, :-width], every)
    offset = np.ones(len(rows), np.uint64)
    at = every[right]
    if len(at):
        made[at, :-width] = ff1.encrypted(rows[at, :-width], 10, _PAYLOAD)
    at = walking = every[~right]
    while len(walking):
        made[walking] = ff1.encrypted(made[walking], 10)
        some = made[walking]
        walking = walking[_last(some, width) == before(some[:, :-width], walking)]
    off = (_last(made[at], width) + base - before(made[at, :-width], at)) % base
    # One more than what is due is the place of numbers that pass: who would stand there passes.
    offset[at] = np.where(off == 1, np.uint64(0), off)
    last = (after(made[:, :-width], every) + offset) % base
    for place in range(width):
        made[:, -1 - place] = last // np.uint64(10**place) % np.uint64(10)
    return made


def iban_due(characters: NDArray[np.uint8], digits: NDArray[np.bool_]) -> Due:
    """Check digits of IBANs of one form, whose letters these rows give; `digits` says where none is."""
    values = np.where(digits, 0, characters.astype(np.int64) - (ord("A") - 10)).astype(np.uint64)
    inner = digits.copy()
    inner[2 : 2 + IBAN_CHECK] = False

    def due(payload: Numbers, at: NDArray[np.int64]) -> Numbers:
        whole = values[at]
        whole[:, inner] = payload
        found = np.zeros(len(at), np.uint64)
        for place in (*range(2 + IBAN_CHECK, whole.shape[1]), 0, 1):
            ten = np.uint64(10 if digits[place] else 100)
            found = (found * ten + whole[:, place]) % np.uint64(97)
        return np.uint64(98) - found * np.uint64(100) % np.uint64(97)

    return due


def is_iban(cell: bytes) -> bool:
    """Whether a cell passes as an IBAN."""
    bare = re.sub(rb"[ -]", b"", cell)
    if not IBAN.fullmatch(bare):
        return False
    return int("".join(str(int(c, 36)) for c in (bare[4:] + bare[:4]).decode())) % 97 == 1


def _last(rows: Numbers, width: int) -> Numbers:
    found = np.zeros(len(rows), np.uint64)
    for column in rows[:, -width:].T:
        found = found * np.uint64(10) + column
    return found


def _luhn(payload: Numbers, at: NDArray[np.int64]) -> Numbers:
    whole = np.hstack([payload.astype(np.uint8), np.zeros((len(at), 1), np.uint8)])
    return ((10 - luhn_sum(whole) % 10) % 10).astype(np.uint64)


def _my_number(payload: Numbers, _at: NDArray[np.int64]) -> Numbers:
    sums = weighted_sum(payload.astype(np.uint8), (6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2))
    return ((11 - sums % 11) % 11 % 10).astype(np.uint64)
