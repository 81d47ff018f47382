"""Identifiers that their form or check digit gives away, by Presidio's recognizers and ours.

A regex that Polars runs over the whole column leaves the cells that may match; Presidio's own
code judges those, each distinct value once. Patterns that say little (nine digits) run only
where the header names their entity or the column has no name.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from privscan.model.data import Column, Hits
from privscan.rulebook.matchers import Matcher, Recognition, matchers, recognized
from privscan.rulebook.names import header_entities, nameless
from privscan.rulebook.normal import normal

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Rows = NDArray[np.int64]

PLUGIN = True
KINDS = ("text", "number", "time")

WINDOW = 65_536
"""Characters that Presidio sees at a time: its regexes can be slow on one huge cell."""

OVERLAP = 1_024
"""Characters that two windows share, more than any identifier is long."""

_MARKS = "@:$"
_DIGITS = (1, 5, 8, 12)

Gates = Mapping[tuple[str, int], Sequence[Matcher]]
"""Matchers by a mark and a number of digits that every match of theirs has."""


def find(column: Column) -> Iterator[Hits]:
    """Hits by entity, recognizer and score; a cell counts once for each recognizer.

    Cells beyond ASCII are judged as they stand, and where that finds nothing as `normal` text.
    """
    cells, gates = column.cells, _gates(column.path)
    plain = (cells.str.len_bytes() == cells.str.len_chars()).to_numpy()
    wide = np.flatnonzero(~plain)
    yield from _found(cells, np.flatnonzero(plain), gates, wide=False)
    hit: dict[str, NDArray[np.bool_]] = {}
    for found in _found(cells, wide, gates, wide=True):
        hit[found.detector] = hit.get(found.detector, False) | found.mask.to_numpy()
        yield found
    if not len(wide):
        return
    text = normal(cells)
    changed = np.flatnonzero((text != cells).to_numpy())
    for found in _found(text, changed, gates, wide=True):
        mask = found.mask.to_numpy() & ~hit.get(found.detector, np.zeros(len(cells), bool))
        if mask.any():
            yield replace(found, mask=pl.Series(mask))


def _found(cells: pl.Series, rows: Rows, gates: Gates, *, wide: bool) -> Iterator[Hits]:
    if not len(rows):
        return
    some = cells if len(rows) == len(cells) else cells.gather(rows)
    for found in _candidates(some, gates, wide=wide).values():
        for entity, name, score, at, whole in _judged(some, found, wide=wide):
            mask, alone = np.zeros(len(cells), bool), np.zeros(len(cells), bool)
            mask[rows[at]], alone[rows[at]] = True, whole
            detector = f"pattern/{name}"
            yield Hits(entity, pl.Series(mask), score, detector, whole=pl.Series(alone))


@lru_cache(maxsize=1024)
def _gates(path: str) -> Gates:
    said = {entity for entity, bits in header_entities(path) if bits > 0}
    blank = nameless(path)
    gates: dict[tuple[str, int], list[Matcher]] = defaultdict(list)
    for m in matchers():
        if m.alone or m.entity in said or (blank and m.nameless):
            mark = next((c for c in _MARKS if c in m.form.marks), "")
            digits = max((d for d in _DIGITS if d <= m.form.digits), default=0)
            gates[mark, digits].append(m)
    return gates


Candidates = dict[str, list[tuple[Matcher, "Rows"]]]


def _candidates(cells: pl.Series, gates: Gates, *, wide: bool) -> Candidates:
    """Cells that may match, by recognizer: gate, then all patterns at once, then each."""
    found: Candidates = defaultdict(list)
    passed = _passed(cells, gates, wide=wide)
    for gate, group in gates.items():
        rows = passed[gate]
        if not len(rows):
            continue
        any_of_them = "|".join(f"(?:{_form(m, wide=wide)})" for m in group)
        rows = rows[cells.gather(rows).str.contains(any_of_them).to_numpy()]
        some = cells.gather(rows)
        for m in group if len(rows) else ():
            kept = rows[some.str.contains(_form(m, wide=wide)).to_numpy()]
            if len(kept):
                found[m.name].append((m, kept))
    return found


def _passed(cells: pl.Series, gates: Gates, *, wide: bool) -> dict[tuple[str, int], Rows]:
    """Cells with the mark and the digits of each gate; digits beyond ASCII open every count."""
    text = pl.col("cells")
    facts = {mark: text.str.contains(mark, literal=True) for mark, _ in gates if mark} | {
        f"{digits}": text.str.contains(f"(?:[0-9][^0-9]*){{{digits}}}")
        for _, digits in gates
        if digits and not wide
    }
    seen = cells.rename("cells").to_frame().select(f.alias(name) for name, f in facts.items())
    masks = {name: seen[name].to_numpy() for name in facts}
    every = np.ones(len(cells), bool)
    return {
        (mark, digits): np.flatnonzero(masks.get(mark, every) & masks.get(f"{digits}", every))
        for mark, digits in gates
    }


def _form(m: Matcher, *, wide: bool) -> str:
    return m.form.wide if wide else m.form.ascii


Judged = tuple[str, str, float, "Rows", "NDArray[np.bool_]"]


def _judged(cells: pl.Series, found: list[tuple[Matcher, Rows]], *, wide: bool) -> Iterator[Judged]:
    """What a recognizer says of its candidates, by score; `whole` where it is all of the cell."""
    if not wide and all(m.exact for m, _ in found):
        yield from _exact(cells, found)
        return
    rows = np.unique(np.concatenate([rows for _, rows in found]))
    first, _ = found[0]
    by_score: dict[float, list[tuple[int, bool]]] = defaultdict(list)
    for row, text in zip(rows.tolist(), cells.gather(rows).to_list(), strict=True):
        seen = _recognized(first.name, text)
        if seen is not None:
            by_score[seen.score].append((row, seen.whole))
    for score, seen_rows in sorted(by_score.items()):
        at, whole = zip(*seen_rows, strict=True)
        yield first.entity, first.name, score, np.array(at), np.array(whole)


def _exact(cells: pl.Series, found: list[tuple[Matcher, Rows]]) -> Iterator[Judged]:
    taken = np.empty(0, np.int64)
    for m, rows in sorted(found, key=lambda item: -item[0].score):
        left = np.setdiff1d(rows, taken)
        if len(left):
            whole = cells.gather(left).str.contains(rf"^\s*(?:{m.form.ascii})\s*$")
            yield m.entity, m.name, m.score, left, whole.to_numpy()
            taken = np.union1d(taken, left)


def _recognized(name: str, text: str) -> Recognition | None:
    if len(text) <= WINDOW:
        return recognized(name, text)
    starts = range(0, len(text), WINDOW - OVERLAP)
    seen = [r for s in starts if (r := recognized(name, text[s : s + WINDOW]))]
    best = max(seen, key=lambda r: r.score, default=None)
    return None if best is None else Recognition(best.entity, best.score, whole=False)
