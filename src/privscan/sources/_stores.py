"""Stores: a file, folder or address that holds tables by name, and which source opens it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from types import ModuleType

from privscan.errors import UnreadableError, UsageError, nearest
from privscan.model.data import Part, Unread
from privscan.registry import plugins
from privscan.sources._address import scheme, shown
from privscan.sources._place import local

KEYS = "keys"
"""Option of a part: columns of one value each, which the file leaves out: its partition's keys."""

VERSION = "version"
"""Option of a part: the snapshot or version of the table that it is of."""

TABLES = "tables"
"""Function of a source that reads stores: `tables(uri)` yields each `Table` and what is unread."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table of a store; without a name it is the whole store. `parts` name no dataset yet.

    `filled` says that its source saw a row; where it does not, the first rows are read to know.
    """

    name: str
    parts: tuple[Part, ...]
    version: str = ""
    unread: tuple[Unread, ...] = ()
    filled: bool = False

    def named(self, dataset: str) -> tuple[Part, ...]:
        """The parts of the dataset, each with the table's version if it has one."""
        more = {VERSION: self.version} if self.version else {}
        return tuple(
            replace(part, dataset=dataset, options={**part.options, **more}) for part in self.parts
        )


@cache
def _marks() -> tuple[tuple[str, str], ...]:
    """What lies in a folder that is a table, and the source that reads such a table."""
    found = ((plugin.fact("MARK"), plugin.name) for plugin in plugins("sources"))
    return tuple((mark, name) for mark, name in found if isinstance(mark, str))


def lake_tables(names: Iterable[str]) -> dict[str, str]:
    """Folders that are tables by the names of what lies in them, each with its source.

    For objects and members of archives, which are no folders to look into.
    """
    found = {}
    for name in names:
        for form, source in _LAKES:
            if match := form.match(name):
                found[match[1]] = source
    return found


_LAKES = (
    (re.compile(r"(.+)/_delta_log/[^/]+"), "delta"),
    (re.compile(r"(.+)/metadata/[^/]+\.metadata\.json(?:\.gz)?"), "iceberg"),
)


def store_of(folder: str) -> str:
    """Name of the source to which the folder is one table, or none."""
    for mark, name in _marks():
        if Path(folder, mark).is_dir() and _module(name).holds(folder):
            return name
    return ""


def store_at(address: str) -> str:
    """Name of the source that opens the address; `UsageError` if none does."""
    known = {s: p.name for p in plugins("sources") for s in _schemes(p.fact("SCHEMES"))}
    asked = scheme(address)
    name = known.get(asked) or ("+" in asked and known.get("+"))
    if not name:
        hint = nearest(asked, known) or f"addresses begin with {', '.join(sorted(known))}"
        raise UsageError(f"no source opens {asked}:// addresses", where=shown(address), hint=hint)
    return name


def _schemes(fact: object) -> tuple[str, ...]:
    return fact if isinstance(fact, tuple) else ()


@cache
def _module(name: str) -> ModuleType:
    return next(p for p in plugins("sources") if p.name == name).load()


def store_name(uri: str) -> str:
    """What a store's tables are called by: the base of an address, a file without its suffix."""
    path = Path(shown(uri).rstrip("/"))
    if scheme(uri):
        return path.name
    return (path.name if path.is_dir() else path.stem) or path.resolve().name


def on_disk(uri: str, what: str) -> None:
    """`UnreadableError` where a base is not a file of this machine: its reader opens no other."""
    if not local(uri):
        said = f"{what} is read from a disk only: copy it out of its archive or store"
        raise UnreadableError(said, where=shown(uri))


def needs(extra: str, uri: str) -> UnreadableError:
    """The error of a source whose libraries are not installed, with the command."""
    return UnreadableError(f"it is read with the extra: pip install 'privscan[{extra}]'", where=uri)
