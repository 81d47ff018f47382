"""Data on its way through a scan: parts, batches of columns, hits, and what stayed unread."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from privscan.model.kinds import Kind

if TYPE_CHECKING:
    import numpy as np
    import polars as pl
    from numpy.typing import NDArray


LIST = "[]"
"""In a path: what follows stands in elements of a list, so its cells have no row."""


READ = "read."
"""Prefix of hits that say which cells a slow detector has read, in place of an entity."""


FRAMES = "picture_every_"
"""Beginning of the path of pictures that are frames of one film, taken so many seconds apart."""


def in_list(path: str) -> bool:
    """Whether the column's cells are elements of lists instead of one a row."""
    return LIST in path


@dataclass(frozen=True, slots=True)
class Part:
    """A picklable unit of work: which source reads which span of which file of a dataset."""

    source: str
    dataset: str
    uri: str
    span: str = ""
    fingerprint: str = ""
    bytes: int = 0
    options: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, order=True)
class Unread:
    """What could not be read and why; `reason` never quotes a cell. 0 means unknown size."""

    uri: str
    span: str
    reason: str
    bytes: int = 0
    rows: int = 0
    dataset: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a batch: nested fields are paths, `a.b[].c`.

    `cells` is a Polars Series: String for scalars (canonical text, null = missing),
    Binary for bytes, image and audio, List(Float64) for vector.
    `labels` names each cell where the source knows a name (a picture's path).
    Where `codes` are given, `cells` is a dictionary, and row i holds cell codes[i] (null = missing).
    `characters` are the kinds of character in each cell, where known (evidence/characters).
    `place` is the name of the folder or file that it was read from, where the scan knows it.
    """

    path: str
    kind: Kind
    cells: pl.Series
    labels: pl.Series | None = None
    codes: pl.Series | None = None
    characters: NDArray[np.uint8] | None = None
    place: str = ""

    @property
    def rows(self) -> int:
        """Rows, or list elements, that the column has a cell for."""
        return len(self.cells if self.codes is None else self.codes)


@dataclass(frozen=True, slots=True)
class Batch:
    """Some rows of a part: columns of equal length except exploded lists (`[]` in the path)."""

    rows: int
    columns: tuple[Column, ...]


@dataclass(frozen=True, slots=True)
class Hits:
    """Which cells of a column hold an entity: a Boolean Series `mask`, never null.

    `score` is the recognizer's own, 0..1. `whole` marks the cells that are the entity and
    nothing else; None means every hit is. `count` is the number of objects seen when one cell
    may hold several (faces); None means one a cell. `entity` is an id of `rules/entities`.
    `ranges` bounds what was measured of the objects (`minutiae`, `width`), never their content.
    """

    entity: str
    mask: pl.Series
    score: float
    detector: str
    whole: pl.Series | None = None
    count: int | None = None
    ranges: Mapping[str, tuple[int, int]] = field(default_factory=dict)
