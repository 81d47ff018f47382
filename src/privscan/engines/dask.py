"""A Dask cluster: the one at `dask:ADDRESS`, else processes of this machine."""

from __future__ import annotations

import logging
from collections.abc import Generator, Sequence
from contextlib import ExitStack
from typing import Any

from privscan.evidence.codec import decode
from privscan.evidence.dataset import Evidence
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

    running: dict[Any, Task] = {}
    with ExitStack() as stack:
        client = stack.enter_context(Client(address or stack.enter_context(_cluster(workers))))
        done = as_completed()

        def submit(some: Sequence[Task]) -> None:
            # Not pure: where a file changed meanwhile, the same task has another answer.
            futures = client.map(worked, some, plan=plan, retries=TRIES, pure=False)
            running.update(zip(futures, some, strict=True))
            done.update(futures)

        submit(tasks)
        for future in done:
            task = running.pop(future)
            try:
                yield task, decode(future.result())
            except KilledWorker:
                if len(task) > 1:
                    submit([(part,) for part in task])
                else:
                    yield task, lost(task[0], plan)


def _cluster(workers: int | None) -> Any:
    from distributed import LocalCluster

    # No dashboard, no port but on this machine; as much memory as the engine local may take.
    one = {"threads_per_worker": 1, "env": dict.fromkeys(THREADS, "1"), "memory_limit": 0}
    quiet = {"dashboard_address": None, "silence_logs": logging.CRITICAL}
    return LocalCluster(n_workers=workers, **one, **quiet)
