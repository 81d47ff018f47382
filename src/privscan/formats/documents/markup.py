"""Web pages: the words that a reader sees and those that he does not, a block at a time."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from privscan.formats.documents.document import Document

_PAGE = re.compile(
    rb"(?:\s|<\?xml[^>]*>|<!--.*?-->)*(?:<!DOCTYPE\s+html|<(?:html|head|body)[\s>])",
    re.DOTALL | re.IGNORECASE,
)
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?([\w-]{2,40})", re.IGNORECASE)
_BLOCKS = frozenset(
    "address article aside blockquote body br caption dd div dl dt figcaption footer form h1 h2 h3"  # noqa: SIM905  names of elements
    " h4 h5 h6 head header hr html li main nav ol option p pre section table title tr ul".split()
)
_CELLS = frozenset({"td", "th"})
_CODE = frozenset({"script", "style"})
_SAYING = frozenset({"alt", "title", "value", "content", "href", "placeholder"})
"""Attributes in which words for persons stand, and addresses to write to."""

_MARKED = 4_096


def is_page(head: bytes) -> bool:
    """Whether the bytes begin as a page of HTML does, in ASCII or UTF-16."""
    return bool(_PAGE.match(head[:_MARKED].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe")))


def page(content: bytes) -> Document:
    """The words of a page, of its attributes and comments; what is no UTF-8 is read as declared."""
    return Document(texts=lines(_decoded(content)))


def lines(text: str) -> tuple[str, ...]:
    """The blocks of HTML as texts; cells of a table's row are parted by tabs."""
    blocks = _Blocks()
    blocks.feed(text)
    blocks.close()
    return tuple(blocks.found())


def _decoded(content: bytes) -> str:
    if content[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        return content.decode("utf-16", "replace")
    declared = _CHARSET.search(content[:_MARKED])
    for encoding in ("utf-8", declared[1].decode("ascii") if declared else "cp1252"):
        try:
            return content.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
    return content.decode("utf-8", "replace")


class _Blocks(HTMLParser):
    """Text between block elements, joined."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._words: list[str] = []
        self._blocks: list[str] = []
        self._code = 0

    def found(self) -> list[str]:
        self._end()
        return self._blocks

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _CODE:
            self._code += 1
        if tag in _BLOCKS:
            self._end()
        if tag in _CELLS:
            self._words.append("\t")
        self._blocks += (value for name, value in attrs if value and name in _SAYING)

    def handle_endtag(self, tag: str) -> None:
        if tag in _CODE:
            self._code = max(0, self._code - 1)
        if tag in _BLOCKS:
            self._end()

    def handle_data(self, data: str) -> None:
        if not self._code:
            self._words.append(data)

    def handle_comment(self, data: str) -> None:
        self._blocks.append(data)

    def _end(self) -> None:
        text = "".join(self._words).strip()
        if text:
            self._blocks.append(text)
        self._words.clear()
