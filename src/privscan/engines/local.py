"""Processes of this machine; the death of one costs the part that it read, after three tries."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from dataclasses import replace
from itertools import chain

from privscan.errors import UsageError
from privscan.evidence.dataset import Evidence
from privscan.scan.local import observed as in_processes
from privscan.scan.plan import Plan
from privscan.scan.tasks import Task

PLUGIN = True


def observed(
    plan: Plan,
    tasks: Sequence[Task],
    workers: int | None,
    address: str,
) -> Generator[tuple[Task, Evidence], None, None]:
    """Each part with its evidence; there is no address but this machine."""
    if address:
        raise UsageError("the engine local has no address", where=address, hint="--engine local")
    yield from in_processes(replace(plan, parts=tuple(chain.from_iterable(tasks))), workers)
