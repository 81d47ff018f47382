"""Prints of fingers and palms in pictures, by their ridges; names of files only add to it.

docs/decisions/0019 says what was measured and why nothing but physics decides.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import polars as pl

from privscan.formats.capture_names import FINGER, PALM, named
from privscan.formats.pixels import decoded
from privscan.formats.ridges import Region, Ridges, ridges
from privscan.model.data import Column, Hits

PLUGIN = True
KINDS = ("image",)

SIDE = 1600
"""Longest side that is looked at, as for bar codes: both share one decoded picture."""

HAND = 125.0
"""Ridges along the longest extent that no single finger has: about six centimetres."""

_CLEAR, _NAMED, _FAINT = 0.85, 0.95, 0.5


@dataclass(frozen=True, slots=True)
class _Bounds:
    """Between which measures a region is a print. Those of real ones: docs/biometrics.md."""

    blocks: int
    ridges: float
    variation: tuple[float, float]
    resultant: float
    turn: tuple[float, float]
    centred: float
    strength: float
    minutiae: float
    filling: float
    """Blocks times the share of what is not empty: the smaller, the more it must fill the picture."""

    def hold(self, region: Region, share: float) -> bool:
        return (
            region.blocks >= self.blocks
            and region.ridges >= self.ridges
            and self.variation[0] <= region.variation <= self.variation[1]
            and region.resultant <= self.resultant
            and self.turn[0] <= region.turn <= self.turn[1]
            and region.centred >= self.centred
            and region.strength >= self.strength
            and region.minutiae >= self.minutiae
            and region.blocks * share >= self.filling
        )


CLEAR = _Bounds(60, 18, (0.03, 0.22), 0.78, (0.03, 0.22), 0.15, 0.48, 2.5, 36)
"""A region that is nothing but a print, in a picture with little else."""

FAINT = _Bounds(40, 12, (0.02, 0.27), 0.9, (0.02, 0.25), 0.1, 0.45, 2.5, 14)
"""A region that may be one: it counts where the name says so too."""


@dataclass(frozen=True, slots=True)
class _Print:
    """What one picture shows: prints apart, and ridges along the longest of them."""

    level: str
    count: int
    ridges: int


def find(column: Column) -> Iterator[Hits]:
    """Pictures of prints by how sure they are, and by whether their names speak of such."""
    seen = [_seen(content) for content in column.cells]
    of_finger, of_palm = named(column, FINGER), named(column, PALM)
    groups: dict[tuple[str, str, float, int], list[int]] = defaultdict(list)
    for row, one in enumerate(seen):
        if one is None:
            continue
        hand = one.ridges >= HAND if not of_finger[row] ^ of_palm[row] else bool(of_palm[row])
        told = bool(of_palm[row] or of_finger[row])
        if one.level == "faint" and not told:
            continue
        entity = "palm_print" if hand else "fingerprint"
        score = (_NAMED if told else _CLEAR) if one.level == "print" else _FAINT
        detector = f"ridges/{one.level}{' and name' if told else ''}"
        groups[entity, detector, score, 1 if hand else one.count].append(row)
    for (entity, detector, score, count), rows in sorted(groups.items()):
        mask = np.zeros(len(column.cells), bool)
        mask[rows] = True
        extents = [one.ridges for row in rows if (one := seen[row])]
        ranges = {"ridges": (min(extents), max(extents))}
        yield Hits(entity, pl.Series(mask), score, detector, count=count, ranges=ranges)


def _seen(content: bytes) -> _Print | None:
    import cv2

    picture = decoded(content, SIDE)
    views = (
        view
        for frame in (picture.frames if picture else ())
        for view in ridges(cv2.cvtColor(frame, cv2.COLOR_RGB2GRAY))
    )
    faint: _Print | None = None
    for view in views:
        one = _print(view)
        if one is not None and one.level == "print":
            return one
        faint = faint or one
    return faint


def _print(view: Ridges) -> _Print | None:
    for level, bounds in (("print", CLEAR), ("faint", FAINT)):
        regions = [region for region in view.regions if bounds.hold(region, view.share)]
        if regions:
            return _Print(level, len(regions), round(max(r.ridges for r in regions)))
    return None
