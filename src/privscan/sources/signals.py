"""Folders of signals of bodies: EDF, BDF, WFDB, SCP-ECG, FIT, GPX, TCX, Apple Health, BVH, C3D ...

Of each file the begin is the cell: it says what was recorded, and of whom.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from privscan.errors import UnreadableError
from privscan.formats.signals import WINDOW, signal_of
from privscan.model.data import Batch, Part, Unread
from privscan.model.kinds import Kind
from privscan.sources._bytes import head
from privscan.sources._media import BATCH_FILES, media_batches, media_parts

PLUGIN = True
SUFFIXES = (".edf", ".bdf", ".hea", ".vhdr", ".vmrk", ".xdf", ".scp", ".fit", ".gpx", ".tcx", ".bvh", ".c3d",
            ".inkml", ".ecg")  # fmt: skip
PRIORITY = 32
MEDIA = True
COMPRESSED = True

COLUMN = "trace"
"""Says nothing of persons by itself, so that the cells decide."""


def sniff(sample: bytes) -> bool:
    """Whether the bytes are parsed as such a recording."""
    return signal_of(sample) is not None


def schema(_uri: str) -> tuple[str, ...]:
    """Always the file's begin and its path."""
    return (COLUMN, "path")


def parts(uri: str, dataset: str, files: Sequence[str] = ()) -> Iterator[Part | Unread]:
    """Some files a part; `files` are relative to the folder `uri`, without them it is one."""
    return media_parts("signals", uri, dataset, files)


def read(part: Part, *, batch_rows: int = BATCH_FILES) -> Iterator[Batch | Unread]:
    """Batches of the begins of a few files, with their paths."""
    return media_batches(
        part, COLUMN, Kind.BYTES, "recording", batch_rows=batch_rows, content=_begin
    )


def _begin(uri: str, _what: str) -> bytes | Unread:
    """The first bytes of the content, unpacked."""
    try:
        found = head(uri, WINDOW)
    except UnreadableError as error:
        return Unread(uri, "", error.what, rows=1)
    return found or Unread(uri, "", "empty file", rows=1)
