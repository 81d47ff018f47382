"""Telephone numbers in whole columns: the answers of Presidio's PhoneRecognizer, cell by cell.

Presidio asks the library phonenumbers for each region about each text. Here a gate drops cells
without enough digits, runs are cut out of the others in one pass, regexes of the numbering plans
judge each distinct run, and the library's own matcher reads only what they leave open.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import NamedTuple

import numpy as np
import polars as pl

from privscan.recognition.phone.keys import judged
from privscan.recognition.phone.library import BLOCK, MOST_TRIES, GivenUpError, Library
from privscan.recognition.phone.plan import FEWEST_ABROAD, Bools, Ints, Plan, plans
from privscan.recognition.phone.runs import ASCII, BARRED, WIDE, Runs, runs
from privscan.rulebook.text import bytes_of, taken

SCORE = 0.4
"""Presidio's score for a number that is valid in one of its regions."""

REGIONS = ("US", "GB", "DE", "FR", "IL", "IN", "CA", "BR")
"""The regions that Presidio asks for unless it is told others."""

POSSIBLE, VALID = 0, 1
"""Two of the library's four leniencies; the stricter ones ask how digits are grouped, too."""

FEWEST_POSSIBLE = 2
"""Digits of the shortest number that is possible."""


class PhoneSpans(NamedTuple):
    """Where numbers stand, in characters of each cell; rows given up may have more of them."""

    row: Ints
    start: Ints
    end: Ints
    given_up: Ints


def never() -> bool:
    """There is no deadline."""
    return False


class PhoneNumbers:
    """Finds the telephone numbers of some regions, as strictly as the leniency says (0 to 3).

    `most_marks` is the most signs and blanks among the digits of a run that is read.
    """

    def __init__(
        self,
        regions: tuple[str, ...] = REGIONS,
        leniency: int = VALID,
        most_marks: int | None = None,
    ) -> None:
        self.regions = regions
        self.leniency = leniency
        self.most_marks = most_marks

    def spans(
        self,
        cells: pl.Series,
        *,
        ascii: bool,  # noqa: A002 - the layer's word for cells of one byte a character
        out_of_time: Callable[[], bool] = never,
    ) -> PhoneSpans:
        """The numbers in cells without nulls, ordered by row and start.

        A cell is given up when time is out, or a candidate or run in it is longer than any number's.
        """
        alphabet = ASCII if ascii else WIDE
        chain = alphabet.chain if self.leniency == POSSIBLE else alphabet.free_chain
        some = np.flatnonzero(cells.str.contains(chain(self._fewest)).to_numpy())
        if not len(some) or not self.regions:
            return PhoneSpans(*np.zeros((4, 0), np.int64))
        every = runs(taken(cells, some), alphabet)
        endless = _endless(every.key, self.most_marks)
        found = every.filter(~endless)
        library = Library(self.regions, self.leniency, out_of_time)
        long = _in_long_cells(found)
        enough = bytes_of(found.key) >= self._fewest
        parts = [self._of_runs(found.filter(~long & enough), library)]
        if long.any():
            parts.append(_of_long_cells(found.filter(long), library))
        nowhere = np.zeros(0, np.int64)
        parts.append(PhoneSpans(nowhere, nowhere, nowhere, every.row[endless]))
        return _ordered(parts, some)

    def _of_runs(self, found: Runs, library: Library) -> PhoneSpans:
        """The numbers in runs of cells so short that each run is judged on its own."""
        distinct = found.key.unique()
        whole = pl.Series([], dtype=pl.String)
        unsure = distinct
        if self.leniency != POSSIBLE:
            verdict = judged(distinct, self._plans)
            if self.leniency == VALID:
                whole = distinct.filter(pl.Series(verdict.whole))
                unsure = distinct.filter(pl.Series(verdict.unsure))
            else:
                unsure = distinct.filter(pl.Series(verdict.whole | verdict.unsure))
        asked, given_up = _asked(unsure, library)
        full = pl.DataFrame({"key": whole, "begin": 0, "end": whole.str.len_chars()}, schema=_TABLE)
        runs_of = pl.DataFrame({"key": found.key, "row": found.row, "start": found.start})
        spans = runs_of.join(pl.concat([full, asked]), on="key")
        start = spans["start"].to_numpy()
        return PhoneSpans(
            spans["row"].to_numpy(),
            start + spans["begin"].to_numpy(),
            start + spans["end"].to_numpy(),
            found.row[found.key.is_in(given_up.implode()).to_numpy()],
        )

    @cached_property
    def _plans(self) -> tuple[Plan, ...]:
        return plans(self.regions)

    @cached_property
    def _fewest(self) -> int:
        """Digits of the shortest number that may be found."""
        if self.leniency == POSSIBLE:
            return FEWEST_POSSIBLE
        return min([FEWEST_ABROAD, *(here.fewest for here in self._plans)])


_TABLE = {"key": pl.String, "begin": pl.Int64, "end": pl.Int64}


def _endless(keys: pl.Series, most: int | None) -> Bools:
    """Keys with more signs and blanks than that."""
    if most is None:
        return np.zeros(len(keys), bool)
    endless = (keys.str.len_bytes() > most).to_numpy(writable=True)
    rows = np.flatnonzero(endless)
    marks = taken(keys, rows).str.replace_all("[0-9]+", "").str.len_chars()
    endless[rows] = (marks > most).to_numpy()
    return endless


def _in_long_cells(found: Runs) -> Bools:
    """Whether the library may give up the cell of a run because of its candidates in vain.

    They are no more than one for each block of digits, and three for each character between.
    """
    size = bytes_of(found.key)
    if not len(size) or np.bincount(found.row, 4 * size).max() <= MOST_TRIES:
        return np.zeros(len(size), bool)
    between = found.key.str.replace_all("[0-9]+", "").str.len_bytes().to_numpy()
    return (np.bincount(found.row, 1 + size // BLOCK + 4 * between) > MOST_TRIES)[found.row]


def _asked(keys: pl.Series, library: Library) -> tuple[pl.DataFrame, pl.Series]:
    """The spans that the library finds in keys, and the keys that it gave up."""
    spans: list[tuple[str, int, int]] = []
    given_up: list[str] = []
    for key in keys.sort().to_list():
        before = key.startswith(BARRED)
        try:
            spans += [(key, begin - before, end - before) for begin, end in library.spans(key)]
        except GivenUpError:
            given_up.append(key)
    table = pl.DataFrame(spans, schema=_TABLE, orient="row")
    return table, pl.Series(given_up, dtype=pl.String)


def _of_long_cells(found: Runs, library: Library) -> PhoneSpans:
    """The numbers in cells so long that the library may end before they do."""
    spans: list[tuple[int, int, int]] = []
    given_up: list[int] = []
    for row in np.unique(found.row).tolist():
        of_row = found.filter(found.row == row)
        keys = of_row.key.to_list()
        try:
            numbers = library.spans_of_cell(keys)
        except GivenUpError:
            given_up.append(row)
            continue
        for place, of_key in numbers.items():
            shift = int(of_row.start[place]) - keys[place].startswith(BARRED)
            spans += [(row, shift + begin, shift + end) for begin, end in of_key]
    row, start, end = np.array(spans, np.int64).reshape(-1, 3).T
    return PhoneSpans(row, start, end, np.array(given_up, np.int64))


def _ordered(parts: list[PhoneSpans], rows: Ints) -> PhoneSpans:
    """Spans by row and start, where the rows are those of the column."""
    row, start, end, given_up = (np.concatenate(field) for field in zip(*parts, strict=True))
    order = np.lexsort((start, row))
    return PhoneSpans(rows[row[order]], start[order], end[order], rows[np.unique(given_up)])
