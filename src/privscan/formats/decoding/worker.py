"""The process that decodes: one request after the other, recordings and films in, facts out.

It runs FFmpeg, so it opens no socket, has bounded memory, prints nothing, and is told the format:
of formats that name other files or addresses (playlists) it opens none.
"""

from __future__ import annotations

import io
import json
import os
import socket
import sys
from collections.abc import Iterator
from typing import Any, BinaryIO

from privscan.formats.decoding._film import Looks, watched
from privscan.formats.decoding._pieces import pieces, schedule
from privscan.formats.decoding._speech import RATE, speech_seconds

MEMORY = 3 << 30
"""Bytes of address space after which this process, and not the scan, is short of memory."""

OPTIONS = {"protocol_whitelist": "file", "analyzeduration": "5000000", "probesize": "5000000"}

Message = tuple[dict[str, Any], bytes]
"""A line of facts, and the bytes that follow it."""


def heard(content: bytes, form: str) -> dict[str, Any]:
    """Seconds of a recording, those heard, of speech, of any sound; empty if it does not decode.

    `short` says that fewer pieces came than were asked for: the recording breaks off.
    """
    import av

    container: Any
    try:
        with av.open(io.BytesIO(content), format=form, options=OPTIONS) as container:
            [stream, *_] = container.streams.audio
            seconds = (container.duration or 0) / 1_000_000
            channels, rate = stream.codec_context.channels, stream.codec_context.sample_rate
            parts = [
                (len(samples) / 2 / RATE, *speech_seconds(samples))
                for _, samples in pieces(container, seconds)
            ]
    except (av.FFmpegError, ValueError):
        return {}
    if not parts:
        return {}
    total, speech, sounding = (sum(measure) for measure in zip(*parts, strict=True))
    return {
        "seconds": max(seconds, total),
        "heard": total,
        "speech": speech,
        "sounding": sounding,
        "channels": channels,
        "rate": rate,
        "pieces": len(parts),
        "short": len(parts) < len(schedule(seconds)),
    }


def _answers(request: dict[str, Any], content: bytes) -> Iterator[Message]:
    if request["do"] == "hear":
        yield heard(content, request["form"]), b""
    else:
        film = request["path"] or content
        yield from watched(film, request["form"], OPTIONS, Looks(*request["looks"]))
    yield {"end": True}, b""


def _alone() -> BinaryIO:
    """No sockets, no more memory than given, and no output but ours: that is returned."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    socket.socket = _Refused  # type: ignore[misc, assignment]
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    return answers


class _Refused:
    def __init__(self, *_: Any, **__: Any) -> None:
        raise OSError("the process that decodes opens no socket")


def main() -> None:
    """Answer requests until there are no more."""
    answers = _alone()
    for line in sys.stdin.buffer:
        request = json.loads(line)
        content = sys.stdin.buffer.read(request.get("size", 0))
        for facts, more in _answers(request, content):
            answers.write(json.dumps(facts | {"size": len(more)}).encode() + b"\n" + more)
            answers.flush()


if __name__ == "__main__":
    main()
