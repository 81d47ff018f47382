"""Units of work that an engine ships: some parts each, answered by their evidence on the wire."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from privscan.errors import PrivscanError
from privscan.evidence.codec import encode
from privscan.evidence.dataset import Evidence
from privscan.evidence.total import total
from privscan.model.data import Part, Unread
from privscan.scan.fold import observe_part
from privscan.scan.plan import UNREAD, Plan
from privscan.sources._files import printable

TRIES = 3
"""A part whose worker died is tried this often, then it is `Unread`."""

MOST = 2_048
"""Tasks that a scheduler is given: it takes a millisecond for each, and sums a task by itself."""

Task = tuple[Part, ...]


def tasks(parts: Sequence[Part], *, single: bool = False) -> list[Task]:
    """The parts as tasks of neighbours: one part each if `single`, else no more than MOST tasks."""
    size = 1 if single else -(-len(parts) // MOST) or 1
    return [tuple(parts[i : i + size]) for i in range(0, len(parts), size)]


def worked(task: Task, plan: Plan) -> bytes:
    """The evidence of a task on the wire; raises nothing but errors that quote no cell."""
    return encode(total((_observed(part, plan) for part in task), Evidence(plan.header)))


def _observed(part: Part, plan: Plan) -> Evidence:
    try:
        return observe_part(part, plan)
    except PrivscanError:
        raise
    except Exception as error:  # noqa: BLE001  its text may quote a cell, and it may not pickle
        what = f"a worker failed with {type(error).__name__}"
        hint = "one worker shows the place"
        raise PrivscanError(what, where=printable(part.uri), hint=hint) from None


def lost(part: Part, plan: Plan) -> Evidence:
    """Evidence that a part is unread, since whoever read it died."""
    reason = f"the worker that read it died {TRIES} times"
    unread = Unread(part.uri, part.span, reason, part.bytes)
    return observe_part(
        replace(part, source=UNREAD, options={**part.options, "unread": unread}), plan
    )
