"""XML of documents: paragraphs, properties, and what stands beside the words; walked without recursion."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element, fromstring

_PARAGRAPHS = frozenset({"p", "h", "annotation"})
_ROWS = frozenset({"tr", "table-row"})
_GAPS = frozenset(
    {"tab", "br", "cr", "line-break", "s", "instrText", "creator", "date", "creator-initials"}
)
_TWICE = "Fallback"
"""What an older program would show instead of its neighbour (ECMA-376, part 3)."""

_LOOKS = frozenset(
    {"posOffset", "align", "pctWidth", "pctHeight", "pctPosHOffset", "pctPosVOffset", "fldData", "attrName"}
)  # fmt: skip
"""Elements whose text says where and how something is shown."""

_SAID = {
    "creator": "author", "initial-creator": "author", "lastModifiedBy": "last_author", "Manager": "manager",
    "Company": "company", "title": "title", "subject": "subject", "keywords": "keywords", "keyword": "keywords",
    "description": "description", "printed-by": "last_author", "user-defined": "property",
}  # fmt: skip
_BESIDE = frozenset({"author", "descr", "userId", "string-value"})
_NAMED = frozenset({"cmAuthor", "author", "person"})
"""Elements whose `name` is a person's."""

_VALUED = frozenset({"docVar", "listItem", "alias"})
"""Elements of Word whose `val` or `displayText` people have written."""

_LEADS_OUT = "External"


def texts(data: bytes) -> Iterator[str]:
    """The text of each paragraph, those of a table's row joined by tabs; then what stands outside.

    A paragraph within another, as in a text box, is a text of its own. `ParseError` if it is no XML.
    """
    root = _tree(data)
    reader = _Reader()
    for begins, element in _walked(root):
        if begins:
            reader.begins(_name(element.tag), element.text)
        else:
            reader.ends(_name(element.tag), element.tail)
    yield from reader.found
    yield from reader.outside
    yield from dict.fromkeys(_beside(root))


def said(data: bytes) -> Iterator[tuple[str, str]]:
    """Properties by name, as `author`; errors as `texts`."""
    for element in _tree(data).iter():
        if key := _SAID.get(_name(element.tag)):
            # Dublin Core in XMP has lists of texts, the others have one.
            for text in element.itertext():
                if text.strip():
                    yield key, text.strip()


def targets(data: bytes) -> Iterator[str]:
    """Where the relations of a part lead out of its package, as `mailto:`; errors as `texts`."""
    for element in _tree(data).iter():
        if element.get("TargetMode") == _LEADS_OUT and (target := element.get("Target")):
            yield target


def _tree(data: bytes) -> Element:
    return fromstring(data)  # noqa: S314  expat of 2.4 and later bounds what entities grow to


def _name(tag: object) -> str:
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


class _Reader:
    """Puts the texts of elements together, as they begin and end."""

    def __init__(self) -> None:
        self.found: list[str] = []
        self.outside: list[str] = []
        self._open: list[list[str]] = []
        self._rows: list[list[str]] = []
        self._met: set[str] = set()
        self._again = 0

    def begins(self, name: str, text: str | None) -> None:
        """An element with the text before its first child."""
        self._again += name == _TWICE
        if name in _PARAGRAPHS:
            self._open.append([])
        elif name in _ROWS and not self._open:
            self._rows.append([])
        self._add(" " if name in _GAPS else "")
        self._add("" if name in _LOOKS else text or "")

    def ends(self, name: str, tail: str | None) -> None:
        """The same element with the text behind it."""
        if name in _PARAGRAPHS:
            self._paragraph("".join(self._open.pop()).strip())
        elif name in _ROWS and not self._open:
            row = self._rows.pop()
            # A row of a table in a cell goes on in the row around it.
            if self._rows:
                self._rows[-1] += row
            elif row:
                self.found.append("\t".join(row))
        self._again -= name == _TWICE
        self._add(tail or "")

    def _paragraph(self, text: str) -> None:
        if text and self._rows and not self._open:
            self._rows[-1].append(text)
        elif text and not (self._again and text in self._met):
            self.found.append(text)
        self._met.add(text)

    def _add(self, text: str) -> None:
        if self._open:
            self._open[-1].append(text)
        elif text.strip():
            self.outside.append(text.strip())


def _walked(root: Element) -> Iterator[tuple[bool, Element]]:
    """Each element as it begins, and as it ends."""
    stack = [(root, iter(root))]
    yield True, root
    while stack:
        element, children = stack[-1]
        child = next(children, None)
        if child is None:
            stack.pop()
            yield False, element
        else:
            yield True, child
            stack.append((child, iter(child)))


def _beside(root: Element) -> Iterator[str]:
    """Who changed or noted something, what a picture is said to show, and addresses."""
    for element in root.iter():
        tag = _name(element.tag)
        for key, value in element.attrib.items():
            name = _name(key)
            known = (
                name in _BESIDE
                or (name == "name" and tag in _NAMED)
                or (name in {"val", "displayText"} and tag in _VALUED)
                or (name == "href" and ":" in value)
            )
            if known and value.strip():
                yield value.strip()
