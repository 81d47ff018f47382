"""The files of a source as tasks: which format writes each, and where it goes below the target."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType

from privscan.errors import IncompleteError, UsageError
from privscan.model.data import Unread
from privscan.protect import _arrow_ipc, _delimited, _json_lines, _parquet, _pictures
from privscan.sources._media import FILES
from privscan.sources._stores import KEYS
from privscan.sources.discover import Found, discover

FORMATS: Mapping[str, ModuleType] = {
    module.NAME: module for module in (_parquet, _delimited, _json_lines, _arrow_ipc, _pictures)
}
"""What writes a file that a source of that name reads."""

_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Task:
    """A file to write: its dataset, what reads it, its place, and the Hive keys in its path."""

    dataset: str
    source: str
    uri: str
    place: Path
    keys: Mapping[str, str | None] = field(default_factory=dict)

    @property
    def format(self) -> ModuleType:
        """The module that writes it."""
        return FORMATS[self.source]


@dataclass(frozen=True, slots=True)
class Tasks:
    """All files of a source; those in `left_out` are of no format that is written here."""

    root: Path
    files: tuple[Task, ...]
    left_out: tuple[str, ...]


def tasks(source: str | Path, *, leave_out: bool = False) -> Tasks:
    """The files below a file or folder; what cannot be read or written stops it unless `leave_out`."""
    root = Path(source)
    if not root.exists():
        raise UsageError("no such file or folder", where=str(source))
    found = list(discover([str(source)]))
    files = [task for one in found for task in _tasks(one, root)]
    unread = [u for one in found for u in one.unread]
    strange = sorted({t.uri for t in files if t.source not in FORMATS} | {u.uri for u in unread})
    if strange and not leave_out:
        raise _refused(strange, unread)
    kept = tuple(t for t in files if t.source in FORMATS)
    if not kept:
        raise IncompleteError("there is no file that can be protected", where=str(source))
    return Tasks(root, kept, tuple(strange))


def _refused(strange: list[str], unread: list[Unread]) -> IncompleteError:
    why = {u.uri: u.reason for u in unread}
    said = "; ".join(
        f"{uri}: {why.get(uri, 'its format is not written')}" for uri in strange[:_SHOWN]
    )
    more = f" and {len(strange) - _SHOWN} more" if len(strange) > _SHOWN else ""
    return IncompleteError(
        f"cannot be protected: {said}{more}", hint="--leave-out writes a copy without them"
    )


def _tasks(found: Found, root: Path) -> Iterator[Task]:
    seen: set[str] = set()
    for part in found.parts:
        names = part.options.get(FILES)
        for uri in [os.path.join(part.uri, n) for n in names] if names else [part.uri]:  # noqa: PTH118  uri is a text
            if uri not in seen:
                seen.add(uri)
                place = Path(uri).relative_to(root) if root.is_dir() else Path()
                yield Task(found.name, part.source, uri, place, part.options.get(KEYS, {}))
