"""Positions in the ways that people and databases write them, and numbers that are none."""

from __future__ import annotations

import struct

import pytest
from found import found, whole

from privscan.detectors import coordinates

LON, LAT = 139.7671, 35.6812


def doubles(*numbers):
    return struct.pack(f"<{len(numbers)}d", *numbers)


def point(*numbers, kind=1, srid=None):
    """A point in (extended) well-known binary."""
    word = kind | (0x20000000 if srid else 0)
    head = struct.pack("<BI", 1, word) + (struct.pack("<I", srid) if srid else b"")
    return (head + doubles(*numbers)).hex()


def geography(*numbers):
    """A point as SQL Server writes it, latitude first."""
    return "0x" + (struct.pack("<I", 4326) + b"\x01\x0c" + doubles(*numbers)).hex().upper()


@pytest.mark.parametrize(
    "cell",
    ["35.6812, 139.7671", "(35.6812,139.7671)", "-33.8688 151.2093", "139.7671, 35.6812", "35.6812;139.7671",
     "35.6812° N, 139.7671° E", "[139.7671, 35.6812]", "POINT(139.7671 35.6812)", "SRID=4326;POINT(139.7671 35.6812)",
     "POINT Z (139.7671 35.6812 40.5)", "point(139.7671 35.6812)"],
)  # fmt: skip
def test_pairs(cell):
    assert found(coordinates, cell) == [["coordinates/pair"]]


@pytest.mark.parametrize(
    ("cell", "name"),
    [
        (point(LON, LAT), "geometry"),
        (point(LON, LAT, srid=4326).upper(), "geometry"),
        (point(LON, LAT, 40.5, kind=0x80000001, srid=4326), "geometry"),
        (point(LON, LAT, 40.5, kind=1001), "geometry"),
        (geography(LAT, LON), "geometry"),
        ("35°41'22\"N 139°41'30\"E", "sexagesimal"),
        ("35° 41' 22.3\" N", "sexagesimal"),
        ("N 35°41.5' E 139°41.5'", "sexagesimal"),
        ("8Q7XMQJ8+2V", "plus_code"),
        ("35.68123", "latitude"),
        ("-139.76714", "longitude"),
    ],
)
def test_other_writings(cell, name):
    assert found(coordinates, cell) == [[f"coordinates/{name}"]]


@pytest.mark.parametrize(
    ("cell", "path"), [("35.6812", "latitude"), ("139.7671", "lon"), ("0.1276", "lng")]
)
def test_degrees_under_a_header_for_them(cell, path):
    assert found(coordinates, cell, path=path) == [["coordinates/degree"]]


@pytest.mark.parametrize(
    ("cell", "path"),
    [
        ("35.6812", "price"),
        ("0.4312", "score"),
        ("235.6812", "x"),
        ("-35.6812e5", "x"),
        ("35.68, 139.76", "x"),  # a kilometre: a district, not a home
        ("95.6812, 139.7671", "x"),
        ("35.6812, 199.7671", "x"),
        ("1.2345, 2.3456, 3.4567", "x"),
        ("235.6812", "latitude"),
        ("POINT(1 2)", "x"),
        ("POINT EMPTY", "x"),
        ("unknown", "latitude"),
        ("35°C", "x"),
        ("5' 11\"", "x"),
        ("90°", "x"),
        ("ABCDEFGH+12", "x"),
        ("12345678+12", "x"),
        (point(1e300, 5.0), "x"),
        (point(0.0, 0.0), "x"),
        (point(LON, LAT)[:-2], "x"),
        ("0101000000" * 4 + "12", "x"),
        ("d41d8cd98f00b204e9800998ecf8427e", "x"),
        ("1.2.3", "x"),
        ("", "x"),
    ],
)
def test_what_is_no_position(cell, path):
    assert found(coordinates, cell, path=path) == [[]]


@pytest.mark.parametrize(
    "text",
    [
        "lat 35.68, lon 139.69 as the driver told us",
        "he was seen at 35.6812N 139.7671E last night",
        "position 35.68123, 139.76712 noted in the log",
        "現場は北緯35.68度、東経139.76度の付近",
        "the car stood at 35°41'22\"N 139°41'30\"E all night",
        "see https://maps.example.org/@35.68123,139.76712,17z for the house",
    ],
)
def test_a_position_in_a_text_is_not_the_whole_cell(text):
    assert found(coordinates, text) == [["coordinates/mention"]]
    assert whole(coordinates, text) == [False]


@pytest.mark.parametrize(
    "text",
    [
        "version 35.68, build 139.69 was installed",
        "it took 12.34567 seconds and 78.9 percent of memory",
        "prices rose from 35.68 to 139.69 in a year",
        "latency 35.68 ms, longest 139.69 ms",
        "turn by 90° and heat to 180° for an hour",
        "flat 35, London 139",
    ],
)
def test_texts_without_a_position(text):
    assert found(coordinates, text) == [[]]


def test_a_cell_says_the_same_in_any_company():
    cells = [
        "35.6812, 139.7671",
        None,
        point(LON, LAT),
        "35.6812",
        "x",
        "35°41'22\"N",
        "8Q7XMQJ8+2V",
        "-120.1234",
    ]
    assert found(coordinates, *cells) == [found(coordinates, cell)[0] for cell in cells]
