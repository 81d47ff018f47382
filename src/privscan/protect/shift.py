"""Shift dates by a number of days that the key draws for each person: intervals stay, days do not."""

from __future__ import annotations

import hmac
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial

import polars as pl
import pyarrow as pa
import pyarrow.compute as pc

from privscan.errors import UsageError
from privscan.model.treatment import Treatment
from privscan.protect.cells import arrow, as_type, decoded, each, exact_texts, texts
from privscan.protect.key import Key
from privscan.protect.treating import Asked
from privscan.sources._cells import unique_names

PLUGIN = True
OPTIONS = ("by", "days")
KEYED = True

DAYS = 182
"""Days by which a person's dates move at most, either way."""

OTHER = "*"
_FORMATS = ("%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y%m%d", "%d.%m.%Y", "%d/%m/%Y")
_WRITTEN = (r"^\d{4}-\d\d-\d\d", r"^\d{4}/\d\d/\d\d", r"^\d{4}\.\d\d\.\d\d", r"^\d{8}$",
            r"^\d\d\.\d\d\.\d{4}", r"^\d\d/\d\d/\d{4}")  # fmt: skip
_SIZES = (10, 10, 10, 8, 10, 10)


def together(
    chosen: Sequence[Treatment],
    key: Key | None,
    _batches: Callable[[list[str]], Iterator[pa.RecordBatch]],
) -> Callable[[pa.RecordBatch], Mapping[str, pa.Array]]:
    """All dates of a person, told by the column `by`, move by as many days; never by none."""
    asked = {t.column: Asked(t.options, key) for t in chosen}
    if not all(a.options.get("by") for a in asked.values()):
        raise UsageError(
            "whose dates they are is not said",
            hint="shift:by=COLUMN, the column that tells persons apart",
        )
    spans = {path: (a.options["by"], a.number("days", DAYS, 1, 3650)) for path, a in asked.items()}
    secret = next(iter(asked.values())).sub("shift")

    def shifted(batch: pa.RecordBatch) -> dict[str, pa.Array]:
        names = unique_names(batch.schema.names)
        made = {}
        for path, (by, most) in spans.items():
            for column in (path, by):
                if column not in names:
                    raise UsageError(f"no column of the table itself is called {column!r}")
            whose = texts(batch.column(names.index(by)))
            days = each(whose, partial(_drawn, secret, most))
            made[path] = _moved(batch.column(names.index(path)), days)
        return made

    return shifted


def _drawn(secret: bytes, most: int, whose: pl.Series) -> pl.Series:
    """Days for each person: 1 to `most`, forth or back."""
    drawn = [
        int.from_bytes(hmac.digest(secret, one.encode(), "sha256")[:8]) % (2 * most)
        for one in whose
    ]
    return pl.Series([n - most if n < most else n - most + 1 for n in drawn], dtype=pl.Int64)


def _moved(array: pa.Array, days: pl.Series) -> pa.Array:
    """The dates moved; a row that says of nobody has no date after it."""
    plain = decoded(array)
    if pa.types.is_date(plain.type) or pa.types.is_timestamp(plain.type):
        unit = "s" if pa.types.is_date(plain.type) else plain.type.unit
        step = pc.multiply(
            arrow(days), 86_400 * {"s": 1, "ms": 10**3, "us": 10**6, "ns": 10**9}[unit]
        )
        start = plain if pa.types.is_timestamp(plain.type) else plain.cast(pa.timestamp("s"))
        return pc.add(start, step.cast(pa.duration(unit))).cast(plain.type)
    return as_type(_written(exact_texts(plain), days), array.type)


def _written(cells: pl.Series, days: pl.Series) -> pl.Series:
    """Dates in text, in the writing that they have; a star for what is no date that can be told."""
    made = pl.repeat(None, len(cells), dtype=pl.String, eager=True)
    for form, pattern, size in zip(_FORMATS, _WRITTEN, _SIZES, strict=True):
        fits = cells.str.contains(pattern)
        day = cells.str.slice(0, size).str.to_date(form, strict=False)
        moved = (day + pl.Series(days.cast(pl.Duration("us")) * 86_400_000_000)).dt.to_string(form)
        made = made.zip_with(~fits.fill_null(value=False), moved + cells.str.slice(size))
    lost = cells.is_not_null() & made.is_null()
    return made.zip_with(~lost, pl.repeat(OTHER, len(cells), eager=True))
