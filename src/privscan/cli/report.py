"""Show a saved report in another format."""

from __future__ import annotations

from pathlib import Path

import click

from privscan.cli.options import FORMAT, LANG, OUTPUT, QUIET, stacked, verb

PLUGIN = True
ORDER = 3


@verb("report")
@click.argument("saved", metavar="REPORT", type=click.Path(exists=True, dir_okay=False))
@stacked(FORMAT, OUTPUT, LANG, QUIET)
def command(*, saved: str, format_: str, outputs: tuple[str, ...], lang: str, quiet: bool) -> None:
    """Show REPORT, a report saved as JSON, in another format; no data is read again."""
    from privscan.cli.output import deliver, rendered, targets, tell
    from privscan.render._files import saved_report

    targets(outputs, [saved])
    report = saved_report(Path(saved))
    files = deliver(report, rendered(report, format_, lang, screen=True), outputs, lang)
    if not quiet:
        for file in files:
            tell(f"wrote {file}")
