"""Evidence on the wire: a version, a digest, and an Arrow IPC stream with one row a column.

A reader refuses a version it does not know, and damage before Arrow reads it; nothing is pickled.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa

from privscan.errors import UnreadableError
from privscan.evidence.bottomk import BottomK, K
from privscan.evidence.column import ColumnEvidence
from privscan.evidence.dataset import DatasetEvidence, Evidence, Header
from privscan.evidence.tally import Facts, Tally, TallyKey
from privscan.model.data import Unread
from privscan.model.kinds import Kind
from privscan.model.profile import Place

if TYPE_CHECKING:
    from numpy.typing import NDArray

VERSION = 5

_MAGIC = b"privscan-evidence/"
_DIGEST_BYTES = 32
_NONE = "not privscan evidence, cut short or damaged"
_AGAIN = "observe the part again"

_SCHEMA = pa.schema(
    [
        ("dataset", pa.string()),
        ("path", pa.list_(pa.string())),
        ("joint", pa.bool_()),
        ("facts", pa.string()),
        ("hashes", pa.large_list(pa.uint64())),
        ("counts", pa.large_list(pa.uint64())),
    ]
)


_PACKED = pa.ipc.IpcWriteOptions(compression="zstd")
"""Hashes do not shrink; counts, most of them one, and texts do."""


def encode(evidence: Evidence) -> bytes:
    """The wire form; equal evidence gives equal bytes."""
    names = sorted(evidence.datasets)
    head = {
        "header": asdict(evidence.header),
        "datasets": [_dataset_facts(evidence.datasets[name]) for name in names],
    }
    rows = [row for name in names for row in _rows(evidence.datasets[name])]
    schema = _SCHEMA.with_metadata({"privscan-evidence": json.dumps(head)})
    sketches = [row["sketch"] for row in rows]
    arrays = [pa.array([row[f.name] for row in rows], f.type) for f in list(_SCHEMA)[:4]]
    arrays += [_lists([getattr(s, f.name) for s in sketches]) for f in list(_SCHEMA)[4:]]
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, schema, options=_PACKED) as writer:
        writer.write_batch(pa.record_batch(arrays, schema=schema))
    stream = bytes(sink.getvalue())
    return b"%s%d\n%s%s" % (_MAGIC, VERSION, _digest(stream), stream)


def decode(wire: bytes) -> Evidence:
    """The evidence in a wire form; `UnreadableError` if it is none, damaged, or too new."""
    stream = _stream(wire)
    try:
        with pa.ipc.open_stream(stream) as reader:
            head = json.loads((reader.schema.metadata or {})[b"privscan-evidence"])
            table = reader.read_all().combine_chunks()
        table.validate(full=True)
        rows = table.select(["dataset", "path", "joint", "facts"]).to_pylist()
        return _evidence(head, zip(rows, _sketches(table), strict=True))
    except (pa.ArrowInvalid, OSError, KeyError, ValueError, TypeError) as error:
        raise UnreadableError(_NONE, hint=_AGAIN) from error


def _stream(wire: bytes) -> bytes:
    """The Arrow stream: Arrow follows damaged offsets out of its buffers, so it gets none."""
    first, _, rest = wire.partition(b"\n")
    version = first.removeprefix(_MAGIC).decode("ascii", "replace")
    if first.startswith(_MAGIC) and version.isdecimal() and version != str(VERSION):
        raise UnreadableError(
            f"evidence of version {version[:9]}, this privscan reads {VERSION}",
            hint="use one privscan version for all workers",
        )
    digest, stream = rest[:_DIGEST_BYTES], rest[_DIGEST_BYTES:]
    if first != b"%s%d" % (_MAGIC, VERSION) or digest != _digest(stream):
        raise UnreadableError(_NONE, hint=_AGAIN)
    return stream


def _lists(arrays: list[NDArray[np.uint64]]) -> pa.Array:
    ends = np.cumsum([0, *map(len, arrays)], dtype=np.int64)
    whole = np.concatenate([np.empty(0, np.uint64), *arrays])
    return pa.LargeListArray.from_arrays(ends, whole)


def _sketches(table: pa.Table) -> Iterator[BottomK]:
    """One a row, as views of the table; `ValueError` where it is not what `BottomK` keeps."""
    hashes, counts = (_views(table.column(name)) for name in ("hashes", "counts"))
    for one, many in zip(hashes, counts, strict=True):
        if len(one) != len(many) or len(one) > K or (one[1:] <= one[:-1]).any():
            raise ValueError
        yield BottomK(one, many)


def _views(column: pa.ChunkedArray) -> list[NDArray[np.uint64]]:
    lists = pa.concat_arrays(column.chunks) if column.num_chunks else _lists([])
    # Two arrays copied once, not a Python number for each of some thousand hashes a row.
    whole, ends = lists.flatten().to_numpy(), lists.offsets.to_numpy()
    return np.split(whole, (ends[1:-1] - ends[0]))[: len(lists)]


def _digest(stream: bytes) -> bytes:
    return hashlib.sha256(stream).digest()


def _dataset_facts(data: DatasetEvidence) -> dict[str, Any]:
    return {
        "name": data.name,
        "uri": data.uri,
        "kind": data.kind,
        "rows": data.rows,
        "bytes": data.bytes,
        "files": data.files,
        "version": data.version,
        "media": dict(sorted(data.media.items())),
        "unread": [asdict(u) for u in data.unread],
    }


def _rows(data: DatasetEvidence) -> Iterator[Mapping[str, Any]]:
    for path in sorted(data.columns):
        column = data.columns[path]
        facts = {
            "kind": column.kind,
            "rows": column.rows,
            "nulls": column.nulls,
            "tallies": [[*k, *_counts(t)] for k, t in sorted(column.tallies.items())],
            "facts": asdict(column.facts),
            "forms": dict(sorted(column.forms.items())),
            "examples": column.examples,
        }
        yield _row(data.name, (path,), column.values, facts)
    for paths in sorted(data.joint):
        yield _row(data.name, paths, data.joint[paths], None)


def _counts(tally: Tally) -> tuple[object, ...]:
    places = [[p.uri, p.span, p.cells] for p in tally.places]
    return tally.cells, tally.whole, tally.objects, places, dict(sorted(tally.ranges.items()))


def _tally(cells: int, whole: int, objects: int, places: Any, ranges: Any) -> Tally:
    bounds = {name: (low, high) for name, (low, high) in ranges.items()}
    return Tally(cells, whole, objects, tuple(Place(*p) for p in places), bounds)


def _row(dataset: str, path: tuple[str, ...], sketch: BottomK, facts: object) -> dict[str, Any]:
    return {
        "dataset": dataset,
        "path": list(path),
        "joint": facts is None,
        "facts": json.dumps(facts),
        "sketch": sketch,
    }


def _evidence(
    head: Mapping[str, Any], rows: Iterable[tuple[Mapping[str, Any], BottomK]]
) -> Evidence:
    columns: dict[str, dict[str, ColumnEvidence]] = {}
    joint: dict[str, dict[tuple[str, ...], BottomK]] = {}
    for row, sketch in rows:
        if row["joint"]:
            joint.setdefault(row["dataset"], {})[tuple(row["path"])] = sketch
        else:
            column = _column(row["path"][0], json.loads(row["facts"]), sketch)
            columns.setdefault(row["dataset"], {})[column.path] = column
    datasets = {}
    for facts in head["datasets"]:
        name = facts["name"]
        unread = tuple(Unread(**u) for u in facts.pop("unread"))
        datasets[name] = DatasetEvidence(
            **facts, unread=unread, columns=columns.get(name, {}), joint=joint.get(name, {})
        )
    return Evidence(Header(**head["header"]), datasets)


def _column(path: str, facts: Mapping[str, Any], values: BottomK) -> ColumnEvidence:
    return ColumnEvidence(
        path=path,
        kind=Kind(facts["kind"]),
        rows=facts["rows"],
        nulls=facts["nulls"],
        tallies={
            TallyKey(entity, detector, score): _tally(*counts)
            for entity, detector, score, *counts in facts["tallies"]
        },
        facts=Facts(**facts["facts"]),
        forms=facts["forms"],
        values=values,
        examples=tuple((h, shape) for h, shape in facts["examples"]),
    )
