"""Office documents: the words of every part of Word, PowerPoint and OpenDocument files.

Parts are walked as XML, not through an object model, so that text boxes, notes, comments, headers
and what tracked changes deleted are read as well (ECMA-376 and ISO/IEC 26300).
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element, ParseError, fromstring

from privscan.formats.documents.document import Document
from privscan.formats.pictures import HEAD as PICTURE
from privscan.formats.pictures import is_picture

SPREADSHEETS = frozenset({"Excel", "OpenDocument spreadsheet"})
"""Kinds that are tables, and no text of a document."""

LARGEST = 256 << 20
"""Bytes that all parts may unpack to."""

LONGEST = 32 << 20
"""Bytes of the longest part of words: about 5,000 pages. As a tree it takes ten times as much."""

_KINDS = (
    (re.compile(rb"application/vnd\.oasis\.opendocument\.spreadsheet"), "OpenDocument spreadsheet"),
    (re.compile(rb"application/vnd\.oasis\.opendocument\.\w+"), "OpenDocument"),
    (re.compile(rb"PK\x03\x04.{26}word/", re.DOTALL), "Word"),
    (re.compile(rb"PK\x03\x04.{26}ppt/", re.DOTALL), "PowerPoint"),
    (re.compile(rb"PK\x03\x04.{26}xl/", re.DOTALL), "Excel"),
)
_FIRST = re.compile(
    rb"PK\x03\x04.{26}(?:\[Content_Types\]\.xml|_rels/|docProps/|customXml/|word/|ppt/|xl/|mimetype|"
    rb"META-INF/|content\.xml|meta\.xml|styles\.xml|settings\.xml|Configurations2/|Thumbnails/)",
    re.DOTALL,
)
"""How a document begins: an archive of documents holds such names further on."""

_OPC = re.compile(rb"PK\x03\x04.{26}(?:\[Content_Types\]\.xml|_rels/|docProps/)", re.DOTALL)
_LISTED = {"word/": "Word", "ppt/": "PowerPoint", "xl/": "Excel"}

_PARAGRAPHS = frozenset({"p", "h"})
_ROWS = frozenset({"tr", "table-row"})
_GAPS = frozenset({"tab", "br", "cr", "line-break", "s"})
_SAID = {
    "creator": "author", "initial-creator": "author", "lastModifiedBy": "last_author", "Manager": "manager",
    "Company": "company", "title": "title", "subject": "subject", "keywords": "keywords", "keyword": "keywords",
    "description": "description", "printed-by": "last_author",
}  # fmt: skip
_PROPERTIES = re.compile(r"docProps/(?:core|app)\.xml|meta\.xml")
_OWN = re.compile(
    r"(?:word|ppt)/(?!theme|styles|settings|fontTable|webSettings).*\.xml|content\.xml|docProps/custom\.xml"
)
_TROUBLE = (zipfile.BadZipFile, zlib.error, OSError, EOFError, NotImplementedError, RuntimeError,
            ParseError, ValueError, LookupError)  # fmt: skip


def office_kind(head: bytes) -> str:
    """`Word`, `PowerPoint`, `Excel`, `OpenDocument` … by the names of the first parts, or nothing."""
    if not _FIRST.match(head):
        return ""
    found = next((name for form, name in _KINDS if form.search(head)), "")
    return found or ("Office" if _OPC.match(head) else "")


def office(content: bytes) -> Document:
    """The document's words, properties, pictures and embedded files; what is damaged is said."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return _parts(archive)
    except _TROUBLE:
        return Document(unread=("the Office document is damaged or encrypted",))


def _parts(archive: zipfile.ZipFile) -> Document:
    members = archive.infolist()
    names = {next((k for p, k in _LISTED.items() if m.filename.startswith(p)), "") for m in members}
    if "Excel" in names and not {"Word", "PowerPoint"} & names:
        return Document(unread=("a spreadsheet inside a cell is not read: scan it as a file",))
    if sum(m.file_size for m in members) > LARGEST:
        return Document(unread=("the Office document unpacks to over 256 MB",))
    found = _Found()
    for member in members:
        if member.filename.endswith(".xml") and member.file_size > LONGEST:
            found.lost.append("a part of the Office document is over 32 MB")
            continue
        try:
            found.add(member.filename, archive.read(member))
        except _TROUBLE:
            found.lost.append("a part of the Office document is damaged or encrypted")
    return Document(
        tuple(found.texts),
        found.said,
        tuple(found.pictures),
        tuple(found.files),
        tuple(dict.fromkeys(found.lost)),
    )


@dataclass(slots=True)
class _Found:
    """What the parts hold that were met so far."""

    texts: list[str] = field(default_factory=list)
    said: dict[str, tuple[str, ...]] = field(default_factory=dict)
    pictures: list[bytes] = field(default_factory=list)
    files: list[bytes] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)

    def add(self, name: str, data: bytes) -> None:
        """One more part."""
        if _PROPERTIES.fullmatch(name):
            for key, value in _properties(data):
                self.said[key] = (*self.said.get(key, ()), value)
        elif _OWN.fullmatch(name):
            self.texts += _texts(data)
        elif "/embeddings/" in name:
            self.files.append(data)
        elif is_picture(data[:PICTURE]):
            self.pictures.append(data)


def _name(tag: str) -> str:
    return tag.rpartition("}")[2]


def _properties(data: bytes) -> Iterator[tuple[str, str]]:
    for element in fromstring(data).iter():  # noqa: S314  expat of 2.4 and later bounds what entities grow to
        key = _SAID.get(_name(element.tag))
        if key and element.text and element.text.strip():
            yield key, element.text.strip()


def _paragraphs(root: Element) -> Iterator[str]:
    """The text of each paragraph; those of a table's row are joined by tabs."""
    tag = _name(root.tag)
    if tag in _PARAGRAPHS:
        said = "".join(_words(root)).strip()
        yield from [said] if said else []
    elif tag in _ROWS:
        row = [said for child in root for said in _paragraphs(child)]
        yield from ["\t".join(row)] if row else []
    else:
        for child in root:
            yield from _paragraphs(child)


def _words(element: Element) -> Iterator[str]:
    if _name(element.tag) in _GAPS:
        yield " "
    yield element.text or ""
    for child in element:
        yield from _words(child)
        yield child.tail or ""


def _beside(root: Element) -> Iterator[str]:
    """Who changed or noted something, and what a picture is said to show."""
    for element in root.iter():
        for key, value in element.attrib.items():
            if _name(key) in {"author", "descr"} and value.strip():
                yield value.strip()


def _texts(data: bytes) -> Iterator[str]:
    """Paragraphs, or every text where a part has none, as comments of slides have."""
    root = fromstring(data)  # noqa: S314  as above
    paragraphs = [*_paragraphs(root)]
    yield from paragraphs or (t for e in root.iter() if (t := (e.text or "").strip()))
    yield from dict.fromkeys(_beside(root))
