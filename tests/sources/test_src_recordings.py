"""Folders of recordings and films, and recordings in cells of tables."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import polars as pl
import pytest

import privscan as ps
import sounds
from privscan.detectors import films, unread_films
from privscan.model.data import Batch, Unread
from privscan.model.kinds import Kind
from privscan.sources import _files, audio, video
from privscan.sources.discover import discover

pytest.importorskip("av", reason="the extra `media` is not installed")

PHOTOS = Path(__file__).parents[2] / "samples" / "photos"
TAGS = [("title", "Talk of ana@example.com"), ("location", "+35.6586+139.7454/")]
GREY = np.full((96, 128, 3), 120, np.uint8)
NOISE = np.random.default_rng(3).integers(0, 255, (96, 128, 3), np.uint8)


def batches(source, *files, folder):
    parts = list(source.parts(str(folder), "d", files))
    items = [item for part in parts for item in source.read(part)]
    unread = [item for item in items if isinstance(item, Unread)]
    return [item for item in items if isinstance(item, Batch)], unread


def columns(found):
    every = {}
    for batch in found:
        for column in batch.columns:
            every.setdefault(column.path, []).append(column)
    return every


def test_a_folder_of_recordings_is_one_dataset_whatever_their_names(tmp_path):
    (tmp_path / "a.bin").write_bytes(sounds.encoded("mp3", sounds.tone(0.5)))
    (tmp_path / "b.wav").write_bytes(sounds.wav(sounds.tone(0.5)))
    [data] = discover([tmp_path])
    assert (data.kind, len(data.parts)) == ("media", 1)
    found, unread = batches(audio, "a.bin", "b.wav", "none.wav", folder=tmp_path)
    [sound] = columns(found)["audio"]
    assert (sound.kind, sound.labels.to_list()) == (Kind.AUDIO, ["a.bin", "b.wav"])
    assert [one.uri for one in unread] == [str(tmp_path / "none.wav")]


@pytest.mark.parametrize("name", sounds.CODECS)
def test_each_format_has_its_reader(name, tmp_path):
    file = tmp_path / "file"
    file.write_bytes(sounds.encoded(name, sounds.tone(0.5)))
    assert _files.recognised(str(file)).source == "audio"


def test_recordings_in_cells_are_told_from_other_bytes():
    made = [sounds.encoded(name, sounds.tone(0.5)) for name in ("mp3", "opus", "m4a")]
    others = [b"ID3 tags", b"\xff\xfb" * 40, b"RIFF\0\0\0\0WAVE", b"", None]
    report = ps.scan(pl.DataFrame({"blob": made + others}), detectors=["voice", "sound"], workers=1)
    [column] = report.datasets[0].columns
    assert column.rows == len(made) + len(others)
    assert [(one.read, one.texts) for one in report.datasets[0].sampled] == [(3, 3)]
    assert report.complete


@pytest.mark.skipif(not sounds.SPEECH.is_file(), reason="no speech is here")
def test_speech_in_a_folder_and_in_cells_reaches_the_report(tmp_path):
    spoken = sounds.encoded("mp3", sounds.speech(4.0), [("comment", "mail ana@example.com")])
    (tmp_path / "call.mp3").write_bytes(spoken)
    (tmp_path / "call2.mp3").write_bytes(sounds.encoded("mp3", sounds.tone(4.0)))
    detectors = ["voice", "sound", "pattern"]
    for source in (tmp_path, pl.DataFrame({"audio": [spoken, sounds.wav(sounds.tone(1.0))]})):
        report = ps.scan(source, detectors=detectors, workers=1)
        found = {c.path: {e.entity: e for e in c.entities} for c in report.datasets[0].columns}
        voice = found["audio"]["voice_recording"]
        assert (voice.cells, voice.confidence > 0.9) == (1, True)
        assert voice.forms[0].ranges["seconds"] == (4, 4)
        assert "email" in found["audio[].tags.comment"]
        assert report.datasets[0].subjects == 1
        assert "ana@example.com" not in str(report)


def made_film(seconds, samples=None, rate=2):
    frames = [NOISE if i % 2 else GREY for i in range(seconds * rate)]
    return sounds.film(samples, frames, rate, tags=TAGS)


def test_a_film_becomes_pictures_at_a_stated_rate_and_pieces_of_sound(tmp_path):
    (tmp_path / "talk.mp4").write_bytes(made_film(12, sounds.tone(12.0)))
    found, unread = batches(video, "talk.mp4", folder=tmp_path)
    every = columns(found)
    assert set(every) == {"path", "picture_every_2s[]", "sound[]", "tags[].title", "tags[].place"}
    labels = [x for column in every["picture_every_2s[]"] for x in column.labels]
    assert labels == [f"talk.mp4#t={t}s" for t in (1, 3, 5, 7, 9, 11)]
    [sound] = every["sound[]"]
    assert (sound.kind, sound.labels.to_list()) == (Kind.AUDIO, ["talk.mp4#sound=0-12s"])
    assert every["tags[].place"][0].cells.to_list() == ["35.6586, 139.7454"]
    assert sum(batch.rows for batch in found) == 1
    assert unread == []


def test_a_longer_film_is_looked_at_in_larger_steps(tmp_path):
    (tmp_path / "long.mp4").write_bytes(made_film(190))
    found, unread = batches(video, "long.mp4", folder=tmp_path)
    pictures = list(columns(found)["picture_every_5s[]"])
    assert sum(c.rows for c in pictures) == 38
    assert all(c.rows <= video.BATCH for c in pictures)
    assert unread == []


def test_a_film_that_breaks_off_or_does_not_decode_is_unread(tmp_path):
    whole = made_film(12, sounds.tone(12.0))
    (tmp_path / "cut.mp4").write_bytes(whole[: len(whole) // 2])
    (tmp_path / "torn.mp4").write_bytes(whole[:32] + bytes(len(whole) - 32))
    found, unread = batches(video, "cut.mp4", "torn.mp4", folder=tmp_path)
    assert {Path(one.uri).name for one in unread} == {"cut.mp4", "torn.mp4"}
    assert all(one.reason.startswith("malformed video") for one in unread)
    assert sum(batch.rows for batch in found) == 2


def test_without_the_extra_a_film_is_unread_with_the_command(tmp_path, monkeypatch):
    monkeypatch.setattr(video, "can_decode", lambda: False)
    (tmp_path / "talk.mp4").write_bytes(made_film(2))
    _, [unread] = batches(video, "talk.mp4", folder=tmp_path)
    assert "pip install 'privscan[media]'" in unread.reason


NO_FILMS = [b"moov is a word", sounds.wav(sounds.tone(0.5)), bytes(400), None]


def scanned(*cells, detectors=("films", "unread_films", "voice", "pattern", "faces")):
    frame = pl.DataFrame({"blob": list(cells)}, schema={"blob": pl.Binary})
    return ps.scan(frame, detectors=list(detectors), workers=1)


def test_without_the_extra_films_in_cells_are_unread_with_the_command(monkeypatch):
    monkeypatch.setattr(films, "can_decode", lambda: False)
    monkeypatch.setattr(unread_films, "can_decode", lambda: False)
    report = scanned(made_film(2), *NO_FILMS)
    [unread] = report.unread
    assert "pip install 'privscan[media]'" in unread.reason
    assert unread.rows == 1
    assert not report.complete


def test_a_film_in_a_cell_is_seen_and_its_tags_are_read():
    report = scanned(made_film(3, sounds.tone(3.0)), *NO_FILMS)
    [dataset] = report.datasets
    paths = {column.path for column in dataset.columns}
    assert {"blob[].picture_every_2s[]", "blob[].sound[]"} <= paths
    assert any(path.startswith("blob[].tags[]") for path in paths)
    assert report.unread == ()
    assert ("films", 1, 1) in {(one.detector, one.read, one.texts) for one in dataset.sampled}


def test_films_in_cells_have_a_budget_that_is_said():
    several = [made_film(1 + at) for at in range(films.BUDGET + 2)]
    [dataset] = scanned(*several).datasets
    [said] = [one for one in dataset.sampled if one.detector == "films"]
    assert (said.read, said.texts) == (films.BUDGET, films.BUDGET + 2)


def test_broken_and_large_films_in_cells_are_unread(monkeypatch):
    whole = made_film(3)
    reasons = [one.reason for one in scanned(whole[: len(whole) * 2 // 3]).unread]
    assert len(reasons) == 1
    assert "malformed video: it breaks off" in reasons[0]
    monkeypatch.setattr(films, "CELL_BYTES", 100)
    monkeypatch.setattr(unread_films, "CELL_BYTES", 100)
    [unread] = scanned(whole, *NO_FILMS).unread
    assert "more than 32 MB" in unread.reason


@pytest.mark.skipif(not PHOTOS.is_dir(), reason="the samples are not made")
def test_a_face_in_a_film_in_a_cell_is_found():
    from PIL import Image

    [file] = sorted(PHOTOS.rglob("*hopper*"))
    with Image.open(file) as picture:
        face = np.asarray(picture.convert("RGB").resize((320, 320)))
    [dataset] = scanned(sounds.film(None, [face] * 8, 2)).datasets
    found = {c.path: {one.entity for one in c.entities} for c in dataset.columns}
    assert "face_image" in found["blob[].picture_every_2s[]"]


@pytest.mark.skipif(not PHOTOS.is_dir(), reason="the samples are not made")
def test_a_face_in_a_film_is_found_upright(tmp_path):
    from PIL import Image

    [file] = sorted(PHOTOS.rglob("*hopper*"))
    with Image.open(file) as picture:
        face = np.asarray(picture.convert("RGB").resize((320, 320)))
    (tmp_path / "talk.mp4").write_bytes(sounds.film(None, [face] * 8, 2, tags=TAGS))
    shutil.copy(file, tmp_path / "still.jpg")
    report = ps.scan(tmp_path / "talk.mp4", detectors=["faces", "pattern"], workers=1)
    found = {c.path: {e.entity for e in c.entities} for c in report.datasets[0].columns}
    assert "face_image" in found["picture_every_2s[]"]
    assert "email" in found["tags[].title"]
    assert report.complete
