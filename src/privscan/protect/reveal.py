"""Encrypted columns given back, with a line in an audit file before anything is put in place."""

from __future__ import annotations

import getpass
import json
import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TypedDict

import pyarrow as pa

from privscan.errors import PrivscanError, UsageError
from privscan.protect.apply import written
from privscan.protect.columns import Treated, kind_before, known
from privscan.protect.files import Task, tasks
from privscan.protect.key import Key
from privscan.protect.opened import Opened
from privscan.protect.place import checked, private, publish
from privscan.protect.sealed import Seal

AUDIT = "privscan-audit.jsonl"
"""The audit file beside the output, where no other is named."""


@dataclass(frozen=True, slots=True)
class Revealed:
    """What was given back: files, rows, and the audit file that says so."""

    out: str
    files: int
    rows: int
    audit: str


class RevealOptions(TypedDict, total=False):
    """The audit file, why it is done, and whether an output that exists is replaced."""

    audit: str | Path | None
    reason: str
    force: bool


def revealed(
    source: Path, out: Path, columns: Sequence[str], key: Key, options: RevealOptions
) -> Revealed:
    """Write `source` at `out` with these columns open; with a wrong key nothing is written.

    The audit file gets a line either way, and without it nothing is written.
    """
    checked(source, out, force=options.get("force", False))
    if not columns:
        raise UsageError("no column is named", hint="--column NAME")
    every = tasks(source)
    for column in columns:
        known(column, {p for t in every.files for p in t.format.paths(t.uri)}, str(source))
    audit = Path(options.get("audit") or out.parent / AUDIT)
    line = _Line(audit, source, out, tuple(columns), key, options.get("reason", ""))
    seal = Seal(key.sub)
    try:
        with private(out) as made:
            rows = sum(written(task, _opening(task, columns, seal), made) for task in every.files)
            line.said("revealed", rows)
            publish(made, out)
    except PrivscanError:
        line.said("refused", 0)
        raise
    return Revealed(str(out), len(every.files), rows, str(line.audit))


def _opening(task: Task, columns: Sequence[str], seal: Seal) -> Treated:
    schema = task.format.schema(task.uri) if hasattr(task.format, "schema") else None
    return Treated({c: Opened(seal, _kind(schema, c)) for c in columns})


def _kind(schema: pa.Schema | None, path: str) -> pa.DataType | None:
    """The type that the column had, also of a part of a column."""
    found = schema
    for name in path.replace("[]", ".[]").split("."):
        if found is None:
            return None
        inner = found if isinstance(found, pa.Schema) else found.type
        if name == "[]":
            found = inner.value_field
        else:
            at = inner.get_field_index(name)
            found = inner.field(at) if at >= 0 else None
    return kind_before(found) if found is not None else None


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of the audit file: when, who, what, with which key, and how it ended; no value."""

    audit: Path
    source: Path
    out: Path
    columns: tuple[str, ...]
    key: Key
    reason: str

    def said(self, outcome: str, rows: int) -> None:
        """Append the line and wait until it is on disk."""
        what = {
            "time": datetime.now(UTC).isoformat(timespec="seconds"),
            "user": _user(),
            "outcome": outcome,
            "source": str(self.source.resolve()),
            "out": str(self.out.resolve()),
            "columns": list(self.columns),
            "rows": rows,
            "key": self.key.sub("fingerprint").hex()[:16],
            "reason": self.reason,
        }
        try:
            handle = os.open(self.audit, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
            with os.fdopen(handle, "ab") as file:
                file.write(json.dumps(what, ensure_ascii=False).encode() + b"\n")
                file.flush()
                os.fsync(file.fileno())
        except OSError as error:
            said = f"the audit file cannot be written: {error.strerror}"
            raise UsageError(said, where=str(self.audit), hint="--audit names another") from None


def _user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return str(os.getuid())
