"""Evidence of a dataset becomes what it is believed to hold: columns, persons, classes, media."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from privscan.assess.balance import balances
from privscan.assess.columns import classify, table
from privscan.assess.formats import with_forms
from privscan.assess.leaks import with_places
from privscan.assess.links import within
from privscan.assess.quasi import UNSEEN, combining
from privscan.assess.records import with_dates
from privscan.assess.weighing import EVEN
from privscan.model.data import FRAMES, READ, in_list
from privscan.model.kinds import Kind
from privscan.model.profile import (
    ColumnProfile,
    DatasetProfile,
    MediaProfile,
    QuasiIdentifiers,
    Sampled,
)

if TYPE_CHECKING:
    from privscan.assess.context import Context
    from privscan.evidence.bottomk import BottomK
    from privscan.evidence.dataset import DatasetEvidence
    from privscan.rulebook.load import Rulebook

_KEYS = ("customer_id", "pseudonym")
"""Entities made to tell persons apart; where one is, nothing else is asked."""

_CELLS = frozenset({Kind.TEXT, Kind.NUMBER, Kind.TIME})

_ONE_EACH = ("my_number", "national_id", "email", "phone", "name_full")
"""Entities of which a person mostly has one. The most distinct one counts: names repeat."""


_SEEN = frozenset({Kind.IMAGE, Kind.AUDIO})
"""Kinds whose cells are counted, not told apart: of them nothing is sketched."""


def profile(data: DatasetEvidence, rules: Rulebook, context: Context) -> DatasetProfile:
    """What the dataset holds; its risk is scored afterwards. `context` may name a subject key."""
    about = table(data.columns, rules, declared=context.subjects is not None)
    columns = tuple(
        with_dates(with_forms(with_places(classify(column, rules, about), column), column), column)
        for _, column in sorted(data.columns.items())
    )
    media = _media(data, columns, rules)
    subjects = _subjects(data, columns, context, rules)
    made = DatasetProfile(
        name=data.name,
        uri=data.uri,
        kind=data.kind,
        rows=data.rows,
        bytes=data.bytes,
        files=data.files,
        version=data.version,
        subjects=subjects,
        columns=columns,
        media=media,
        quasi_identifiers=tuple(_classes(data, columns, subjects, rules)),
        unread_share=unread_share(data),
        sampled=tuple(_sampled(data)),
        balance=tuple(balances(columns, data.columns)),
    )
    alone = {c.path: _alone(c.path, data, subjects, rules) for c in combining(made, rules)}
    return replace(made, columns=tuple(replace(c, alone=alone.get(c.path)) for c in columns))


def _alone(
    path: str, data: DatasetEvidence, subjects: int, rules: Rulebook
) -> QuasiIdentifiers | None:
    """Who shares a value of that one column with how many; cells that are empty share none."""
    values = data.columns[path].values
    if not len(values.counts) or not subjects:
        return None
    rows_each = max(1.0, data.rows / subjects)
    counted = _of_sketch((path,), values, subjects, rows_each, rules.scoring.k_star[0][1])
    return replace(counted, class_sizes=())


def _sampled(data: DatasetEvidence) -> Iterator[Sampled]:
    """What slow detectors have read of each column (scan/fold puts all texts where objects are)."""
    for path, column in sorted(data.columns.items()):
        for key, tally in sorted(column.tallies.items()):
            if key.entity.startswith(READ):
                yield Sampled(key.detector, path, tally.cells, tally.objects)


def unread_share(data: DatasetEvidence) -> float:
    """Share of the dataset that stayed unread, by bytes or rows, whichever is more.

    A part of unknown size counts as one file.
    """
    if not data.unread:
        return 0.0
    rows = sum(u.rows for u in data.unread)
    size = sum(u.bytes for u in data.unread if not u.rows)
    unknown = sum(1 for u in data.unread if not u.rows and not u.bytes)
    images = data.media.get("images", 0)
    shares = (
        (images - data.media.get("decoded", 0)) / max(1, images),
        rows / max(1, rows + data.rows),
        size / max(1, data.bytes, size),
        unknown / max(1, data.files, unknown),
    )
    return round(max(1e-6, min(1.0, max(shares))), 6)


def _media(
    data: DatasetEvidence, columns: tuple[ColumnProfile, ...], rules: Rulebook
) -> MediaProfile:
    by_modality: Counter[str] = Counter()
    for column in columns:
        for found in column.entities:
            entity = rules.entities[found.entity]
            if found.confidence >= EVEN and (entity.role == "B" or found.entity == "face_image"):
                by_modality[found.entity] += found.cells
    counts = data.media
    return MediaProfile(
        images=counts.get("images", 0),
        decoded=counts.get("decoded", 0),
        with_faces=counts.get("with_faces", 0),
        faces=counts.get("faces", 0),
        with_gps=counts.get("with_gps", 0),
        by_modality=dict(sorted(by_modality.items())),
    )


def _subjects(
    data: DatasetEvidence, columns: tuple[ColumnProfile, ...], context: Context, rules: Rulebook
) -> int:
    """Persons in the dataset: distinct values of what tells them apart, never above the rows."""
    if context.subject_key in data.columns:
        return data.columns[context.subject_key].values.distinct()
    sure = {
        found.entity: column
        for column in columns
        for found in column.entities
        if found.confidence >= EVEN and not found.leak and column.kind not in _SEEN
    }
    keys = [_distinct(sure[entity]) for entity in _KEYS if entity in sure][:1]
    keys = keys or [_distinct(sure[entity]) for entity in _ONE_EACH if entity in sure]
    seen = max(_faces(data), _media_cells(data, columns, rules))
    if keys:
        # Persons in lists of one document are as many as the lists have elements.
        listed = max((c.rows for c in columns if in_list(c.path)), default=0)
        return max(min(max(keys), max(data.rows, listed)), seen)
    roles = {rules.entities[entity].role for entity in sure}
    if roles & {"D", "B", "S", "Q", "C"}:
        direct = [_distinct(c) for e, c in sure.items() if rules.entities[e].role in {"D", "B"}]
        return max(min(max(direct, default=data.rows), data.rows), seen)
    leaks = [f.cells for c in columns for f in c.entities if f.leak and f.confidence >= EVEN]
    return max([seen, *leaks])


def _distinct(column: ColumnProfile) -> int:
    """Values that differ; of records and vectors nobody compares any two, and each is of one."""
    return column.distinct or (column.rows - column.nulls if column.kind not in _CELLS else 0)


def _faces(data: DatasetEvidence) -> int:
    """Faces in pictures; of a film the same ones stand in many pictures, so it counts once."""
    faces = data.media.get("faces", 0)
    return min(faces, data.rows) if any(p.startswith(FRAMES) for p in data.columns) else faces


def _media_cells(data: DatasetEvidence, columns: tuple[ColumnProfile, ...], rules: Rulebook) -> int:
    """Recordings with a voice, pictures of a body: nobody knows how many of them are of one person."""
    shown = (
        found.cells
        for column in columns
        for found in column.entities
        if column.kind in _SEEN and found.confidence >= EVEN
        if column.kind is Kind.AUDIO or rules.entities[found.entity].role == "B"
    )
    return min(max(shown, default=0), data.rows)


def _classes(
    data: DatasetEvidence,
    columns: tuple[ColumnProfile, ...],
    subjects: int,
    rules: Rulebook,
) -> Iterator[QuasiIdentifiers]:
    """Classes on the columns planned together, if two of them proved personal.

    The others make classes smaller, never larger: an estimate on the safe side.
    """
    sure = {
        c.path
        for c in columns
        for found in c.entities
        if found.entity == c.entity and found.state not in UNSEEN
    }
    least = rules.scoring.k_star[0][1]
    for paths, sketch in sorted(data.joint.items()):
        if subjects and len(sure & {*paths}) > 1:
            rows_each = max(1.0, data.rows / subjects)
            yield _of_sketch(paths, sketch, subjects, rows_each, least)


def _of_sketch(
    paths: tuple[str, ...], sketch: BottomK, subjects: int, rows_each: float, least: int
) -> QuasiIdentifiers:
    """Class sizes in persons of the kept classes, scaled to all: the sketch is a fair sample.

    `rows_each` is how many rows a person has on average: k counts persons, not rows.
    """
    persons = np.maximum(1, np.rint(np.asarray(sketch.counts) / rows_each)).astype(int)
    sizes: Mapping[int, int] = Counter(persons.tolist())
    kept = sum(size * classes for size, classes in sizes.items())
    scale = subjects / kept
    in_classes = {size: round(size * n * scale) for size, n in sorted(sizes.items())}
    small = sum(n for size, n in in_classes.items() if size < least)
    single = int(sizes.get(1, 0))
    share = single / len(persons)
    bounds = (share, share) if sketch.exact else within(single, len(persons))
    return QuasiIdentifiers(
        columns=paths,
        k_min=min(sizes),
        share_below_k=round(min(1.0, small / subjects), 6),
        subjects=subjects,
        class_sizes=tuple((size, n) for size, n in in_classes.items() if n),
        unique_share=round(share, 6),
        unique_interval=(round(bounds[0], 6), round(bounds[1], 6)),
    )
