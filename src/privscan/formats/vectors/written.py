"""Vectors written as texts: of JSON, Python and NumPy, pgvector, and numbers with blanks or commas."""

from __future__ import annotations

import base64
import binascii
import re
from typing import TYPE_CHECKING

import polars as pl

from privscan.formats.vectors.likeness import LARGEST
from privscan.formats.vectors.packed import SIZES

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

FEWEST = 16
"""Numbers from which a text is a vector, whatever it is of."""

SHORTEST = 2 * FEWEST
"""Characters of the shortest text with so many numbers."""

CODED = {length: None for size in SIZES for length in (4 * -(-size // 3), 2 * size)}.keys()
"""Characters of base64 and of hexadecimal of such bytes."""

_HEX = re.compile(r"[0-9a-fA-F]+")

_NUMBER = r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?"
_OPENS, _CLOSES = r"^\s*(?:(?:np\.)?(?:array|tensor)\()?[\[({<]{0,2}\s*", r"\s*[,;]?\s*[\])}>]{0,2}"
_TYPE = r"(?:,\s*(?:dtype|device|requires_grad|grad_fn)=[^()]{1,40})?\)?\s*$"
_LONG = r"(?:^|[\s,;\[({])[-+]?\d{7,}(?:[\s,;\])}]|$)"
"""A whole number of so many digits, as of telephones and cards."""

_FORM = f"{_OPENS}{_NUMBER}(?:[\\s,;|]+{_NUMBER})+{_CLOSES}{_TYPE}"


def written(cells: pl.Series, rows: NDArray[np.int64]) -> pl.DataFrame:
    """`row` and `vector` of those of the rows that are nothing but a vector of numbers."""
    frame = pl.DataFrame({"row": rows, "cell": cells.gather(rows)})
    form, cell = pl.col("cell").str.contains(_FORM), pl.col("cell")
    # Numbers with nothing around them are telephones as well, unless they have decimals.
    marked = cell.str.contains(r"^\s*[\[({<a-z]") | (
        cell.str.count_matches(".", literal=True) >= FEWEST
    )
    frame = frame.filter(form & marked & ~cell.str.contains(_LONG))
    # float16, int8: the digits of a type are no components
    numbers = pl.col("cell").str.replace(r"\bdtype=.*$", "").str.extract_all(_NUMBER)
    frame = frame.select("row", vector=numbers.cast(pl.List(pl.Float64), strict=False))
    return frame.filter(pl.col("vector").list.len().is_between(FEWEST, LARGEST))


def uncoded(text: str) -> bytes:
    """The bytes that base64 or hexadecimal holds; none where it is neither."""
    try:
        if len(text) // 2 in SIZES and _HEX.fullmatch(text):
            return bytes.fromhex(text)
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return b""
