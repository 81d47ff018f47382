"""A Dagster job whose data are broken on purpose.

Start: `make test-real`, or `pip install 'privscan[dagster]'` and `pytest -m real tests/real/test_dagster.py`.
"""

from __future__ import annotations

import json

import polars as pl
import pytest
from integration_page import pieces

from privscan.integrations.dagster import check_result, gate_check

pytestmark = pytest.mark.real

CARD = "4000056655665556"
GOOD = pl.DataFrame({"sku": [f"A-{i:04}" for i in range(60)], "amount": range(60)})
BAD = GOOD.with_columns(card=pl.lit(CARD))


@pytest.fixture(scope="module")
def dg():
    return pytest.importorskip("dagster", reason="needs pip install 'privscan[dagster]'")


def job(dg, data, *, source=None, **options):
    """An asset, its gate and an asset downstream; what came through is appended to a list."""
    through = []

    @dg.asset
    def orders():
        if source is None:
            return data
        data.write_csv(source)
        return None

    @dg.asset(deps=[orders])
    def mart():
        through.append("mart")

    gate = gate_check(orders, source, **options)
    instance = dg.DagsterInstance.ephemeral()
    result = dg.materialize([orders, mart, gate], instance=instance, raise_on_error=False)
    return result, through, instance


def logged(result, instance):
    """Everything that Dagster keeps of a run: events, with errors and metadata, and log lines."""
    events = instance.all_logs(result.run_id)
    return "\n".join(entry.to_json() for entry in events)


def evaluation(result):
    (one,) = result.get_asset_check_evaluations()
    return one


def test_data_that_pass_go_on(dg):
    result, through, _ = job(dg, GOOD)
    assert result.success
    assert through == ["mart"]
    assert evaluation(result).passed
    assert evaluation(result).metadata["rules"].value == []


@pytest.mark.parametrize("as_file", [False, True], ids=["value", "file"])
def test_a_breach_stops_what_is_downstream_and_says_why(dg, as_file, tmp_path):
    source = str(tmp_path / "orders.csv") if as_file else None
    report = tmp_path / "report.json"
    result, through, instance = job(dg, BAD, source=source, report=report)
    assert not result.success
    assert through == []
    one = evaluation(result)
    assert not one.passed
    assert one.blocking
    assert one.metadata["passed"].value is False
    assert "forbid_clear" in one.metadata["rules"].value
    assert one.metadata["policy"].value == "ingest"
    assert one.metadata["report"].value == str(report)
    assert any("card" in line for line in one.metadata["remedies"].value)
    assert json.loads(report.read_text("utf-8"))["complete"]
    kept = logged(result, instance) + report.read_text("utf-8")
    assert "forbid_clear" in kept
    assert CARD not in kept


def test_an_incomplete_answer_stops_too(dg):
    result, through, _ = job(dg, GOOD, detectors=["dates"])
    assert not result.success
    assert through == []
    assert evaluation(result).metadata["rules"].value == []
    assert evaluation(result).metadata["incomplete"].value


def test_a_file_that_is_not_there_stops_too(dg, tmp_path):
    missing = str(tmp_path / "gone.csv")

    @dg.asset
    def orders():
        return None

    @dg.asset(deps=[orders])
    def mart():
        raise AssertionError("nothing must get here")

    checks = [gate_check(orders, missing)]
    result = dg.materialize(
        [orders, mart, *checks], instance=dg.DagsterInstance.ephemeral(), raise_on_error=False
    )
    assert not result.success
    ran = {event.step_key for event in result.all_events if event.is_step_start}
    assert "mart" not in ran


def test_a_check_of_your_own_takes_the_result(dg):
    assert check_result(GOOD).passed
    result = check_result(BAD, policy="ingest-strict")
    assert not result.passed
    assert result.metadata["policy"].value == "ingest-strict"
    assert CARD not in repr(result)


@pytest.mark.parametrize("data", [GOOD, BAD], ids=["good", "bad"])
def test_the_page_does_what_it_says(dg, data, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "incoming").mkdir()
    data.write_csv("incoming/orders.csv")
    scope = {"__name__": "page"}
    exec(pieces("Dagster")[0], scope)
    job = scope["defs"].resolve_implicit_global_asset_job_def()
    result = job.execute_in_process(raise_on_error=False)
    assert result.success == (data is GOOD)
    assert (tmp_path / "orders.report.json").is_file()
