"""Records behind a binary header: PIV's CBEFF (NIST SP 800-76), BioAPI (ISO/IEC 19784-1), others."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from privscan.formats.records.record import SLACK, Malformed, Parsed, Record, View
from privscan.formats.records.tlv import LENGTH

Inner = Callable[[bytes], Parsed]

_SIZE = 88
_OWNER = b"\0\x1b"
_KINDS = {0x0201: "fingerprint", 0x0401: "fingerprint", 0x0501: "face_image", 0x0601: "iris",
          0x0602: "iris"}  # fmt: skip
"""Formats of INCITS M1, the owner 001B: minutiae, finger image, face, iris."""

PIV = re.compile(rb"(?:\x53%(n)s)?(?:\xbc%(n)s)?\x03[\0-\x1f]" % {b"n": LENGTH}, re.DOTALL)
MAGIC = re.compile(rb"(?:FMR|FIR|FAC|IIR)\x00[ 0][123][05]\x00")
_FURTHEST = 256
"""Bytes of a header before a record: the patron formats in use have 20 to 140."""

_BIOAPI = 16


def piv(data: bytes, inner: Inner) -> Parsed:
    """The record in a CBEFF structure of a PIV card, with or without the tags around it."""
    found = PIV.match(data)
    if found is None:
        return None
    start = found.end() - 2
    header = data[start : start + _SIZE]
    kind = int.from_bytes(header[10:12])
    if header[8:10] != _OWNER or kind not in _KINDS:
        return None
    length, signature = int.from_bytes(header[2:6]), int.from_bytes(header[6:8])
    if len(header) < _SIZE or start + _SIZE + length + signature > len(data) + SLACK:
        return Malformed("PIV", "it ends early")
    block = inner(data[start + _SIZE : start + _SIZE + length])
    if not isinstance(block, Record):
        reason = block.reason if isinstance(block, Malformed) else ""
        return Record("PIV", (View(_KINDS[kind]),), broken=reason)
    return within("PIV", block)


def behind(data: bytes, inner: Inner) -> Record | None:
    """The record that begins within the first bytes, whatever header it has."""
    found = MAGIC.search(data, 1, _FURTHEST)
    block = inner(data[found.start() :]) if found else None
    if found is None or not isinstance(block, Record):
        return None
    length = int.from_bytes(data[:4], "little")
    bioapi = found.start() == _BIOAPI and abs(length - len(data)) <= SLACK
    return within("BioAPI BIR" if bioapi else "CBEFF", block)


def within(outer: str, block: Record) -> Record:
    """The record as one inside another: its views say both."""
    views = (replace(v, standard=f"{outer} ({v.standard or block.standard})") for v in block.views)
    return Record(outer, tuple(views), block.texts, block.broken)
