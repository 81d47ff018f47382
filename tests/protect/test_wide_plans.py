"""Plans of wide tables: no column too many to be treated, and columns alike are judged once."""

from __future__ import annotations

from dataclasses import replace

from privscan.assess.policies import load_policy
from privscan.model.kinds import Kind, Level, State
from privscan.model.profile import ColumnProfile, DatasetProfile, EntityProfile
from privscan.model.report import Report, Tool
from privscan.protect.choice import Table
from privscan.protect.goal import Goal, Model
from privscan.protect.key import Key
from privscan.protect.plan import Planner, Trial

ROWS = 100
KEY = Key(b"a made-up secret of many bytes")


def _column(path: str, entity: str, sure: float = 1.0) -> ColumnProfile:
    found = EntityProfile(entity, sure, ROWS, 1.0, (1.0, 1.0), State.PLAIN)
    return ColumnProfile(path, Kind.TEXT, ROWS, 0, ROWS, entity, sure, (found,))


class _Counted(Model):
    """A model that counts what it is asked."""

    asked = 0

    def weight(self, profile: DatasetProfile) -> tuple[float, float]:
        _Counted.asked += 1
        return super().weight(profile)


def _planner(columns: list[ColumnProfile], **bounds: object) -> Planner:
    profile = DatasetProfile(
        name="t", uri="t", kind="table", rows=ROWS, bytes=0, files=1, subjects=ROWS,
        columns=tuple(columns), quasi_identifiers=(), risk=None, unread_share=0.0,
    )  # fmt: skip
    report = Report(
        Tool("", "", ""), score=0, level=Level.NONE_DETECTED, complete=True,
        datasets=(profile,), findings=(), unread=(),
    )  # fmt: skip
    policy = load_policy("ingest").model_copy(
        update={"max_score": None, "stop_at": None, "forbid_clear": (), "forbid": (), **bounds}
    )
    model = _Counted(report, Goal(policy))
    _Counted.asked = 0

    def attempt(chosen: object) -> Trial:
        treated = {t.column for t in chosen}
        left = [replace(c, entities=()) if c.path in treated else c for c in columns]
        return Trial(model.judged(replace(profile, columns=tuple(left))), whole=True)

    paths = tuple(c.path for c in columns)
    table = Table(profile, paths, {}, KEY, needed=frozenset())
    return Planner(table, model, attempt)


def test_every_column_of_a_wide_table_is_treated_where_the_policy_asks_for_it() -> None:
    columns = [_column(f"c{i:03}", "email") for i in range(64)]
    columns += [_column(f"n{i:03}", "celsius") for i in range(8)]

    plan = _planner(columns, forbid_clear=("email",)).plan()

    assert plan.reached
    assert {s.treatment.column for s in plan.steps} == {c.path for c in columns[:64]}


def test_columns_that_hold_the_same_are_judged_together() -> None:
    few = _planner([_column(f"c{i}", "email") for i in range(3)], forbid_clear=("email",))
    few.plan()
    once = _Counted.asked
    many = _planner([_column(f"c{i}", "email") for i in range(30)], forbid_clear=("email",))
    many.plan()
    # One question a column is what pruning asks; a search column by column asks 30 times 30.
    assert _Counted.asked <= once + 2 * 27


def test_where_one_of_many_is_enough_one_is_treated() -> None:
    columns = [_column(f"c{i}", "email") for i in range(8)] + [_column("id", "card_number")]

    plan = _planner(columns, forbid_clear=("card_number",)).plan()

    assert [s.treatment.column for s in plan.steps] == ["id"]


def test_a_column_that_is_waived_is_like_no_other() -> None:
    columns = [_column(f"c{i}", "email") for i in range(4)]
    waiver = {
        "id": "W1", "rule": "forbid_clear", "dataset": "t", "columns": ["c2"],
        "entities": ["email"], "reason": "agreed", "owner": "Head", "expires": "9999-12-31",
    }  # fmt: skip
    policy = load_policy("ingest")
    waived = type(policy).model_validate({**policy.model_dump(), "waivers": [waiver]}).waivers

    plan = _planner(columns, forbid_clear=("email",), waivers=waived).plan()

    assert plan.reached
    assert [s.treatment.column for s in plan.steps] == ["c0", "c1", "c3"]
