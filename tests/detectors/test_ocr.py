"""Text in pictures: which pictures are read, how many, and that their text is looked at."""

from __future__ import annotations

import io

import numpy as np
import polars as pl
import pytest
from PIL import Image, ImageDraw, ImageFont

from privscan.detectors import ocr
from privscan.errors import PrivscanError
from privscan.model.data import Column
from privscan.model.kinds import Kind
from privscan.scan.fold import observe_part
from privscan.scan.plan import plan

needs_reader = pytest.mark.skipif(bool(ocr.missing()), reason="privscan[ocr] is not installed")

LINES = ("Name: Ana Example", "Born: 05 May 1980", "Mail: ana.example@example.com")


def drawn(*lines, turned=0, size=40, ground="white"):
    page = Image.new("RGB", (1000, 700), ground)
    font = ImageFont.load_default(size)
    for at, line in enumerate(lines):
        ImageDraw.Draw(page).text((70, 70 + 2 * size * at), line, "black", font)
    out = io.BytesIO()
    page.rotate(turned, Image.Resampling.BICUBIC, fillcolor=ground).save(out, "PNG")
    return out.getvalue()


def column(*contents):
    return Column("image", Kind.IMAGE, pl.Series(contents, dtype=pl.Binary))


@pytest.mark.parametrize("turned", [0, 8, 20, 90, 180])
def test_a_page_is_wanted_however_it_lies(turned):
    assert ocr.wanted(column(drawn(*LINES, turned=turned))).tolist() == [0]
    assert ocr.wanted(column(drawn(*LINES, turned=turned, ground="#cde"))).tolist() == [0]


def scene():
    blocks = np.random.default_rng(3).integers(0, 255, (6, 8, 3), np.uint8)
    out = io.BytesIO()
    Image.fromarray(blocks).resize((640, 480), Image.Resampling.BICUBIC).save(out, "JPEG")
    return out.getvalue()


@pytest.mark.parametrize("picture", [drawn(), drawn("STOP"), scene(), b"no picture", b""])
def test_pictures_without_lines_of_text_are_not(picture):
    assert ocr.wanted(column(picture)).tolist() == []


def test_without_the_package_it_does_not_run(monkeypatch):
    monkeypatch.setattr(ocr, "find_spec", lambda _name: None)
    assert ocr.missing() == "pip install 'privscan[ocr]'"
    assert plan([], detectors=["ocr"]).not_run["ocr"] == "pip install 'privscan[ocr]'"


@needs_reader
def test_another_model_is_refused(monkeypatch):
    changed = {task: (name, "0" * 64) for task, (name, _) in ocr._MODELS.items()}
    monkeypatch.setattr(ocr, "_MODELS", changed)
    ocr._reader.cache_clear()
    with pytest.raises(PrivscanError, match="model of text"):
        list(ocr.find(column(drawn(*LINES))))
    ocr._reader.cache_clear()


@needs_reader
def test_a_page_is_read_and_its_text_handed_on():
    hits, inner = ocr.find(column(drawn(*LINES), b"no picture", scene()))
    assert (hits.entity, hits.mask.to_list()) == ("read.ocr", [True, True, True])
    assert inner.path == "image[].ocr"
    [text] = inner.cells.to_list()
    assert text.split("\n") == list(LINES)


@needs_reader
def test_when_its_time_is_over_pictures_stay_unread(monkeypatch):
    monkeypatch.setattr(ocr, "SECONDS", 0.0)
    [hits] = ocr.find(column(drawn(*LINES)))
    assert hits.mask.to_list() == [False]


@needs_reader
def test_a_scan_reads_up_to_its_budget_and_says_so(tmp_path, monkeypatch):
    monkeypatch.setattr(ocr, "BUDGET", 1)
    for name, ground in (("a", "white"), ("b", "#eee"), ("c", "#ddd")):
        (tmp_path / f"{name}.png").write_bytes(drawn(*LINES, ground=ground))
    (tmp_path / "d.jpg").write_bytes(scene())
    made = plan([str(tmp_path)], detectors=["faces", "ocr", "pattern"])
    [data] = observe_part(made.parts[0], made).datasets.values()
    assert {key.entity for key in data.columns["image[].ocr"].tallies} >= {"email"}
    read = next(t for k, t in data.columns["image"].tallies.items() if k.entity == "read.ocr")
    assert (read.cells, read.objects) == (1, 3)
