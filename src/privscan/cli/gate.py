"""Pass or stop datasets against a policy."""

from __future__ import annotations

from typing import Any

import click

from privscan.cli.options import (
    FAIL_ON,
    JSON,
    LANG,
    OUTPUT,
    QUIET,
    SCANNING,
    SOURCES,
    PolicyName,
    option,
    stacked,
    verb,
)

PLUGIN = True
ORDER = 2

POLICY = option(
    "--policy",
    type=PolicyName(),
    default="ingest",
    show_default=True,
    help="Name of a shipped policy, or a policy file.",
)
MAX_SCORE = option(
    "--max-score",
    type=click.FloatRange(0, 100),
    metavar="NUMBER",
    help="Highest score that passes; tightens the policy, never loosens it.",
)


@verb("gate")
@stacked(SOURCES, POLICY, MAX_SCORE, FAIL_ON, JSON, OUTPUT, LANG, *SCANNING, QUIET)
@click.pass_context
def command(
    ctx: click.Context,
    /,
    *,
    policy: str,
    max_score: float | None,
    fail_on: str | None,
    format_: str,
    **shared: Any,
) -> None:
    """Scan SOURCEs and pass or stop them against a policy; the gate fails closed.

    Exits 1 if the policy is broken, else 3 if the answer is incomplete, else 0. With -f json
    the verdict is the document on stdout; -o writes the whole report.
    """
    from privscan import api
    from privscan.assess.policy import load_policy
    from privscan.cli.scanning import Run
    from privscan.render.verdict import render_verdict

    run = Run(**shared)
    chosen = load_policy(policy)
    report = run.look(api.scan)
    verdict = api.decide(report, policy=chosen, max_score=max_score, fail_on=fail_on)
    run.deliver(report, render_verdict(verdict, report, format_, run.lang))
    ctx.exit(1 if verdict.violations else 0 if verdict.passed else 3)
