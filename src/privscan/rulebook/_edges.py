"""What an assertion at either end of a pattern says of a match's neighbours."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from re import _constants as sre  # type: ignore[attr-defined]
from typing import Any

from privscan.rulebook._rust import ASCII, REPEATS, Items, codes, one_character, ranges

Node = tuple[Any, Any]

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


def beside(edge: Edge | None, border: str) -> str:
    if edge is None or (edge.border and edge.allowed == ASCII):
        return ""
    text = f"[{ranges(edge.allowed)}]" if edge.allowed else ""
    if not edge.border:
        return text or r"[^\x00-\x{10FFFF}]"
    return f"(?:{border}|{text})" if text else border


def peeled(
    tree: Iterable[Node], flags: int
) -> tuple[Sequence[Node], Edge | None, Edge | None, list[Any]]:
    """The nodes without the assertions at their ends, and what those said."""
    nodes = unwrapped(list(tree))
    first, before, refused = _leading(nodes, flags)
    last, after = _trailing(nodes, flags)
    middle = [node for i, node in enumerate(nodes) if i not in first and i not in last]
    return middle, before, after, refused


def unwrapped(nodes: list[Node]) -> list[Node]:
    while len(nodes) == 1 and nodes[0][0] is sre.SUBPATTERN and not any(nodes[0][1][1:3]):
        nodes = list(nodes[0][1][3])
    return nodes


def _leading(nodes: list[Node], flags: int) -> tuple[set[int], Edge | None, list[Any]]:
    taken: set[int] = set()
    before: Edge | None = None
    refused: list[Any] = []
    width = least(nodes, lambda _: True)
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


def least(nodes: Iterable[Node], counts: Callable[[Items], bool]) -> int:
    """The least number of characters in any match whose sets count."""
    total = 0
    for op, value in nodes:
        items = [(sre.NEGATE, None)] if op is sre.ANY else one_character(op, value)
        if items is not None:
            total += counts(items)
        elif op is sre.BRANCH:
            total += min(least(branch, counts) for branch in value[1])
        elif op is sre.SUBPATTERN:
            total += least(value[3], counts)
        elif op in REPEATS:
            total += int(value[0]) * least(value[2], counts)
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
