"""Faces small, turned, in grids and under names; drawings and things that are none."""

from __future__ import annotations

import base64
import io
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from PIL import ExifTags, Image, ImageDraw, ImageOps

import privscan as ps
from privscan.detectors import faces
from privscan.errors import PrivscanError
from privscan.formats import face_search
from privscan.model.data import Column, Hits
from privscan.model.kinds import Kind

DEV = Path(__file__).parents[3] / "shared" / "data" / "bio_dev"
PHOTO = Path(__file__).parents[2] / "samples" / "photos" / "grace_hopper.jpg"

with Image.open(PHOTO) as _opened:
    PORTRAIT = _opened.convert("RGB")
HEAD = PORTRAIT.crop((110, 30, 410, 390))


def saved(picture, form="JPEG", **options):
    out = io.BytesIO()
    picture.save(out, form, **options)
    return out.getvalue()


def found(*contents, names=None):
    cells = pl.Series("image", contents, pl.Binary)
    labels = None if names is None else pl.Series(names)
    hits = faces.find(Column("image", Kind.IMAGE, cells, labels))
    return [hit for hit in hits if isinstance(hit, Hits) and hit.entity == "face_image"]


def count(picture):
    return sum(hit.count for hit in found(saved(picture, "PNG")))


def scene(width=1600, height=1200):
    """A street at dusk: slopes of brightness with noise, windows in rows."""
    ramp = np.linspace(60, 170, width)[None, :, None] * np.linspace(1, 0.6, height)[:, None, None]
    noise = np.random.default_rng(5).normal(0, 6, (height, width, 3))
    picture = Image.fromarray(np.clip(ramp + noise, 0, 255).astype(np.uint8))
    pen = ImageDraw.Draw(picture)
    for left in range(40, width - 60, 160):
        pen.rectangle((left, 60, left + 60, 150), fill=(40, 40, 60), outline=(200, 190, 150))
    return picture


def pasted(background, heights, head=HEAD):
    for number, height in enumerate(heights):
        small = head.resize((head.width * height // head.height, height))
        background.paste(small, (120 + 330 * (number % 4), 260 + 300 * (number // 4)))
    return background


def smiley(size):
    picture = Image.new("RGB", (size, size), "white")
    pen, one = ImageDraw.Draw(picture), size / 24
    pen.ellipse((one, one, 23 * one, 23 * one), fill=(252, 209, 60), outline=(120, 90, 0))
    for x in (8, 16):
        pen.ellipse([(x - 2) * one, 7 * one, (x + 2) * one, 12 * one], fill=(60, 40, 0))
    pen.arc(
        (6 * one, 9 * one, 18 * one, 20 * one), 20, 160, fill=(60, 40, 0), width=max(1, size // 16)
    )
    return picture


def line_drawing():
    """A face in pen on paper, which the model alone takes for one."""
    grey = np.asarray(ImageOps.grayscale(HEAD).resize((300, 360)), float)
    edges = np.hypot(*np.gradient(grey)) > 14
    return Image.fromarray(np.where(edges, 40, 250).astype(np.uint8)).convert("RGB")


@pytest.mark.parametrize("turns", range(4))
def test_a_scanned_photograph_lies_any_way_round(turns):
    assert count(HEAD.rotate(90 * turns, expand=True)) == 1


@pytest.mark.parametrize("turns", [1, 2, 3])
def test_faces_of_a_turned_picture_are_counted_and_placed(turns):
    upright = np.asarray(pasted(scene(), [200, 160, 120, 200]))
    turned = face_search.faces(np.ascontiguousarray(np.rot90(upright, turns)))
    back = [face_search._back(face, turns, 1200, 1600) for face in turned]
    places = sorted((round(f.left, -1), round(f.top, -1)) for f in face_search.faces(upright))
    assert len(places) == 4
    for (left, top), face in zip(places, sorted(back), strict=True):
        assert abs(face.left - left) < 25
        assert abs(face.top - top) < 25


@pytest.mark.parametrize("orientation", [3, 6, 8])
def test_exif_says_which_way_is_up(orientation):
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = orientation
    turned = PORTRAIT.rotate({3: 180, 6: 90, 8: -90}[orientation], expand=True)
    [hit] = found(saved(turned, exif=exif))
    assert hit.count == 1


@pytest.mark.parametrize("side", [32, 48, 64, 96, 128])
def test_thumbnails(side):
    small = HEAD.copy()
    small.thumbnail((side * 2, side))
    small = ImageOps.pad(small, (side, side), color="gray")
    assert count(small) == 1


def test_grey_dark_and_pale():
    dim = HEAD.point(lambda value: value * 0.4)
    pale = HEAD.point(lambda value: 120 + value * 0.5)
    for picture in (ImageOps.grayscale(HEAD), dim, pale):
        assert count(picture) == 1


def test_a_face_that_fills_the_picture():
    assert count(HEAD.crop((60, 50, 250, 310)).resize((950, 1300))) == 1


def test_small_faces_far_away_are_counted():
    assert count(scene()) == 0
    [hit] = found(saved(pasted(scene(), [90, 100, 64, 70, 80, 90, 64]), "PNG"))
    assert hit.detector == "faces/scene"
    assert hit.count == 7
    assert hit.ranges["faces"] == (7, 7)
    assert hit.ranges["share"] == (1, 1)
    low, high = hit.ranges["face_width"]
    assert 15 <= low <= high <= 70


def test_a_contact_sheet_has_all_its_faces():
    sheet = Image.new("RGB", (1500, 1200), "white")
    for number in range(20):
        sheet.paste(HEAD.resize((200, 240)), (60 + 280 * (number % 5), 40 + 290 * (number // 5)))
    [hit] = found(saved(sheet))
    assert (hit.detector, hit.count) == ("faces/scene", 20)


@pytest.mark.parametrize("turns", [0, 1])
def test_the_photograph_on_a_scanned_card(turns):
    card = Image.new("RGB", (1300, 820), (225, 232, 240))
    pen = ImageDraw.Draw(card)
    for row in range(6):
        pen.rectangle(
            (520, 160 + 70 * row, 900 + 50 * (row % 3), 190 + 70 * row), fill=(70, 70, 80)
        )
    for row in (640, 700):
        pen.text(
            (80, row), "P<UTOEXAMPLE<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<<", fill="black", font_size=40
        )
    card.paste(HEAD.resize((240, 288)), (120, 170))
    page = Image.new("RGB", (1654, 2339), "white")
    page.paste(card.resize((650, 410)), (300, 500))
    assert count(card.rotate(90 * turns, expand=True)) == 1
    assert count(page.rotate(90 * turns, expand=True)) == 1


def test_a_portrait_is_told_from_a_scene():
    file = saved(HEAD)
    [hit] = found(file, names=["anna_example.jpg"])
    assert hit.detector == "faces/portrait"
    assert hit.ranges["faces"] == (1, 1)
    assert 8 <= hit.ranges["share"][0] <= 60
    assert found(saved(pasted(scene(), [300])))[0].detector == "faces/scene"
    assert found(saved(ImageOps.expand(HEAD, (0, 0, 600, 0), "gray")))[0].detector == "faces/scene"


@pytest.mark.parametrize(
    ("name", "numbered"),
    [
        ("emp00123.png", True),
        ("faces/S001.pgm", True),
        ("orl/s12/3.pgm", True),
        ("student_0042.jpg", True),
        ("EMP-4711_front.jpg", True),
        ("00004711.jpg", True),
        ("IMG_1234.jpg", False),
        ("DSC01234.JPG", False),
        ("P1010001.JPG", False),
        ("20190304_123456.jpg", False),
        ("taro_yamada.jpg", False),
        ("0001.jpg", False),
        ("street_04.jpg", False),
        ("s12/", False),
        ("", False),
    ],
)
def test_files_numbered_as_persons_are(name, numbered):
    [hit] = found(saved(HEAD.resize((150, 180))), names=[name])
    assert hit.detector == ("faces/portrait by number" if numbered else "faces/portrait")


def test_numbers_make_no_portrait_of_a_scene():
    [hit] = found(saved(pasted(scene(), [200])), names=["emp00123.png"])
    assert hit.detector == "faces/scene"


def folder(tmp_path, names):
    for number, name in enumerate(names):
        file = tmp_path / name
        file.parent.mkdir(exist_ok=True)
        file.write_bytes(saved(HEAD.resize((150 + number, 180))))
    report = ps.scan(tmp_path, detectors=["faces", "names"], workers=1)
    return {column.path: column for data in report.datasets for column in data.columns}


def test_portraits_named_by_person(tmp_path):
    columns = folder(
        tmp_path,
        ["taro_yamada.jpg", "Hanako_Suzuki_0001.jpg", "staff/john-smith.png", "maria.garcia.jpg"],
    )
    assert columns["image"].entity == "face_image"
    assert columns["image[].titled"].entity == "name_full"
    assert columns["image[].titled"].rows == 4


@pytest.mark.parametrize(
    "names",
    [
        ["red_dress.jpg", "front_view.jpg", "studio-light.jpg", "profile_picture.jpg"],
        ["IMG_0001.jpg", "DSC_0002.jpg", "20190304_123456.jpg", "emp00123.jpg"],
    ],
)
def test_portraits_named_otherwise(tmp_path, names):
    columns = folder(tmp_path, names)
    assert columns["image"].entity == "face_image"
    assert all(column.entity != "name_full" for column in columns.values())


def test_names_of_scenes_are_not_looked_at():
    column = Column("image", Kind.IMAGE, pl.Series("image", [saved(pasted(scene(), [200]))]),
                    pl.Series(["taro_yamada.jpg"]))  # fmt: skip
    assert not [one for one in faces.find(column) if isinstance(one, Column)]


@pytest.mark.parametrize("size", [16, 24, 32, 48, 64, 128, 256, 512])
def test_a_smiley_is_no_person(size):
    assert count(smiley(size)) == 0


def test_a_drawn_face_is_no_person():
    drawing = line_drawing()
    assert face_search._seen(np.asarray(drawing), 640, 160), "the model does not see it either"
    assert count(drawing) == 0


@pytest.mark.parametrize("size", [(1, 1), (2, 900), (900, 3), (16, 16), (27, 640), (5000, 40)])
def test_pictures_too_narrow_for_a_face(size):
    noise = np.random.default_rng(2).integers(0, 256, (size[1], size[0], 3), np.uint8)
    assert count(Image.fromarray(noise)) == 0


def test_textures_are_no_faces():
    y, x = np.mgrid[:480, :640]
    rings = 128 + 100 * np.sin(np.hypot(x - 300, y - 240) / 4)
    checks = 255 * ((x // 24 + y // 24) % 2)
    waves = 128 + 60 * np.sin(x / 9) + 60 * np.cos(y / 7)
    dots = 255 * (((x % 60 - 30) ** 2 + (y % 60 - 30) ** 2) < 150)
    for texture in (rings, checks, waves, dots):
        for turned in (texture, texture.T):
            assert count(Image.fromarray(turned.astype(np.uint8))) == 0


def test_the_page_with_most_faces_counts():
    pages = [scene(800, 600), pasted(scene(800, 600), [200, 200]), ImageOps.pad(HEAD, (800, 600))]
    [hit] = found(saved(pages[0], "WEBP", lossless=True, save_all=True, append_images=pages[1:]))
    assert hit.count == 2


def test_portraits_in_cells(tmp_path):
    files = [saved(HEAD.resize((150 + i, 180))) for i in range(12)]
    texts = [base64.b64encode(file).decode() for file in files]
    pl.DataFrame({"scan": files, "data": texts}).write_parquet(tmp_path / "cells.parquet")
    report = ps.scan(tmp_path / "cells.parquet", detectors=["faces", "records"], workers=1)
    columns = {column.path: column for data in report.datasets for column in data.columns}
    assert columns["scan"].entity == "face_image"
    [form] = next(e for e in columns["scan"].entities if e.entity == "face_image").forms
    assert (form.name, form.cells, form.ranges["faces"]) == ("faces/portrait", 12, (1, 1))
    assert any(c.entity == "face_image" for path, c in columns.items() if path.startswith("data"))


def test_another_model_is_refused_and_a_named_one_is_said(monkeypatch, tmp_path):
    ours = face_search._model(None)
    monkeypatch.setattr(face_search, "DIGEST", "0" * 64)
    face_search._detector.cache_clear()
    with pytest.raises(PrivscanError, match="face model"):
        found(saved(HEAD))
    own = tmp_path / "own.onnx"
    own.write_bytes(ours)
    before = faces.version()
    monkeypatch.setenv(face_search.VARIABLE, str(own))
    assert found(saved(HEAD))
    assert faces.version() == before
    own.write_bytes(ours + b"\x9a\x06\x00")  # a field that readers skip
    assert faces.version() != before
    face_search._detector.cache_clear()


@pytest.mark.parametrize("content", [None, b"", b"no model", b"\x08\x07\x12\x00"])
def test_what_is_no_model_is_said_before_the_scan(monkeypatch, tmp_path, content):
    own = tmp_path / "own.onnx"
    if content is not None:
        own.write_bytes(content)
    monkeypatch.setenv(face_search.VARIABLE, str(own))
    with pytest.raises(PrivscanError, match="face model") as raised:
        faces.version()
    assert face_search.VARIABLE in str(raised.value.hint)


@pytest.mark.skipif(not DEV.is_dir(), reason="the development pictures are not here")
def test_public_photographs_turned():
    files = sorted(p for p in (DEV / "faces").iterdir() if "Family" in p.name)
    for turns in (1, 2, 3):
        turned = [
            ImageOps.exif_transpose(Image.open(f)).rotate(90 * turns, expand=True) for f in files
        ]
        assert sum(count(picture) > 0 for picture in turned) >= 0.9 * len(files)
