"""Show what is new, gone, worse or better in a report since an older one."""

from __future__ import annotations

from pathlib import Path

import click

from privscan.cli.options import LANG, option, stacked, verb

PLUGIN = True
ORDER = 3

_FORMAT = option(
    "-f",
    "--format",
    "format_",
    shared=False,
    type=click.Choice(["text", "json", "markdown"]),
    default="text",
    show_default=True,
    help="Format of the one document on stdout.",
)
_EXIT_CODE = option(
    "--exit-code",
    is_flag=True,
    shared=False,
    help="Exit 1 if anything is new or worse, else 3 if a report is incomplete.",
)


@verb("diff")
@click.argument("old", type=click.Path(exists=True, dir_okay=False))
@click.argument("new", type=click.Path(exists=True, dir_okay=False))
@stacked(_EXIT_CODE, _FORMAT, LANG)
@click.pass_context
def command(  # noqa: PLR0913  click gives each option by name
    ctx: click.Context, /, *, old: str, new: str, exit_code: bool, format_: str, lang: str
) -> None:
    """Show how the saved report NEW differs from the saved report OLD; no data is read.

    Data, findings, scores and gaps, the new ones first. Exits 0 unless --exit-code is given.
    """
    from privscan import api
    from privscan.cli.output import emit
    from privscan.verdicts._differences import rendered

    found = api.diff(Path(old), Path(new))
    emit(rendered(found, format_, lang))
    if exit_code:
        ctx.exit(1 if found.of("new", "worse") else 0 if found.complete else 3)
