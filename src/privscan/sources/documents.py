"""Folders of documents: PDF, Word, PowerPoint, OpenDocument texts, RTF and HTML pages.

The file is the cell; the detector of documents takes it apart.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from privscan.errors import UnreadableError
from privscan.formats.documents import document_kind
from privscan.formats.documents.office import SPREADSHEETS
from privscan.model.data import Batch, Part, Unread
from privscan.model.kinds import Kind
from privscan.sources._bytes import BROKEN, TROUBLE, opened, packed
from privscan.sources._media import BATCH_FILES, LARGEST, media_batches, media_parts, whole

PLUGIN = True
SUFFIXES = (".pdf", ".docx", ".docm", ".pptx", ".odt", ".odp", ".rtf", ".html", ".htm")
PRIORITY = 40
MEDIA = True
COMPRESSED = True

_ELSEWHERE = SPREADSHEETS | {"", "e-mail", "old Office"}
"""Spreadsheets and mailboxes are tables."""


def sniff(sample: bytes) -> bool:
    """Whether the bytes begin as one of these documents."""
    return document_kind(sample) not in _ELSEWHERE


def schema(_uri: str) -> tuple[str, ...]:
    """Always the document and its path."""
    return ("document", "path")


def parts(uri: str, dataset: str, files: Sequence[str] = ()) -> Iterator[Part | Unread]:
    """Some files a part; `files` are relative to the folder `uri`, without them it is one."""
    return media_parts("documents", uri, dataset, files)


def read(part: Part, *, batch_rows: int = BATCH_FILES) -> Iterator[Batch | Unread]:
    """Batches of a few files with their paths."""
    return media_batches(
        part, "document", Kind.BYTES, "document", batch_rows=batch_rows, content=_content
    )


def _content(uri: str, what: str) -> bytes | Unread:
    """All of the file, unpacked."""
    try:
        if not packed(uri):
            return whole(uri, what)
        with opened(uri) as stream:
            found = stream.read(LARGEST + 1)
    except UnreadableError as error:
        return Unread(uri, "", error.what, rows=1)
    except TROUBLE:
        return Unread(uri, "", BROKEN, rows=1)
    return found if len(found) <= LARGEST else Unread(uri, "", f"the {what} is over 256 MB", rows=1)
