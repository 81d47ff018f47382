"""What people declared of data goes with the copy: `dataset.yaml` beside each file, or above."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

import yaml

from privscan.assess.context import FILE, find_context, load_context
from privscan.model.treatment import Treatment
from privscan.protect.files import Task, Tasks

_KEY = "subject_key"


def declared(every: Tasks, chosen: Sequence[Treatment], target: Path) -> None:
    """Copy each description below `target`; a subject key that no file has any more is not in it."""
    if not every.root.is_dir():
        found = find_context(str(every.root))
        if found is not None:
            _copied(found, every.files, chosen, target.with_name(FILE))
        return
    for folder in {p for t in every.files for p in t.place.parents}:
        file = every.root / folder / FILE
        if file.is_file() and (target / folder).is_dir():
            below = [t for t in every.files if t.place.is_relative_to(folder)]
            _copied(file, below, chosen, target / folder / FILE)


def _copied(file: Path, files: Iterable[Task], chosen: Sequence[Treatment], target: Path) -> None:
    said = file.read_bytes()
    key = load_context(file).subject_key
    if key and not any(_holds(task, key, chosen) for task in files):
        # A scan refuses a description that names a column which is not there.
        left = {k: v for k, v in yaml.safe_load(said).items() if k != _KEY}
        said = yaml.safe_dump(left, allow_unicode=True, sort_keys=False).encode()
    target.write_bytes(said)


def _holds(task: Task, key: str, chosen: Sequence[Treatment]) -> bool:
    """Whether the file has the column, and still has it once treated."""
    gone = any(
        t.name == "drop" and t.concerns(task.dataset) and _within(key, t.column) for t in chosen
    )
    return not gone and key in (*task.format.paths(task.uri), *task.keys)


def _within(path: str, outer: str) -> bool:
    return path == outer or path.startswith((f"{outer}.", f"{outer}["))
