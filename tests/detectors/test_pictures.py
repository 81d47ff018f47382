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
from privscan.model.data import Column, Hits, Unread
from privscan.model.kinds import Kind

DEV = Path(__file__).parents[3] / "shared" / "data" / "bio_dev"
PHOTOS = Path(__file__).parents[2] / "samples" / "photos"


def column(*contents):
    return Column("image", Kind.IMAGE, pl.Series("image", contents, pl.Binary))


def entities(detector, *contents):
    found = {}
    for hit in detector.find(column(*contents)):
        if isinstance(hit, Unread):
            continue
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
def test_a_truncated_picture_is_never_silent(form, cut):
    noise = Image.fromarray(np.random.default_rng(1).integers(0, 255, (90, 90, 3), np.uint8))
    out = io.BytesIO()
    noise.save(out, form)
    whole = out.getvalue()
    cells = whole[: int(len(whole) * cut)], whole
    found = entities(faces, *cells)
    assert found[1] == {"media.decoded"}
    unread = [one for one in faces.find(column(*cells)) if isinstance(one, Unread)]
    assert len(unread) == (found[0] == {"media.decoded"})
    assert len(unread) + (found[0] == {"media.undecoded"}) == 1
    assert all("breaks off" in one.reason and one.rows == 1 for one in unread)


@pytest.mark.skipif(not PHOTOS.is_dir(), reason="the samples are not made")
def test_a_face_above_the_break_is_found():
    [file] = sorted(PHOTOS.rglob("*hopper*"))
    content = file.read_bytes()
    found = list(faces.find(column(content[: len(content) * 3 // 4])))
    assert "face_image" in {one.entity for one in found if isinstance(one, Hits)}
    [unread] = [one for one in found if isinstance(one, Unread)]
    assert unread.bytes == len(content) * 3 // 4


def test_pages_that_are_not_looked_at_are_unread():
    pages = [Image.new("L", (60, 40), 20 * at) for at in range(9)]
    out, few = io.BytesIO(), io.BytesIO()
    pages[0].save(out, "TIFF", save_all=True, append_images=pages[1:])
    pages[0].save(few, "TIFF", save_all=True, append_images=pages[1:3])
    cells = [out.getvalue(), few.getvalue(), out.getvalue()]
    [unread] = [one for one in faces.find(column(*cells)) if isinstance(one, Unread)]
    assert (unread.reason, unread.rows) == ("8 of 9 pages were looked at", 2)


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
