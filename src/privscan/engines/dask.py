"""A Dask cluster: the one at `dask:ADDRESS`, else processes of this machine."""

from __future__ import annotations

import logging
from collections.abc import Generator, Sequence
from contextlib import ExitStack
from typing import Any

from privscan.evidence.codec import decode
from privscan.evidence.dataset import Evidence
from privscan.model.data import Part
from privscan.scan.local import THREADS
from privscan.scan.plan import Plan
from privscan.scan.tasks import TRIES, Task, lost, worked

PLUGIN = True
NEEDS, EXTRA = ("distributed",), "dask"


def observed(
    plan: Plan, tasks: Sequence[Task], workers: int | None, address: str
) -> Generator[tuple[Task, Evidence], None, None]:
    """Each task with its evidence; one that ends its workers is tried again part by part."""
    from distributed import Client, KilledWorker, as_completed

    # Not pure: where a file changed meanwhile, the same task has another answer.
    once = {"plan": plan, "retries": TRIES, "pure": False}
    suspects: list[Part] = []
    with ExitStack() as stack:
        client = stack.enter_context(Client(address or stack.enter_context(_cluster(workers))))
        running = dict(zip(client.map(worked, tasks, **once), tasks, strict=True))
        for future in as_completed(list(running)):
            task = running.pop(future)
            try:
                yield task, decode(future.result())
            except KilledWorker:
                suspects += task
        # One at a time: Dask blames a death on all that the worker had been given.
        for part in suspects:
            try:
                yield (part,), decode(client.submit(worked, (part,), **once).result())
            except KilledWorker:
                yield (part,), lost(part, plan)


def _cluster(workers: int | None) -> Any:
    import dask
    from distributed import LocalCluster

    # No dashboard, no port but on this machine; as much memory as the engine local may take.
    one = {"threads_per_worker": 1, "env": dict.fromkeys(THREADS, "1"), "memory_limit": 0}
    quiet = {"dashboard_address": None, "silence_logs": logging.CRITICAL}
    ours = {"scheduler.allowed-failures": TRIES - 1, "worker.profile.enabled": False}
    with dask.config.set({f"distributed.{name}": value for name, value in ours.items()}):
        return LocalCluster(n_workers=workers, **one, **quiet)
