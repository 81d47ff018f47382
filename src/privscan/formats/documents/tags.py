"""HTML cut into tags, words and comments in one pass: time is linear in its length, whatever is broken."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

_OPENS = re.compile(r"<(?=/?[A-Za-z]|[!?])")
_NAME = re.compile(r"[A-Za-z][^\s/>]*")
_ATTRIBUTE = re.compile(r"[\s/]*([^\s/>=][^\s/>=]*)(?:\s*+=\s*+(?:(?P<q>[\"'])|([^\s>]*)))?+")
_END = re.compile(r"[\s/]*>?")
_RAW = {
    name: re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE)
    for name in ("script", "style", "xmp", "noembed")
}
"""Elements in which no other begins (HTML, 13.2.5.1)."""


class Piece(NamedTuple):
    """A start or end of an element, words between, or a comment; `attributes` of starts only."""

    what: Literal["start", "end", "words", "comment"]
    text: str
    attributes: tuple[tuple[str, str], ...] = ()


def pieces(text: str) -> Iterator[Piece]:
    """The pieces in order; what is cut off at the end is words, so that nothing is lost."""
    at, size = 0, len(text)
    while at < size:
        found = _OPENS.search(text, at)
        opens = found.start() if found else -1
        if opens != at:
            yield Piece("words", unescaped(text[at : opens if opens >= 0 else size]))
        if opens < 0:
            return
        piece, at = _piece(text, opens)
        yield piece
        raw = piece.what == "start" and _RAW.get(piece.text)
        if raw:
            ends = raw.search(text, at)
            yield Piece("words", text[at : ends.start() if ends else size])
            at = ends.start() if ends else size


def unescaped(text: str) -> str:
    """The text with its character references read; one beyond all numbers stays as it is."""
    try:
        return html.unescape(text) if "&" in text else text
    except ValueError:
        return text


def _piece(text: str, at: int) -> tuple[Piece, int]:
    """What begins with `<`, and where it ends."""
    for begin, end, what in _MARKED:
        if text.startswith(begin, at):
            start = at + len(begin)
            until = text.find(end, start)
            words = text[start : until if until >= 0 else len(text)]
            return Piece(what, words), (until + len(end) if until >= 0 else len(text))
    start = at + 1 + text.startswith("/", at + 1)
    name = _NAME.match(text, start)
    if name is None:
        return Piece("words", text[at:start]), start
    if start > at + 1:
        until = text.find(">", name.end())
        return Piece("end", name[0].lower()), (until + 1 if until >= 0 else len(text))
    return _start(text, name)


_MARKED: tuple[tuple[str, str, Literal["words", "comment"]], ...] = (
    ("<!-->", "", "comment"),
    ("<!--", "-->", "comment"),
    ("<![CDATA[", "]]>", "words"),
    ("<!", ">", "comment"),
    ("<?", ">", "comment"),
)


def _start(text: str, name: re.Match[str]) -> tuple[Piece, int]:
    attributes: list[tuple[str, str]] = []
    at = name.end()
    while found := _ATTRIBUTE.match(text, at):
        at, value = found.end(), found[3] or ""
        if quote := found["q"]:
            until = text.find(quote, at)
            # Without its end the value would hide the rest of the page.
            value, at = text[at : until if until >= 0 else len(text)], (until + 1 if until >= 0 else len(text))  # fmt: skip
            if until < 0:
                attributes.append(("content", unescaped(value)))
                break
        attributes.append((found[1].lower(), unescaped(value)))
    end = _END.match(text, at)
    return Piece("start", name[0].lower(), tuple(attributes)), end.end() if end else at
