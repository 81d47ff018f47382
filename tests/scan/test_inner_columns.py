"""Columns that stand inside cells are looked at like others; measures widen and travel."""

from __future__ import annotations

import textwrap

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

import privscan as ps
from privscan.evidence.codec import decode, encode
from privscan.evidence.tally import widened

BOXES = '''
    """Boxes: bytes that hold a text, or another box."""

    import polars as pl

    from privscan.model.data import Column, Hits, Unread
    from privscan.model.kinds import Kind

    KINDS = ("bytes",)


    def find(column):
        cells = column.cells.to_list()
        boxes = [cell for cell in cells if cell.startswith(b"BOX ")]
        mask = pl.Series([cell.startswith(b"BOX ") for cell in cells])
        if boxes:
            sizes = [len(box) for box in boxes]
            yield Hits("fingerprint", mask, 0.95, "boxes/1", ranges={"size": (min(sizes), max(sizes))})
        texts = [box[4:].decode() for box in boxes if not box.startswith(b"BOX BOX ")]
        inner = [box[4:] for box in boxes if box.startswith(b"BOX BOX ")]
        if texts:
            yield Column(f"{column.path}[].text", Kind.TEXT, pl.Series(texts))
        if inner:
            yield Column(f"{column.path}[].box", Kind.BYTES, pl.Series(inner, dtype=pl.Binary))
        if b"TORN" in cells:
            yield Unread("torn.box", "", "malformed box", 4, 1)
'''


@pytest.fixture
def boxes(tmp_path, monkeypatch):
    folder = tmp_path / "plugins"
    info = folder / "boxes-1.0.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: boxes\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text("[privscan.detectors]\nboxes = boxes_detector\n")
    (folder / "boxes_detector.py").write_text(textwrap.dedent(BOXES))
    monkeypatch.syspath_prepend(str(folder))
    # Plugins are listed once a process.
    from privscan.registry import plugins

    plugins.cache_clear()
    yield
    plugins.cache_clear()


def columns(cells):
    report = ps.scan(pl.DataFrame({"blob": cells}), detectors=["boxes", "pattern"], workers=1)
    [data] = report.datasets
    return report, {column.path: column for column in data.columns}


def entities(column):
    return {one.entity for one in column.entities}


def test_text_inside_a_cell_is_read_by_the_text_detectors(boxes):
    report, found = columns([b"BOX write to ana@example.com soon", b"other", None])
    assert "email" in entities(found["blob[].text"])
    assert (found["blob[].text"].rows, found["blob"].rows) == (1, 3)
    assert report.complete
    assert "ana@example.com" not in str(report)


def test_boxes_in_boxes_are_followed_and_end(boxes):
    _, found = columns([b"BOX BOX write to ana@example.com soon"])
    assert "email" in entities(found["blob[].box[].text"])
    deep, _ = columns([b"BOX " * 9 + b"write to ana@example.com soon"])
    assert not deep.complete
    assert any("nested too deep" in one.reason for one in deep.unread)


def test_what_was_measured_is_in_the_report(boxes):
    _, found = columns([b"BOX aa", b"BOX aaaa", b"none"])
    [finger] = found["blob"].entities
    [form] = finger.forms
    assert (form.name, form.cells, form.objects) == ("boxes/1", 2, 2)
    assert form.ranges == {"size": (6, 8)}


def test_cells_without_anything_inside_give_no_more_columns(boxes):
    report, found = columns([b"none", b"else"])
    assert list(found) == ["blob"]
    assert not found["blob"].entities
    assert report.complete


def test_a_label_that_a_detector_gave_up_on_is_a_place_of_its_own(boxes):
    report, _ = columns([b"TORN"])
    [unread] = report.unread
    assert (unread.uri, unread.reason) == ("memory/torn.box", "malformed box")


def test_ranges_travel(boxes):
    plan = ps.plan(pl.DataFrame({"blob": [b"BOX aa"]}), detectors=["boxes"])
    [part] = plan.parts
    evidence = ps.observe(part)
    [tally] = [
        tally
        for key, tally in decode(encode(evidence))
        .datasets["memory"]
        .columns["blob"]
        .tallies.items()
        if key.entity == "fingerprint"
    ]
    assert tally.ranges == {"size": (6, 6)}


bounds = st.dictionaries(
    st.sampled_from(["views", "width"]),
    st.tuples(st.integers(0, 9), st.integers(0, 9)).map(lambda pair: (min(pair), max(pair))),
)


@given(bounds, bounds, bounds)
def test_widening_is_a_monoid(one, two, three):
    assert widened(one, two) == widened(two, one)
    assert widened(widened(one, two), three) == widened(one, widened(two, three))
    assert widened(one, {}) == widened({}, one) == one
    assert widened(one, one) == one
