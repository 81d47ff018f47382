"""The four steps any cluster can run on its own, plan, observe, merge and judge, and their sum, scan."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import closing
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


LOCAL = "local"


class ScanOptions(TypedDict, total=False):
    """What `scan` and `gate` take besides sources.

    `context` is a dataset.yaml (path or value), else one beside the data is used; `detectors`
    are plugin names; `key` keys the value hashes; `progress` is called after each part. `engine`
    is local, dask or spark, or NAME:ADDRESS of a cluster that is there.
    """

    context: str | Path | Context | None
    workers: int | None
    detectors: Sequence[str] | None
    key: bytes | None
    progress: Callable[[Progress], None] | None
    engine: str | None


def scan(*sources: object, **options: Unpack[ScanOptions]) -> Report:
    """Scan files, folders, globs or Arrow-like objects and judge what is in them."""
    made = _planned(sources, options)
    return judge(_evidence(made, options), context=options.get("context"), not_run=made.not_run)


def _planned(sources: Sequence[object], options: ScanOptions) -> Plan:
    from privscan.engines._chosen import checked
    from privscan.scan.plan import plan as make

    checked(options.get("engine") or LOCAL)
    return make(sources, detectors=options.get("detectors"), key=options.get("key"))


def _evidence(plan: Plan, options: ScanOptions) -> Evidence:
    """Of every part, by the engine asked for; it is closed at once when interrupted."""
    from privscan.engines._chosen import observed
    from privscan.evidence.dataset import Evidence
    from privscan.evidence.total import total
    from privscan.scan.local import told

    running = observed(plan, options.get("engine") or LOCAL, options.get("workers"))
    with closing(running) as results:
        return total(told(results, plan, options.get("progress")), Evidence(plan.header))


def shard(*sources: object, number: str, file: str | Path, **options: Unpack[ScanOptions]) -> None:
    """Observe the parts of one of n shards, `2/8`, and write their evidence to a file.

    All shards take the same sources and the same `key`; `judge_shards` reports on their files.
    """
    from privscan.scan.private import write_private
    from privscan.scan.shards import Shard, packed

    one = Shard.parsed(number)
    if not options.get("key"):
        hint = "head -c 32 /dev/urandom > KEY, and give every shard that key"
        raise UsageError("evidence that leaves its process needs a secret key", hint=hint)
    made = _planned(sources, options)
    evidence = _evidence(one.of_plan(made), options)
    write_private(Path(file), packed(one, made, evidence))


def judge_shards(
    files: Iterable[str | Path], *, context: str | Path | Context | None = None
) -> Report:
    """The report of a scan in shards: of a shard whose file is missing, all parts are unread."""
    from privscan.scan.shards import together

    evidence, not_run = together(map(Path, files))
    return judge(evidence, context=context, not_run=not_run)


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
