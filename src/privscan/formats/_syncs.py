"""Streams of frames that each begin with a sync word: MPEG audio (MP3) and AAC in ADTS.

A sync word is twelve bits, which one in 4,096 random places has; so several frames must follow
each other, each of the length that the one before it says.
"""

from __future__ import annotations

from typing import NamedTuple

from privscan.formats._sound import CUT, Sound

FRAMES = 4
"""Frames that must follow each other; fewer only where the bytes end behind them."""

LEAST_BYTES = 128

SLACK = 1.02
"""Encoders do not agree whether their own frame and tags are among the bytes they count."""

_SEARCHED = 8_192
"""Bytes behind tags in which the first frame is looked for."""


class _Frame(NamedTuple):
    size: int
    samples: int
    rate: int
    channels: int
    kind: int
    bitrate: int


_RATES = {3: (44_100, 48_000, 32_000), 2: (22_050, 24_000, 16_000), 0: (11_025, 12_000, 8_000)}
_KBITS = {
    (1, 3): (32, 64, 96, 128, 160, 192, 224, 256, 288, 320, 352, 384, 416, 448),
    (1, 2): (32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384),
    (1, 1): (32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320),
    (2, 3): (32, 48, 56, 64, 80, 96, 112, 128, 144, 160, 176, 192, 224, 256),
    (2, 2): (8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
    (2, 1): (8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
}
"""By version (1, or 2 and 2.5) and layer bits (3 is layer I, 1 is layer III): ISO 11172-3, 13818-3."""

_MPEG1, _RESERVED = 3, 1
_LAYER_1, _LAYER_3 = 3, 1


def _mpeg_frame(content: bytes, at: int) -> _Frame | None:
    if at + 4 > len(content) or content[at] != 0xFF or content[at + 1] < 0xE2:  # noqa: PLR2004  eleven set bits
        return None
    version, layer = content[at + 1] >> 3 & 3, content[at + 1] >> 1 & 3
    bits, rate, emphasis = content[at + 2] >> 4, content[at + 2] >> 2 & 3, content[at + 3] & 3
    if version == _RESERVED or not layer or bits in {0, 15} or rate == 3 or emphasis == 2:  # noqa: PLR2004  reserved values
        return None
    first = version == _MPEG1
    hertz = _RATES[version][rate]
    bitrate = 1_000 * _KBITS[1 if first else 2, layer][bits - 1]
    padding = content[at + 2] >> 1 & 1
    if layer == _LAYER_1:
        samples, size = 384, (12 * bitrate // hertz + padding) * 4
    else:
        samples = 576 if layer == _LAYER_3 and not first else 1152
        size = samples // 8 * bitrate // hertz + padding
    channels = 1 if content[at + 3] >> 6 == 3 else 2  # noqa: PLR2004  mono
    return _Frame(size, samples, hertz, channels, version << 2 | layer, bitrate)


def _adts_frame(content: bytes, at: int) -> _Frame | None:
    if at + 7 > len(content) or content[at] != 0xFF or content[at + 1] & 0xF6 != 0xF0:  # noqa: PLR2004  twelve set bits, layer 0
        return None
    rate = content[at + 2] >> 2 & 15
    if rate >= len(_ADTS_RATES):
        return None
    channels = (content[at + 2] & 1) << 2 | content[at + 3] >> 6
    size = (content[at + 3] & 3) << 11 | content[at + 4] << 3 | content[at + 5] >> 5
    hertz = _ADTS_RATES[rate]
    kind = content[at + 2] & 0xFC
    return _Frame(size, 1024, hertz, channels, kind, 0) if size > 7 and channels else None  # noqa: PLR2004  the header alone


_ADTS_RATES = (96_000, 88_200, 64_000, 48_000, 44_100, 32_000, 24_000, 22_050, 16_000, 12_000,
               11_025, 8_000, 7_350)  # fmt: skip


def tag_bytes(content: bytes) -> int:
    """Bytes of ID3v2 tags at the beginning, 0 if there is none."""
    at = 0
    while content[at : at + 3] == b"ID3" and len(content) >= at + 10:
        size = content[at + 6 : at + 10]
        if content[at + 3] not in {2, 3, 4} or any(byte > 0x7F for byte in size):  # noqa: PLR2004  seven bits a byte
            break
        footer = 10 if content[at + 5] & 0x10 else 0
        at += 10 + footer + sum(byte << 7 * (3 - i) for i, byte in enumerate(size))
    return at


def mpeg(content: bytes) -> Sound | None:
    """MPEG audio of any layer, with or without tags before it."""
    start = tag_bytes(content)
    if start >= len(content) > LEAST_BYTES and start:
        return Sound("MP3", 0, 0, None, CUT)  # sound may follow a tag of that length
    places = range(start, min(len(content), start + _SEARCHED)) if start else range(1)
    for at in places:
        if content[at : at + 1] == b"\xff" and (frame := _following(content, at, "mpeg")):
            frames, size = _said(content, at)
            seconds = frames * frame.samples / frame.rate
            guess = (len(content) - at) * 8 / frame.bitrate
            cut = CUT if size > (len(content) - at) * SLACK else ""
            return Sound("MP3", frame.channels, frame.rate, seconds or guess, cut)
    return None


def adts(content: bytes) -> Sound | None:
    """AAC as a stream of ADTS frames."""
    start = tag_bytes(content)
    frame = _following(content, start, "adts")
    if frame is None:
        return None
    at, frames = start, 0
    while (one := _adts_frame(content, at)) is not None:
        at, frames = at + one.size, frames + 1
    seconds = frames * frame.samples / frame.rate
    return Sound("AAC", frame.channels, frame.rate, seconds, CUT if at > len(content) else "")


def _following(content: bytes, at: int, kind: str) -> _Frame | None:
    """The first frame of several that follow each other in one stream, alike in kind and rate."""
    read = _mpeg_frame if kind == "mpeg" else _adts_frame
    first = one = read(content, at)
    if first is None or len(content) - at < LEAST_BYTES:
        return None
    for _ in range(FRAMES - 1):
        at += one.size if one else 0
        one = read(content, at)
        if one is None or (one.kind, one.rate) != (first.kind, first.rate):
            return None
    return first


def _said(content: bytes, at: int) -> tuple[int, int]:
    """Frames and bytes of the stream as encoders write them into a first frame without sound, or 0."""
    for name in (b"Xing", b"Info"):
        found = content.find(name, at + 4, at + 48)
        if found >= 0 and len(content) >= found + 16 and content[found + 7] & 3 == 3:  # noqa: PLR2004  both are there
            here = content[found + 8 : found + 16]
            return int.from_bytes(here[:4]), int.from_bytes(here[4:])
    return 0, 0
