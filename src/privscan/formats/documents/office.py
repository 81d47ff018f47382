"""Office documents: the words of every part of Word, PowerPoint and OpenDocument files.

Parts are walked as XML, not through an object model, so that text boxes, notes, comments, headers
and what tracked changes deleted are read as well (ECMA-376 and ISO/IEC 26300).
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from dataclasses import dataclass, field
from xml.etree.ElementTree import ParseError

from privscan.formats.documents.document import Document
from privscan.formats.documents.xml import said, targets, texts
from privscan.formats.pictures import HEAD as PICTURE
from privscan.formats.pictures import is_picture

SPREADSHEETS = frozenset({"Excel", "OpenDocument spreadsheet"})
"""Kinds that are tables, and no text of a document."""

LARGEST = 256 << 20
"""Bytes that all parts may unpack to."""

LONGEST = 32 << 20
"""Bytes of the longest part of words: about 5,000 pages. As a tree it takes ten times as much."""

_ROOT = rb"(?:_rels/|theme/|media/|slides/|worksheets/|\w+\.xml)"
"""What stands in the folder of a document, and seldom in one that is only called so."""

_KINDS = (
    (re.compile(rb"application/vnd\.oasis\.opendocument\.spreadsheet"), "OpenDocument spreadsheet"),
    (re.compile(rb"application/vnd\.oasis\.opendocument\.\w+"), "OpenDocument"),
    (re.compile(rb"PK\x03\x04.{26}word/" + _ROOT, re.DOTALL), "Word"),
    (re.compile(rb"PK\x03\x04.{26}ppt/" + _ROOT, re.DOTALL), "PowerPoint"),
    (re.compile(rb"PK\x03\x04.{26}xl/" + _ROOT, re.DOTALL), "Excel"),
)
_FIRST = re.compile(
    rb"PK\x03\x04.{26}(?:\[Content_Types\]\.xml|_rels/|docProps/|customXml/|(?:word|ppt|xl)/%b|mimetype|"
    rb"META-INF/|content\.xml|meta\.xml|styles\.xml|settings\.xml|Configurations2/|Thumbnails/)"
    % _ROOT,
    re.DOTALL,
)
"""How a document begins: an archive of documents holds such names further on."""

_OPC = re.compile(rb"PK\x03\x04.{26}(?:\[Content_Types\]\.xml|_rels/|docProps/)", re.DOTALL)
_LISTED = {"word/": "Word", "ppt/": "PowerPoint", "xl/": "Excel", "content.xml": "OpenDocument"}

_PROPERTIES = re.compile(r"docProps/(?:core|app)\.xml|meta\.xml")
_RELATIONS = ".rels"
_NOISE = re.compile(
    r"\[Content_Types\]\.xml|META-INF/.*|mimetype|settings\.xml|layout-cache|Configurations2/.*|ObjectReplacements/.*"
    r"|(?:word|ppt)/(?:theme/.*|fontTable\.xml|webSettings\.xml|styles\w*\.xml|tableStyles\.xml|fonts/.*|printerSettings/.*)"
    r"|Fonts/.*|(?:word|ppt)/vba\w+\.(?:bin|xml)|.*/"
)
"""Parts without words of persons: looks, fonts, macros, and pictures of what is read itself."""

_MARKUP = re.compile(r".*\.(?:xml|vml|svg)", re.IGNORECASE)
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
    if not names - {""}:
        return Document(unread=("an Office package of a kind that is not read",))
    if sum(m.file_size for m in members) > LARGEST:
        return Document(unread=("the Office document unpacks to over 256 MB",))
    found = _Found()
    for member in members:
        if _NOISE.fullmatch(member.filename):
            continue
        if _MARKUP.fullmatch(member.filename) and member.file_size > LONGEST:
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
            for key, value in said(data):
                self.said[key] = (*self.said.get(key, ()), value)
        elif name.endswith(_RELATIONS):
            self.texts += targets(data)
        elif is_picture(data[:PICTURE]):
            self.pictures.append(data)
        elif _MARKUP.fullmatch(name):
            self.texts += texts(data)
        elif data:
            self.files.append(data)
