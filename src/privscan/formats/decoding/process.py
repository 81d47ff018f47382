"""The scan's side of the process that decodes: within a time, and its death costs one file."""

from __future__ import annotations

import atexit
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from functools import cache
from queue import Empty, Queue
from threading import Thread
from typing import IO, Any

from privscan.formats.decoding._film import IN_FILES, Looks

SECONDS = 60.0
"""For one recording; a film has twice that."""

WORKER = "privscan.formats.decoding.worker"

Message = tuple[dict[str, Any], bytes]


class DecodingError(Exception):
    """The process died, or was late, on a file."""


class Process:
    """A process that decodes, started with the first file and again after a death."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._answers: Queue[Message | None] = Queue()

    def hear(self, content: bytes, form: str) -> dict[str, Any]:
        """What is heard in a recording of a format that FFmpeg calls `form`; see worker.heard."""
        request = {"do": "hear", "form": form, "size": len(content)}
        [(facts, _)] = self._messages(request, content, SECONDS)
        return facts

    def watch(self, film: str | bytes, form: str, looks: Looks = IN_FILES) -> Iterator[Message]:
        """What the film at a path, or with that content, gives one after the other; see _film."""
        path, content = (film, b"") if isinstance(film, str) else ("", film)
        request = {"do": "watch", "form": form, "path": path, "looks": looks, "size": len(content)}
        yield from self._messages(request, content, 2 * SECONDS)

    def _messages(
        self, request: dict[str, Any], content: bytes, seconds: float
    ) -> Iterator[Message]:
        done, left = False, seconds
        try:
            self._send(request, content)
            while not done:
                asked = time.monotonic()
                message = self._answers.get(timeout=max(0.0, left))
                left -= time.monotonic() - asked  # what others do with an answer costs it no time
                if message is None:
                    raise DecodingError("its decoder died")
                done = "end" in message[0]
                if not done:
                    yield message
        except Empty:
            raise DecodingError(f"it takes more than {seconds:.0f} s to decode") from None
        except OSError:
            raise DecodingError("its decoder died") from None
        finally:
            if not done:  # the rest would be taken for the answer to the next request
                self._stop()

    def _send(self, request: dict[str, Any], content: bytes) -> None:
        if self._process is None:
            self._start()
        if self._process is not None and self._process.stdin is not None:
            self._process.stdin.write(json.dumps(request).encode() + b"\n" + content)
            self._process.stdin.flush()

    def _start(self) -> None:
        # Few messages wait at a time, so that a film's pictures do not pile up.
        self._answers = Queue(maxsize=2)
        self._process = subprocess.Popen(  # noqa: S603  our own module, by our own interpreter
            [sys.executable, "-m", WORKER],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,  # a library's message may quote a tag
            env={**os.environ, "OMP_NUM_THREADS": "1"},
        )
        atexit.register(self._stop)
        Thread(target=_listen, args=(self._process, self._answers), daemon=True).start()

    def _stop(self) -> None:
        if self._process is not None:
            atexit.unregister(self._stop)
            self._process.kill()
            self._process.wait()
            self._process = None
            while not self._answers.empty():  # a listener that waits for room would never end
                self._answers.get()


def _listen(process: subprocess.Popen[bytes], answers: Queue[Message | None]) -> None:
    if process.stdout is not None:
        for message in _read(process.stdout):
            answers.put(message)
    answers.put(None)


def _read(stream: IO[bytes]) -> Iterator[Message]:
    """Messages until the stream ends, even within one."""
    for line in stream:
        facts = json.loads(line)
        content = stream.read(facts["size"])
        if len(content) < facts["size"]:
            return
        yield facts, content


@cache
def decoder(_use: str) -> Process:
    """The process for a use: the sound of a film is heard while the film is still decoded."""
    return Process()
