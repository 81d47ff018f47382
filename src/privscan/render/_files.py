"""Reports on their way to disk and back: which renderer a suffix picks, writing all files or none."""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from contextlib import ExitStack
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from privscan.errors import UsageError, nearest
from privscan.model.report import SCHEMA, Report
from privscan.registry import Plugin, plugins


def suffixes(plugin: Plugin) -> tuple[str, ...]:
    """The suffixes that name a renderer or source: its `SUFFIXES`, else its name."""
    stated: Any = plugin.fact("SUFFIXES", f".{plugin.name}")
    return (stated,) if isinstance(stated, str) else tuple(stated)


def renderer(path: Path, group: str = "render") -> Plugin:
    """The renderer whose suffix, the longest that fits, a path has; none is a `UsageError`."""
    known = {suffix: p for p in plugins(group) for suffix in suffixes(p)}
    fitting = [suffix for suffix in known if path.name.casefold().endswith(suffix)]
    if fitting:
        return _installed(known[max(fitting, key=len)], path)
    hint = f"{nearest(path.suffix, known)} known are {', '.join(known)}".strip()
    raise UsageError("no format has this suffix", where=str(path), hint=hint)


def _installed(plugin: Plugin, path: Path) -> Plugin:
    """Said before the work and not after it: the packages that a format `NEEDS` are not there."""
    needed: Any = plugin.fact("NEEDS", ())
    if any(find_spec(name) is None for name in needed):
        hint = f"pip install 'privscan[{plugin.fact('EXTRA')}]'"
        raise UsageError(
            "this format needs packages that are not installed", where=str(path), hint=hint
        )
    return plugin


def write(documents: Mapping[Path, str | bytes]) -> None:
    """Write all files or none; each appears whole, and what fails or is broken off is undone.

    Only a death of the process between two renames leaves some new and some old.
    """
    new = {path: _beside(path, "new") for path in documents}
    old = {path: _beside(path, "old") for path in documents}
    with ExitStack() as tidy, ExitStack() as undo:
        for path, document in documents.items():
            tidy.callback(new[path].unlink, missing_ok=True)
            tidy.callback(old[path].unlink, missing_ok=True)
            try:
                # As bytes: a document's line ends are its own (CSV has \r\n).
                with new[path].open("xb") as file:
                    file.write(document.encode() if isinstance(document, str) else document)
                if path.exists():
                    shutil.copy2(path, old[path])
            except OSError as error:
                raise _refused(path, error) from None
        for path in documents:
            undo.callback(_restore, path, old[path])
            try:
                new[path].replace(path)
            except OSError as error:
                raise _refused(path, error) from None
        undo.pop_all()


def _beside(path: Path, what: str) -> Path:
    return path.with_name(f".{path.name}.{os.getpid()}.{what}")


def _restore(path: Path, old: Path) -> None:
    if old.exists():
        old.replace(path)
    else:
        path.unlink(missing_ok=True)


def _refused(path: Path, error: OSError) -> UsageError:
    reason = error.strerror or type(error).__name__
    hint = "name a folder you may write"
    return UsageError(f"cannot write: {reason}", where=str(path), hint=hint)


def saved_report(file: Path) -> Report:
    """Read a saved JSON report; anything else is a `UsageError` that quotes nothing of it."""
    from privscan.render.json import read_report

    hint = "privscan scan SOURCE -o report.json"
    try:
        return read_report(file.read_text("utf-8"))
    except (OSError, UnicodeDecodeError):
        raise UsageError("this file cannot be read as text", where=str(file), hint=hint) from None
    except (ValueError, KeyError, TypeError, AttributeError):
        raise UsageError(f"this is no {SCHEMA}", where=str(file), hint=hint) from None
