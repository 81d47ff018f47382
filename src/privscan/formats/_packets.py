"""Sound in containers of packets: Ogg (Vorbis, Opus, Speex, FLAC) and Matroska or WebM."""

from __future__ import annotations

import re
import struct

from privscan.formats._sound import CUT, Sound, plausible

_OPUS_RATE = 48_000
"""Granules of Opus count at this rate, whatever was recorded (RFC 7845)."""

_FIRST = 2
"""Flag of the page with which a stream begins."""

_HEADER = 27

_TRACKS = 1 << 16
_CODEC = re.compile(rb"\x86[\x83-\xa0]([AV])_[A-Z]", re.DOTALL)
_DOCTYPE = re.compile(rb"\x42\x82[\x84\x88](?:webm|matroska)")
_RATE = re.compile(rb"\xb5(?:\x84(.{4})|\x88(.{8}))", re.DOTALL)
_CHANNELS = re.compile(rb"\x9f\x81([\x01-\x10])", re.DOTALL)
_DURATION = re.compile(rb"\x44\x89(?:\x84(.{4})|\x88(.{8}))", re.DOTALL)


def ogg(content: bytes) -> Sound | None:
    """Ogg whose first page begins a stream of sound; a film beside it makes it a video."""
    if content[:5] != b"OggS\0" or len(content) < 60 or not content[5] & _FIRST:  # noqa: PLR2004  a page with the shortest header
        return None
    if b"\x80theora" in content[:512] or b"BBCD\0" in content[:512]:
        return None
    start = _HEADER + content[26]
    named = _named(content[start : start + 80])
    if named is None or not plausible(named.channels, named.sampling_rate):
        return None
    last = content.rfind(b"OggS\0")
    # Not every program marks its last page as one, so only a page that is cut tells.
    if len(content) < last + _HEADER or last + _page(content, last) > len(content):
        return Sound(named.format, named.channels, named.sampling_rate, None, CUT, named.spoken)
    [granule] = struct.unpack_from("<q", content, last + 6)
    rate = _OPUS_RATE if named.format == "Ogg Opus" else named.sampling_rate
    seconds = granule / rate if granule >= 0 else None
    return Sound(named.format, named.channels, named.sampling_rate, seconds, "", named.spoken)


def _named(packet: bytes) -> Sound | None:
    """What the first packet, the header of its codec, says."""
    if packet.startswith(b"\x01vorbis\0\0\0\0") and len(packet) >= 16:  # noqa: PLR2004  to the rate
        return Sound("Ogg Vorbis", packet[11], int.from_bytes(packet[12:16], "little"), None)
    if packet.startswith(b"OpusHead") and len(packet) >= 16:  # noqa: PLR2004  as above
        rate = int.from_bytes(packet[12:16], "little") or _OPUS_RATE
        return Sound("Ogg Opus", packet[9], rate, None)
    if packet.startswith(b"Speex   ") and len(packet) >= 52:  # noqa: PLR2004  as above
        rate, channels = struct.unpack_from("<I8xI", packet, 36)
        return Sound("Ogg Speex", channels, rate, None, spoken=True)
    if packet.startswith(b"\x7fFLAC\1") and packet[9:13] == b"fLaC" and len(packet) >= 35:  # noqa: PLR2004  as above
        packed = int.from_bytes(packet[27:35])
        return Sound("Ogg FLAC", (packed >> 41 & 7) + 1, packed >> 44, None)
    return None


def _page(content: bytes, at: int) -> int:
    """Bytes of the page that begins here."""
    segments = content[at + 26]
    return _HEADER + segments + sum(content[at + _HEADER : at + _HEADER + segments])


def webm(content: bytes) -> Sound | None:
    """Matroska or WebM whose tracks are all of sound."""
    head = content[:_TRACKS]
    if head[:4] != b"\x1a\x45\xdf\xa3" or not _DOCTYPE.search(head[:64]):
        return None
    codecs = {match[1] for match in _CODEC.finditer(head)}
    if codecs != {b"A"}:
        return None
    tracks = head.find(b"\x16\x54\xae\x6b")
    rate = round(_float(_RATE.search(head, max(0, tracks))) or 8_000)
    channels = _CHANNELS.search(head, max(0, tracks))
    milliseconds = _float(_DURATION.search(head))
    seconds = milliseconds / 1_000 if milliseconds else None
    return Sound("WebM", channels[1][0] if channels else 1, rate, seconds)


def _float(match: re.Match[bytes] | None) -> float | None:
    if match is None:
        return None
    value = struct.unpack(">f", match[1]) if match[1] else struct.unpack(">d", match[2])
    return float(value[0]) if 0 < value[0] < 1e9 else None  # noqa: PLR2004  NaN fits no range
