"""What recordings say of themselves in words: ID3, Vorbis comments, RIFF INFO and BWF, MP4, AIFF.

Names of tags are of a fixed set: a tag's own name could be content.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator

from privscan.formats._syncs import tag_bytes

LONGEST = 2_000
"""Characters that are read of a tag."""

MOST = 200
"""Tags that are read of a recording."""

_NAMES = {
    "artist": ("tpe1", "artist", "iart", "\u00a9art", "auth", "performer", "author"),
    "album_artist": ("tpe2", "albumartist", "album_artist", "aart"),
    "composer": ("tcom", "composer", "\u00a9wrt", "imus"),
    "title": ("tit2", "title", "inam", "\u00a9nam", "name"),
    "album": ("talb", "album", "iprd", "\u00a9alb"),
    "comment": ("comm", "comment", "icmt", "\u00a9cmt", "anno", "description", "desc", "uslt", "bext"),
    "engineer": ("ieng", "itch", "engineer", "technician", "encoded_by", "tenc", "originator"),
    "owner": ("town", "tcop", "copyright", "icop", "\u00a9cpy", "(c) ", "cprt", "owner"),
    "contact": ("contact", "email", "woar", "website"),
    "place": ("location", "\u00a9xyz", "com.apple.quicktime.location.iso6709", "geo_location"),
    "date": ("tdrc", "tyer", "date", "icrd", "\u00a9day", "creation_time"),
    "device": ("make", "model", "\u00a9mak", "\u00a9mod", "com.apple.quicktime.make",
               "com.apple.quicktime.model", "com.android.manufacturer", "com.android.model"),
}  # fmt: skip
_KNOWN = {name: kind for kind, names in _NAMES.items() for name in names}
OTHER = "other"

_NO_WORDS = frozenset({"encoder", "isft", "tsse", "\u00a9too", "tlen", "tcon", "language",
                       "handler_name", "major_brand", "minor_version", "compatible_brands", "vendor_id"})  # fmt: skip
"""Tags that programs write of themselves."""

Tag = tuple[str, str]


def named(pairs: Iterator[Tag]) -> list[Tag]:
    """Tags under names of the fixed set; a position is put as latitude and longitude."""
    found: list[Tag] = []
    for name, value in pairs:
        # FFmpeg writes a tag once more with its language behind it.
        key, text = (
            re.sub(r"-[a-z]{3}$", "", name.lower()),
            value[: 2 * LONGEST].replace("\0", " ").strip()[:LONGEST],
        )
        if not text or key in _NO_WORDS:
            continue
        kind = _KNOWN.get(key, OTHER)
        tag = kind, (position(text) or text) if kind == "place" else text
        if tag not in found:
            found.append(tag)
        if len(found) >= MOST:
            break
    return found


_ISO_6709 = re.compile(r"([+-]\d{2}(?:\.\d+)?)([+-]\d{3}(?:\.\d+)?)(?:[+-][\d.]+)?/?")


def position(text: str) -> str:
    """`latitude, longitude` of a position as ISO 6709 writes it, or nothing."""
    match = _ISO_6709.match(text)
    if not match or not (float(match[1]) or float(match[2])):
        return ""
    return f"{float(match[1])}, {float(match[2])}"


_PLACED = re.compile(r"-?\d{1,2}\.\d+, -?\d{1,3}\.\d+")


def is_placed(name: str, text: str) -> bool:
    """Whether a tag holds a position, as `named` writes it."""
    return name == "place" and bool(_PLACED.fullmatch(text))


def tags_of(content: bytes) -> list[Tag]:
    """The tags of a recording as (name of the fixed set, text)."""
    return named(_pairs(content))


def _pairs(content: bytes) -> Iterator[Tag]:
    if content[:3] == b"ID3":
        yield from _id3(content)
    if content[-128:-125] == b"TAG":
        yield from _id3_first(content[-128:])
    if content[:4] in {b"RIFF", b"RF64", b"FORM"}:
        yield from _chunked(content)
    if content[:4] == b"fLaC":
        yield from _flac(content)
    if content[:4] == b"OggS":
        yield from _ogg(content)
    if content[4:8] == b"ftyp":
        yield from _mp4(content)


_DESCRIBED = {b"TXXX": 1, b"COMM": 4, b"USLT": 4}
"""Frames of a description and a text, by where these begin: some are of a language."""

_ENCODINGS = ("latin-1", "utf-16", "utf-16-be", "utf-8")


def _id3(content: bytes) -> Iterator[Tag]:
    """Text frames of ID3v2.3 and 2.4."""
    end, at = tag_bytes(content), 10
    even = content[3] == 4  # noqa: PLR2004  in 2.4 sizes have seven bits a byte
    while at + 11 <= end <= len(content):
        name, size = content[at : at + 4], int.from_bytes(content[at + 4 : at + 8])
        if even:
            size = sum(
                (byte & 0x7F) << 7 * (3 - i) for i, byte in enumerate(content[at + 4 : at + 8])
            )
        if not re.fullmatch(rb"[A-Z][A-Z0-9]{3}", name) or not size:
            return
        body = content[at + 10 : at + 10 + size]
        if name in _DESCRIBED:
            about, _, text = _decoded(body[_DESCRIBED[name] :], body[0]).partition("\0")
            yield (about if name == b"TXXX" else name.decode()), text
        elif name[:1] == b"T":
            yield name.decode(), _decoded(body[1:], body[0])
        at += 10 + size


def _decoded(raw: bytes, encoding: int) -> str:
    how = _ENCODINGS[encoding] if encoding < len(_ENCODINGS) else "latin-1"
    return raw.decode(how, "replace").replace("\ufeff", "")


def _id3_first(tag: bytes) -> Iterator[Tag]:
    for name, start, end in (
        ("title", 3, 33),
        ("artist", 33, 63),
        ("album", 63, 93),
        ("comment", 97, 125),
    ):
        yield name, tag[start:end].split(b"\0")[0].decode("latin-1")


_TEXT_CHUNKS = frozenset({b"NAME", b"AUTH", b"ANNO", b"(c) "})


def _chunked(content: bytes) -> Iterator[Tag]:
    """Chunks of RIFF (INFO lists and the broadcast extension) or of AIFF."""
    order = ">" if content[:4] == b"FORM" else "<"
    at = 12
    while at + 8 <= len(content):
        name, size = struct.unpack_from(f"{order}4sI", content, at)
        body = content[at + 8 : at + 8 + min(size, 1 << 20)]
        if name == b"LIST" and body[:4] == b"INFO":
            yield from _info(body)
        elif name == b"bext":
            yield "bext", _decoded(body[:256], 0)
            yield "originator", _decoded(body[256:288], 0)
        elif name in _TEXT_CHUNKS:
            yield name.decode().lower(), _utf8(body)
        elif name.lower() in {b"id3 ", b"id3\0"} and body[:3] == b"ID3":
            yield from _id3(body)
        at += 8 + size + (size & 1)


def _info(body: bytes) -> Iterator[Tag]:
    at = 4
    while at + 8 <= len(body):
        name, size = struct.unpack_from("<4sI", body, at)
        yield name.decode("latin-1").lower(), _utf8(body[at + 8 : at + 8 + size])
        at += 8 + size + (size & 1)


def _utf8(raw: bytes) -> str:
    """Most programs write UTF-8 today, and older ones a page of their own."""
    text = raw.split(b"\0")[0]
    try:
        return text.decode()
    except UnicodeDecodeError:
        return text.decode("cp1252", "replace")


def _flac(content: bytes) -> Iterator[Tag]:
    at = 4
    while at + 4 <= len(content):
        kind, size = content[at], int.from_bytes(content[at + 1 : at + 4])
        if kind & 0x7F == 4:  # noqa: PLR2004  VORBIS_COMMENT
            yield from _vorbis(content[at + 4 : at + 4 + size])
        if kind & 0x80:
            return
        at += 4 + size


def _ogg(content: bytes) -> Iterator[Tag]:
    """The comment packet, in the first pages; page headers in it would only break a tag's text."""
    head = content[: 1 << 17]
    for magic in (b"\x03vorbis", b"OpusTags"):
        found = head.find(magic)
        if found >= 0:
            yield from _vorbis(head[found + len(magic) :])


def _vorbis(body: bytes) -> Iterator[Tag]:
    if len(body) < 8:  # noqa: PLR2004  two lengths
        return
    at = 4 + int.from_bytes(body[:4], "little")
    count = int.from_bytes(body[at : at + 4], "little")
    at += 4
    for _ in range(min(count, MOST)):
        size = int.from_bytes(body[at : at + 4], "little")
        if at + 4 + size > len(body):
            return
        name, _, value = (
            body[at + 4 : at + 4 + min(size, 1 << 16)].decode("utf-8", "replace").partition("=")
        )
        if "picture" not in name.lower():
            yield name, value
        at += 4 + size


_ITEM = re.compile(rb"(\xa9[a-zA-Z]{3}|aART|desc|cprt|ownr)(....)data\0\0\0\x01....", re.DOTALL)
_PLACE = re.compile(rb"\xa9xyz(..)..([+-][\d.+/-]+)", re.DOTALL)


def _mp4(content: bytes) -> Iterator[Tag]:
    """Items of the metadata list, and the position as telephones write it."""
    at = content.find(b"moov")
    movie = content[max(0, at) : max(0, at) + (16 << 20)]
    for match in _ITEM.finditer(movie):
        size = int.from_bytes(match[2]) - 16
        if 0 < size <= 1 << 16:
            yield (
                match[1].decode("latin-1").lower(),
                movie[match.end() : match.end() + size].decode("utf-8", "replace"),
            )
    for match in _PLACE.finditer(movie):
        yield "\u00a9xyz", match[2].decode("ascii")
