"""Which biometric record bytes are, if they are one: each format's own reader has the last word."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise

from privscan.formats.records import (
    chip,
    faces,
    fingers,
    headers,
    irises,
    iso39794,
    markup,
    minutiae,
    nist,
    open_source,
    wsq,
)
from privscan.formats.records.record import Malformed, Parsed, Record, View

Inner = Callable[[bytes], Parsed]

DEPTH = 4
"""Records inside records that are followed: a face in a template in a data group in a message."""

MOST = 100_000
"""Records one after another of which each is read; what follows them is more of the same."""

LEAST = 18
"""Bytes of the smallest structure that is anything."""

_READERS = {
    minutiae.MAGIC: minutiae.read,
    fingers.MAGIC: fingers.read,
    faces.MAGIC: faces.read,
    irises.MAGIC: irises.read,
    irises.VEINS: irises.read_veins,
}


MAGICS = tuple(_READERS)
"""What stands in a record behind a header."""


_STARTS: tuple[tuple[re.Pattern[bytes], Callable[[bytes, Inner], Parsed]], ...] = (
    (wsq.START, lambda data, _: wsq.read(data)),
    (nist.START, nist.read),
    (iso39794.START, lambda data, _: iso39794.read(data)),
    (chip.START, chip.read),
    (markup.START, markup.read),
    (open_source.SOURCEAFIS, lambda data, _: open_source.sourceafis(data)),
    (open_source.LIBFPRINT, lambda data, _: open_source.libfprint(data)),
)


def parse(data: bytes, depth: int = 0) -> Parsed:
    """The record that the bytes are, why they are a broken one, or None if they are none.

    A magic of eight bytes, or a structure as particular, is what makes `Malformed` of None.
    """
    if len(data) < LEAST or depth > DEPTH:
        return _short(data)

    def inner(block: bytes) -> Parsed:
        return parse(block, depth + 1)

    if data[:4] in _READERS:
        return _one_after_another(data) if _versioned(data) else None
    for start, read in _STARTS:
        if start.match(data):
            return read(data, inner)
    return headers.piv(data, inner) or headers.behind(data, inner)


def _one_after_another(data: bytes) -> Parsed:
    """The record, and those that follow it: dumps of devices have many in one file."""
    places = [0, *(found.start() for found in headers.MAGIC.finditer(data, 8)), len(data)]
    if len(places) == 2:  # noqa: PLR2004  begin and end of one
        return _READERS[data[:4]](data)
    views: list[View] = []
    broken = ""
    pieces = [data[start:stop] for start, stop in pairwise(places[:MOST])]
    every = [_READERS[piece[:4]](piece) for piece in pieces]
    for one in every:
        if isinstance(one, Record):
            views += (replace(view, standard=one.standard) for view in one.views)
        broken = broken or (one.reason if isinstance(one, Malformed) else one.broken)
    return Record(every[0].standard, tuple(views), broken=broken) if views else every[0]


def _versioned(data: bytes) -> bool:
    """Whether a version stands behind the magic: two or three digits and a zero."""
    return data[7:8] == b"\0" and data[4:7].strip().isdigit()


def _short(data: bytes) -> Malformed | None:
    """What is too short for any record is one cut off where it has the whole magic of one."""
    if data[:4] in _READERS and _versioned(data):
        return Malformed("ISO 19794", "it ends early")
    return None
