"""Veins and creases count where both the name and the lines say so."""

from __future__ import annotations

import captures
import numpy as np
import pytest
from captures import column, found

from privscan.detectors import veins

VEINS, CREASES = ("palm_vein", "veins/network and name"), ("palm_print", "veins/creases and name")


@pytest.mark.parametrize(
    "label", ["palm_vein/1.png", "finger-vein.bmp", "SDUMLA/7.png", "静脈/1.png"]
)
def test_lines_in_tissue_under_a_name(label):
    shown = [captures.veins(seed) for seed in range(3)]
    assert found(veins, *shown, labels=[label] * 3) == [[VEINS]] * 3


def test_a_column_named_so():
    assert found(veins, captures.veins(), path="hand_vein_image") == [[VEINS]]


@pytest.mark.parametrize("place", ["palm_vein", "SDUMLA", "finger-vein.parquet", "静脈"])
def test_a_folder_or_file_named_so(place):
    assert found(veins, captures.veins(), labels=["1.png"], place=place) == [[VEINS]]


@pytest.mark.parametrize(("label", "place"), [("palms/1.png", ""), ("1.png", "palm")])
def test_a_folder_of_palms_may_be_one_of_hands(label, place):
    assert found(veins, captures.veins(2), labels=[label], place=place) == [[CREASES]]


def test_creases_of_a_palm_may_be_in_colour():
    grey = captures.veins(2).astype(np.int16)
    skin = np.dstack([grey - 40, grey - 15, grey]).clip(0, 255).astype(np.uint8)
    assert found(veins, skin, labels=["PolyU/palmprint_1.png"]) == [[CREASES]]
    assert found(veins, skin, labels=["veins/1.png"]) == [[]]


def test_it_is_a_question_to_a_person():
    [hit] = list(veins.find(column(captures.veins(), labels=["vein.png"])))
    assert hit.score == pytest.approx(0.4)


@pytest.mark.parametrize(
    "label", ["1.png", "palm_trees/1.png", "palms.png", "hands/1.png", "photos/img_2.jpg"]
)
def test_lines_without_a_name_are_nothing(label):
    assert found(veins, captures.veins(), captures.veins(3), labels=[label] * 2) == [[], []]


@pytest.mark.parametrize("place", ["", "photos", "palm_trees", "leaves.parquet", "hands"])
def test_other_folders_are_nothing(place):
    assert found(veins, captures.veins(), labels=["1.png"], place=place) == [[]]


def test_a_name_without_lines_is_nothing():
    x, y = captures.grid(240, 320)
    noise = np.random.default_rng(1).integers(0, 256, (240, 320), np.uint8)
    shade = (x / 2 + y / 4).astype(np.uint8)
    shown = [np.zeros((240, 320), np.uint8), np.full((240, 320), 200, np.uint8), noise, shade]
    assert found(veins, *shown, labels=["vein.png"] * 4) == [[]] * 4


def test_stripes_and_discs_in_a_folder_of_veins():
    others = captures.stripes() | captures.rounds()
    labels = ["veins/palm_nir_1.png"] * len(others)
    shown = dict(zip(others, found(veins, *others.values(), labels=labels), strict=True))
    # A groove in smooth ground is all that there is of a vein: hence the low score.
    assert {name for name, hits in shown.items() if hits} == {"coin"}


@pytest.mark.parametrize("size", [(1, 1), (10, 400)])
def test_small_pictures(size):
    assert found(veins, np.full(size, 150, np.uint8), labels=["vein.png"]) == [[]]


def test_what_is_no_picture_is_nothing():
    assert found(veins, b"", b"GIF89a", labels=["vein.png"] * 2) == [[], []]
