"""Texts made from a recognizer's own regexes, by walking CPython's syntax tree of each."""

# ruff: noqa: RUF001  look-alikes are what these texts are made of

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator, Sequence
from functools import cache
from random import Random
from re import _constants as sre
from re import _parser as parser
from typing import Any

from made_texts import CONTROLS, MARKS, TRAPS, mutated

MOST_REPEATS = 12
TRIES = 60
"""How often a made text is changed until its check digit is right."""

AROUND = (
    *("", "", "", " ", "a", "Z", "0", "7", "_", "-", ".", ",", "'", '"', "(", "/", "@", "\n", "\t"),
    *(
        "é",
        "中",
        "ſ",
        "ı",
        "K",
        "\u0301",
        "\u00a0",
        "\u200b",
        "٣",
        "߁",
        "＠",
        "\x00",
        "\x02",
        "\x05",
    ),
)
FOLDS = {"i": "İı", "s": "ſ", "k": "K"}
TOP_LEVEL = ("com", "de", "co.uk", "su")
DIGITS = "0123456789"
LETTERS = "abcdefABCDEF"
WORD = "abkisxyzABKISXYZ0189_"
CATEGORIES = {
    sre.CATEGORY_DIGIT: ("0123456789", "٣۵߁７²"),
    sre.CATEGORY_SPACE: (" ", "\t\n\r\x0b\x0c\x1c\x1f\x85\u00a0\u2009\u3000"),
    sre.CATEGORY_WORD: (WORD, "éſıK中߁²\u0301"),
}
"""Usual and odd characters of a class."""
ANY = (*"aZ09 -._", *MARKS, *CONTROLS, *TRAPS)


def pattern_texts(recognizers: Sequence[Any], count: int, seed: int) -> Iterator[str]:
    """Texts that the patterns of recognizers match, or nearly; most have odd surroundings."""
    rng = Random(seed)
    owned = [(r, trees) for r in recognizers if (trees := _trees(r))]
    pool = [""]
    for _ in range(count if owned else 0):
        recognizer, trees = rng.choice(owned)
        text = _Maker(rng).sequence(rng.choice(trees))
        if rng.random() < 0.6:
            text = repaired(text, recognizer, rng)
        if rng.random() < 0.7:
            text = rng.choice(AROUND) + text + rng.choice(AROUND)
        if rng.random() < 0.25:
            text = mutated(text, rng, pool)
        pool.append(text)
        yield text


def _trees(recognizer: Any) -> list[Any]:
    regexes = [pattern.regex for pattern in getattr(recognizer, "patterns", ())]
    return [tree for tree in map(syntax, regexes) if tree is not None]


@cache
def syntax(regex: str) -> Any:
    """A regex's syntax tree; None where only the `regex` package knows the syntax."""
    try:
        with warnings.catch_warnings(action="ignore", category=FutureWarning):
            return parser.parse(regex.replace("(?i)", ""))
    except (re.error, OverflowError, RecursionError):
        return None


def repaired(text: str, recognizer: Any, rng: Random) -> str:
    """A text with characters changed until the recognizer's own check passes, if it soon does."""
    try:
        return next(t for t in _variants(text, rng) if recognizer.validate_result(t) is not False)
    except Exception:  # noqa: BLE001  Presidio's checks assume a match of their pattern; or none passed
        return text


def _variants(text: str, rng: Random) -> Iterator[str]:
    yield text
    host, dot, _ = text.rpartition(".")
    if dot:
        yield f"{host}.{rng.choice(TOP_LEVEL)}"
    places = [i for i, char in enumerate(text) if char.isascii() and char.isalnum()]
    for _ in range(TRIES if places else 0):
        at = rng.choice(places)
        text = text[:at] + rng.choice(DIGITS if text[at].isdigit() else LETTERS) + text[at + 1 :]
        yield text


class _Maker:
    """Writes one text of a syntax tree."""

    def __init__(self, rng: Random) -> None:
        self.rng = rng
        self.groups: dict[int | None, str] = {}

    def sequence(self, tree: Any) -> str:
        return "".join(self.node(op, value) for op, value in tree)

    def node(self, op: Any, value: Any) -> str:
        text = ""
        match op:
            case sre.LITERAL:
                text = self.cased(chr(value))
            case sre.NOT_LITERAL | sre.ANY:
                text = self.rng.choice(ANY)
            case sre.IN:
                text = self.member(value)
            case sre.BRANCH:
                text = self.sequence(self.rng.choice(value[1]))
            case sre.SUBPATTERN:
                text = self.groups[value[0]] = self.sequence(value[3])
            case sre.ATOMIC_GROUP:
                text = self.sequence(value)
            case sre.MAX_REPEAT | sre.MIN_REPEAT | sre.POSSESSIVE_REPEAT:
                text = "".join(self.sequence(value[2]) for _ in range(self.times(*value[:2])))
            case sre.GROUPREF:
                text = self.groups.get(value, "")
            case sre.ASSERT if self.rng.random() < 0.3:
                text = self.sequence(value[1])
        return text

    def times(self, least: Any, most: Any) -> int:
        most = min(int(most), int(least) + MOST_REPEATS)
        return self.rng.choice((least, most, self.rng.randint(least, most), min(least + 1, most)))

    def cased(self, char: str) -> str:
        if self.rng.random() < 0.85:
            return char
        lower = char.lower()
        return self.rng.choice(FOLDS.get(lower, "") + char.swapcase())

    def member(self, items: Any) -> str:
        op, value = self.rng.choice(items)
        if items[0][0] is sre.NEGATE:
            return self.rng.choice(ANY)
        if op is sre.LITERAL:
            return self.cased(chr(value))
        if op is sre.RANGE:
            return self.cased(chr(self.rng.randint(*value)))
        usual, odd = CATEGORIES.get(value, (ANY, ANY))
        return self.rng.choice(odd if self.rng.random() < 0.03 else usual)


def alphabet(recognizer: Any) -> str:
    """The characters that a recognizer's regexes name, with digits, marks and traps."""
    named = "".join(c for p in getattr(recognizer, "patterns", ()) for c in p.regex)
    common = "0123456789aAkKsSiIxXzZ -.:/@_+()\n"
    return "".join(dict.fromkeys(named + common + "".join(TRAPS[:18]) + "\x02\x03"))
