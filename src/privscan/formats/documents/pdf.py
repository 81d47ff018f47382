"""PDF, by PDFium: the words of pages, fields of forms, notes, properties, pictures, attachments."""

from __future__ import annotations

import ctypes
import io
from collections.abc import Iterator
from threading import Lock
from typing import Any

from privscan.formats.documents.document import Document
from privscan.formats.documents.rtf import NEEDED

MAGIC = b"%PDF-"

_SAID = {"Author": "author", "Title": "title", "Subject": "subject", "Keywords": "keywords"}
_NOTES = ("Contents", "V", "T", "TU")
"""Keys of a note or field: what is written there, its value, whose or which it is (ISO 32000-2)."""

_IMAGE = 3
_SMALLEST = 32
"""Sides of a picture in pixels: below are rules, bullets and pieces of a pattern."""

_EMPTY, _LONGEST = 2, 65_536
"""Bytes of an empty text of UTF-16, which ends in zero, and of the longest that is read."""
_PASSWORD = 4
_LOCK = Lock()
"""PDFium must not be called from two threads at a time."""


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
            return _parts(opened, pypdfium2)
        finally:
            opened.close()


def _parts(opened: Any, pypdfium2: Any) -> Document:
    texts: list[str] = []
    pictures: list[bytes] = []
    lost: list[str] = []
    for number in range(len(opened)):
        try:
            page = opened[number]
            texts += _lines(page)
            texts += _notes(page, pypdfium2.raw)
            pictures += _pictures(page)
            page.close()
        except (pypdfium2.PdfiumError, ValueError):
            lost.append(f"page {number + 1} of {len(opened)} of the PDF is damaged")
    said = {
        key: (value.strip(),)
        for name, key in _SAID.items()
        if (value := opened.get_metadata_value(name)).strip()
    }
    files = []
    for index in range(opened.count_attachments()):
        try:
            files.append(bytes(opened.get_attachment(index).get_data()))
        except (pypdfium2.PdfiumError, ValueError):
            lost.append("an attachment of the PDF is damaged")
    return Document(tuple(texts), said, tuple(pictures), tuple(files), tuple(lost))


def _lines(page: Any) -> Iterator[str]:
    text = page.get_textpage()
    yield from (line for line in text.get_text_bounded().splitlines() if line.strip())
    text.close()


def _notes(page: Any, raw: Any) -> Iterator[str]:
    """What stands in notes and fields, which the text of a page leaves out."""
    for index in range(raw.FPDFPage_GetAnnotCount(page)):
        note = raw.FPDFPage_GetAnnot(page, index)
        for key in _NOTES:
            size = raw.FPDFAnnot_GetStringValue(note, key.encode(), None, 0)
            if _EMPTY < size <= _LONGEST:
                text = ctypes.create_string_buffer(size)
                held = ctypes.cast(text, ctypes.POINTER(ctypes.c_ushort))
                raw.FPDFAnnot_GetStringValue(note, key.encode(), held, size)
                said = text.raw.decode("utf-16-le", "replace").rstrip("\0").strip()
                yield from [said] if said else []
        raw.FPDFPage_CloseAnnot(note)


def _pictures(page: Any) -> Iterator[bytes]:
    """Pictures as they are where they are JPEG or JPEG 2000, else as PNG."""
    for found in page.get_objects(filter=[_IMAGE], max_depth=4):
        if min(found.get_px_size()) < _SMALLEST:
            continue
        content = io.BytesIO()
        found.extract(content, fb_format="png")
        yield content.getvalue()
