"""What other finders of personal data cost on the same table, in the same run.

usage: python bench/peers.py PYTHON...   interpreters of environments that have peers installed

Each peer runs in a process of its own and counts the CPU time of its calls alone, on as many rows
as it manages in seconds. ripgrep, where there is one, gets our patterns and all cells: a floor,
for it says no more than which cells hold a match.
"""

from __future__ import annotations

import json
import resource
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import polars as pl
from mixed import table
from spans import machine

from privscan.recognition.predefined import REGISTRY_FLAGS, language_names, predefined

ROWS = 131_072

HEAD = """
import sys, time, json, importlib.metadata as metadata
import pyarrow.parquet as pq
name, file, rows = sys.argv[1], sys.argv[2], int(sys.argv[3])
table = pq.read_table(file).slice(0, rows)
columns = {n: table[n].to_pylist() for n in table.column_names}
cells = [c for column in columns.values() for c in column if c is not None]
"""
TAIL = """
started = time.process_time()
found = run()
seconds = time.process_time() - started
print(json.dumps([metadata.version(name), len(cells), seconds, found]))
"""
PRESIDIO = """
from presidio_analyzer import AnalyzerEngine, RecognizerRegistry
from presidio_analyzer.nlp_engine import NoOpNlpEngine
import presidio_analyzer.predefined_recognizers, tldextract.tldextract as tld
tld.TLD_EXTRACTOR = tld.TLDExtract(suffix_list_urls=(), cache_dir=None)
nothing = NoOpNlpEngine(models=[{"lang_code": "en", "model_name": "none"}])
registry = RecognizerRegistry()
registry.load_predefined_recognizers(languages=["en"], nlp_engine=nothing)
engine = AnalyzerEngine(registry=registry, nlp_engine=nothing)
"""
EACH_CELL = """
def run():
    return sum(len(find(cell)) for cell in cells)
run_once = find("warm up a@b.com 1")
"""
PEERS = {
    "privscan": (
        ROWS,
        """
import privscan
arrays = [table[n] for n in table.column_names]
privscan.spans(arrays[0].slice(0, 100))
def run():
    return sum(len(privscan.spans(array)) for array in arrays)
""",
    ),
    "presidio-analyzer": (
        100,
        PRESIDIO + "find = lambda cell: engine.analyze(cell, 'en')" + EACH_CELL,
    ),
    "presidio-structured": (
        100,
        PRESIDIO
        + """
import pandas
from presidio_structured import PandasAnalysisBuilder
frame = pandas.DataFrame({n: [c or "" for c in column] for n, column in columns.items()})
def run():
    return len(PandasAnalysisBuilder(engine).generate_analysis(frame).entity_mapping)
""",
    ),
    "datafog": (
        1_000,
        "from datafog.engine import scan\nfind = lambda cell: scan(cell).entities" + EACH_CELL,
    ),
    "datafog-core": (20_000, "from datafog_core import scan as find" + EACH_CELL),
    "dataprofiler": (
        20_000,
        """
import pandas, dataprofiler
frame = pandas.DataFrame(columns)
options = dataprofiler.ProfilerOptions()
options.set({"*.data_labeler.is_enabled": False, "multiprocess.is_enabled": False})
def run():
    return len(dataprofiler.Profiler(frame, options=options).report()["data_stats"])
""",
    ),
}
"""Rows, and what makes `run`, which answers on all cells or columns and counts what it found."""


def main(interpreters: list[str]) -> None:
    """Print one line a peer, ours first."""
    print(machine())
    frame = table(ROWS).select(pl.all().cast(pl.String))
    print("peer                          cells   found   cells a CPU second   ns a cell")
    with tempfile.TemporaryDirectory() as place:
        file = Path(place, "mixed.parquet")
        frame.write_parquet(file)
        for name, (rows, code) in PEERS.items():
            print(line(name, measured(name, rows, code, file, interpreters)), flush=True)
        print(line("ripgrep", ripgrep(frame, Path(place))))


def measured(
    name: str, rows: int, code: str, file: Path, interpreters: list[str]
) -> tuple[str, int, float, int] | str:
    """Version, cells, seconds and count of one peer, from the first environment that has it."""
    said = "not installed"
    for python in [sys.executable, *interpreters]:
        call = [python, "-W", "ignore", "-c", HEAD + code + TAIL, name, str(file), str(rows)]
        done = subprocess.run(call, capture_output=True, text=True, check=False)
        if not done.returncode:
            return tuple(json.loads(done.stdout.splitlines()[-1]))
        why = done.stderr.strip().splitlines()[-1]
        if "ModuleNotFoundError" not in why:
            said = why
    return said


def ripgrep(frame: pl.DataFrame, place: Path) -> tuple[str, int, float, int] | str:
    """Cells, one a line, that hold a match of any of our patterns' Rust forms."""
    program = shutil.which("rg")
    if program is None:
        return "not installed"
    forms = [
        pattern.form.seek
        for name, _ in language_names("en")
        for pattern in predefined(name, REGISTRY_FLAGS).patterns
        if pattern.form
    ]
    cells, patterns = place / "cells.txt", place / "patterns.txt"
    lines = [cell for column in frame for cell in column.drop_nulls().to_list()]
    cells.write_text("\n".join(lines), "utf-8")
    patterns.write_text("\n".join(forms), "utf-8")
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    call = [program, "--threads=1", "--no-unicode", "--dfa-size-limit=1G", "--count", "-f"]
    done = subprocess.run([*call, patterns, cells], capture_output=True, text=True, check=False)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    seconds = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    if done.returncode:
        return done.stderr.strip().splitlines()[-1]
    version = subprocess.run([program, "--version"], capture_output=True, text=True, check=True)
    return version.stdout.split()[1], len(lines), seconds, int(done.stdout)


def line(name: str, said: tuple[str, int, float, int] | str) -> str:
    """One row of the table, or why there is none."""
    if isinstance(said, str):
        return f"{name:24}  {said}"
    version, cells, seconds, found = said
    rate, cost = cells / seconds, seconds / cells * 1e9
    return f"{name + ' ' + version:24} {cells:10,} {found:7,} {rate:20,.0f} {cost:11,.0f}"


if __name__ == "__main__":
    if len(sys.argv) > 1:
        main(sys.argv[1:])
    else:
        print("bench/peers.py: name the Python of an environment that has peers installed")
