"""A scan of faces, prints, records, vectors and voices makes no template, crop, thumbnail or landmark.

Every write, rename and socket of the run is noted by `watched/`; what it says is searched for
numbers and pictures that stand for a body.
"""

from __future__ import annotations

import base64
import io
import json
import re
import struct
import sys
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from PIL import Image
from test_watched import files, watched

ROOT = Path(__file__).parents[2]
PORTRAIT = ROOT / "samples" / "photos" / "grace_hopper.jpg"
sys.path.insert(0, str(ROOT / "tests" / "formats"))
import records_iso as iso  # noqa: E402  the generators stand beside the tests of the formats

import sounds  # noqa: E402  as above

DIMENSION = 512
LONGEST = 12
"""Numbers in a row of the report's own lists: class sizes and intervals are pairs."""

MAKERS = ("FaceRecognizerSF", "import face_recognition", "dnn.blobFromImage", "insightface", "arcface(",
          "Facemark", "imwrite", "np.save(", "torch.save", "Image.save(")  # fmt: skip
"""What makes or keeps a template or a crop in the libraries at hand."""


def vectors():
    made = np.random.default_rng(5).normal(size=(20, DIMENSION))
    return made / np.linalg.norm(made, axis=1, keepdims=True)


@pytest.fixture(scope="module")
def bodies(tmp_path_factory):
    folder = tmp_path_factory.mktemp("bodies")
    photos, records, tables = (folder / n for n in ("photos", "records", "tables"))
    for one in (photos, records, tables):
        one.mkdir()
    for name in ("one.jpg", "two.jpg"):
        (photos / name).write_bytes(PORTRAIT.read_bytes())
    for name, made in (
        ("a.fmr", iso.fmr_2005()),
        ("b.fac", iso.fac_2005()),
        ("c.iir", iso.iir_2005()),
    ):
        (records / name).write_bytes(made)
    pl.DataFrame(
        {
            "name": [f"Ana Silva {n}" for n in range(20)],
            "face_embedding": vectors().tolist(),
            "template": [iso.fmr_2005()] * 20,
            "photo": [PORTRAIT.read_bytes()] * 20,
            "note": [base64.b64encode(iso.fac_2005()).decode()] * 20,
        }
    ).write_parquet(tables / "people.parquet")
    np.save(tables / "faces.npy", vectors().astype(np.float32))
    (photos / "covered.jpg").write_bytes(covered())
    if find_spec("av"):
        add_media(folder)
    return folder


def covered():
    """A portrait painted over, whose thumbnail shows the face."""
    with Image.open(PORTRAIT) as picture:
        face = picture.convert("RGB").resize((160, 200))
    small, whole = io.BytesIO(), io.BytesIO()
    face.save(small, "JPEG")
    entries = struct.pack("<HHHIIHHIII", 2, 0x0201, 4, 1, 44, 0x0202, 4, 1, small.tell(), 0)
    exif = b"Exif\0\0" + struct.pack("<2sHIHI", b"II", 42, 8, 0, 14) + entries + small.getvalue()
    Image.new("RGB", (640, 800), "white").save(whole, "JPEG", exif=exif)
    return whole.getvalue()


def add_media(folder):
    """A voice, and a face in a film, in files and in cells."""
    with Image.open(PORTRAIT) as picture:
        face = np.asarray(picture.convert("RGB").resize((320, 320)))
    heard = sounds.wav(sounds.speech(3.0) if sounds.SPEECH.is_file() else sounds.tone(3.0))
    seen = sounds.film(None, [face] * 8, 2)
    (folder / "sounds").mkdir()
    (folder / "films").mkdir()
    (folder / "sounds" / "call.wav").write_bytes(heard)
    (folder / "films" / "talk.mp4").write_bytes(seen)
    cells = {"clip": [seen] * 3, "call": [heard] * 3}
    pl.DataFrame(cells).write_parquet(folder / "tables" / "media.parquet")


@pytest.fixture(scope="module")
def scanned(bodies, tmp_path_factory):
    outputs = ("-o", "r.json", "-o", "r.html", "-o", "r.md", "-o", "r.sarif")
    return watched(tmp_path_factory.mktemp("run"), "-m", "privscan", "scan", bodies,
                   "--workers", 2, *outputs, "-f", "json")  # fmt: skip


def said(run):
    """Everything that the run has written or printed, by name."""
    kept = {p.name: p.read_text("utf-8") for p in run.work.iterdir()}
    return {**kept, "stdout": run.done.stdout, "stderr": run.done.stderr}


def test_the_run_saw_what_it_might_have_kept(scanned):
    assert scanned.done.returncode in {0, 3}, scanned.done.stderr
    found = {
        entity["entity"]
        for dataset in json.loads(scanned.done.stdout)["datasets"]
        for column in dataset["columns"]
        for entity in column["entities"]
    }
    assert found >= {"face_image", "fingerprint", "iris", "hidden_thumbnail"}
    paths = {
        column["path"]
        for dataset in json.loads(scanned.done.stdout)["datasets"]
        for column in dataset["columns"]
        if any(entity["entity"] == "face_image" for entity in column["entities"])
    }
    assert "image[].thumbnail" in paths
    if find_spec("av"):
        assert paths >= {"picture_every_2s[]", "clip[].picture_every_2s[]"}
        assert "voice_recording" in found or not sounds.SPEECH.is_file()


def test_only_the_reports_are_written(scanned):
    assert files(scanned.work) == {"r.json", "r.html", "r.md", "r.sarif"}
    assert files(scanned.home) == files(scanned.scratch) == set()
    named = {Path(what).name.split(".")[1] for what in scanned.noted("write") if not pipe(what)}
    assert named == {"r"}
    assert scanned.noted("socket") == []


def pipe(what):
    return what.isdigit() or what == "/dev/null"


def test_no_list_in_the_report_is_long_enough_for_a_template(scanned):
    def numbers(value):
        match value:
            case dict():
                for one in value.values():
                    yield from numbers(one)
            case list():
                yield sum(isinstance(one, (int, float)) for one in value)
                for one in value:
                    yield from numbers(one)

    assert max(numbers(json.loads(scanned.done.stdout))) <= LONGEST


def test_no_number_of_a_vector_is_said(scanned):
    wanted = {f"{value:.4f}".lstrip("-") for value in vectors()[0, :40]}
    for name, text in said(scanned).items():
        seen = set(re.findall(r"\b0\.\d{4}(?=\d*\b)", text))
        assert not seen & wanted or len(seen & wanted) < 4, name


def test_no_picture_and_no_record_is_embedded(scanned):
    starts = (iso.fmr_2005()[:12], iso.fac_2005()[:12], PORTRAIT.read_bytes()[:12])
    for name, text in said(scanned).items():
        assert "data:image/" not in text, name
        assert not re.search(r"[A-Za-z0-9+/]{200,}", text), name
        for start in starts:
            assert base64.b64encode(start).decode()[:14] not in text, name
            assert start.hex() not in text.lower(), name


def test_nothing_that_makes_templates_is_called():
    for file in sorted((ROOT / "src").rglob("*.py")):
        source = file.read_text("utf-8")
        assert not [name for name in MAKERS if name in source], file
