"""Films in cells of tables by samples: pictures at fixed steps, the sound, and the tags.

Each takes seconds, so BUDGET of a column are looked at in each part, with fewer and smaller
pictures than of films in files (sources/video); the report says how many of how many.
"""

from __future__ import annotations

import io
from collections import defaultdict
from collections.abc import Iterator

import numpy as np
import polars as pl

from privscan.formats.audio_tags import named
from privscan.formats.decoding._film import Looks
from privscan.formats.decoding.installed import can_decode
from privscan.formats.decoding.process import DecodingError, decoder
from privscan.formats.films import CELL_BYTES, HEAD, breaks_off, film_format
from privscan.model.data import FRAMES, READ, Column, Hits, Unread
from privscan.model.kinds import Kind

PLUGIN = True
KINDS = ("bytes",)

BUDGET = 4
"""Films of a column that are looked at in each part of the data."""

LOOKS = Looks(most=12, side=960)
"""Pictures of such a film: all of a part's stay in memory at once, some 75 MB."""

Inside = defaultdict[tuple[str, Kind], list[str | bytes]]


def wanted(column: Column) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    """The cells that are films; see unread_films for those that are not looked at."""
    if not can_decode():
        return np.empty(0, np.int64)
    films = (len(cell) <= CELL_BYTES and bool(film_format(cell[:HEAD])) for cell in column.cells)
    return np.flatnonzero(np.fromiter(films, bool, len(column.cells)))


def find(column: Column) -> Iterator[Hits | Column | Unread]:
    """Which films were looked at, and what they show and say as columns of their own."""
    inside: Inside = defaultdict(list)
    unread: dict[str, list[int]] = defaultdict(list)
    read: list[bool] = []
    for cell in column.cells:
        reason = _watched(cell, inside)
        read.append(not reason)
        if reason:
            unread[reason].append(len(cell))
    yield Hits(f"{READ}films", pl.Series(read, dtype=pl.Boolean), 0.0, "films")
    for reason, sizes in unread.items():
        yield Unread("", "", reason, sum(sizes), len(sizes))
    for (name, kind), cells in sorted(inside.items()):
        path = f"{column.path}[].{name}"
        yield Column(
            path, kind, pl.Series(path, cells, pl.String if kind is Kind.TEXT else pl.Binary)
        )


def _watched(cell: bytes, inside: Inside) -> str:
    """Adds what the film gives; why it was not seen to its end, if it was not."""
    form, pictures = film_format(cell[:HEAD]), ""
    broken = "it breaks off" if breaks_off(io.BytesIO(cell), len(cell), form) else ""
    try:
        for facts, content in decoder("film").watch(cell, form, LOOKS):
            broken = broken or facts.get("broken", "")
            if "tags" in facts:
                pictures = f"{FRAMES}{facts['step']}s[]"
                for kind, text in named((key, value) for key, value in facts["tags"]):
                    inside[f"tags[].{kind}", Kind.TEXT].append(text)
            elif content and "sound" in facts:
                inside["sound[]", Kind.AUDIO].append(content)
            elif content:
                inside[pictures, Kind.IMAGE].append(content)
    except DecodingError as error:
        return f"video: {error}"
    return broken and f"malformed video: {broken}"
