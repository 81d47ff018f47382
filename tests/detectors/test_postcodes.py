"""Postcodes by form, and as many cells that are none."""

from __future__ import annotations

import pytest
from found import found

from privscan.detectors import postcodes

WIDE = "".join(chr(ord(sign) + 0xFEE0) for sign in "100-0001")
"""In full width."""


@pytest.mark.parametrize(
    ("cell", "seen"),
    [
        ("〒123-4567", "jp"),
        ("100-0001", "jp"),
        (WIDE, "jp"),
        ("999-9998", "jp_form"),
        ("1000001", "jp_digits"),
        ("SW1A 1AA", "gb"),
        ("sw1a1aa", "gb_unspaced"),
        ("K1A 0B6", "ca"),
        ("1012 AB", "nl"),
        ("D02 AF30", "ie"),
        ("C1425DKF", "ar"),
        ("D-80331", "prefixed"),
        ("LV-1010", "prefixed"),
        ("00-950", "pl"),
        ("1000-205", "pt"),
        ("01310-100", "br"),
        ("12345-6789", "us_plus_four"),
        ("123 45", "three_two"),
        ("110 001", "three_three"),
        ("1010", "four_digits"),
        ("75001", "five_digits"),
        ("01234", "five_digits_zero"),
        ("110001", "six_digits"),
    ],
)
def test_forms(cell, seen):
    assert found(postcodes, cell) == [[f"postcodes/{seen}"]]


@pytest.mark.parametrize(
    "cell",
    ["9999999", "12345678", "123", "1.5", "-1234", "1-2-3", "AB12CD", "2024-01", "2024-01-31", "123-45-6789",
     "555-123-4567", "QQ1A 1AA", "D1A 0B6", "0012 AB", "12 345", "1012 ABC", "X-80331", "CH-80", "abc", "", None,
     "+1234", "12345 6789", "〒123"],
)  # fmt: skip
def test_what_is_no_postcode(cell):
    assert found(postcodes, cell) == [[]]


def test_a_cell_says_the_same_in_any_company():
    cells = [
        "100-0001",
        None,
        "75001",
        "999-9998",
        "K1A 0B6",
        "x",
        "01234",
        WIDE,
        "1000001",
    ]
    assert found(postcodes, *cells) == [found(postcodes, cell)[0] for cell in cells]
