"""A saved report judged by what people declare now: no scan is needed to see what that changes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from privscan.assess.findings import findings, not_evaluated
from privscan.assess.score import risk
from privscan.model.kinds import Level
from privscan.rulebook.load import rulebook

if TYPE_CHECKING:
    from privscan.assess.context import Context
    from privscan.model.report import Report


def rejudged(report: Report, contexts: Mapping[str, Context]) -> Report:
    """The report with risks and findings of those datasets of which something is declared.

    Where the declarations are those of the scan, and the rules too, it is the same report.
    """
    told = {d.name: contexts[d.name] for d in report.datasets if _says(contexts, d.name)}
    if not told:
        return report
    rules = rulebook()
    seen = {d.name: d for d in report.datasets}
    datasets = [
        replace(d, risk=risk(d, rules, told[d.name], seen)) if d.name in told else d
        for d in report.datasets
    ]
    datasets.sort(key=lambda d: (-(d.risk.score if d.risk else 0), d.name))
    again = (f for d in datasets if d.name in told for f in findings(d, rules, told[d.name]))
    found = [*(f for f in report.findings if f.dataset not in told), *again]
    found.sort(key=lambda f: (-f.severity.rank, -f.confidence, f.dataset, f.check, f.columns))
    worst = datasets[0].risk
    left = {law for context in told.values() for law in not_evaluated(rules, context)}
    untold = len(told) < len(datasets)
    return replace(
        report,
        tool=replace(
            report.tool,
            not_evaluated=tuple(sorted(left | {*(report.tool.not_evaluated if untold else ())})),
        ),
        score=worst.score if worst else 0.0,
        level=worst.level if worst else Level.NONE_DETECTED,
        datasets=tuple(datasets),
        findings=tuple(found),
    )


def _says(contexts: Mapping[str, Context], dataset: str) -> bool:
    context = contexts.get(dataset)
    return context is not None and bool(context.declared())
