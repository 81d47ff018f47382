"""The validator of Presidio's IbanRecognizer: ISO 13616 check digits and each country's format."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from string import ascii_lowercase, ascii_uppercase, digits
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import polars as pl

from privscan.recognition.checks.buffers import Bytes, Flags, flat, lookup, some, without
from privscan.recognition.checks.digits import VALUES, mod_97_10
from privscan.recognition.checks.verdicts import CONFIRM, DROP, KEEP, UNDECIDED, Verdicts, judged

_WIDTHS = range(5, 41)
_HEAD = 4
_LOWEST_CHECK, _HIGHEST_CHECK = 2, 98
_DIGIT, _UPPER, _LOWER, _OTHER = 1, 2, 4, 8


_CLASSES = {**dict.fromkeys(digits, _DIGIT), **dict.fromkeys(ascii_uppercase, _UPPER)}
_CLASSES |= dict.fromkeys(ascii_lowercase, _LOWER)
_CLASS = bytes(_CLASSES.get(chr(byte), _OTHER) for byte in range(256))
_CLASS_ANY_CASE = _CLASS.replace(bytes([_LOWER]), bytes([_UPPER]))
_REFUSED = {
    "0": _UPPER | _LOWER | _OTHER,
    "n": _UPPER | _LOWER | _OTHER,
    "a": _DIGIT | _LOWER | _OTHER,
    "c": _OTHER,
}


class _Formats(NamedTuple):
    """Formats by number, 0 for countries without one."""

    numbers: npt.NDArray[np.uint8]
    """By the two letters of a country, as 26 * first + second."""
    lengths: npt.NDArray[np.uint8]
    refused: npt.NDArray[np.uint8]
    """By place and format: the classes of character refused there."""
    zero_first: npt.NDArray[np.bool_]
    """Whether the first place takes 0 alone."""


@cache
def _formats() -> _Formats:
    text = files("privscan.recognition.checks").joinpath("iban_formats.json").read_text("ascii")
    formats: dict[str, str] = json.loads(text)
    numbers = np.zeros(26 * 26, np.uint8)
    refused = np.zeros((max(_WIDTHS), len(formats) + 1), np.uint8)
    for number, (country, places) in enumerate(formats.items(), start=1):
        numbers[(ord(country[0]) - 65) * 26 + ord(country[1]) - 65] = number
        refused[: len(places), number] = [_REFUSED[kind] for kind in places]
    lengths = np.array([0, *map(len, formats.values())], np.uint8)
    zero_first = np.array([False, *(places[0] == "0" for places in formats.values())])
    return _Formats(numbers, lengths, refused, zero_first)


def iban(series: pl.Series) -> Verdicts:
    """IbanRecognizer: right check digits and format; kept if only its upper case has the format."""
    return judged(without(flat(series), b"- "), _verdicts, _WIDTHS)


def _verdicts(texts: Bytes) -> Verdicts:
    classes = lookup(texts, _CLASS)
    passed = _check_digits(texts, classes)
    formats = _formats()
    verdicts = np.where(passed & _formatted(texts, classes, formats), CONFIRM, DROP)
    seen = classes.max()
    if seen >= _LOWER:
        any_case = lookup(texts, _CLASS_ANY_CASE)
        upper = texts - np.uint8(32) * (classes == _LOWER)
        only_upper = passed & (verdicts == DROP) & _formatted(upper, any_case, formats)
        verdicts[only_upper] = KEEP
    if seen >= _OTHER:
        verdicts[some(classes == _OTHER)] = UNDECIDED
    return verdicts


def _check_digits(texts: Bytes, classes: Bytes) -> Flags:
    """ISO 13616: the two digits are 98 less the remainder, so never 00, 01 or 99."""
    values = lookup(texts, VALUES)
    tens, ones = values[:, 2], values[:, 3]
    both = tens * np.uint8(10) + ones
    canonical = (both >= _LOWEST_CHECK) & (both <= _HIGHEST_CHECK)
    decimal: Flags = (classes[:, 2] == _DIGIT) & (classes[:, 3] == _DIGIT)
    moved = np.concatenate([values.T[_HEAD:], values.T[:_HEAD]]).T
    return decimal & canonical & mod_97_10(moved)


def _formatted(texts: Bytes, classes: Bytes, formats: _Formats) -> Flags:
    """Whether a text begins with its country's format; Presidio lets more follow it."""
    country = (classes[:, 0] == _UPPER) & (classes[:, 1] == _UPPER)
    first, second = texts[:, 0] - np.uint8(65), texts[:, 1] - np.uint8(65)
    codes = np.where(country, first * np.uint16(26) + second, np.uint16(0))
    number = np.where(country, formats.numbers[codes], np.uint8(0))
    body = texts.shape[1] - _HEAD
    wrong = np.zeros(len(texts), np.uint8)
    for place, column in enumerate(classes.T[_HEAD:]):
        wrong |= lookup(number, formats.refused[place].tobytes().ljust(256, b"\0")) & column
    short = formats.lengths[number] > body
    not_zero = formats.zero_first[number] & (texts.T[_HEAD] != ord("0"))
    formatted: Flags = (number > 0) & (wrong == 0) & ~short & ~not_zero
    return formatted
