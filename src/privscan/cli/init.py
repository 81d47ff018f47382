"""Write a commented configuration file, or a description of a dataset or organisation to fill in."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Iterator
from pathlib import Path

import click

from privscan.cli.options import PluginName, Setting, option, verb
from privscan.errors import UsageError
from privscan.registry import plugins

PLUGIN = True
ORDER = 8

_WIDE = 98
"""Columns of a comment line."""


@verb("init")
@click.argument("folder", default=".", type=click.Path(exists=True, file_okay=False))
@option(
    "--dataset",
    is_flag=True,
    shared=False,
    help="Write dataset.yaml, the description of a dataset.",
)
@option(
    "--from",
    "saved",
    shared=False,
    type=click.Path(exists=True, dir_okay=False),
    help="A saved report: dataset.yaml names the personal columns that its scan found.",
)
@option(
    "--org",
    is_flag=True,
    shared=False,
    help="Write org.yaml, the roles, policy and contact of the organisation.",
)
@option("--force", is_flag=True, shared=False, help="Overwrite the file if it is there.")
def command(*, folder: str, dataset: bool, saved: str | None, org: bool, force: bool) -> None:
    """Write privscan.toml with every setting commented out, or dataset.yaml, into FOLDER."""
    from privscan.cli.output import tell
    from privscan.render._files import write

    if dataset and org:
        raise UsageError("--dataset and --org write two files", hint="one at a time")
    if saved and not dataset:
        raise UsageError("--from goes with --dataset", hint="privscan init --dataset --from FILE")
    file = Path(folder) / ("dataset.yaml" if dataset else "org.yaml" if org else "privscan.toml")
    if file.exists() and not force:
        raise UsageError("this file is there already", where=str(file), hint="--force overwrites")
    write({file: _text(file.name, saved)})
    tell(f"wrote {file}")


def _text(name: str, saved: str | None) -> str:
    """What stands in a file of that name before people fill it in."""
    if name == "org.yaml":
        from privscan.assess.organisation import template as organisation

        return organisation()
    if name == "dataset.yaml":
        from privscan.assess.prefill import prefilled
        from privscan.render._files import saved_report

        return prefilled(saved_report(Path(saved)).datasets if saved else ())
    return "\n".join([*_settings(), ""])


def _settings() -> Iterator[str]:
    from privscan.cli.settings import options, verbs

    yield "# Settings of privscan. A flag beats a variable PRIVSCAN_*, which beats this file."
    yield "# Keys above the first table serve every verb; paths are relative to this file."
    for path, command_ in verbs():
        settings = options(command_)
        if settings:
            yield from ("", f"# [{'.'.join(path)}]")
        for setting in settings:
            yield from textwrap.wrap(
                str(setting.help), _WIDE, initial_indent="# # ", subsequent_indent="# # "
            )
            yield f"# {setting.key.replace('_', '-')} = {_example(setting)}"


def _example(setting: Setting) -> str:
    """A value that the option takes, as TOML."""
    default = setting.to_info_dict()["default"]
    one: object = default
    if isinstance(setting.type, PluginName) and setting.multiple:
        one = plugins(setting.type.group)[0].name
    elif isinstance(setting.type, click.Choice) and default is None:
        one = setting.type.choices[-1]
    elif setting.is_flag:
        one = True
    elif not default:
        one = _NAMED.get(setting.key) or _ONE.get(type(setting.type), "FILE")
    return json.dumps([one] if setting.multiple else one)


_ONE = {click.IntRange: 2, click.FloatRange: 40}
_NAMED = {"output": "report.html", "sampling_fraction": 0.1, "today": "2026-01-31"}
