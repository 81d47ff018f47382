"""Veins of hands and fingers, and creases of palms, in pictures that are named so.

Dark lines in bright tissue are too common to be evidence without a name, and a name is none
without them (docs/decisions/0019).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from privscan.formats.capture_names import PALM, VEIN, named
from privscan.formats.pixels import decoded
from privscan.formats.vessels import Vessels, vessels
from privscan.model.data import Column, Hits

if TYPE_CHECKING:
    from numpy.typing import NDArray

PLUGIN = True
KINDS = ("image",)

SIDE = 640
"""Longest side that the face detector sees as well: the picture is decoded once for both."""

COLOUR = {"palm_vein": 12.0, "palm_print": 75.0}
"""Most mean difference of the strongest and the weakest colour: infrared is grey, skin is not."""

LINES, WAYS, DEPTH = (0.02, 0.45), 3, (2.0, 30.0)
"""Share of the tissue in lines, directions that they take, and how dark they are."""

LONGEST, ROUGH = 0.25, (0.5, 6.0)
"""Extent of the longest as a share of the picture, and noise: what is drawn has none."""

_SCORE = 0.4


def find(column: Column) -> Iterator[Hits]:
    """Pictures whose name speaks of veins or palms and that show such lines."""
    of_vein, of_palm = named(column, VEIN), named(column, PALM)
    for entity, told, what in (
        ("palm_vein", of_vein, "network"),
        ("palm_print", of_palm & ~of_vein, "creases"),
    ):
        rows = [row for row in np.flatnonzero(told) if _shown(column.cells[int(row)], entity)]
        if rows:
            mask = np.zeros(len(column.cells), bool)
            mask[rows] = True
            yield Hits(entity, pl.Series(mask), _SCORE, f"veins/{what} and name")


def _shown(content: bytes, entity: str) -> bool:
    picture = decoded(content, SIDE)
    return any(_frame(frame, COLOUR[entity]) for frame in picture.frames) if picture else False


def _frame(frame: NDArray[np.uint8], most: float) -> bool:
    some = frame[::4, ::4].astype(np.int16)
    if (some.max(2) - some.min(2)).mean() > most:
        return False
    seen = vessels(np.ascontiguousarray(frame[:, :, 0]))
    return seen is not None and _is_network(seen)


def _is_network(seen: Vessels) -> bool:
    return (
        LINES[0] <= seen.lines <= LINES[1]
        and seen.ways >= WAYS
        and DEPTH[0] <= seen.depth <= DEPTH[1]
        and seen.longest >= LONGEST
        and ROUGH[0] <= seen.rough <= ROUGH[1]
    )
