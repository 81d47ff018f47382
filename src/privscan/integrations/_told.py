"""The gate's answer as plain facts that a tool may log and keep: no value of the data is in them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple, Unpack

from privscan import api
from privscan.model.finding import Verdict
from privscan.verdicts._decide import no_reports, prepared
from privscan.verdicts._phrases import bounded, helps

Facts = dict[str, Any]


class Told(NamedTuple):
    """A verdict, and what a tool shows of it."""

    verdict: Verdict
    facts: Facts


def told(
    sources: Sequence[object],
    report: str | Path | None = None,
    **options: Unpack[api.GateOptions],
) -> Told:
    """The gate's verdict on sources; the whole report goes to the file `report`, if one is named."""
    bounds, settings = prepared(options)
    no_reports(sources)
    made = api.scan(*sources, **settings)
    verdict = api.decide(made, context=settings.get("context"), **bounds)
    if report is not None:
        made.save(report)
    return Told(
        verdict,
        {
            "passed": verdict.passed,
            "policy": verdict.policy,
            "score": made.score,
            "level": str(made.level),
            "rules": sorted({one.rule for one in verdict.violations}),
            "violations": [
                f"{one.dataset}: {one.message['en']} ({bounded(one, 'en')})"
                for one in verdict.violations
            ],
            "incomplete": list(verdict.incomplete),
            "remedies": [line for one in verdict.remedies for line in helps(one, "en")],
            "report": "" if report is None else str(report),
        },
    )
