"""Write a commented configuration file, or a description of a dataset or organisation to fill in."""

from __future__ import annotations

import json
import textwrap
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from privscan.cli.options import PluginName, Setting, option, verb
from privscan.errors import UsageError
from privscan.registry import plugins

if TYPE_CHECKING:
    from privscan.model.profile import DatasetProfile

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
    help="A saved report: dataset.yaml names the personal columns that its scan found in FOLDER.",
)
@option(
    "--each",
    is_flag=True,
    shared=False,
    help="Write one beside every dataset of the report that has none, in whatever folder.",
)
@option(
    "--org",
    is_flag=True,
    shared=False,
    help="Write org.yaml, the roles, policy and contact of the organisation.",
)
@option(
    "--lang",
    type=click.Choice(("en", "ja")),
    default="en",
    show_default=True,
    shared=False,
    help="Language of the comments in dataset.yaml and org.yaml.",
)
@option("--force", is_flag=True, shared=False, help="Overwrite the file if it is there.")
def command(*, folder: str, force: bool, lang: str, **given: Any) -> None:
    """Write privscan.toml with every setting commented out, or dataset.yaml, into FOLDER."""
    from privscan.cli.output import tell
    from privscan.render._files import write

    _fit(given)
    if given["each"]:
        made = dict(_each(Path(given["saved"]), lang))
        hint = "--force without --each overwrites one"
        if not made:
            raise UsageError("every dataset has its dataset.yaml already", hint=hint)
    else:
        name = "dataset.yaml" if given["dataset"] else "org.yaml" if given["org"] else SETTINGS
        file = Path(folder) / name
        if file.exists() and not force:
            hint = "--force overwrites"
            raise UsageError("this file is there already", where=str(file), hint=hint)
        made = {file: _text(file, given["saved"], lang)}
    write(made)
    for file in made:
        tell(f"wrote {file}")


SETTINGS = "privscan.toml"


def _fit(given: dict[str, Any]) -> None:
    """Options that go together."""
    if given["dataset"] and given["org"]:
        raise UsageError("--dataset and --org write two files", hint="one at a time")
    hint = "privscan init --dataset --from REPORT"
    if given["saved"] and not given["dataset"]:
        raise UsageError("--from goes with --dataset", hint=hint)
    if given["each"] and not given["saved"]:
        raise UsageError("--each needs a report", hint=f"{hint} --each")


def _text(file: Path, saved: str | None, lang: str) -> str:
    """What stands in a file of that name before people fill it in."""
    if file.name == "org.yaml":
        from privscan.assess.organisation import template as organisation

        return organisation(lang)
    if file.name == "dataset.yaml":
        from privscan.assess.prefill import prefilled

        return prefilled(_of_folder(file, Path(saved)) if saved else (), lang)
    return "\n".join([*_settings(), ""])


def _of_folder(file: Path, saved: Path) -> list[DatasetProfile]:
    """The report's datasets that a description in that file speaks of.

    If none lies there all are taken, and it is said where a description would be found.
    """
    from privscan.assess.people import to_tell
    from privscan.cli.output import tell
    from privscan.render._files import saved_report

    report = saved_report(saved)
    places = {d.name: to_tell(d.uri, saved.parent) for d in report.datasets}
    of = [d for d in report.datasets if _same(places[d.name], file)]
    known = sorted({str(place.parent) for place in places.values() if place})
    if not of and known:
        tell(f"warning: no dataset of this report lies here; it is looked for in {known[0]}")
        tell(f"  try: privscan init --dataset --each --from {saved}")
    return of or [*report.datasets]


def _same(one: Path | None, two: Path) -> bool:
    return one is not None and one.resolve() == two.resolve()


def _each(saved: Path, lang: str) -> Iterator[tuple[Path, str]]:
    """A description for every dataset that has none; several in a folder have one each."""
    from privscan.assess.people import to_tell, told
    from privscan.assess.prefill import prefilled
    from privscan.render._files import saved_report

    datasets = saved_report(saved).datasets
    shared = Counter(to_tell(d.uri, saved.parent) for d in datasets)
    for d in datasets:
        common = to_tell(d.uri, saved.parent)
        file = to_tell(d.uri, saved.parent, alone=shared[common] == 1)
        if file and not told(d.uri, saved.parent):
            beside = [o for o in datasets if to_tell(o.uri, saved.parent) == file]
            yield file, prefilled(beside if file == common else [d], lang)


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
        one = _NAMED.get(setting.key) or _ONE.get(type(setting.type), _word(setting))
    return json.dumps([one] if setting.multiple else one)


def _word(setting: Setting) -> str:
    """What stands for a value that the user alone knows."""
    if isinstance(setting.type, click.Path):
        return "FILE" if setting.type.file_okay else "FOLDER"
    return setting.metavar or setting.key.upper()


_ONE = {click.IntRange: 2, click.FloatRange: 40}
_NAMED = {"output": "report.html", "sampling_fraction": 0.1, "today": "2026-01-31"}
