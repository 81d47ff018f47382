"""Which files are one dataset: Hive partitions, equal tables of one folder, trees of media."""

from __future__ import annotations

import itertools
import os
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import ModuleType
from urllib.parse import unquote

from privscan.errors import UnreadableError
from privscan.model.data import Unread
from privscan.registry import plugin
from privscan.rulebook.names import nameless
from privscan.sources._files import File, failure, is_media, printable
from privscan.sources._memory import remembered
from privscan.sources._place import size

MOST_ALBUMS = 20
"""A folder with more media folders than this is one collection (a folder a person, a day)."""

SHARED = 0.5
"""Share of the narrower schema's columns from which files of one series are one table."""

_HIVE = re.compile(r"([A-Za-z_][\w.-]*)=(.*)")
_HIVE_NULL = "__HIVE_DEFAULT_PARTITION__"
_PACKED = frozenset({".gz", ".zst", ".bz2", ".gzip", ".zstd"})
_COUNTER = re.compile(r"[\d\W_]+$")


@dataclass(frozen=True, slots=True)
class Group:
    """Files that make one dataset; `keys` are each file's Hive keys.

    Media are named relative to the folder `uri`, other files as the user would.
    """

    name: str
    uri: str
    source: str = ""
    files: tuple[str, ...] = ()
    keys: tuple[Mapping[str, str | None], ...] = ()
    unread: tuple[Unread, ...] = ()

    @property
    def media(self) -> bool:
        """Whether the dataset is a folder of media, such as pictures."""
        return is_media(self.source)


def grouped(root: str, files: Sequence[File]) -> Iterator[Group]:
    """The datasets among recognised files under `root`, by name."""
    groups: list[Group] = []
    root = root.rstrip("/")
    for source in sorted({f.source for f in files if is_media(f.source)}):
        media = [f.uri for f in files if f.source == source]
        others = [f.uri for f in files if f.source not in {"", source}]
        groups += _albums(root, source, media, others)
    hive: dict[tuple[str, str], list[File]] = defaultdict(list)
    folders: dict[str, list[File]] = defaultdict(list)
    for file in files:
        if file.unread:
            groups.append(Group(_stem(file.uri), file.uri, unread=(file.unread,)))
        elif not is_media(file.source):
            base = _hive_base(file.uri, root)
            if base is None:
                folders[file.folder or os.path.dirname(file.uri)].append(file)  # noqa: PTH120  as above
            else:
                hive[base, file.source].append(file)
    groups += [_partitioned(base, some) for (base, _), some in hive.items()]
    for folder, some in folders.items():
        groups += _tables(folder, some)
    yield from sorted(groups, key=lambda g: (g.name, g.uri))


def _folders(uri: str, root: str) -> list[str]:
    """The folders from the file's own up to the root."""
    found = [os.path.dirname(uri)]  # noqa: PTH120  keeps the path as given
    while len(found[-1]) > len(root):
        found.append(os.path.dirname(found[-1]))  # noqa: PTH120  as above
    return found


def _hive_base(uri: str, root: str) -> str | None:
    """The folder above the file's highest `key=value` folder; the root may be one itself."""
    keyed = [f for f in _folders(uri, root) if _HIVE.fullmatch(_last(f))]
    return os.path.dirname(keyed[-1]) if keyed else None  # noqa: PTH120  keeps the path as given


def _last(folder: str) -> str:
    return os.path.basename(folder)  # noqa: PTH119  uri is a text


def _partitioned(base: str, files: Sequence[File]) -> Group:
    uris = tuple(f.uri for f in files)
    keys = [
        {k: v for p in Path(u).parts[:-1] if (m := _HIVE.fullmatch(p)) for k, v in [_key(m)]}
        for u in uris
    ]
    return Group(_folder_name(base), base or ".", files[0].source, uris, tuple(keys))


def _key(match: re.Match[str]) -> tuple[str, str | None]:
    value = printable(unquote(match[2]))
    return match[1], None if value == _HIVE_NULL else value


def _tables(folder: str, files: Sequence[File]) -> Iterator[Group]:
    """Files of one format and schema are one dataset; what has no schema stands alone."""
    tables: list[_Table] = []
    for file in files:
        try:
            columns = _schema(file)
        except Exception as error:  # noqa: BLE001  as in `failure`
            unread = Unread(file.uri, "", failure(error), _size(file.uri))
            yield Group(_stem(file.uri), file.uri, unread=(unread,))
            continue
        found = next((t for t in tables if t.holds(file, columns)), None)
        if found is None:
            tables.append(found := _Table(file.source))
        found.add(file.uri, columns)
    for table in tables:
        uris = tuple(table.uris)
        if len(uris) == 1:
            yield Group(_stem(uris[0]), uris[0], table.source, uris, ({},))
            continue
        name = _folder_name(folder) if len(tables) == 1 else _prefix(uris) or _folder_name(folder)
        yield Group(name, folder or ".", table.source, uris, ({},) * len(uris))


def _schema(file: File) -> tuple[str, ...]:
    if file.columns is not None:
        return file.columns
    return remembered(file.uri, "schema", lambda: _module(file.source).schema(file.uri))


class _Table:
    """Files of one folder that are taken for one table, as they are met in order of name."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.uris: list[str] = []
        self._schemas: set[tuple[str, ...]] = set()
        self._series: set[str] = set()
        self._columns: set[str] = set()

    def holds(self, file: File, columns: tuple[str, ...]) -> bool:
        """Whether the file has one of the schemas, or is of a series and has most columns.

        A field that comes late, or a column that was added one year, makes no new dataset.
        """
        if file.source != self.source:
            return False
        shared = len(self._columns & {*columns})
        alike = shared >= SHARED * max(1, min(len(self._columns), len(columns)))
        # Without headers a schema is only a number of columns.
        said = columns in self._schemas and not all(map(nameless, columns))
        return said or (alike and _series(file.uri) in self._series)

    def add(self, uri: str, columns: tuple[str, ...]) -> None:
        """One more file."""
        self.uris.append(uri)
        self._schemas.add(columns)
        self._series.add(_series(uri))
        self._columns |= {*columns}


def _series(uri: str) -> str:
    """The file's name without a counter or date at its end; a name that is only that is unique."""
    return _COUNTER.sub("", _stem(uri)) or _stem(uri)


@cache
def _module(source: str) -> ModuleType:
    return plugin("sources", source).load()


def _albums(root: str, source: str, media: Sequence[str], others: Iterable[str]) -> Iterator[Group]:
    """One dataset for each highest folder below which all data are media of that source."""
    mixed = {folder for uri in others for folder in _folders(uri, root)}
    tops: dict[str, list[str]] = defaultdict(list)
    for uri in media:
        folders = _folders(uri, root)
        pure = [folder for folder in folders if folder not in mixed]
        tops[pure[-1] if pure else folders[0]].append(uri)
    crowded: dict[str, list[str]] = defaultdict(list)
    for top in tops:
        if len(top) > len(root):
            crowded[os.path.dirname(top)].append(top)  # noqa: PTH120  uri is a text
    for folder, albums in crowded.items():
        if len(albums) > MOST_ALBUMS:
            tops[folder] = sorted(
                [*tops.get(folder, ()), *(u for a in albums for u in tops.pop(a))]
            )
    for top, uris in tops.items():
        names = tuple(os.path.relpath(u, top or ".") for u in uris)
        alone = len(uris) == 1 and os.path.dirname(uris[0]) in mixed  # noqa: PTH120  as above
        yield Group(_stem(uris[0]) if alone else _folder_name(top), top or ".", source, names)


def _size(uri: str) -> int:
    try:
        return size(uri)
    except (OSError, UnreadableError):
        return 0


def _folder_name(folder: str) -> str:
    return Path(folder).name.removesuffix("!") or Path(folder or ".").resolve().name or "root"


def _stem(uri: str) -> str:
    """The file's name without its suffixes for format and compression."""
    path = Path(uri)
    if path.suffix.lower() in _PACKED:
        path = path.with_suffix("")
    return path.stem or path.name


def _prefix(uris: Sequence[str]) -> str:
    """What the files' names begin with alike, without a counter or separator at its end."""
    stems = sorted(map(_stem, uris))
    alike = itertools.takewhile(
        lambda pair: pair[0] == pair[1], zip(stems[0], stems[-1], strict=False)
    )
    return _COUNTER.sub("", "".join(a for a, _ in alike))
