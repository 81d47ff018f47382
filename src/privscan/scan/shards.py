"""One of n shards of a scan: its parts, the file of evidence it leaves, and what all of them say."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import pyarrow as pa

from privscan.errors import UnequalHeadersError, UnreadableError, UsageError
from privscan.evidence.codec import decode, encode
from privscan.evidence.dataset import DatasetEvidence, Evidence, Header
from privscan.evidence.total import total
from privscan.model.data import Unread
from privscan.scan.plan import Plan
from privscan.sources._files import printable

SUFFIX = ".evidence"

VERSION = 1

_MAGIC = b"privscan-shard/"
_DIGEST_BYTES = 32
_LENGTH_BYTES = 8
_DAMAGED = "no evidence of a shard, cut short or damaged"
_HINT = "privscan scan SOURCE --shard 1/4 --key-file KEY -o 1.evidence"

_SHARES = pa.schema(
    [
        ("shard", pa.uint32()),
        ("dataset", pa.string()),
        ("uri", pa.string()),
        ("kind", pa.string()),
        ("parts", pa.uint64()),
        ("files", pa.uint64()),
        ("bytes", pa.uint64()),
    ]
)


@dataclass(frozen=True, slots=True)
class Shard:
    """Every n-th part, beginning with the i-th: `2/8` is the second of eight."""

    number: int
    of: int

    @classmethod
    def parsed(cls, text: str) -> Shard:
        """The shard that `i/n` names, 1 ≤ i ≤ n; else a `UsageError`."""
        first, _, second = text.partition("/")
        if not (first.isdecimal() and second.isdecimal() and 1 <= int(first) <= int(second)):
            raise UsageError(f"{text!r} is no shard", hint="2/8 is the second of eight")
        return cls(int(first), int(second))

    def __str__(self) -> str:
        return f"{self.number}/{self.of}"

    def of_plan(self, plan: Plan) -> Plan:
        """The plan of its parts alone; shards of one plan share no part and leave none out."""
        return replace(plan, parts=plan.parts[self.number - 1 :: self.of])


@dataclass(frozen=True, slots=True)
class Share:
    """What a shard has of a dataset: so that the others know what is not there if it is missing."""

    shard: int
    dataset: str
    uri: str
    kind: str
    parts: int
    files: int
    bytes: int


@dataclass(frozen=True, slots=True)
class Head:
    """What a shard's file says of itself: whose it is, and the shares of all shards.

    `listing` is a digest of the parts of the whole scan, `content` one of the shard's evidence.
    """

    shard: Shard
    listing: str
    not_run: Mapping[str, str]
    header: Header
    shares: tuple[Share, ...]
    content: str


def packed(shard: Shard, plan: Plan, evidence: Evidence) -> bytes:
    """The file of a shard of the whole `plan`: a version, a digest, its head, the evidence."""
    listing = hashlib.sha256()
    sums: dict[tuple[int, str], Counter[str]] = {}
    about: dict[str, tuple[str, str]] = {}
    for i, part in enumerate(plan.parts):
        said = (part.source, part.dataset, printable(part.uri), part.span, part.bytes)
        listing.update(json.dumps(said).encode())
        about.setdefault(part.dataset, (printable(part.uri), part.options.get("kind", "table")))
        one = sums.setdefault((i % shard.of + 1, part.dataset), Counter())
        one.update(parts=1, files=part.options.get("files", 1), bytes=part.bytes)
    shares = [
        Share(number, name, *about[name], one["parts"], one["files"], one["bytes"])
        for (number, name), one in sums.items()
    ]
    head = {
        "shard": asdict(shard),
        "listing": listing.hexdigest()[:16],
        "not_run": dict(plan.not_run),
        "header": asdict(evidence.header),
    }
    stream = _stream(shares, head)
    rest = len(stream).to_bytes(_LENGTH_BYTES) + stream + encode(evidence)
    return b"%s%d\n%s%s" % (_MAGIC, VERSION, hashlib.sha256(rest).digest(), rest)


def _stream(shares: list[Share], head: Mapping[str, object]) -> bytes:
    schema = _SHARES.with_metadata({"privscan-shard": json.dumps(head)})
    columns = [pa.array([getattr(s, f.name) for s in shares], f.type) for f in _SHARES]
    sink = pa.BufferOutputStream()
    options = pa.ipc.IpcWriteOptions(compression="zstd")
    with pa.ipc.new_stream(sink, schema, options=options) as writer:
        writer.write_batch(pa.record_batch(columns, schema=schema))
    return bytes(sink.getvalue())


def unpacked(file: Path) -> tuple[Head, bytes]:
    """The head in a shard's file, and its evidence on the wire.

    `UnreadableError` if it is no such file, damaged, or of another version.
    """
    try:
        wire = file.read_bytes()
    except OSError as error:
        what = f"cannot be opened: {error.strerror}"
        raise UnreadableError(what, where=str(file), hint=_HINT) from None
    try:
        return _unpacked(wire)
    except UnreadableError as error:
        raise UnreadableError(error.what, where=str(file), hint=error.hint) from None
    except (pa.ArrowInvalid, OSError, KeyError, ValueError, TypeError):
        raise UnreadableError(_DAMAGED, where=str(file), hint=_HINT) from None


def _unpacked(wire: bytes) -> tuple[Head, bytes]:
    first, _, rest = wire.partition(b"\n")
    version = first.removeprefix(_MAGIC).decode("ascii", "replace")
    if first.startswith(_MAGIC) and version.isdecimal() and version != str(VERSION):
        what = f"a shard's file of version {version[:9]}, this privscan reads {VERSION}"
        raise UnreadableError(what, hint="use one privscan version for all shards and the merge")
    digest, rest = rest[:_DIGEST_BYTES], rest[_DIGEST_BYTES:]
    if not first.startswith(_MAGIC) or digest != hashlib.sha256(rest).digest():
        raise UnreadableError(_DAMAGED, hint=_HINT)
    end = _LENGTH_BYTES + int.from_bytes(rest[:_LENGTH_BYTES])
    with pa.ipc.open_stream(rest[_LENGTH_BYTES:end]) as reader:
        said = json.loads((reader.schema.metadata or {})[b"privscan-shard"])
        shares = tuple(Share(**row) for row in reader.read_all().to_pylist())
    return Head(
        shard=Shard(**said["shard"]),
        listing=said["listing"],
        not_run=said["not_run"],
        header=Header(**said["header"]),
        shares=shares,
        content=hashlib.sha256(rest[end:]).hexdigest(),
    ), rest[end:]


def together(files: Iterable[Path]) -> tuple[Evidence, Mapping[str, str]]:
    """The evidence of all shards and the detectors that did not run; a missing shard is unread.

    A file given twice counts once. Shards of different scans, and two different files of one
    shard, are a `UsageError` that names the file.
    """
    heads: dict[Path, Head] = {}
    known: dict[int, Head] = {}
    for file in files:
        head, _ = unpacked(file)
        same = known.setdefault(head.shard.number, head)
        _fits(head, next(iter(known.values())), same, file)
        if same is head:
            heads[file] = head
    if not heads:
        raise UsageError("there is no evidence to merge", hint=_HINT)
    first = next(iter(heads.values()))
    missing = Evidence(first.header, dict(_missing(first, known)))
    return total(map(_evidence, heads), missing), first.not_run


def _evidence(file: Path) -> Evidence:
    try:
        return decode(unpacked(file)[1])
    except UnreadableError as error:
        raise UnreadableError(error.what, where=str(file), hint=error.hint) from None


def _fits(head: Head, first: Head, same: Head, file: Path) -> None:
    mine, theirs = asdict(head.header), asdict(first.header)
    unequal = [name for name, value in mine.items() if theirs[name] != value]
    if unequal:
        raise UnequalHeadersError(
            f"this shard was made under a different {' and '.join(unequal)} than the first",
            where=str(file),
            hint="scan all shards with one version, one set of detectors and one --key-file",
        )
    if head.shard.of != first.shard.of:
        what = f"this is shard {head.shard}, the first is {first.shard}"
        raise UsageError(what, where=str(file), hint="merge shards of one number")
    if head.listing != first.listing:
        raise UsageError(
            "this shard saw other files than the first",
            where=str(file),
            hint="name the same sources to all shards, and scan a snapshot where data changes",
        )
    if head.content != same.content:
        raise UsageError(
            f"two different files are shard {head.shard}", where=str(file), hint="leave one out"
        )


def _missing(first: Head, known: Collection[int]) -> Iterator[tuple[str, DatasetEvidence]]:
    """What the missing shards should have read, by dataset."""
    lost: dict[str, list[Share]] = {}
    for share in first.shares:
        if share.shard not in known:
            lost.setdefault(share.dataset, []).append(share)
    for name, shares in lost.items():
        unread = sorted(_unread(share, first.shard.of) for share in shares)
        yield (
            name,
            DatasetEvidence(
                name,
                shares[0].uri,
                shares[0].kind,
                bytes=sum(share.bytes for share in shares),
                files=sum(share.files for share in shares),
                unread=tuple(unread),
            ),
        )


def _unread(share: Share, of: int) -> Unread:
    span = f"shard {share.shard}/{of}"
    reason = f"evidence is missing of {share.parts:,} part{'s' if share.parts > 1 else ''}"
    return Unread(share.uri, span, reason, share.bytes, dataset=share.dataset)
