"""Pictures of every format are told by their bytes and decoded once for all detectors."""

from __future__ import annotations

import io
from collections import OrderedDict

import numpy as np
import polars as pl
import pytest
from PIL import Image

from privscan.formats import pixels
from privscan.formats.pictures import brands, is_picture
from privscan.formats.pixels import decoded
from privscan.model.data import Column, Hits
from privscan.model.kinds import Kind
from privscan.registry import plugins


def scene(size=(160, 120)):
    blocks = np.random.default_rng(3).integers(0, 255, (6, 8, 3), np.uint8)
    return Image.fromarray(blocks).resize(size, Image.Resampling.BICUBIC)


def saved(form, picture=None, **options):
    out = io.BytesIO()
    (picture or scene()).save(out, form, **options)
    return out.getvalue()


FORMS = {
    **{form: saved(form) for form in ("JPEG", "PNG", "GIF", "BMP", "WEBP", "TIFF", "AVIF", "PCX")},
    "JPEG 2000": saved("JPEG2000"),
    "bare JPEG 2000": saved("JPEG2000", no_jp2=True),
    "BigTIFF": saved("TIFF", big_tiff=True),
    "PPM": saved("PPM"),
    "PGM": saved("PPM", scene().convert("L")),
    "PBM": saved("PPM", scene().convert("1")),
    "plain PGM": b"P2\n3 2\n255\n0 1 2\n3 4 5\n",
}


@pytest.mark.parametrize("form", FORMS)
def test_a_picture_is_known_and_decodes(form):
    assert is_picture(FORMS[form][:256])
    picture = decoded(FORMS[form], 80)
    size = (3, 2) if form == "plain PGM" else (160, 120)
    assert (picture.width, picture.height, picture.declared) == (*size, 1)
    assert picture.frames[0].shape[2] == 3


@pytest.mark.parametrize(
    "head",
    [
        b"",
        b"P5,P6\n1,2\n",
        b"P1\n12\n30\n",
        b"BM is a word",
        b"\n\5\1\x08 and text",
        b"\0\0\0\x18ftypmp42\0\0\0\0isommp42",
        b"\0\0\0\x20ftypM4A \0\0\0\0M4A mp42isom",
        b"RIFF\0\0\0\0WAVE",
        b"8BPS is Photoshop's",
        b" " * 128 + b"DICT",
    ],
)
def test_what_begins_like_one_is_none(head):
    assert not is_picture(head)


def test_a_still_picture_may_be_named_among_compatible_brands():
    head = b"\0\0\0\x18ftypXXXX\0\0\0\0mif1heic"
    assert brands(head) == {b"XXXX", b"mif1", b"heic"}
    assert is_picture(head)
    assert not is_picture(b"\0\0\0\x14" + head[4:16] + b"isom" + b"heic")


def test_pages_of_a_tiff():
    pages = [scene((90 + at, 60)) for at in range(11)]
    picture = decoded(saved("TIFF", pages[0], save_all=True, append_images=pages[1:]), 640)
    assert picture.declared == 11
    assert [frame.shape[1] for frame in picture.frames] == [90, 91, 93, 94, 96, 97, 99, 100]
    assert picture.paged
    assert not picture.broken


def test_frames_are_spread_over_an_animation_and_not_beyond_its_reach():
    assert pixels.spread(1, paged=False) == [0]
    assert pixels.spread(5, paged=True) == [0, 1, 2, 3, 4]
    assert max(pixels.spread(10_000, paged=False)) == pixels.REACH - 1
    assert max(pixels.spread(10_000, paged=True)) == 9_999
    shades = [Image.new("L", (40, 30), 12 * at) for at in range(20)]
    moving = decoded(saved("GIF", shades[0], save_all=True, append_images=shades[1:]), 640)
    assert [round(frame.mean()) for frame in moving.frames] == [0, 36, 60, 96, 132, 168, 192, 228]
    assert not moving.paged


@pytest.mark.parametrize("form", ["JPEG", "PNG", "TIFF"])
def test_of_a_picture_that_breaks_off_the_beginning_is_seen(form):
    content = saved(form, scene((400, 300)))
    whole, cut = decoded(content, 640), decoded(content[: len(content) // 2], 640)
    assert cut.broken
    assert not whole.broken
    assert np.abs(cut.frames[0][:60].astype(int) - whole.frames[0][:60]).mean() < 3
    assert np.abs(cut.frames[0][-60:].astype(int) - whole.frames[0][-60:]).mean() > 30


@pytest.mark.parametrize("form", ["WEBP", "AVIF"])
def test_of_some_formats_nothing_is_left_that_decodes(form):
    content = saved(form, scene((400, 300)))
    assert decoded(content[: len(content) // 2], 640) is None


def test_a_second_picture_in_the_file_that_is_none_costs_the_first_nothing():
    content = saved("MPO", scene(), save_all=True, append_images=[scene()])
    second = content.find(b"\xff\xd8\xff", 3)
    picture = decoded(content[:second] + b"\0" * (len(content) - second), 640)
    assert len(picture.frames) == 1
    assert picture.broken
    assert len(decoded(content, 640).frames) == 2


@pytest.mark.parametrize("size", [(1, 1), (1, 5000), (5000, 2), (3, 700), (31, 3000), (2600, 64)])
def test_no_detector_fails_on_a_picture_of_any_shape(size):
    content = saved("PNG", scene((64, 64)).resize(size))
    labels = pl.Series(["palm_vein/iris_fingerprint.png"])
    column = Column("image", Kind.IMAGE, pl.Series([content], dtype=pl.Binary), labels)
    modules = [plugin.load() for plugin in plugins("detectors")]
    looking = [one for one in modules if "image" in one.KINDS and not hasattr(one, "BUDGET")]
    found = [hit for module in looking for hit in module.find(column)]
    assert {one.entity for one in found if isinstance(one, Hits)} == {"media.decoded"}


def test_samples_of_sixteen_bits_are_spread():
    ramp = np.arange(64 * 64, dtype=np.uint16).reshape(64, 64) * 3
    [frame] = decoded(saved("PNG", Image.fromarray(ramp)), 640).frames
    assert frame.min() == 0
    assert frame.max() == 255
    assert 100 < frame.mean() < 155


def test_a_small_picture_is_decoded_once_for_all_sides(monkeypatch):
    monkeypatch.setattr(pixels, "_kept", OrderedDict())
    small, large = saved("PNG"), saved("PNG", scene((900, 700)))
    assert decoded(small, 640) is decoded(small, 1600)
    assert decoded(small, 80).frames[0].shape == (60, 80, 3)
    assert decoded(large, 640) is not decoded(large, 1600)
    assert decoded(large, 640).frames[0].shape[:2] == (498, 640)
    assert decoded(large, 1600).frames[0].shape[:2] == (700, 900)


def test_changed_bytes_never_raise():
    mixed = np.random.default_rng(7)
    for content in FORMS.values():
        for _ in range(12):
            changed = bytearray(content)
            for at in mixed.integers(0, len(changed), 8):
                changed[at] = mixed.integers(256)
            decoded(bytes(changed), 64)
            decoded(content[: mixed.integers(len(content))], 64)
