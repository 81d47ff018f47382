"""One part becomes evidence: read, look, count, forget."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import lru_cache
from types import ModuleType
from typing import NamedTuple

import polars as pl

from privscan.evidence.bottomk import BottomK
from privscan.evidence.canonical import canonical
from privscan.evidence.column import SCALAR, ColumnEvidence, located, observe, tallied
from privscan.evidence.dataset import DatasetEvidence, Evidence, missing
from privscan.evidence.distinct import Distinct, counted, distinct
from privscan.evidence.tally import Tally, TallyKey, added
from privscan.model.data import READ, Batch, Column, Hits, Part, Unread, in_list
from privscan.model.kinds import Kind
from privscan.registry import plugin
from privscan.rulebook.names import quasi_identifiers
from privscan.scan.plan import QUASI, UNREAD, Plan
from privscan.scan.samples import Samples
from privscan.scan.waiting import Waiting
from privscan.sources._files import printable
from privscan.sources.discover import read_part

MEDIA = "media."
"""Prefix of hits that count pictures instead of naming an entity."""

DECODED, UNDECODED = f"{MEDIA}decoded", f"{MEDIA}undecoded"

NOT_TRIED = "pictures were not decoded: no detector that decodes them ran"
"""Why the answer about pictures is open where nothing looked whether they are whole."""


def observe_part(part: Part, plan: Plan) -> Evidence:
    """The evidence of one part; whatever cannot be read or judged is in its `unread`."""
    total = replace(blank(part), bytes=part.bytes, files=part.options.get("files", 1))
    waiting, samples = Waiting(), Samples(plan.seed)
    for item in _read(part):
        if isinstance(item, Unread):
            seen = replace(blank(part), unread=(item,))
        else:
            seen = _batch(item, part, plan, waiting, samples)
        total = _summed(total + seen, part)
    total = _summed(total + _waited(waiting, part, plan, samples), part)
    total = _summed(total + _sampled(samples, part), part)
    uri = printable(part.uri)
    columns = {path: located(column, uri, part.span) for path, column in total.columns.items()}
    return Evidence(plan.header, {part.dataset: replace(total, columns=columns)})


def blank(part: Part) -> DatasetEvidence:
    """The identity for evidence of the part's dataset."""
    return DatasetEvidence(part.dataset, printable(part.uri), part.options.get("kind", "table"))


def _summed(seen: DatasetEvidence, part: Part) -> DatasetEvidence:
    """What stayed unread once a place and reason, however many batches met it.

    Of bytes, a part loses no more than it has.
    """
    found: dict[tuple[str, str, str], Unread] = {}
    for each in seen.unread:
        one = replace(each, uri=printable(each.uri), dataset=part.dataset)
        place = (one.uri, one.span, one.reason)
        known = found.get(place, replace(one, bytes=0, rows=0))
        size = known.bytes + one.bytes
        size = min(size, part.bytes or size)
        found[place] = replace(one, bytes=size, rows=known.rows + one.rows)
    return replace(seen, unread=tuple(sorted(found.values())))


def _read(part: Part) -> Iterator[Batch | Unread]:
    if part.source == UNREAD:
        yield part.options["unread"]
        return
    try:
        yield from read_part(part)
    except pl.exceptions.PanicException as panic:
        yield _failed(part, "reader", panic)
    except Exception as error:  # noqa: BLE001  a reader that breaks its promise still must not hide data
        yield _failed(part, "reader", error)


def _failed(part: Part, who: str, error: BaseException) -> Unread:
    reason = f"{who} failed with {type(error).__name__}"
    return Unread(part.uri, part.span, reason, bytes=part.bytes)


def _batch(
    batch: Batch, part: Part, plan: Plan, waiting: Waiting, samples: Samples
) -> DatasetEvidence:
    columns: dict[str, ColumnEvidence] = {}
    rows: dict[str, int] = defaultdict(int)
    media: dict[str, int] = {}
    unread: list[Unread] = []
    for column in batch.columns:
        path, found = column.path, counted(column.cells, column.codes)
        rows[path] += found.rows
        known = columns.get(path, ColumnEvidence(path, Kind.TEXT))
        if column.kind in SCALAR and waiting.takes(path, found):
            columns[path] = known
            continue
        look = _looked(column, distinct(found), part, plan, samples)
        columns[path] = known + look.evidence
        media = added(media, look.media)
        unread += look.unread
    return replace(
        blank(part),
        rows=batch.rows,
        columns={p: c + missing(p, batch.rows - rows[p]) for p, c in columns.items()},
        joint=_joint(batch, part, plan.seed),
        media=media,
        unread=tuple(unread),
    )


class _Look(NamedTuple):
    """What a look at a column gave."""

    evidence: ColumnEvidence
    media: Mapping[str, int]
    unread: tuple[Unread, ...]


def _looked(column: Column, seen: Distinct, part: Part, plan: Plan, samples: Samples) -> _Look:
    # A number in Parquet is text in CSV: detectors see both alike, so evidence is equal.
    kind = Kind.TEXT if column.kind in SCALAR else column.kind
    kinds = seen.characters.kinds
    looked = Column(column.path, kind, seen.cells, _labels(column), characters=kinds)
    media: dict[str, int] = {}
    hits: list[Hits] = []
    unread: list[Unread] = []
    for name in plan.detectors:
        budget = getattr(_detector(name), "BUDGET", 0)
        if budget and column.kind in SCALAR:
            samples.add(name, column.path, budget, seen, _detector(name).wanted(looked))
            continue
        for found in _look(name, looked, part):
            if isinstance(found, Unread):
                unread.append(found)
            else:
                hits.append(found)
    if column.kind is Kind.IMAGE:
        media, undecoded = _pictures(looked, hits, part)
        unread.extend(undecoded)
    named = [h for h in hits if not h.entity.startswith(MEDIA)]
    evidence = observe(column.path, column.kind, seen, named, plan.seed)
    return _Look(evidence, media, tuple(unread))


def _waited(waiting: Waiting, part: Part, plan: Plan, samples: Samples) -> DatasetEvidence:
    """The columns that waited until all was read, as one: each sum goes over every column."""
    columns: dict[str, ColumnEvidence] = {}
    unread: list[Unread] = []
    for path, found in waiting.all():
        column = Column(path, Kind.TEXT, found.cells)
        look = _looked(column, distinct(found), part, plan, samples)
        columns[path] = look.evidence
        unread += look.unread
    return replace(blank(part), columns=columns, unread=tuple(unread))


def _sampled(samples: Samples, part: Part) -> DatasetEvidence:
    """What slow detectors see in the cells kept for them, and how many of all they read."""
    columns: dict[str, ColumnEvidence] = {}
    unread: list[Unread] = []
    for name, path, seen, rows in samples.all():
        column = Column(path, Kind.TEXT, seen.cells, characters=seen.characters.kinds)
        found = _look(name, column, part)
        tallies = tallied(seen, [hit for hit in found if isinstance(hit, Hits)])
        read = tallies.pop(TallyKey(f"{READ}{name}", name, 0), Tally())
        # Those that it would have read stand where a detector counts objects.
        tallies[TallyKey(f"{READ}{name}", name, 0)] = Tally(read.cells, read.cells, rows)
        evidence = ColumnEvidence(path, Kind.TEXT, tallies=tallies)
        columns[path] = columns.get(path, ColumnEvidence(path, Kind.TEXT)) + evidence
        unread += (one for one in found if isinstance(one, Unread))
    return replace(blank(part), columns=columns, unread=tuple(unread))


def _labels(column: Column) -> pl.Series | None:
    """Labels of the cells that are not missing, in step with what detectors see."""
    return None if column.labels is None else column.labels.filter(column.cells.is_not_null())


@lru_cache(maxsize=64)
def _detector(name: str) -> ModuleType:
    return plugin("detectors", name).load()


def _look(name: str, column: Column, part: Part) -> list[Hits | Unread]:
    """What a detector says of a column: a failure is `Unread`, as is what it gave up on itself."""
    module = _detector(name)
    wanted = {Kind.TEXT if Kind(k) in SCALAR else Kind(k) for k in module.KINDS}
    if column.kind not in wanted or not len(column.cells):
        return []
    who = f"detector {name} on column {column.path!r}"
    try:
        return [_placed(found, who, part) for found in module.find(column)]
    except pl.exceptions.PanicException as panic:
        return [_failed(part, who, panic)]
    except Exception as error:  # noqa: BLE001  one broken detector is reported, the others go on
        return [_failed(part, who, error)]


def _placed(found: Hits | Unread, who: str, part: Part) -> Hits | Unread:
    """A detector knows cells only: who gave up where is said here."""
    if isinstance(found, Hits):
        return found
    return replace(found, uri=part.uri, span=part.span, reason=f"{who}: {found.reason}")


def _pictures(column: Column, hits: list[Hits], part: Part) -> tuple[dict[str, int], list[Unread]]:
    cells = len(column.cells)

    def union(entity: str) -> int:
        masks = [h.mask for h in hits if h.entity == entity]
        return int(pl.DataFrame(_named(masks)).max_horizontal().sum()) if masks else 0

    faces = sum(int(h.mask.sum()) * (h.count or 1) for h in hits if h.entity == "face_image")
    counts = {
        "images": cells,
        "decoded": union(DECODED),
        "with_faces": union("face_image"),
        "faces": faces,
        "with_gps": union("gps"),
    }
    if not any(h.entity in {DECODED, UNDECODED} for h in hits):
        reason = f"{NOT_TRIED} (column {column.path!r})"
        size = int(column.cells.bin.size().sum())
        return counts, [Unread(part.uri, part.span, reason, size, cells)]
    undecoded = [h.mask for h in hits if h.entity == UNDECODED]
    return counts, [u for mask in undecoded for u in _undecoded(column, mask, part)]


def _named(columns: list[pl.Series]) -> list[pl.Series]:
    """The columns under names of their own, as those of one frame must be."""
    return [column.rename(str(i)) for i, column in enumerate(columns)]


def _in_rows(column: Column) -> pl.Series:
    """The canonical cell of each row."""
    cells = canonical(column.cells)
    return cells if column.codes is None else cells.gather(column.codes)


def _undecoded(column: Column, mask: pl.Series, part: Part) -> Iterator[Unread]:
    sizes = column.cells.filter(mask).bin.size().to_list()
    if column.labels is None:
        reason = f"pictures in column {column.path!r} could not be decoded"
        yield Unread(part.uri, part.span, reason, sum(sizes), len(sizes))
        return
    for label, size in zip(column.labels.filter(mask).to_list(), sizes, strict=True):
        yield Unread(f"{part.uri}/{label}", "", "the picture could not be decoded", size, 1)


def _joint(batch: Batch, part: Part, seed: int) -> dict[tuple[str, ...], BottomK]:
    """Equivalence classes on the quasi-identifying columns, with their sizes in rows."""
    text = {
        c.path: c
        for c in batch.columns
        if not in_list(c.path) and c.rows == batch.rows and c.cells.dtype == pl.String
    }
    paths = part.options.get(QUASI)
    # Data in memory is read once, so nobody could look ahead; its schema is the same throughout.
    paths = quasi_identifiers(list(text)) if paths is None else paths
    if len(paths) < 2 or not batch.rows:  # noqa: PLR2004  one column is no combination
        return {}
    absent = pl.repeat(None, batch.rows, dtype=pl.String, eager=True)
    cells = [_in_rows(text[p]) if p in text else absent for p in paths]
    frame = pl.DataFrame(_named(cells))
    joined = frame.select(pl.concat_str(pl.all().fill_null("\0"), separator="\x1f")).to_series()
    return {tuple(paths): BottomK.of(joined.hash(seed))}
