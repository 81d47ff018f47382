"""The DAG of docs/integrations.md, run by Airflow itself on data that are broken on purpose.

Start: `make test-tools TOOLS=airflow`.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from importlib.util import find_spec

import polars as pl
import pytest
from integration_page import pieces

pytestmark = [
    pytest.mark.real,
    pytest.mark.skipif(find_spec("airflow") is None, reason="needs make test-tools TOOLS=airflow"),
]

CARD = "4000056655665556"
GOOD = pl.DataFrame({"sku": [f"A-{i:04}" for i in range(60)], "amount": range(60)})
BAD = GOOD.with_columns(card=pl.lit(CARD))

RUN = """
import json, sys
import page_dag

run = page_dag.orders().test()
tasks = {one.task_id: [str(one.state), one.try_number] for one in run.get_task_instances()}
facts = run.get_task_instance("check").xcom_pull(task_ids="check")
json.dump({"run": str(run.state), "tasks": tasks, "facts": facts}, open("states.json", "w"))
"""


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """A folder with Airflow's database and the page's DAG."""
    folder = tmp_path_factory.mktemp("airflow")
    (folder / "dags").mkdir()
    (folder / "incoming").mkdir()
    (folder / "dags" / "page_dag.py").write_text(pieces("Airflow")[0], "utf-8")
    (folder / "run.py").write_text(RUN, "utf-8")
    called(folder, "-m", "airflow", "db", "migrate")
    return folder


def called(folder, *arguments):
    """What Python says, with Airflow's home in the folder."""
    own = {
        "AIRFLOW_HOME": str(folder),
        "AIRFLOW__CORE__LOAD_EXAMPLES": "False",
        "PYTHONPATH": str(folder / "dags"),
    }
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=folder,
        env={**os.environ, **own},
        capture_output=True,
        text=True,
        check=False,
        timeout=240,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout + done.stderr


def ran(home, data):
    data.write_csv(home / "incoming" / "orders.csv")
    said = called(home, "run.py")
    return json.loads((home / "states.json").read_text("utf-8")), said


def test_data_that_pass_are_loaded(home):
    states, said = ran(home, GOOD)
    assert states["run"] == "success"
    assert states["tasks"]["load"][0] == "success"
    assert "loaded incoming/orders.csv" in said
    assert states["facts"]["passed"] is True
    assert states["facts"]["report"] == "orders.report.json"


def test_a_breach_fails_at_once_and_stops_what_is_downstream(home):
    states, said = ran(home, BAD)
    assert states["run"] == "failed"
    assert states["tasks"] == {"check": ["failed", 1], "load": ["upstream_failed", 0]}
    assert "loaded incoming" not in said
    assert "stands in clear in card" in said
    assert CARD not in said
    kept = [p for p in home.rglob("*") if p.is_file() and p.parent.name != "incoming"]
    assert any(p.suffix == ".db" for p in kept)
    assert not [p for p in kept if CARD.encode() in p.read_bytes()]
    assert (home / "orders.report.json").is_file()


def test_a_breach_and_a_wrong_call_are_final_and_an_incomplete_answer_is_not():
    from airflow.sdk.exceptions import AirflowFailException

    import privscan as ps
    from privscan.integrations.airflow import gate

    with pytest.raises(AirflowFailException, match="card"):
        gate(BAD)
    with pytest.raises(AirflowFailException, match="nothing_of_that_name"):
        gate(GOOD, policy="nothing_of_that_name")
    with pytest.raises(ps.IncompleteError, match="left out") as stopped:
        gate(GOOD, detectors=["names"])
    assert not isinstance(stopped.value, AirflowFailException)
