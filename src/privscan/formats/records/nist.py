"""ANSI/NIST-ITL transactions in the traditional encoding: numbered records of tagged fields."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import NamedTuple

from privscan.formats.records import pictures
from privscan.formats.records.record import (
    ENDS,
    SLACK,
    Cursor,
    Malformed,
    Parsed,
    Record,
    RecordEndError,
    RecordShapeError,
    View,
    need,
)

Inner = Callable[[bytes], Parsed]

START = re.compile(rb"1\.0{0,2}1:(\d{1,9})\x1d1\.0{0,2}2:")
_FIRST = re.compile(rb"[\r\n]*(\d{1,2})\.0{0,2}1:(\d{1,10})\x1d")
_FIELD = re.compile(rb"(\d{1,2})\.(\d{1,9}):")
_WHOLE = re.compile(rb"\d{1,5}")
FILE, GROUP, ITEM, UNIT = b"\x1c", b"\x1d", b"\x1e", b"\x1f"

_YEARS = {"0200": "1993", "0201": "1997", "0300": "2000", "0400": "2007", "0500": "2011",
          "0501": "2011 upd 2013", "0502": "2011 upd 2015", "0600": "2025"}  # fmt: skip

ENTITIES = {3: "fingerprint", 4: "fingerprint", 5: "fingerprint", 6: "fingerprint", 8: "signature",
            9: "fingerprint", 11: "voice_recording", 13: "fingerprint", 14: "fingerprint",
            15: "palm_print", 17: "iris", 18: "dna_sequence"}  # fmt: skip
"""By the type of record; 10 and 99 say it themselves, the others hold no sample of a known trait."""

_BINARY = range(3, 9)
_HEADER, _SHORTEST = 18, {7: 5, 8: 12}
"""Bytes of the fixed fields before an image, and of the two types that have others."""

_PALMS = range(20, 37)
_IMAGE = 999
_APART = 300
"""Numbers of fields up to which each is a column of its own."""

_FACE = b"FACE"

_SAID = {16: "social_security_number", 18: "full_name", 19: "alias", 20: "place_of_birth",
         21: "citizenship", 22: "date_of_birth", 24: "sex", 25: "race", 41: "address"}  # fmt: skip
"""Fields of Type-2 in the FBI's EBTS, which other domains have taken over or number anew."""

_EBTS = (b"NORAM", b"EBTS", b"FBI")


class _One(NamedTuple):
    """A logical record: its type, its fields, and its data as the field 999 or as a whole."""

    kind: int
    fields: dict[int, bytes]
    content: bytes


def read(data: bytes, inner: Inner) -> Record | Malformed:
    """The transaction; `data` fits START, `inner` reads a record in a Type-99."""
    standard, broken = "ANSI/NIST-ITL", ""
    views: list[View] = []
    texts: list[tuple[str, str]] = []
    try:
        cursor = Cursor(data)
        first = _tagged(cursor)
        standard = f"ANSI/NIST-ITL 1-{_YEARS.get(first.fields.get(2, b'').decode('latin-1'), '?')}"
        ebts = _is_ebts(first)
        for kind in _listed(first):
            one = _binary(cursor, kind) if kind in _BINARY else _tagged(cursor)
            need(one.kind == kind, "its records are not those listed")
            texts += _texts(one, ebts=ebts) if kind == 2 else ()  # noqa: PLR2004  the type of text
            views += _views(one, inner)
            if not one.content:
                raise RecordEndError  # noqa: TRY301  what is there of it was counted
    except RecordEndError:
        broken = ENDS
    except RecordShapeError as error:
        broken = str(error)
    if broken and not (views or texts):
        return Malformed(standard, broken)
    return Record(standard, tuple(views), tuple(texts), broken)


def _is_ebts(first: _One) -> bool:
    domain = first.fields.get(13, b"").upper()
    return not domain or any(name in domain for name in _EBTS)


def _listed(first: _One) -> Iterator[int]:
    """The types of the records that follow, as field 1.003 lists them."""
    items = [item.split(UNIT)[0] for item in first.fields.get(3, b"").split(ITEM) if item]
    kinds = [int(kind) for kind in items if kind.isdigit() and len(kind) <= 2]  # noqa: PLR2004  types end at 99
    need(len(kinds) == len(items) and kinds[:1] == [1], "its list of records is none")
    yield from kinds[1:]


def _tagged(cursor: Cursor) -> _One:
    """The record of fields that begins here; no content where it is cut short."""
    data, begin = cursor.data, cursor.at
    found = _FIRST.match(data, begin)
    if found is None:
        if cursor.left < 20:  # noqa: PLR2004  a tag, a length, a separator
            raise RecordEndError
        raise RecordShapeError("a record has no length")
    begin = found.start(1)  # some writers end a line after each record
    kind, stop = int(found[1]), begin + int(found[2])
    if kind == 1 and stop > cursor.end:
        raise RecordEndError
    stop = _stop(data, found.end(), stop)
    fields, at, content = {1: found[2]}, found.end(), b"-"
    while at < stop and (field := _FIELD.match(data, at, stop)):
        need(int(field[1]) == kind, "a field is of another record")
        number = int(field[2])
        end = stop if number == _IMAGE else data.find(GROUP, at, stop)
        end = stop if end < 0 else end
        fields[number] = data[field.end() : end]
        at = end + 1
    if _IMAGE in fields:
        content = fields.pop(_IMAGE)
    cursor.at = stop + 1
    whole = cursor.at <= cursor.end and data[stop : stop + 1] == FILE
    return _One(kind, fields, content if whole else b"")


def _stop(data: bytes, start: int, end: int) -> int:
    """Where the separator that ends a record stands, near where its length says."""
    near = range(end - 1, max(start, end - 2 - SLACK), -1)
    at = next(
        (place for place in (*near, *range(end, end + SLACK)) if data[place : place + 1] == FILE),
        -1,
    )
    need(at >= 0 or end > len(data), "a record does not end where it says")
    return at if at >= 0 else min(end - 1, len(data))


def _binary(cursor: Cursor, kind: int) -> _One:
    """The record of fixed fields that begins here: sizes of images are the only fields kept."""
    begin = cursor.at
    length = cursor.number(4)
    need(length >= _SHORTEST.get(kind, _HEADER), "a record has no length")
    cursor.skip(3 if kind == 8 else 2)  # noqa: PLR2004  Type-8 says how the signature was made
    fields: dict[int, bytes] = {}
    if kind not in {7, 8}:
        fields[4] = cursor.take(6)
    if kind != 7:  # noqa: PLR2004  user-defined
        cursor.skip(1)
        fields |= {6: b"%d" % cursor.number(2), 7: b"%d" % cursor.number(2)}
    whole = begin + length <= cursor.end
    content = cursor.data[cursor.at : begin + length]
    cursor.at = begin + length
    return _One(kind, fields, content if whole else b"")


def _views(one: _One, inner: Inner) -> Iterator[View]:
    measures = _measured(one, width=6, height=7)
    shown = pictures.shown(one.content)
    if one.kind == 10:  # noqa: PLR2004  faces, scars, marks and tattoos
        face = one.fields.get(3, _FACE).upper().startswith(_FACE)
        yield View("face_image" if face else "", measures, shown)
    elif one.kind == 99:  # noqa: PLR2004  a record of another standard
        block = inner(one.content)
        if isinstance(block, Record):
            yield from (replace(v, standard=v.standard or block.standard) for v in block.views)
    elif one.kind == 9:  # noqa: PLR2004  minutiae
        yield View(ENTITIES[9], _measured(one, minutiae=136) or _measured(one, minutiae=10))
    elif one.kind in ENTITIES:
        palm = one.kind in _BINARY and one.fields.get(4, b"\0")[0] in _PALMS
        yield View("palm_print" if palm else ENTITIES[one.kind], measures, shown)


def _measured(one: _One, **numbers: int) -> dict[str, int]:
    """What fields of these numbers measure, where they hold a number."""
    said = {name: one.fields.get(number, b"") for name, number in numbers.items()}
    return {name: int(value) for name, value in said.items() if _WHOLE.fullmatch(value)}


def _texts(one: _One, *, ebts: bool) -> Iterator[tuple[str, str]]:
    """The fields of a Type-2, whose meaning beyond those of the EBTS is anyone's."""
    for number, value in one.fields.items():
        if number > 2:  # noqa: PLR2004  the length and number of the record
            named = f"field_2_{number:03}" if number < _APART else "field_2"
            name = _SAID.get(number, named) if ebts else named
            for text in re.split(rb"[\x1e\x1f]", value):
                said = _decoded(text).strip()
                if said and said.isprintable():
                    yield name, said


def _decoded(text: bytes) -> str:
    try:
        return text.decode()
    except UnicodeDecodeError:
        return text.decode("latin-1")
