"""Settings from privscan.toml or [tool.privscan]: found upward, checked, each with file and line."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from privscan.errors import RuleError, nearest

FILES = ("privscan.toml", "pyproject.toml")

Check = Callable[[object, Path], object]
"""Turns a setting's raw value and its file's folder into the option's value, or `ValueError`."""

_TABLE = re.compile(r"\s*\[([^\[\]]+)\]")
_KEY = re.compile(r"\s*([\w.\"'-]+)\s*=")
_AT = re.compile(r"at line (\d+)")


@dataclass(frozen=True, slots=True)
class Entry:
    """One setting: `verb` is the words of its verb, empty for a key that serves every verb."""

    verb: tuple[str, ...]
    option: str
    value: object
    line: int


@dataclass(frozen=True, slots=True)
class Settings:
    """What one file sets; `file` is None where no file was found."""

    file: Path | None = None
    entries: tuple[Entry, ...] = ()

    def where(self, entry: Entry) -> str:
        """`file:line` of an entry."""
        return f"{self.file}:{entry.line}"


def find(start: Path) -> Path | None:
    """The nearest privscan.toml, or pyproject.toml with [tool.privscan], from `start` upward."""
    for folder in (start, *start.parents):
        for name in FILES:
            file = folder / name
            if file.is_file() and _table(file) is not None:
                return file
    return None


def read(file: Path) -> Settings:
    """All entries of one file; broken TOML is a `RuleError`.

    A first level key is for every verb, a table `[gate]` or `[rules.list]` for one verb.
    """
    table = _table(file)
    lines = _lines(file.read_text("utf-8"))
    prefix = ("tool", "privscan") if file.name == "pyproject.toml" else ()
    return Settings(file, tuple(_entries(table or {}, (), prefix, lines)))


def defaults(
    settings: Settings, known: Mapping[tuple[str, ...], Mapping[str, Check]]
) -> dict[tuple[str, ...], dict[str, tuple[object, Entry]]]:
    """Checked values for each verb and option with the entry each comes from.

    A key for every verb serves the verbs whose option takes its value; a verb's own table wins.
    An unknown verb, option or value is a `RuleError` at file:line with the nearest name.
    """
    result: dict[tuple[str, ...], dict[str, tuple[object, Entry]]] = {}
    for entry in sorted(settings.entries, key=lambda e: len(e.verb)):
        for verb, value in _served(settings, entry, known):
            result.setdefault(verb, {})[entry.option] = (value, entry)
    return result


def _served(
    settings: Settings, entry: Entry, known: Mapping[tuple[str, ...], Mapping[str, Check]]
) -> Iterator[tuple[tuple[str, ...], object]]:
    where, folder = settings.where(entry), (settings.file or Path()).parent
    if entry.verb and entry.verb not in known:
        words = " ".join(entry.verb)
        hint = nearest(words, [" ".join(v) for v in known])
        raise RuleError(f"there is no verb {words!r}", where=where, hint=hint)
    checks = {v: c for v, c in known.items() if not entry.verb or v == entry.verb}
    if not any(entry.option in c for c in checks.values()):
        names = {o.replace("_", "-") for c in checks.values() for o in c}
        key = entry.option.replace("_", "-")
        raise RuleError(f"there is no option {key!r}", where=where, hint=nearest(key, names))
    refused = ""
    served = 0
    for verb, options in checks.items():
        if entry.option in options:
            try:
                value = options[entry.option](entry.value, folder)
            except ValueError as error:
                refused = str(error)
            else:
                served += 1
                yield verb, value
    if not served:
        raise RuleError(f"{entry.option.replace('_', '-')}: {refused}", where=where)


def _table(file: Path) -> Mapping[str, Any] | None:
    try:
        data = tomllib.loads(file.read_text("utf-8"))
    except tomllib.TOMLDecodeError as error:
        at = _AT.search(str(error))
        where = f"{file}:{at[1]}" if at else str(file)
        raise RuleError("this is no valid TOML", where=where) from None
    except (OSError, UnicodeDecodeError):
        raise RuleError("this file cannot be read as UTF-8 text", where=str(file)) from None
    if file.name != "pyproject.toml":
        return data
    table = data.get("tool", {}).get("privscan")
    return table if isinstance(table, dict) else None


def _lines(text: str) -> dict[tuple[str, ...], int]:
    """The line of each key by its full path; the TOML reader of the library tells none."""
    found: dict[tuple[str, ...], int] = {}
    table: tuple[str, ...] = ()
    for number, line in enumerate(text.splitlines(), 1):
        if head := _TABLE.match(line):
            table = _path(head[1])
            found.setdefault(table, number)
        elif key := _KEY.match(line):
            found.setdefault((*table, *_path(key[1])), number)
    return found


def _path(dotted: str) -> tuple[str, ...]:
    return tuple(word.strip().strip("\"'") for word in dotted.split("."))


def _entries(
    table: Mapping[str, Any],
    verb: tuple[str, ...],
    prefix: tuple[str, ...],
    lines: Mapping[tuple[str, ...], int],
) -> Iterator[Entry]:
    for key, value in table.items():
        if isinstance(value, dict):
            yield from _entries(value, (*verb, key), prefix, lines)
            continue
        path = (*prefix, *verb, key)
        line = next((lines[path[:n]] for n in range(len(path), 0, -1) if path[:n] in lines), 1)
        yield Entry(verb, key.replace("-", "_"), value, line)
