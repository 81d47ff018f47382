"""One conformance test for all engines: the bytes of the local report, whoever works and dies.

Start: `make test-real`, or `pip install 'privscan[dask,spark]'` (Spark wants Java 17) and
`pytest -m real tests/real/test_engines.py`.
"""

from __future__ import annotations

import importlib.util
import json
import os
import shutil
import sys
import textwrap
from pathlib import Path

import polars as pl
import pytest

import privscan as ps
from privscan.errors import PrivscanError
from privscan.registry import plugins
from privscan.render import json as json_format
from privscan.sources._files import readers

pytestmark = pytest.mark.real

KEY = b"key of a test, 32 bytes, made up"
FILES = 9
ENGINES = [p.name for p in plugins("engines")]

MORTAL = '''
    """Files that begin with MORTAL: reading one ends its process, the first time or each time."""

    import os
    import signal
    from pathlib import Path

    import polars as pl

    from privscan.model.data import Batch, Column, Part
    from privscan.model.kinds import Kind

    PRIORITY = 1


    def sniff(sample):
        return sample.startswith(b"MORTAL")


    def schema(uri):
        return ("birth_date",)


    def parts(uri, dataset):
        yield Part("mortal", dataset, uri, bytes=Path(uri).stat().st_size)


    def read(part, *, batch_rows=0):
        died = Path(part.uri + ".died")
        if os.getpid() != int(os.environ["PRIVSCAN_TEST_DRIVER"]):
            if "always" in part.uri or not died.exists():
                died.touch()
                os.kill(os.getpid(), signal.SIGKILL)
        cells = pl.Series("birth_date", ["1984-02-29", "1999-12-31"])
        yield Batch(2, (Column("birth_date", Kind.TEXT, cells),))
'''


@pytest.fixture
def mortal(tmp_path, monkeypatch):
    """A source installed as another package's plugin; the driver itself never dies of it."""
    folder = tmp_path / "plugins"
    info = folder / "mortal-1.0.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: mortal\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text("[privscan.sources]\nmortal = mortal_source\n")
    (folder / "mortal_source.py").write_text(textwrap.dedent(MORTAL))
    monkeypatch.syspath_prepend(str(folder))
    monkeypatch.setenv("PYTHONPATH", str(folder), prepend=os.pathsep)
    monkeypatch.setenv("PRIVSCAN_TEST_DRIVER", str(os.getpid()))
    for known in (plugins, readers):
        known.cache_clear()
    _no_java()
    yield
    _no_java()
    for known in (plugins, readers):
        known.cache_clear()


def _no_java():
    """End Spark's Java, if one runs: its workers see the environment with which it began."""
    context = sys.modules.get("pyspark") and sys.modules["pyspark"].SparkContext
    if context and context._gateway:
        process = context._gateway.proc
        context._gateway.shutdown()
        context._gateway = context._jvm = None
        process.stdin.close()
        process.wait(timeout=60)


@pytest.fixture
def lake(tmp_path):
    """Tables of one and of several parts, and a file that nobody can read."""
    folder = tmp_path / "lake"
    for i in range(FILES):
        kept = folder / f"orders/day={i}"
        kept.mkdir(parents=True)
        pl.DataFrame(
            {
                "email": [f"person{i * 40 + j}@example.com" for j in range(40)],
                "birth_date": [f"19{50 + j}-0{1 + i}-1{j % 9}" for j in range(40)],
                "note": [f"call {j}" if j % 13 else "ask ana@example.org" for j in range(40)],
            }
        ).write_parquet(kept / "a.parquet", row_group_size=20)
    (folder / "broken.parquet").write_bytes(b"PAR1" + b"\0" * 64 + b"PAR1")
    return folder


def needed(engine):
    """Skip where the engine cannot start, and say how to make it start."""
    packages = {"dask": "distributed", "spark": "pyspark"}
    if engine in packages and importlib.util.find_spec(packages[engine]) is None:
        pytest.skip(f"needs pip install 'privscan[{engine}]'")
    if engine == "spark" and not shutil.which("java"):
        pytest.skip("needs Java 17: apt-get install openjdk-17-jre-headless")
    return engine


def report(folder, **options):
    chosen = {"detectors": ["dates", "components"], **options}
    return json_format.render(ps.scan(str(folder), key=KEY, **chosen))


@pytest.mark.parametrize("workers", [1, 2, 4])
@pytest.mark.parametrize("engine", ENGINES)
def test_any_engine_gives_the_local_bytes(lake, engine, workers):
    told = []
    detectors = {"detectors": None} if workers == 2 else {}  # None: all of them
    options = {"engine": needed(engine), "workers": workers, "progress": told.append, **detectors}
    assert report(lake, **options) == report(lake, engine="local", workers=1, **detectors)
    assert told[-1].done == told[-1].parts == FILES + 1
    assert told[-1].bytes == sum(f.stat().st_size for f in lake.rglob("*.parquet"))


@pytest.mark.parametrize("engine", ENGINES)
def test_a_worker_that_is_killed_is_replaced_and_nothing_is_lost(lake, mortal, engine):
    (lake / "once.data").write_bytes(b"MORTAL")
    died = lake / "once.data.died"
    local = report(lake, engine="local", workers=1)
    assert "once" in local
    assert not died.exists()
    assert report(lake, engine=needed(engine), workers=2) == local
    assert died.exists()


@pytest.mark.parametrize("engine", ["local", "dask"])
def test_a_part_that_kills_every_worker_is_unread_and_alone(lake, mortal, engine):
    (lake / "always.data").write_bytes(b"MORTAL")
    said = json.loads(report(lake, engine=needed(engine), workers=2))
    reasons = {Path(one["uri"]).name: one["reason"] for one in said["unread"]}
    assert reasons["always.data"] == "the worker that read it died 3 times"
    assert set(reasons) == {"always.data", "broken.parquet"}
    assert not said["complete"]


def test_a_part_that_kills_every_worker_ends_a_spark_job_with_a_clear_error(lake, mortal):
    (lake / "always.data").write_bytes(b"MORTAL")
    with pytest.raises(PrivscanError, match="the Spark job failed") as caught:
        report(lake, engine=needed("spark"), workers=2)
    assert "engine local" in str(caught.value)
    assert "Traceback" not in str(caught.value)


def test_a_dask_cluster_that_is_there_is_used_by_its_address(lake):
    needed("dask")
    from distributed import LocalCluster

    local = report(lake, engine="local", workers=1)
    with LocalCluster(n_workers=1, threads_per_worker=1, dashboard_address=None) as cluster:
        assert report(lake, engine=f"dask:{cluster.scheduler_address}") == local
        assert cluster.scheduler.transition_counter > 0


def test_tasks_of_several_parts_give_the_same_and_die_apart(lake, mortal, monkeypatch):
    """As for a hundred thousand parts: a task is many, and the death of one part is its own."""
    needed("dask")
    monkeypatch.setattr(importlib.import_module("privscan.scan.tasks"), "MOST", 2)
    (lake / "always.data").write_bytes(b"MORTAL")
    said = report(lake, engine="dask", workers=2)
    assert max(one["reason"] for one in json.loads(said)["unread"]).startswith("the worker")
    assert len(json.loads(said)["unread"]) == 2
