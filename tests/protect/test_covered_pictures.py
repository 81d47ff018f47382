"""Pictures lose their faces and codes, and every byte that is not pixels."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import polars as pl
import pyarrow as pa
import pytest
from PIL import Image, ImageDraw, ImageFont

import privscan as ps
from privscan.detectors import ocr
from privscan.errors import IncompleteError, UnreadableError, UsageError
from privscan.formats.face_search import faces
from privscan.protect.apply import carried_out
from privscan.protect.files import tasks
from privscan.protect.key import Key
from privscan.protect.treating import Asked, parsed, treatments

PHOTOS = Path(__file__).parents[2] / "samples" / "photos"
CANARY = b"canary-beside-pixels"


def _blurred(content: bytes, spec: str = "blur:faces") -> bytes:
    one = parsed(f"c={spec}")
    made: bytes = (
        treatments()["blur"].load().made(Asked(one.options))(pa.array([content]))[0].as_py()
    )
    return made


def _faces(content: bytes) -> int:
    return len(faces(np.asarray(Image.open(io.BytesIO(content)).convert("RGB"))))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "TIFF", "BMP", "GIF", "AVIF"])
def test_a_face_is_covered_and_the_format_stays(kind):
    out = io.BytesIO()
    Image.open(PHOTOS / "grace_hopper.jpg").save(out, kind)
    assert _faces(out.getvalue()) == 1
    made = _blurred(out.getvalue())
    shown = Image.open(io.BytesIO(made))
    assert (shown.format, shown.size) == (kind, (512, 600))
    assert _faces(made) == 0
    corner = (
        np.asarray(shown.convert("RGB"), int)[:20, :20]
        - np.asarray(Image.open(out).convert("RGB"), int)[:20, :20]
    )
    assert np.abs(corner).mean() < 12


def test_a_filled_face_is_one_colour_and_a_smoothed_one_has_no_edges():
    content = (PHOTOS / "grace_hopper.jpg").read_bytes()
    out = io.BytesIO()
    Image.open(io.BytesIO(content)).save(out, "PNG")
    [face] = faces(np.asarray(Image.open(io.BytesIO(content))))
    inside = np.s_[
        int(face.top) : int(face.top + face.height), int(face.left) : int(face.left + face.width)
    ]
    assert not np.asarray(Image.open(io.BytesIO(_blurred(out.getvalue()))))[inside].any()
    smooth = np.asarray(
        Image.open(io.BytesIO(_blurred(out.getvalue(), "blur:faces,blur"))).convert("L"), int
    )[inside]
    sharp = np.asarray(Image.open(io.BytesIO(content)).convert("L"), int)[inside]
    assert np.abs(np.diff(smooth)).max() < np.abs(np.diff(sharp)).max() / 3


def test_nothing_but_pixels_is_kept():
    exif = Image.Exif()
    exif[0x013B] = CANARY.decode()
    exif[0x0112] = 6
    out = io.BytesIO()
    Image.open(PHOTOS / "coffee_with_position.jpg").save(
        out, "JPEG", exif=exif, comment=CANARY, icc_profile=CANARY * 9
    )
    assert CANARY in out.getvalue()
    made = _blurred(out.getvalue() + CANARY)
    shown = Image.open(io.BytesIO(made))
    assert CANARY not in made
    assert not shown.getexif()
    assert shown.size == Image.open(PHOTOS / "coffee_with_position.jpg").size[::-1]


def test_frames_of_a_film_are_all_covered():
    face = Image.open(PHOTOS / "grace_hopper.jpg").resize((256, 300))
    plain = Image.new("RGB", face.size, "green")
    out = io.BytesIO()
    plain.save(out, "GIF", save_all=True, append_images=[face, plain], duration=[30, 50, 70])
    made = Image.open(io.BytesIO(_blurred(out.getvalue())))
    assert made.n_frames == 3
    made.seek(1)
    assert made.info["duration"] == 50
    assert faces(np.asarray(made.convert("RGB"))) == []


@pytest.mark.parametrize("content", [b"", b"no picture", b"\xff\xd8\xff\xe0 cut"])
def test_what_is_no_picture_is_not_passed_on(content):
    with pytest.raises(UnreadableError):
        _blurred(content)


def test_texts_are_not_blurred():
    with pytest.raises(UsageError, match="only pictures"):
        treatments()["blur"].load().made(Asked({}))(pa.array(["x"]))


def test_pictures_in_cells_and_in_folders(tmp_path):
    photo = (PHOTOS / "grace_hopper.jpg").read_bytes()
    pl.DataFrame({"id": [1, 2], "photo": [photo, None]}).write_parquet(tmp_path / "a.parquet")
    carried_out(
        tasks(tmp_path / "a.parquet"), [parsed("photo=blur:faces")], None, tmp_path / "b.parquet"
    )
    made = pl.read_parquet(tmp_path / "b.parquet")
    assert made["photo"][1] is None
    assert _faces(made["photo"][0]) == 0
    folder = tmp_path / "in" / "sub"
    folder.mkdir(parents=True)
    for name in ("Grace Hopper.jpg", "Jane Roe.jpg"):
        (folder / name).write_bytes(photo)
    chosen = [parsed("image=blur:faces"), parsed("path=tokenise")]
    carried_out(
        tasks(tmp_path / "in"), chosen, Key(b"a made-up secret of many bytes"), tmp_path / "out"
    )
    files = sorted((tmp_path / "out" / "sub").iterdir())
    assert [f.suffix for f in files] == [".jpg", ".jpg"]
    assert all(f.name.startswith("tok_") for f in files)
    assert {_faces(f.read_bytes()) for f in files} == {0}
    (folder / "broken.jpg").write_bytes(photo[:200])
    with pytest.raises(IncompleteError):
        carried_out(tasks(tmp_path / "in"), chosen[:1], None, tmp_path / "again")


needs_reader = pytest.mark.skipif(bool(ocr.missing()), reason="privscan[ocr] is not installed")


def _page(kind: str = "PNG") -> bytes:
    """A photo with a face, and beside it two lines of text."""
    page = Image.new("RGB", (620, 330), "white")
    page.paste(Image.open(PHOTOS / "grace_hopper.jpg").resize((256, 300)), (10, 15))
    font = ImageFont.load_default(26)
    for row, line in enumerate(("Contact", "anna@example.com")):
        ImageDraw.Draw(page).text((300, 90 + 90 * row), line, "black", font)
    exif = Image.Exif()
    exif[0x013B] = CANARY.decode()
    out = io.BytesIO()
    page.save(out, kind, exif=exif)
    return out.getvalue()


def _lines(content: bytes) -> int:
    frame = np.ascontiguousarray(Image.open(io.BytesIO(content)).convert("RGB"))
    return sum(1 for _ in ocr.places(frame))


@needs_reader
def test_lines_of_text_are_covered_where_they_are_asked_for():
    content = _page()
    assert _faces(content) == 1
    assert _lines(content) >= 2
    assert CANARY in content
    made = _blurred(content, "blur:text,blur")
    assert (_faces(made), _lines(made)) == (1, 0)
    assert CANARY not in made
    assert _lines(_blurred(content, "blur:codes")) >= 2


@needs_reader
def test_a_scan_of_the_copy_reads_no_text_that_the_source_had(tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "page.jpg").write_bytes(_page("JPEG"))
    carried_out(tasks(tmp_path / "in"), [parsed("image=blur")], None, tmp_path / "out")
    found = {}
    for folder in ("in", "out"):
        report = ps.scan(tmp_path / folder)
        found[folder] = {e.entity for p in report.datasets for c in p.columns for e in c.entities}
    assert "email" in found["in"]
    assert not found["out"] & {"email", "credit_card", "face"}


def test_where_text_cannot_be_looked_for_that_is_said_and_nothing_written(monkeypatch, tmp_path):
    monkeypatch.setattr(ocr, "find_spec", lambda _name: None)
    with pytest.raises(UsageError, match="text in pictures cannot be looked for") as error:
        ps.protect(PHOTOS / "chelsea.jpg", tmp_path / "out.jpg", treat=["image=blur:text"])
    assert "privscan[ocr]" in error.value.hint
    assert list(tmp_path.iterdir()) == []


def test_pictures_that_are_not_treated_keep_every_byte(tmp_path):
    (tmp_path / "in").mkdir()
    content = [_page("JPEG"), (PHOTOS / "chelsea.jpg").read_bytes()]
    for number, one in enumerate(content):
        (tmp_path / "in" / f"Jane Roe {number}.jpg").write_bytes(one)
    key = Key(b"a made-up secret of many bytes")
    carried_out(tasks(tmp_path / "in"), [parsed("path=tokenise")], key, tmp_path / "named")
    carried_out(tasks(tmp_path / "in"), [parsed("image=blur:codes")], None, tmp_path / "codes")
    assert sorted(f.read_bytes() for f in (tmp_path / "named").iterdir()) == sorted(content)
    assert all(f.name.startswith("tok_") for f in (tmp_path / "named").iterdir())
    assert not {f.read_bytes() for f in (tmp_path / "codes").iterdir()} & {*content}
