"""What a recognizer says of a matched text, as a number; and validators made of arithmetic."""

from __future__ import annotations

from collections.abc import Callable, Container
from string import ascii_letters
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
import polars as pl

from privscan.recognition.checks.buffers import (
    WHITESPACE,
    Bytes,
    Flags,
    Flat,
    by_width,
    every,
    flat,
    lookup,
    upper,
    without,
)

Verdicts: TypeAlias = npt.NDArray[np.int8]
Validator: TypeAlias = Callable[[pl.Series], Verdicts]
Rule: TypeAlias = "Callable[[Bytes], Flags | Verdicts]"

KEEP = np.int8(-1)
"""Neither confirmed nor refused: the match keeps its pattern's score."""
DROP = np.int8(0)
"""Refused: the match is dropped."""
CONFIRM = np.int8(1)
"""Confirmed: the match scores 1."""
UNDECIDED = np.int8(2)
"""Not covered by arithmetic: only the recognizer's own code can say."""

_NINE = np.uint8(9)
_LETTER = bytes(chr(byte) in ascii_letters for byte in range(256))
_SPACE = bytes(byte in WHITESPACE for byte in range(256))


def judged(
    texts: Flat, rule: Rule, widths: Container[int], *, otherwise: np.int8 = UNDECIDED
) -> Verdicts:
    """The rule's verdicts on texts of these lengths, `otherwise` on longer and shorter ones.

    Empty texts are undecided: no pattern matches them, and Presidio's code fails on some.
    """
    verdicts = np.full(len(texts.offsets) - 1, otherwise)
    for rows, texts_of_width in by_width(texts, widths):
        verdicts[rows] = rule(texts_of_width)
    if otherwise != UNDECIDED:
        verdicts[np.diff(texts.offsets) == 0] = UNDECIDED
    return verdicts


def on_digits(check: Rule, otherwise: np.int8) -> Rule:
    """A rule on bytes that gives the check digit values 0 to 9, and `otherwise` for non-digits."""

    def rule(texts: Bytes) -> Verdicts:
        values = texts - np.uint8(ord("0"))
        if values.max() <= _NINE:
            return check(values).astype(np.int8)
        return np.where(are_digits(texts), check(np.minimum(values, _NINE)), otherwise).astype(
            np.int8
        )

    return rule


def confirmed(passed: Flags) -> Verdicts:
    """CONFIRM where the check passed, DROP elsewhere."""
    return passed.astype(np.int8)


def kept(passed: Flags) -> Verdicts:
    """KEEP where the check passed, DROP elsewhere."""
    return np.where(passed, KEEP, DROP)


def are_digits(texts: Bytes) -> Flags:
    """Which rows are digits and nothing else."""
    decimal: Flags = every(texts - np.uint8(ord("0")) <= _NINE)
    return decimal


def are_letters(texts: Bytes) -> Flags:
    """Which rows are ASCII letters and nothing else."""
    letters: Flags = every(lookup(texts, _LETTER))
    return letters


def number(
    check: Rule,
    widths: Container[int],
    *,
    removed: bytes = b"",
    otherwise: np.int8 = UNDECIDED,
) -> Validator:
    """Validates texts that are digits once `removed` is taken out; `otherwise` for all others."""
    rule = on_digits(check, otherwise)
    return lambda series: judged(without(flat(series), removed), rule, widths, otherwise=otherwise)


def code(
    rule: Rule,
    widths: Container[int],
    *,
    removed: bytes = b"",
    otherwise: np.int8 = UNDECIDED,
    strips: bool = False,
) -> Validator:
    """Validates texts by their upper-case bytes once `removed` is taken out.

    With `strips`, texts with white space around them are undecided: Presidio strips them first.
    """

    def validate(series: pl.Series) -> Verdicts:
        texts = upper(without(flat(series), removed))
        verdicts = judged(texts, rule, widths, otherwise=otherwise)
        if strips:
            verdicts[_spaced(texts)] = UNDECIDED
        return verdicts

    return validate


def _spaced(texts: Flat) -> Flags:
    spaced = np.zeros(len(texts.offsets) - 1, np.bool_)
    rows = np.flatnonzero(np.diff(texts.offsets))
    first, last = texts.offsets[:-1][rows], texts.offsets[1:][rows] - 1
    ends = lookup(texts.data[first], _SPACE) | lookup(texts.data[last], _SPACE)
    spaced[rows] = ends.astype(np.bool_)
    return spaced


def by_distinct(texts: pl.Series, check: Callable[[str], bool]) -> Verdicts:
    """A check's verdicts, asked once for every distinct text: for checks that no array can do."""
    distinct = texts.unique()
    passed = [check(text) for text in distinct.to_list()]
    known = pl.DataFrame({"text": distinct, "passed": pl.Series(passed, dtype=pl.Int8)})
    asked = texts.rename("text").to_frame()
    return asked.join(known, on="text", how="left", maintain_order="left")["passed"].to_numpy()
