"""Sound recordings by the structure of their bytes: format, channels, sampling rate, seconds.

Magic bytes alone settle nothing: the header behind them must be one that its format allows.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Callable
from dataclasses import dataclass

from privscan.formats._packets import ogg, webm
from privscan.formats._sound import CUT, Sound, plausible
from privscan.formats._syncs import FRAMES, adts, mpeg

_ALIKE = 32
"""Bytes by which most other cells are told from sound at once."""

_MAGIC = re.compile(
    rb"(?:RIFF|RF64|BW64).{4}WAVE|fLaC[\0\x80]\0\0\x22|OggS\0|ID3[\x02-\x04]|FORM.{4}AIF[FC]|\.snd\0"
    rb"|#!AMR|NIST_1A\n|caff\0\x01|.{4}ftyp|\x1a\x45\xdf\xa3|\xff[\xe2-\xff]",
    re.DOTALL,
)


def may_be_sound(head: bytes) -> bool:
    """Whether bytes begin like a recording; cheap, and true of other bytes too."""
    return bool(_MAGIC.match(head[:_ALIKE]))


def demuxer(sound: Sound) -> str:
    """What FFmpeg calls the format: told it, it takes the file for no other, such as a playlist."""
    family = sound.format.split()[0]
    return _DEMUXERS.get(sound.format) or _DEMUXERS.get(family) or family.lower()


def is_audio(head: bytes) -> bool:
    """Whether a file that begins so, or is no longer than that, is a recording of sound."""
    return sound_of(head) is not None


def sound_of(content: bytes) -> Sound | None:
    """What the headers say of a recording; None if it is none, or has a film beside the sound."""
    if not may_be_sound(content):
        return None
    return next((sound for read in _READERS if (sound := read(content))), None)


_DEMUXERS = {"MP4": "mov", "NIST SPHERE": "nistsphere", "AMR-WB": "amr", "WebM": "matroska"}


@dataclass(frozen=True, slots=True)
class _Chunk:
    name: bytes
    start: int
    size: int


def _chunks(content: bytes, start: int, order: str) -> list[_Chunk]:
    """The chunks of RIFF (order `<`) or IFF (`>`), up to the one that is cut off."""
    found: list[_Chunk] = []
    while start + 8 <= len(content):
        name, size = struct.unpack_from(f"{order}4sI", content, start)
        found.append(_Chunk(name, start + 8, size))
        start += 8 + size + (size & 1)
    return found


def _first(chunks: list[_Chunk], name: bytes) -> _Chunk | None:
    return next((chunk for chunk in chunks if chunk.name == name), None)


_WAV_CODECS = {1: "PCM", 2: "ADPCM", 3: "float", 6: "A-law", 7: "mu-law", 0x11: "IMA ADPCM",
               0x31: "GSM 6.10", 0x40: "G.721", 0x45: "G.726", 0x50: "MPEG", 0x55: "MP3",
               0x161: "WMA", 0xFFFE: "PCM"}  # fmt: skip
_PLAIN = frozenset({"PCM", "float", "A-law", "mu-law"})
_SPOKEN = frozenset({"GSM 6.10", "G.721", "G.726", "A-law", "mu-law"})
"""Codecs made for telephones: what they hold is mostly spoken."""

_ENDLESS = frozenset({0, 0xFFFFFFFF, 0x7FFFFFFF, 0x7FFFF000, 0xFFFFF000})
"""Sizes that programs write which do not know yet how long a recording will be."""


def _wav(content: bytes) -> Sound | None:
    if content[:4] not in {b"RIFF", b"RF64", b"BW64"} or content[8:12] != b"WAVE":
        return None
    chunks = _chunks(content, 12, "<")
    form, data = _first(chunks, b"fmt "), _first(chunks, b"data")
    if form is None or form.size < 14 or form.start + 14 > len(content):  # noqa: PLR2004  a WAVEFORMAT has 14 bytes
        return None
    codec, channels, rate, bytes_a_second, block = struct.unpack_from("<HHIIH", content, form.start)
    name = _WAV_CODECS.get(codec, f"codec {codec:#06x}")
    # Streamed files in a packed codec have no bytes a second.
    if not (plausible(channels, rate) and block and (bytes_a_second or name not in _PLAIN)):
        return None
    cut, seconds = CUT, None
    if data:
        here = len(content) - data.start
        endless = data.size in _ENDLESS
        cut = "" if endless or data.size <= here else CUT
        size = here if endless else data.size
        seconds = size / bytes_a_second if bytes_a_second else None
    return Sound(f"WAV {name}", channels, rate, seconds, cut, name in _SPOKEN)


def _aiff(content: bytes) -> Sound | None:
    if content[:4] != b"FORM" or content[8:12] not in {b"AIFF", b"AIFC"}:
        return None
    chunks = _chunks(content, 12, ">")
    common, data = _first(chunks, b"COMM"), _first(chunks, b"SSND")
    if common is None or common.start + 18 > len(content):
        return None
    channels, frames, _bits, exponent, mantissa = struct.unpack_from(
        ">HIHHQ", content, common.start
    )
    rate = round(mantissa * 2.0 ** (exponent - 16383 - 63)) if exponent < 16383 + 32 else 0
    if not plausible(channels, rate):
        return None
    whole = data is not None and data.start + data.size <= len(content)
    return Sound("AIFF", channels, rate, frames / rate, "" if whole else CUT)


_AU_BYTES = {1: 1, 2: 1, 3: 2, 4: 3, 5: 4, 6: 4, 7: 8, 27: 1}
_MU_LAW, _A_LAW = 1, 27
_UNKNOWN = 0xFFFFFFFF


def _au(content: bytes) -> Sound | None:
    if content[:4] != b".snd" or len(content) < 24:  # noqa: PLR2004  the header's length
        return None
    start, size, coding, rate, channels = struct.unpack_from(">5I", content, 4)
    known = coding in _AU_BYTES and 24 <= start <= 1 << 16  # noqa: PLR2004  as above
    if not (known and plausible(channels, rate)):
        return None
    here = max(0, len(content) - start)
    cut = CUT if size != _UNKNOWN and size > here else ""
    seconds = (here if size == _UNKNOWN else size) / (_AU_BYTES[coding] * channels * rate)
    return Sound("AU", channels, rate, seconds, cut, coding in {_MU_LAW, _A_LAW})


def _flac(content: bytes) -> Sound | None:
    if content[:4] != b"fLaC" or content[4] & 0x7F or content[5:8] != b"\0\0\x22":
        return None
    if len(content) < 42:  # noqa: PLR2004  marker, block header and STREAMINFO
        return None
    packed = int.from_bytes(content[18:26])
    rate, channels, samples = packed >> 44, (packed >> 41 & 7) + 1, packed & (1 << 36) - 1
    smallest, largest = struct.unpack_from(">HH", content, 8)
    least, most = int.from_bytes(content[12:15]), int.from_bytes(content[15:18])
    if not (16 <= smallest <= largest and (not most or least <= most)):  # noqa: PLR2004  RFC 9639, 8.2
        return None
    if not (plausible(channels, rate) and _flac_goes_on(content)):
        return None
    return Sound("FLAC", channels, rate, samples / rate if samples else None)


def _flac_goes_on(content: bytes) -> bool:
    """Whether a frame follows where STREAMINFO is the last block, and else a block of a known type."""
    after = content[42:44]
    if content[4] & 0x80:
        return after in {b"", b"\xff\xf8", b"\xff\xf9"}
    return not after or after[0] & 0x7F in range(1, 7)


def _sphere(content: bytes) -> Sound | None:
    """NIST SPHERE, the format of speech corpora."""
    head = re.match(rb"NIST_1A\n +(\d{3,6})\n", content)
    if not head:
        return None
    said = {
        name: int(value)
        for name, value in re.findall(
            rb"\n(sample_rate|channel_count|sample_count|sample_n_bytes) -i (\d{1,10})",
            content[: int(head[1])],
        )
    }
    rate, channels = said.get(b"sample_rate", 0), said.get(b"channel_count", 1)
    if not plausible(channels, rate):
        return None
    samples, width = said.get(b"sample_count"), said.get(b"sample_n_bytes", 1)
    packed = b"shorten" in content[: int(head[1])]
    needed = 0 if packed else (samples or 0) * channels * width
    cut = CUT if int(head[1]) + needed > len(content) else ""
    seconds = samples / rate if samples else None
    return Sound("NIST SPHERE", channels, rate, seconds, cut, spoken=True)


_AMR = {b"#!AMR\n": ((12, 13, 15, 17, 19, 20, 26, 31, 5), 8_000, "AMR"),
        b"#!AMR-WB\n": ((17, 23, 32, 36, 40, 46, 50, 58, 60, 5), 16_000, "AMR-WB")}  # fmt: skip


def _amr(content: bytes) -> Sound | None:
    """A frame of 20 ms after the other, each of the length that its mode has (RFC 4867)."""
    for magic, (sizes, rate, name) in _AMR.items():
        if not content.startswith(magic):
            continue
        at, frames = len(magic), 0
        while at < len(content):
            mode = content[at] >> 3 & 15
            if content[at] & 0x83 or (mode >= len(sizes) and mode < 14):  # noqa: PLR2004  14 and 15: nothing was sent
                return (
                    Sound(name, 1, rate, frames / 50, CUT, spoken=True)
                    if frames >= FRAMES
                    else None
                )
            at += 1 + (sizes[mode] if mode < len(sizes) else 0)
            frames += 1
        cut = CUT if at > len(content) else ""
        return Sound(name, 1, rate, frames / 50, cut, spoken=True) if frames else None
    return None


def _caf(content: bytes) -> Sound | None:
    if content[:8] != b"caff\0\1\0\0" or content[8:12] != b"desc" or len(content) < 52:  # noqa: PLR2004  file header and description
        return None
    [rate] = struct.unpack_from(">d", content, 20)
    [channels] = struct.unpack_from(">I", content, 44)
    fits = 0 < rate < 1e6 and plausible(channels, round(rate))  # noqa: PLR2004  NaN and infinity fit no range
    return Sound("CAF", channels, round(rate), None) if fits else None


_BRANDS = re.compile(rb"M4[ABP] |F4[AB] ")
_BOXES = frozenset({b"moov", b"mdat", b"free", b"skip", b"wide", b"uuid", b"moof", b"sidx", b"styp",
                    b"meta", b"pnot", b"pdin"})  # fmt: skip
"""What may follow the box of brands in a file."""

_AUDIO_TRACK, _FILM_TRACK = b"soun", b"vide"
_SAMPLE_ENTRY = re.compile(rb"mp4a|alac|samr|sawb|Opus|fLaC|ac-3|ec-3|sowt|twos|lpcm|ulaw|alaw")


def _mp4(content: bytes) -> Sound | None:
    """MP4 with a sound track and no film: by its brand, or by the handlers of its tracks."""
    if content[4:8] != b"ftyp":
        return None
    size = int.from_bytes(content[:4])
    if not 16 <= size <= 4_096 or size % 4:  # noqa: PLR2004  a brand, a version and some more brands
        return None
    if size + 8 <= len(content) and content[size + 4 : size + 8] not in _BOXES:
        return None
    tracks = set(re.findall(rb"hdlr\0{8}(vide|soun)", content))
    if _FILM_TRACK in tracks or not (_BRANDS.match(content, 8) or _AUDIO_TRACK in tracks):
        return None
    entry = _SAMPLE_ENTRY.search(content, content.find(b"stsd") + 1) if b"stsd" in content else None
    channels = rate = 0
    if entry and entry.end() + 26 <= len(content):
        channels, rate = struct.unpack_from(">H6xH", content, entry.end() + 16)
    spoken = bool(entry) and entry[0] in {b"samr", b"sawb", b"ulaw", b"alaw"}  # type: ignore[index]
    cut = "" if b"moov" in content else CUT
    known = plausible(channels, rate)
    return Sound("MP4", channels * known, rate * known, _movie_seconds(content), cut, spoken)


def _movie_seconds(content: bytes) -> float | None:
    """Of the movie header: a version, two times, a scale, and the length in that scale."""
    at = content.find(b"mvhd") + 4
    if at < 8 or at + 32 > len(content):  # noqa: PLR2004  a name and 32 bytes
        return None
    scale, length = struct.unpack_from(">IQ" if content[at] else ">II", content, at + 12)[:2]
    if content[at]:
        scale, length = struct.unpack_from(">IQ", content, at + 20)
    return length / scale if scale else None


_READERS: tuple[Callable[[bytes], Sound | None], ...] = (
    _wav, _flac, ogg, mpeg, adts, _mp4, _aiff, _au, _amr, _sphere, _caf, webm,
)  # fmt: skip
