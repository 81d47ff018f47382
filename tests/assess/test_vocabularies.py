"""Beliefs, illnesses and offences beside persons, and lists of them in which nobody stands."""

from __future__ import annotations

import polars as pl
import pytest
from tables_of_vocabularies import OF_NOBODY, OF_PERSONS

import privscan as ps
from privscan.model.kinds import Severity

GRAVE = {Severity.MEDIUM, Severity.HIGH, Severity.VERY_HIGH}


def rows_of(text):
    return [[cell.strip() for cell in line.split(" | ")] for line in text.strip().splitlines()]


def scanned(header, rows):
    names = [f"column_{i}" if name == "-" else name for i, name in enumerate(header, 1)]
    report = ps.scan(pl.DataFrame(dict(zip(names, zip(*rows, strict=True), strict=True))))
    [dataset] = report.datasets
    found = {c.path: c.entity or "-" for c in dataset.columns}
    return report, [found[name] for name in names]


@pytest.mark.parametrize("text", [pytest.param(text, id=what) for what, text in OF_PERSONS])
def test_words_beside_persons_are_theirs(text):
    expected, header, *rows = rows_of(text)
    _, classes = scanned(header, rows)
    assert classes == expected


@pytest.mark.parametrize("text", [pytest.param(text, id=what) for what, text in OF_NOBODY])
def test_lists_of_such_words_are_of_nobody(text):
    header, *rows = rows_of(text)
    report, classes = scanned(header, rows)
    assert classes == ["-"] * len(header)
    assert [f.check for f in report.findings if f.severity in GRAVE] == []
