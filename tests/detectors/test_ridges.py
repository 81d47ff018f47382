"""Prints are told from what else has stripes; names alone decide nothing."""

from __future__ import annotations

from pathlib import Path

import captures
import cv2
import numpy as np
import pytest
from captures import column, found

from privscan.detectors import ridges

DEV = Path(__file__).parents[3] / "shared" / "data" / "bio_dev"
KINDS = ("loop", "whorl", "arch")
PRINT, NAMED = ("fingerprint", "ridges/print"), ("fingerprint", "ridges/print and name")


@pytest.fixture(scope="module")
def prints():
    return {kind: captures.fingerprint(kind, seed) for seed, kind in enumerate(KINDS)}


@pytest.fixture(scope="module")
def stripes():
    return captures.stripes()


def test_each_pattern_of_ridges(prints):
    assert found(ridges, *prints.values()) == [[PRINT]] * 3


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("a sensor's", "101_1.tif"),
        ("a collection's", "FVC2004/DB1_B/x.png"),
        ("a hand's", "7__M_Left_index_finger.BMP"),
        ("a Japanese one", "指紋/右.png"),
    ],
)
def test_a_name_makes_surer(prints, name, label):
    assert found(ridges, prints["loop"], labels=[label]) == [[NAMED]], name


def test_a_column_named_so_makes_surer(prints):
    assert found(ridges, prints["loop"], path="left_thumb_image") == [[NAMED]]


def test_other_names_leave_it_as_it_is(prints):
    labels = ["thumbnails/7.png", "photos/img_0001.jpg", "data_12_b.png"]
    assert found(ridges, *prints.values(), labels=labels) == [[PRINT]] * 3


def test_turned_inverted_tinted_scaled_and_squeezed(prints):
    shown = prints["whorl"]
    tinted = np.dstack([shown // 2 + 100, shown, shown // 2 + 40])
    changed = [
        np.ascontiguousarray(np.rot90(shown)),
        255 - shown,
        tinted,
        cv2.resize(shown, None, fx=0.6, fy=0.6, interpolation=cv2.INTER_AREA),
        cv2.resize(shown, None, fx=2, fy=2, interpolation=cv2.INTER_CUBIC),
        cv2.imencode(".jpg", shown, [cv2.IMWRITE_JPEG_QUALITY, 25])[1].tobytes(),
        cv2.GaussianBlur(shown, (0, 0), 1.5),
        cv2.copyMakeBorder(shown, 500, 300, 200, 400, cv2.BORDER_CONSTANT, value=255),
    ]
    assert found(ridges, *changed) == [[PRINT]] * len(changed)


def test_two_fingers_on_a_card_are_counted(prints):
    card = np.full((400, 640), 250, np.uint8)
    for place, kind in ((60, "loop"), (360, "whorl")):
        card[70:330, place : place + 220] = prints[kind]
    [hit] = list(ridges.find(column(card)))
    assert hit.count == 2
    low, high = hit.ranges["ridges"]
    assert 20 < low == high < ridges.HAND


def test_a_palm_is_larger_than_any_finger():
    rng = np.random.default_rng(4)
    size = (620, 560)
    grown = captures.ridges(captures.flow("arch", size, rng), 6.0, rng, rounds=4)
    palm = np.clip(128 + 90 * grown + rng.normal(0, 10, size), 0, 255).astype(np.uint8)
    assert found(ridges, palm) == [[("palm_print", "ridges/print")]]
    assert found(ridges, palm, labels=["palmprint/1.png"]) == [
        [("palm_print", "ridges/print and name")]
    ]


def test_stripes_are_no_prints(stripes):
    shown = dict(zip(stripes, found(ridges, *stripes.values()), strict=True))
    assert {name for name, hits in shown.items() if hits} == set()


def test_stripes_in_a_folder_of_fingerprints_are_no_prints(stripes):
    labels = [f"fingerprints/101_{i}.tif" for i in range(len(stripes))]
    shown = dict(zip(stripes, found(ridges, *stripes.values(), labels=labels), strict=True))
    # Lines of height that are dense and nearly parallel are what ridges are: no more than a question.
    assert shown.pop("contour map") == [("fingerprint", "ridges/faint and name")]
    assert {name for name, hits in shown.items() if hits} == set()


def test_other_bodies_and_round_things_are_no_prints():
    others = [captures.eye(), captures.veins(), *captures.rounds().values()]
    assert found(ridges, *others, labels=["fingerprint.png"] * len(others)) == [[]] * len(others)


@pytest.mark.parametrize("size", [(1, 1), (31, 400), (64, 64), (400, 20)])
def test_pictures_without_room_for_ridges(size):
    noise = np.random.default_rng(1).integers(0, 256, size, np.uint8)
    assert found(ridges, noise, np.zeros(size, np.uint8)) == [[], []]


def test_what_is_no_picture_is_nothing():
    assert found(ridges, b"", b"\xff\xd8\xff", b"GIF89a") == [[], [], []]


@pytest.mark.skipif(not DEV.is_dir(), reason="the development pictures are not here")
def test_public_prints_and_other_pictures():
    def shown(kind):
        files = sorted(path for path in (DEV / kind).iterdir() if path.is_file())
        return found(ridges, *(path.read_bytes() for path in files))

    assert shown("fingerprints") == [[PRINT]] * 9
    assert not any(shown("nofaces"))
