"""Groups and record dates: counted only where a header says so, and never more than months."""

from __future__ import annotations

import polars as pl
import pytest

from privscan.detectors import groups, record_dates
from privscan.model.data import Column
from privscan.model.kinds import Kind
from privscan.rulebook.counted import dates_a_record


def counts(detector, path, cells):
    """Cells by the name behind the detector's slash."""
    found = detector.find(Column(path, Kind.TEXT, pl.Series(cells, dtype=pl.String)))
    return {hit.detector.partition("/")[2]: int(hit.mask.sum()) for hit in found}


@pytest.mark.parametrize(
    ("path", "cells", "said"),
    [
        ("gender", ["M", "f ", "Female", "男", "女性", "x"], {"female": 3, "male": 2, "other": 1}),
        ("Geschlecht", ["männlich", "Weiblich", "divers"], {"female": 1, "male": 1, "other": 1}),
        ("性別", ["男性", "女性", "女性", "回答しない"], {"female": 2, "male": 1, "other": 1}),
        ("sex", ["1", "2", "zz"], {}),
        ("colour", ["m", "f"], {}),
        ("age", ["17", "18", "29.5", "30", "64", "65", "131", "-1", "old"],
         {"0-17": 1, "18-29": 2, "30-44": 1, "45-64": 1, "65+": 1}),
        ("building age", ["17", "18"], {}),
    ],
)  # fmt: skip
def test_groups_are_counted_where_a_header_names_the_attribute(path, cells, said):
    assert counts(groups, path, cells) == said


@pytest.mark.parametrize(
    "path",
    ["created_at", "order date", "CreatedDate", "customer.last_login", "注文日", "登録日時", "timestamp",
     "Bestelldatum", "visit_date"],
)  # fmt: skip
def test_a_header_says_that_its_dates_are_of_records(path):
    assert dates_a_record(path)


@pytest.mark.parametrize(
    "path",
    ["dob", "date_of_birth", "生年月日", "date", "expiry_date", "next_visit", "validUntil", "有効期限",
     "start_date", "death_registered", "", "c1", "来店予定日"],
)  # fmt: skip
def test_other_dates_are_not_of_records(path):
    assert not dates_a_record(path)


@pytest.mark.parametrize(
    ("cell", "early", "late"),
    [
        ("2015-03-02", "2015-03", "2015-03"),
        ("2015-03-02T10:00:00Z", "2015-03", "2015-03"),
        ("2015-03-02 10:00:00.123", "2015-03", "2015-03"),
        ("2015/3/2", "2015-03", "2015-03"),
        ("2015年3月2日", "2015-03", "2015-03"),
        ("20150302", "2015-03", "2015-03"),
        ("20150302101500", "2015-03", "2015-03"),
        ("02/03/2015", "2015-01", "2015-12"),
        ("2 Mar 2015", "2015-01", "2015-12"),
        ("1425254400", "2015-03", "2015-03"),
        ("1425254400123", "2015-03", "2015-03"),
    ],
)  # fmt: skip
def test_a_date_is_known_to_its_month_and_no_closer(cell, early, late):
    [hit] = record_dates.find(Column("created_at", Kind.TEXT, pl.Series([cell, "none"])))
    assert hit.detector == "record_dates/2015"
    assert hit.entity == "counted.date"
    assert hit.mask.to_list() == [True, False]
    said = {name: f"{low // 12}-{low % 12 + 1:02}" for name, (low, _) in hit.ranges.items()}
    assert said == {"early": early, "late": late}


@pytest.mark.parametrize(
    "cell",
    ["1970-01-01", "9999-12-31", "1899-12-30", "2015-13-01", "2015", "1.2.2015.4", "12345", "Mar 2015",
     "99999999999", ""],
)  # fmt: skip
def test_zeros_sentinels_and_other_numbers_are_no_record_dates(cell):
    assert not list(record_dates.find(Column("created_at", Kind.TEXT, pl.Series([cell]))))
