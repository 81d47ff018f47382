"""One text for one value: what writers of CSV add to times, whole floats and truth values goes."""

from __future__ import annotations

import polars as pl

_STAMP = (
    r"^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}:\d{2})(?:[.](\d*[1-9])?0*)?"
    r"\s?(?:Z|UTC|[+-]\d{2}(?::?\d{2})?)?$"
)
_MIDNIGHT = " 00:00:00"
_CLOCK = r"^(\d{2}:\d{2}:\d{2})[.](\d*[1-9])?0*$"
_WHOLE = r"^([+-]?\d+)[.]0+$"
_TRUTH = r"^(?:True|TRUE|False|FALSE)$"


def canonical(cells: pl.Series) -> pl.Series:
    """The cells in the text that a typed column of the same values has (decision 5).

    `2024-01-31T12:00:01.500000Z` reads `2024-01-31 12:00:01.5`, midnight is the day alone, `3.0`
    reads `3`, `True` reads `true`; blank is null, and all other text stays as it is.
    """
    if cells.dtype != pl.String:
        return cells
    text = pl.col("cells")
    frame = cells.rename("cells").to_frame()
    forms = {"stamp": _STAMP, "clock": _CLOCK, "whole": _WHOLE, "truth": _TRUTH}
    has = {name: text.str.contains(form).any() for name, form in forms.items()} | {
        "blank": (text == "").any()
    }
    seen = frame.select(**has).row(0, named=True)
    if seen["stamp"]:
        text = _shorter(text, _STAMP, "${1} ${2}.${3}")
    if seen["clock"]:
        text = _shorter(text, _CLOCK, "${1}.${2}")
    if seen["whole"]:
        text = text.str.replace(_WHOLE, "${1}")
    if seen["truth"]:
        text = pl.when(text.str.contains(_TRUTH)).then(text.str.to_lowercase()).otherwise(text)
    if seen["blank"]:
        text = pl.when(text != "").then(text)
    return frame.select(text.alias("cells")).to_series().rename(cells.name)


def _shorter(text: pl.Expr, form: str, parts: str) -> pl.Expr:
    """The parts of the form, without an empty fraction and without the time of midnight."""
    short = text.str.replace(form, parts).str.strip_suffix(".").str.strip_suffix(_MIDNIGHT)
    return pl.when(text.str.contains(form)).then(short).otherwise(text)
