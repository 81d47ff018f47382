"""Write a safer copy of data, and prove it: drop, mask, tokenise, generalise, encrypt or blur."""

from __future__ import annotations

import click

from privscan.cli.options import JSON, LANG, QUIET, PolicyName, option, stacked, verb
from privscan.model.kinds import Level

PLUGIN = True
ORDER = 4

KEY = option(
    "--key",
    metavar="KEY",
    help="Secret key of 16 bytes or more for tokens and encryption: a file, env:NAME or "
    "command:COMMAND. Without it no keyed treatment is planned.",
)
FORCE = option("--force", is_flag=True, shared=False, help="Replace an output that exists.")


@verb("protect")
@click.argument("source", metavar="SOURCE", type=click.Path(exists=True))
@click.argument("out", metavar="[OUT]", required=False, type=click.Path())
@option(
    "--policy",
    type=PolicyName(),
    help="The policy that the copy must pass. Default: ingest, unless --target or --treat is given.",
)
@option(
    "--target",
    type=click.Choice([level.value for level in Level][1:4]),
    shared=False,
    help="The highest risk level that the copy may have.",
)
@option(
    "--treat",
    multiple=True,
    metavar="COLUMN=TREATMENT[:OPTION,...]",
    shared=False,
    help="Treat this column so, whatever the plan finds. Repeatable. A dataset's own column is "
    "DATASET::COLUMN.",
)
@KEY
@option("--plan", is_flag=True, shared=False, help="Only say what would be done; write nothing.")
@FORCE
@option(
    "--leave-out",
    is_flag=True,
    shared=False,
    help="Leave out of the copy the files that cannot be read or written, instead of stopping.",
)
@stacked(JSON, LANG, QUIET)
def command(  # noqa: PLR0913  click hands over each option
    *,
    source: str,
    out: str | None,
    policy: str | None,
    target: str | None,
    treat: tuple[str, ...],
    key: str | None,
    plan: bool,
    force: bool,
    leave_out: bool,
    format_: str,
    lang: str,
    quiet: bool,
) -> None:
    """Write a safer copy of SOURCE, a file or folder, at OUT, and scan it to prove it.

    The cheapest bundle of treatments that reaches the goal is found, tried on the data, carried
    out, and measured again. What misses its goal is not written: exit code 1.
    """
    from privscan import api
    from privscan.cli.output import emit, printable, tell
    from privscan.cli.protected import document, text
    from privscan.errors import UsageError

    if out is None and not plan:
        raise UsageError(
            "where to write is not said", hint="privscan protect SOURCE OUT, or --plan"
        )
    done = api.protect(
        source,
        None if plan else out,
        policy=policy or None,
        target=target,
        treat=treat,
        key=key,
        force=force,
        leave_out=leave_out,
    )
    emit(document(done) if format_ == "json" else printable(text(done, lang)))
    if not quiet and not plan:
        tell(f"wrote {done.out}: {done.files:,} files, {done.rows:,} rows")
    if plan and not all(p.reached and not p.asked for p in done.plans):
        click.get_current_context().exit(1)
