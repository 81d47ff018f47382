"""Pictures and pieces of sound out of a film, one after the other in bounded memory."""

from __future__ import annotations

import io
import wave
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

import numpy as np

from privscan.formats.decoding._pieces import RATE, pieces

STEPS = (2, 5, 10, 30, 60, 120, 300, 600)
"""Seconds from one picture to the next that is looked at: the first with which MOST are enough."""


class Looks(NamedTuple):
    """Pictures looked at in a film, and their longest side in pixels, as they leave the process.

    Of a film too long for any of STEPS, `most` are farther apart.
    """

    most: int
    side: int


IN_FILES = Looks(40, 1_280)
"""Films in files, which give one picture after the other."""


PIXELS = 40_000_000
"""A film that declares larger pictures is not decoded."""

AHEAD = 250
"""Pictures decoded behind a key picture to reach the wanted time."""

TAIL = 1.0
"""Seconds by which the last picture of a whole film may come before its end."""

Message = tuple[dict[str, Any], bytes]


def step(seconds: float, most: int) -> int:
    """Seconds between pictures in a film of this length."""
    return next((one for one in STEPS if seconds <= one * most), STEPS[-1])


def watched(
    film: str | bytes, form: str, options: dict[str, str], looks: Looks
) -> Iterator[Message]:
    """What a film says of itself, its pictures, its sound; the last says if it breaks off.

    `film` is its path, or its content.
    """
    import av

    container: Any
    try:
        with _opened(film) as file, av.open(file, format=form, options=options) as container:
            seconds = (container.duration or 0) / 1_000_000
            every = step(seconds, looks.most)
            yield {"seconds": seconds, "step": every, "tags": _tags(container)}, b""
            broken = yield from _pictures(container, seconds, every, looks)
        with _opened(film) as file, av.open(file, format=form, options=options) as container:
            yield from _sound(container, seconds)
    except (av.FFmpegError, ValueError, MemoryError):
        broken = "it does not decode"
    yield {"broken": broken}, b""


def _opened(film: str | bytes) -> BinaryIO:
    return io.BytesIO(film) if isinstance(film, bytes) else Path(film).open("rb")


def _tags(container: Any) -> list[tuple[str, str]]:
    every = [container.metadata, *(stream.metadata for stream in container.streams)]
    return sorted({(str(k).lower(), str(v)) for tags in every for k, v in tags.items() if v})


def _pictures(
    container: Any, seconds: float, every: int, looks: Looks
) -> Generator[Message, None, str]:
    """Pictures in steps; returns what is wrong, if anything is."""
    streams = [s for s in container.streams.video if s.codec_context is not None]
    if not streams:
        return ""
    stream = streams[0]
    if not 0 < stream.codec_context.width * stream.codec_context.height <= PIXELS:
        return "its pictures are too large"
    stream.codec_context.thread_count = 1
    last = -1.0
    for wanted in _times(seconds, every, looks.most):
        frame = _at(container, stream, wanted, last, every)
        if frame is None:
            return "it breaks off"
        last = wanted if frame.time is None else float(frame.time)
        yield {"frame": wanted if frame.time is None else last}, _picture(frame, looks.side)
    return ""


def _times(seconds: float, every: int, most: int) -> list[float]:
    """Not at 0, where films are black."""
    count = max(1, min(most, int(seconds // every)))
    first = min(every, seconds) / 2
    return [first + i * every for i in range(count)]


def _at(container: Any, stream: Any, wanted: float, last: float, every: int) -> Any:
    """The key picture before the wanted time, or, if that was taken, one that comes later."""
    import av

    try:
        container.seek(int(wanted * 1_000_000))
        found, at = None, wanted
        for number, frame in enumerate(container.decode(stream)):
            found = frame
            at = wanted if frame.time is None else float(frame.time)
            if (at >= wanted - every / 2 and at > last) or number >= AHEAD:
                return found
    except (av.FFmpegError, ValueError):
        return None
    return None if at < wanted - every / 2 - TAIL else found  # the film has come to its end


def _picture(frame: Any, side: int) -> bytes:
    """As BMP, upright and no larger than `side`."""
    from PIL import Image

    share = min(1.0, side / max(frame.width, frame.height))
    size = max(2, round(frame.width * share)), max(2, round(frame.height * share))
    pixels = frame.reformat(*size, format="rgb24").to_ndarray()
    turned = np.rot90(pixels, round((frame.rotation or 0) / 90))
    out = io.BytesIO()
    Image.fromarray(np.ascontiguousarray(turned)).save(out, "BMP")
    return out.getvalue()


def _sound(container: Any, seconds: float) -> Generator[Message, None, None]:
    """Pieces of the first sound track as WAV."""
    if not container.streams.audio:
        return
    for start, samples in pieces(container, seconds):
        out = io.BytesIO()
        with wave.open(out, "wb") as file:
            file.setnchannels(1)
            file.setsampwidth(2)
            file.setframerate(RATE)
            file.writeframes(samples)
        yield {"sound": start, "until": start + len(samples) / 2 / RATE}, out.getvalue()
