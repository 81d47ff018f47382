"""Which pieces of a recording are decoded, as 16 kHz mono: the beginning, then samples to its end."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

RATE = 16_000

WHOLE = 60.0
"""Seconds up to which a recording is heard whole."""

FIRST, WINDOW = 30.0, 3.0
"""Seconds heard of a longer one: its beginning, and windows spread evenly over the rest."""

WINDOWS = 10

DROWNED = 0.12
"""Least power of the mean as a share of the loudest channel's: channels of opposite phase cancel
each other, and one voice among eight microphones is lost."""


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

    most, found, size = int(seconds * RATE), [], 0
    resampler = av.AudioResampler("s16", rate=RATE)
    try:
        for frame in container.decode(audio=0):
            frame.pts = None  # seeking leaves gaps that a resampler would fill
            for out in resampler.resample(frame):
                found.append(out.to_ndarray().reshape(-1, out.layout.nb_channels))
                size += len(found[-1])
            if size >= most:
                break
    except (av.FFmpegError, ValueError):
        pass  # what came before the break is heard
    return mono(np.asarray(np.concatenate(found)[:most], np.int16)).tobytes() if found else b""


def mono(samples: NDArray[np.int16]) -> NDArray[np.int16]:
    """One channel of samples x channels: their mean, or the loudest where the others drown it."""
    if samples.shape[1] == 1:
        return np.ascontiguousarray(samples[:, 0])
    plain = samples.astype(np.float32)
    mean = plain.mean(axis=1)
    power = np.square(plain).mean(axis=0)
    if np.square(mean).mean() < DROWNED * power.max():
        return np.ascontiguousarray(samples[:, int(power.argmax())])
    return np.asarray(np.round(mean), np.int16)
