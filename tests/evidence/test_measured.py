"""Cells that are a measurement, and those that only look like one."""

from __future__ import annotations

import polars as pl
import pytest

import privscan as ps
from privscan.evidence.characters import characters
from privscan.evidence.measured import measured

MEASUREMENTS = (
    "0.5",
    "983.9090973356733",
    "-12.25",
    "1.5e-07",
    "2024-01-01 10:30:00",
    "2024-01-01T10:30:00.125Z",
    "2024-01-01 10:30:00+09:00",
)
OTHERS = (
    "4111111111111111",
    "06.12345678",
    "1.2.3.4",
    "2024-01-01",
    "123",
    ".5",
    "4111.1111.1111.1111",
    "12.5 kg",
    "tel 0.5",
    "12.",
    "",
)


@pytest.mark.parametrize("cell", MEASUREMENTS)
def test_a_decimal_number_or_a_moment_is_measured(cell):
    cells = pl.Series([cell, "x"])
    assert measured(cells, characters(cells).kinds).tolist() == [True, False]


@pytest.mark.parametrize("cell", OTHERS)
def test_what_may_be_an_identifier_is_not(cell):
    cells = pl.Series([cell, "x"])
    assert measured(cells, characters(cells).kinds) is None


def test_digits_of_measurements_are_no_card_numbers():
    valid = 4_111_111_111_111_111 / 10**13
    cells = [f"{valid + i / 10**6:.13f}" for i in range(400)]
    [dataset] = ps.scan(pl.DataFrame({"x": cells})).datasets
    assert not dataset.columns[0].entities


def _luhn(digits: str) -> int:
    doubled = (int(d) * (2 - i % 2) for i, d in enumerate(reversed(digits)))
    return -sum(d - 9 * (d > 9) for d in doubled) % 10


def test_a_card_number_among_measurements_is_found():
    cards = [f"4{n}{_luhn(f'4{n}')}" for n in range(10**13, 10**13 + 120 * 7_919, 7_919)]
    cells = [f"{i}.25" for i in range(40)] + cards
    [dataset] = ps.scan(pl.DataFrame({"x": cells})).datasets
    assert "card_number" in {e.entity for e in dataset.columns[0].entities}
