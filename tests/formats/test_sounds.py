"""Recordings and films are known by structure; tags are read; nothing else is taken for them."""

from __future__ import annotations

import io
import random
import struct

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import sounds
from privscan.formats import films
from privscan.formats.audio import demuxer, is_audio, sound_of
from privscan.formats.audio_tags import is_placed, tags_of
from privscan.formats.films import breaks_off, film_format

pytest.importorskip("av", reason="the extra `media` is not installed")

NAMES = {"wav": "WAV PCM", "mulaw": "WAV mu-law", "flac": "FLAC", "mp3": "MP3", "opus": "Ogg Opus",
         "oggflac": "Ogg FLAC", "m4a": "MP4", "aac": "AAC", "aiff": "AIFF", "au": "AU", "amr": "AMR",
         "caf": "CAF", "webm": "WebM"}  # fmt: skip
SPOKEN = {"mulaw", "amr"}
MADE = {name: sounds.encoded(name, sounds.tone(2.0)) for name in NAMES}
PICTURE = np.full((48, 64, 3), 120, np.uint8)


@pytest.mark.parametrize("name", NAMES)
def test_a_recording_in_every_format(name):
    sound = sound_of(MADE[name])
    assert (sound.format, sound.channels, sound.broken) == (NAMES[name], 1, "")
    assert sound.sampling_rate == sounds.CODECS[name][2]
    assert sound.spoken is (name in SPOKEN)
    assert sound.seconds is None or sound.seconds == pytest.approx(2.0, abs=0.25)
    assert not film_format(MADE[name])


@pytest.mark.parametrize("name", ["wav", "mulaw", "opus", "aac", "aiff", "au", "amr", "mp3"])
def test_a_recording_that_breaks_off_is_still_one(name):
    sound = sound_of(MADE[name][: len(MADE[name]) * 2 // 3])
    assert (sound.format, sound.broken) == (NAMES[name], "it breaks off")


def test_nist_sphere_with_and_without_all_its_samples():
    said = b"NIST_1A\n   1024\nsample_rate -i 16000\nchannel_count -i 1\nsample_count -i 16000\n"
    head = (said + b"sample_n_bytes -i 2\nend_head\n").ljust(1024)
    assert sound_of(head + bytes(32_000)).seconds == 1.0
    assert sound_of(head + bytes(30_000)).broken
    assert sound_of(said.replace(b"-i 16000", b"-i 3").ljust(1024)) is None


def test_mp3_with_tags_before_it_and_tags_alone():
    tag = b"ID3\3\0\0" + bytes([0, 0, 8, 0])
    assert sound_of(tag + bytes(1024) + MADE["mp3"]).format == "MP3"
    assert is_audio(tag.replace(b"\0\0\x08\0", b"\0\x10\0\0") + bytes(2_000)), "sound may follow"
    assert sound_of(tag + bytes(1024) + b"no frames" * 50) is None


MAGIC = [b"RIFF\x24\x08\0\0WAVEfmt ", b"fLaC\0\0\0\x22", b"OggS\0\2", b"ID3\3\0\0\0\0\0\x20",
         b"\xff\xfb\x90\0", b"FORM\0\0\1\0AIFFCOMM", b".snd\0\0\0\x18", b"#!AMR\n", b"\xff\xf1\x50\x80",
         b"\0\0\0\x20ftypM4A ", b"\x1a\x45\xdf\xa3", b"NIST_1A\n   1024\n", b"caff\0\1\0\0desc",
         b"\0\0\0\x20ftypisom", b"FLV\1\5", b"\0\0\1\xba", b"G"]  # fmt: skip


@pytest.mark.parametrize(
    ("codec", "bytes_a_second", "known"),
    [(1, 0, False), (7, 0, False), (0x11, 0, True), (1, 16_000, True)],
)
def test_a_wav_that_was_streamed_has_no_bytes_a_second(codec, bytes_a_second, known):
    form = struct.pack("<HHIIHH", codec, 1, 8_000, bytes_a_second, 256, 4)
    body = b"WAVE" + sounds.chunk(b"fmt ", form) + sounds.chunk(b"data", bytes(1_024))
    found = sound_of(b"RIFF" + struct.pack("<I", len(body)) + body)
    assert (found is not None) is known
    assert not found or (found.seconds is None) is (bytes_a_second == 0)


@pytest.mark.parametrize("magic", MAGIC)
def test_right_first_bytes_and_then_chance(magic):
    chance = random.Random(len(magic))
    taken = [
        (sound_of(content), film_format(content))
        for content in (magic + chance.randbytes(300 + 40 * i) for i in range(200))
    ]
    assert sum(sound is not None for sound, _ in taken) <= 4
    assert not any(film for _, film in taken)


@pytest.mark.parametrize(
    "content",
    [b"", b"RIFF", b"RIFF\0\0\0\0WEBPVP8 ", b"RIFF\0\0\0\0AVI ", b"ID3 is a tag format, said she",
     b"GGGG" * 400, b"FORM of a letter, AIFF", b"\xff\xd8\xff\xe0\0\x10JFIF", "ÿûname;größe\n1;2".encode("latin-1"),
     b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", b"\0\0\0\x1cftypavif\0\0\0\0avifmif1", b"\xff\xfe" + "a,b\n1,2".encode("utf-16-le") * 99],
)  # fmt: skip
def test_other_bytes_are_neither(content):
    assert sound_of(content) is None
    assert not film_format(content)


@given(st.sampled_from(sorted(MADE)), st.data())
def test_no_damage_breaks_the_reader(name, data):
    content = bytearray(MADE[name][:6_000])
    for _ in range(data.draw(st.integers(1, 20))):
        place = data.draw(st.integers(0, min(len(content) - 1, 400)))
        content[place] = data.draw(st.integers(0, 255))
    cut = bytes(content[: data.draw(st.integers(0, len(content)))])
    sound_of(cut)
    tags_of(cut)
    film_format(cut)
    breaks_off(io.BytesIO(cut), len(cut), "mov")


TAGS = [("artist", "Ana Lopez"), ("comment", "call with customer 42"), ("title", "Monday")]


@pytest.mark.parametrize("name", ["wav", "flac", "mp3", "opus", "m4a"])
def test_tags_of_every_kind_are_read(name):
    found = dict(tags_of(sounds.encoded(name, sounds.tone(0.5), TAGS)))
    assert found["artist"] == "Ana Lopez"
    assert found["title"] == "Monday"
    assert found["comment"] == "call with customer 42"


def test_first_id3_and_the_broadcast_extension():
    old = b"TAG" + b"Monday".ljust(30, b"\0") + b"Ana Lopez".ljust(30, b"\0") + bytes(65)
    assert ("artist", "Ana Lopez") in tags_of(MADE["mp3"] + old)
    extension = b"Interview".ljust(256, b"\0") + b"Ana Lopez".ljust(32, b"\0") + bytes(300)
    found = tags_of(MADE["wav"] + sounds.chunk(b"bext", extension))
    assert ("comment", "Interview") in found
    assert ("engineer", "Ana Lopez") in found


def test_a_position_is_put_as_two_numbers():
    atom = b"\xa9xyz" + struct.pack(">HH", 18, 0x15C7) + b"+35.6586+139.7454/"
    found = tags_of(MADE["m4a"] + b"moov" + atom)
    assert ("place", "35.6586, 139.7454") in found
    assert is_placed("place", "35.6586, 139.7454")
    assert not is_placed("place", "Tokyo, Japan")
    nowhere = tags_of(
        MADE["m4a"] + b"moov" + atom.replace(b"+35.6586+139.7454", b"+00.0000+000.0000")
    )
    assert not any(is_placed(*tag) for tag in nowhere)


def test_programs_that_speak_of_themselves_are_no_tags():
    assert tags_of(MADE["mp3"]) == []
    assert tags_of(MADE["opus"]) == []


FILMS = {"mov": ("mp4", "mpeg4"), "matroska": ("matroska", "mpeg4"), "avi": ("avi", "mpeg4"),
         "mpegts": ("mpegts", "mpeg2video")}  # fmt: skip


@pytest.mark.parametrize("form", FILMS)
def test_films_are_films_and_no_recordings(form):
    content = sounds.film(None, [PICTURE] * 25, 25, FILMS[form])
    assert film_format(content) == form
    assert sound_of(content) is None
    assert not breaks_off(io.BytesIO(content), len(content), form)


@pytest.mark.parametrize("form", ["mov", "avi"])
def test_a_film_that_is_shorter_than_it_says(form):
    content = sounds.film(None, [PICTURE] * 25, 25, FILMS[form])
    half = content[: len(content) // 2]
    assert breaks_off(io.BytesIO(half), len(half), form)


def test_the_decoder_is_told_the_format():
    named = {demuxer(sound_of(MADE[name])) for name in MADE}
    assert named == {
        "wav",
        "flac",
        "mp3",
        "ogg",
        "mov",
        "aac",
        "aiff",
        "au",
        "amr",
        "caf",
        "matroska",
    }
    assert not {"hls", "concat", "sdp", "dash"} & {*named, *(name for name, _ in films._FORMATS)}
