"""Show a saved report in another format, or several as one site."""

from __future__ import annotations

from pathlib import Path

import click

from privscan.cli.options import FORMAT, LANG_OR_BOTH, OUTPUT, QUIET, stacked, verb
from privscan.errors import UsageError

PLUGIN = True
ORDER = 3

FILE = click.Path(exists=True, dir_okay=False)


@verb("report")
@click.argument("saved", metavar="REPORT...", nargs=-1, required=True, type=FILE)
@stacked(FORMAT, OUTPUT, LANG_OR_BOTH, QUIET)
def command(
    *,
    saved: tuple[str, ...],
    format_: str,
    outputs: tuple[str, ...],
    lang: str,
    quiet: bool,
) -> None:
    """Show REPORT, a report saved as JSON, in another format; no data is read again.

    Several, oldest first, make a site with -o FOLDER/; stdout and files show the last.
    """
    from privscan.cli.output import SITE, deliver, rendered, targets, tell
    from privscan.render._files import saved_report
    from privscan.render._site.gathered import labelled

    named = targets(outputs, saved)
    if len(saved) > 1 and SITE not in named.values():
        hint = f"privscan report {' '.join(saved)} -o site/"
        raise UsageError("several reports make a site, and no folder is named", hint=hint)
    labels = labelled(saved)
    reports = {label: saved_report(Path(file)) for label, file in zip(labels, saved, strict=True)}
    shown = rendered(reports[labels[-1]], format_, lang, screen=True)
    files = deliver(reports, shown, outputs, lang)
    if not quiet:
        for file in files:
            tell(f"wrote {file}")
