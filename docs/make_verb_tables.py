"""Bring the option tables of docs/verbs up to date; `--check` only says which are not."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import click

from privscan.cli.settings import Verb, options, variables, verbs

PAGES = Path(__file__).parent / "verbs"
_TABLE = re.compile(r"(<!-- options(?P<verb>(?: \w+)+) -->\n).*?(<!-- end -->)", re.DOTALL)


def table(verb: Verb, command: click.Command) -> str:
    """The options of a verb as a Markdown table, in the order of its help."""
    rows = ["| option | variable | default | what it does |", "|---|---|---|---|"]
    context = click.Context(command)
    for option in options(command):
        names = ", ".join(f"`{name}`" for name in option.opts)
        value = "" if option.is_flag else f" {_metavar(option, context)}"
        default = option.to_info_dict()["default"]
        shown = "" if default in (None, (), False) else f"`{default}`"
        read = "<br>".join(f"`{variable}`" for variable in variables(verb, option))
        rows.append(f"| {names}{value} | {read} | {shown} | {option.help} |")
    return "\n".join([*rows, ""]) if len(rows) > 2 else "It takes no options.\n"  # noqa: PLR2004  the head


def _metavar(option: click.Option, context: click.Context) -> str:
    if isinstance(option.type, click.Choice):
        return ", ".join(f"`{choice}`" for choice in option.type.choices)
    if isinstance(option.type, (click.IntRange, click.FloatRange)):
        return "NUMBER"
    return option.make_metavar(context)


def page(text: str) -> str:
    """The page with every table between its markers made anew."""
    known = {" ".join(verb): table(verb, command) for verb, command in verbs()}
    return _TABLE.sub(lambda m: m[1] + known[m["verb"].strip()] + m[3], text)


def main(*, check: bool) -> int:
    """Rewrite the stale pages, or with `check` list them; 1 if any was stale."""
    stale = [
        p for p in sorted(PAGES.glob("*.md")) if page(p.read_text("utf-8")) != p.read_text("utf-8")
    ]
    for path in stale:
        sys.stdout.write(f"{'stale' if check else 'rewritten'}: {path.name}\n")
        if not check:
            path.write_text(page(path.read_text("utf-8")), "utf-8")
    return int(check and bool(stale))


if __name__ == "__main__":
    sys.exit(main(check="--check" in sys.argv))
