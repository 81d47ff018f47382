"""Add up evidence from shards of a scan and report on the whole."""

from __future__ import annotations

from pathlib import Path

import click

from privscan.cli.options import (
    CONTEXT,
    FAIL_ON,
    FORMAT,
    LANG_OR_BOTH,
    OUTPUT,
    QUIET,
    stacked,
    verb,
)

PLUGIN = True
ORDER = 3


@verb("merge")
@click.argument("evidence", metavar="EVIDENCE...", nargs=-1, required=True, type=click.Path())
@stacked(FORMAT, OUTPUT, LANG_OR_BOTH, FAIL_ON, CONTEXT, QUIET)
@click.pass_context
def command(  # noqa: PLR0913  click gives each option by name
    ctx: click.Context,
    /,
    *,
    evidence: tuple[str, ...],
    format_: str,
    outputs: tuple[str, ...],
    lang: str,
    fail_on: str | None,
    context: str | None,
    quiet: bool,
) -> None:
    """Report on a scan from the EVIDENCE files that its shards wrote; no data is read.

    Of a shard whose file is missing, all is unread. Exits as scan does.
    """
    from privscan import api
    from privscan.assess.context import load_context
    from privscan.cli.output import deliver, rendered, targets, tell
    from privscan.cli.scan import exit_code
    from privscan.cli.scanning import aged, summary

    targets(outputs, evidence)
    report = api.judge_shards(evidence, context=load_context(Path(context)) if context else None)
    files = deliver({"scan": report}, rendered(report, format_, lang, screen=True), outputs, lang)
    if not quiet:
        tell(summary(report))
        for line in (*aged(), *(f"wrote {file}" for file in files)):
            tell(line)
    ctx.exit(exit_code(report, fail_on))
