"""What stands beside the pixels of a picture: Exif, XMP, IPTC, text chunks, comments.

Tags of CIPA DC-008 (Exif 3.0), ISO 16684-1, IPTC Photo Metadata 2023.1, and the regions of the
Metadata Working Group and of Microsoft.
"""

from __future__ import annotations

import math
import re
import warnings
from collections import defaultdict
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from PIL import ExifTags, Image, IptcImagePlugin

from privscan.formats import makernotes, xmp
from privscan.formats.pixels import FAILURES, opened

POSITION, CREATOR, OWNER, SHOWN, SERIAL = (
    "position",
    "creator",
    "owner",
    "person_shown",
    "device_serial",
)

_BASE = {
    ExifTags.Base.Artist: CREATOR,
    0x9C9D: CREATOR,  # XPAuthor, as Windows writes it
    ExifTags.Base.Copyright: "copyright",
    ExifTags.Base.ImageDescription: "description",
    0x9C9B: "title",
    0x9C9C: "comment",
    0x9C9E: "keywords",
    0x9C9F: "title",
    ExifTags.Base.CameraSerialNumber: SERIAL,
    ExifTags.Base.HostComputer: "host_computer",
}
_DETAIL = {
    ExifTags.Base.CameraOwnerName: OWNER,
    0xA436: "title",  # ImageTitle, Photographer and ImageEditor are new in Exif 3.0
    0xA437: CREATOR,
    0xA438: CREATOR,
    ExifTags.Base.BodySerialNumber: SERIAL,
    ExifTags.Base.LensSerialNumber: SERIAL,
    ExifTags.Base.UserComment: "comment",
}
_IPTC = {
    (2, 5): "title",
    (2, 25): "keywords",
    (2, 26): "location",
    (2, 80): CREATOR,
    (2, 90): "city",
    (2, 92): "location",
    (2, 105): "title",
    (2, 116): "copyright",
    (2, 118): "contact",
    (2, 120): "description",
    (2, 122): "caption_writer",
}
_XMP = {
    "creator": CREATOR,
    "Artist": CREATOR,
    "OwnerName": OWNER,
    "CameraOwnerName": OWNER,
    "Owner": OWNER,
    "PersonInImage": SHOWN,
    "PersonName": SHOWN,
    "PersonDisplayName": SHOWN,
    "FaceName": SHOWN,
    "RegionName": "region",
    "SerialNumber": SERIAL,
    "BodySerialNumber": SERIAL,
    "LensSerialNumber": SERIAL,
    "rights": "copyright",
    "Credit": "credit",
    "CaptionWriter": "caption_writer",
    "description": "description",
    "title": "title",
    "Headline": "title",
    "subject": "keywords",
    "hierarchicalSubject": "keywords",
    "TagsList": "keywords",
    "UserComment": "comment",
    "City": "city",
    "Location": "location",
    "Sublocation": "location",
    "CiAdrExtadr": "contact_address",
    "CiEmailWork": "contact_email",
    "CiTelWork": "contact_phone",
}
_CHUNKS = {"author": CREATOR, "artist": CREATOR, "title": "title", "description": "description"}
_CHUNKS |= {"copyright": "copyright", "comment": "comment", "usercomment": "comment"}

_TECHNICAL = frozenset({"software", "creation time", "exif", "xmp", "icc_profile", "signature"})
"""Chunks of PNG that programs write about themselves, as those with a colon in their name."""

_XMP_DEGREES = re.compile(r"(\d{1,3})(?:,(\d{1,2}(?:\.\d+)?))?(?:,(\d{1,2}(?:\.\d+)?))?([NSEW])")
_UTF8 = b"\x1b%G"
_VOID = "V"
"""Status of a receiver that has no fix."""

_LATITUDE, _LONGITUDE = 90.0, 180.0
_LONGEST = 65_536


@dataclass(frozen=True, slots=True)
class Metadata:
    """Filled-in values by field, whether a position is among them, and the Exif thumbnail."""

    said: dict[str, tuple[str, ...]]
    position: bool = False
    thumbnail: bytes = b""


def metadata(content: bytes) -> Metadata:
    """All that the bytes of a picture say in words; a picture that does not open says its XMP."""
    found: dict[str, list[str]] = defaultdict(list)
    exif: Any = Image.Exif()
    block = b""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # odd metadata is common and harmless here
        with suppress(*FAILURES), opened(content) as picture:
            exif, block = picture.getexif(), picture.info.get("exif") or content
            _add(found, _chunks(picture))
            _add(found, _iptc(picture))
        position, thumbnail = _from_exif(found, exif, block.removeprefix(b"Exif\0\0"))
    packet = list(xmp.properties(content))
    _add(found, ((_XMP[name], value) for name, value in packet if name in _XMP))
    position = position or _xmp_position(dict(packet))
    said = {field: tuple(dict.fromkeys(values)) for field, values in found.items()}
    return Metadata(said, position, thumbnail)


def _from_exif(found: dict[str, list[str]], exif: Any, block: bytes) -> tuple[bool, bytes]:
    """Whether Exif holds a position, and its thumbnail; the words go to `found`."""
    position, thumbnail = False, b""
    with suppress(*FAILURES):
        _add(found, _exif(exif, block))
    with suppress(*FAILURES):
        position = _position(exif.get_ifd(ExifTags.IFD.GPSInfo))
    with suppress(*FAILURES):
        thumbnail = _thumbnail(exif.get_ifd(ExifTags.IFD.IFD1), block)
    return position, thumbnail


def _add(found: dict[str, list[str]], said: Iterator[tuple[str, object]]) -> None:
    for field, value in said:
        text = _text(value)
        if any(c.isalnum() and c != "0" for c in text):
            found[field].append(text)


def _text(value: object) -> str:
    """A tag's value as text: what cameras fill unused tags with is gone."""
    if isinstance(value, tuple):
        value = bytes(value) if all(isinstance(v, int) and 0 <= v <= 255 for v in value) else ""  # noqa: PLR2004  a byte
    if isinstance(value, bytes):
        value = _decoded(value[:_LONGEST])
    text = _mended(value[:_LONGEST]) if isinstance(value, str) else str(value or "")
    return " ".join(text.replace("\0", " ").split())


def _decoded(value: bytes) -> str:
    """UserComment and the XP tags say how they are written, or show it."""
    head, rest = value[:8], value[8:]
    if head in {b"ASCII\0\0\0", b"JIS\0\0\0\0\0", b"\0" * 8}:
        return rest.decode("latin-1")
    if head == b"UNICODE\0":
        return rest.decode("utf-16-be" if rest[:1] == b"\0" else "utf-16-le", "ignore")
    if len(value) > 1 and value[1::2].count(0) * 2 >= len(value[1::2]):
        return value.decode("utf-16-le", "ignore")
    try:
        return value.decode()
    except UnicodeDecodeError:
        return value.decode("latin-1")


def _mended(value: str) -> str:
    """UTF-8 where Pillow, by the letter of the standard, has read Latin letters."""
    try:
        return value.encode("latin-1").decode()
    except UnicodeError:
        return value


def _exif(exif: Image.Exif, block: bytes) -> Iterator[tuple[str, object]]:
    detail = exif.get_ifd(ExifTags.IFD.Exif)
    for tags, place in ((_BASE, exif), (_DETAIL, detail), (_DETAIL, exif)):
        for tag, field in tags.items():
            if tag in place:
                yield field, _wide(place[tag]) if 0x9C9B <= tag <= 0x9C9F else place[tag]  # noqa: PLR2004  the XP tags
    note = detail.get(ExifTags.Base.MakerNote)
    if isinstance(note, bytes):
        yield from makernotes.notes(block, note, str(exif.get(ExifTags.Base.Make, "")))


def _wide(value: object) -> str:
    raw = bytes(value) if isinstance(value, (bytes, tuple)) else str(value).encode()
    return raw.decode("utf-16-le", "ignore")


def _iptc(picture: Any) -> Iterator[tuple[str, object]]:
    said = IptcImagePlugin.getiptcinfo(picture) or {}
    utf8 = said.get((1, 90)) == _UTF8
    for key, field in _IPTC.items():
        values = said.get(key, [])
        for value in values if isinstance(values, list) else [values]:
            yield field, value.decode("utf-8", "ignore") if utf8 else value


def _chunks(picture: Image.Image) -> Iterator[tuple[str, object]]:
    """Text chunks of PNG, whatever they are called, and comments of JPEG and GIF."""
    png = picture.format == "PNG"
    for name, value in picture.info.items():
        key = str(name).casefold()
        own = ":" in key or key in _TECHNICAL or key.startswith("raw profile")
        free = png and isinstance(value, str) and not own
        field = _CHUNKS.get(key, "text" if free else "")
        if field and isinstance(value, (str, bytes)):
            yield field, value


def _position(gps: dict[int, Any]) -> bool:
    if gps.get(ExifTags.GPS.GPSStatus) == _VOID:
        return False
    latitude = _degrees(gps.get(ExifTags.GPS.GPSLatitude))
    longitude = _degrees(gps.get(ExifTags.GPS.GPSLongitude))
    return _on_earth(latitude, longitude)


def _degrees(value: object) -> float:
    """Degrees, minutes and seconds as rationals; cameras without a fix write zero over zero."""
    parts = value if isinstance(value, tuple) else (value,)
    return math.fsum(_number(part) / 60**power for power, part in enumerate(parts[:3]))


def _number(value: Any) -> float:
    try:
        return float(value)
    except (TypeError, ValueError, ZeroDivisionError):
        return math.nan


def _xmp_position(said: dict[str, str]) -> bool:
    found = [
        _XMP_DEGREES.fullmatch(said.get(f"GPS{axis}", "")) for axis in ("Latitude", "Longitude")
    ]
    latitude, longitude = (
        sum(float(part or 0) / 60**power for power, part in enumerate(match.groups()[:3]))
        if match
        else math.nan
        for match in found
    )
    return _on_earth(latitude, longitude)


def _on_earth(latitude: float, longitude: float) -> bool:
    """Both are there and in range; zero and zero is how a missing fix is written."""
    inside = abs(latitude) <= _LATITUDE and abs(longitude) <= _LONGITUDE
    return inside and (latitude != 0 or longitude != 0)


def _thumbnail(first: dict[int, Any], block: bytes) -> bytes:
    at, size = first.get(0x0201, 0), first.get(0x0202, 0)
    found = block[at : at + size] if isinstance(at, int) and isinstance(size, int) else b""
    return found if found.startswith(b"\xff\xd8") else b""
