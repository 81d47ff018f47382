"""How many people stand in what is no table: records, vectors, and the pictures of a film."""

from __future__ import annotations

from dataclasses import replace

from privscan.assess.context import Context
from privscan.assess.profile import profile
from privscan.evidence.column import ColumnEvidence
from privscan.evidence.dataset import DatasetEvidence
from privscan.evidence.tally import Tally, TallyKey
from privscan.model.kinds import Kind
from privscan.rulebook.load import rulebook

FRAMES = "picture_every_5s[]"


def of(column, rows, **more):
    data = DatasetEvidence("d", "d", "media", rows=rows, columns={column.path: column}, **more)
    return profile(data, rulebook(), Context())


def test_records_and_vectors_count_one_person_each():
    column = ColumnEvidence(
        "blob",
        Kind.BYTES,
        rows=40,
        nulls=10,
        tallies={TallyKey("fingerprint", "records/X", 99): Tally(30, 30, 30)},
    )
    assert of(column, rows=40).subjects == 30


def test_the_faces_of_a_film_are_not_as_many_people_as_its_pictures():
    frames = ColumnEvidence(
        FRAMES,
        Kind.IMAGE,
        rows=40,
        tallies={TallyKey("face_image", "faces", 80): Tally(40, 40, 80)},
    )
    media = {"images": 40, "decoded": 40, "with_faces": 40, "faces": 80}
    assert of(frames, rows=1, media=media).subjects == 1
    photos = replace(frames, path="image")
    assert of(photos, rows=40, media=media).subjects == 80


def test_pictures_of_prints_count_as_people():
    column = ColumnEvidence(
        "image",
        Kind.IMAGE,
        rows=9,
        tallies={TallyKey("fingerprint", "ridges/print", 95): Tally(6, 6, 6)},
    )
    assert of(column, rows=9).subjects == 6
    places = {TallyKey("gps", "photo_metadata", 90): Tally(6, 6, 6)}
    assert of(replace(column, tallies=places), rows=9).subjects == 0
