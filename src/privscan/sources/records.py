"""Folders of biometric records: ISO/IEC 19794 and 39794, ANSI/NIST-ITL, CBEFF, WSQ, passport chips."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from privscan.formats.records.coded import HEAD, is_coded, uncoded
from privscan.formats.records.parse import parse
from privscan.model.data import Batch, Part, Unread
from privscan.model.kinds import Kind
from privscan.sources._media import BATCH_FILES, media_batches, media_parts

PLUGIN = True
SUFFIXES = (".fmr", ".fir", ".fac", ".iir", ".an2", ".eft", ".nist", ".wsq", ".iso", ".tlv", ".bir")
PRIORITY = 15
COMPRESSED = True
"""The detector unfolds what is packed."""

MEDIA = True
"""A folder of such files is one dataset, and `parts` is given all of them."""


def sniff(sample: bytes) -> bool:
    """Bytes that parse as a record as far as they go, or one such record in base64 or hexadecimal."""
    if parse(sample) is not None:
        return True
    if not sample[:HEAD].isascii():
        return False
    text = sample.decode("latin-1")
    # Several of them are the lines of a table.
    return _is_record(text) and not any(map(_is_record, text.split("\n")[1:8]))


def _is_record(text: str) -> bool:
    return is_coded(text) and parse(uncoded(text)) is not None


def schema(_uri: str) -> tuple[str, ...]:
    """Always the record and its path."""
    return ("record", "path")


def parts(uri: str, dataset: str, files: Sequence[str] = ()) -> Iterator[Part | Unread]:
    """Some files a part; `files` are relative to the folder `uri`, without them it is one."""
    return media_parts("records", uri, dataset, files)


def read(part: Part, *, batch_rows: int = BATCH_FILES) -> Iterator[Batch | Unread]:
    """Batches of a few files with their paths."""
    return media_batches(part, "record", Kind.BYTES, "record", batch_rows=batch_rows)
