"""Writes Python's syntax tree of a regex as a Rust regex, and notes where it had to allow more."""

from __future__ import annotations

import re
from collections.abc import Iterable
from re import _constants as sre  # type: ignore[attr-defined]
from typing import Any

MOST_REPEATS = 253
"""Longer counted repeats become open ones: Rust unrolls them into states."""

LAST_ASCII = 0x7F

ASCII = frozenset(range(LAST_ASCII + 1))
_DIGIT = frozenset(map(ord, "0123456789"))
_WORD = frozenset(c for c in ASCII if chr(c).isalnum() or chr(c) == "_")
_SPACE = frozenset(map(ord, "\t\n\v\f\r "))

CATEGORIES = {
    sre.CATEGORY_DIGIT: _DIGIT,
    sre.CATEGORY_WORD: _WORD,
    sre.CATEGORY_SPACE: _SPACE,
    sre.CATEGORY_NOT_DIGIT: ASCII - _DIGIT,
    sre.CATEGORY_NOT_WORD: ASCII - _WORD,
    sre.CATEGORY_NOT_SPACE: ASCII - _SPACE,
}
"""What a category holds of ASCII, as `regex` sees it."""

FOLDED = {0x130: "i", 0x131: "I", 0x17F: "sS", 0x212A: "kK"}
"""Letters beyond ASCII that ignoring case equates with letters of ASCII."""

_WIDE = r"\x{80}-\x{10FFFF}"
_WIDE_FOLDED = {"i": r"\x{130}\x{131}", "s": r"\x{17F}", "k": r"\x{212A}"}
_NOTHING = r"[^\x00-\x{10FFFF}]"

REPEATS = frozenset({sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT})

Items = list[tuple[Any, Any]]


def one_character(op: Any, value: Any) -> Items | None:
    """The set of characters that a node matches one of, None if it is another kind of node."""
    if op is sre.LITERAL:
        return [(op, value)]
    if op is sre.NOT_LITERAL:
        return [(sre.NEGATE, None), (sre.LITERAL, value)]
    return value if op is sre.IN else None


def codes(items: Items, *, ignore_case: bool) -> frozenset[int]:
    """The ASCII characters that a set matches."""
    found: set[int] = set()
    for op, value in items:
        if op is sre.CATEGORY:
            found |= CATEGORIES[value]
        elif op is not sre.NEGATE:
            low, high = (value, value) if op is sre.LITERAL else value
            found |= set(range(low, min(high, LAST_ASCII) + 1))
            if ignore_case:
                found |= {ord(c) for f, cs in FOLDED.items() if low <= f <= high for c in cs}
    if ignore_case:
        found |= {ord(c.swapcase()) for c in map(chr, found) if c.isalpha()}
    return ASCII - found if items and items[0][0] is sre.NEGATE else frozenset(found)


_HOLDING = {
    "word": {sre.CATEGORY_WORD, sre.CATEGORY_NOT_DIGIT, sre.CATEGORY_NOT_SPACE},
    "space": {sre.CATEGORY_SPACE, sre.CATEGORY_NOT_DIGIT, sre.CATEGORY_NOT_WORD},
    "digit": {sre.CATEGORY_DIGIT, sre.CATEGORY_WORD, sre.CATEGORY_NOT_SPACE},
    "other": {sre.CATEGORY_NOT_WORD, sre.CATEGORY_NOT_DIGIT, sre.CATEGORY_NOT_SPACE},
}


def takes(items: Items, kind: str) -> bool:
    """Whether a set that names no character beyond ASCII takes those of a kind there.

    Kinds are "word" (no digit), "digit", "space" and "other".
    """
    held = any(op is sre.CATEGORY and value in _HOLDING[kind] for op, value in items)
    return held is not bool(items and items[0][0] is sre.NEGATE)


def ranges(found: Iterable[int]) -> str:
    """Characters as the inside of a Rust class."""
    text, left = "", sorted(found)
    while left:
        end = next((i for i, c in enumerate(left) if c != left[0] + i), len(left))
        text += _span(left[0], left[end - 1])
        left = left[end:]
    return text


def _span(low: int, high: int) -> str:
    return _sign(low) if low == high else f"{_sign(low)}-{_sign(high)}"


def _sign(code: int) -> str:
    return chr(code) if chr(code).isalnum() else rf"\x{{{code:X}}}"


class Writer:
    """Writes for ASCII cells or, `wide`, for any; `exact` until more had to be allowed.

    `runs` find cells in which a repeat left open may run on longer than it was counted to.
    """

    def __init__(self, flags: int, *, wide: bool) -> None:
        self.flags, self.wide = flags, wide
        self.exact = True
        self.runs: list[str] = []
        self._groups: dict[int | None, str] = {}

    def sequence(self, tree: Iterable[tuple[Any, Any]]) -> str:
        """The nodes one after another."""
        return "".join(self._node(op, value) for op, value in tree)

    def _node(self, op: Any, value: Any) -> str:
        items = one_character(op, value)
        if items is not None:
            return self._class(items)
        match op:
            case sre.ANY:
                text = "(?s:.)" if self.flags & re.DOTALL else "(?-s:.)"
            case sre.BRANCH:
                text = f"(?:{'|'.join(self.sequence(branch) for branch in value[1])})"
            case sre.SUBPATTERN:
                text = self._group(*value)
            case _ if op in REPEATS:
                text = self._repeat(op, *value)
            case sre.AT:
                text = self._anchor(value)
            case sre.GROUPREF if value in self._groups:
                self.exact = False
                text = self._groups[value]
            case sre.ATOMIC_GROUP:
                self.exact = False
                text = f"(?:{self.sequence(value)})"
            case sre.ASSERT | sre.ASSERT_NOT:
                self.exact, text = False, ""
            case _:
                raise re.error(f"{op} has no superset")
        return text

    def _group(self, number: int | None, added: int, dropped: int, body: Any) -> str:
        outside = self.flags
        self.flags = (self.flags | added) & ~dropped
        text = f"(?:{self.sequence(body)})"
        self.flags = outside
        if number is not None:
            self._groups[number] = text
        return text

    def _repeat(self, op: Any, least: int, most: Any, body: Any) -> str:
        text, least = f"(?:{self.sequence(body)})", int(least)
        many = most is sre.MAXREPEAT or int(most) > 1
        # An empty round ends the loop of `regex`, and Rust goes on.
        if op is sre.POSSESSIVE_REPEAT or (many and not body.getwidth()[0]):
            self.exact = False
        if most is sre.MAXREPEAT:
            bounds = {0: "*", 1: "+"}.get(least, f"{{{least},}}")
        elif int(most) >= MOST_REPEATS:
            self.runs.append(f"{text}{{{MOST_REPEATS + 1}}}")
            self.exact = self.exact and least <= MOST_REPEATS
            bounds = f"{{{min(least, MOST_REPEATS)},}}"
        else:
            bounds = "?" if (least, int(most)) == (0, 1) else f"{{{least},{int(most)}}}"
        return text + bounds + ("?" if op is sre.MIN_REPEAT else "")

    def _anchor(self, value: Any) -> str:
        """Anchors that Rust has; of the others more cells pass."""
        if value is sre.AT_BOUNDARY and not self.wide:
            return r"(?-u:\b)"
        if value is sre.AT_BEGINNING_STRING:
            return r"\A"
        if value is sre.AT_END_STRING:
            return r"\z"
        if value is sre.AT_BEGINNING:
            return "(?m:^)" if self.flags & re.MULTILINE else r"\A"
        if value is sre.AT_END and self.flags & re.MULTILINE:
            return "(?m:$)"
        self.exact = False
        return ""

    def _class(self, items: Items) -> str:
        ignore_case = bool(self.flags & re.IGNORECASE)
        found = codes(items, ignore_case=ignore_case)
        text = ranges(found)
        if not self.wide:
            return f"[{text}]" if text else _NOTHING
        if any(map(_maybe_wide, items)):
            text += _WIDE
        elif ignore_case:
            text += "".join(more for c, more in _WIDE_FOLDED.items() if ord(c) in found)
        return f"[{text}]" if text else _NOTHING


def _maybe_wide(item: tuple[Any, Any]) -> bool:
    return item[0] in {sre.NEGATE, sre.CATEGORY} or beyond_ascii(item)


def beyond_ascii(item: tuple[Any, Any]) -> bool:
    """Whether a set's item names characters outside ASCII."""
    op, value = item
    if op in {sre.NEGATE, sre.CATEGORY}:
        return False
    return bool((value if op is sre.LITERAL else value[1]) > LAST_ASCII)
