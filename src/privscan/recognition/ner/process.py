"""The scan's side of the process that reads texts: chunks within a time, and its death is no harm."""

from __future__ import annotations

import atexit
import json
import os
import subprocess
import sys
import time
from collections.abc import Sequence
from functools import cache
from queue import Empty, Queue
from threading import Thread

from privscan.recognition.ner.models import Model, installed

CHUNK = 32
START_SECONDS = 60.0
"""For importing spaCy and loading models on a busy machine."""

TRIES = 3
"""Deaths after which no text is given to the process any more."""

WORKER = "privscan.recognition.ner.worker"

Read = list[list[str] | None]
"""Kinds of entity by text; None where it was not read."""


class Process:
    """A process with the models of these languages, started when the first text comes."""

    def __init__(self, models: Sequence[Model]) -> None:
        self._folders = {model.language: str(model.folder) for model in models}
        self._process: subprocess.Popen[bytes] | None = None
        self._answers: Queue[bytes] = Queue()
        self._deaths = 0

    def read(self, texts: Sequence[str], seconds: float) -> Read:
        """What is in each text; after so many seconds, or if the process dies, the rest is unread."""
        found: Read = [None] * len(texts)
        if not self._ready():
            return found
        end = time.monotonic() + seconds
        for start in range(0, len(texts), CHUNK):
            answer = self._asked(texts[start : start + CHUNK], end - time.monotonic())
            if answer is None:
                self._deaths += 1
                self._stop()
                break
            found[start : start + len(answer)] = answer
        return found

    def _ready(self) -> bool:
        if self._process is None and self._deaths < TRIES:
            self._start()
            if self._answer(START_SECONDS) is None:
                self._deaths = TRIES
                self._stop()
        return self._process is not None

    def _start(self) -> None:
        self._answers = Queue()
        command = [sys.executable, "-m", WORKER, json.dumps(self._folders)]
        self._process = subprocess.Popen(  # noqa: S603  our own module, by our own interpreter
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,  # a library's message may quote a text
            env={**os.environ, "OMP_NUM_THREADS": "1"},
        )
        atexit.register(self._stop)
        Thread(target=_listen, args=(self._process, self._answers), daemon=True).start()

    def _asked(self, texts: Sequence[str], seconds: float) -> Read | None:
        if self._process is None or self._process.stdin is None or seconds <= 0:
            return None
        try:
            self._process.stdin.write(json.dumps(list(texts)).encode() + b"\n")
            self._process.stdin.flush()
        except OSError:
            return None
        answer = self._answer(seconds)
        return json.loads(answer) if answer else None

    def _answer(self, seconds: float) -> bytes | None:
        """The next line; nothing after the time, or if the process has ended."""
        try:
            return self._answers.get(timeout=seconds) or None
        except Empty:
            return None

    def _stop(self) -> None:
        if self._process is not None:
            atexit.unregister(self._stop)
            self._process.kill()
            self._process.wait()
            self._process = None


def _listen(process: subprocess.Popen[bytes], answers: Queue[bytes]) -> None:
    if process.stdout is not None:
        for line in process.stdout:
            answers.put(line)
    answers.put(b"")


@cache
def reader() -> Process:
    """The process with every language's model: one for each process that scans."""
    return Process(installed())
