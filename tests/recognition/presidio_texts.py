"""Random ASCII texts around what a recognizer's patterns match: matching, nearly, and broken."""

from __future__ import annotations

import random
import string
from collections.abc import Iterable
from re import _parser
from typing import Any

ASCII = [chr(code) for code in range(128)]
LIKELY = string.digits + string.ascii_letters + "- .:/_@%"


def sampled(tree: Iterable[Any], rng: random.Random, groups: dict[int, str]) -> str:
    """A text that a parsed regex matches, look-around aside."""
    text = ""
    for op, argument in tree:
        match str(op):
            case "LITERAL":
                text += chr(argument)
            case "IN":
                text += rng.choice(members(argument))
            case "SUBPATTERN":
                inside = sampled(argument[3], rng, groups)
                groups[argument[0]] = inside
                text += inside
            case "GROUPREF":
                text += groups[argument]
            case "BRANCH":
                text += sampled(rng.choice(argument[1]), rng, groups)
            case "MAX_REPEAT":
                low, high, inner = argument
                for _ in range(rng.randint(low, min(int(high), low + 12))):
                    text += sampled(inner, rng, groups)
            case "ASSERT" | "ASSERT_NOT" | "AT":
                pass
            case other:
                raise AssertionError(other)
    return text


def members(items: Iterable[Any]) -> list[str]:
    """The ASCII characters of a set in a parsed regex."""
    found: set[str] = set()
    for op, argument in items:
        match str(op), str(argument):
            case "LITERAL", _:
                found.add(chr(argument))
            case "RANGE", _:
                found.update(map(chr, range(argument[0], argument[1] + 1)))
            case _, "CATEGORY_DIGIT":
                found.update(string.digits)
            case _, "CATEGORY_WORD":
                found.update(string.digits + string.ascii_letters + "_")
            case _, "CATEGORY_SPACE":
                found.update("   \t\n\x1c")
            case other:
                raise AssertionError(other)
    return sorted(found & {*ASCII})


def matching(pattern: str, rng: random.Random, count: int) -> list[str]:
    """Texts that a pattern matches, some in the other case, as Presidio ignores case."""
    tree = _parser.parse(pattern)
    texts = []
    for _ in range(count):
        text = sampled(tree, rng, {})
        texts.append(rng.choice((text, text, text.lower(), text.swapcase())))
    return texts


def broken(text: str, rng: random.Random) -> str:
    """The text with a character changed, added, taken out, doubled or in another case."""
    at = rng.randrange(len(text) + 1)
    other = rng.choice(rng.choice((LIKELY, LIKELY, ASCII)))
    match rng.randrange(5):
        case 0:
            return text[:at] + other + text[at + 1 :]
        case 1:
            return text[:at] + other + text[at:]
        case 2:
            return text[:at] + text[at + 1 :]
        case 3:
            return text[:at] + text[at:].swapcase()
        case _:
            return text[:at] + text[max(at - 1, 0) :]
