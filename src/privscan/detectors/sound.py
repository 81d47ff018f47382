"""What recordings say of themselves: tags are read as text, and a position among them is found.

Where nothing can hear whether somebody speaks, a recording is what its header says: one that may
hold a voice, or music.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

import numpy as np
import polars as pl

from privscan.formats._sound import Sound
from privscan.formats.audio import sound_of
from privscan.formats.audio_tags import is_placed, tags_of
from privscan.formats.decoding.installed import can_hear
from privscan.model.data import Column, Hits
from privscan.model.kinds import Kind

PLUGIN = True
KINDS = ("audio",)

POSITION = 0.9
"""A tag made for the position of the device, that holds one."""

UNHEARD, SPOKEN = 0.4, 0.5
"""Any recording, and one in a format made for speech: honest only with votes of their own."""


def find(column: Column) -> Iterator[Hits | Column]:
    """Texts of the tags by name, positions, and recordings that nobody has heard."""
    texts: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for row, content in enumerate(column.cells):
        for name, text in tags_of(content):
            texts[name].append((row, text))
    placed = [row for row, text in texts.get("place", ()) if is_placed("place", text)]
    if placed:
        yield Hits("gps", _mask(placed, len(column.cells)), POSITION, "sound/tags")
    for name, found in sorted(texts.items()):
        path = f"{column.path}[].tags.{name}"
        labels = None
        if column.labels is not None:
            labels = column.labels.gather([row for row, _ in found])
        cells = pl.Series(path, [text for _, text in found], dtype=pl.String)
        yield Column(path, Kind.TEXT, cells, labels)
    if not can_hear():
        yield from _unheard(column)


def _unheard(column: Column) -> Iterator[Hits]:
    sounds = [sound_of(content) for content in column.cells]
    for spoken, score, name in (
        (True, SPOKEN, "voice/telephone"),
        (False, UNHEARD, "voice/unheard"),
    ):
        rows = [i for i, one in enumerate(sounds) if one is not None and one.spoken is spoken]
        if rows:
            mask = _mask(rows, len(sounds))
            ranges = _ranges([one for i in rows if (one := sounds[i]) is not None])
            yield Hits("voice_recording", mask, score, name, ranges=ranges)


def _ranges(sounds: list[Sound]) -> dict[str, tuple[int, int]]:
    measured = {
        "seconds": [round(one.seconds) for one in sounds if one.seconds is not None],
        "channels": [one.channels for one in sounds if one.channels],
        "sampling_rate": [one.sampling_rate for one in sounds if one.sampling_rate],
    }
    return {name: (min(all_), max(all_)) for name, all_ in measured.items() if all_}


def _mask(rows: list[int], size: int) -> pl.Series:
    mask = np.zeros(size, bool)
    mask[rows] = True
    return pl.Series(mask)
