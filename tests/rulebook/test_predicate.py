"""Conditions: what each key holds on, the laws of all, any and not, and the words for them."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from privscan.model.kinds import Level, State
from privscan.rulebook.examples import example_profile
from privscan.rulebook.load import rulebook
from privscan.rulebook.predicate import LEAST, Match, Sighting, holds
from privscan.rulebook.schema import Example, When
from privscan.rulebook.sentence import sentence

GROUPS = {"ab": frozenset("ab"), "none": frozenset()}
NAMES = st.sampled_from(["a", "b", "c", "ab", "none"])
share = st.floats(0, 1)


def few(strategy, most=2, least=0):
    return st.lists(strategy, min_size=least, max_size=most).map(tuple)


KEYS = [
    st.fixed_dictionaries(
        {"has": few(NAMES, least=1)},
        optional={
            "state": few(st.sampled_from(list(State))),
            "leak": st.booleans(),
            "least_share": share,
            "least_columns": st.integers(1, 3),
        },
    ),
    st.fixed_dictionaries({"beside": few(NAMES)}),
    st.fixed_dictionaries({"without": few(NAMES)}),
    st.fixed_dictionaries({"min_subjects": st.sampled_from([0, 1, 1000])}),
    st.fixed_dictionaries({"single_out": share}),
    st.fixed_dictionaries({"least_level": st.sampled_from(list(Level))}),
    st.fixed_dictionaries({"unread_over": share}),
    st.fixed_dictionaries({"retention_over": st.integers(0, 2000)}),
    st.fixed_dictionaries({"missing": few(st.sampled_from(["owner", "purposes"]))}),
    st.fixed_dictionaries({"declared": st.just({"exposure": ("public", "{a}")})}),
    st.fixed_dictionaries({"unneeded": st.booleans()}),
]
"""Conditions of one key, with the keys that say how it holds."""


def joined(parts):
    return When.model_validate({key: value for part in parts for key, value in part.items()})


plain_conditions = st.lists(st.one_of(KEYS), max_size=2).map(joined)
conditions = st.recursive(
    plain_conditions,
    lambda inner: st.one_of(
        st.builds(lambda parts: When(all=parts), few(inner, 3)),
        st.builds(lambda parts: When(any=parts), few(inner, 3)),
        st.builds(lambda one: When.model_validate({"not": one}), inner),
    ),
    max_leaves=4,
)
examples = st.builds(
    Example,
    fires=st.booleans(),
    has=st.dictionaries(st.sampled_from("abc"), st.sampled_from(list(State))),
    leak=st.booleans(),
    columns=st.integers(1, 2),
    subjects=st.sampled_from([0, 1, 999, 1000]),
    single_out=share,
    level=st.sampled_from(list(Level)),
    unread=share,
)
declarations = st.fixed_dictionaries(
    {},
    optional={
        "owner": st.just("someone"),
        "purposes": st.just(("delivery",)),
        "exposure": st.sampled_from(["public", "a"]),
        "retention_days": st.sampled_from([1, 1000, 3000]),
        "needed_columns": st.just(("a",)),
    },
)
laws = settings(max_examples=100, deadline=None)


def on(when, example, declared=None):
    return holds(when, example_profile(example), declared or {}, GROUPS)


def negated(when):
    return When.model_validate({"not": when})


@laws
@given(conditions, examples, declarations)
def test_not_holds_where_the_condition_does_not(when, example, declared):
    plain = on(when, example, declared)
    assert (on(negated(when), example, declared) is None) is (plain is not None)
    twice = on(negated(negated(when)), example, declared)
    assert (twice is None) is (plain is None)


@laws
@given(few(conditions, 3), examples, declarations)
def test_all_holds_where_each_does_and_any_where_one_does(parts, example, declared):
    each = [on(one, example, declared) is not None for one in parts]
    assert (on(When(all=parts), example, declared) is not None) is all(each)
    if parts:
        assert (on(When(any=parts), example, declared) is not None) is any(each)
        for least in range(1, len(parts) + 1):
            found = on(When(any=parts, least=least), example, declared)
            assert (found is not None) is (sum(each) >= least)


@laws
@given(few(conditions, 3), examples, declarations)
def test_neither_all_nor_any_is_both(parts, example, declared):
    """De Morgan, which says that no third answer hides in between."""
    turned = tuple(negated(one) for one in parts)
    if parts:
        neither = on(negated(When(any=parts)), example, declared)
        assert (neither is None) is (on(When(all=turned), example, declared) is None)


@laws
@given(conditions, examples, declarations)
def test_a_match_points_at_what_is_believed(when, example, declared):
    found = on(when, example, declared)
    if found is not None:
        assert LEAST <= found.confidence <= 1
        paths = {c.path for c in example_profile(example).columns}
        assert {s.column for s in found.sightings} <= paths
        assert len(set(found.sightings)) == len(found.sightings)


@laws
@given(conditions)
def test_every_condition_has_words_in_both_languages(when):
    for lang in ("en", "ja"):
        said = sentence(when, lang)
        assert said
        assert "None" not in said
        assert "State." not in said


@pytest.mark.parametrize("rule", rulebook().rules, ids=lambda rule: rule.id)
def test_shipped_conditions_read_differently_in_both_languages(rule):
    assert sentence(rule.when) != sentence(rule.when, "ja")


@pytest.mark.parametrize(
    ("when", "english", "japanese"),
    [
        ({}, "always", "常に"),
        ({"has": ["a"], "least_share": 0.005}, "has a; in at least 0.5% of the cells",
         "a を含む、かつ セルの 0.5% 以上"),
        ({"has": ["a", "b"], "leak": False}, "has a / b; as a column of its own",
         "a / b を含む、かつ 独立した列として"),
        ({"any": [{"has": ["a"]}, {"has": ["b"]}], "least": 2},
         "at least 2 of ([has a] / [has b])", "次のうち 2 つ以上([a を含む] / [b を含む])"),
        ({"single_out": 0}, "more than 0% of subjects in classes below k*",
         "k* 未満の群にある本人が 0% 超"),
        ({"declared": {"exposure": ["public", "shared"]}},
         "dataset.yaml says exposure: public/shared",
         "dataset.yaml に exposure: public/shared とある"),
    ],
)  # fmt: skip
def test_the_words_of_a_condition(when, english, japanese):
    condition = When.model_validate(when)
    assert sentence(condition) == english
    assert sentence(condition, "ja") == japanese


# ------------------------------------------------------------------ each key

A = Example(fires=True, has={"a": State.PLAIN}, subjects=1000, single_out=0.5, unread=0.1)


@pytest.mark.parametrize(
    ("when", "there"),
    [
        ({}, True),
        ({"has": ["a"]}, True),
        ({"has": ["ab"]}, True),
        ({"has": ["b"]}, False),
        ({"has": ["none"]}, False),
        ({"has": ["b", "a"]}, True),
        ({"has": ["a"], "state": ["plain"]}, True),
        ({"has": ["a"], "state": ["removed"]}, False),
        ({"has": ["a"], "leak": False}, True),
        ({"has": ["a"], "leak": True}, False),
        ({"has": ["a"], "least_columns": 2}, False),
        ({"beside": ["ab"]}, True),
        ({"beside": ["b"]}, False),
        ({"without": ["b"]}, True),
        ({"without": ["ab"]}, False),
        ({"min_subjects": 1000}, True),
        ({"min_subjects": 1001}, False),
        ({"single_out": 0.49}, True),
        ({"single_out": 0.5}, False),
        ({"least_level": "low"}, True),
        ({"least_level": "medium"}, False),
        ({"unread_over": 0.09}, True),
        ({"unread_over": 0.1}, False),
        ({"missing": ["owner"]}, True),
        ({"missing": ["purposes"]}, False),
        ({"missing": ["owner", "purposes"]}, False),
        ({"declared": {"exposure": ["public", "shared"]}}, True),
        ({"declared": {"exposure": ["internal"]}}, False),
        ({"declared": {"purposes": ["delivery"]}}, True),
        ({"declared": {"owner": ["me"]}}, False),
        ({"retention_over": 99}, True),
        ({"retention_over": 100}, False),
        ({"unneeded": True}, True),
    ],
)
def test_a_key_holds_or_not(when, there):
    declared = {
        "purposes": ("delivery",),
        "exposure": "shared",
        "retention_days": 100,
        "needed_columns": ("id",),
    }
    assert (on(When.model_validate(when), A, declared) is not None) is there


def test_columns_are_unneeded_only_once_needs_are_declared():
    when = When(unneeded=True)
    assert on(when, A) is None
    assert on(when, A, {"needed_columns": ("a",)}) is None
    assert on(when, A, {"needed_columns": ("b",)}) is not None


def test_a_share_counts_cells():
    profile = example_profile(A)
    column = profile.columns[0]
    rare = replace(column, entities=(replace(column.entities[0], share=0.01),))
    few_cells = replace(profile, columns=(rare,))
    assert holds(When(has=("a",), least_share=0.02), few_cells, {}, GROUPS) is None
    assert holds(When(has=("a",), least_share=0.01), few_cells, {}, GROUPS) is not None


def test_what_is_removed_is_asked_for_only_by_its_name():
    gone = Example(fires=True, has={"a": State.REMOVED})
    assert on(When(has=("a",)), gone) is None
    assert on(When(beside=("a",)), gone) is None
    assert on(When(without=("a",)), gone) is not None
    assert on(When(has=("a",), state=(State.REMOVED,)), gone) is not None


def test_a_finding_is_not_about_what_stands_beside():
    both = Example(fires=True, has={"a": State.PLAIN, "b": State.PLAIN})
    found = on(When(has=("a",), beside=("b",)), both)
    assert [s.column for s in found.sightings] == ["a"]


def test_both_matches_are_as_sure_as_the_less_sure_one():
    one = Match((Sighting("a", "x", 1, 1, 0.9),), ("m",), 0.9)
    two = Match((Sighting("b", "y", 1, 1, 0.6),), ("m",), 0.6)
    assert (one & two).confidence == 0.6
    assert (one & two).measures == ("m",)
    assert [s.column for s in (one & two).sightings] == ["x", "y"]


@pytest.mark.parametrize(
    "when",
    [
        {"state": ["plain"]},
        {"leak": True},
        {"least_share": 0.5},
        {"least_columns": 2},
        {"any": [{"has": ["a"]}], "least": 2},
        {"least": 2},
        {"least": 0},
        {"missing": ["onwer"]},
        {"declared": {"exposre": ["public"]}},
        {"single_out": 2},
        {"hass": ["a"]},
    ],
)
def test_a_condition_that_says_nothing_is_refused(when):
    with pytest.raises(ValidationError):
        When.model_validate(when)
