"""When a dataset is looked at again: counted from signatures, set earlier by people, overdue after."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime

import pytest
from assessed import CUSTOMERS, NAMED, people, report_of

from privscan.assess.answers import Answers, load_answers
from privscan.assess.impact import assess
from privscan.assess.review import after, review
from privscan.assess.trend import Scan
from privscan.assessments import markdown
from privscan.assessments._files import assessed
from privscan.errors import RuleError
from privscan.model.assessment import Signed, SignOff
from privscan.model.manifest import Configuration
from privscan.render._manifest import manifest_of, text
from privscan.scan.inputs import digested

TODAY = date(2026, 11, 25)


def signed(day="2026-05-31", state=Signed.CURRENT):
    return SignOff("owner", "O", state, (), "O", day, "approve")


@pytest.mark.parametrize(
    ("signoffs", "set_day", "due", "overdue"),
    [
        ([signed("2025-11-20"), signed("2025-11-24")], "", "2026-11-24", True),
        ([signed("2025-11-25")], "", "2026-11-25", False),
        ([signed("2026-05-31")], "2026-12-01", "2026-12-01", False),
        ([signed("2026-05-31")], "2028-01-01", "2027-05-31", False),
        ([signed(), signed(state=Signed.REOPENED)], "", "", False),
        ([signed(), signed(state=Signed.MISSING)], "2026-11-24", "2026-11-24", True),
        ([signed("in May")], "", "", False),
        ([], "", "", False),
    ],
)
def test_the_day_is_the_earlier_of_the_rules_and_that_of_people(signoffs, set_day, due, overdue):
    found = review(signoffs, set_day, TODAY)
    assert (found.due, found.overdue) == (due, overdue)
    assert not review(signoffs, set_day, None).overdue


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2026, 12, 1), 1, date(2027, 1, 1)),
        (date(2026, 6, 15), 18, date(2027, 12, 15)),
    ],
)
def test_a_month_that_is_too_short_ends_on_its_last_day(day, months, then):
    assert after(day, months) == then


@pytest.mark.parametrize("late", [True, False])
def test_an_overdue_review_is_among_the_first_steps_and_one_that_is_not_is_in_none(late):
    day = "2026-11-24" if late else "2026-11-26"
    report = report_of(CUSTOMERS)
    answers = Answers(reviews={"people": day})
    made = assess((report,), people(report, organisation=NAMED, answers=answers), today=TODAY)
    assert ("review" in {one.key for one in made.first}) is late
    (count,) = (one.count for one in made.figures if one.key == "reviews_overdue")
    assert count == late
    told = markdown.render(made, lang="ja")
    assert day in told
    assert ("期限超過" in told) is late


def test_a_review_that_is_no_day_is_named_with_its_line(tmp_path):
    file = tmp_path / "assessment.yaml"
    file.write_text("reviews:\n  people: next spring\n", encoding="utf-8")
    with pytest.raises(RuleError, match="the review is no day") as caught:
        load_answers(file)
    assert caught.value.where.endswith(":2")
    file.write_text("reviews: {people: 2027-03-01}\n", encoding="utf-8")
    assert load_answers(file).reviews == {"people": "2027-03-01"}


def sealed(file, report, *, digest=None):
    """A manifest beside a saved report, which vouches for it as it is or for another one."""

    held = digested(file, file.parent)
    manifest = manifest_of(
        report,
        made_at=datetime(2026, 5, 31, 9, tzinfo=UTC),
        stale_rules=(),
        configuration=Configuration("p", keyed=False),
        sources=["people.csv"],
        inputs=[],
        reports=[held],
    )
    told = text(manifest)
    file.with_suffix(".manifest.json").write_text(
        told.replace(held.sha256, digest) if digest else told, encoding="utf-8"
    )


def test_the_trend_shows_the_day_of_a_manifest_that_vouches_for_its_report(tmp_path):
    report = report_of(CUSTOMERS)
    files = [tmp_path / name for name in ("may.json", "june.json", "july.json", "august.json")]
    for file in files:
        report.save(file)
    sealed(files[0], report)
    sealed(files[1], report, digest="0" * 64)
    files[2].with_suffix(".manifest.json").write_text(json.dumps({"schema": "other"}))
    made = assessed(files, today=TODAY)
    assert [(past.label, past.scanned) for past in made.trend] == [
        ("may", "2026-05-31"), ("june", ""), ("july", ""), ("august", ""),
    ]  # fmt: skip
    told = markdown.render(made)
    assert "1 · may · 2026-05-31" in told
    assert "not known: no manifest" in told


def test_the_days_of_scans_change_no_finding():
    report = report_of(CUSTOMERS)
    dated = assess((report,), people(report), scans=(Scan("may", "2026-05-31"),))
    assert dated.report == assess((report,), people(report)).report
    assert "2026-05-31" in markdown.render(dated)
