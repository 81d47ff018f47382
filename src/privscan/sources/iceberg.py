"""Apache Iceberg: the files of the newest snapshot, without rows that delete files remove.

Needs the extra `lake`. Of a folder's metadata the newest are taken; a catalog may say otherwise.
Columns and files that are no longer of the table are not read, though they may still lie there.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import pyarrow as pa

from privscan.errors import UnreadableError
from privscan.model.data import Batch, Part, Unread
from privscan.sources import parquet
from privscan.sources._cells import batches
from privscan.sources._place import inside, size, stamp
from privscan.sources._stores import Table, needs

PLUGIN = True
SUFFIXES = ()
PRIORITY = 10
MARK = "metadata"
"""A folder with this one in it may be a table."""

_METADATA = re.compile(r"v?(\d+)(?:-[0-9a-fA-F-]+)?(?:\.gz)?\.metadata\.json(?:\.gz)?")
_OUTSIDE = "the table's metadata name a file outside its folder: scan that one by itself"
_FIELD = b"PARQUET:field_id"


def sniff(_sample: bytes) -> bool:
    """Never: a table is a folder."""
    return False


def holds(folder: str) -> bool:
    """Whether metadata of Iceberg lie in the folder's own."""
    return bool(_newest(folder))


def _newest(folder: str) -> str:
    """The metadata with the highest number, the youngest of several with it."""
    found = [
        (int(match[1]), path.stat().st_mtime_ns, str(path))
        for path in Path(folder, MARK).iterdir()
        if (match := _METADATA.fullmatch(path.name))
    ]
    return max(found, default=(0, 0, ""))[2]


def tables(uri: str) -> Iterator[Table | Unread]:
    """The table in its newest snapshot; `UnreadableError` if its metadata do not read."""
    metadata = _newest(uri)
    table = _opened(uri, metadata)
    snapshot = table.current_snapshot()
    if snapshot is None:
        yield Table("", ())
        return
    parts: list[Part] = []
    unread: list[Unread] = []
    names = {field.field_id: field.name for field in table.schema().fields}
    for task in sorted(_tasks(uri, table), key=lambda task: str(task.file.file_path)):
        path, length = (
            _path(uri, table.location(), task.file.file_path),
            task.file.file_size_in_bytes,
        )
        if not _inside(uri, path):
            unread.append(Unread(uri, "", _OUTSIDE, length))
            continue
        options = {"table": uri, "metadata": metadata, "file": task.file.file_path}
        try:
            size(path)
            parts += _file(path, length, names, options, plain=_plain(task))
        except (OSError, UnreadableError) as error:
            missing = "a file that the table's metadata name is missing"
            said = error.what if isinstance(error, UnreadableError) else missing
            unread.append(Unread(path, "", said, length))
    yield Table("", tuple(parts), str(snapshot.snapshot_id), tuple(unread))


def _plain(task: Any) -> bool:
    return not task.delete_files and str(task.file.file_format.value).lower() == "parquet"


def _file(
    path: str, length: int, names: Mapping[int, str], options: Mapping[str, Any], *, plain: bool
) -> Iterator[Part]:
    """Runs of row groups of a file that needs nothing else; others are one part each."""
    own = _columns(path, names) if plain else {}
    if not own:
        mark = f"{stamp(path)}-{options['metadata']}"  # which names the files of deletes
        yield Part("iceberg", "", path, fingerprint=mark, bytes=length, options=options)
        return
    for item in parquet.parts(path, ""):
        if isinstance(item, Unread):
            raise UnreadableError(item.reason, where=path)
        # Nothing of the snapshot: a file that stays is the same part in the next one.
        yield replace(item, source="iceberg", fingerprint=stamp(path), options={"names": own})


def _columns(path: str, names: Mapping[int, str]) -> dict[str, str]:
    """The table's name of each of its columns in the file; none where a column has no number."""
    fields = parquet.arrow_schema(path)
    numbers = [int((field.metadata or {}).get(_FIELD, -1)) for field in fields]
    if -1 in numbers or any(map(pa.types.is_nested, fields.types)):
        return {}
    return {
        field.name: names[number]
        for field, number in zip(fields, numbers, strict=True)
        if number in names
    }


def _path(folder: str, root: str, location: str) -> str:
    """The file at a location; what the table has below its own stands below the folder.

    So a table that was copied, or fetched from a store, is read where it is.
    """
    if root and location.startswith(f"{root.rstrip('/')}/"):
        return inside(folder, location[len(root.rstrip("/")) + 1 :])
    parts = urlsplit(location)
    return unquote(parts.path) if parts.scheme == "file" else location


def _inside(folder: str, path: str) -> bool:
    return "://" not in path and Path(path).resolve().is_relative_to(Path(folder).resolve())


def read(part: Part, *, batch_rows: int = 65_536) -> Iterator[Batch | Unread]:
    """Batches of the file's rows that are of this snapshot, under the table's names."""
    names = part.options.get("names")
    if names:
        through = partial(_as_of_now, names=names)
        yield from parquet.read(part, batch_rows=batch_rows, through=through)
        return
    done = 0
    try:
        for item in batches(_scanned(part), part, batch_rows):
            done += item.rows if isinstance(item, Batch) else 0
            yield item
    except UnreadableError as error:
        yield Unread(part.uri, part.span, error.what, part.bytes)
    except (OSError, ValueError, NotImplementedError, pa.ArrowException) as error:
        reason = f"the file does not read after row {done} ({type(error).__name__})"
        yield Unread(part.uri, part.span, reason, part.bytes)


def _as_of_now(
    stream: Iterable[pa.RecordBatch], names: Mapping[str, str]
) -> Iterator[pa.RecordBatch]:
    for batch in stream:
        yield batch.select(list(names)).rename_columns(list(names.values()))


def _scanned(part: Part) -> Iterator[pa.RecordBatch]:
    """One file by the library itself: with its delete files, and in formats other than Parquet."""
    from pyiceberg.expressions import AlwaysTrue
    from pyiceberg.io.pyarrow import ArrowScan

    options = part.options
    table = _opened(options["table"], options["metadata"])
    tasks = _tasks(options["table"], table)
    mine = [task for task in tasks if task.file.file_path == options["file"]]
    scan = ArrowScan(table.metadata, table.io, table.schema(), AlwaysTrue())
    yield from scan.to_record_batches(mine)


def _tasks(uri: str, table: Any) -> list[Any]:
    try:
        return list(table.scan().plan_files())
    except (OSError, ValueError, KeyError, TypeError, AssertionError) as error:
        raise UnreadableError(
            f"the Iceberg manifests do not read ({type(error).__name__})", where=uri
        ) from None


def _opened(uri: str, metadata: str) -> Any:
    """The table, all of whose files are opened only below its folder."""
    try:
        from pyiceberg.catalog.noop import NoopCatalog
        from pyiceberg.io.pyarrow import PyArrowFileIO
        from pyiceberg.serializers import FromInputFile
        from pyiceberg.table import StaticTable
    except ImportError:
        raise needs("lake", uri) from None

    class Inside(PyArrowFileIO):  # type: ignore[misc]  # as all of an extra, it may be absent
        """Opens nothing that the folder does not hold: metadata may name any place."""

        root = ""

        def new_input(self, location: str) -> Any:
            path = _path(uri, self.root, location)
            if not _inside(uri, path):
                raise UnreadableError(_OUTSIDE, where=uri)
            return super().new_input(str(Path(path).absolute()))

    io = Inside({})
    try:
        read = FromInputFile.table_metadata(io.new_input(metadata))
    except (OSError, ValueError, TypeError, KeyError, json.JSONDecodeError) as error:
        said = f"the Iceberg metadata do not read ({type(error).__name__})"
        raise UnreadableError(said, where=uri) from None
    io.root = read.location
    return StaticTable(("table",), read, metadata, io, NoopCatalog("none"))
