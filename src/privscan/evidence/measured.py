"""Which cells are as a whole a measurement: a decimal number, or a moment."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from privscan.evidence.characters import DIGIT, HEX, LETTER, OTHER, POINT, SIGN, SPACE, holding
from privscan.rulebook.text import taken

if TYPE_CHECKING:
    from numpy.typing import NDArray

_FORM = (
    r"^[+-]?(?:0|[1-9][0-9]*)[.][0-9]+(?:[eE][+-]?[0-9]+)?$"
    r"|^[0-9]{4}-[0-9]{2}-[0-9]{2}[ T][0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:[.][0-9]+)?)?(?:Z|[+-][0-9]{2}:?[0-9]{2})?$"
)
"""What begins with a zero and goes on with digits may be a telephone number as it is dialled."""

_CANDIDATES = holding(DIGIT, POINT, only=DIGIT | SIGN | POINT | HEX) | holding(
    DIGIT, SIGN, OTHER, only=DIGIT | SIGN | POINT | OTHER | SPACE | LETTER
)


def measured(cells: pl.Series, kinds: NDArray[np.uint8]) -> NDArray[np.bool_] | None:
    """A mask of the cells that are a measurement, or None if none is.

    Their digits pass check digits by chance, and a length of digits is a number of some country.
    """
    rows = _CANDIDATES.rows(kinds)
    if not len(rows):
        return None
    some = cells if len(rows) == len(cells) else taken(cells, rows)
    rows = rows[some.str.contains(_FORM).to_numpy()]
    if not len(rows):
        return None
    mask = np.zeros(len(cells), bool)
    mask[rows] = True
    return mask
