"""List sources, detectors, engines, formats, treatments, verbs and recognizers."""

from __future__ import annotations

import json

import click

from privscan.cli.options import JSON, option, verb
from privscan.registry import GROUPS, Plugin
from privscan.registry import plugins as known

PLUGIN = True
ORDER = 6

RECOGNIZERS = "recognizers"


@verb("plugins")
@click.argument("group", type=click.Choice((*GROUPS, RECOGNIZERS)), required=False)
@option(
    "--check",
    is_flag=True,
    shared=False,
    help="Load each plugin and say what keeps it from running.",
)
@JSON
def command(group: str | None, format_: str, *, check: bool) -> None:
    """List the plugins of GROUP, or all but recognizers; without --check none is loaded.

    Recognizers are listed with how their answer is found: compiled, superset or fallback.
    """
    from privscan.cli.output import emit

    rows: list[dict[str, str | None]] = [
        {
            "group": g,
            "name": p.name,
            "about": p.about,
            **({"missing": _missing(p)} if check else {}),
        }
        for g in ([group] if group else GROUPS)
        for p in (known(g) if g in GROUPS else ())
    ]
    if group == RECOGNIZERS:
        rows = _recognizers(check=check)
    emit(json.dumps(rows, ensure_ascii=False, indent=2) if format_ == "json" else _text(rows))


def _recognizers(*, check: bool) -> list[dict[str, str | None]]:
    """Every recognizer that a scan may ask, and whether Rust's engine answers for it.

    compiled: it does; superset: it tells which cells Presidio's own code is asked about;
    fallback: that is asked about every cell.
    """
    from privscan.recognition.bound import Bound, bound
    from privscan.recognition.predefined import PHONE, predefined

    return [
        {
            "group": RECOGNIZERS,
            "name": name,
            "about": f"{one.entity}, {one.recognizer.way}",
            "way": str(one.recognizer.way),
            **({"missing": None} if check else {}),
        }
        for name, one in sorted({**bound(), PHONE: Bound(predefined(PHONE), "phone")}.items())
    ]


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
