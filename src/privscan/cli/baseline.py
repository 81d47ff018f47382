"""Accept what a report breaks of a policy, and audit what was accepted."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import click

from privscan.cli.gate import POLICY
from privscan.cli.options import JSON, LANG, QUIET, option, stacked, verb

if TYPE_CHECKING:
    from privscan.verdicts._bounds import Bounds

PLUGIN = True
ORDER = 3

DAYS = 90
"""Days for which a breach is accepted, unless a day is named."""


@click.group("baseline")
def command() -> None:
    """Accept what a report breaks of a policy, and audit what was accepted."""


@verb("write")
@click.argument("report", type=click.Path(exists=True, dir_okay=False))
@click.argument("file", metavar="BASELINE", type=click.Path(dir_okay=False))
@stacked(
    option("--owner", required=True, help="Who answers for what is accepted: a role or a person."),
    option("--reason", required=True, help="Why it is accepted."),
    option(
        "--expires",
        metavar="DATE",
        help=f"Last day on which it holds, within 366 days. Default: {DAYS} days from today.",
    ),
    POLICY,
    QUIET,
)
def _write(  # noqa: PLR0913  click gives each option by name
    *,
    report: str,
    file: str,
    owner: str,
    reason: str,
    expires: str | None,
    policy: str,
    quiet: bool,
) -> None:
    """Write all that REPORT, saved as JSON, breaks of a policy to the file BASELINE.

    Entries that the file holds already keep owner, reason and day while they are in force.
    """
    from privscan import api
    from privscan.cli.output import tell

    day = expires or (datetime.now(UTC).date() + timedelta(days=DAYS)).isoformat()
    made = api.accept(
        Path(report), Path(file), owner=owner, reason=reason, expires=day, policy=policy
    )
    if not quiet:
        tell(f"{len(made.accepted)} accepted; wrote {file}")


@verb("audit")
@click.argument("file", metavar="BASELINE", type=click.Path(exists=True, dir_okay=False))
@click.argument("report", type=click.Path(exists=True, dir_okay=False))
@stacked(
    option(
        "--policy",
        shared=False,
        help="Name of a shipped policy, or a policy file. Default: the one that BASELINE names.",
    ),
    LANG,
    JSON,
)
@click.pass_context
def _audit(  # noqa: PLR0913  click gives each option by name
    ctx: click.Context, /, *, file: str, report: str, policy: str | None, lang: str, format_: str
) -> None:
    """Hold BASELINE against REPORT: what is expired, unused, unowned or changed.

    Exits 1 if any entry is.
    """
    from privscan import api
    from privscan.cli.output import emit
    from privscan.verdicts._differences import audit_rendered

    under: Bounds = {"policy": policy} if policy else {}
    entries = api.audit(Path(file), Path(report), **under)
    emit(audit_rendered(entries, format_, lang))
    ctx.exit(1 if any(one.trouble for one in entries) else 0)


for sub in (_write, _audit):
    command.add_command(sub)
