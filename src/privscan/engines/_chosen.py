"""The engine that `NAME` or `NAME:ADDRESS` chooses, set to the parts of a plan."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import replace
from importlib.util import find_spec
from typing import Any

from privscan.errors import UsageError
from privscan.evidence.dataset import Evidence
from privscan.registry import plugin
from privscan.scan.plan import Plan
from privscan.scan.tasks import Task, tasks

LOCAL = "local"


def observed(
    plan: Plan, engine: str = LOCAL, workers: int | None = None, *, single: bool = False
) -> Generator[tuple[Task, Evidence], None, None]:
    """Each task of the plan with its evidence, as they come; if `single`, a task is one part."""
    name, _, address = engine.partition(":")
    found = checked(engine)
    if name != LOCAL and any("object" in part.options for part in plan.parts):
        hint = "write them to files, or leave the engine local"
        raise UsageError("data in memory stay in their process", where=engine, hint=hint)
    light, some = replace(plan, parts=()), tasks(plan.parts, single=single)
    yield from found.observed(light, some, workers, address)


def checked(engine: str) -> Any:
    """The engine's module; a `UsageError` if there is none, or its packages are not installed."""
    found = plugin("engines", engine.partition(":")[0])
    needed: Any = found.fact("NEEDS", ())
    if any(find_spec(name) is None for name in needed):
        hint = f"pip install 'privscan[{found.fact('EXTRA')}]'"
        raise UsageError(
            "this engine needs packages that are not installed", where=engine, hint=hint
        )
    return found.load()
