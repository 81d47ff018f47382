"""Faces in pictures; pictures that break are said to be broken."""

from __future__ import annotations

import io
from collections import OrderedDict
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from PIL import ExifTags, Image, ImageDraw

from privscan.detectors import faces
from privscan.formats import pixels
from privscan.model.data import Column
from privscan.model.kinds import Kind

DEV = Path(__file__).parents[3] / "shared" / "data" / "bio_dev"
PHOTOS = Path(__file__).parents[2] / "samples" / "photos"


def column(*contents):
    return Column("image", Kind.IMAGE, pl.Series("image", contents, pl.Binary))


def entities(detector, *contents):
    found = {}
    for hit in detector.find(column(*contents)):
        for row, yes in enumerate(hit.mask):
            if yes:
                found.setdefault(row, set()).add(hit.entity)
    return found


def drawn(form="PNG", size=(160, 120), **options):
    picture = Image.new("RGB", size, "white")
    pen = ImageDraw.Draw(picture)
    pen.ellipse((40, 20, 120, 100), outline="black", width=4)
    pen.line((80, 60, 80, 30), fill="black", width=4)
    out = io.BytesIO()
    picture.save(out, form, **options)
    return out.getvalue()


@pytest.mark.parametrize("form", ["PNG", "JPEG", "WEBP", "TIFF", "BMP", "GIF"])
def test_a_clock_in_any_format_is_decoded_and_no_face(form):
    assert entities(faces, drawn(form)) == {0: {"media.decoded"}}


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "CMYK", "I;16", "F"])
def test_any_kind_of_pixels(mode):
    picture = Image.new(mode, (64, 48))
    out = io.BytesIO()
    picture.save(out, "TIFF")
    assert entities(faces, out.getvalue()) == {0: {"media.decoded"}}


@pytest.mark.parametrize("cut", [0.3, 0.6, 0.9])
@pytest.mark.parametrize("form", ["PNG", "JPEG", "WEBP"])
def test_a_truncated_picture_is_undecoded(form, cut):
    noise = Image.fromarray(np.random.default_rng(1).integers(0, 255, (90, 90, 3), np.uint8))
    out = io.BytesIO()
    noise.save(out, form)
    whole = out.getvalue()
    assert entities(faces, whole[: int(len(whole) * cut)], whole) == {
        0: {"media.undecoded"},
        1: {"media.decoded"},
    }


def test_bytes_that_are_no_picture():
    found = entities(faces, b"", b"\xff\xd8\xff", b"GIF89a")
    assert found == {row: {"media.undecoded"} for row in range(3)}


def test_a_picture_of_too_many_pixels_is_not_decoded(monkeypatch):
    monkeypatch.setattr(pixels, "PIXELS", 160 * 120 - 1)
    monkeypatch.setattr(pixels, "_kept", OrderedDict())
    assert entities(faces, drawn()) == {0: {"media.undecoded"}}


@pytest.mark.skipif(not PHOTOS.is_dir(), reason="the samples are not made")
def test_a_portrait_is_found_upright_turned_by_exif_and_small():
    [file] = sorted(PHOTOS.rglob("*hopper*"))
    with Image.open(file) as picture:
        upright = picture.convert("RGB")
    turned, small = io.BytesIO(), io.BytesIO()
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = 6
    upright.rotate(90, expand=True).save(turned, "JPEG", exif=exif)
    scene = Image.new("RGB", (1200, 900), "gray")
    scene.paste(upright.resize((150, 150 * upright.height // upright.width)), (500, 300))
    scene.save(small, "PNG")
    found = entities(faces, file.read_bytes(), turned.getvalue(), small.getvalue())
    assert all("face_image" in found[row] for row in range(3))


@pytest.mark.skipif(not DEV.is_dir(), reason="the development pictures are not here")
def test_public_photographs():
    def share(kind):
        files = sorted(p for p in (DEV / kind).iterdir() if p.is_file())[:20]
        found = entities(faces, *(p.read_bytes() for p in files))
        return sum("face_image" in found[i] for i in range(len(files))) / len(files)

    assert share("faces") == 1.0
    assert share("nofaces") == 0.0
