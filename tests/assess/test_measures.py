"""Bundles: they lower the level, hold nothing idle, and predict what the score says of them."""

from __future__ import annotations

from dataclasses import replace

import pytest
from assessed import BODIES, CUSTOMERS, MACHINES, NOBODY, column, dataset, found
from hypothesis import given, settings
from hypothesis import strategies as st

from privscan.assess.context import Context
from privscan.assess.measures import bundle
from privscan.assess.score import risk
from privscan.assess.treatments import treatments
from privscan.model.kinds import Level, State
from privscan.model.profile import Link, QuasiIdentifiers
from privscan.rulebook.load import rulebook


def scored(profile, context=NOBODY):
    return replace(profile, risk=risk(profile, rulebook(), context))


def applied(profile, measures):
    """The profile after the measures, changed here by hand."""
    columns = []
    for one in profile.columns:
        entities = one.entities
        for m in measures:
            if m.column == one.path:
                after = State(m.after)
                entities = tuple(
                    replace(e, state=after) if e.entity in m.entities else e for e in entities
                )
        columns.append(replace(one, entities=entities))
    return replace(profile, columns=tuple(columns))


@pytest.mark.parametrize("profile", [CUSTOMERS, BODIES], ids=["customers", "bodies"])
def test_the_bundle_lowers_the_level_as_the_score_itself_says(profile):
    made = bundle(scored(profile), NOBODY)
    assert made.reached
    again = risk(applied(profile, made.measures), rulebook(), NOBODY)
    assert again.score == pytest.approx(made.residual.score)
    assert again.level.rank <= made.goal.rank < scored(profile).risk.level.rank


def test_every_measure_of_a_bundle_is_needed():
    profile = scored(CUSTOMERS)
    made = bundle(profile, NOBODY)
    for one in made.measures:
        fewer = [m for m in made.measures if m is not one]
        left = risk(applied(profile, fewer), rulebook(), NOBODY)
        assert left.level.rank > made.goal.rank


def test_two_columns_that_show_the_same_are_treated_together():
    twice = dataset(column("a", found("my_number")), column("b", found("my_number")))
    made = bundle(scored(twice), NOBODY)
    assert {m.column for m in made.measures} == {"a", "b"}
    assert made.reached


@pytest.mark.parametrize("profile", [MACHINES, dataset(column("city", found("city")))])
def test_what_is_low_needs_no_measure(profile):
    low = scored(profile)
    assert low.risk.level.rank <= Level.LOW.rank
    made = bundle(low, NOBODY)
    assert (made.measures, made.reached, made.residual) == ((), True, low.risk)


def test_what_could_not_be_read_no_treatment_lowers():
    unread = scored(dataset(column("mail", found("email")), unread_share=0.5))
    made = bundle(unread, NOBODY)
    assert made.residual.score >= rulebook().scoring.unread_floor
    assert not made.reached


def test_a_needed_column_is_never_dropped_and_an_unneeded_one_is():
    needed = Context(needed_columns=("mail", "who", "n"))
    made = bundle(scored(CUSTOMERS, needed), needed)
    assert "drop" not in {m.treatment for m in made.measures}
    none = Context(needed_columns=("mail",))
    dropped = bundle(scored(CUSTOMERS, none), none)
    assert ("drop", "n") in {(m.treatment, m.column) for m in dropped.measures}


def test_a_leak_is_masked_where_it_stands_and_the_rest_of_the_column_stays():
    text = column("note", found("card_number", leak=True, cells=1))
    [measure] = bundle(scored(dataset(text)), NOBODY).measures
    assert (measure.treatment, measure.after) == ("redact", "removed")


def test_classes_stay_as_measured_unless_all_their_columns_go():
    sets = (QuasiIdentifiers(("zip", "born"), 1, 1.0, 100, ((1, 100),)),)
    profile = dataset(
        column("zip", found("postal_code")), column("born", found("dob")),
        column("ill", found("health_condition")), quasi_identifiers=sets,
    )  # fmt: skip
    before = scored(profile)
    assert (
        before.risk.identifiability
        > scored(replace(profile, quasi_identifiers=())).risk.identifiability
    )
    made = bundle(before, NOBODY)
    assert not {"zip", "born"} <= {m.column for m in made.measures if m.after == "removed"}
    assert made.residual.identifiability >= 1 - 1e-9


KINDS = ("email", "my_number", "face_template", "salary", "dob", "health_condition", "name_full")


@settings(max_examples=25)
@given(st.lists(st.sampled_from(KINDS), min_size=1, max_size=5))
def test_a_bundle_never_raises_the_score_and_repeats(entities):
    profile = scored(dataset(*(column(f"c{i}", found(e)) for i, e in enumerate(entities))))
    made = bundle(profile, NOBODY)
    assert made.residual.score <= profile.risk.score + 1e-9
    assert made == bundle(profile, NOBODY)


def test_every_treatment_gives_less_than_plain():
    rho = rulebook().scoring.rho
    assert all(rho[one.gives] < rho[State.PLAIN] for one in treatments())


@settings(max_examples=20)
@given(
    st.lists(st.sampled_from(KINDS), min_size=1, max_size=4),
    st.lists(st.sampled_from(KINDS), min_size=1, max_size=3),
    st.floats(0.05, 1),
    st.sampled_from([NOBODY, Context(exposure="public"), Context(subjects="patients")]),
)
def test_the_residual_is_the_score_of_the_measures_applied_with_joins_and_context(
    ours, theirs, containment, context
):
    other = dataset(*(column(f"d{i}", found(e)) for i, e in enumerate(theirs)), name="crm")
    link = Link("crm", "c0", containment, "d0", (containment / 2, containment))
    joined = dataset(*(column(f"c{i}", found(e)) for i, e in enumerate(ours)), links=(link,))
    seen = {"crm": other, "people": joined}
    profile = replace(joined, risk=risk(joined, rulebook(), context, seen))
    made = bundle(profile, context, seen)
    again = risk(applied(profile, made.measures), rulebook(), context, seen)
    assert again.score == pytest.approx(made.residual.score)
    assert made.residual.score <= profile.risk.score + 1e-9
    assert made.reached is (made.residual.level.rank <= made.goal.rank)


def test_a_join_that_stays_is_not_forgotten_after_the_measures():
    other = dataset(column("full", found("name_full")), column("n", found("my_number")), name="crm")
    link = Link("crm", "mail", 0.9, "mail", (0.8, 1.0))
    joined = dataset(column("mail", found("customer_id")), links=(link,))
    seen = {"crm": other}
    now = replace(joined, risk=risk(joined, rulebook(), NOBODY, seen))
    alone = risk(joined, rulebook(), NOBODY)
    assert now.risk.score > alone.score
    left = bundle(now, NOBODY, seen).residual
    measures = bundle(now, NOBODY, seen).measures
    without = risk(applied(joined, measures), rulebook(), NOBODY)
    assert left.score > without.score
