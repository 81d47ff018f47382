"""Which pieces of a recording are decoded, as 16 kHz mono: the beginning, then samples to its end."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

RATE = 16_000

WHOLE = 60.0
"""Seconds up to which a recording is heard whole."""

FIRST, WINDOW = 30.0, 3.0
"""Seconds heard of a longer one: its beginning, and windows spread evenly over the rest."""

WINDOWS = 10


def schedule(seconds: float) -> list[tuple[float, float]]:
    """The pieces as (from, to); the length is 0 where the file does not tell."""
    if seconds <= WHOLE:
        return [(0.0, WHOLE)]
    room = (seconds - FIRST - WINDOW) / (WINDOWS - 1)
    starts = (FIRST + i * room for i in range(WINDOWS))
    return [(0.0, FIRST), *((start, start + WINDOW) for start in starts)]


def pieces(container: Any, seconds: float) -> Iterator[tuple[float, bytes]]:
    """Where each piece begins, and its samples; it ends early where the file breaks off."""
    for start, end in schedule(seconds):
        if start:
            container.seek(int(start * 1_000_000))
        samples = _decoded(container, end - start)
        if not samples:
            return
        yield start, samples


def _decoded(container: Any, seconds: float) -> bytes:
    import av

    most, found, size = int(seconds * RATE) * 2, [], 0
    resampler = av.AudioResampler("s16", "mono", RATE)
    try:
        for frame in container.decode(audio=0):
            frame.pts = None  # seeking leaves gaps that a resampler would fill
            for out in resampler.resample(frame):
                found.append(np.ascontiguousarray(out.to_ndarray()).tobytes())
                size += len(found[-1])
            if size >= most:
                break
    except (av.FFmpegError, ValueError):
        pass  # what came before the break is heard
    return b"".join(found)[:most]
