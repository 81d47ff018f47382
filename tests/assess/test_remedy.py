"""Bundles that let a stopped dataset pass: proven by judging again, none smaller, or none at all."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import pytest
from assessed import CUSTOMERS
from gated import (
    MAIL,
    NUMBER,
    TOLD,
    broken,
    classes,
    column,
    dataset,
    found,
    helped,
    judged,
    people,
    policy,
    report_of,
    waiver,
)
from hypothesis import given, settings
from hypothesis import strategies as st

from privscan.assess.context import Context
from privscan.assess.remedy import MANY
from privscan.model.data import Unread
from privscan.model.kinds import Kind, State
from privscan.model.profile import QuasiIdentifiers

TOLD_NOTHING = Context()


def applied(profile, measures, k=1):
    """The profile after the measures, changed here by hand; a column that is dropped is gone."""
    gone = {m.column for m in measures if m.treatment == "drop"}
    alike = tuple(sorted(m.column for m in measures if m.treatment == "anonymise"))
    columns = []
    for one in profile.columns:
        entities = one.entities
        for m in measures:
            if m.column == one.path:
                entities = tuple(
                    replace(e, state=State(m.after)) if e.entity in m.entities else e
                    for e in entities
                )
        if one.path not in gone:
            columns.append(replace(one, entities=entities))
    sets = tuple(q for q in profile.quasi_identifiers if not {*q.columns} <= {*alike, *gone})
    made = (QuasiIdentifiers(alike, k, 0.0, 100, ((k, 100),), 0.0, (0.0, 0.0)),) if alike else ()
    return replace(profile, columns=tuple(columns), quasi_identifiers=(*sets, *made), risk=None)


def after(held, remedy, k=1, context=TOLD_NOTHING):
    [profile] = held.datasets
    return report_of(applied(profile, remedy.measures, k), context=context)


@pytest.mark.parametrize(
    ("bounds", "treatments"),
    [
        ({"forbid_clear": ["my_number"]}, {("n", "tokenise")}),
        ({"forbid": ["my_number"]}, {("n", "drop")}),
        (
            {"protect": [{"entities": ["gov_id"], "states": ["encrypted_key_apart"]}]},
            {("n", "encrypt")},
        ),
        (
            {"forbid": ["my_number"], "forbid_clear": ["email"]},
            {("n", "drop"), ("mail", "tokenise")},
        ),
        (
            {"columns": [{"required": {"mail": "text"}, "allowed": {"who": "text"}}]},
            {("n", "drop")},
        ),
    ],
)
def test_the_bundle_treats_what_breaks_the_policy_and_passes(bounds, treatments):
    held = report_of(CUSTOMERS)
    asked = policy(**bounds)
    [remedy] = helped(held, asked)
    assert {(m.column, m.treatment) for m in remedy.measures} == treatments
    assert remedy.passes
    done = after(held, remedy)
    assert judged(done, asked).passed
    assert done.score == pytest.approx(remedy.score, abs=1e-5)
    assert done.level is remedy.level


def test_a_pass_needs_no_bundle():
    assert helped(people(MAIL), policy(forbid=["my_number"])) == []


def test_a_score_is_brought_down_by_as_few_columns_as_can():
    asked = policy(max_score=45)
    held = report_of(CUSTOMERS)
    [remedy] = helped(held, asked)
    assert judged(after(held, remedy), asked).passed
    treated = {m.column for m in remedy.measures}
    [profile] = held.datasets
    for fewer in combinations([c.path for c in profile.columns], len(treated) - 1):
        rest = tuple(c for c in profile.columns if c.path not in fewer)
        assert not judged(report_of(replace(profile, columns=rest)), asked).passed


def test_a_required_column_is_treated_and_never_dropped():
    contract = [{"required": {"n": "text"}, "allowed": {"*": "any"}}]
    held = people(NUMBER)
    asked = policy(forbid=["my_number"], columns=contract)
    [remedy] = helped(held, asked)
    assert not remedy.passes
    assert remedy.measures == ()
    assert remedy.left == ("forbid",)
    [mild] = helped(held, policy(forbid_clear=["my_number"], columns=contract))
    assert [m.treatment for m in mild.measures] == ["tokenise"]


def test_a_needed_column_is_never_dropped():
    context = Context(needed_columns=("n",))
    held = report_of(dataset(NUMBER), context=context)
    [remedy] = helped(held, policy(forbid=["my_number"]), context=context)
    assert (remedy.passes, remedy.measures) == (False, ())


@pytest.mark.parametrize(
    ("bounds", "left"),
    [
        ({"columns": [{"required": {"id": "text"}, "allowed": {"*": "any"}}]}, "columns"),
    ],
)
def test_where_no_bundle_passes_it_says_what_stays(bounds, left):
    [remedy] = helped(people(NUMBER), policy(forbid_clear=["my_number"], **bounds))
    assert (remedy.passes, remedy.measures, remedy.left) == (False, (), (left,))


def test_what_people_have_to_say_is_no_treatment():
    asked = policy(
        forbid_clear=["my_number"], jurisdictions=["JP"],
        declare=[{"entities": ["my_number"], "keys": ["purposes", "owner"]}],
    )  # fmt: skip
    [remedy] = helped(people(NUMBER), asked)
    assert [(m.column, m.treatment) for m in remedy.measures] == [("n", "tokenise")]
    assert (remedy.passes, set(remedy.declare)) == (True, {"purposes", "owner", "jurisdictions"})
    said = Context(purposes=("tax",), owner="Payroll", jurisdictions=("JP",))
    assert judged(after(people(NUMBER), remedy), asked, context=said).passed


def test_data_in_the_wrong_place_is_lifted_by_nothing():
    [remedy] = helped(
        people(NUMBER), policy(jurisdictions=["JP"]), context=Context(jurisdictions=("US",))
    )
    assert (remedy.passes, remedy.left, remedy.measures) == (False, ("jurisdictions",), ())


def test_what_is_unread_or_a_waiver_that_ended_no_treatment_lifts():
    asked = policy(forbid=["my_number"])
    held = replace(people(NUMBER), unread=(Unread("b.csv", "", "cut off", 1, 1),), complete=False)
    [remedy] = helped(held, asked)
    assert (remedy.passes, remedy.left) == (False, ("incomplete",))
    assert [m.treatment for m in remedy.measures] == ["drop"]
    ended = waiver(rule="max_score", up_to=50, expires="2026-01-01")
    [other] = helped(people(NUMBER), policy(forbid=["my_number"], waivers=[ended]))
    assert (other.passes, other.left) == (False, ("waiver W1",))


def test_a_leak_is_masked_where_it_stands():
    held = people(column("note", found("card_number", leak=True, cells=1)))
    [remedy] = helped(held, policy(forbid=["card_number"]))
    assert [(m.column, m.treatment) for m in remedy.measures] == [("note", "redact")]


def test_columns_that_single_out_are_made_alike_together():
    held = people(
        column("zip", found("postal_code")), column("born", found("dob")),
        quasi_identifiers=(classes("zip", "born", k=1),),
    )  # fmt: skip
    asked = policy(min_k=5)
    [remedy] = helped(held, asked)
    assert remedy.passes
    assert {(m.column, m.treatment) for m in remedy.measures} == {
        ("zip", "anonymise"), ("born", "anonymise")}  # fmt: skip
    assert judged(after(held, remedy, 5), asked).passed
    [alone] = helped(people(column("born", found("dob"))), asked)
    assert [(m.column, m.treatment) for m in alone.measures] == [("born", "anonymise")]


def test_a_column_that_is_waived_is_left_alone():
    asked = policy(forbid=["my_number", "email"],
                   waivers=[waiver(rule="forbid", columns=["n"], entities=["my_number"])])  # fmt: skip
    [remedy] = helped(people(NUMBER, MAIL), asked)
    assert {m.column for m in remedy.measures} == {"mail"}


def test_findings_are_asked_again_of_the_treated_data():
    held = report_of(dataset(NUMBER), context=TOLD)
    asked = policy(fail_on="very_high")
    assert broken(held, asked, context=TOLD) != []
    [remedy] = helped(held, asked, context=TOLD)
    assert remedy.passes
    assert broken(after(held, remedy, context=TOLD), asked, context=TOLD) == []


def test_pictures_have_what_is_inside_them_dropped_with_them():
    image = replace(column("image", found("face_image")), kind=Kind.IMAGE)
    held = people(image, column("image[].ocr", found("my_number")))
    [remedy] = helped(held, policy(columns=[{"allowed": {"x": "any"}}]))
    assert remedy.passes
    assert "image" in {m.column for m in remedy.measures}


def test_a_table_of_a_thousand_columns_is_answered():
    many = [column(f"c{i}", found("email")) for i in range(1000)]
    [remedy] = helped(people(*many), policy(forbid_clear=["email"]))
    assert remedy.passes
    assert len(remedy.measures) == 1000


WIDE = ("email", "dob", "salary", "postal_code", "phone", "name_full", "username", "age")


def test_a_wide_table_over_its_score_is_brought_down_too():
    held = people(*(column(f"c{i}", found(WIDE[i % len(WIDE)])) for i in range(70)))
    asked = policy(max_score=5)
    [remedy] = helped(held, asked)
    assert remedy.passes
    assert remedy.score <= 5
    assert len(remedy.measures) > MANY
    done = after(held, remedy)
    assert judged(done, asked).passed
    bare = after(held, replace(remedy, measures=remedy.measures[1:]))
    assert not judged(bare, asked).passed


def test_a_wide_table_that_no_bundle_helps_is_told_so():
    held = people(*(column(f"c{i}", found(WIDE[i % len(WIDE)])) for i in range(80)))
    needed = [{"required": {"c0": "text"}, "allowed": {"*": "any"}}]
    [remedy] = helped(held, policy(max_score=0, columns=needed))
    assert (remedy.passes, remedy.measures, remedy.left) == (False, (), ("max_score",))


ENTITIES = (
    "my_number",
    "email",
    "face_template",
    "dob",
    "card_number",
    "health_condition",
    "salary",
)
PARTS = st.lists(
    st.tuples(st.sampled_from(ENTITIES), st.sampled_from([State.PLAIN, State.TOKEN_KEYED])),
    min_size=1, max_size=5,
)  # fmt: skip
BOUNDS = st.fixed_dictionaries(
    {},
    optional={
        "max_score": st.sampled_from([10, 30, 50, 70]),
        "forbid": st.lists(st.sampled_from(ENTITIES), max_size=2),
        "forbid_clear": st.lists(st.sampled_from(ENTITIES), max_size=2),
    },
)


@settings(max_examples=40, deadline=None)
@given(PARTS, BOUNDS)
def test_a_bundle_passes_when_judged_again_and_no_fewer_columns_do(parts, bounds):
    asked = policy(**bounds)
    held = people(*(column(f"c{i}", found(e, state=s)) for i, (e, s) in enumerate(parts)))
    for remedy in helped(held, asked):
        assert remedy.passes  # a table without columns breaks none of these limits
        assert judged(after(held, remedy), asked).passed
        treated = {m.column for m in remedy.measures}
        [profile] = held.datasets
        for fewer in combinations([c.path for c in profile.columns], len(treated) - 1):
            rest = tuple(c for c in profile.columns if c.path not in fewer)
            assert not judged(report_of(replace(profile, columns=rest)), asked).passed
