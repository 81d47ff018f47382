"""The lines that docs/integrations.md gives for other tools, run by these on data with a card number.

Start: `make test-real` for Pandera, `make test-tools TOOLS=prefect` (dbt, great_expectations, soda).
"""

from __future__ import annotations

import importlib.util
import json
import sys

import polars as pl
import pytest
from integration_page import pieces

import privscan as ps

pytestmark = pytest.mark.real

CARD = "4000056655665556"
GOOD = pl.DataFrame({"sku": [f"A-{i:04}" for i in range(60)], "amount": range(60)})
BAD = GOOD.with_columns(card=pl.lit(CARD))
SAYS = "stands in clear in card"


def needed(module, tool):
    return pytest.importorskip(module, reason=f"needs make test-tools TOOLS={tool}")


@pytest.fixture
def page(tmp_path):
    """The lines under a heading, as a module."""

    def loaded(heading, **beside):
        file = tmp_path / "page_lines.py"
        file.write_text(pieces(heading)[0], "utf-8")
        spec = importlib.util.spec_from_file_location("page_lines", file)
        module = importlib.util.module_from_spec(spec)
        vars(module).update(beside)
        sys.modules["page_lines"] = module
        spec.loader.exec_module(module)
        return module

    yield loaded
    sys.modules.pop("page_lines", None)


def test_pandera(page):
    pytest.importorskip("pandera", reason="needs make test-real")
    from pandera.errors import SchemaError, SchemaErrors

    schema = page("Pandera").schema
    assert schema.validate(GOOD).equals(GOOD)
    with pytest.raises(SchemaError, match=SAYS) as stopped:
        schema.validate(BAD)
    with pytest.raises(SchemaErrors, match=SAYS) as all_of_it:
        schema.validate(BAD, lazy=True)
    assert CARD not in f"{stopped.value} {stopped.value!r} {all_of_it.value} {all_of_it.value!r}"
    assert schema.validate(BAD.lazy()).collect().height == len(BAD), "the page says so"


def test_prefect(page, tmp_path, monkeypatch, capfd):
    needed("prefect", "prefect")
    from prefect.testing.utilities import prefect_test_harness

    seen = []
    flow = page("Prefect", load=seen.append).orders
    GOOD.write_csv(tmp_path / "good.csv")
    BAD.write_csv(tmp_path / "bad.csv")
    with prefect_test_harness(server_startup_timeout=150):
        flow(str(tmp_path / "good.csv"))
        state = flow(str(tmp_path / "bad.csv"), return_state=True)
    assert state.is_failed()
    assert seen == [str(tmp_path / "good.csv")]
    said = "".join(capfd.readouterr()) + repr(state)
    assert SAYS in said
    assert CARD not in said


PROFILE = "shop: {target: d, outputs: {d: {type: duckdb, path: shop.duckdb, threads: 1}}}"
PROJECT = "{name: shop, version: '1.0', profile: shop}"
STAGING = "select * from read_csv('orders.csv', all_varchar = true)"


def test_dbt(tmp_path, monkeypatch, capfd):
    needed("dbt.adapters.duckdb", "dbt")
    from dbt.cli.main import dbtRunner

    (tmp_path / "models").mkdir()
    for name, text in {
        "profiles.yml": PROFILE,
        "dbt_project.yml": PROJECT,
        "models/stg_orders.sql": STAGING,
        "models/gated_orders.py": pieces("dbt")[0],
        "models/mart.sql": "select count(*) as n from {{ ref('gated_orders') }}",
    }.items():
        (tmp_path / name).write_text(text, "utf-8")
    monkeypatch.chdir(tmp_path)

    def built(data):
        data.write_csv("orders.csv")
        done = dbtRunner().invoke(["build", "--profiles-dir", "."])
        return {one.node.name: str(one.status) for one in done.result}

    assert built(BAD) == {"stg_orders": "success", "gated_orders": "error", "mart": "skipped"}
    kept = [*(tmp_path / "logs").rglob("*"), *(tmp_path / "target").rglob("*")]
    said = "".join(capfd.readouterr()) + "".join(
        p.read_text("utf-8", "replace") for p in kept if p.is_file()
    )
    assert SAYS in said
    assert CARD not in said
    assert set(built(GOOD).values()) == {"success"}


def test_great_expectations(page):
    gx = needed("great_expectations", "great_expectations")
    expectation = page("Great Expectations").ExpectBatchToPassPrivscan
    context = gx.get_context(mode="ephemeral")
    asset = context.data_sources.add_pandas("lake").add_dataframe_asset("orders")
    batches = asset.add_batch_definition_whole_dataframe("all")
    suite = context.suites.add(
        gx.ExpectationSuite("s", expectations=[expectation(policy="ingest")])
    )
    validation = context.validation_definitions.add(
        gx.ValidationDefinition(name="v", data=batches, suite=suite)
    )
    results = [validation.run(batch_parameters={"dataframe": f.to_pandas()}) for f in (GOOD, BAD)]
    assert [one.success for one in results] == [True, False]
    kept = json.dumps([one.to_json_dict() for one in results])
    assert "forbid_clear" in kept
    assert CARD not in kept


def test_soda():
    soda = needed("soda.scan", "soda")
    import duckdb

    def stops(data):
        connection = duckdb.connect()
        connection.register("frame", data.to_arrow())
        connection.execute("create table orders as from frame")
        scan = soda.Scan()
        scan.add_duckdb_connection(connection, "lake")
        scan.set_data_source_name("lake")
        scan.add_sodacl_yaml_str("checks for orders: [row_count > 0]")
        exec(pieces("Soda")[0], {"scan": scan, "connection": connection, "ps": ps})
        return scan

    assert not stops(GOOD).has_check_fails()
    with pytest.raises(ps.PolicyViolationError, match=SAYS) as stopped:
        stops(BAD)
    assert CARD not in repr(stopped.value)
