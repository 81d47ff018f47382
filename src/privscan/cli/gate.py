"""Pass or stop datasets against a policy."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from privscan.cli.options import (
    FAIL_ON,
    LANG,
    OUTPUT,
    QUIET,
    SCANNING,
    SOURCES,
    PluginName,
    PolicyName,
    option,
    stacked,
    verb,
)

if TYPE_CHECKING:
    from privscan.model.finding import Verdict
    from privscan.model.report import Report

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
_FORMAT = option(
    "-f",
    "--format",
    "format_",
    shared=False,
    type=PluginName("verdicts"),
    default="text",
    show_default=True,
    help="Format of the verdict on stdout; `privscan plugins verdicts` lists them.",
)
_VERDICT = option(
    "--verdict",
    "verdicts",
    multiple=True,
    shared=False,
    type=click.Path(dir_okay=False),
    help="Write the verdict to this file too; the suffix picks the format. Repeatable.",
)
_BASELINE = option(
    "--baseline",
    type=click.Path(exists=True, dir_okay=False),
    help="File of what was accepted, by `privscan baseline write`; what is not in it stops.",
)
_OLD = option(
    "--old",
    type=click.Path(exists=True, dir_okay=False),
    help="Saved report of an older state: what the policy calls `stop_new` stops if it is new.",
)
_REPORT = option(
    "--report",
    "saved",
    is_flag=True,
    shared=False,
    help="SOURCE is a report that a scan saved as JSON; no data is read.",
)
_RULES = (POLICY, MAX_SCORE, FAIL_ON, _BASELINE, _OLD, _REPORT)


@verb("gate")
@stacked(SOURCES, *_RULES, _FORMAT, _VERDICT, OUTPUT, LANG, *SCANNING, QUIET)
@click.pass_context
def command(
    ctx: click.Context,
    /,
    *,
    format_: str,
    verdicts: tuple[str, ...],
    saved: bool,
    **given: Any,
) -> None:
    """Scan SOURCEs and pass or stop them against a policy; the gate fails closed.

    Exits 1 if the policy is broken, else 3 if the answer is incomplete, else 0. The verdict is
    the document on stdout; -o writes the whole report.
    """
    from privscan import api
    from privscan.cli.output import verdict_targets
    from privscan.cli.scanning import Run
    from privscan.registry import plugin
    from privscan.render._files import write
    from privscan.verdicts._decide import only_report, prepared

    bounds, shared = prepared(given)
    run = Run(**shared)
    files = verdict_targets(verdicts, run.sources)
    context = run.context
    if saved:
        report, verdict = _of_saved(only_report(run.sources), context, bounds)
    else:
        report = run.look(_scan)
        verdict = api.decide(report, context=context, **bounds)
    write({path: p.load().render(verdict, report, lang=run.lang) for path, p in files.items()})
    document = plugin("verdicts", format_).load().render(verdict, report, lang=run.lang)
    run.deliver(report, document)
    ctx.exit(1 if verdict.violations else 0 if verdict.passed else 3)


def _scan(*sources: Any, **settings: Any) -> Report:
    from privscan import api
    from privscan.verdicts._decide import no_reports

    no_reports(sources)
    return api.scan(*sources, **settings)


def _of_saved(file: Path, context: str | None, bounds: Any) -> tuple[Report, Verdict]:
    from privscan import api
    from privscan.render._files import saved_report

    return saved_report(file), api.decide(file, context=context, **bounds)
