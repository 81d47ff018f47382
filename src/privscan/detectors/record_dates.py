"""First and last month, and the years, of dates that a header says a record was made or used on."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from privscan.evidence.characters import DIGIT, WIDE, kinds_in, masked
from privscan.model.data import Column, Hits
from privscan.rulebook.counted import COUNTED, dates_a_record
from privscan.rulebook.normal import narrow
from privscan.rulebook.text import taken

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Months = NDArray[np.int64]

PLUGIN = True
KINDS = ("text",)
MEASUREMENTS = True

FIRST, LAST = 1970, 2099
"""Years of records kept by machines. The first month of all is left out: it is a zero, no date."""

_YEAR = "(19[7-9][0-9]|20[0-9][0-9])"
_DAY = r"[0-9]{1,2}(?:日?\s*$|日?[T ,])"
_PADDED = rf"^{_YEAR}[-/.](?:0[1-9]|1[0-2])[-/.]{_DAY}"
_DATED = rf"^\s*{_YEAR}[-/.年]\s?(0?[1-9]|1[0-2])[-/.月]\s?{_DAY}"
_COMPACT = rf"^{_YEAR}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])(?:[0-9]{{6}})?$"
_LAST = rf"^\s*[0-9]{{1,2}}[-/. ](?:[0-9]{{1,2}}|[A-Za-z]{{3,9}})[-/. ]{_YEAR}(?:\s*$|[T ,])"
_SECONDS = "^[0-9]{10}(?:[0-9]{3})?$"
_SECOND_DIGITS = 10
_JANUARY, _DECEMBER = 0, 11


def find(column: Column) -> Iterator[Hits]:
    """Cells by year as `counted.date` by `record_dates/2019`, with the months that bound them.

    `late` bounds the latest month that a cell may mean and `early` the earliest: they are one
    month, or those of a whole year where the order of day and month is open.
    """
    if not dates_a_record(column.path):
        return
    cells = narrow(column.cells)
    early = np.zeros(len(cells), np.int64)
    late = early.copy()
    rows = np.flatnonzero((kinds_in(column) & (DIGIT | WIDE)) > 0)
    for form, months in _FORMS:
        texts = cells if len(rows) == len(cells) else taken(cells, rows)
        those = texts.str.contains(form).to_numpy()
        if those.any():
            early[rows[those]], late[rows[those]] = months(texts.filter(pl.Series(those)))
            rows = rows[~those]
        if not len(rows):
            break
    kept = (early > FIRST * 12) & (late < (LAST + 1) * 12)
    yield from _by_year(early, late, np.flatnonzero(kept))


def _by_year(early: Months, late: Months, rows: NDArray[np.int64]) -> Iterator[Hits]:
    years = early[rows] // 12
    for year in np.unique(years).tolist():
        some = rows[years == year]
        ranges = {
            name: _bounds(months[some]) for name, months in (("early", early), ("late", late))
        }
        mask = masked(some, len(early))
        yield Hits(f"{COUNTED}date", mask, 1.0, f"record_dates/{year}", ranges=ranges)


def _bounds(months: Months) -> tuple[int, int]:
    return int(months.min()), int(months.max())


def _at(month: int) -> Callable[[pl.Series], tuple[Months, Months]]:
    """Reads the month from where it stands: slices are faster than a regex's groups."""

    def read(texts: pl.Series) -> tuple[Months, Months]:
        both = _number(texts.str.slice(0, 4)) * 12 + _number(texts.str.slice(month, 2)) - 1
        return both, both

    return read


def _grouped(texts: pl.Series) -> tuple[Months, Months]:
    both = _number(texts.str.extract(_DATED, 1)) * 12 + _number(texts.str.extract(_DATED, 2)) - 1
    return both, both


def _any_month(texts: pl.Series) -> tuple[Months, Months]:
    years = _number(texts.str.extract(_LAST, 1)) * 12
    return years + _JANUARY, years + _DECEMBER


def _stamped(texts: pl.Series) -> tuple[Months, Months]:
    """Seconds, or thousandths, since 1970, as machines write moments."""
    seconds = texts.str.slice(0, _SECOND_DIGITS).cast(pl.Int64)
    both = seconds.to_numpy().astype("datetime64[s]").astype("datetime64[M]").astype(np.int64)
    return both + FIRST * 12, both + FIRST * 12


def _number(texts: pl.Series) -> Months:
    found: Months = texts.cast(pl.Int64).to_numpy()
    return found


_FORMS = (
    (_PADDED, _at(5)),
    (_DATED, _grouped),
    (_COMPACT, _at(4)),
    (_LAST, _any_month),
    (_SECONDS, _stamped),
)
