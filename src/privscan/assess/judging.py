"""Evidence judged: what was declared of each dataset, its profile, links, risk and findings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from privscan import __version__
from privscan.assess.context import Context, find_context, known_subject_key, load_context
from privscan.assess.findings import findings, not_evaluated
from privscan.assess.links import linked
from privscan.assess.profile import profile
from privscan.assess.score import risk
from privscan.model.kinds import Level
from privscan.model.report import Report, Tool
from privscan.rulebook.load import rulebook

if TYPE_CHECKING:
    from privscan.evidence.dataset import DatasetEvidence, Evidence
    from privscan.model.profile import DatasetProfile


def judged(
    evidence: Evidence, context: str | Path | Context | None, not_run: Mapping[str, str]
) -> Report:
    """Profile, score and findings of each dataset, worst first."""
    rules = rulebook()
    named = sorted(evidence.datasets.items())
    contexts = _contexts(evidence.datasets, context)
    profiles = _profiles(evidence.datasets, contexts)
    profiles.sort(key=lambda p: (-(p.risk.score if p.risk else 0), p.name))
    found = [f for p in profiles for f in findings(p, rules, contexts[p.name])]
    found.sort(key=lambda f: (-f.severity.rank, -f.confidence, f.dataset, f.check, f.columns))
    unread = tuple(sorted(u for _, data in named for u in data.unread))
    worst = max(profiles, key=lambda p: p.risk.score if p.risk else 0, default=None)
    open_laws = {law for c in contexts.values() for law in not_evaluated(rules, c)}
    return Report(
        tool=Tool(
            version=__version__,
            rules_digest=evidence.header.rules,
            plan_digest=evidence.header.plan,
            libraries=dict(p.split("=", 1) for p in evidence.header.libraries.split()),
            not_run=dict(not_run),
            not_evaluated=tuple(sorted(open_laws)),
        ),
        score=worst.risk.score if worst and worst.risk else 0.0,
        level=worst.risk.level if worst and worst.risk else Level.NONE_DETECTED,
        complete=bool(profiles) and not unread,
        datasets=tuple(profiles),
        findings=tuple(found),
        unread=unread,
    )


def _profiles(
    datasets: Mapping[str, DatasetEvidence], contexts: Mapping[str, Context]
) -> list[DatasetProfile]:
    """Profiles by name, each with its links to the others and its risk."""
    rules = rulebook()
    alone = [profile(data, rules, contexts[name]) for name, data in sorted(datasets.items())]
    links = linked(datasets, alone, rules)
    seen = {one.name: replace(one, links=links.get(one.name, ())) for one in alone}
    return [replace(p, risk=risk(p, rules, contexts[n], seen)) for n, p in seen.items()]


def _contexts(
    datasets: Mapping[str, DatasetEvidence], given: str | Path | Context | None
) -> dict[str, Context]:
    """What was declared of each dataset; one file may speak of all datasets beside it."""

    def place(data: DatasetEvidence) -> Path | None:
        if given is None:
            return find_context(data.uri)
        return None if isinstance(given, Context) else Path(given)

    files = {name: place(data) for name, data in datasets.items()}
    unsaid = given if isinstance(given, Context) else Context()
    contexts = {f: load_context(f) if f else unsaid for f in set(files.values())}
    for file, context in contexts.items():
        concerned = [datasets[name] for name, at in files.items() if at == file]
        # Of data that could not be read no column is known: the report says that first.
        if all(data.columns for data in concerned):
            columns = {path for data in concerned for path in data.columns}
            known_subject_key(context, columns, file)
    return {name: contexts[file] for name, file in files.items()}
