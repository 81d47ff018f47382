"""Variants of records that the standards allow: short minutiae, several views, one after another."""

import struct

import pytest

from privscan.formats.records import tlv
from privscan.formats.records.parse import parse
from privscan.formats.records.record import Malformed, Record, RecordShapeError

MOMENT = struct.pack(">H7B", 2020, 3, 4, 5, 6, 7, 0, 0)


def minutiae_2011(count, each, *, outside=False, ridge_ends=1):
    point = struct.pack(">HHB", 390, 9_000 if outside else 490, 17) + b"\x32" * (each - 5)
    inside = (
        MOMENT + bytes(5) + b"\0" + b"\1\0" + struct.pack(">HHBHH", 197, 197, 0, 400, 500)
        + bytes([each << 4 | ridge_ends, count]) + point * count + b"\0\0"
    )  # fmt: skip
    body = struct.pack(">I", len(inside) + 4) + inside
    return b"FMR\x00030\x00" + struct.pack(">IHB", 15 + len(body), 1, 0) + body


def images_2005(fingers, views):
    """Plain pixels of so many fingers, each in so many views."""
    body = b""
    for finger in range(fingers):
        for view in range(views):
            head = struct.pack(
                ">IBBBBBHHB", 14 + 600, finger + 1, views, view + 1, 90, 0, 30, 20, 0
            )
            body += head + bytes(600)
    head = struct.pack(">HHBBHHHHBBH", 0, 31, fingers, 1, 500, 500, 500, 500, 8, 0, 0)
    return b"FIR\x00010\x00" + (14 + len(head) + len(body)).to_bytes(6) + head + body


@pytest.mark.parametrize("each", [5, 6])
def test_minutiae_with_and_without_quality(each):
    found = parse(minutiae_2011(25, each))
    assert isinstance(found, Record)
    assert not found.broken
    assert [dict(v.measures) for v in found.views] == [
        {"minutiae": 25, "width": 400, "height": 500}
    ]


def test_short_minutiae_outside_their_image_are_none():
    assert isinstance(parse(minutiae_2011(25, 5, outside=True)), Malformed)


def test_short_minutiae_that_break_off_are_said():
    found = parse(minutiae_2011(25, 5)[:-40])
    assert isinstance(found, Record)
    assert found.broken
    assert found.views[0].measures["minutiae"] < 25


@pytest.mark.parametrize(("fingers", "views"), [(1, 1), (1, 3), (4, 2)])
def test_each_view_of_a_finger_counts(fingers, views):
    found = parse(images_2005(fingers, views))
    assert isinstance(found, Record)
    assert not found.broken
    assert len(found.views) == fingers * views


def test_records_one_after_another_count_each():
    found = parse(minutiae_2011(25, 6) * 3 + images_2005(1, 2))
    assert isinstance(found, Record)
    assert not found.broken
    assert [v.standard for v in found.views] == ["ISO 19794-2:2011"] * 3 + ["ISO 19794-4:2005"] * 2


def test_a_broken_one_among_several_is_said():
    found = parse(minutiae_2011(25, 6) + minutiae_2011(25, 6, outside=True) + images_2005(1, 1))
    assert isinstance(found, Record)
    assert found.broken
    assert len(found.views) == 2


def test_a_million_elements_are_refused():
    data = b"\x30\x00" * 1_000_000
    with pytest.raises(RecordShapeError):
        list(tlv.elements(data, 0, len(data)))
