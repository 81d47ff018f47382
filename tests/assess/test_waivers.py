"""Waivers cover what they name, until their day, and never anything else; laws of the gate."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from gated import (
    MAIL,
    NUMBER,
    RULES,
    beside,
    column,
    found,
    judged,
    people,
    policy,
    waiver,
)
from hypothesis import given, settings
from hypothesis import strategies as st

from privscan.assess.policies import load_policy
from privscan.assess.policy import every_breach
from privscan.errors import RuleError
from privscan.model.kinds import Level, Severity, State
from privscan.model.profile import Risk
from privscan.rulebook.load import rulebook
from privscan.rulebook.policies import _STATES, BOUNDED, ON_ENTITIES, rank

FORBID = {"forbid": ["my_number", "email"]}
OF_NUMBER = waiver(rule="forbid", columns=["n"], entities=["my_number"])


def test_a_waiver_covers_what_it_names_and_says_who_answers():
    got = judged(people(NUMBER), policy(**FORBID, waivers=[OF_NUMBER]))
    assert got.passed
    [one] = got.waived
    assert (one.by, one.owner, one.reason, one.expires) == ("W1", "Ops", "known", "2026-12-31")
    assert one.violation.columns == ("n",)


@pytest.mark.parametrize(
    "other",
    [
        {"columns": ["m"]}, {"entities": ["email"]}, {"dataset": "others"},
        {"rule": "forbid_clear"}, {"up_to": "token_keyed"},
    ],
)  # fmt: skip
def test_a_waiver_of_something_else_covers_nothing(other):
    got = judged(people(NUMBER), policy(**FORBID, waivers=[OF_NUMBER | other]))
    assert [v.rule for v in got.violations] == ["forbid"]
    assert got.waived == ()


def test_a_waiver_never_hides_another_column_or_entity():
    elsewhere = column("m", found("my_number"))
    mixed = column("n", found("my_number"), found("email"))
    got = judged(people(mixed, elsewhere), policy(**FORBID, waivers=[OF_NUMBER]))
    assert [(v.rule, v.columns) for v in got.violations] == [("forbid", ("n",)), ("forbid", ("m",))]
    assert got.violations[0].message["en"].startswith("E-mail")


def test_a_group_in_a_waiver_stands_for_its_members():
    of_group = OF_NUMBER | {"entities": ["gov_id"]}
    assert judged(people(NUMBER), policy(**FORBID, waivers=[of_group])).passed
    assert not judged(
        people(MAIL), policy(**FORBID, waivers=[of_group | {"columns": ["mail"]}])
    ).passed


@pytest.mark.parametrize(("day", "passes"), [(date(2026, 12, 31), True), (date(2027, 1, 1), False)])
def test_a_waiver_ends_after_its_last_day_and_then_is_a_violation_itself(day, passes):
    asked = policy(**FORBID, waivers=[OF_NUMBER])
    got = judged(people(NUMBER), asked, today=day)
    assert got.passed is passes
    if not passes:
        assert [v.rule for v in got.violations] == ["forbid", "waiver W1"]
        assert "ended on 2026-12-31" in got.violations[1].message["en"]
        assert [
            v.rule for v in judged(people(MAIL), policy(waivers=[OF_NUMBER]), today=day).violations
        ] == ["waiver W1"]


def scored(points):
    held = people(MAIL)
    at = Risk(points, Level.MEDIUM, (points, points), ())
    return replace(held, datasets=(replace(held.datasets[0], risk=at),))


@pytest.mark.parametrize(("points", "passes"), [(40, True), (50, True), (50.1, False), (90, False)])
def test_a_waiver_of_a_score_ends_where_it_says(points, passes):
    asked = policy(max_score=40, waivers=[waiver(rule="max_score", up_to=50)])
    assert judged(scored(points), asked).passed is passes


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"rule": "forbid", "columns": ["n"]}, "names `columns` and `entities`"),
        ({"rule": "forbid", "entities": ["email"]}, "names `columns` and `entities`"),
        ({"rule": "columns"}, "names `columns`"),
        ({"rule": "max_score"}, "says `up_to`"),
        ({"rule": "max_score", "up_to": "high"}, "no measure of max_score"),
        ({"rule": "stop_at", "up_to": "50"}, "no measure of stop_at"),
        ({"rule": "fail_on", "up_to": "high"}, "names the `check`"),
        ({"rule": "jurisdictions"}, "cannot be waived"),
        ({"rule": "max_score", "up_to": 50, "owner": " "}, "owner"),
        ({"rule": "max_score", "up_to": 50, "reason": ""}, "reason"),
        ({"rule": "max_score", "up_to": 50, "expires": "soon"}, "2026-12-31"),
        ({"rule": "max_score", "up_to": 50, "expires": "2027-02-29"}, "2026-12-31"),
        ({"rule": "max_score", "up_to": 50, "expires": "31.12.2026"}, "2026-12-31"),
        ({"rule": "max_score", "up_to": 50, "expires": "''"}, "2026-12-31"),
        ({"rule": "max_scor", "up_to": 50}, "max_score"),
    ],
)
def test_a_waiver_that_says_too_little_is_wrong(tmp_path, said, why):
    file = tmp_path / "policy.yaml"
    lines = "".join(
        f"    {k}: {v if v not in ('', ' ') else repr(v)}\n" for k, v in waiver(**said).items()
    )
    file.write_text(HEAD + "waivers:\n  -\n" + lines, "utf-8")
    with pytest.raises(RuleError, match=why) as caught:
        load_policy(file)
    assert int(caught.value.where.rpartition(":")[2]) >= HEAD.count("\n")


@pytest.mark.parametrize("lacking", ["id", "rule", "dataset", "reason", "owner", "expires"])
def test_a_waiver_without_what_every_waiver_says_is_wrong(tmp_path, lacking):
    said = waiver(rule="max_score", up_to=50)
    del said[lacking]
    file = tmp_path / "policy.yaml"
    row = ", ".join(f"{k}: {v}" for k, v in said.items())
    file.write_text(f"{HEAD}waivers:\n  - {{{row}}}\n", "utf-8")
    with pytest.raises(RuleError) as caught:
        load_policy(file)
    assert str(caught.value) == f"{file}:7: waivers.0.{lacking}: Field required"


@pytest.mark.parametrize("expires", ["2026-12-31", "'2026-12-31'"])
def test_a_waiver_with_all_of_it_is_right(tmp_path, expires):
    file = tmp_path / "policy.yaml"
    row = f"id: W, rule: max_score, up_to: 50, dataset: d, reason: r, owner: o, expires: {expires}"
    file.write_text(f"{HEAD}waivers:\n  - {{{row}}}\n", "utf-8")
    assert load_policy(file).waivers[0].expires == "2026-12-31"


HEAD = "id: mine\nabout: {en: a, ja: b}\nas_of: '2026-11-25'\nstatus: s\nsource: t\n"


def test_two_waivers_of_one_id_are_wrong(tmp_path):
    file = tmp_path / "policy.yaml"
    one = "  - {id: W, rule: max_score, dataset: d, up_to: 9, reason: r, owner: o, expires: '2026-12-31'}\n"
    file.write_text(f"{HEAD}waivers:\n{one}{one}", "utf-8")
    with pytest.raises(RuleError, match="two waivers are called 'W'"):
        load_policy(file)


def test_measures_are_ordered_as_the_score_orders_them():
    rho = rulebook().scoring.rho
    assert [rho[state] for state in _STATES] == sorted(rho.values())
    assert set(_STATES) == set(State)
    assert rank("min_k", "3") > rank("min_k", "4")
    assert rank("fail_on", "high") > rank("fail_on", "low")
    assert rank("max_score", "nan") is None
    assert not BOUNDED & ON_ENTITIES


# ------------------------------------------------------------------ laws

ENTITIES = ("my_number", "email", "face_template", "dob", "card_number", "health_condition")
COLUMNS = st.lists(
    st.tuples(
        st.sampled_from(ENTITIES), st.sampled_from(list(State)), st.sampled_from([0.3, 0.6, 1])
    ),
    max_size=4,
)


def made(parts):
    return people(
        *(column(f"c{i}", found(e, state=s, confidence=c)) for i, (e, s, c) in enumerate(parts))
    )


LIMITS = st.fixed_dictionaries(
    {},
    optional={
        "max_score": st.integers(0, 100),
        "stop_at": st.sampled_from(list(Level)),
        "fail_on": st.sampled_from(list(Severity)),
        "forbid": st.lists(st.sampled_from(ENTITIES), max_size=2),
        "forbid_clear": st.lists(st.sampled_from(ENTITIES), max_size=2),
        "min_k": st.integers(2, 20),
        "least_confidence": st.sampled_from([0.2, 0.5, 0.8]),
        "declare": st.lists(st.sampled_from(ENTITIES), max_size=1).map(
            lambda names: [{"entities": [n]} for n in names]
        ),
        "protect": st.lists(
            st.tuples(st.sampled_from(ENTITIES), st.sets(st.sampled_from(list(State)), min_size=1)),
            max_size=1,
        ).map(lambda many: [{"entities": [e], "states": sorted(s)} for e, s in many]),
    },
)


def stricter(limits, data):
    """The same limits, some of them tighter."""
    tight = dict(limits)
    for key, strategy in {
        "max_score": st.integers(0, limits.get("max_score", 100)),
        "forbid": st.lists(st.sampled_from(ENTITIES), max_size=1).map(
            lambda n: [*limits.get("forbid", []), *n]
        ),
        "forbid_clear": st.lists(st.sampled_from(ENTITIES), max_size=1).map(
            lambda n: [*limits.get("forbid_clear", []), *n]
        ),
        "least_confidence": st.sampled_from(
            [c for c in (0, 0.2, 0.5, 0.8) if c <= limits.get("least_confidence", 0.5)]
        ),
        "min_k": st.integers(limits.get("min_k", 2), 30),
        "stop_at": st.sampled_from(
            list(Level)[: list(Level).index(limits.get("stop_at", Level.VERY_HIGH)) + 1]
        ),
        "fail_on": st.sampled_from(
            list(Severity)[: limits.get("fail_on", Severity.VERY_HIGH).rank + 1]
        ),
    }.items():
        if data.draw(st.booleans()):
            tight[key] = data.draw(strategy)
    return tight


@settings(max_examples=120, deadline=None)
@given(COLUMNS, LIMITS, st.data())
def test_tightening_never_turns_a_stop_into_a_pass(parts, limits, data):
    held = made(parts)
    tight = stricter(limits, data)
    if judged(held, policy(**tight)).passed:
        assert judged(held, policy(**limits)).passed
    loose, strict = (
        {breach.rule for breach in every_breach(held, policy(**bounds), RULES, beside())}
        for bounds in (limits, tight)
    )
    assert loose <= strict


@settings(max_examples=60, deadline=None)
@given(COLUMNS, COLUMNS, LIMITS)
def test_more_data_never_turns_a_stop_into_a_pass(parts, more, limits):
    asked = policy(**{k: v for k, v in limits.items() if k != "fail_on"})
    if judged(made([*parts, *more]), asked).passed:
        assert judged(made(parts), asked).passed


@settings(max_examples=60, deadline=None)
@given(COLUMNS, st.sampled_from(ENTITIES), st.integers(0, 4))
def test_a_waiver_takes_away_just_what_it_names(parts, entity, number):
    held = made(parts)
    bare = policy(forbid=[*ENTITIES])
    one = waiver(rule="forbid", columns=[f"c{number}"], entities=[entity])
    before, after = judged(held, bare), judged(held, policy(forbid=[*ENTITIES], waivers=[one]))
    names = {f for v in before.violations for f in v.fingerprints}
    left = {f for v in after.violations for f in v.fingerprints}
    gone = {f for w in after.waived for f in w.violation.fingerprints}
    assert left | gone == names
    assert not left & gone
    assert len(gone) <= 1
    assert all(w.violation.columns == (f"c{number}",) for w in after.waived)
