"""Evidence about one column, and the vectorised observation that makes it from cells."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from privscan.evidence.bottomk import BottomK
from privscan.evidence.distinct import Distinct
from privscan.evidence.facts import facts
from privscan.evidence.forms import forms
from privscan.evidence.tally import Facts, Tally, TallyKey, added
from privscan.model.data import READ, Hits
from privscan.model.kinds import Kind
from privscan.model.profile import Place
from privscan.rulebook.text import taken

if TYPE_CHECKING:
    from numpy.typing import NDArray

EXAMPLES = 3
EXAMPLE_CHARS = 32

RARE = 0.5
"""Share of a part's cells below which an entity's place is kept: it may be a leak."""

_ORDER = (Kind.TEXT, Kind.VECTOR, Kind.BYTES, Kind.AUDIO, Kind.IMAGE)
SCALAR = frozenset({Kind.TEXT, Kind.NUMBER, Kind.TIME})


@dataclass(frozen=True, slots=True)
class ColumnEvidence:
    """Counts, facts and sketches of one column; scalars are all `text`: kind is judged later.

    `forms` counts cells that stand in a protected form (evidence/forms); `examples` are (hash,
    masked shape) of the values with the smallest hashes.
    """

    path: str
    kind: Kind
    rows: int = 0
    nulls: int = 0
    tallies: Mapping[TallyKey, Tally] = field(default_factory=dict)
    facts: Facts = field(default_factory=Facts)
    forms: Mapping[str, int] = field(default_factory=dict)
    values: BottomK = field(default_factory=BottomK.empty)
    examples: tuple[tuple[int, str], ...] = ()

    def __add__(self, other: ColumnEvidence) -> ColumnEvidence:
        """Associative and commutative for equal paths."""
        return ColumnEvidence(
            path=self.path,
            kind=max(self.kind, other.kind, key=_ORDER.index),
            rows=self.rows + other.rows,
            nulls=self.nulls + other.nulls,
            tallies=added(self.tallies, other.tallies),
            facts=self.facts + other.facts,
            forms=added(self.forms, other.forms),
            values=self.values + other.values,
            examples=tuple(sorted({*self.examples, *other.examples})[:EXAMPLES]),
        )


def observe(
    path: str, kind: Kind, seen: Distinct, hits: Iterable[Hits], seed: int
) -> ColumnEvidence:
    """Evidence of one batch's column; `hits` are masks over `seen.cells`, `seed` keys hashes."""
    scalar = kind in SCALAR
    values = BottomK.empty()
    examples: tuple[tuple[int, str], ...] = ()
    protected: Mapping[str, int] = {}
    if scalar and len(seen.cells):
        hashes = seen.cells.hash(seed)
        values = BottomK.of(hashes, seen.counts)
        examples = _examples(seen.cells, hashes.to_numpy(), values)
        protected = forms(seen, hashes, seed)
    return ColumnEvidence(
        path=path,
        kind=Kind.TEXT if scalar else kind,
        rows=seen.rows,
        nulls=seen.nulls,
        tallies=tallied(seen, hits),
        facts=facts(seen) if scalar else Facts(),
        forms=protected,
        values=values,
        examples=examples,
    )


def tallied(seen: Distinct, hits: Iterable[Hits]) -> dict[TallyKey, Tally]:
    """The hits on the cells counted in rows."""
    tallies: dict[TallyKey, Tally] = {}
    for hit in hits:
        cells = seen.weight(hit.mask)
        if hit.entity.startswith(READ):
            # What a slow detector would have read stands where others count objects.
            key = TallyKey(hit.entity, hit.detector, 0)
            tallies = added(tallies, {key: Tally(cells, cells, seen.weight(hit.mask | ~hit.mask))})
        elif cells:
            whole = cells if hit.whole is None else seen.weight(hit.mask & hit.whole)
            key = TallyKey(hit.entity, hit.detector, round(hit.score * 100))
            tally = Tally(cells, whole, cells * (hit.count or 1), ranges=hit.ranges)
            tallies = added(tallies, {key: tally})
    return tallies


def located(column: ColumnEvidence, uri: str, span: str) -> ColumnEvidence:
    """The evidence of one part with that part as the place of what is rare there or inside texts."""
    rare = {
        key: replace(tally, places=(Place(uri, span, tally.cells),))
        for key, tally in column.tallies.items()
        if tally.cells < RARE * (column.rows - column.nulls) or tally.whole < tally.cells
    }
    return replace(column, tallies={**column.tallies, **rare}) if rare else column


def _examples(
    cells: pl.Series, hashes: NDArray[np.uint64], values: BottomK
) -> tuple[tuple[int, str], ...]:
    """Shapes of the first cells by hash; signs other than common separators would tell a value."""
    first = values.hashes[:EXAMPLES]
    early = np.flatnonzero(hashes <= first[-1])
    rows = early[[np.flatnonzero(hashes[early] == one)[0] for one in first]]
    shape = (
        pl.col("cell")
        .str.slice(0, EXAMPLE_CHARS)
        .str.replace_all(r"\p{N}", "9")
        .str.replace_all(r"\p{Lu}", "X")
        .str.replace_all(r"""[^X9 .,:;/@+\-_()#'"&%]""", "x")
    )
    shape = pl.when(shape.str.contains("[xX9]")).then(shape).otherwise(pl.lit("x"))
    shapes = pl.DataFrame({"cell": taken(cells, rows)}).select(shape.alias("shape"))["shape"]
    return tuple(zip(first.tolist(), shapes.to_list(), strict=True))
