"""Which cells a pattern must be tried on: cheap gates, a look at a few cells, then all at once.

One alternation of many patterns costs hardly more than one pattern, so those that no cell of a
small sample holds are sought together; what the sample holds is tried on every cell by itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import polars as pl
import regex

from privscan.recognition.recognizer import Pattern
from privscan.recognition.stand_ins import stand_ins

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Rows = NDArray[np.int64]
    Mask = NDArray[np.bool_]

DIGIT = "digit"

MARKS = "@:/.-"
"""Punctuation that is worth a gate, the rarest first."""

_REGEX = {(DIGIT, True): "[0-9]", (DIGIT, False): r"\p{Nd}"}

SAMPLE = 24
"""Cells looked at to learn what a column holds."""

SAMPLE_CHARACTERS = 400
"""Longer cells are cut in the sample; what it misses is found among the others."""


@dataclass(frozen=True, eq=False)
class Cells:
    """A String series without nulls, and its `texts` where signs stand in for some characters.

    `ascii` says that the cells hold ASCII only; `stood_in` that patterns must be portable.
    """

    series: pl.Series
    texts: pl.Series
    rows: Rows
    ascii: bool
    stood_in: bool = False
    _seen: dict[str, Mask] = field(default_factory=dict)

    @cached_property
    def lengths(self) -> NDArray[np.uint32]:
        """Bytes of each cell."""
        return self.series.str.len_bytes().to_numpy()

    @cached_property
    def sample(self) -> Sequence[str]:
        """Some cells from all over the column."""
        step = max(1, len(self.series) // SAMPLE)
        return self.texts.gather_every(step).str.slice(0, SAMPLE_CHARACTERS).to_list()

    def passing(self, gate: str, shortest: int) -> Rows:
        """The cells that are long enough and hold the digit or the mark that the gate asks."""
        mask = self.lengths >= shortest
        if gate and mask.any():
            if gate not in self._seen:
                text, literal = _REGEX.get((gate, self.ascii), gate), gate != DIGIT
                self._seen[gate] = self.series.str.contains(text, literal=literal).to_numpy()
            mask &= self._seen[gate]
        return np.flatnonzero(mask)

    def holding(self, regexes: Sequence[str], rows: Rows) -> Rows:
        """Those of the rows whose cells hold a match of one of the regexes."""
        if not len(rows):
            return rows
        text = pl.col("text").str
        wanted = pl.any_horizontal([text.contains(regex) for regex in regexes]).alias("held")
        held = pl.DataFrame({"text": self.at(rows)[0]}).select(wanted)
        return rows[held["held"].to_numpy()]

    def at(self, rows: Rows) -> tuple[pl.Series, pl.Series]:
        """The cells of some rows, and their texts."""
        if len(rows) == len(self.series):
            return self.series, self.texts
        some = self.series.gather(rows)
        return some, self.texts.gather(rows) if self.stood_in else some


def parted(cells: pl.Series) -> Iterator[Cells]:
    """ASCII cells, those that may be matched as ASCII, and the others."""
    plain = is_ascii(cells)
    if plain.any():
        yield from _cells(cells, cells, plain, ascii_=True)
    if plain.all():
        return
    wide = np.flatnonzero(~plain)
    texts = cells.gather(wide)
    series = stand_ins(texts)
    passed = is_ascii(series)
    for some in _cells(series, texts, passed, ascii_=True, stood_in=True):
        yield replace(some, rows=wide[some.rows])
    for some in _cells(texts, texts, ~passed, ascii_=False):
        yield replace(some, rows=wide[some.rows])


def _cells(
    series: pl.Series, texts: pl.Series, mask: Mask, *, ascii_: bool, stood_in: bool = False
) -> Iterator[Cells]:
    rows = np.flatnonzero(mask)
    if len(rows):
        whole = len(rows) == len(series)
        some = series if whole else series.gather(rows)
        meant = some if series is texts else texts if whole else texts.gather(rows)
        yield Cells(some, meant, rows, ascii_, stood_in)


def is_ascii(cells: pl.Series) -> Mask:
    """Which cells hold ASCII only."""
    return (cells.str.len_bytes() == cells.str.len_chars()).to_numpy()


class Candidates(NamedTuple):
    """Cells in which a pattern may match; `sought` says that its form has been found in each.

    `filling` says that in a cell of the sample it matches all the cell.
    """

    pattern: Pattern
    rows: Rows
    sought: bool
    filling: bool


def candidates(cells: Cells, patterns: Iterable[Pattern]) -> Iterator[Candidates]:
    """For each pattern with a form the cells in which it may match, no match left out."""
    for gate, runs, group in _grouped(patterns, ascii_=cells.ascii):
        rows = cells.passing(gate, min(p.form.shortest for p in group if p.form))
        for run in runs:
            rows = cells.holding(run, rows)
        if not len(rows):
            continue
        seen = {p: _share(p, cells.sample) for p in group} if len(rows) > SAMPLE else {}
        others = [p for p in group if not seen.get(p)]
        yield from (Candidates(p, rows, False, share == 1) for p, share in seen.items() if share)
        if others:
            forms = [form_of(p, ascii_=cells.ascii) for p in others]
            yield from _sought(cells, rows, others, forms)


def _sought(
    cells: Cells, rows: Rows, patterns: Sequence[Pattern], forms: Sequence[str]
) -> Iterator[Candidates]:
    """All forms at once, then each in the cells that are left."""
    if len(forms) > 1:
        rows = cells.holding(["|".join(forms)], rows)
    if not len(rows):
        return
    # One call of Polars for all of them: a call costs as much as some hundred cells.
    text = pl.col("text").str
    wanted = [text.contains(form).alias(f"{i}") for i, form in enumerate(forms)]
    held = pl.DataFrame({"text": cells.at(rows)[0]}).select(wanted)
    for pattern, mask in zip(patterns, held.iter_columns(), strict=True):
        if mask.any():
            yield Candidates(pattern, rows[mask.to_numpy()], sought=True, filling=False)


def _share(pattern: Pattern, sample: Sequence[str]) -> float:
    """The largest share of a cell of the sample that a match takes."""
    search = engine(pattern.regex, pattern.flags).search
    found = ((search(text), text) for text in sample if text)
    return max(((m.end() - m.start()) / len(text) for m, text in found if m), default=0)


def _grouped(
    patterns: Iterable[Pattern], *, ascii_: bool
) -> Iterator[tuple[str, Sequence[Sequence[str]], Sequence[Pattern]]]:
    """Patterns by gate; what makes many states goes alone, behind what each match of it holds."""
    groups: dict[str, list[Pattern]] = {}
    for pattern in patterns:
        form = pattern.form
        if form is None:
            continue
        gate = DIGIT if form.digits else next((m for m in MARKS if m in form.marks), "")
        if ascii_ and form.run:
            yield gate, [some for some in ([form.run], pattern.probes) if some], [pattern]
        elif len(form.ascii) > LARGE:
            yield gate, [], [pattern]
        else:
            groups.setdefault(gate, []).append(pattern)
    yield from ((gate, [], group) for gate, group in groups.items())


LARGE = 5_000
"""Characters from which a form takes milliseconds to compile."""


def form_of(pattern: Pattern, *, ascii_: bool) -> str:
    """The Rust regex that finds cells in which the pattern may match."""
    assert pattern.form is not None  # noqa: S101  only patterns with a form are tried
    return pattern.form.seek if ascii_ else pattern.form.wide


@lru_cache(maxsize=1024)
def engine(pattern: str, flags: int) -> regex.Pattern[str]:
    """The pattern as Presidio compiles it."""
    return regex.compile(pattern, flags)
