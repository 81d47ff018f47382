"""What differs between two reports: each change is seen once, in its direction, and none is made up."""

from __future__ import annotations

from dataclasses import replace

import pytest
from gated import MAIL, NUMBER, TOKEN, column, dataset, found, people, report_of
from hypothesis import given, settings
from hypothesis import strategies as st

from privscan.assess.differences import differences
from privscan.model.kinds import Severity, State
from privscan.verdicts._differences import rendered


def seen(old, new, what="entity"):
    return [(d.how, d.about, d.columns) for d in differences(old, new).changes if d.what == what]


def test_a_my_number_column_that_appears_is_new():
    found_ = differences(people(MAIL), people(MAIL, NUMBER))
    assert ("new", "my_number", ("n",)) in seen(people(MAIL), people(MAIL, NUMBER))
    assert found_.changes[0].how == "new"
    assert any(d.message["en"] == "My Number (12 digits) appeared in n" for d in found_.of("new"))
    assert seen(people(MAIL, NUMBER), people(MAIL)) == [("gone", "my_number", ("n",))]


def test_less_protection_is_worse_and_more_is_better():
    assert seen(people(TOKEN), people(NUMBER)) == [("worse", "my_number", ("n",))]
    assert seen(people(NUMBER), people(TOKEN)) == [("better", "my_number", ("n",))]
    removed = column("n", found("my_number", state=State.REMOVED))
    assert seen(people(NUMBER), people(removed)) == [("gone", "my_number", ("n",))]


def test_scores_and_gaps_go_up_and_down():
    worse = differences(people(MAIL), people(MAIL, NUMBER)).of("worse")
    assert "score" in [d.what for d in worse]
    assert {d.what for d in worse} <= {"score", "finding"}
    unread = people(MAIL, unread_share=0.5)
    assert ("worse", "", ()) in seen(people(MAIL), unread, "unread")
    assert ("better", "", ()) in seen(unread, people(MAIL), "unread")


def test_a_finding_is_new_gone_worse_or_better():
    held = people(NUMBER)
    bare = replace(held, findings=())
    one = held.findings[0]
    milder = replace(held, findings=(replace(one, severity=Severity.INFO),))
    graver = replace(held, findings=(replace(one, severity=Severity.VERY_HIGH),))
    assert {d[0] for d in seen(bare, held, "finding")} == {"new"}
    assert {d[0] for d in seen(held, bare, "finding")} == {"gone"}
    assert [d[0] for d in seen(milder, graver, "finding")] == ["worse"]
    assert [d[0] for d in seen(graver, milder, "finding")] == ["better"]


def test_a_finding_on_more_columns_is_worse_and_on_fewer_better():
    one = people(NUMBER).findings[0]
    wide = replace(one, columns=("m", *one.columns))
    bare = people(NUMBER)
    narrow, wider = replace(bare, findings=(one,)), replace(bare, findings=(wide,))
    assert [d[0] for d in seen(narrow, wider, "finding")] == ["worse"]
    assert [d[0] for d in seen(wider, narrow, "finding")] == ["better"]
    said = rendered(differences(narrow, wider), "text", "en")
    assert "(very high; on more columns than before)" in said
    assert "減った" in rendered(differences(wider, narrow), "text", "ja")
    elsewhere = replace(bare, findings=(replace(one, columns=("m",)),))
    assert [d[0] for d in seen(narrow, elsewhere, "finding")] == ["new", "gone"]


def test_single_datasets_are_matched_whatever_they_are_called():
    assert differences(people(MAIL, name="2025"), people(MAIL, name="2026")).changes == ()


def test_datasets_are_matched_by_name_else():
    old = report_of(dataset(MAIL, name="a"), dataset(MAIL, name="b"))
    new = report_of(dataset(MAIL, name="a"), dataset(NUMBER, name="c"))
    assert seen(old, new, "dataset") == [("new", "", ()), ("gone", "", ())]
    assert {d.dataset for d in differences(old, new).changes} == {"b", "c"}


@pytest.mark.parametrize("complete", [True, False])
def test_incomplete_reports_say_so(complete):
    assert differences(people(MAIL), replace(people(MAIL), complete=complete)).complete is complete


PARTS = st.lists(
    st.tuples(st.sampled_from(("email", "my_number", "dob")), st.sampled_from(list(State))),
    max_size=4,
)
OPPOSITE = {"new": "gone", "gone": "new", "worse": "better", "better": "worse"}


@settings(max_examples=60, deadline=None)
@given(PARTS, PARTS)
def test_a_difference_read_backwards_is_its_opposite(one, other):
    old, new = (
        people(*(column(f"c{i}", found(e, state=s)) for i, (e, s) in enumerate(parts)))
        for parts in (one, other)
    )
    forth, back = differences(old, new).changes, differences(new, old).changes
    assert differences(old, old).changes == ()

    def told(d, how, *measures):
        return how, d.what, () if d.what == "finding" else d.columns, d.about, *measures

    assert {told(d, OPPOSITE[d.how], d.old, d.new) for d in forth} == {
        told(d, d.how, d.new, d.old) for d in back
    }
    assert len(forth) == len(back)
