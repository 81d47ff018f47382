"""Show the settings in force and where each comes from."""

from __future__ import annotations

import json
from dataclasses import asdict

import click

from privscan.cli.options import JSON, option, verb
from privscan.config import Settings

PLUGIN = True
ORDER = 7


@verb("config")
@click.argument("only", metavar="[VERB]", required=False)
@option("--changed", is_flag=True, shared=False, help="Only settings that differ from the default.")
@JSON
@click.pass_obj
def command(settings: Settings, only: str | None, format_: str, *, changed: bool) -> None:
    """Show every option of VERB, or of all verbs, with its value and where that comes from.

    A flag beats a variable PRIVSCAN_*, which beats privscan.toml or [tool.privscan].
    """
    from privscan.cli.output import emit
    from privscan.cli.settings import in_force, verbs
    from privscan.errors import UsageError, nearest

    names = {path[0] for path, _ in verbs()}
    if only and only not in names:
        raise UsageError(f"there is no verb {only!r}", hint=nearest(only, names))
    rows = [
        asdict(row)
        for row in in_force(settings)
        if (not only or row.verb.split()[0] == only) and (not changed or row.origin != "default")
    ]
    file = str(settings.file) if settings.file else None
    if format_ == "json":
        emit(json.dumps({"file": file, "settings": rows}, ensure_ascii=False, indent=2))
    else:
        lines = [f"{r['verb']} {r['option']} = {_shown(r['value'])}  ({r['origin']})" for r in rows]
        emit("\n".join([f"file: {file or 'none found'}", *lines]))


def _shown(value: object) -> str:
    if isinstance(value, (list, tuple)):
        return " ".join(map(str, value)) or "none"
    if isinstance(value, bool):
        return str(value).lower()
    return "none" if value is None else str(value)
