"""ZIP and tar archives, also compressed: their members are read as files of a folder are."""

from __future__ import annotations

from collections.abc import Iterator

from privscan.formats.documents.office import office_kind
from privscan.model.data import Unread
from privscan.sources import _archives

PLUGIN = True
SUFFIXES = (".zip", ".tar", ".tgz", ".tbz2")
PRIORITY = 75
COMPRESSED = True

_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_TAR = slice(257, 262)


def sniff(sample: bytes) -> bool:
    """A ZIP that is no document, or a tar."""
    return (sample.startswith(_ZIP) and not office_kind(sample)) or sample[_TAR] == b"ustar"


def members(uri: str) -> Iterator[str | Unread]:
    """The uris of the files in an archive; `UnreadableError` if it is damaged."""
    return _archives.members(uri)
