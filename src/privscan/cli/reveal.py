"""Give encrypted columns back with the key, and write a line to an audit file."""

from __future__ import annotations

import json
from dataclasses import asdict

import click

from privscan.cli.options import JSON, QUIET, option, stacked, verb
from privscan.cli.protect import FORCE

PLUGIN = True
ORDER = 4


@verb("reveal")
@click.argument("source", metavar="SOURCE", type=click.Path(exists=True))
@click.argument("out", metavar="OUT", type=click.Path())
@option(
    "--column",
    "columns",
    multiple=True,
    required=True,
    metavar="COLUMN",
    shared=False,
    help="A column that `protect` encrypted. Repeatable.",
)
@option(
    "--key",
    required=True,
    metavar="KEY",
    help="The key that protect was given: a file, env:NAME or command:COMMAND.",
)
@option(
    "--audit",
    type=click.Path(dir_okay=False),
    metavar="FILE",
    help="Append the audit line here. Default: privscan-audit.jsonl beside OUT.",
)
@option(
    "--reason",
    default="",
    metavar="TEXT",
    shared=False,
    help="Why, for the audit line.",
)
@FORCE
@stacked(JSON, QUIET)
def command(  # noqa: PLR0913  click hands over each option
    *,
    source: str,
    out: str,
    columns: tuple[str, ...],
    key: str,
    audit: str | None,
    reason: str,
    force: bool,
    format_: str,
    quiet: bool,
) -> None:
    """Write SOURCE at OUT with encrypted columns open again.

    Every cell opens or nothing is written. Each call, refused ones too, leaves a line in the
    audit file: when, who, which columns and which key, and no value.
    """
    from privscan import api
    from privscan.cli.output import emit, tell

    done = api.reveal(
        source, out, columns=columns, key=key, audit=audit, reason=reason, force=force
    )
    if format_ == "json":
        emit(
            json.dumps(
                {"schema": "privscan-reveal/1", **asdict(done)}, ensure_ascii=False, indent=2
            )
        )
    else:
        emit(
            f"wrote {done.out}: {done.files:,} files, {done.rows:,} rows; audit line in {done.audit}"
        )
    if not quiet:
        tell(f"revealed {len(columns)} columns")
