"""Where a value that is met in a copy comes from: columns left as they are, or treated ones."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from privscan.assess.context import FILE
from privscan.model.treatment import Treatment
from privscan.protect._pictures import IMAGE, PATH
from privscan.protect.files import Task, Tasks, tasks
from privscan.protect.leaves import exact_words, leaves, within, words
from privscan.protect.search import Met, search

BARE = frozenset({"drop", "mask", "tokenise", "encrypt"})
"""Treatments after which no whole value of the column stays."""

_REWORKED = frozenset({"generalise", "anonymise", "shift"})
"""Treatments that give values of the column's own kind: they may be those of another row."""

LONG = 12
"""Letters and digits of a value that no token of its shape equals by accident."""

Which = Callable[[str, str], bool]
"""Whether a column is meant, by dataset and path."""


def is_shaped(one: Treatment) -> bool:
    """Whether it gives tokens that look like the values."""
    return one.name == "tokenise" and "format" in one.options


def is_long(value: str) -> bool:
    """Whether it has `LONG` letters and digits."""
    return sum(map(str.isalnum, value)) >= LONG


@dataclass(frozen=True, slots=True)
class Origin:
    """What was done to which columns of a source; tells in which of them values stand."""

    every: Tasks
    chosen: Sequence[Treatment]
    made: Path

    def kept(self, values: list[str]) -> dict[str, frozenset[str]]:
        """Values by columns that may hold them: left as they are, or given values of their own kind.

        Names of columns, files and folders, and descriptions, go by an empty name.
        """
        short = [v for v in values if not is_long(v)]
        every = self._held(self.every, values, lambda d, p: not self._of(d, p))
        for found in (
            self._held(self._copy(), values, self._treated(lambda t: t.name in _REWORKED)),
            self._held(self._copy(), short, self._treated(is_shaped)),
            {"": search("\0".join(self._names()), values)},
        ):
            every |= {name: every.get(name, Met()) | met for name, met in found.items()}
        return {name: met.values for name, met in every.items() if met.values}

    def bare(self, values: list[str]) -> dict[str, frozenset[str]]:
        """Values by columns of the copy that were treated so that none should be there."""
        plain = self._treated(lambda t: t.name in BARE | {"redact"} and not is_shaped(t))
        every = self._held(self._copy(), values, plain)
        every |= self._held(self._copy(), [*filter(is_long, values)], self._treated(is_shaped))
        return {name: met.alone for name, met in every.items() if met.alone}

    def _copy(self) -> Tasks:
        return tasks(self.made, leave_out=True)

    def _of(self, dataset: str, path: str) -> list[Treatment]:
        return [t for t in self.chosen if t.concerns(dataset) and within(path, t.column)]

    def _treated(self, how: Callable[[Treatment], bool]) -> Which:
        return lambda dataset, path: any(map(how, self._of(dataset, path)))

    def _held(self, among: Tasks, values: list[str], which: Which) -> dict[str, Met]:
        several = len({t.dataset for t in self.every.files}) > 1
        found: dict[str, Met] = {}
        for task in among.files if values else ():
            names = {} if among is self.every else self._renamed(task)
            for path, text in _cells(task, names, which):
                name = f"{task.dataset}::{path}" if several else path
                met = search(text, values)
                if met.places:
                    found[name] = found.get(name, Met()) | met
        return found

    def _renamed(self, task: Task) -> Mapping[str, str]:
        """The source's names of a copy's columns: those that no header names are numbered anew."""
        if task.source != "delimited":
            return {}
        here = [*task.format.paths(task.uri)]
        for one in self.every.files:
            if (one.dataset, one.source) == (task.dataset, task.source):
                gone = {
                    t.column for t in self.chosen if t.name == "drop" and t.concerns(one.dataset)
                }
                left = [p for p in one.format.paths(one.uri) if p not in gone]
                if len(left) == len(here):
                    return dict(zip(here, left, strict=True))
        return {}

    def _names(self) -> Iterator[str]:
        for task in self.every.files:
            yield from task.format.paths(task.uri)
            yield from (part for part in task.place.parts[:-1] if not self._is_key(task, part))
            if not self._of(task.dataset, PATH) or task.source != "pictures":
                yield task.place.name
        yield from (p.read_text("utf-8", "replace") for p in self.made.parent.rglob(FILE))

    def _is_key(self, task: Task, part: str) -> bool:
        """Whether a folder says a value of a treated column."""
        key, equals, _ = part.partition("=")
        return bool(equals and key in task.keys and self._of(task.dataset, key))


def _cells(task: Task, names: Mapping[str, str], which: Which) -> Iterator[tuple[str, str]]:
    """Paths with all their distinct cells, piece by piece."""
    if task.source == "pictures":
        if which(task.dataset, IMAGE):
            yield IMAGE, Path(task.uri).read_bytes().decode("utf-8", "replace")
        return
    for piece in leaves(task):
        for path, array in piece:
            said = names.get(path, path)
            if which(task.dataset, said):
                cells = pl.concat([words(array), exact_words(array)]).drop_nulls().unique()
                yield said, "\0".join(cells)
