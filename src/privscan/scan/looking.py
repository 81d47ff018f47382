"""Columns looked at by every detector for their kind: hits, counts of pictures, what is inside."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import polars as pl

from privscan.evidence.characters import masked
from privscan.evidence.column import SCALAR, ColumnEvidence, observe
from privscan.evidence.distinct import Distinct
from privscan.evidence.measured import measured
from privscan.model.data import Column, Hits, Part, Unread
from privscan.model.kinds import Kind
from privscan.registry import plugin
from privscan.scan.plan import Plan
from privscan.scan.samples import Samples

if TYPE_CHECKING:
    from numpy.typing import NDArray

MEDIA = "media."
"""Prefix of hits that count pictures instead of naming an entity."""

DECODED, UNDECODED = f"{MEDIA}decoded", f"{MEDIA}undecoded"

NOT_TRIED = "pictures were not decoded: no detector that decodes them ran"
"""Why the answer about pictures is open where nothing looked whether they are whole."""

Found = Hits | Unread | Column
"""What a detector gives: hits on cells, what it gave up on, and columns that stand inside cells."""

PARSED, AMID = ("records/", "genomes/"), " amid text"
"""Detectors of cells that are one structure from end to end, but for those named as amid text."""

DEPTH = 3
"""How deep what stands inside cells is followed: a portrait in a record in a message."""


class Look(NamedTuple):
    """What a look at a column gave: evidence from its `hits`; `inner` are columns inside its cells."""

    evidence: ColumnEvidence
    media: Mapping[str, int]
    unread: tuple[Unread, ...]
    inner: tuple[Column, ...] = ()
    hits: tuple[Hits, ...] = ()


@dataclass(slots=True)
class _Looking:
    """A column under the eyes of one detector after another, and what they found so far."""

    column: Column
    its: Column
    seen: Distinct
    numbers: NDArray[np.bool_] | None
    others: Column
    found: list[Found] = field(default_factory=list)


def looked(
    given: Sequence[tuple[Column, Distinct]], part: Part, plan: Plan, samples: Samples
) -> list[Look]:
    """The evidence of each column of one batch; slow detectors get their samples.

    A detector looks at all columns before the next does: Polars compiles no regex again while few
    others come between. Pictures are the other way about: detectors share what they decoded.
    """
    looking = [_begun(column, seen, part) for column, seen in given]
    texts = [one for one in looking if one.its.kind is Kind.TEXT]
    for group in (texts, *([one] for one in looking if one.its.kind is not Kind.TEXT)):
        for name in plan.detectors:
            for one in group:
                _look(name, one, part, samples)
    return [_ended(one, part, plan) for one in looking]


def _begun(column: Column, seen: Distinct, part: Part) -> _Looking:
    # A number in Parquet is text in CSV: detectors see both alike, so evidence is equal.
    kind = Kind.TEXT if column.kind in SCALAR else column.kind
    kinds = seen.characters.kinds
    place = Path(part.uri).name
    its = Column(column.path, kind, seen.cells, _labels(column), characters=kinds, place=place)
    numbers = measured(its.cells, kinds) if kind is Kind.TEXT else None
    return _Looking(column, its, seen, numbers, its if numbers is None else _others(its, numbers))


def _look(name: str, one: _Looking, part: Part, samples: Samples) -> None:
    budget = getattr(_detector(name), "BUDGET", 0)
    if budget and one.its.kind in _kinds(name):
        samples.add(name, one.its, budget, one.seen, _detector(name).wanted(one.its))
    elif one.numbers is None or getattr(_detector(name), "MEASUREMENTS", False):
        one.found += look_of(name, one.its, part)
    else:
        one.found += (_in_place(hit, one.numbers) for hit in look_of(name, one.others, part))


def _ended(one: _Looking, part: Part, plan: Plan) -> Look:
    hits = [found for found in one.found if isinstance(found, Hits)]
    unread = [found for found in one.found if isinstance(found, Unread)]
    inner = tuple(found for found in one.found if isinstance(found, Column))
    media: dict[str, int] = {}
    if one.column.kind is Kind.IMAGE:
        media, undecoded = _pictures(one.its, hits, part)
        unread.extend(undecoded)
    named = [h for h in _unclaimed(hits) if not h.entity.startswith(MEDIA)]
    evidence = observe(one.column.path, one.column.kind, one.seen, named, plan.seed)
    return Look(evidence, media, tuple(unread), inner, tuple(named))


def _others(column: Column, numbers: NDArray[np.bool_]) -> Column:
    """The column without its measurements."""
    labels = column.labels if column.labels is None else column.labels.filter(~numbers)
    kinds = column.characters if column.characters is None else column.characters[~numbers]
    return replace(column, cells=column.cells.filter(~numbers), labels=labels, characters=kinds)


def _in_place(found: Found, numbers: NDArray[np.bool_]) -> Found:
    """Hits on the others as hits on all cells."""
    if not isinstance(found, Hits):
        return found
    rows = np.flatnonzero(~numbers)
    whole = found.whole

    def spread(mask: pl.Series) -> pl.Series:
        return masked(rows[mask.to_numpy()], len(numbers))

    return replace(found, mask=spread(found.mask), whole=whole if whole is None else spread(whole))


def _unclaimed(hits: list[Hits]) -> list[Hits]:
    """The hits without what pattern detectors see in the letters of a cell that is a record.

    In ten thousand letters of base64 stands a valid number of every country.
    """
    claims = [h.mask & h.whole if h.whole is not None else h.mask for h in hits if _parsed(h)]
    if not claims:
        return hits
    free = ~pl.DataFrame(apart(claims)).max_horizontal()
    return [h if _parsed(h) else replace(h, mask=h.mask & free) for h in hits]


def _parsed(hit: Hits) -> bool:
    return hit.detector.startswith(PARSED) and not hit.detector.endswith(AMID)


def _labels(column: Column) -> pl.Series | None:
    """Labels of the cells that are not missing, in step with what detectors see."""
    return None if column.labels is None else column.labels.filter(column.cells.is_not_null())


@lru_cache(maxsize=64)
def _detector(name: str) -> ModuleType:
    return plugin("detectors", name).load()


@lru_cache(maxsize=64)
def _kinds(name: str) -> frozenset[Kind]:
    """What the detector looks at; numbers and times are texts to it."""
    return frozenset(Kind.TEXT if Kind(k) in SCALAR else Kind(k) for k in _detector(name).KINDS)


def look_of(name: str, column: Column, part: Part) -> list[Found]:
    """What a detector says of a column: a failure is `Unread`, as is what it gave up on itself."""
    module = _detector(name)
    if column.kind not in _kinds(name) or not len(column.cells):
        return []
    who = f"detector {name} on column {column.path!r}"
    try:
        return [_placed(found, who, part) for found in module.find(column)]
    except pl.exceptions.PanicException as panic:
        return [failed(part, who, panic)]
    except Exception as error:  # noqa: BLE001  one broken detector is reported, the others go on
        return [failed(part, who, error)]


def _placed(found: Found, who: str, part: Part) -> Found:
    """A detector knows cells only: who gave up where is said here.

    Where it names the label of a cell, a file stayed unread, and its reason stands alone.
    """
    if not isinstance(found, Unread):
        return found
    if found.uri:
        return replace(found, uri=f"{part.uri}/{found.uri}", span="")
    return replace(found, uri=part.uri, span=part.span, reason=f"{who}: {found.reason}")


def failed(part: Part, who: str, error: BaseException) -> Unread:
    """All of the part as unread, since this raised against its promise."""
    reason = f"{who} failed with {type(error).__name__}"
    return Unread(part.uri, part.span, reason, bytes=part.bytes)


def too_deep(inner: Column, part: Part) -> Unread:
    """What is nested deeper than anyone looks."""
    reason = f"column {inner.path!r} is nested too deep"
    return Unread(part.uri, part.span, reason, rows=inner.rows)


def _pictures(column: Column, hits: list[Hits], part: Part) -> tuple[dict[str, int], list[Unread]]:
    cells = len(column.cells)

    def union(entity: str) -> int:
        masks = [h.mask for h in hits if h.entity == entity]
        return int(pl.DataFrame(apart(masks)).max_horizontal().sum()) if masks else 0

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


def apart(columns: list[pl.Series]) -> list[pl.Series]:
    """The columns under names of their own, as those of one frame must be."""
    return [column.rename(str(i)) for i, column in enumerate(columns)]


def _undecoded(column: Column, mask: pl.Series, part: Part) -> Iterator[Unread]:
    sizes = column.cells.filter(mask).bin.size().to_list()
    if column.labels is None:
        reason = f"pictures in column {column.path!r} could not be decoded"
        yield Unread(part.uri, part.span, reason, sum(sizes), len(sizes))
        return
    for label, size in zip(column.labels.filter(mask).to_list(), sizes, strict=True):
        yield Unread(f"{part.uri}/{label}", "", "the picture could not be decoded", size, 1)
