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
    from privscan.sources._memory import Memory


LOCAL = "local"


class ScanOptions(TypedDict, total=False):
    """What `scan` and `gate` take besides sources.

    `context` is a dataset.yaml (path or value), else one beside the data is used; `detectors`
    are plugin names; `key` keys the value hashes; `progress` is called after each part. `engine`
    is local, dask or spark, or NAME:ADDRESS of a cluster that is there. `store` is a folder in
    which evidence and reports are kept: only parts that changed since then are read. `planned` is
    called with the plan before anything of it is read.
    """

    context: str | Path | Context | None
    workers: int | None
    detectors: Sequence[str] | None
    key: bytes | None
    progress: Callable[[Progress], None] | None
    engine: str | None
    store: str | Path | None
    planned: Callable[[Plan], None] | None


def scan(*sources: object, **options: Unpack[ScanOptions]) -> Report:
    """Scan files, folders, globs or Arrow-like objects and judge what is in them."""
    if options.get("store"):
        return _scan_changes(sources, options)
    made = _planned(sources, options.get("engine"), options.get("detectors"), options.get("key"))
    _announced(made, options)
    return judge(_evidence(made, options), context=options.get("context"), not_run=made.not_run)


def _planned(
    sources: Sequence[object],
    engine: str | None,
    detectors: Sequence[str] | None,
    key: bytes | None,
    memory: Memory | None = None,
) -> Plan:
    """The plan, once it is sure that the engine is there."""
    from privscan.engines._chosen import checked
    from privscan.scan.plan import plan as make

    checked(engine or LOCAL)
    return make(sources, detectors=detectors, key=key, memory=memory)


def _announced(plan: Plan, options: ScanOptions) -> None:
    told = options.get("planned")
    if told:
        told(plan)


def _evidence(plan: Plan, options: ScanOptions) -> Evidence:
    """Of every part, by the engine asked for; it is closed at once when interrupted."""
    from privscan.engines._chosen import observed
    from privscan.evidence.dataset import Evidence
    from privscan.evidence.total import total
    from privscan.scan.local import told

    running = observed(plan, options.get("engine") or LOCAL, options.get("workers"))
    with closing(running) as results:
        return total(told(results, plan, options.get("progress")), Evidence(plan.header))


def _scan_changes(sources: Sequence[object], options: ScanOptions) -> Report:
    """As scan, but parts whose evidence is in the store are not read, and the others are kept."""
    from privscan.engines._chosen import observed
    from privscan.evidence.dataset import Evidence
    from privscan.evidence.total import total
    from privscan.render.json import render
    from privscan.scan.local import told
    from privscan.store.fingerprints import Fingerprints
    from privscan.store.looks import Looks
    from privscan.store.remote import opened
    from privscan.store.run import Run, scope

    engine, workers = options.get("engine") or LOCAL, options.get("workers")
    with opened(options["store"] or "") as store:
        key = options.get("key") or store.key
        named, fingerprints = scope(sources), Fingerprints()
        looks = Looks(store.index, named, fingerprints)
        made = _planned(sources, engine, options.get("detectors"), key, looks)
        looks.end()
        _announced(made, options)
        run = Run(store, made, named, fingerprints)
        known = total(run.known(), Evidence(made.header))
        rest = run.to_read()
        with closing(observed(rest, engine, workers, single=True)) as results:
            kept = told(run.kept(results), rest, options.get("progress"))
            evidence = total(kept, known)
        report = judge(evidence, context=options.get("context"), not_run=made.not_run)
        run.end(render(report))
    return report


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
    made = _planned(sources, options.get("engine"), options.get("detectors"), options.get("key"))
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
