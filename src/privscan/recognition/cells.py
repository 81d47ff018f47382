"""Which cells a pattern must be tried on: cheap gates, a look at a few cells, then all at once.

One alternation of many patterns costs hardly more than one pattern, so those that no cell of a
small sample holds are sought together; what the sample holds is tried on every cell by itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Literal, NamedTuple

import numpy as np
import polars as pl
import regex

from privscan.recognition.checks.buffers import flat
from privscan.recognition.recognizer import Pattern
from privscan.recognition.stand_ins import DIGITS, more_stand_ins, stand_ins
from privscan.rulebook.compile import Compiled
from privscan.rulebook.text import bytes_of, is_ascii, matching, taken

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Rows = NDArray[np.int64]
    Mask = NDArray[np.bool_]

ANY_DIGIT = r"\p{Nd}"

SAMPLE = 24
"""Cells looked at to learn what a column holds."""

FEW = 64
"""So few cells are looked at by `regex` itself; Rust's engine has to warm up for each pattern."""

LISTED = 1 << 18
"""Up to so many bytes, all cells are listed once instead of taken again for each pattern."""

SEVERAL = 2
"""Cells of the sample that must hold a match before the pattern is tried by itself."""

LONG = 96
"""Mean bytes of cells that hold characters of all kinds anyway."""

SAMPLE_CHARACTERS = 400
"""Longer cells are cut in the sample; what it misses is found among the others."""


@dataclass(frozen=True, eq=False)
class Cells:
    """A String series without nulls, and its `texts` where signs stand in for some characters.

    `ascii` says that the cells hold ASCII only. `stood_in` says that patterns must be portable;
    `digits` and `folded`, that such characters are among those exchanged.
    """

    series: pl.Series
    texts: pl.Series
    rows: Rows
    ascii: bool
    stood_in: bool = False
    digits: bool = False
    folded: bool = False
    _seen: dict[str, Mask] = field(default_factory=dict)

    @cached_property
    def lengths(self) -> NDArray[np.uint32]:
        """Bytes of each cell."""
        return bytes_of(self.series)

    @cached_property
    def present(self) -> int:
        """The characters of ASCII cells as bits; all bits where looking does not pay."""
        if self.lengths.mean() > LONG:
            return -1
        _, text = flat(self.series)
        seen = np.zeros(256, bool)
        seen[text] = True
        return sum(1 << code for code in np.flatnonzero(seen).tolist())

    def sample(self, rows: Rows) -> Sequence[str]:
        """Some of the rows' texts, from all over them."""
        return self.few(rows[:: max(1, len(rows) // SAMPLE)], SAMPLE_CHARACTERS)

    @cached_property
    def _listed(self) -> Sequence[str] | None:
        return self.texts.to_list() if self.lengths.sum(dtype=np.int64) <= LISTED else None

    def few(self, rows: Rows, most: int | None = None) -> Sequence[str]:
        """The texts of a few rows, at most so many characters of each."""
        if self._listed is None:
            return taken(self.texts, rows).str.slice(0, most).to_list()
        return [self._listed[row][:most] for row in rows.tolist()]

    def passing(self, gate: str, shortest: int) -> Rows:
        """The cells that are long enough and hold a match of the gate; that is asked once."""
        mask = self.lengths >= shortest
        if gate and mask.any():
            if gate not in self._seen:
                self._seen[gate] = self.series.str.contains(gate).to_numpy()
            mask &= self._seen[gate]
        return np.flatnonzero(mask)

    def holding(self, regexes: Sequence[str], rows: Rows) -> Rows:
        """Those of the rows whose cells hold a match of one of the regexes."""
        if not len(rows):
            return rows
        if len(regexes) == 1:
            return matching(self.series, rows, regexes[0])
        wanted = pl.any_horizontal([pl.col("text").str.contains(regex) for regex in regexes])
        held: Mask = pl.DataFrame({"text": self.at(rows)[0]}).select(held=wanted)["held"].to_numpy()
        return rows[held]

    def fit(self, form: Compiled) -> bool:
        """Whether a form may be sought in the cells as they are."""
        passed = (not self.digits or form.digits_pass) and (not self.folded or form.folded_pass)
        return not self.stood_in or (form.portable and passed)

    def at(self, rows: Rows) -> tuple[pl.Series, pl.Series]:
        """The cells of some rows, and their texts."""
        if len(rows) == len(self.series):
            return self.series, self.texts
        some = taken(self.series, rows)
        return some, taken(self.texts, rows) if self.stood_in else some


def parted(cells: pl.Series) -> Iterator[Cells]:
    """ASCII cells, those that may be matched as ASCII, and the others."""
    plain = is_ascii(cells)
    if plain.any():
        yield from _cells(cells, cells, plain, ascii_=True)
    if plain.all():
        return
    wide = np.flatnonzero(~plain)
    texts = taken(cells, wide)
    series = stand_ins(texts)
    passed = is_ascii(series)
    for some in _cells(series, texts, passed, ascii_=True, stood_in=True):
        yield replace(some, rows=wide[some.rows])
    if passed.all():
        return
    odd = np.flatnonzero(~passed)
    yield from _odd(taken(series, odd), taken(texts, odd), wide[odd])


def _odd(series: pl.Series, texts: pl.Series, rows: Rows) -> Iterator[Cells]:
    """Cells with digits or letters that some patterns tell from others, and the rest."""
    digits = texts.str.contains(DIGITS).to_numpy()
    series = more_stand_ins(series)
    passed = is_ascii(series)
    for mask, known in ((passed & digits, True), (passed & ~digits, False)):
        for some in _cells(series, texts, mask, ascii_=True, stood_in=True):
            yield replace(some, rows=rows[some.rows], digits=known, folded=True)
    for some in _cells(texts, texts, ~passed, ascii_=False):
        yield replace(some, rows=rows[some.rows])


def _cells(
    series: pl.Series, texts: pl.Series, mask: Mask, *, ascii_: bool, stood_in: bool = False
) -> Iterator[Cells]:
    rows = np.flatnonzero(mask)
    if len(rows):
        whole = len(rows) == len(series)
        some = series if whole else taken(series, rows)
        meant = some if series is texts else texts if whole else taken(texts, rows)
        yield Cells(some, meant, rows, ascii_, stood_in)


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
    if cells.ascii and not cells.stood_in:
        have = cells.present
        patterns = [p for p in patterns if p.form and all(need & have for need in p.form.needs)]
    groups = list(_grouped(patterns, ascii_=cells.ascii))
    marked = {gate: _shortest(group) for gate, _, group in groups if _marked(gate, group)}
    # Tokens have a mark each, and hardly a column has one of them: all are sought at once.
    long = np.flatnonzero(cells.lengths >= min(marked.values(), default=0))
    some = cells.holding(["|".join(sorted(marked))], long) if marked else long
    for gate, runs, group in groups:
        if _marked(gate, group):
            rows = cells.holding([gate], some[cells.lengths[some] >= _shortest(group)])
        else:
            rows = cells.passing(gate, _shortest(group))
        for run in runs:
            rows = cells.holding(run, rows)
        yield from _tried(cells, rows, group)


def _shortest(group: Sequence[Pattern]) -> int:
    return min(pattern.form.shortest for pattern in group if pattern.form)


def _marked(gate: str, group: Sequence[Pattern]) -> bool:
    """Whether a pattern goes alone, behind a mark that few cells hold."""
    return len(group) == 1 and gate not in {"", "[0-9]", ANY_DIGIT}


def _tried(cells: Cells, rows: Rows, patterns: Sequence[Pattern]) -> Iterator[Candidates]:
    """What a few of the cells hold is tried on all, the rest at once; then so in what is left."""
    while len(rows) > FEW and patterns:
        sample = cells.sample(rows)
        found = {p: shares for p in patterns if (shares := _shares(p, sample))}
        held = [p for p, shares in found.items() if len(shares) >= SEVERAL] or list(found)
        for pattern in held:
            yield Candidates(pattern, rows, sought=False, filling=max(found[pattern]) == 1)
        patterns = [p for p in patterns if p not in held]
        if patterns:
            before = len(rows)
            forms = [form_of(p, ascii_=cells.ascii) for p in patterns]
            rows = cells.holding(["|".join(forms)], rows)
            if not held and len(rows) == before:
                # The forms allow what the patterns do not: no sample will tell which.
                yield from (Candidates(p, rows, sought=False, filling=False) for p in patterns)
                return
    texts = cells.few(rows) if len(rows) and patterns else []
    for pattern in patterns:
        mask = [_found(pattern, text) is not False for text in texts]
        if any(mask):
            yield Candidates(pattern, rows[np.array(mask)], sought=True, filling=False)


def _shares(pattern: Pattern, sample: Sequence[str]) -> list[float]:
    """For each cell of the sample that holds a match, the share of it that the match takes."""
    shares = []
    for text in filter(None, sample):
        found = _found(pattern, text)
        if found is None:
            return []
        if found:
            shares.append(found / len(text))
    return shares


GLANCE = 0.02
"""Seconds for a look at one cell; what takes longer is left to those who have a budget."""


def _found(pattern: Pattern, text: str) -> int | Literal[False] | None:
    """Characters of the first match, False without one, None if a glance did not tell."""
    try:
        match = engine(pattern.regex, pattern.flags).search(text, timeout=GLANCE)
    except TimeoutError:
        return None
    return match.end() - match.start() if match else False


Group = tuple[str, Sequence[Sequence[str]], Sequence[Pattern]]


def _grouped(patterns: Iterable[Pattern], *, ascii_: bool) -> Iterator[Group]:
    """A gate, what else must be held, and the patterns behind it.

    What makes many states or takes milliseconds to compile goes alone, the others together.
    """
    together: dict[bool | None, list[tuple[str, Pattern]]] = {}
    for pattern in patterns:
        form = pattern.form
        if form is None or (ascii_ and not form.ascii_possible):
            continue
        gate = form.gate if ascii_ else ANY_DIGIT if form.digits else form.mark
        if ascii_ and (form.run or pattern.probes):
            yield gate, [some for some in ([form.run], pattern.probes) if any(some)], [pattern]
        elif len(form.ascii) > LARGE:
            yield gate, [], [pattern]
        else:
            # Words alone are sought as such, which is faster than words among digits and marks.
            word = form.word and ascii_ if gate else None
            together.setdefault(word, []).append((gate, pattern))
    for several in together.values():
        yield "|".join(sorted({gate for gate, _ in several})), [], [p for _, p in several]


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
