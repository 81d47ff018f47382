"""The four steps any cluster can run on its own, plan, observe, merge and judge, and their sum, scan."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict, Unpack

from privscan.errors import UsageError
from privscan.model.report import Report

if TYPE_CHECKING:
    from privscan.assess.context import Context
    from privscan.evidence.dataset import Evidence
    from privscan.model.data import Part
    from privscan.scan.local import Progress
    from privscan.scan.plan import Plan


class ScanOptions(TypedDict, total=False):
    """What `scan` and `gate` take besides sources.

    `context` is a dataset.yaml (path or value), else one beside the data is used; `detectors`
    are plugin names; `key` keys the value hashes; `progress` is called after each part.
    """

    context: str | Path | Context | None
    workers: int | None
    detectors: Sequence[str] | None
    key: bytes | None
    progress: Callable[[Progress], None] | None


def scan(*sources: object, **options: Unpack[ScanOptions]) -> Report:
    """Scan files, folders, globs or Arrow-like objects and judge what is in them."""
    from privscan.scan.local import run
    from privscan.scan.plan import plan as make

    made = make(sources, detectors=options.get("detectors"), key=options.get("key"))
    evidence = run(made, workers=options.get("workers"), progress=options.get("progress"))
    return judge(evidence, context=options.get("context"), not_run=made.not_run)


def plan(
    *sources: object, detectors: Sequence[str] | None = None, key: bytes | None = None
) -> Plan:
    """Find the parts of sources; each part carries what `observe` needs, on any machine."""
    from privscan.scan.plan import plan as make

    made = make(sources, detectors=detectors, key=key)
    light = replace(made, parts=())
    bound = tuple(replace(p, options={**p.options, "plan": light}) for p in made.parts)
    return replace(made, parts=bound)


def observe(part: Part) -> Evidence:
    """The evidence of one part of `plan(...).parts`; pure, so any worker may retry it."""
    from privscan.scan.fold import observe_part

    if "plan" not in part.options:
        raise UsageError("this part belongs to no plan", hint="take parts from privscan.plan(...)")
    return observe_part(part, part.options["plan"])


def merge(evidences: Iterable[Evidence]) -> Evidence:
    """Add evidence up, in any order and grouping; none at all is a `UsageError`."""
    from privscan.evidence.total import total

    every = iter(evidences)
    first = next(every, None)
    if first is None:
        raise UsageError("there is no evidence to merge", hint="observe at least one part")
    return total(every, first)


def judge(
    evidence: Evidence,
    *,
    context: str | Path | Context | None = None,
    not_run: Mapping[str, str] | None = None,
) -> Report:
    """Profile, score and findings of evidence: no data in reach, the same answer every time.

    Give `not_run=plan.not_run`: evidence does not know which detectors were left out.
    """
    from privscan.assess.judging import judged

    return judged(evidence, context, not_run or {})
