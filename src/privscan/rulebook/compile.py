"""A recognizer's regex as Rust regexes that Polars runs over whole columns, and facts about it.

Derived from CPython's own syntax tree (`re._parser`). The ASCII form is for cells of ASCII only,
the wide form for any cell; each matches whatever the recognizer matches, and perhaps more: a
cell that it leaves out needs no further look. Where the ASCII form is exact, its leftmost match
is the recognizer's, once the characters before and after were looked at.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from re import _constants as sre  # type: ignore[attr-defined]
from typing import Any

from privscan.rulebook._dialect import parsed
from privscan.rulebook._rust import (
    ASCII,
    REPEATS,
    Items,
    Writer,
    beyond_ascii,
    codes,
    one_character,
    ranges,
    takes,
)

Node = tuple[Any, Any]

STAND_INS = {"word": "_", "space": "\v", "other": "\x01"}
"""ASCII characters in the place of others: of a word, white space, and neither."""

LONG_RUN = 20
"""Counted repeats from here make many states in Rust's automaton, so their run is sought first."""

_NEWLINE = frozenset({ord("\n")})


@dataclass(frozen=True, slots=True)
class Edge:
    """What may stand beside a match: ASCII characters, and whether the cell may end there."""

    allowed: frozenset[int]
    border: bool

    def __or__(self, other: Edge) -> Edge:
        """Either will do."""
        return Edge(self.allowed | other.allowed, self.border or other.border)

    def __and__(self, other: Edge) -> Edge:
        """Both are asked."""
        return Edge(self.allowed & other.allowed, self.border and other.border)


@dataclass(frozen=True, slots=True)
class Compiled:
    """Rust regexes that match at least what the pattern does, and facts every match has.

    `seek` finds ASCII cells with a match, `ascii` the match itself without its edges `before`
    and `after`. If `exact`, a leftmost match of `ascii` is the pattern's own if
    its edges hold, `refused` (a regex) does not match its start and `runs` nothing in the cell.
    `portable` says that letters, spaces and other signs beyond ASCII may be exchanged for
    `STAND_INS` without a change of its answer. Each match holds a match of `run`, if any.
    Each ASCII cell with a match holds one of `gate`, which is cheap to look for. `digits` is the
    least number of digits, `shortest` of characters, and `bare` says that a match may be digits
    and nothing else.
    """

    ascii: str
    wide: str
    exact: bool
    runs: str
    before: Edge | None
    after: Edge | None
    refused: str
    portable: bool
    run: str
    shortest: int
    digits: int
    gate: str
    bare: bool

    @property
    def seek(self) -> str:
        """Finds the ASCII cells in which a match stands, its neighbours looked at."""
        return _beside(self.before, r"\A") + self.ascii + _beside(self.after, r"\z")


def compiled(pattern: str, flags: int) -> Compiled:
    """The forms of a regex of the `regex` package; `re.error` where none can be derived."""
    tree, flags = parsed(pattern, flags)
    shortest = int(tree.getwidth()[0])
    if not shortest:
        raise re.error("it may match nothing")
    core, before, after, refused = _peeled(tree, flags)
    narrow, wide = Writer(flags, wide=False), Writer(flags, wide=True)
    ascii_form = f"(?:{narrow.sequence(core)})"
    digits = _digits(tree)
    return Compiled(
        ascii=ascii_form,
        wide=f"(?:{wide.sequence(tree)})",
        exact=narrow.exact,
        runs="|".join(narrow.runs),
        before=before,
        after=after,
        refused="|".join(Writer(flags, wide=False).sequence(body) for body in refused),
        portable=_portable(tree, flags),
        run=_run(tree, flags),
        shortest=shortest,
        digits=digits,
        gate=_gate(tree, flags) if not digits else "[0-9]",
        bare=digits > 0 and shortest == digits,
    )


def _beside(edge: Edge | None, border: str) -> str:
    if edge is None or (edge.border and edge.allowed == ASCII):
        return ""
    text = f"[{ranges(edge.allowed)}]" if edge.allowed else ""
    if not edge.border:
        return text or r"[^\x00-\x{10FFFF}]"
    return f"(?:{border}|{text})" if text else border


def _peeled(
    tree: Iterable[Node], flags: int
) -> tuple[Sequence[Node], Edge | None, Edge | None, list[Any]]:
    """The nodes without the assertions at their ends, and what those said."""
    nodes = _unwrapped(list(tree))
    first, before, refused = _leading(nodes, flags)
    last, after = _trailing(nodes, flags)
    middle = [node for i, node in enumerate(nodes) if i not in first and i not in last]
    return middle, before, after, refused


def _unwrapped(nodes: list[Node]) -> list[Node]:
    while len(nodes) == 1 and nodes[0][0] is sre.SUBPATTERN and not any(nodes[0][1][1:3]):
        nodes = list(nodes[0][1][3])
    return nodes


def _leading(nodes: list[Node], flags: int) -> tuple[set[int], Edge | None, list[Any]]:
    taken: set[int] = set()
    before: Edge | None = None
    refused: list[Any] = []
    width = _width(nodes)
    for i, (op, value) in enumerate(nodes):
        edge = _edge(op, value, flags, behind=True)
        if edge is not None:
            before = edge if before is None else before & edge
            taken.add(i)
        elif op is sre.ASSERT_NOT and value[0] > 0 and value[1].getwidth()[1] <= width:
            refused.append(value[1])
            taken.add(i)
        elif op is not sre.AT:
            break
    return taken, before, refused


def _trailing(nodes: list[Node], flags: int) -> tuple[set[int], Edge | None]:
    taken: set[int] = set()
    after: Edge | None = None
    for i in reversed(range(len(nodes))):
        op, value = nodes[i]
        edge = _edge(op, value, flags, behind=False)
        if edge is not None:
            after = edge if after is None else after & edge
            taken.add(i)
        elif op is not sre.AT:
            break
    return taken, after


def _width(nodes: Iterable[Node]) -> int:
    """The least number of characters that the nodes match."""
    total = 0
    for op, value in nodes:
        if one_character(op, value) is not None or op is sre.ANY:
            total += 1
        elif op is sre.BRANCH:
            total += min(_width(branch) for branch in value[1])
        elif op is sre.SUBPATTERN:
            total += _width(value[3])
        elif op in REPEATS:
            total += int(value[0]) * _width(value[2])
    return total


def _edge(op: Any, value: Any, flags: int, *, behind: bool) -> Edge | None:
    """What an assertion about one neighbour says, None if the node is nothing of the kind."""
    if op in {sre.ASSERT, sre.ASSERT_NOT}:
        if (value[0] < 0) is not behind:
            return None
        seen = _neighbour(value[1], flags, behind=behind)
        if seen is None or op is sre.ASSERT:
            return seen
        return Edge(ASCII - seen.allowed, not seen.border)
    if op is not sre.BRANCH:
        return None
    return _either([_anchor_or_edge(branch, flags, behind=behind) for branch in value[1]])


def _anchor_or_edge(branch: Any, flags: int, *, behind: bool) -> Edge | None:
    if len(branch) != 1:
        return None
    op, value = branch[0]
    if op is sre.AT:
        return _anchor(value, flags, behind=behind)
    return _edge(op, value, flags, behind=behind)


def _neighbour(body: Sequence[Node], flags: int, *, behind: bool) -> Edge | None:
    """One character or an anchor, or a choice of them."""
    if len(body) != 1:
        return None
    op, value = body[0]
    items = one_character(op, value)
    if items is not None:
        return Edge(codes(items, ignore_case=bool(flags & re.IGNORECASE)), border=False)
    if op is sre.AT:
        return _anchor(value, flags, behind=behind)
    if op is not sre.BRANCH:
        return None
    return _either([_neighbour(branch, flags, behind=behind) for branch in value[1]])


def _either(edges: list[Edge | None]) -> Edge | None:
    total = Edge(frozenset(), border=False)
    for edge in edges:
        if edge is None:
            return None
        total |= edge
    return total


def _anchor(value: Any, flags: int, *, behind: bool) -> Edge | None:
    lines = _NEWLINE if flags & re.MULTILINE else frozenset()
    if behind and value is sre.AT_BEGINNING:
        return Edge(lines, border=True)
    if not behind and value is sre.AT_END and lines:
        return Edge(lines, border=True)
    if value is (sre.AT_BEGINNING_STRING if behind else sre.AT_END_STRING):
        return Edge(frozenset(), border=True)
    return None


def _portable(tree: Iterable[Node], flags: int) -> bool:
    """Whether each set takes a stand-in exactly if it takes what that stands for."""
    ignore_case = bool(flags & re.IGNORECASE)
    return all(
        (ord(sign) in codes(items, ignore_case=ignore_case)) is takes(items, kind)
        for items in _sets(tree)
        for kind, sign in STAND_INS.items()
    ) and not any(map(beyond_ascii, (item for items in _sets(tree) for item in items)))


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


def _run(nodes: Iterable[Node], flags: int) -> str:
    """A long run of characters of one set that every match holds, as a Rust regex; else nothing."""
    for op, value in _unwrapped(list(nodes)):
        if op in REPEATS and int(value[0]) >= LONG_RUN and len(value[2]) == 1:
            items = one_character(*value[2][0])
            if items is not None:
                found = codes(items, ignore_case=bool(flags & re.IGNORECASE))
                return f"[{ranges(found)}]{{{int(value[0])}}}"
    return ""


def _digits(tree: Iterable[Node]) -> int:
    """The least number of digits in any match."""
    total = 0
    for op, value in tree:
        items = one_character(op, value)
        if items is not None:
            total += all(map(_is_digit, items))
        elif op is sre.BRANCH:
            total += min(_digits(branch) for branch in value[1])
        elif op is sre.SUBPATTERN:
            total += _digits(value[3])
        elif op in REPEATS:
            total += int(value[0]) * _digits(value[2])
    return total


def _is_digit(item: Node) -> bool:
    op, value = item
    if op is sre.CATEGORY:
        return value is sre.CATEGORY_DIGIT
    if op not in {sre.LITERAL, sre.RANGE}:
        return False
    low, high = (value, value) if op is sre.LITERAL else value
    return bool(ord("0") <= low and high <= ord("9"))


RARITY = "\"'`@:;|/\\<>[]{}()=&%#$+*!?~^,._- \t\n"
"""Punctuation as rarely as it stands in tables: the rarest is looked for first."""

FEW = 72
"""A set of more characters than this says little about what follows a mark."""


def _gate(tree: Iterable[Node], flags: int) -> str:
    """The rarest punctuation that every match holds with what follows it, as a Rust regex."""
    return min(_marks(_unwrapped(list(tree)), flags), default=(0, True, ""))[-1]


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
            yield from _marks(list(value[3]), flags)
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
