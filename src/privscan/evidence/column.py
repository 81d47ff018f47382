"""Evidence about one column, and the vectorised observation that makes it from cells."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

import polars as pl

from privscan.evidence.bottomk import BottomK
from privscan.evidence.tally import Facts, Tally, TallyKey, added
from privscan.model.data import Hits
from privscan.model.kinds import Kind

EXAMPLES = 3
EXAMPLE_CHARS = 32

LARGEST = 10_000.0
"""Bound of the numbers that ranges are kept of: ages and years are below, identifiers above."""

_ORDER = (Kind.TEXT, Kind.VECTOR, Kind.BYTES, Kind.AUDIO, Kind.IMAGE)
SCALAR = frozenset({Kind.TEXT, Kind.NUMBER, Kind.TIME})

_DATE = (
    r"^\s*(?:\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?|\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}"
    r"|(?:明治|大正|昭和|平成|令和|[MTSHR])\s?(?:\d{1,2}|元)[-/.年]\d{1,2}[-/.月]\d{1,2}日?)"
    r"(?:[T ]\d{1,2}:\d{2}.*)?\s*$"
)


UNSPACED = 10
"""Characters from which a cell in writing without spaces is a text and no name or code."""

_CJK = r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Hangul}\p{Thai}]"
_MASKED = (
    r"^[0-9\s().+\-/*●xX]*(?:[*●]{2}|[xX]{3})[0-9\s().+\-/*●xX]*$"
    r"|^\S*[*●]{2}\S*(?:\s\S*){0,2}$"
)
"""Digits with a run of signs in their place, or up to three words of which one has such a run."""


@dataclass(frozen=True, slots=True)
class ColumnEvidence:
    """Counts, facts and sketches of one column; scalars are all `text`: kind is judged later.

    `examples` are (hash, masked shape) of the values with the smallest hashes.
    """

    path: str
    kind: Kind
    rows: int = 0
    nulls: int = 0
    tallies: Mapping[TallyKey, Tally] = field(default_factory=dict)
    facts: Facts = field(default_factory=Facts)
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
            values=self.values + other.values,
            examples=tuple(sorted({*self.examples, *other.examples})[:EXAMPLES]),
        )


@dataclass(frozen=True, slots=True)
class Distinct:
    """The distinct non-null cells of a batch's column, and how often each stands there (u32)."""

    cells: pl.Series
    counts: pl.Series
    rows: int
    nulls: int


def distinct(cells: pl.Series) -> Distinct:
    """Count equal cells once: everything after works on distinct values."""
    kept = cells.drop_nulls()
    nulls = len(cells) - len(kept)
    if cells.dtype != pl.String:
        ones = pl.repeat(1, len(kept), dtype=pl.UInt32, eager=True)
        return Distinct(kept, ones, len(cells), nulls)
    counted = kept.rename("cells").value_counts()
    return Distinct(counted["cells"], counted["count"], len(cells), nulls)


def observe(
    path: str, kind: Kind, seen: Distinct, hits: Iterable[Hits], seed: int
) -> ColumnEvidence:
    """Evidence of one batch's column; `hits` are masks over `seen.cells`, `seed` keys hashes."""
    tallies: dict[TallyKey, Tally] = {}
    for hit in hits:
        cells = int(seen.counts.filter(hit.mask).sum())
        if cells:
            whole = cells if hit.whole is None else seen.counts.filter(hit.mask & hit.whole).sum()
            key = TallyKey(hit.entity, hit.detector, round(hit.score * 100))
            tally = Tally(cells, int(whole), cells * (hit.count or 1))
            tallies = added(tallies, {key: tally})
    scalar = kind in SCALAR
    if scalar and len(seen.cells):
        hashes = seen.cells.hash(seed)
        values = BottomK.of(hashes, seen.counts)
        examples = _examples(seen.cells, hashes)
    else:
        values, examples = BottomK.empty(), ()
    return ColumnEvidence(
        path=path,
        kind=Kind.TEXT if scalar else kind,
        rows=seen.rows,
        nulls=seen.nulls,
        tallies=tallies,
        facts=_facts(seen) if scalar else Facts(),
        values=values,
        examples=examples,
    )


def _examples(cells: pl.Series, hashes: pl.Series) -> tuple[tuple[int, str], ...]:
    """Shapes of the first cells by hash; signs other than common separators would tell a value."""
    first = hashes.arg_sort()[:EXAMPLES]
    shapes = (
        cells.gather(first)
        .str.slice(0, EXAMPLE_CHARS)
        .str.replace_all(r"\p{N}", "9")
        .str.replace_all(r"\p{Lu}", "X")
        .str.replace_all(r"""[^X9 .,:;/@+\-_()#'"&%]""", "x")
    )
    shapes = shapes.set(~shapes.str.contains("[xX9]"), "x")
    return tuple(zip(hashes.gather(first).to_list(), shapes.to_list(), strict=True))


def _coarse(bound: pl.Expr, outward: Callable[[pl.Expr], pl.Expr]) -> pl.Expr:
    """A bound rounded outward to two digits, at most LARGEST: the extremes are values too.

    Monotone, so that the bounds of parts add up to those of the whole.
    """
    size = bound.abs()
    unit = pl.when(size <= 100).then(1.0).when(size <= 1000).then(10.0).otherwise(100.0)  # noqa: PLR2004  powers of ten
    return (outward(bound / unit) * unit).clip(-LARGEST, LARGEST)


def _facts(seen: Distinct) -> Facts:
    if not len(seen.cells):
        return Facts()
    text = pl.col("text")
    number = text.cast(pl.Float64, strict=False)
    number = pl.when(number.is_finite()).then(number)
    masks = {
        "ascii": text.str.len_bytes() == text.str.len_chars(),
        "letters": text.str.contains(r"\p{L}"),
        "spaces": text.str.contains(r"\s"),
        "digits_only": text.str.contains(r"^[0-9]+$"),
        "numbers": number.is_not_null(),
        "integers": text.str.contains(r"^[+-]?[0-9]+$"),
        "dates": text.str.contains(_DATE),
        "uuid": text.str.contains(r"^(?i)[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$"),
        "unspaced": (text.str.len_chars() >= UNSPACED) & text.str.contains(_CJK),
        "masked": text.str.contains(_MASKED),
        **{
            f"hex{n}": (text.str.len_bytes() == n) & text.str.contains(r"^[0-9A-Fa-f]+$")
            for n in (32, 40, 64, 128)
        },
    }
    weigh = pl.col("count").cast(pl.UInt64)
    row = (
        pl.DataFrame({"text": seen.cells, "count": seen.counts})
        .lazy()
        .select(
            (text.str.len_chars().cast(pl.UInt64) * weigh).sum().alias("chars"),
            text.str.len_chars().min().alias("shortest"),
            text.str.len_chars().max().alias("longest"),
            _coarse(number.min(), pl.Expr.floor).alias("low"),
            _coarse(number.max(), pl.Expr.ceil).alias("high"),
            *[weigh.filter(mask).sum().alias(name) for name, mask in masks.items()],
        )
        .collect()
        .row(0, named=True)
    )
    return Facts(**row)
