"""Documents taken apart: PDF, Word, PowerPoint, OpenDocument, RTF, HTML and e-mail, by their bytes."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from privscan.formats.documents.document import Document
from privscan.formats.documents.mail import is_mail, mail
from privscan.formats.documents.markup import is_page, page
from privscan.formats.documents.office import SPREADSHEETS, office, office_kind
from privscan.formats.documents.pdf import is_pdf, pdf
from privscan.formats.documents.rtf import is_rtf, rtf

HEAD = 65_536
"""Bytes by which a document is known."""

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

_SHUT = tuple(
    (re.compile(magic, re.DOTALL), what)
    for magic, what in (
        (rb"PK\x03\x04", "a ZIP archive"),
        (rb"\x1f\x8b\x08[\x00-\x1f]|BZh\d1AY&SY|\xfd7zXZ\0|\x28\xb5\x2f\xfd|.{257}ustar", "packed files"),
        (rb"7z\xbc\xaf\x27\x1c|Rar!\x1a\x07", "a 7z or RAR archive"),
        (rb"\x78\x9f\x3e\x22", "a winmail.dat of Outlook"),
        (rb"\x30[\x80-\x84].{0,4}\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07[\x02\x03]", "signed or encrypted mail (S/MIME)"),
        (rb"\s*-----BEGIN PGP MESSAGE-----", "a message encrypted with PGP"),
        (rb"SQLite format 3\0|PAR1.*PAR1|ORC.{0,61}ORC|ARROW1|Obj\x01", "a table"),
        (rb".{4}ftyp(?!M4[AB])|\x1a\x45\xdf\xa3|RIFF.{4}AVI ", "a film"),
        (rb"\x01\0\0\0.{36} EMF|\xd7\xcd\xc6\x9a", "a drawing (EMF or WMF)"),
    )
)  # fmt: skip


def document_kind(head: bytes) -> str:
    """`PDF`, `Word`, … by the first bytes, or nothing where they are no document's."""
    if is_rtf(head):
        return "RTF"
    if head.startswith(_OLE):
        return "old Office"
    if is_page(head):
        return "HTML"
    if found := office_kind(head):
        return found
    if is_mail(head):
        return "e-mail"
    return "PDF" if is_pdf(head) else ""


def document_of(content: bytes) -> Document | None:
    """The document taken apart; None if the bytes are none."""
    kind = document_kind(content[:HEAD])
    if kind in SPREADSHEETS:
        return Document(unread=("a spreadsheet inside a cell is not read: scan it as a file",))
    if kind == "old Office":
        return Document(unread=("an old or encrypted Office document: save it as docx, xlsx or pptx",))  # fmt: skip
    if kind:
        return _READERS.get(kind, office)(content)
    what = next((what for magic, what in _SHUT if magic.match(content[:HEAD])), "")
    return Document(unread=(f"{what} inside a cell is not read: scan it as a file",)) if what else None  # fmt: skip


_READERS: Mapping[str, Callable[[bytes], Document]] = {
    "PDF": pdf,
    "RTF": rtf,
    "HTML": page,
    "e-mail": mail,
}
