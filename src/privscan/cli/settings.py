"""Every verb's options as settings: what a configuration file may set, and what is in force."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from privscan import config
from privscan.cli.options import PolicyName, Setting
from privscan.registry import plugins

Verb = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class InForce:
    """The value an option has now, and where it comes from."""

    verb: str
    option: str
    value: object
    origin: str


def load_settings(file: str | None) -> config.Settings:
    """The settings of the named file, else of the nearest one above the working folder."""
    found = Path(file) if file else config.find(Path.cwd())
    return config.read(found) if found else config.Settings()


def verbs() -> Iterator[tuple[Verb, click.Command]]:
    """Every verb that does something, `("scan",)` or `("rules", "check")`, with its command."""
    for plugin in plugins("cli"):
        yield from _leaves((plugin.name,), plugin.load().command)


def _leaves(path: Verb, command: click.Command) -> Iterator[tuple[Verb, click.Command]]:
    if isinstance(command, click.Group):
        for name, sub in sorted(command.commands.items()):
            yield from _leaves((*path, name), sub)
    else:
        yield path, command


def options(command: click.Command) -> list[Setting]:
    """The options of a command that can be set from outside, in the order of its help."""
    return [p for p in command.params if isinstance(p, Setting)]


def default_map(settings: config.Settings) -> dict[str, Any]:
    """The checked settings in the nested shape that click takes defaults from."""
    nested: dict[str, Any] = {}
    filed = config.defaults(settings, _known())
    for verb, command in verbs():
        level = nested
        for word in verb:
            level = level.setdefault(word, {})
        values = filed.get(verb, {})
        level.update({str(o.name): values[o.key][0] for o in options(command) if o.key in values})
    return nested


def in_force(settings: config.Settings) -> Iterator[InForce]:
    """Every option of every verb with its value and origin; nothing is run."""
    filed = config.defaults(settings, _known())
    for verb, command in verbs():
        from_file = filed.get(verb, {})
        for option in options(command):
            value, origin = option.to_info_dict()["default"], "default"
            if option.key in from_file:
                value, entry = from_file[option.key]
                origin = settings.where(entry)
            for variable in variables(verb, option):
                if os.environ.get(variable):
                    value, origin = os.environ[variable], variable
                    break
            yield InForce(" ".join(verb), max(option.opts, key=len), value, origin)


def variables(verb: Verb, option: Setting) -> list[str]:
    """The environment variables an option of a verb reads, the one that wins first."""
    return option.variables("_".join(("privscan", *verb)))


def _known() -> dict[Verb, dict[str, config.Check]]:
    return {
        verb: {option.key: _check(command, option) for option in options(command)}
        for verb, command in verbs()
    }


def _check(command: click.Command, option: click.Option) -> config.Check:
    def check(value: object, folder: Path) -> object:
        if option.is_flag and not isinstance(value, bool):
            raise ValueError("wants true or false")
        if isinstance(value, list) and not option.multiple:
            raise ValueError("wants one value, not a list")
        values = value if isinstance(value, list) else [value]
        placed = [_placed(option, v, folder) for v in values]
        result = placed if option.multiple else placed[0]
        try:
            option.type_cast_value(click.Context(command), result)
        except click.UsageError as error:
            raise ValueError(error.message) from None
        return result

    return check


def _placed(option: click.Option, value: object, folder: Path) -> object:
    """A path in a configuration file is relative to that file."""
    path = isinstance(option.type, click.Path) or (
        isinstance(option.type, PolicyName) and PolicyName.is_path(str(value))
    )
    return str(folder / str(value)) if path else value
