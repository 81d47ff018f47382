"""Patterns of the `regex` package as syntax that Python's own parser reads with the same meaning.

Presidio compiles patterns with `regex`; where the two differ in meaning without an error from
`re`, the pattern is refused here and the caller asks `regex` itself.
"""

from __future__ import annotations

import re
import warnings
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

FLAGS = {"i": re.IGNORECASE, "m": re.MULTILINE, "s": re.DOTALL}
"""Inline flags that both know; in `regex` they hold from where they stand, so only at the start."""

KNOWN = int(re.IGNORECASE | re.MULTILINE | re.DOTALL | re.UNICODE)
"""Flags of a recognizer that are understood; both packages give them the same numbers."""

_TOKEN = re.compile(
    r"(?P<escape>\\.)"
    r"|(?P<flags>\(\?[a-zA-Z0-9]+\))"
    r"|(?P<name>\(\?<(?=[A-Za-z_]\w*>))"
    r"|(?P<repeat>\{(?:\d+(?:,\d*)?|,\d+)\})"
    r"|(?P<brace>\{)"
    r"|(?P<other>.)",
    re.DOTALL,
)
_CLASS = re.compile(r"\[\^?\]?(?:\\.|\[:|[^\]\\])*\]", re.DOTALL)


def parsed(pattern: str, flags: int) -> tuple[Any, int]:
    """The syntax tree of a pattern and all its flags; `re.error` if `re` might read it otherwise."""
    if flags & ~KNOWN:
        raise re.error("flags beyond ignoring case, many lines and dot for all")
    text, flags = _plain(pattern, flags)
    with warnings.catch_warnings():
        # Python warns where a set would mean something else to `regex`: [[:alpha:]], [a--b].
        warnings.simplefilter("error")
        try:
            return parser.parse(text, flags), flags
        except Warning as warning:
            raise re.error(str(warning)) from None


def _plain(pattern: str, flags: int) -> tuple[str, int]:
    out: list[str] = []
    at = 0
    while at < len(pattern):
        if pattern[at] == "[":
            inside = _CLASS.match(pattern, at)
            if inside is None or "[:" in inside[0][1:]:
                raise re.error("a set that `re` reads otherwise")
            out.append(inside[0])
            at = inside.end()
            continue
        token = _TOKEN.match(pattern, at)
        if token is None or token.lastgroup == "brace":
            raise re.error("a brace that may count errors")
        if token.lastgroup == "flags":
            flags |= _inline(token[0], flags, first=not out)
        else:
            out.append("(?P<" if token.lastgroup == "name" else token[0])
        at = token.end()
    return "".join(out), flags


def _inline(group: str, flags: int, *, first: bool) -> int:
    found = 0
    for letter in group[2:-1]:
        if letter not in FLAGS:
            raise re.error(f"the inline flag {letter}")
        found |= FLAGS[letter]
    if not first and found & ~flags:
        raise re.error("an inline flag in the middle")
    return found
