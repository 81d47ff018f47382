"""Datasets in what the user named: files, folders, globs, addresses, and data in memory."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

import polars as pl

from privscan.errors import UnreadableError, UsageError
from privscan.model.data import Batch, Column, Part, Unread
from privscan.model.kinds import Kind
from privscan.registry import plugin
from privscan.sources._address import scheme, shown
from privscan.sources._cells import unique_names
from privscan.sources._files import (
    expanded,
    failure,
    is_data,
    printable,
    readers,
    walked,
)
from privscan.sources._groups import Group, grouped
from privscan.sources._memory import cut, remembered
from privscan.sources._met import met
from privscan.sources._object_stores import takes
from privscan.sources._objects import listed
from privscan.sources._place import stamp
from privscan.sources._stores import KEYS, TABLES, lake_tables, store_at, store_name, store_of

NO_ROWS = "no rows"
ALONE = "alone"
"""Option of a part that is its whole dataset: if it has no rows, nothing was looked at."""

NAMED_IN_MEMORY = "memory"


@dataclass(frozen=True, slots=True)
class Found:
    """A dataset: its parts, and what is already known to stay unread."""

    name: str
    uri: str
    parts: tuple[Part, ...]
    unread: tuple[Unread, ...]
    kind: Literal["table", "media"]


def discover(sources: Iterable[object]) -> Iterator[Found]:
    """One Found a dataset, in the order given and then by name; names are unique.

    A path where nothing is, or an object of no known kind, is a `UsageError`. A file named twice
    is read once.
    """
    names: dict[str, int] = {}
    uris: dict[str, str] = {}
    seen: set[str] = set()
    for source in sources:
        found = (
            _in_path(os.fspath(source), seen)
            if isinstance(source, (str, Path))
            else [_in_memory(source)]
        )
        for one in found:
            yield _named(one, names, uris)


def read_part(part: Part, *, batch_rows: int | None = None) -> Iterator[Batch | Unread]:
    """What the part's source reads, with Hive keys as columns and each Unread with its dataset.

    A dataset without rows is `Unread` too.
    """
    rows, lost = 0, False
    size = {} if batch_rows is None else {"batch_rows": batch_rows}
    try:
        for item in plugin("sources", part.source).load().read(part, **size):
            if isinstance(item, Unread):
                lost = True
                yield replace(item, dataset=part.dataset)
            else:
                rows += item.rows if item.columns else 0
                yield _keyed(item, part.options.get(KEYS, {}))
    except (Exception, pl.exceptions.PanicException) as error:  # noqa: BLE001  as in `failure`
        lost = True
        yield Unread(part.uri, part.span, failure(error), part.bytes, dataset=part.dataset)
    if part.options.get(ALONE) and not rows and not lost:
        yield Unread(part.uri, part.span, NO_ROWS, dataset=part.dataset)


def _keyed(batch: Batch, keys: Mapping[str, str | None]) -> Batch:
    """The batch with a column of one value for each key that its file's path holds."""
    own = [column.path for column in batch.columns]
    names = unique_names([*own, *keys])[len(own) :]
    more = (
        Column(name, Kind.TEXT, pl.repeat(value, batch.rows, dtype=pl.String, eager=True))
        for name, value in zip(names, keys.values(), strict=True)
    )
    return replace(batch, columns=(*batch.columns, *more)) if keys else batch


def _named(found: Found, names: dict[str, int], uris: dict[str, str]) -> Found:
    """The dataset under a name that no earlier one has, and that can be written."""
    found = replace(found, name=printable(found.name), uri=printable(found.uri))
    name = found.name
    if name in names and found.parts and uris.get(name) == found.uri != NAMED_IN_MEMORY:
        name = f"{name} ({found.parts[0].source})"
    elif name in names:
        path = Path(found.uri)
        name = f"{path.parent.name}/{path.name}" if path.parent.name else path.name
    while name in names:
        names[found.name] += 1
        name = f"{found.name}_{names[found.name]}"
    names.setdefault(name, 1)
    uris.setdefault(name, found.uri)
    names.setdefault(found.name, 1)
    if name == found.name and all(part.dataset == name for part in found.parts):
        return replace(found, unread=tuple(replace(u, dataset=name) for u in found.unread))
    return replace(
        found,
        name=name,
        parts=tuple(replace(part, dataset=name) for part in found.parts),
        unread=tuple(replace(u, dataset=name) for u in found.unread),
    )


def _in_memory(thing: object) -> Found:
    taking = (m for _, m in readers() if hasattr(m, "accepts") and m.accepts(thing))
    module = next(taking, None)
    if module is None:
        hint = "a path, a Polars frame, or an object with __arrow_c_stream__"
        raise UsageError(f"a {type(thing).__name__} is no source", hint=hint)
    parts = tuple(module.parts(NAMED_IN_MEMORY, NAMED_IN_MEMORY, thing))
    alone = tuple(replace(p, options={**p.options, ALONE: True}) for p in parts)
    return Found(NAMED_IN_MEMORY, NAMED_IN_MEMORY, alone, (), "table")


def _in_path(source: str, seen: set[str]) -> Iterator[Found]:
    loose: list[str] = []
    for path in expanded(source):
        if takes(path):
            yield from _lake(path, seen)
        elif opener := store_at(path) if scheme(path) else store_of(path):
            yield from (found for one in _new([path], seen) for found in _store(one, opener))
        elif os.path.isdir(path):  # noqa: PTH112  uri is a text
            inside = list(walked(path))
            shut = [item for item in inside if isinstance(item, Unread)]
            yield from _datasets(path, _new((f for f in inside if isinstance(f, str)), seen))
            yield from (Found(_name(u.uri), u.uri, (), (u,), "table") for u in shut)
            if not inside:
                unread = Unread(path, "", "no data files in this folder")
                yield Found(_name(path), path, (), (unread,), "table")
        else:
            loose += _new([path], seen)
    if loose:
        yield from _datasets(os.path.commonpath([os.path.dirname(p) for p in loose]), loose)  # noqa: PTH120  uri is a text


def _lake(address: str, seen: set[str]) -> Iterator[Found]:
    """The datasets among the objects at or below an address."""
    names: list[str] = []
    broken = "no data objects here"
    try:
        for uri in filter(is_data, listed(address)):
            names += _new([uri], seen)
            broken = ""
    except UnreadableError as error:
        broken = error.what
    tables = lake_tables(names)
    for root, source in sorted(tables.items()):
        yield from _store(root, source) if source == "delta" else [_elsewhere(root, source)]
    rest = [uri for uri in names if not _below(uri, tables)]
    yield from _datasets(address if names != [address] else address.rpartition("/")[0], rest)
    if broken:
        at = shown(address)
        unread = Unread(at, "", broken)
        yield Found(_name(at), at, (), (unread,), "table")


def _below(uri: str, roots: Iterable[str]) -> bool:
    return any(uri.startswith(f"{root}/") for root in roots)


def _elsewhere(root: str, source: str) -> Found:
    """A table of a lake whose files would be read with those that it has removed."""
    reason = f"{source.title()} tables in an object store are not read: scan a copy in a folder"
    return Found(_name(root), root, (), (Unread(root, "", reason),), "table")


def _new(paths: Iterable[str], seen: set[str]) -> list[str]:
    """Those not met before under another name."""
    found = []
    for path in paths:
        real = path if scheme(path) else os.path.realpath(path)
        if real not in seen:
            seen.add(real)
            found.append(path)
    return found


def _name(path: str) -> str:
    return Path(path).name or Path(path).resolve().name or path


def _datasets(root: str, paths: Sequence[str]) -> Iterator[Found]:
    files = []
    for file in met(paths):
        if file.source and hasattr(plugin("sources", file.source).load(), TABLES):
            yield from _store(file.uri, file.source)
        else:
            files.append(file)
    known = {file.uri: file.parts for file in files if file.parts}
    for group in grouped(root, files):
        if group.media:
            module = plugin("sources", group.source).load()
            parts = tuple(module.parts(group.uri, group.name, group.files))
            unread = tuple(item for item in parts if isinstance(item, Unread))
            read = tuple(item for item in parts if isinstance(item, Part))
            yield Found(group.name, group.uri, read, unread, "media")
        else:
            yield _table(group, known)


def _store(uri: str, source: str) -> Iterator[Found]:
    """The tables of a store; where none has rows nothing was looked at."""
    label, stem, found, any_rows, whole = printable(uri), store_name(uri), [], False, []
    try:
        for item in plugin("sources", source).load().tables(uri):
            if isinstance(item, Unread):
                whole.append(item)
                continue
            name = f"{stem}.{item.name}" if item.name else stem
            parts = item.named(name)
            any_rows = any_rows or item.filled or _any_rows(parts)
            found.append(Found(name, label, parts, item.unread, "table"))
    except Exception as error:  # noqa: BLE001  as in `failure`
        size = Path(uri).stat().st_size if Path(uri).is_file() else 0
        whole.append(Unread(label, "", failure(error), size))
    if found and not any_rows and not whole and not any(one.unread for one in found):
        found, whole = [], [Unread(label, "", NO_ROWS)]
    elif not found and not whole:
        whole = [Unread(label, "", "it holds no tables")]
    yield from found
    if whole:
        yield Found(stem, label, (), tuple(whole), "table")


def _table(group: Group, known: Mapping[str, tuple[Part | Unread, ...]]) -> Found:
    parts: list[Part] = []
    unread: list[Unread] = list(group.unread)
    for uri, keys in zip(group.files, group.keys, strict=True):
        options = {KEYS: keys} if keys else {}
        try:
            look = plugin("sources", group.source).load().parts
            for item in known.get(uri) or cut(group.source, uri, group.name, look):
                if isinstance(item, Unread):
                    unread.append(item)
                    continue
                more = {**item.options, **options}
                parts.append(
                    replace(item, dataset=group.name, fingerprint=stamp(uri), options=more)
                )
        except Exception as error:  # noqa: BLE001  as in `failure`
            unread.append(Unread(uri, "", failure(error)))
    if len(parts) == 1:
        parts = [replace(parts[0], options={**parts[0].options, ALONE: True})]
    elif not unread and not _any_rows(parts):
        parts, unread = [], [Unread(group.uri, "", NO_ROWS)]
    return Found(group.name, group.uri, tuple(parts), tuple(unread), "table")


def _any_rows(parts: Iterable[Part]) -> bool:
    """Whether some part has rows or trouble of its own; the first one nearly always has."""
    try:
        return any(_has_rows(part) for part in parts)
    except UnreadableError:
        return True


def _has_rows(part: Part) -> bool:
    # What a table's own log says may change while its file stays.
    if {*part.options} - {KEYS}:
        return bool(_rows(part))
    return bool(remembered(part.uri, f"rows {part.source} {part.span}", lambda: _rows(part)))


def _rows(part: Part) -> list[str]:
    """A word if it has a row; `UnreadableError` if it has trouble before."""
    for item in read_part(part):
        if isinstance(item, Unread):
            raise UnreadableError(item.reason)
        if item.rows and item.columns:
            return ["rows"]
    return []
