"""The public functions: scan and gate, and the four steps any cluster can run on its own."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import reduce
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict, Unpack

from privscan import __version__
from privscan.errors import UsageError
from privscan.model.finding import Verdict
from privscan.model.kinds import Level, Severity
from privscan.model.report import Report, Tool

if TYPE_CHECKING:
    from privscan.assess.context import Context
    from privscan.evidence.dataset import DatasetEvidence, Evidence
    from privscan.model.data import Part
    from privscan.model.profile import DatasetProfile
    from privscan.rulebook.schema import Policy
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


def gate(
    *sources: object,
    policy: str | Path | Policy = "ingest",
    fail_on: Severity | str | None = None,
    max_score: float | None = None,
    **options: Unpack[ScanOptions],
) -> Verdict:
    """Scan sources and judge them by a policy; fails closed. `.enforce()` raises.

    `fail_on` and `max_score` tighten the policy for this call.
    """
    report = scan(*sources, **options)
    return decide(report, policy=policy, fail_on=fail_on, max_score=max_score)


def decide(
    report: Report,
    *,
    policy: str | Path | Policy = "ingest",
    fail_on: Severity | str | None = None,
    max_score: float | None = None,
) -> Verdict:
    """The verdict of a policy on a finished report."""
    from privscan.assess.policy import load_policy, verdict
    from privscan.rulebook.load import rulebook

    chosen = load_policy(policy) if isinstance(policy, str | Path) else policy
    tighter = {"fail_on": fail_on, "max_score": max_score}
    given = {name: value for name, value in tighter.items() if value is not None}
    try:
        chosen = type(chosen).model_validate(chosen.model_dump() | given)
    except ValueError:
        wanted = f"max_score from 0 to 100, fail_on one of {', '.join(Severity)}"
        raise UsageError("a bound that tightens the policy is wrong", hint=wanted) from None
    return verdict(report, chosen, rulebook())


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
    every = list(evidences)
    if not every:
        raise UsageError("there is no evidence to merge", hint="observe at least one part")
    return reduce(lambda one, two: one + two, every)


def judge(
    evidence: Evidence,
    *,
    context: str | Path | Context | None = None,
    not_run: Mapping[str, str] | None = None,
) -> Report:
    """Profile, score and findings of evidence: no data in reach, the same answer every time."""
    from privscan.assess.findings import findings, not_evaluated
    from privscan.rulebook.load import rulebook

    rules = rulebook()
    named = sorted(evidence.datasets.items())
    contexts = {name: _context(data, context) for name, data in named}
    profiles = [_judged(data, contexts[name]) for name, data in named]
    profiles.sort(key=lambda p: (-(p.risk.score if p.risk else 0), p.name))
    found = [f for p in profiles for f in findings(p, rules, contexts[p.name])]
    found.sort(key=lambda f: (-f.severity.rank, -f.confidence, f.dataset, f.check, f.columns))
    unread = tuple(sorted(u for _, data in named for u in data.unread))
    worst = max(profiles, key=lambda p: p.risk.score if p.risk else 0, default=None)
    risk = worst.risk if worst else None
    open_laws = {law for c in contexts.values() for law in not_evaluated(rules, c)}
    return Report(
        tool=Tool(
            version=__version__,
            rules_digest=evidence.header.rules,
            plan_digest=evidence.header.plan,
            libraries=dict(p.split("=", 1) for p in evidence.header.libraries.split()),
            not_run=dict(not_run or {}),
            not_evaluated=tuple(sorted(open_laws)),
        ),
        score=risk.score if risk else 0.0,
        level=risk.level if risk else Level.NONE_DETECTED,
        complete=bool(profiles) and not unread,
        datasets=tuple(profiles),
        findings=tuple(found),
        unread=unread,
    )


def _judged(data: DatasetEvidence, context: Context) -> DatasetProfile:
    from privscan.assess.profile import profile
    from privscan.assess.score import risk
    from privscan.rulebook.load import rulebook

    seen = profile(data, rulebook(), context)
    return replace(seen, risk=risk(seen, rulebook(), context))


def _context(data: DatasetEvidence, given: str | Path | Context | None) -> Context:
    from privscan.assess.context import Context, find_context, load_context

    if isinstance(given, Context):
        return given
    path = Path(given) if given is not None else find_context(data.uri)
    return Context() if path is None else load_context(path)


def save(report: Report, path: str | Path, *, lang: str = "en") -> None:
    """Write the report by the renderer that `path`'s suffix picks; the file appears whole."""
    from privscan.registry import plugins

    path = Path(path)
    known = {s: p for p in plugins("render") for s in _suffixes(p.fact("SUFFIXES"))}
    fitting = [s for s in known if path.name.casefold().endswith(s)]
    if not fitting:
        raise UsageError(
            f"no renderer writes {path.suffix or 'a file without suffix'!r}",
            where=str(path),
            hint=f"use one of {', '.join(sorted(known))}",
        )
    text = known[max(fitting, key=len)].load().render(report, lang=lang)
    beside = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        beside.write_text(text, encoding="utf-8", newline="")
        beside.replace(path)
    except OSError as error:
        raise UsageError(
            f"cannot write: {error.strerror}", where=str(path), hint="name a folder you may write"
        ) from error
    finally:
        beside.unlink(missing_ok=True)


def _suffixes(fact: object) -> tuple[str, ...]:
    return fact if isinstance(fact, tuple) else ()
