"""Faces, bodies and voices as counts: a number in a tile, and its share as a bar."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from privscan.model.finding import Text
from privscan.model.profile import DatasetProfile
from privscan.render import _overview
from privscan.render._figures.canvas import SMALL, Canvas
from privscan.render._figures.figure import Figure
from privscan.render._figures.phrases import alike, named
from privscan.render._phrases import entity, percent
from privscan.render._words import LANGUAGES, both
from privscan.rulebook.load import rulebook
from privscan.rulebook.predicate import members

GROUPS = ("biometric", "face", "genetic", "voice")
"""What counts as of the body: a group of entities, or a category."""

ACROSS = 3
HEIGHT = 76
GAP = 8


@dataclass(frozen=True, slots=True)
class Tile:
    """A count with its name and, where it is a share of something, of how many."""

    label: Text
    count: int
    of: int = 0


def tiles(dataset: DatasetProfile) -> Figure | None:
    """The counts of one dataset; None where nothing of a body was found."""
    counted = [*_pictures(dataset), *_cells(dataset)]
    if not any(tile.count for tile in counted):
        return None
    return Figure(
        key="tiles",
        title=named("fig_tiles", dataset.name),
        about=both("fig_tiles_about"),
        heads=(both("fig_kind"), both("fig_count"), both("fig_of")),
        rows=tuple(_row(tile) for tile in counted),
        paint=lambda canvas: _paint(canvas, counted),
    )


def _pictures(dataset: DatasetProfile) -> Iterator[Tile]:
    media = dataset.media
    if not media.images:
        return
    yield Tile(both("images"), media.images)
    yield Tile(both("decoded"), media.decoded, media.images)
    yield Tile(both("with_faces"), media.with_faces, media.images)
    yield Tile(both("faces"), media.faces)
    yield Tile(both("with_gps"), media.with_gps, media.images)
    for kind, count in sorted(media.by_modality.items()):
        yield Tile(_label(kind), count)


def _cells(dataset: DatasetProfile) -> Iterator[Tile]:
    """Cells of columns that hold what is of a body."""
    wanted = members(GROUPS, rulebook().groups)
    counts: Counter[str] = Counter()
    of: Counter[str] = Counter()
    for column in dataset.columns:
        for one in _overview.found(column):
            known = rulebook().entities.get(one.entity)
            told = one.entity in dataset.media.by_modality
            if not told and (one.entity in wanted or (known and known.category in GROUPS)):
                counts[one.entity] += one.cells
                of[one.entity] += column.rows - column.nulls
    for name, count in sorted(counts.items()):
        label = {lang: both("fig_cells_of", text, both("cells")[lang])[lang]
                 for lang, text in _label(name).items()}  # fmt: skip
        yield Tile(label, count, of[name])


def _label(name: str) -> Text:
    return {lang: entity(name, lang) for lang in LANGUAGES}


def _row(tile: Tile) -> tuple[Text, ...]:
    of = f"{tile.of:,} ({percent(tile.count / tile.of)})" if tile.of else "-"
    return tile.label, alike(f"{tile.count:,}"), alike(of)


def _paint(canvas: Canvas, counted: Sequence[Tile]) -> None:
    side = (canvas.width - GAP * (ACROSS - 1)) / ACROSS
    for number, tile in enumerate(counted):
        left = number % ACROSS * (side + GAP)
        top = 1 + number // ACROSS * (HEIGHT + GAP)
        canvas.box(left, top, side, HEIGHT)
        canvas.text(left + 10, top + 30, f"{tile.count:,}", size=22, bold=True, most=side - 16)
        canvas.text(left + 10, top + 48, tile.label, size=SMALL, look="quiet", most=side - 14)
        if tile.of:
            share = min(1.0, tile.count / tile.of)
            canvas.bar(left + 10, top + 58, side - 20, 8, look="soft")
            canvas.bar(left + 10, top + 58, share * (side - 20), 8, look="data")
