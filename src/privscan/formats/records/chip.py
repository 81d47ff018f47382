"""Files of a travel document's chip, ICAO Doc 9303 part 10: data groups, alone or one after another."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace

from privscan.formats.records import iso39794, pictures
from privscan.formats.records.record import (
    ENDS,
    Malformed,
    Parsed,
    Record,
    RecordEndError,
    RecordShapeError,
    View,
    need,
    no,
)
from privscan.formats.records.tlv import LENGTH, Element, elements

Inner = Callable[[bytes], Parsed]

START = re.compile(
    rb"\x60%(n)s\x5f\x01\x04|\x61%(n)s\x5f\x1f[\x48\x58\x5a][A-Z]|[\x63\x75\x76]%(n)s\x7f\x61%(n)s\x02\x01"
    rb"|\x7f\x61%(n)s(?:\x02\x01.)?\x7f\x60|\x7f\x60%(n)s\xa1%(n)s[\x80-\x8f]|\x65%(n)s\x02\x01.\x5f\x40"
    rb"|\x67%(n)s\x02\x01.\x5f\x43|\x6b%(n)s\x5c%(n)s\x5f[\x0e-\x14\x2b\x42]|\x77%(n)s\x30%(n)s\x06\x09"
    % {b"n": LENGTH},
    re.DOTALL,
)
"""Bytes that stand in so many random ones of 16 million at most once."""

_NAMES = {tag: f"ICAO 9303 {name}" for tag, name in (
    (0x60, "EF.COM"), (0x61, "DG1"), (0x75, "DG2"), (0x63, "DG3"), (0x76, "DG4"), (0x65, "DG5"),
    (0x67, "DG7"), (0x6B, "DG11"), (0x6C, "DG12"), (0x6D, "DG13"), (0x6E, "DG14"), (0x6F, "DG15"),
    (0x70, "DG16"), (0x77, "EF.SOD"),
)} | {0x7F61: "ISO 7816-11", 0x7F60: "ISO 7816-11"}  # fmt: skip
"""Files by their tag, and templates outside of one."""

_ENTITIES = {0x75: "face_image", 0x63: "fingerprint", 0x76: "iris"}
_ZONED, _DETAILED, _PORTRAIT, _OTHER_NAMES = 0x61, 0x6B, 0x65, 0xA0

_TYPES = {0x02: "face_image", 0x04: "voiceprint", 0x08: "fingerprint", 0x10: "iris", 0x20: "retina",
          0x80: "signature", 0x001000: "gait", 0x004000: "dna_sequence", 0x020000: "palm_print",
          0x040000: "palm_vein"}  # fmt: skip
"""Biometric types of ISO/IEC 19785-3, as in the header of a biometric information template."""

_DETAILS = {0x5F0E: "full_name", 0x5F0F: "other_name", 0x5F10: "personal_number",
            0x5F2B: "date_of_birth", 0x5F11: "place_of_birth", 0x5F42: "address",
            0x5F12: "telephone", 0x5F13: "profession", 0x5F14: "title"}  # fmt: skip
"""Fields of DG11; 5F2B is binary in old chips and then not read."""

_BLOCKS = (0x5F2E, 0x7F2E)
_GROUP, _TEMPLATE, _HEADER = 0x7F61, 0x7F60, 0xA1
_WRAPPED = 32
"""Bytes in which a data block of ISO/IEC 39794 begins, inside tags of its own or without."""

_STATUS = b"\x90\0"
"""What a card says after each answer, and some readers keep."""

_LINES = {88: 44, 90: 30, 72: 36}
"""Characters of a machine-readable zone, and of a line of it."""

_ZONE = re.compile(rb"[A-Z0-9<]{72,90}")
_MINUTIA = 3


def read(data: bytes, inner: Inner) -> Record | Malformed:
    """All that the files hold; `data` fits START, `inner` reads a record inside."""
    views: list[View] = []
    texts: list[tuple[str, str]] = []
    names: list[str] = []
    broken = ""
    data = data.removesuffix(_STATUS)
    name, stop = None, 0
    try:
        for one in elements(data, 0, len(data)):
            name, stop = _NAMES.get(one.tag), one.stop
            if name is None:  # files of the chip that are of no interest here, or bytes after them
                continue
            names.append(name)
            texts.extend(_words(data, one))
            seen = _samples(data, one, inner)
            views.extend(replace(v, standard=_within(name, v.standard)) for v in seen)
    except RecordEndError:
        broken = ENDS if name and stop == len(data) else ""
    except RecordShapeError as error:
        broken = str(error) if name else ""
    standard = names[0] if len(set(names)) == 1 else "ICAO 9303 chip"
    if broken and not views:
        return Malformed(standard if names else "ICAO 9303", broken)
    return Record(standard, tuple(views), tuple(texts), broken)


def _within(name: str, standard: str) -> str:
    return f"{name} ({standard})" if standard else name


def _samples(data: bytes, one: Element, inner: Inner) -> Iterator[View]:
    """What a file holds of a person's body, or the document it makes of it."""
    match one.tag:
        case 0x75 | 0x63 | 0x76:
            group = next(elements(data, one.start, one.stop), None)
            if group is None or group.tag != _GROUP:
                no("a data group has no templates")
            yield from _templates(data, group, _ENTITIES[one.tag], inner)
        case 0x7F61:
            yield from _templates(data, one, "", inner)
        case 0x7F60:
            yield from _template(data, one, "", inner)
        case 0x61:
            yield View("passport" if _zone(data, one).startswith("P") else "national_id")
        case 0x65 | 0x67:
            yield from _shown(data, one)


def _words(data: bytes, one: Element) -> Iterator[tuple[str, str]]:
    if one.tag == _ZONED:
        zone = _zone(data, one)
        width = _LINES[len(zone)]
        yield "mrz", "\n".join(zone[at : at + width] for at in range(0, len(zone), width))
    elif one.tag == _DETAILED:
        yield from _details(data, one)


def _templates(data: bytes, group: Element, entity: str, inner: Inner) -> Iterator[View]:
    """The templates of a group, which begins with their number."""
    for one in elements(data, group.start, group.stop):
        if one.tag == _TEMPLATE:
            yield from _template(data, one, entity, inner)


def _template(data: bytes, template: Element, entity: str, inner: Inner) -> Iterator[View]:
    for one in elements(data, template.start, template.stop):
        if one.tag == _HEADER:
            header = {e.tag: data[e.start : e.stop] for e in elements(data, one.start, one.stop)}
            entity = entity or _TYPES.get(int.from_bytes(header.get(0x81, b"")), "")
        elif one.tag in _BLOCKS:
            yield from _block(data[one.start : one.stop], entity, inner)


def _block(block: bytes, entity: str, inner: Inner) -> Iterator[View]:
    first = _first(block)
    if first is not None and first.tag in _BLOCKS:  # some encoders write the one in the other
        block = block[first.start : first.stop]
    found = inner(block)
    coded = iso39794.START.search(block, 1, _WRAPPED) if found is None else None
    found = inner(block[coded.start() :]) if coded else found
    if isinstance(found, Record):
        yield from (replace(v, standard=v.standard or found.standard) for v in found.views)
        if found.broken:
            no(found.broken)
    elif entity and block:
        yield View(entity, _on_card(block))
        if isinstance(found, Malformed):
            no(found.reason)


def _first(block: bytes) -> Element | None:
    try:
        return next(elements(block, 0, len(block)), None)
    except (RecordEndError, RecordShapeError):
        return None


def _on_card(block: bytes) -> dict[str, int]:
    """Minutiae where the block is the card format of ISO/IEC 19794-2: three bytes each."""
    first = _first(block)
    whole = first is not None and first.tag == 0x81 and not (first.stop - first.start) % _MINUTIA  # noqa: PLR2004  the tag of finger minutiae
    return {"minutiae": (first.stop - first.start) // _MINUTIA} if whole and first else {}


def _zone(data: bytes, one: Element) -> str:
    """The machine-readable zone, whose first letter says which document it is."""
    field = next(elements(data, one.start, one.stop), None)
    if field is None or field.stop - field.start not in _LINES:
        raise RecordEndError
    text = data[field.start : field.stop]
    need(_ZONE.fullmatch(text) is not None, "its machine-readable zone is none")
    return text.decode("ascii")


def _shown(data: bytes, one: Element) -> Iterator[View]:
    """Portraits of DG5, signatures of DG7."""
    entity = "face_image" if one.tag == _PORTRAIT else "signature"
    for field in elements(data, one.start, one.stop):
        if field.tag in {0x5F40, 0x5F43}:
            piece = data[field.start : field.stop]
            need(pictures.starts(piece), "its image is of no known coding")
            yield View(entity, pictures.size(piece), pictures.shown(piece))


def _details(data: bytes, one: Element) -> Iterator[tuple[str, str]]:
    for field in elements(data, one.start, one.stop):
        named = field.tag == _OTHER_NAMES
        for inner in elements(data, field.start, field.stop) if named else (field,):
            text = data[inner.start : inner.stop].decode("utf-8", "replace")
            if inner.tag in _DETAILS and text.isprintable() and "\ufffd" not in text:
                yield _DETAILS[inner.tag], text.replace("<", " ").strip()
