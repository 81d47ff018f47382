"""Facts that every match of a pattern has, read from its syntax tree."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from re import _constants as sre  # type: ignore[attr-defined]
from typing import Any

from privscan.rulebook._edges import Node, least, unwrapped
from privscan.rulebook._rust import (
    ASCII,
    MOST_REPEATS,
    REPEATS,
    Items,
    beyond_ascii,
    codes,
    one_character,
    ranges,
    takes,
)

STAND_INS = {"word": "_", "space": "\v", "other": "\x01"}
"""ASCII characters in the place of others: of a word, white space, and neither."""

LONG_RUN = 20
"""Counted repeats from here make many states in Rust's automaton, so their run is sought first."""

LONG_WORD = 3
"""Characters from which a word is a better gate than a digit or a mark."""

A_FEW = 4
"""A word's character may be one of so many: both cases of a letter, or [KS]."""

RARITY = "\"'`@:;|/\\<>[]{}()=&%#$+*!?~^,._- \t\n"
"""Punctuation as rarely as it stands in tables: the rarest is looked for first."""

FEW = 72
"""A set of more characters than this says little about what follows a mark."""


def states(tree: Iterable[Node]) -> int:
    """About how many states counted repeats make of the tree; a choice counts as its longest."""
    total = 0
    for op, value in tree:
        if op in REPEATS:
            least, most, body = int(value[0]), value[1], value[2]
            times = max(least, 1) if most is sre.MAXREPEAT else min(int(most), MOST_REPEATS)
            total += max(times, least) * states(body)
        elif op is sre.BRANCH:
            total += max(states(branch) for branch in value[1])
        elif op is sre.SUBPATTERN:
            total += states(value[3])
        else:
            total += 1
    return total


def portable(tree: Iterable[Node], flags: int) -> bool:
    """Whether each set takes a stand-in exactly if it takes what that stands for."""
    ignore_case = bool(flags & re.IGNORECASE)
    return all(
        (ord(sign) in codes(items, ignore_case=ignore_case)) is takes(items, kind)
        for items in _sets(tree)
        for kind, sign in STAND_INS.items()
    ) and not any(map(beyond_ascii, (item for items in _sets(tree) for item in items)))


def digits_pass(tree: Iterable[Node]) -> bool:
    """Whether a digit of another script may be exchanged for a letter: no set tells them apart."""
    return all(takes(items, "digit") is takes(items, "word") for items in _sets(tree))


def folded_pass(tree: Iterable[Node], flags: int) -> bool:
    """Whether the letters that ignoring case equates with i, s and k are to it as any letter."""
    if not flags & re.IGNORECASE and not _ignores_case_within(tree):
        return True
    equated = frozenset(map(ord, "iIsSkK"))
    for items in _sets(tree):
        negated = items[0][0] is sre.NEGATE
        listed = codes(items[1:] if negated else items, ignore_case=True)
        named = [item for item in items if item[0] not in {sre.NEGATE, sre.CATEGORY}]
        if negated and equated & codes(named, ignore_case=True):
            return False
        if not negated and equated & listed and not takes(items, "word"):
            return False
    return True


def _ignores_case_within(tree: Iterable[Node]) -> bool:
    for op, value in tree:
        bodies = (
            value[1] if op is sre.BRANCH else [value[3]] if op is sre.SUBPATTERN
            else [value[2]] if op in REPEATS else [value[1]] if op in {sre.ASSERT, sre.ASSERT_NOT}
            else [value] if op is sre.ATOMIC_GROUP else []
        )  # fmt: skip
        if op is sre.SUBPATTERN and value[1] & re.IGNORECASE:
            return True
        if any(map(_ignores_case_within, bodies)):
            return True
    return False


def _sets(tree: Iterable[Node]) -> Iterator[Items]:
    """Every set of characters in the tree, assertions included."""
    for op, value in tree:
        items = one_character(op, value)
        if items is not None:
            yield items
        elif op is sre.BRANCH:
            for branch in value[1]:
                yield from _sets(branch)
        elif op is sre.SUBPATTERN:
            yield from _sets(value[3])
        elif op in REPEATS:
            yield from _sets(value[2])
        elif op in {sre.ASSERT, sre.ASSERT_NOT}:
            yield from _sets(value[1])
        elif op is sre.ATOMIC_GROUP:
            yield from _sets(value)


def run(nodes: Iterable[Node], flags: int) -> str:
    """A long run of characters of one set that every match holds, as a Rust regex; else nothing."""
    for op, value in unwrapped(list(nodes)):
        if op in REPEATS and int(value[0]) >= LONG_RUN and len(value[2]) == 1:
            items = one_character(*value[2][0])
            if items is not None:
                found = codes(items, ignore_case=bool(flags & re.IGNORECASE))
                return f"[{ranges(found)}]{{{int(value[0])}}}"
    return ""


def digits(tree: Iterable[Node]) -> int:
    """The least number of digits in any match."""
    return least(tree, lambda items: all(map(_is_digit, items)))


def _is_digit(item: Node) -> bool:
    op, value = item
    if op is sre.CATEGORY:
        return value is sre.CATEGORY_DIGIT
    if op not in {sre.LITERAL, sre.RANGE}:
        return False
    low, high = (value, value) if op is sre.LITERAL else value
    return bool(ord("0") <= low and high <= ord("9"))


def gate(tree: Iterable[Node], flags: int) -> str:
    """What every match holds and a cell rarely does, as a Rust regex of sets; else nothing.

    The longest word, else a digit, else the rarest punctuation with what follows it.
    """
    nodes = unwrapped(list(tree))
    word = max(_words(nodes, flags), key=len, default=())
    if len(word) >= LONG_WORD:
        return "".join(f"[{ranges(found)}]" for found in word)
    if digits(nodes):
        return "[0-9]"
    return min(_marks(nodes, flags), default=(0, True, ""))[-1]


def mark(tree: Iterable[Node], flags: int) -> str:
    """The rarest punctuation that every match holds, in ASCII or not; else nothing."""
    bare = (found for found in _marks(unwrapped(list(tree)), flags) if found[1])
    return min(bare, default=(0, True, ""))[-1]


Word = tuple[frozenset[int], ...]


def _words(nodes: Sequence[Node], flags: int) -> Iterator[Word]:
    """Rows of one or a few ASCII characters each that stand in every match."""
    word: Word = ()
    for op, value in nodes:
        items = one_character(op, value)
        found = codes(items, ignore_case=bool(flags & re.IGNORECASE)) if items else frozenset()
        if 0 < len(found) <= A_FEW:
            word = (*word, found)
            continue
        if op is sre.BRANCH and (either := _either_word(value[1], flags)):
            word = (*word, *either)
            continue
        yield word
        word = ()
        if op is sre.SUBPATTERN and not any(value[1:3]):
            yield from _words(list(value[3]), flags)
        elif op in REPEATS and int(value[0]) > 0:
            yield from _words(list(value[2]), flags)
    yield word


def _either_word(branches: Sequence[Any], flags: int) -> Word:
    """Words of one length, place by place either's characters; nothing if a branch is no word."""
    words = []
    for branch in branches:
        word, *others = _words(list(branch), flags)
        if others or len(word) != len(branch):
            return ()
        words.append(word)
    if len({len(word) for word in words}) != 1:
        return ()
    merged = tuple(frozenset().union(*places) for places in zip(*words, strict=True))
    return merged if all(len(found) <= A_FEW for found in merged) else ()


def ascii_possible(tree: Iterable[Node], flags: int) -> bool:
    """Whether a match may be of ASCII alone."""
    for op, value in tree:
        items = one_character(op, value)
        if items is not None:
            possible = bool(codes(items, ignore_case=bool(flags & re.IGNORECASE)))
        elif op is sre.BRANCH:
            possible = any(ascii_possible(branch, flags) for branch in value[1])
        elif op is sre.SUBPATTERN:
            possible = ascii_possible(value[3], (flags | value[1]) & ~value[2])
        elif op in REPEATS:
            possible = int(value[0]) == 0 or ascii_possible(value[2], flags)
        else:
            possible = True
        if not possible:
            return False
    return True


def needs(nodes: Iterable[Node], flags: int) -> frozenset[frozenset[int]]:
    """Sets of ASCII characters: a match of ASCII alone holds one of each."""
    found: set[frozenset[int]] = set()
    for op, value in nodes:
        items = one_character(op, value)
        if items is not None:
            found.add(codes(items, ignore_case=bool(flags & re.IGNORECASE)))
        elif op is sre.BRANCH:
            each = [needs(branch, flags) for branch in value[1]]
            if all(each):
                found.add(frozenset().union(*(min(some, key=_rank) for some in each)))
        elif op is sre.SUBPATTERN:
            found |= needs(value[3], (flags | value[1]) & ~value[2])
        elif op in REPEATS and int(value[0]) > 0:
            found |= needs(value[2], flags)
    return frozenset(found)


def _rank(characters: frozenset[int]) -> tuple[int, int, list[int]]:
    """Few characters first, and those that are rare in tables."""
    common = sum(chr(code).isalnum() for code in characters)
    return len(characters), common, sorted(characters)


def _marks(nodes: Sequence[Node], flags: int) -> Iterator[tuple[int, bool, str]]:
    """Rank and regex of each mark that stands in every match, alone and before what follows it."""
    for i, (op, value) in enumerate(nodes):
        marks = _mark(op, value)
        if marks:
            after = _first(nodes[i + 1 :], flags)
            rank, text = max(RARITY.index(chr(c)) for c in marks), f"[{ranges(marks)}]"
            yield rank, True, text
            if after and len(after) <= FEW:
                yield rank, False, f"{text}[{ranges(after)}]"
        elif op is sre.BRANCH:
            yield from set.intersection(*({*_marks(list(b), flags)} for b in value[1]))
        elif op is sre.SUBPATTERN:
            yield from _marks(list(value[3]), (flags | value[1]) & ~value[2])
        elif op in REPEATS and int(value[0]) > 0:
            yield from _marks(list(value[2]), flags)


def _mark(op: Any, value: Any) -> frozenset[int]:
    """The characters of a set that is punctuation only, else nothing."""
    items = one_character(op, value)
    if items is None or any(kind is not sre.LITERAL for kind, _ in items):
        return frozenset()
    found = frozenset(code for _, code in items)
    return (
        found if all(code < len(ASCII) and chr(code) in RARITY for code in found) else frozenset()
    )


def _first(nodes: Sequence[Node], flags: int) -> frozenset[int]:
    """The ASCII characters with which the nodes begin; nothing if they may match nothing."""
    if not nodes:
        return frozenset()
    op, value = nodes[0]
    items = one_character(op, value)
    if items is not None:
        return codes(items, ignore_case=bool(flags & re.IGNORECASE))
    if op is sre.BRANCH:
        begins = [_first(list(branch), flags) for branch in value[1]]
        return frozenset().union(*begins) if all(begins) else frozenset()
    if op is sre.SUBPATTERN and not any(value[1:3]):
        return _first(list(value[3]), flags)
    if op in REPEATS and int(value[0]) > 0:
        return _first(list(value[2]), flags)
    return frozenset()
