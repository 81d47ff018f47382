"""A recognizer's regex as Rust regexes that Polars runs over whole columns.

Derived from CPython's own syntax tree (`re._parser`). The ASCII form is for cells of ASCII only,
the wide form for any cell; each matches whatever the recognizer matches, and perhaps more: a
cell that it leaves out needs no further look.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from re import _constants as sre  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

MOST_REPEATS = 253
"""Longer counted repeats become open ones: Rust unrolls them into states."""

_NON_ASCII = r"\x{80}-\x{10FFFF}"
_FOLDED = r"\x{130}\x{131}\x{17F}\x{212A}"
"""Letters outside ASCII that Python's IGNORECASE equates with i, s and k."""

_LAST_ASCII = 0x7F
_CASE_BIT = 0x20

_CLASSES = {
    sre.CATEGORY_DIGIT: "0-9",
    sre.CATEGORY_WORD: "0-9A-Za-z_",
    sre.CATEGORY_SPACE: r"\x09-\x0D\x20\x1C-\x1F",
    sre.CATEGORY_NOT_DIGIT: r"\x00-\x2F\x3A-\x7F",
    sre.CATEGORY_NOT_WORD: r"\x00-\x2F\x3A-\x40\x5B-\x5E\x60\x7B-\x7F",
    sre.CATEGORY_NOT_SPACE: r"\x00-\x08\x0E-\x1B\x21-\x7F",
}


@dataclass(frozen=True, slots=True)
class Superset:
    """Rust regexes that match at least what the pattern does, and facts every match has.

    `digits` is the least number of digits, `marks` punctuation that each match contains, and
    `bare` says that a match may be digits and nothing else, `exact` that `ascii` matches
    nothing more on cells of ASCII.
    """

    ascii: str
    wide: str
    digits: int
    marks: frozenset[str]
    bare: bool
    exact: bool


def superset(pattern: str, *, ignore_case: bool) -> Superset:
    """The superset of a regex of Python's or the `regex` package's syntax; else `re.error`."""
    inline = "(?i)" in pattern
    plain = pattern.replace("(?i)", "")
    tree = parser.parse(plain, re.IGNORECASE if ignore_case or inline else 0)
    narrow = _Writer(ignore_case=ignore_case or inline, wide=False)
    wide = _Writer(ignore_case=ignore_case or inline, wide=True)
    ascii_form, wide_form = narrow.sequence(tree), wide.sequence(tree)
    digits = _digits(tree)
    return Superset(
        ascii=ascii_form,
        wide=wide_form,
        digits=digits,
        marks=frozenset(_marks(tree)),
        bare=digits > 0 and tree.getwidth()[0] == digits,
        exact=narrow.exact,
    )


class _Writer:
    """Writes a syntax tree as a Rust regex, noting where it had to allow more."""

    def __init__(self, *, ignore_case: bool, wide: bool) -> None:
        self.ignore_case, self.wide, self.exact = ignore_case, wide, True
        self._groups: dict[int | None, str] = {}

    def sequence(self, tree: Iterable[tuple[Any, Any]]) -> str:
        return "".join(self._node(op, value) for op, value in tree)

    def _node(self, op: Any, value: Any) -> str:
        match op:
            case sre.LITERAL:
                text = self._class([(op, value)])
            case sre.NOT_LITERAL:
                text = self._class([(sre.NEGATE, None), (sre.LITERAL, value)])
            case sre.ANY:
                text = "(?s:.)"
            case sre.IN:
                text = self._class(value)
            case sre.BRANCH:
                text = f"(?:{'|'.join(self.sequence(branch) for branch in value[1])})"
            case sre.SUBPATTERN:
                text = self._groups[value[0]] = f"(?:{self.sequence(value[3])})"
            case sre.MAX_REPEAT | sre.MIN_REPEAT | sre.POSSESSIVE_REPEAT:
                text = self._repeat(*value)
            case sre.AT if value is sre.AT_BOUNDARY and not self.wide:
                text = r"(?-u:\b)"
            case _:
                self.exact = False
                text = self._groups[value] if op is sre.GROUPREF else self._dropped(op)
        return text

    def _dropped(self, op: Any) -> str:
        """Assertions only narrow: left out, more cells pass."""
        if op in {sre.ASSERT, sre.ASSERT_NOT, sre.AT}:
            return ""
        raise re.error(f"{op} has no superset")

    def _repeat(self, least: int, most: Any, body: Any) -> str:
        text = f"(?:{self.sequence(body)})"
        if most is sre.MAXREPEAT:
            return f"{text}{{{int(least)},}}"
        if int(most) > MOST_REPEATS:
            self.exact = False
            return f"{text}{{{min(int(least), MOST_REPEATS)},}}"
        return f"{text}{{{int(least)},{int(most)}}}"

    def _class(self, items: list[tuple[Any, Any]]) -> str:
        negated = bool(items) and items[0][0] is sre.NEGATE
        ranges = "".join(self._range(op, value) for op, value in items if op is not sre.NEGATE)
        if negated:
            # Non-ASCII stays outside the brackets' list, so it passes: more, never less.
            return f"[^{ranges}]" if ranges else r"[\x00-\x{10FFFF}]"
        if self.wide and self._may_be_wide(items):
            ranges += _NON_ASCII
        elif self.wide and self.ignore_case:
            ranges += _FOLDED
        return f"[{ranges}]" if ranges else r"[^\x00-\x{10FFFF}]"

    @staticmethod
    def _may_be_wide(items: list[tuple[Any, Any]]) -> bool:
        return any(
            op is sre.CATEGORY
            or (op is sre.LITERAL and value > _LAST_ASCII)
            or (op is sre.RANGE and value[1] > _LAST_ASCII)
            for op, value in items
        )

    def _range(self, op: Any, value: Any) -> str:
        if op is sre.CATEGORY:
            return _CLASSES[value]
        low, high = (value, value) if op is sre.LITERAL else value
        if low > _LAST_ASCII:
            return ""
        high = min(high, _LAST_ASCII)
        text = _span(low, high)
        if self.ignore_case:
            for first, last in ((0x41, 0x5A), (0x61, 0x7A)):
                start, end = max(low, first), min(high, last)
                if start <= end:
                    text += _span(start ^ _CASE_BIT, end ^ _CASE_BIT)
        return text


def _span(low: int, high: int) -> str:
    return rf"\x{{{low:X}}}" if low == high else rf"\x{{{low:X}}}-\x{{{high:X}}}"


def _digits(tree: Iterable[tuple[Any, Any]]) -> int:
    """The least number of digits in any match."""
    total = 0
    for op, value in tree:
        if op in {sre.LITERAL, sre.IN}:
            total += _is_digit([(op, value)] if op is sre.LITERAL else value)
        elif op is sre.BRANCH:
            total += min(_digits(branch) for branch in value[1])
        elif op is sre.SUBPATTERN:
            total += _digits(value[3])
        elif op in {sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT}:
            total += int(value[0]) * _digits(value[2])
    return total


def _is_digit(items: list[tuple[Any, Any]]) -> bool:
    def inside(op: Any, value: Any) -> bool:
        if op is sre.CATEGORY:
            return value is sre.CATEGORY_DIGIT
        if op not in {sre.LITERAL, sre.RANGE}:
            return False
        low, high = (value, value) if op is sre.LITERAL else value
        return bool(ord("0") <= low and high <= ord("9"))

    return all(inside(op, value) for op, value in items)


def _marks(tree: Iterable[tuple[Any, Any]]) -> set[str]:
    """Punctuation that every match contains."""
    found: set[str] = set()
    for op, value in tree:
        one = [(op, value)] if op is sre.LITERAL else value if op is sre.IN else []
        if len(one) == 1 and one[0][0] is sre.LITERAL:
            char = chr(one[0][1])
            if char.isascii() and not char.isalnum():
                found.add(char)
        elif op is sre.BRANCH:
            found |= set.intersection(*(_marks(branch) for branch in value[1]))
        elif op is sre.SUBPATTERN:
            found |= _marks(value[3])
        elif op in {sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT} and int(value[0]) > 0:
            found |= _marks(value[2])
    return found
