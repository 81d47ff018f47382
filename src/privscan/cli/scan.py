"""Scan datasets and picture folders; report what is in them and the risk."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

import click

from privscan.cli.options import (
    FAIL_ON,
    FORMAT,
    LANG_OR_BOTH,
    OUTPUT,
    QUIET,
    SCANNING,
    SOURCES,
    option,
    stacked,
    verb,
)
from privscan.model.kinds import Severity
from privscan.model.report import Report

if TYPE_CHECKING:
    from privscan.scan.plan import Plan

PLUGIN = True
ORDER = 1


_MANIFEST = option(
    "--manifest",
    shared=False,
    type=click.Path(dir_okay=False),
    help="Write here, as JSON, what the files of -o were made of and by, for `verify`: digests of "
    "inputs, rules, settings and reports. Signed if there is a key file.",
)


_SHARD = option(
    "--shard",
    metavar="I/N",
    shared=False,
    help="Observe every N-th part only, from the I-th on, and write the evidence to the one file "
    "of -o, for `merge`. Every shard is given the same sources and --key-file.",
)


_DISCOVER = option(
    "--discover",
    is_flag=True,
    shared=False,
    help="First show on stderr the datasets that were found, gravest signs first, as `inventory` "
    "does: they are read in that order.",
)


@verb("scan")
@stacked(
    SOURCES, FORMAT, OUTPUT, _MANIFEST, LANG_OR_BOTH, FAIL_ON, _SHARD, _DISCOVER, *SCANNING, QUIET
)
@click.pass_context
def command(  # noqa: PLR0913  click gives each option by name
    ctx: click.Context,
    /,
    *,
    format_: str,
    fail_on: str | None,
    manifest: str | None,
    shard: str | None,
    discover: bool,
    **shared: Any,
) -> None:
    """Scan SOURCEs, files, folders or globs, and report what is in them and the risk.

    `-` reads sources from stdin, one a line. Exits 1 on --fail-on, else 3 if anything stayed
    unread or nothing was scanned, else 0.
    """
    from privscan import api
    from privscan.cli.output import rendered
    from privscan.cli.scanning import Run
    from privscan.cli.sealing import sealed
    from privscan.cli.sharding import observe_shard

    if shard:
        beside = {
            "--manifest": manifest,
            "--fail-on": fail_on,
            "--context": shared["context"],
            "--store": shared["store"],
        }
        observe_shard(Run(**shared), shard, [name for name, given in beside.items() if given])
        return
    seal = sealed(Run(**shared), manifest) if manifest else None
    run = seal.run if seal else Run(**shared)
    report = run.look(partial(api.scan, planned=_shown(run.lang)) if discover else api.scan)
    run.deliver(report, rendered(report, format_, run.lang, screen=True))
    if seal:
        seal.close(report)
    ctx.exit(exit_code(report, fail_on))


def _shown(lang: str) -> Callable[[Plan], None]:
    """Shows the datasets of a plan before they are read."""
    from privscan.cli.inventory import table
    from privscan.cli.output import tell
    from privscan.scan.inventory import inventory

    return lambda plan: tell("\n".join(table(inventory(plan), lang)) + "\n")


def exit_code(report: Report, fail_on: str | None) -> int:
    """1 if a finding has that severity or a higher one, else 3 if incomplete, else 0."""
    if fail_on and any(f.severity.rank >= Severity(fail_on).rank for f in report.findings):
        return 1
    return 0 if report.complete else 3
