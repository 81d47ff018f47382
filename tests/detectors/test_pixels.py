"""Pictures of every format are told by their bytes and decoded once for all detectors."""

from __future__ import annotations

import io
from collections import OrderedDict

import numpy as np
import pytest
from PIL import Image

from privscan.formats import pixels
from privscan.formats.pictures import brands, is_picture
from privscan.formats.pixels import decoded


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
    assert [frame.shape[1] for frame in picture.frames] == [90 + at for at in range(8)]


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
