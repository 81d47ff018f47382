"""Local workers: one process, or a pool of spawned ones that survives a worker's death."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, replace
from multiprocessing import get_context

from privscan.evidence.codec import decode, encode
from privscan.evidence.dataset import Evidence
from privscan.model.data import Part, Unread
from privscan.rulebook._presidio import defer_spacy
from privscan.scan.fold import blank, observe_part
from privscan.scan.plan import Plan

TRIES = 3
"""A part whose worker died is tried this often, then it is `Unread`."""

SPAWN_BYTES = 256 * 2**20
"""Below this much data a second process costs more in start-up than it saves."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a scan is."""

    done: int
    parts: int
    bytes: int
    uri: str


def run(
    plan: Plan, *, workers: int | None = None, progress: Callable[[Progress], None] | None = None
) -> Evidence:
    """Evidence of every part; the answer does not depend on workers or on their order."""
    parts = plan.parts
    if workers is None:
        large = sum(part.bytes for part in parts) >= SPAWN_BYTES
        workers = min(os.cpu_count() or 1, len(parts)) if large else 1
    portable = all("object" not in part.options for part in parts)
    total, done, read = Evidence(plan.header), 0, 0
    results = _pool(plan, workers) if workers > 1 and portable else _here(plan)
    for part, evidence in results:
        total = total + evidence
        done, read = done + 1, read + part.bytes
        if progress:
            progress(Progress(done, len(parts), read, part.uri))
    return total


def _here(plan: Plan) -> Iterator[tuple[Part, Evidence]]:
    for part in plan.parts:
        yield part, observe_part(part, plan)


def _work(part: Part, plan: Plan) -> bytes:
    return encode(observe_part(part, plan))


def _pool(plan: Plan, workers: int) -> Iterator[tuple[Part, Evidence]]:
    light = replace(plan, parts=())
    waiting = list(enumerate(plan.parts))
    tries = dict.fromkeys(range(len(waiting)), 0)
    while waiting:
        failed: list[tuple[int, Part]] = []
        for (index, part), evidence in _round(light, waiting, workers):
            if evidence is not None:
                yield part, evidence
                continue
            tries[index] += 1
            if tries[index] < TRIES:
                failed.append((index, part))
            else:
                yield part, _lost(part, plan)
        workers = 1 if failed else workers
        waiting = failed


def _round(
    plan: Plan, parts: list[tuple[int, Part]], workers: int
) -> Iterator[tuple[tuple[int, Part], Evidence | None]]:
    """One pool's life: a dead worker breaks every pending future, finished ones are kept."""
    os.environ.setdefault("POLARS_MAX_THREADS", "1")
    context = get_context("spawn")
    with ProcessPoolExecutor(
        min(workers, len(parts)), mp_context=context, initializer=defer_spacy
    ) as pool:
        pending: dict[Future[bytes], tuple[int, Part]] = {
            pool.submit(_work, part, plan): (index, part) for index, part in parts
        }
        while pending:
            finished, _ = wait(pending, return_when=FIRST_COMPLETED)
            for future in finished:
                item = pending.pop(future)
                try:
                    yield item, decode(future.result())
                except BrokenProcessPool:
                    yield item, None


def _lost(part: Part, plan: Plan) -> Evidence:
    reason = f"the worker that read it died {TRIES} times"
    unread = Unread(part.uri, part.span, reason, part.bytes, dataset=part.dataset)
    return Evidence(plan.header, {part.dataset: replace(blank(part), unread=(unread,))})
