"""PDF, by PDFium: the words of pages, fields of forms, notes, properties, pictures, attachments."""

from __future__ import annotations

import ctypes
import io
import re
from collections.abc import Callable, Iterator
from functools import partial
from threading import Lock
from typing import Any

from privscan.formats.documents.document import Document
from privscan.formats.documents.rtf import NEEDED
from privscan.formats.documents.xml import said, texts

_BEGINS = re.compile(rb"(?:\A|[\r\n])\s*+%PDF-\d")
_OBJECT = re.compile(rb"\d\s+\d+\s+obj\b")
_START = 1_024
"""Bytes in which the magic may stand behind others' (ISO 32000-1, implementation note 13)."""

_SAID = {"Author": "author", "Title": "title", "Subject": "subject", "Keywords": "keywords"}
_XMP = re.compile(rb"<x:xmpmeta\b.{0,1000000}?</x:xmpmeta>", re.DOTALL)
_NOTES = ("Contents", "RC", "V", "DV", "T", "TU")
"""Keys of a note or field: what is written there, its value, whose or which it is (ISO 32000-2)."""

_IMAGE = 3
_DEEPEST = 15
_SMALLEST, _MOST = 32, 100_000_000
"""Sides of a picture in pixels: below are rules, bullets and pieces of a pattern; and all pixels."""

_EVERYWHERE = (-1e7, -1e7, 1e7, 1e7)
"""A page's own bounds leave out what a crop hides."""

_EMPTY, _LONGEST = 2, 64 << 20
"""Bytes of an empty text of UTF-16, which ends in zero, and of the longest that is read."""
_PASSWORD = 4
_LOCK = Lock()
"""PDFium must not be called from two threads at a time."""


def is_pdf(head: bytes) -> bool:
    """Whether a PDF begins here; a text that speaks of its magic has no objects."""
    if head.startswith(b"%PDF-"):
        return True
    start = head[:_START]
    return b"%PDF-" in start and bool(_BEGINS.search(start) and _OBJECT.search(head))


def pdf(content: bytes) -> Document:
    """The document taken apart; one with a password, or damaged, says so."""
    try:
        import pypdfium2
    except ImportError:
        return Document(unread=(f"PDF {NEEDED}",))
    with _LOCK:
        try:
            opened = pypdfium2.PdfDocument(content)
        except pypdfium2.PdfiumError as error:
            locked = (
                getattr(error, "err_code", None) == _PASSWORD or "password" in str(error).lower()
            )
            why = "the PDF has a password" if locked else "the PDF is damaged"
            return Document(unread=(why,))
        try:
            return _Opened(opened, pypdfium2, content).document()
        finally:
            opened.close()


class _Opened:
    """A PDF while it is taken apart."""

    def __init__(self, opened: Any, pypdfium2: Any, content: bytes) -> None:
        self._pdf, self._raw, self._content = opened, pypdfium2.raw, content
        self._trouble = (pypdfium2.PdfiumError, ValueError, OSError, KeyError, TypeError, NotImplementedError)  # fmt: skip
        self._texts: list[str] = []
        self._pictures: list[bytes] = []
        self._files: list[bytes] = []
        self._lost: dict[str, int] = {}

    def document(self) -> Document:
        """Everything that is found."""
        self._tried("fields of a form", self._forms)
        count = len(self._pdf)
        for number in range(count):
            self._tried(f"of {count} pages", partial(self._page, number))
        self._tried("bookmarks", self._bookmarks)
        for index in range(self._pdf.count_attachments()):
            self._tried("attachments", partial(self._attachment, index))
        told: dict[str, tuple[str, ...]] = {
            key: (value.strip(),)
            for name, key in _SAID.items()
            if (value := self._pdf.get_metadata_value(name)).strip()
        }
        self._xmp(told)
        lost = tuple(f"{count} {what} of the PDF damaged" for what, count in self._lost.items())
        return Document(tuple(self._texts), told, tuple(self._pictures), tuple(self._files), lost)

    def _tried(self, what: str, step: Callable[[], None]) -> None:
        try:
            step()
        except self._trouble:
            self._lost[what] = self._lost.get(what, 0) + 1

    def _page(self, number: int) -> None:
        page = self._pdf[number]
        text = page.get_textpage()
        words = text.get_text_bounded(*_EVERYWHERE)
        text.close()
        self._texts += (line for line in words.splitlines() if line.strip())
        self._texts += dict.fromkeys(self._notes(page))
        for found in page.get_objects(filter=[_IMAGE], max_depth=_DEEPEST):
            self._tried("pictures", partial(self._picture, found))
        page.close()

    def _notes(self, page: Any) -> Iterator[str]:
        """What stands in notes, fields and links, which the text of a page leaves out."""
        raw = self._raw
        for index in range(raw.FPDFPage_GetAnnotCount(page)):
            note = raw.FPDFPage_GetAnnot(page, index)
            for key in _NOTES:
                name = key.encode()
                yield from self._wide(partial(raw.FPDFAnnot_GetStringValue, note, name))
            if form := self._pdf.formenv:
                yield from self._wide(partial(raw.FPDFAnnot_GetFormFieldValue, form, note))
            yield from self._address(note)
            raw.FPDFPage_CloseAnnot(note)

    def _wide(self, asked: Callable[[Any, int], int]) -> Iterator[str]:
        """A text of UTF-16 that is asked for twice: for its length, then for itself."""
        size = asked(None, 0)
        if size > _LONGEST:
            raise ValueError
        if size > _EMPTY:
            text = ctypes.create_string_buffer(size)
            asked(ctypes.cast(text, ctypes.POINTER(ctypes.c_ushort)), size)
            said = text.raw.decode("utf-16-le", "replace").rstrip("\0").strip()
            yield from [said] if said else []

    def _address(self, note: Any) -> Iterator[str]:
        """Where a link leads, as `mailto:`."""
        raw = self._raw
        link = raw.FPDFAnnot_GetLink(note)
        action = raw.FPDFLink_GetAction(link) if link else None
        size = raw.FPDFAction_GetURIPath(self._pdf, action, None, 0) if action else 0
        if 1 < size <= _LONGEST:
            text = ctypes.create_string_buffer(size)
            raw.FPDFAction_GetURIPath(self._pdf, action, text, size)
            yield text.raw.rstrip(b"\0").decode("utf-8", "replace")

    def _picture(self, found: Any) -> None:
        """As it is where it is JPEG or JPEG 2000, else as PNG."""
        width, height = found.get_px_size()
        if min(width, height) < _SMALLEST:
            return
        if width * height > _MOST:
            raise ValueError
        content = io.BytesIO()
        found.extract(content, fb_format="png")
        self._pictures.append(content.getvalue())

    def _attachment(self, index: int) -> None:
        attached = self._pdf.get_attachment(index)
        self._texts += [name] if (name := attached.get_name()) else []
        self._files.append(bytes(attached.get_data()))

    def _bookmarks(self) -> None:
        self._texts += (t for mark in self._pdf.get_toc() if (t := mark.get_title().strip()))

    def _forms(self) -> None:
        """Values that fields inherit are told by the form, and those of XFA stand in its XML."""
        self._pdf.init_forms()
        raw = self._raw
        for index in range(raw.FPDF_GetXFAPacketCount(self._pdf)):
            size = ctypes.c_ulong()
            raw.FPDF_GetXFAPacketContent(self._pdf, index, None, 0, size)
            if not 0 < size.value <= _LONGEST:
                continue
            packet = ctypes.create_string_buffer(size.value)
            raw.FPDF_GetXFAPacketContent(self._pdf, index, packet, size.value, size)
            if b"datasets" in packet.raw[:1024]:
                self._texts += texts(packet.raw)

    def _xmp(self, found: dict[str, tuple[str, ...]]) -> None:
        """Properties in XMP, which may differ from the others."""
        for packet in _XMP.findall(self._content)[:_DEEPEST]:
            self._tried("properties", partial(_join, found, packet))


def _join(found: dict[str, tuple[str, ...]], packet: bytes) -> None:
    for key, value in said(packet):
        if value not in found.get(key, ()):
            found[key] = (*found.get(key, ()), value)
