"""What sequencing machines write of one run: ABIF, SCF and ZTR traces, SFF of 454, IDAT of arrays."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator

from privscan.formats.genomes.genome import Genome, Substance, several

_ENTRY = struct.Struct(">4sIHHIII")
_ENTRY_BYTES = 28
_DIRECTORY = 6
_MOST_ENTRIES = 4_096
_SHORT = 4
"""Bytes that stand in the entry itself."""
_SAMPLE = {b"SMPL", b"CMNT", b"TUBE", b"CTTL", b"User"}
"""Tags in which people write: sample, comment, tube, container, who ran it."""

_SCF = struct.Struct(">4s8I4sI")
_SCF_VERSION = re.compile(rb"[123]\.\d\d")
_SCF_DEPTH = 2
"""Bytes of a sample at most."""
_SFF = struct.Struct(">4sIQIIHHHB")
_ZTR = b"\xaeZTR\r\n\x1a\n"
_ZTR_HEAD, _CHUNK = 10, struct.Struct(">4sI")
_IDAT = struct.Struct("<4sQI")
_MOST_FIELDS = 64


def abif(content: bytes) -> Genome | None:
    """The ABIF trace (ab1, fsa) that bytes are, or None."""
    if not content.startswith(b"ABIF") or len(content) < _DIRECTORY + _ENTRY.size:
        return None
    name, _, kind, size, count, _, offset = _ENTRY.unpack_from(content, _DIRECTORY)
    if name != b"tdir" or kind != 1023 or size != _ENTRY_BYTES or not count:  # noqa: PLR2004  as defined
        return None
    entries = list(_entries(content, offset, min(count, _MOST_ENTRIES)))
    said = [_text(content, entry) for entry in entries if entry[0] in _SAMPLE]
    texts = {"sample": found} if (found := several(said)) else {}
    damage = "" if len(entries) == min(count, _MOST_ENTRIES) else "a directory that breaks off"
    return Genome("ABIF trace", Substance.READS, records=1, samples=1, texts=texts, damage=damage)


def _entries(content: bytes, offset: int, count: int) -> Iterator[tuple[bytes, int, int]]:
    """Name, place and size of each entry that stands within the content."""
    for at in range(offset, offset + count * _ENTRY_BYTES, _ENTRY_BYTES):
        if at + _ENTRY_BYTES > len(content):
            return
        name, _, _, _, _, size, where = _ENTRY.unpack_from(content, at)
        yield name, at + 20 if size <= _SHORT else where, size


def _text(content: bytes, entry: tuple[bytes, int, int]) -> str:
    _, at, size = entry
    # A Pascal string begins with its length, a C string ends with a zero.
    return (
        content[at : at + min(size, 256)]
        .decode("latin-1")
        .strip("\0 \t")[:255]
        .lstrip("".join(map(chr, range(32))))
    )


def scf(content: bytes) -> Genome | None:
    """The SCF trace that bytes are, or None."""
    if not content.startswith(b".scf") or len(content) < _SCF.size:
        return None
    _, samples, _, bases, _, _, start, size, comments, version, depth = _SCF.unpack_from(content)
    known = _SCF_VERSION.fullmatch(version) is not None and depth <= _SCF_DEPTH
    if not known or not bases or samples < bases or start < _SCF.size:
        return None
    said = content[comments : comments + min(size, 65_536)].decode("latin-1").split("\n")
    texts = {"header": found} if (found := several([s.strip("\0") for s in said])) else {}
    damage = "" if len(content) >= start + bases else "bases that break off"
    return Genome("SCF trace", Substance.READS, records=1, samples=1, texts=texts, damage=damage)


def ztr(content: bytes) -> Genome | None:
    """The ZTR 1 trace that bytes are, or None: chunks follow, each with a name and two lengths."""
    if not content.startswith(_ZTR) or len(content) < _ZTR_HEAD + _CHUNK.size or content[8] != 1:
        return None
    name, size = _CHUNK.unpack_from(content, _ZTR_HEAD)
    if not (name.isalnum() and name.isascii()) or size > len(content):
        return None
    return Genome("ZTR trace", Substance.READS, records=1, samples=1)


def sff(content: bytes) -> Genome | None:
    """The SFF file of 454 reads that bytes are, or None."""
    if not content.startswith(b".sff\0\0\0\1") or len(content) < _SFF.size:
        return None
    _, _, _, _, reads, header, key, flows, code = _SFF.unpack_from(content)
    if not reads or code != 1 or header % 8 or header < _SFF.size + key + flows:
        return None
    damage = "" if len(content) > header else "a header that breaks off"
    return Genome("SFF", Substance.READS, records=reads, samples=1, damage=damage)


def idat(content: bytes) -> Genome | None:
    """The intensities of a genotyping array (IDAT 3) that bytes are, or None."""
    if not content.startswith(b"IDAT") or len(content) < _IDAT.size:
        return None
    _, version, fields = _IDAT.unpack_from(content)
    if version != 3 or not 0 < fields <= _MOST_FIELDS:  # noqa: PLR2004  the version in use
        return None
    return Genome("IDAT", Substance.READS, records=1, samples=1)
