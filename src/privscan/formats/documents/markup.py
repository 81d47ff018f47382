"""Web pages: the words that a reader sees and those that he does not, a block at a time."""

from __future__ import annotations

import binascii
import re
from collections.abc import Iterable, Iterator

from privscan.formats.documents.charsets import decoded
from privscan.formats.documents.document import Document
from privscan.formats.documents.tags import pieces
from privscan.formats.pictures import HEAD as PICTURE
from privscan.formats.pictures import is_picture

_PAGE = re.compile(
    rb"(?:\s|<\?xml[^>]*>|<!--.*?-->)*(?:<!DOCTYPE\s+html|<(?:html|head|body)[\s>])",
    re.DOTALL | re.IGNORECASE,
)
_CHARSET = re.compile(
    rb"<meta[^>]{0,200}charset\s*=\s*[\"']?([\w-]{2,40})|<\?xml[^>]{0,100}encoding=[\"']([\w-]{2,40})",
    re.IGNORECASE,
)
_BLOCKS = frozenset(
    "address article aside blockquote body br caption dd div dl dt figcaption footer form h1 h2 h3"  # noqa: SIM905  names of elements
    " h4 h5 h6 head header hr html li main nav ol option p pre section table title tr ul button"
    " textarea label legend summary details fieldset template noscript script".split()
)
_CELLS = frozenset({"td", "th"})
_CODE = frozenset({"script", "style"})
_DATA = re.compile(r"json|template|text/html|text/plain|xml", re.IGNORECASE)
"""Types of scripts that are no program: JSON-LD, state of a page, templates."""

_SAYING = frozenset(
    {"alt", "title", "value", "content", "href", "placeholder", "label", "summary", "srcdoc", "src"}
)
"""Attributes in which words for persons stand, and addresses to write to."""

_INLINE = re.compile(r"data:[^,]{0,200};base64,", re.IGNORECASE)
_MARKED = 4_096
_QUICK, _BEFORE = 64, b"\xef\xbb\xbf\xff\xfe\0 \t\r\n\f\v"
"""Most cells of bytes are told by the first of them that is no space."""


def is_page(head: bytes) -> bool:
    """Whether the bytes begin as a page of HTML does, in ASCII or UTF-16."""
    start = head[:_QUICK].lstrip(_BEFORE)
    if start and start[:1] != b"<":
        return False
    return bool(_PAGE.match(head[:_MARKED].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe")))


def page(content: bytes) -> Document:
    """The words of a page, of its attributes and comments, and what stands inside it as base64."""
    said = _CHARSET.search(content[:_MARKED])
    declared = (said[1] or said[2]).decode("ascii", "replace") if said else ""
    inside: list[bytes] = []
    texts = _texts(decoded(content, declared), inside)
    pictures = tuple(one for one in inside if is_picture(one[:PICTURE]))
    files = tuple(one for one in inside if not is_picture(one[:PICTURE]))
    return Document(texts, {}, pictures, files)


def lines(text: str) -> tuple[str, ...]:
    """The blocks of HTML as texts; cells of a table's row are parted by tabs."""
    return _texts(text, [])


def _texts(text: str, inside: list[bytes]) -> tuple[str, ...]:
    return tuple(said for block in _blocks(text, inside) if (said := block.strip()))


def _blocks(text: str, inside: list[bytes]) -> Iterator[str]:
    """Text between block elements, joined; attributes and comments before the block they are in."""
    words: list[str] = []
    code = False
    for piece in pieces(text):
        if piece.what == "comment":
            yield piece.text
        elif piece.what == "words":
            words += [] if code else [piece.text]
        else:
            if piece.text in _BLOCKS:
                yield "".join(words)
                words = []
            elif piece.text in _CELLS and piece.what == "start":
                words.append("\t")
            yield from _attributes(piece.attributes, inside)
            code = piece.what == "start" and piece.text in _CODE
            code = code and not _DATA.search(dict(piece.attributes).get("type", ""))
    yield "".join(words)


def _attributes(attributes: Iterable[tuple[str, str]], inside: list[bytes]) -> Iterator[str]:
    for name, value in attributes:
        if name in _SAYING or name.startswith(("data-", "aria-")):
            if found := _INLINE.match(value):
                inside += _decoded(value[found.end() :])
            else:
                yield value


def _decoded(text: str) -> list[bytes]:
    try:
        return [binascii.a2b_base64(text)]
    except (ValueError, binascii.Error):
        return []
