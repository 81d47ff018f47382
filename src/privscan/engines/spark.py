"""Apache Spark: the session that is there, the master at `spark:MASTER`, else this machine."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Generator, Iterator, Sequence
from typing import Any

import pyarrow as pa

from privscan.errors import PrivscanError
from privscan.evidence.codec import decode
from privscan.evidence.dataset import Evidence
from privscan.scan.local import THREADS
from privscan.scan.plan import Plan
from privscan.scan.tasks import TRIES, Task, worked

PLUGIN = True
NEEDS, EXTRA = ("pyspark", "pandas"), "spark"
ANSWER = "task long, wire binary"
WAVE = 512  # tasks of a job: so many answers are in the driver's memory at once


def observed(
    plan: Plan, tasks: Sequence[Task], workers: int | None, address: str
) -> Generator[tuple[Task, Evidence], None, None]:
    """Each task with its evidence; Spark itself repeats what a lost worker had."""
    from py4j.protocol import Py4JError
    from pyspark.errors import PySparkException
    from pyspark.sql import SparkSession

    if not address:  # else each machine has its own
        here = {"SPARK_LOCAL_IP": "127.0.0.1", "PYSPARK_PYTHON": sys.executable}
        os.environ |= {name: value for name, value in here.items() if name not in os.environ}
    said = {f"spark.executorEnv.{name}": "1" for name in THREADS}
    said |= {"spark.ui.enabled": "false", "spark.ui.showConsoleProgress": "false"}
    master = address or f"local[{workers or os.cpu_count()},{TRIES + 1}]"
    theirs = SparkSession.getActiveSession()
    session = theirs or SparkSession.builder.master(master).config(map=said).getOrCreate()
    try:
        for wave in (tasks[i : i + WAVE] for i in range(0, len(tasks), WAVE)):
            each = session.range(0, len(wave), 1, len(wave)).mapInArrow(_work(wave, plan), ANSWER)
            for row in each.toArrow().to_batches(max_chunksize=1):
                yield wave[row["task"][0].as_py()], decode(row["wire"][0].as_py())
    except (PySparkException, Py4JError) as error:  # their text is the worker's trace
        hint = "scan with the engine local: it names the part that ends its workers"
        raise PrivscanError(f"the Spark job failed: {type(error).__name__}", hint=hint) from None
    finally:
        if theirs is None:
            session.stop()


def _work(wave: Sequence[Task], plan: Plan) -> Any:
    def rows(batches: Iterator[Any]) -> Iterator[Any]:
        for task in (number for batch in batches for number in batch["id"].to_pylist()):
            answer = pa.record_batch({"task": [task], "wire": [worked(wave[task], plan)]})
            # Spark looks for garbage after each task; rules and modules, once loaded, are none.
            if not gc.get_freeze_count():
                gc.freeze()
            yield answer

    return rows
