"""Documents taken apart: PDF, Word, PowerPoint, OpenDocument, RTF, HTML and e-mail, by their bytes."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from privscan.formats.documents.document import Document
from privscan.formats.documents.mail import is_mail, mail
from privscan.formats.documents.markup import is_page, page
from privscan.formats.documents.office import SPREADSHEETS, office, office_kind
from privscan.formats.documents.pdf import MAGIC, pdf
from privscan.formats.documents.rtf import is_rtf, rtf

HEAD = 65_536
"""Bytes by which a document is known."""

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_START = 1_024
"""Bytes in which the magic of a PDF may stand (ISO 32000-1, implementation note 13)."""


def document_kind(head: bytes) -> str:
    """`PDF`, `Word`, … by the first bytes, or nothing where they are no document's."""
    if MAGIC in head[:_START]:
        return "PDF"
    if is_rtf(head):
        return "RTF"
    if head.startswith(_OLE):
        return "old Office"
    if is_page(head):
        return "HTML"
    return office_kind(head) or ("e-mail" if is_mail(head) else "")


def document_of(content: bytes) -> Document | None:
    """The document taken apart; None if the bytes are none."""
    kind = document_kind(content[:HEAD])
    if kind in SPREADSHEETS:
        return Document(unread=("a spreadsheet inside a cell is not read: scan it as a file",))
    if kind == "old Office":
        return Document(unread=("an old or encrypted Office document: save it as docx, xlsx or pptx",))  # fmt: skip
    return _READERS.get(kind, office)(content) if kind else None


_READERS: Mapping[str, Callable[[bytes], Document]] = {
    "PDF": pdf,
    "RTF": rtf,
    "HTML": page,
    "e-mail": mail,
}
