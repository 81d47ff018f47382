"""Local workers: this process, or spawned ones whose death costs only the part they had."""

from __future__ import annotations

import os
import signal
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, replace
from multiprocessing import get_context, resource_tracker
from multiprocessing.connection import Connection, wait

from privscan.errors import PrivscanError
from privscan.evidence.codec import decode
from privscan.evidence.dataset import Evidence
from privscan.evidence.total import total
from privscan.model.data import Part
from privscan.rulebook._presidio import defer_unused
from privscan.scan.fold import observe_part
from privscan.scan.plan import Plan
from privscan.scan.tasks import TRIES, lost, worked
from privscan.sources._files import printable

SPAWN_BYTES = 256 * 2**20
"""Below this much data a second process costs more in start-up than it saves."""

THREADS = ("POLARS_MAX_THREADS", "OPENCV_FOR_THREADS_NUM")
"""There are as many workers as cores: each has one thread."""

STARTED = b""
"""What a worker says before it reads anything."""

GUARD = "scan under `if __name__ == '__main__':`, or with one worker"
"""Spawned processes import the caller's script again."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a scan is."""

    done: int
    parts: int
    bytes: int
    uri: str
    rows: int = 0
    total: int = 0
    """Bytes of all parts; those of tables in memory and of servers are not known."""


def run(
    plan: Plan, *, workers: int | None = None, progress: Callable[[Progress], None] | None = None
) -> Evidence:
    """Evidence of every part; the answer does not depend on workers or on their order."""
    # Closed at once when interrupted: the workers must not go on until the garbage is collected.
    with closing(observed(plan, workers)) as results:
        return total(told(results, plan, progress), Evidence(plan.header))


def observed(
    plan: Plan, workers: int | None = None
) -> Generator[tuple[tuple[Part, ...], Evidence], None, None]:
    """Each part with its evidence, as they come; None workers are as many as the data are worth."""
    parts = plan.parts
    if workers is None:
        large = sum(part.bytes for part in parts) >= SPAWN_BYTES
        workers = min(os.cpu_count() or 1, len(parts)) if large else 1
    portable = all("object" not in part.options for part in parts)
    if workers > 1 and portable:
        yield from _pool(plan, workers)
    else:
        yield from (((part,), observe_part(part, plan)) for part in parts)


def told(
    results: Iterable[tuple[tuple[Part, ...], Evidence]],
    plan: Plan,
    progress: Callable[[Progress], None] | None,
) -> Iterator[Evidence]:
    """The evidence alone, while `progress` is told of each part."""
    done, read, rows, total = 0, 0, 0, sum(part.bytes for part in plan.parts)
    for parts, evidence in results:
        yield evidence
        done, read = done + len(parts), read + sum(part.bytes for part in parts)
        if progress:
            rows += sum(one.rows for one in evidence.datasets.values())
            last = printable(parts[-1].uri)
            progress(Progress(done, len(plan.parts), read, last, rows, total))


class _Worker:
    """A process that reads one part at a time, so that its death tells which part killed it."""

    def __init__(self, plan: Plan) -> None:
        context = get_context("spawn")
        # Two one-way pipes: one for both ways would be a socket, and a scan opens none.
        parts, self._parts = context.Pipe(duplex=False)
        self.answers, answers = context.Pipe(duplex=False)
        self._process = context.Process(target=_serve, args=(parts, answers, plan), daemon=True)
        with _spawning():
            self._process.start()
        for theirs in (parts, answers):
            theirs.close()  # open in the worker alone, so that its death closes the pipe
        self.part, self.tries = Part("", "", ""), 0

    def give(self, part: Part, tries: int) -> None:
        """Begin a part that was tried so often before."""
        self.part, self.tries = part, tries + 1
        with suppress(OSError):  # a dead worker: its answers end, too
            self._parts.send(part)

    def answer(self) -> bytes | PrivscanError | None:
        """A part's evidence on the wire, or an error; STARTED first, None if it died."""
        try:
            answer: bytes | PrivscanError = self.answers.recv()
        except (EOFError, OSError):
            return None
        return answer

    def end(self) -> None:
        """Stop it, whatever it is doing."""
        self._process.kill()
        self._process.join()
        self._parts.close()
        self.answers.close()


@contextmanager
def _spawning() -> Iterator[None]:
    """What a worker inherits: libraries with one thread, and deafness to Ctrl-C, which is ours."""
    ours = [name for name in THREADS if name not in os.environ]
    os.environ |= dict.fromkeys(ours, "1")
    mask = getattr(signal, "pthread_sigmask", None)  # absent on Windows
    before = ()
    if mask:
        resource_tracker.ensure_running()  # else the first spawn starts it, and that unblocks
        before = mask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        for name in ours:
            del os.environ[name]
        if mask:
            mask(signal.SIG_SETMASK, before)


def _serve(parts: Connection, answers: Connection, plan: Plan) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    defer_unused()
    with suppress(EOFError, OSError):  # the scan has ended
        answers.send(STARTED)
        while True:
            answers.send(_work(parts.recv(), plan))


def _work(part: Part, plan: Plan) -> bytes | PrivscanError:
    try:
        return worked((part,), plan)
    except PrivscanError as error:
        return error


def _pool(plan: Plan, workers: int) -> Generator[tuple[tuple[Part, ...], Evidence], None, None]:
    light = replace(plan, parts=())
    waiting = deque((part, 0) for part in plan.parts)
    busy: dict[Connection, _Worker] = {}
    started = False
    try:
        while waiting or busy:
            while waiting and len(busy) < workers:
                worker = _Worker(light)
                busy[worker.answers] = worker
                worker.give(*waiting.popleft())
            ready = wait(busy)
            for worker in [worker for pipe, worker in busy.items() if pipe in ready]:
                answer, part = worker.answer(), worker.part
                if answer == STARTED:
                    started = True
                    continue
                if answer is not None and waiting:
                    worker.give(*waiting.popleft())
                else:
                    busy.pop(worker.answers).end()
                if answer is not None:
                    yield (part,), _evidence(answer)
                elif not started:
                    raise PrivscanError("no worker starts", hint=GUARD)
                elif worker.tries < TRIES:
                    waiting.append((part, worker.tries))
                else:
                    yield (part,), lost(part, plan)
    finally:
        for worker in busy.values():
            worker.end()


def _evidence(answer: bytes | PrivscanError) -> Evidence:
    if isinstance(answer, PrivscanError):
        raise answer
    return decode(answer)
