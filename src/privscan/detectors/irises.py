"""Close pictures of one eye, by the circles of pupil and limbus; names of files only add to it.

docs/decisions/0019 says what was measured and why nothing but physics decides.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from privscan.formats.capture_names import IRIS, named
from privscan.formats.eyes import Eye, eyes
from privscan.formats.pixels import decoded
from privscan.model.data import Column, Hits

if TYPE_CHECKING:
    from numpy.typing import NDArray

PLUGIN = True
KINDS = ("image",)

SIDE = 640
"""Longest side that the face detector sees as well: the picture is decoded once for both."""

GREY, SKIN = 25.0, 75.0
"""Mean difference of the strongest and the weakest colour: in infrared, and of eyes in daylight."""


@dataclass(frozen=True, slots=True)
class _Bounds:
    """Between which measures a pair of circles is an eye."""

    edge: float
    limbus_edge: float
    limbus: tuple[float, float]
    share: tuple[float, float]
    """Radius of the pupil as a share of that of the limbus."""
    inner: float
    texture: tuple[float, float]
    pupil_texture: float
    steps: tuple[float, float]
    uneven: float
    lopsided: float

    def hold(self, eye: Eye) -> bool:
        return (
            eye.pupil_edge >= self.edge
            and eye.limbus_edge >= self.limbus_edge
            and self.limbus[0] <= eye.limbus <= self.limbus[1]
            and self.share[0] <= eye.pupil / eye.limbus <= self.share[1]
            and eye.inner <= self.inner
            and self.texture[0] <= eye.texture <= self.texture[1]
            and eye.pupil_texture <= self.pupil_texture
            and eye.steps[0] >= self.steps[0]
            and eye.steps[1] >= self.steps[1]
            and eye.uneven >= self.uneven
            and eye.lopsided <= self.lopsided
        )


CLEAR = _Bounds(0.88, 0.75, (0.15, 0.62), (0.15, 0.72), 0.5, (1.5, 24), 9, (12, 7), 3, 0.1)
"""An eye that fills a good part of the picture, its iris neither flat nor ringed."""

FAINT = _Bounds(0.72, 0.5, (0.09, 0.7), (0.12, 0.78), 0.7, (1.0, 35), 16, (6, 4), 2, 0.16)
"""What may be one: it counts where the name says so too."""

COVERED = 0.2
"""Least share of the limbus behind a lid, of an eye in colour: most round things are coloured."""


def find(column: Column) -> Iterator[Hits]:
    """Pictures of an eye by how sure they are, and by whether their names speak of such."""
    told = named(column, IRIS)
    groups: dict[tuple[str, float], list[int]] = defaultdict(list)
    for row, content in enumerate(column.cells):
        level = _level(content)
        if level and (told[row] or level != "faint"):
            groups[_said(level, named_so=bool(told[row]))].append(row)
    for (detector, score), rows in sorted(groups.items()):
        mask = np.zeros(len(column.cells), bool)
        mask[rows] = True
        yield Hits("iris", pl.Series(mask), score, detector)


def _said(level: str, *, named_so: bool) -> tuple[str, float]:
    score = {"eye": 0.8, "eye in colour": 0.6, "faint": 0.5}[level]
    if named_so:
        return f"irises/{level} and name", 0.5 if level == "faint" else 0.95
    return f"irises/{level}", score


def _level(content: bytes) -> str:
    """The surest that a frame shows, empty if none shows an eye."""
    picture = decoded(content, SIDE)
    levels = {_frame(frame) for frame in picture.frames} if picture else set()
    return next((level for level in ("eye", "eye in colour", "faint") if level in levels), "")


def _frame(frame: NDArray[np.uint8]) -> str:
    some = frame[::4, ::4].astype(np.int16)
    colour = float((some.max(2) - some.min(2)).mean())
    if colour > SKIN:
        return ""
    # Red shows a brown iris lighter than its pupil, and is the grey of a grey picture.
    found = [eye for eye in eyes(np.ascontiguousarray(frame[:, :, 0])) if FAINT.hold(eye)]
    if any(CLEAR.hold(e) and (colour <= GREY or e.covered >= COVERED) for e in found):
        return "eye" if colour <= GREY else "eye in colour"
    return "faint" if found else ""
