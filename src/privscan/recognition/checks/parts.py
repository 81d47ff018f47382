"""What rules on national numbers are made of: sums, remainders, dates, letters."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TypeAlias

import numpy as np

from privscan.recognition.checks.buffers import Bytes, Flags, every
from privscan.recognition.checks.dates import are_dates
from privscan.recognition.checks.digits import Check, Sums, weighted_sum

Letters: TypeAlias = "Callable[[Bytes], Flags]"
"""A rule on upper-case ASCII bytes."""

ZERO = np.uint8(ord("0"))


def of_digits(check: Check) -> Letters:
    """A rule on bytes that are digits all."""
    return lambda texts: check(texts - ZERO)


def ends(weights: Sequence[int], value: Callable[[Sums], Sums], at: int = -1) -> Check:
    """The digit `at` that place is what `value` makes of the weighted sum."""

    def check(digits: Bytes) -> Flags:
        passed: Flags = value(weighted_sum(digits, weights)) == digits[:, at]
        return passed

    return check


def mod_11(sums: Sums) -> Sums:
    """The remainder by 11, 10 as 0."""
    return sums % np.uint32(11) % np.uint32(10)


def to_11(sums: Sums) -> Sums:
    """What is missing to a multiple of 11; 10 is no digit."""
    return (np.uint32(11) - sums % np.uint32(11)) % np.uint32(11)


def to_11_or_0(sums: Sums) -> Sums:
    """What is missing to a multiple of 11, 10 as 0."""
    return to_11(sums) % np.uint32(10)


def to_10(sums: Sums) -> Sums:
    """What is missing to a multiple of 10."""
    return (np.uint32(10) - sums % np.uint32(10)) % np.uint32(10)


def spelt(digits: Bytes, first: int, last: int) -> Sums:
    """The number in places first to last, the last not counted: up to nine digits."""
    total = np.zeros(len(digits), np.uint32)
    for column in digits.T[first:last]:
        total = total * np.uint32(10) + column
    return total


def dated(digits: Bytes, year: int, month: int, day: int) -> Flags:
    """Whether two digits each are a date in some century."""
    short = spelt(digits, year, year + 2) + np.uint32(2000)
    return are_dates(short, spelt(digits, month, month + 2), spelt(digits, day, day + 2))


def alike(digits: Bytes) -> Flags:
    """Whether one digit fills the row: a number given to nobody."""
    return every(digits == digits[:, :1])


def less(values: Sums, bounds: Sequence[int], step: int) -> Sums:
    """Values above each bound less the step: months and days that carry a mark."""
    for bound in bounds:
        values = np.where(values > bound, values - np.uint32(step), values)
    return values


def both(*checks: Check) -> Check:
    """All of the checks; the later ones only where the earlier passed."""

    def check(digits: Bytes) -> Flags:
        passed = checks[0](digits)
        for other in checks[1:]:
            rows = np.flatnonzero(passed)
            if not len(rows):
                break
            some = np.asfortranarray(digits[rows])
            passed[rows] = other(some)
        return passed

    return check


def first_in(*numbers: int, places: int = 1) -> Check:
    """The first places spell one of the numbers."""
    return lambda digits: np.isin(spelt(digits, 0, places), numbers)


def table(values: Mapping[str, int] | str) -> bytes:
    """A value for each byte, out of a mapping or by place in an alphabet; 255 where none is."""
    known = values if isinstance(values, Mapping) else {c: i for i, c in enumerate(values)}
    return bytes(known.get(chr(byte), 255) for byte in range(256))


def letters(alphabet: str) -> Bytes:
    """The bytes of an alphabet, to be taken by number."""
    return np.frombuffer(alphabet.encode("ascii"), np.uint8)
