"""What treatments cost: the same figures in assessments and plans, and the cheaper one is taken."""

from __future__ import annotations

from dataclasses import replace

import pyarrow as pa
import pytest

from privscan.assess.context import Context
from privscan.assess.measures import _steps
from privscan.assess.policies import load_policy
from privscan.assess.treatments import treatments
from privscan.model.kinds import Kind, Level, State
from privscan.model.profile import ColumnProfile, DatasetProfile, EntityProfile
from privscan.model.report import Report, Tool
from privscan.protect.choice import Choice, Table, as_if
from privscan.protect.cost import Sample, expected
from privscan.protect.goal import Goal, Model
from privscan.protect.key import Key
from privscan.protect.plan import Planner, Trial

KEY = Key(b"a made-up secret of many bytes")
VARIED = [f"u{n}@example.com" for n in range(64)]
GIVES = {one.id: one.gives for one in treatments()} | {"mask": State.PARTIAL_MASK}


def _table(
    entities: dict[str, str], cells: list[str] | None, needed: tuple[str, ...] = ()
) -> Table:
    columns = tuple(
        ColumnProfile(
            path, Kind.TEXT, 64, 0, 64, entity, 1.0,
            (EntityProfile(entity, 1.0, 64, 1.0, (1.0, 1.0), State.PLAIN),),
        )
        for path, entity in entities.items()
    )  # fmt: skip
    profile = DatasetProfile(
        name="t", uri="t", kind="table", rows=64, bytes=0, files=1, subjects=64, columns=columns,
        quasi_identifiers=(), risk=None, unread_share=0.0,
    )  # fmt: skip
    samples = {path: Sample.of(pa.array(cells)) for path in entities} if cells else {}
    return Table(profile, tuple(entities), samples, KEY, frozenset(needed))


def _plan(table: Table, goal: Goal) -> dict[str, str]:
    model = Model(_report(table), goal)

    def attempt(chosen) -> Trial:
        done = [Choice(t, GIVES[t.name], leaks=False, lost=0, bits=0) for t in chosen]
        return Trial(model.judged(as_if(table.profile, done, table.paths, {})), whole=True)

    plan = Planner(table, model, attempt).plan()
    assert plan.reached
    return {step.treatment.column: step.treatment.name for step in plan.steps}


def _clear(*entities: str) -> Goal:
    policy = load_policy("ingest").model_copy(
        update={"max_score": None, "stop_at": None, "forbid": (), "forbid_clear": entities}
    )
    return Goal(policy)


@pytest.mark.parametrize("entity", ["email", "dob", "health_condition"])
@pytest.mark.parametrize("needed", [(), ("other",)])
def test_an_assessment_and_a_plan_say_the_same_figures(entity, needed):
    table = _table({"c": entity}, None, needed)
    measured = {c.treatment.name: c.lost * c.missed for c in table.choices("c", table.held()["c"])}
    assessed = {
        s.treatment.id: s.cost for s in _steps(table.profile, Context(needed_columns=needed))
    }
    shared = measured.keys() & assessed.keys()
    assert {"drop", "encrypt"} <= shared
    assert {name: measured[name] for name in shared} == {n: assessed[n] for n in shared}


def test_a_sample_does_not_change_what_tokens_and_cipher_text_cost():
    for cells in (None, VARIED, ["same"] * 64):
        table = _table({"c": "email"}, cells)
        shares = {c.treatment.name: c.lost for c in table.choices("c", table.held()["c"])}
        assert {n: shares[n] for n in ("tokenise", "encrypt", "drop")} == {
            n: expected(n, direct=True) for n in ("tokenise", "encrypt", "drop")
        }


@pytest.mark.parametrize("cells", [None, VARIED, ["same"] * 64], ids=["none", "varied", "one"])
@pytest.mark.parametrize("entity", ["email", "name_full", "my_number", "card_number"])
def test_an_identifier_gets_a_token_where_that_is_enough(entity, cells):
    assert _plan(_table({"c": entity}, cells), _clear(entity)) == {"c": "tokenise"}


@pytest.mark.parametrize("cells", [None, VARIED], ids=["none", "varied"])
def test_what_has_no_token_is_still_encrypted(cells):
    assert _plan(_table({"c": "health_condition"}, cells), _clear("health_condition")) == {
        "c": "encrypt"
    }


def test_a_column_that_nobody_needs_is_dropped_and_one_that_is_needed_is_not():
    entities = {"c": "health_condition", "n": "health_condition"}
    table = _table(entities, VARIED, needed=("n",))
    assert _plan(table, _clear("health_condition")) == {"c": "drop", "n": "encrypt"}


def test_a_treatment_that_is_more_than_the_goal_needs_becomes_a_milder_one():
    table = _table({"c": "email"}, VARIED)
    planner = Planner(table, Model(_report(table), _clear("email")), lambda _: None)
    planner.choices = {"c": list(table.choices("c", table.held()["c"]))}
    strong = next(c for c in planner.choices["c"] if c.treatment.name == "encrypt")
    assert [c.treatment.name for c in planner._pruned([strong])] == ["tokenise"]
    planner.choices = {"c": [strong]}
    assert planner._pruned([strong]) == [strong]


def _report(table: Table) -> Report:
    return Report(
        Tool("", "", ""), score=0, level=Level.NONE_DETECTED, complete=True,
        datasets=(table.profile,), findings=(), unread=(),
    )  # fmt: skip


@pytest.mark.parametrize(("kind", "fitting"), [
    (Kind.IMAGE, {"blur", "drop", "encrypt"}), (Kind.AUDIO, {"drop", "encrypt"}),
    (Kind.TEXT, {"drop", "encrypt", "tokenise", "mask"}),
])  # fmt: skip
@pytest.mark.parametrize("entity", ["face_image", "national_id"])
def test_a_picture_takes_no_token_whatever_it_costs(kind, fitting, entity):
    table = _table({"image": entity}, None)
    [column] = table.profile.columns
    seen_as = replace(table.profile, columns=(replace(column, kind=kind),))
    table = replace(table, profile=seen_as)
    [seen] = table.held().values()
    names = {choice.treatment.name for choice in table.choices("image", seen)}
    assert names <= fitting
    assert names >= fitting & {"drop", "encrypt", "blur"}
