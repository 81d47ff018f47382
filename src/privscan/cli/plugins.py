"""List sources, detectors, formats and verbs."""

from __future__ import annotations

import json

import click

from privscan.cli.options import JSON, option, verb
from privscan.registry import GROUPS, Plugin
from privscan.registry import plugins as known

PLUGIN = True
ORDER = 6


@verb("plugins")
@click.argument("group", type=click.Choice(GROUPS), required=False)
@option(
    "--check",
    is_flag=True,
    shared=False,
    help="Load each plugin and say what keeps it from running.",
)
@JSON
def command(group: str | None, format_: str, *, check: bool) -> None:
    """List the plugins of GROUP, or all; without --check none is loaded."""
    from privscan.cli.output import emit

    rows = [
        {
            "group": g,
            "name": p.name,
            "about": p.about,
            **({"missing": _missing(p)} if check else {}),
        }
        for g in ([group] if group else GROUPS)
        for p in known(g)
    ]
    emit(json.dumps(rows, ensure_ascii=False, indent=2) if format_ == "json" else _text(rows))


def _missing(plugin: Plugin) -> str | None:
    """What keeps a plugin from running, in its own words; None if nothing does."""
    try:
        module = plugin.load()
    except ImportError as error:
        return f"needs the package {error.name}"
    said: str | None = module.missing() if hasattr(module, "missing") else None
    return said


def _text(rows: list[dict[str, str | None]]) -> str:
    wide = max((len(str(row["name"])) for row in rows), default=0)
    lines: list[str] = []
    group = None
    for row in rows:
        if row["group"] != group:
            group = row["group"]
            lines += ["", click.style(str(group), bold=True)]
        note = f"  [not run: {row['missing']}]" if row.get("missing") else ""
        lines.append(f"  {row['name']:<{wide}}  {row['about']}{note}")
    return "\n".join(lines[1:])
