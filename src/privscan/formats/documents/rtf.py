"""Rich text: its words, by striprtf."""

from __future__ import annotations

import re

from privscan.formats.documents.document import Document

_RTF = b"{\\rtf"
_SAID = re.compile(r"\{\\(author|operator|manager|company)\s([^{}\\]{1,200})\}")
_NAMES = {"author": "author", "operator": "last_author", "manager": "manager", "company": "company"}
NEEDED = "needs another package: pip install 'privscan[documents]'"


def is_rtf(head: bytes) -> bool:
    """Whether the bytes begin as RTF does."""
    return head.startswith(_RTF)


def rtf(content: bytes) -> Document:
    """The lines of a text, and who wrote it."""
    try:
        from striprtf.striprtf import rtf_to_text
    except ImportError:
        return Document(unread=(f"RTF {NEEDED}",))
    text = content.decode("latin-1")
    try:
        found: str = rtf_to_text(text, errors="replace")  # type: ignore[no-untyped-call]
    except (ValueError, LookupError, IndexError, OverflowError):
        return Document(unread=("the RTF text is damaged",))
    said: dict[str, tuple[str, ...]] = {}
    for name, value in _SAID.findall(text):
        said[_NAMES[name]] = (*said.get(_NAMES[name], ()), value.strip())
    return Document(tuple(line for line in found.split("\n") if line.strip()), said)
