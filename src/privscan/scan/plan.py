"""The plan of a scan: which parts, which detectors, under which key and digests."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from importlib.metadata import version
from itertools import groupby
from pathlib import Path
from types import ModuleType

from privscan import __version__
from privscan.evidence.bottomk import K
from privscan.evidence.dataset import Header
from privscan.model.data import Batch, Part, in_list
from privscan.model.report import LEFT_OUT
from privscan.registry import plugin, plugins
from privscan.rulebook.load import rulebook
from privscan.rulebook.names import quasi_identifiers
from privscan.rulebook.seeing import seeing_digest
from privscan.scan.inventory import HINT, gravest_first, hint
from privscan.sources._memory import Memory, lent, remembered
from privscan.sources._stores import KEYS
from privscan.sources.discover import ALONE, Found, discover, read_part

UNREAD = "unread"
"""Source name of a part that discovery already knows it cannot read."""

QUASI = "quasi_identifiers"
"""Option of a part: the columns on which the dataset's equivalence classes are counted."""

HEAD_ROWS = 1_024
HEADS = 18
"""Files whose heads are looked at for quasi-identifiers: the first, the last, those between."""

LIBRARIES = ("polars", "pyarrow", "presidio-analyzer", "opencv-python-headless", "pillow")
"""What evidence depends on: hashes on Polars, recognizers on Presidio, pictures on the others."""


@dataclass(frozen=True, slots=True)
class Plan:
    """Picklable, made once and shipped to workers; `seed` keys the value hashes.

    `not_run` names the detectors that cannot run here, each with its install command, and
    those that were left out by choice.
    """

    parts: tuple[Part, ...]
    detectors: tuple[str, ...]
    seed: int = field(repr=False)  # schedulers log what a task was given
    header: Header
    not_run: Mapping[str, str]


def plan(
    sources: Iterable[object],
    *,
    detectors: Sequence[str] | None = None,
    key: bytes | None = None,
    memory: Memory | None = None,
) -> Plan:
    """Find the parts of `sources` and fix what evidence of them depends on.

    Without `key` the hash key follows from the plan, so that reruns agree to the byte; such
    evidence must not be kept or sent. `detectors` names plugins; None means all that can run. Files
    that `memory` knows are not opened.
    """
    names = [p.name for p in plugins("detectors")] if detectors is None else list(detectors)
    modules = {name: plugin("detectors", name).load() for name in names}
    missing = {n: m.missing() for n, m in modules.items() if hasattr(m, "missing")}
    not_run = {name: how for name, how in missing.items() if how}
    ready = tuple(sorted(name for name in names if name not in not_run))
    not_run |= {p.name: LEFT_OUT for p in plugins("detectors") if p.name not in names}
    own = ",".join(m.version() for n, m in modules.items() if n in ready and hasattr(m, "version"))
    said = f"1|{K}|{','.join(ready)}|{own}"
    digest = hashlib.sha256(said.encode()).hexdigest()[:16]
    secret = key or f"plan {digest}".encode()
    header = Header(
        plan=_seeing(digest, [modules[name] for name in ready]),
        rules=rulebook().digest,
        libraries=versions(),
        key_id=_derived(secret, b"id").hex(),
    )
    seed = int.from_bytes(_derived(secret, b"seed"))
    with lent(memory):
        parts = gravest_first(part for found in discover(sources) for part in _parts(found))
    return Plan(parts, ready, seed, header, not_run)


def _seeing(chosen: str, detectors: Iterable[ModuleType]) -> str:
    """A digest of all that evidence depends on besides data, key and libraries."""
    digest = hashlib.sha256(f"{chosen}|{__version__}|{seeing_digest()}".encode())
    for module in detectors:
        digest.update(hashlib.sha256(Path(str(module.__file__)).read_bytes()).digest())
    return digest.hexdigest()[:16]


@cache
def versions() -> str:
    """The libraries that evidence depends on, as they are installed."""
    return " ".join(f"{name}={version(name)}" for name in LIBRARIES)


def _parts(found: Found) -> Iterator[Part]:
    """The dataset's parts; what discovery could not read is a part that yields its `Unread`.

    `options` gains the dataset's kind and how many files the part stands for: a file cut into
    spans counts with its first.
    """
    files: set[str] = set()
    paths = _paths(found)
    known: dict[str, object] = {} if paths is None else {QUASI: quasi_identifiers(paths)}
    known |= {"kind": found.kind, HINT: hint(paths, media=found.kind == "media")}
    for part in found.parts:
        count = part.options.get("files", int(part.uri not in files))
        files.add(part.uri)
        more = {"files": count, **known}
        yield replace(part, options={**part.options, **more})
    for unread in sorted(found.unread):
        options = {**known, "unread": unread, "files": int(unread.uri not in files)}
        files.add(unread.uri)
        yield Part(UNREAD, found.name, unread.uri, unread.span, bytes=unread.bytes, options=options)


def _paths(found: Found) -> list[str] | None:
    """The columns with which the dataset's files begin, up to HEADS files; quasi-identifiers are of these.

    Chosen once: chosen batch by batch, the classes would depend on the cut where a field comes
    late. One that comes only after the head of each of these files is no quasi-identifier of the
    dataset. None if the data can be read once only.
    """
    if any("object" in part.options for part in found.parts):
        return None
    if found.kind != "table":
        return []
    return sorted({path for part in _spread(found.parts) for path in _head(part)})


def _spread(parts: Sequence[Part]) -> list[Part]:
    """The first parts of up to HEADS files, evenly spread from the first file to the last."""
    firsts = [next(same) for _, same in groupby(parts, key=lambda part: part.uri)]
    count = min(HEADS, len(firsts))
    return [firsts[i * (len(firsts) - 1) // max(1, count - 1)] for i in range(count)]


def _head(part: Part) -> Sequence[str]:
    """Columns outside lists in the part's first batch."""
    keys = part.options.get(KEYS, {})
    # What a table's own log says may change while its file stays.
    if {*part.options} - {KEYS, ALONE}:
        return _first_columns(part)
    what = f"head {part.source} {part.span} {sorted(keys)}"
    return remembered(part.uri, what, lambda: _first_columns(part))


def _first_columns(part: Part) -> list[str]:
    items = read_part(part, batch_rows=HEAD_ROWS)
    first = next((item for item in items if isinstance(item, Batch)), Batch(0, ()))
    return [column.path for column in first.columns if not in_list(column.path)]


def _derived(secret: bytes, use: bytes) -> bytes:
    return hashlib.blake2b(secret, digest_size=8, person=use.ljust(16, b"\0")).digest()
