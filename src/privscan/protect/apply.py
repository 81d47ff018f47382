"""Treatments carried out: every file of a source written anew below a target."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

from privscan.errors import IncompleteError, PrivscanError, UnreadableError, UsageError
from privscan.model.treatment import Treatment
from privscan.protect.columns import Rows, Treated, known
from privscan.protect.files import Task, Tasks
from privscan.protect.hive import free, placed
from privscan.protect.key import Key
from privscan.protect.place import FULL
from privscan.protect.treating import Apply, Asked, checked, treatments
from privscan.sources._files import failure


@dataclass(frozen=True, slots=True)
class Written:
    """What was written: files and rows."""

    files: int = 0
    rows: int = 0


def carried_out(
    tasks: Tasks,
    chosen: Sequence[Treatment],
    key: Key | None,
    target: Path,
    most: int | None = None,
) -> Written:
    """Write each file treated; with `most`, about so many rows of each dataset.

    Nothing is caught half way: whoever gives the target removes it when this raises.
    """
    done, rows = Written(), dict.fromkeys((t.dataset for t in tasks.files), 0)
    treating = {name: _of(name, tasks, chosen, key) for name in rows}
    for task in tasks.files:
        left = None if most is None else most - rows[task.dataset]
        if left is not None and left <= 0:
            continue
        count = written(task, treating[task.dataset], target, left)
        rows[task.dataset] += count
        done = Written(done.files + 1, done.rows + count)
    if most is None:
        _all_met(tasks, treating)
    if tasks.root.is_dir():
        _modes(tasks.root, target)
    return done


def _all_met(tasks: Tasks, treating: Mapping[str, Treated]) -> None:
    """A field of JSON that was to be treated and never met is written otherwise than it was named."""
    for name, one in treating.items():
        left = {*one.apply, *one.gone} - one.seen
        if left and all(t.source == "json" for t in tasks.files if t.dataset == name):
            said = f"no record has the field {min(left)!r}"
            raise UsageError(said, where=name, hint="name fields as they are nested: a.b[].c")


def _of(dataset: str, tasks: Tasks, chosen: Sequence[Treatment], key: Key | None) -> Treated:
    own = [t for t in chosen if t.concerns(dataset)]
    return treated(own, key, [t for t in tasks.files if t.dataset == dataset])


def _modes(root: Path, target: Path) -> None:
    """Folders are open to those whom the source's are open to, and to nobody else."""
    for folder in [*(p for p in target.rglob("*") if p.is_dir()), target]:
        source = root / folder.relative_to(target)
        folder.chmod((source if source.is_dir() else root).stat().st_mode & 0o777)


def written(task: Task, treating: Treated, target: Path, most: int | None = None) -> int:
    """Write one file treated, open to those whom its source is open to; the number of its rows.

    What cannot be read whole is an `IncompleteError`; no error quotes a cell.
    """
    place = target
    if task.place.parts:
        place = target / placed(task.place, task.keys, treating)
        if {*task.keys} & {*treating.apply, *treating.gone}:
            place = free(place)
    place.parent.mkdir(parents=True, exist_ok=True)
    try:
        count = task.format.rewrite(task.uri, place, treating, most)
    except UnreadableError as error:
        said = f"cannot be protected: {error.what}"
    except PrivscanError as error:
        raise type(error)(error.what, where=error.where or task.uri, hint=error.hint) from None
    except (pa.ArrowException, OSError, ValueError, KeyError) as error:
        if isinstance(error, OSError) and error.errno in FULL:
            raise  # no fault of the source: whoever gave the place says it
        # What a library says may quote a cell.
        said = f"cannot be protected: {failure(error)}"
    else:
        if place.exists():
            place.chmod(Path(task.uri).stat().st_mode & 0o777)
        return int(count)
    raise IncompleteError(said, where=task.uri)


def treated(chosen: Iterable[Treatment], key: Key | None, files: Sequence[Task]) -> Treated:
    """The treatments of a dataset's columns, ready to be applied; some look at all files first."""
    apply: dict[str, Apply] = {}
    gone: set[str] = set()
    marked: set[str] = set()
    joint: dict[str, list[Treatment]] = {}
    for one in map(checked, chosen):
        if (
            one.column in apply
            or one.column in gone
            or any(one.column == t.column for j in joint.values() for t in j)
        ):
            raise UsageError("a column has two treatments", where=one.column)
        module = treatments()[one.name].load()
        if getattr(module, "REMOVES", False):
            gone.add(one.column)
        elif hasattr(module, "together"):
            joint.setdefault(one.name, []).append(one)
        else:
            apply[one.column] = module.made(Asked(one.options, key))
            marked |= {one.column} if getattr(module, "UNDONE", False) else set()
    rows = [_rows(name, some, key, files) for name, some in joint.items()]
    inside = frozenset(t.column for some in joint.values() for t in some)
    return Treated(apply, frozenset(gone), tuple(rows), inside, marked=frozenset(marked))


def _rows(name: str, chosen: Sequence[Treatment], key: Key | None, files: Sequence[Task]) -> Rows:
    def batches(wanted: list[str]) -> Iterator[pa.RecordBatch]:
        for task in files:
            yield from task.format.batches(task.uri, wanted)

    made: Rows = treatments()[name].load().together(chosen, key, batches)
    return made


def met(tasks: Tasks, chosen: Iterable[Treatment], seen: Mapping[str, Iterable[str]]) -> None:
    """A column that no file has, and that no scan has seen (by dataset), is a `UsageError`."""
    for one in chosen:
        every: dict[str, None] = {}
        for task in tasks.files:
            if one.concerns(task.dataset):
                own = (*task.format.paths(task.uri), *task.keys, *seen.get(task.dataset, ()))
                every |= dict.fromkeys(own)
        if not every:
            raise UsageError(f"no dataset is called {one.dataset!r}", where=str(tasks.root))
        known(one.column, every, str(tasks.root))
