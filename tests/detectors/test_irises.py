"""An eye is told from what else is round; names alone decide nothing."""

from __future__ import annotations

from pathlib import Path

import captures
import cv2
import numpy as np
import pytest
from captures import found

from privscan.detectors import irises
from privscan.formats.eyes import eyes

DEV = Path(__file__).parents[3] / "shared" / "data" / "bio_dev"
EYE = ("iris", "irises/eye")


def test_eyes_in_infrared():
    shown = [captures.eye(seed) for seed in range(6)]
    assert found(irises, *shown) == [[EYE]] * 6


def test_dark_eyes_of_other_sizes():
    shown = [
        captures.eye(11, (280, 320), (20, 60, 110, 120), noise=7),
        captures.eye(12, (480, 640), (30, 80, 150, 140), noise=5),
        captures.eye(13, (150, 200)),
    ]
    assert found(irises, *shown) == [[EYE]] * 3


@pytest.mark.parametrize("seed", range(4))
def test_lamps_mirrored_in_the_middle_of_the_pupil(seed):
    shown = captures.eye(seed)
    dark = cv2.GaussianBlur((shown < 60).astype(np.float32), (0, 0), 6)
    middle = np.unravel_index(dark.argmax(), dark.shape)[::-1]
    [pupil] = {round(one.pupil * min(shown.shape)) for one in eyes(shown)}
    for at, level in ((0.42, 90), (0.3, 200), (0.15, 250)):
        cv2.circle(shown, [int(side) for side in middle], int(at * pupil), level, -1)
    assert found(irises, shown) == [[EYE]]


@pytest.mark.skipif(not DEV.is_dir(), reason="the development pictures are not here")
def test_public_irises_whole_and_masked():
    files = sorted((DEV / "templates").glob("*Iris_info*.jp2"))
    assert len(files) == 2
    assert found(irises, *(file.read_bytes() for file in files)) == [[EYE]] * 2


@pytest.mark.parametrize(
    "label", ["S1001L01.jpg", "casia-iris/7.png", "UBIRIS/a_1.png", "虹彩/左.png", "left_eye.bmp"]
)
def test_a_name_makes_surer(label):
    assert found(irises, captures.eye(2), labels=[label]) == [[("iris", "irises/eye and name")]]


def test_an_eye_in_colour_is_less_sure():
    grey = captures.eye(2).astype(np.int16)
    skin = np.dstack([grey - 40, grey - 15, grey]).clip(0, 255).astype(np.uint8)
    assert found(irises, skin) == [[("iris", "irises/eye in colour")]]
    green = np.dstack([grey // 4, grey, grey]).clip(0, 255).astype(np.uint8)
    assert found(irises, green) == [[]]


def test_round_things_are_no_eyes():
    rounds = captures.rounds()
    shown = dict(zip(rounds, found(irises, *rounds.values()), strict=True))
    assert {name for name, hits in shown.items() if hits} == set()


def test_round_things_in_a_folder_of_irises_are_no_eyes():
    rounds = captures.rounds()
    labels = [f"casia-iris/S1001L{i:02}.jpg" for i in range(len(rounds))]
    shown = dict(zip(rounds, found(irises, *rounds.values(), labels=labels), strict=True))
    assert {name for name, hits in shown.items() if hits} == set()


def test_stripes_and_other_bodies_are_no_eyes():
    others = [captures.fingerprint(), captures.veins(), *captures.stripes().values()]
    assert found(irises, *others, labels=["iris.png"] * len(others)) == [[]] * len(others)


def test_a_small_eye_in_a_large_picture_is_no_capture_of_an_iris():
    scene = np.full((900, 1200), 140, np.uint8)
    scene[400:460, 500:580] = cv2.resize(captures.eye(1), (80, 60), interpolation=cv2.INTER_AREA)
    assert found(irises, scene, labels=["eye.png"]) == [[]]


def test_an_icon_of_an_eye_shows_no_iris():
    icon = cv2.resize(captures.eye(1), (64, 48), interpolation=cv2.INTER_AREA)
    assert found(irises, icon, labels=["eye.png"]) == [[]]


@pytest.mark.parametrize("size", [(1, 1), (40, 400), (240, 320)])
def test_empty_pictures(size):
    assert found(irises, np.full(size, 90, np.uint8)) == [[]]


def test_what_is_no_picture_is_nothing():
    assert found(irises, b"", b"\x89PNG\r\n\x1a\n", b"BM") == [[], [], []]


@pytest.mark.skipif(not DEV.is_dir(), reason="the development pictures are not here")
@pytest.mark.parametrize("kind", ["faces", "fingerprints", "nofaces"])
def test_public_pictures_without_irises(kind):
    files = sorted(path for path in (DEV / kind).iterdir() if path.is_file())
    assert not any(found(irises, *(path.read_bytes() for path in files)))
