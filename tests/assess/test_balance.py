"""Tables of groups and the age of records: what is measured, hidden, asked, and not measurable."""

from __future__ import annotations

import json

import polars as pl
import pytest

import privscan as ps
from privscan.assess.balance import _bounded
from privscan.assess.context import Context
from privscan.assess.impact import People, assess
from privscan.assessments.markdown import render as assessment
from privscan.model.profile import Group
from privscan.render.json import document
from privscan.rulebook.predicate import days_between


def table(**columns):
    rows = len(next(iter(columns.values())))
    return pl.DataFrame({"email": [f"p{i}@mail.example.org" for i in range(rows)], **columns})


def scanned(context=None, **columns):
    return ps.scan(table(**columns), context=context)


def sexes(male, female):
    return ["male"] * male + ["female"] * female


def shown(report):
    [dataset] = report.datasets
    return {one.column: {g.name: (g.least, g.most) for g in one.groups} for one in dataset.balance}


def checks(report):
    return {f.check: f for f in report.findings}


def test_ninety_five_to_five_is_a_finding_with_both_counts():
    report = scanned(gender=sexes(950, 50))
    found = checks(report)["NEC-1"]
    assert found.columns == ("gender",)
    assert found.measured == "groups of gender in gender: male 950, female 50 of 1,000"
    assert shown(report)["gender"] == {"male": (950, 950), "female": (50, 50)}


def test_small_groups_are_shown_as_ranges_and_cannot_be_worked_out():
    report = scanned(gender=sexes(95, 5))
    assert shown(report)["gender"] == {"male": (90, 99), "female": (1, 9)}
    assert checks(report)["NEC-1"].measured.endswith("male 90-99, female 1-9 of 100")
    assert json.dumps(document(report)["datasets"][0]["balance"]).count("95") == 0


@pytest.mark.parametrize(("male", "female"), [(600, 400), (52, 48), (11, 9)])
def test_balanced_groups_are_no_finding(male, female):
    report = scanned(gender=sexes(male, female))
    assert "gender" in shown(report)
    assert "NEC-1" not in checks(report)


def test_a_sex_that_is_not_there_counts_as_none():
    report = scanned(gender=["m"] * 40)
    assert shown(report)["gender"] == {"male": (40, 40), "female": (0, 0)}
    assert "NEC-1" in checks(report)


def test_other_attributes_are_counted_by_rank_without_a_name():
    report = scanned(religion=["buddhist"] * 60 + ["christian"] * 58 + ["muslim"] * 2)
    groups = shown(report)["religion"]
    assert list(groups) == ["#1", "#2", "#3"]
    assert groups["#3"] == (1, 9)
    said = json.dumps(document(report)["datasets"][0]["balance"])
    assert "buddhist" not in said


def test_births_are_counted_by_decade_and_ages_by_band():
    births = [f"19{50 + i % 50}-0{1 + i % 9}-{10 + i % 18}" for i in range(300)]
    report = scanned(dob=births, age=[str(20 + i % 60) for i in range(300)])
    assert set(shown(report)["dob"]) == {f"19{d}0s" for d in (5, 6, 7, 8, 9)}
    assert set(shown(report)["age"]) == {"18-29", "30-44", "45-64", "65+"}
    assert "NEC-1" not in checks(report)


def test_nothing_is_inferred_and_a_dataset_without_a_column_is_not_measurable():
    report = scanned(first_name=["Maria", "Peter"] * 50, created_by=["x", "y"] * 50)
    assert shown(report) == {}
    assert "NEC-1" not in checks(report)
    made = assess((report,), People())
    assert "Not measurable" in assessment(made, lang="en")
    assert "測定不能" in assessment(made, lang="ja")
    assert "公平である" not in assessment(made, lang="ja").replace(
        "公平であることを示すものではない", ""
    )


def test_counts_hide_the_small_ones_and_the_next():
    assert list(_bounded({"a": 200, "b": 57, "c": 3}, 10)) == [
        Group("a", 200, 200), Group("b", 50, 59), Group("c", 1, 9),
    ]  # fmt: skip
    two = list(_bounded({"a": 200, "b": 3, "c": 3}, 10))
    assert two[0] == Group("a", 200, 200)
    assert list(_bounded({"a": 5, "b": 0}, 10)) == [Group("a", 1, 9), Group("b", 0, 0)]


# ------------------------------------------------------------------ records

DATES = [f"{2015 + i % 10}-06-15" for i in range(200)]


def test_records_older_than_declared_are_a_finding_with_what_was_measured():
    report = scanned(Context(retention_days=730, jurisdictions=("EU", "JP")), created_at=DATES)
    found = checks(report)["PURPOSE-OVERDUE"]
    assert {c.article for c in found.citations} == {"5 適正利用", "5(1)(e)", "22"}
    assert found.columns == ("created_at",)
    first, counted = found.measured.split("; ")
    assert first.startswith("records in created_at from 2015-06 to 2024-06: 3,2")
    assert counted == "140 records older than 730 days"


@pytest.mark.parametrize(
    ("context", "columns"),
    [
        (Context(retention_days=4000), {"created_at": DATES}),
        (Context(), {"created_at": DATES}),
        (Context(retention_days=730), {"birth_date": DATES}),
        (Context(retention_days=730), {"expiry_date": DATES}),
        (Context(retention_days=730), {"created_at": ["2024-01-01", "2024-06-01"] * 100}),
    ],
)
def test_records_within_the_period_or_of_other_dates_are_no_finding(context, columns):
    assert "PURPOSE-OVERDUE" not in checks(scanned(context, **columns))


def test_the_newest_of_the_dataset_counts_and_not_today():
    report = scanned(
        Context(retention_days=730),
        created_at=["2015-01-01"] * 100,
        last_login=["2015-03-01"] * 100,
    )
    assert "PURPOSE-OVERDUE" not in checks(report)
    report = scanned(
        Context(retention_days=730),
        created_at=["2015-01-01"] * 100,
        last_login=["2019-03-01"] * 100,
    )
    assert checks(report)["PURPOSE-OVERDUE"].columns == ("created_at",)


def test_a_report_holds_months_of_records_and_no_day():
    report = scanned(created_at=DATES)
    [column] = [c for c in report.datasets[0].columns if c.dates]
    assert (column.dates.oldest, column.dates.newest) == ("2015-06", "2024-06")
    assert sum(cells for _, cells in column.dates.years) == 200
    assert "06-15" not in json.dumps(document(report))


@pytest.mark.parametrize(
    ("month", "later", "days"),
    [
        ("2024-01", "2024-02", 1),
        ("2024-01", "2024-03", 30),
        ("2023-12", "2024-12", 336),
        ("2024-02", "2024-02", -28),
    ],
)
def test_days_between_months_are_those_that_surely_lie_there(month, later, days):
    assert days_between(month, later) == days


def test_cells_that_do_not_read_as_the_kind_they_are_are_told():
    report = scanned(
        Context(jurisdictions=("EU", "JP")), mail=["a@example.com"] * 90 + ["oops"] * 10
    )
    found = checks(report)["GDPR-5-1-D"]
    assert found.columns == ("mail",)
    assert {c.law for c in found.citations} == {"GDPR", "APPI"}
