"""Two rules folders compared: what was added, what went, and what says something else now.

Files are compared as they are written, not as this version reads them: the folder of an older
version may lack keys that a rule must have today, or hold some that are gone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from pydantic import ValidationError

from privscan.rulebook._yaml import read
from privscan.rulebook.folders import layers
from privscan.rulebook.schema import When

How = Literal["added", "removed", "changed"]
Known = dict[tuple[str, str], Any]

KINDS = {
    "entities": "entity",
    "recognizers": "recognizer",
    "numbers": "recognizer",
    "principles": "principle",
    "checks": "check",
    "rules": "law",
    "groups": "group",
}
"""What the entries of a file's list are; a whole file is a policy, or what its path says."""

_EACH = ("as_of", "status")
"""Keys that a file may say once for all its rules."""

_WHOLE = frozenset({"when", "examples"})
"""Keys whose value is one thing to a reader, however it is nested."""


@dataclass(frozen=True, slots=True)
class KeyChange:
    """What a key said and says: plain values, None where it was not there; `a.b` is nested."""

    key: str
    old: Any
    new: Any

    def conditions(self) -> tuple[When | None, When | None]:
        """Both values as conditions; None for one that is none, or not of this version."""
        return (_when(self.old), _when(self.new)) if self.key == "when" else (None, None)


@dataclass(frozen=True, slots=True)
class Change:
    """One rule, or one file of other settings, that differs."""

    kind: str
    id: str
    how: How
    keys: tuple[KeyChange, ...] = ()


def compare(old: Path, new: Path) -> tuple[Change, ...]:
    """What differs between two rules folders, by kind and id; a file moved is no difference.

    A folder of extra rules is compared as it counts: laid on the shipped ones.
    """
    before, after = dict(_rules(old)), dict(_rules(new))
    return tuple(
        change
        for name in sorted(before.keys() | after.keys())
        if (change := _change(name, before, after))
    )


def _change(name: tuple[str, str], before: Known, after: Known) -> Change | None:
    if name not in before:
        return Change(*name, "added", tuple(_keys({}, after[name])))
    if name not in after:
        return Change(*name, "removed", tuple(_keys(before[name], {})))
    keys = tuple(_keys(before[name], after[name]))
    return Change(*name, "changed", keys) if keys else None


def _rules(folder: Path) -> Iterator[tuple[tuple[str, str], Any]]:
    """Each rule under its kind and id, and what else stands in a file under the file's name."""
    every = [(layer, file) for layer in layers(folder) for file in sorted(layer.rglob("*.yaml"))]
    for layer, file in every:
        value = read(file).value
        if not isinstance(value, dict):
            yield ("file", file.relative_to(layer).as_posix()), {"": value}
            continue
        listed = [key for key in KINDS if isinstance(value.get(key), (dict, list))]
        for key in listed:
            yield from _entries(KINDS[key], value[key], value)
        rest = {k: v for k, v in value.items() if k not in listed}
        if file.parent.name == "policies":
            yield ("policy", str(value.get("id", file.stem))), rest
        elif not listed:
            yield ("file", file.relative_to(layer).as_posix()), rest


def _entries(kind: str, listed: Any, file: Mapping[str, Any]) -> Iterator[tuple[Any, Any]]:
    if isinstance(listed, dict):
        yield from (((kind, str(name)), {"members": one}) for name, one in listed.items())
        return
    shared = {key: file[key] for key in _EACH if key in file and kind in {"check", "law"}}
    for number, one in enumerate(listed):
        if isinstance(one, dict):
            yield (kind, str(one.get("id", one.get("name", number)))), shared | one
        else:
            yield (kind, str(number)), {"": one}


def _keys(old: Any, new: Any, above: str = "") -> Iterator[KeyChange]:
    """Keys that differ, those of nested mappings each by itself."""
    for key in dict.fromkeys((*old, *new)):
        path = f"{above}.{key}" if above else str(key)
        one, other = old.get(key), new.get(key)
        nested = isinstance(one or other, dict) and isinstance(other or one, dict)
        if nested and path not in _WHOLE:
            yield from _keys(one or {}, other or {}, path)
        elif one != other:
            yield KeyChange(path, one, other)


def _when(value: Any) -> When | None:
    try:
        return None if value is None else When.model_validate(value)
    except ValidationError:
        return None
