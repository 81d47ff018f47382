"""`scan --shard` and `merge`: the report of the whole, from files that any scheduler can make."""

from __future__ import annotations

import hashlib
import json
import re
import stat
from pathlib import Path

import polars as pl
import pytest
from program import QUICK, Run

from privscan import api
from privscan.scan import shards

CANARY = "1987-03-14"
KEY = bytes(range(32))
N = 3


@pytest.fixture(scope="module")
def lake(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Seven parts of one dataset, a table of its own, and a file that breaks."""
    folder = tmp_path_factory.mktemp("lake")
    (folder / "key").write_bytes(KEY)
    for i in range(7):
        days = [CANARY, *(f"19{50 + j}-0{1 + i}-1{j % 9}" for j in range(30))]
        (folder / f"data/born/day={i}").mkdir(parents=True)
        pl.DataFrame({"birth_date": days}).write_parquet(folder / f"data/born/day={i}/a.parquet")
    (folder / "data/seen.csv").write_text("seen\n2024-01-31\n2024-02-28\n", "utf-8")
    (folder / "data/bad.parquet").write_bytes(b"PAR1" + b"\0" * 64 + b"PAR1")
    for i in range(1, N + 1):
        api.shard(
            folder / "data",
            number=f"{i}/{N}",
            file=folder / f"{i}.evidence",
            key=KEY,
            detectors=["dates"],
        )
    return folder


@pytest.fixture
def run(inside: Run) -> Run:
    return inside


def files(lake, *numbers):
    return [lake / f"{i}.evidence" for i in numbers]


@pytest.fixture(scope="module")
def whole(lake):
    return api.scan(lake / "data", key=KEY, detectors=["dates"])


@pytest.mark.parametrize("order", [(1, 2, 3), (3, 1, 2), (2, 2, 3, 1, 1)], ids=str)
def test_shards_in_any_order_and_twice_are_the_scan_to_the_byte(lake, whole, run, order):
    done = run("merge", *files(lake, *order), "-f", "json")
    assert done.returncode == 3  # the broken file
    api.save(whole, lake / "whole.json")
    assert done.stdout == (lake / "whole.json").read_text("utf-8")
    assert "INCOMPLETE: 1 part unread" in done.stderr


def test_every_format_of_scan_is_written(lake, run, tmp_path):
    named = [tmp_path / f"r{suffix}" for suffix in (".json", ".html", ".md", ".csv")]
    outputs = [word for name in named for word in ("-o", name)]
    done = run("merge", *files(lake, 1, 2, 3), *outputs, "-f", "ndjson", "--lang", "ja")
    assert done.returncode == 3, done.stderr
    assert all(name.stat().st_size for name in named)
    assert json.loads(done.stdout.splitlines()[0])
    assert run("merge", *files(lake, 1, 2, 3), "--fail-on", "info").returncode == 1


def test_a_missing_shard_is_unread_and_no_gate_passes_it(lake, whole, run, tmp_path):
    done = run("merge", *files(lake, 1, 3), "-o", tmp_path / "r.json", "-f", "json")
    assert done.returncode == 3
    report = json.loads(done.stdout)
    lost = [one for one in report["unread"] if one["span"] == "shard 2/3"]
    assert {one["dataset"] for one in lost} <= {d.name for d in whole.datasets}
    counts = [re.fullmatch(r"evidence is missing of (\d+) parts?", o["reason"])[1] for o in lost]
    assert sum(map(int, counts)) == len(api.plan(lake / "data").parts) // 3
    sizes = {d["name"]: (d["bytes"], d["files"]) for d in report["datasets"]}
    assert sizes == {d.name: (d.bytes, d.files) for d in whole.datasets}
    assert not report["complete"]
    assert run("gate", "--report", tmp_path / "r.json").returncode == 3
    japanese = run("merge", *files(lake, 1, 3), "--lang", "ja", "-f", "markdown").stdout
    assert all(f"{count}個の読取り単位の結果がない" in japanese for count in counts)


def test_files_are_for_their_owner_and_hold_no_value(lake):
    for file in files(lake, 1, 2, 3):
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
        content = file.read_bytes()
        assert content.startswith(b"privscan-shard/1\n")
        for form in (CANARY, CANARY.replace("-", ""), KEY.decode("latin-1")):
            assert form.encode("latin-1") not in content
    assert not list(lake.glob(".*"))  # nothing half-written stays


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"key": bytes(32)}, "different key_id"),
        ({"detectors": ["addresses"]}, "different plan"),
        ({"number": "2/4"}, "this is shard 2/4, the first is 1/3"),
        ({"number": "1/3", "more": True}, "other files"),
    ],
    ids=["key", "detectors", "count", "files"],
)
def test_shards_of_another_scan_are_refused_by_name(lake, run, tmp_path, change, said):
    file = tmp_path / "other.evidence"
    data = [lake / "data", *([lake / "key"] if change.pop("more", False) else [])]
    given = {"number": "2/3", "key": KEY, "detectors": ["dates"], **change}
    api.shard(*data, file=file, **given)
    done = run("merge", *files(lake, 1, 3), file)
    assert done.returncode == 2
    assert done.stdout == ""
    assert said in done.stderr
    assert "other.evidence" in done.stderr
    assert "try: " in done.stderr


def test_two_answers_of_one_shard_are_refused(lake, run, tmp_path):
    folder = tmp_path / "data"
    folder.mkdir()
    for round_ in (1, 2):
        (folder / "a.csv").write_text(f"seen\n2024-01-3{round_ - 1}\n", "utf-8")
        file = tmp_path / f"{round_}.evidence"
        api.shard(folder, number="1/1", file=file, key=KEY, detectors=["dates"])
    done = run("merge", tmp_path / "1.evidence", tmp_path / "2.evidence")
    assert done.returncode == 2
    assert "two different files are shard 1/1" in done.stderr


def digested(rest: bytes, version: int = shards.VERSION) -> bytes:
    return b"privscan-shard/%d\n%s%s" % (version, hashlib.sha256(rest).digest(), rest)


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        (lambda w: w[:-1], "cut short or damaged"),
        (lambda w: w[:100] + bytes([w[100] ^ 1]) + w[101:], "cut short or damaged"),
        (lambda _: b"", "cut short or damaged"),
        (lambda _: b"\x80\x04\x95 a pickle", "cut short or damaged"),
        (lambda w: w.replace(b"/1\n", b"/2\n", 1), "version 2, this privscan reads 1"),
        (lambda _: digested(b"\0" * 50), "cut short or damaged"),
        (lambda w: digested(w.partition(b"\n")[2][32:-1]), "not privscan evidence"),
    ],
    ids=["cut", "flipped", "empty", "pickle", "version", "no stream", "cut within"],
)
def test_damaged_and_foreign_files_are_clear_errors(lake, run, tmp_path, damage, said):
    file = tmp_path / "bad.evidence"
    file.write_bytes(damage((lake / "2.evidence").read_bytes()))
    done = run("merge", *files(lake, 1, 3), file)
    assert done.returncode == 3
    assert said in done.stderr
    assert "bad.evidence" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--shard", "2/3", "-o", "2.evidence"), "needs a secret key"),
        (("--shard", "0/3", "--key-file", "key", "-o", "2.evidence"), "'0/3' is no shard"),
        (("--shard", "4/3", "--key-file", "key", "-o", "2.evidence"), "'4/3' is no shard"),
        (("--shard", "x", "--key-file", "key", "-o", "2.evidence"), "'x' is no shard"),
        (("--shard", "2/3", "--key-file", "key"), "one file, whose suffix is .evidence"),
        (("--shard", "2/3", "--key-file", "key", "-o", "r.json"), "suffix is .evidence"),
        (("--shard", "2/3", "--key-file", "key", "-o", "no/2.evidence"), "does not exist"),
        (("--shard", "2/3", "--fail-on", "low", "-o", "2.evidence"), "takes no --fail-on"),
        (("-o", "2.evidence"), "no format has this suffix"),
        (("--engine", "dusk"), "did you mean 'dask'"),
        (("--engine", "local:here"), "has no address"),
    ],
)
def test_wrong_calls_fail_before_any_data_is_read(lake, run, arguments, said, tmp_path):
    (tmp_path / "key").write_bytes(KEY)
    done = run("scan", lake / "data", *QUICK, *arguments)
    assert done.returncode == 2
    assert said in done.stderr
    assert not list(tmp_path.glob("*.evidence"))


def test_a_shard_is_written_by_the_verb_too_and_may_be_empty(lake, run, tmp_path):
    (tmp_path / "key").write_bytes(KEY)
    args = ("scan", lake / "data/seen.csv", *QUICK, "--key-file", "key")
    for i in (1, 2):
        done = run(*args, "--shard", f"{i}/2", "-o", f"{i}.evidence")
        assert (done.returncode, done.stdout) == (0, "")
        assert f"wrote {i}.evidence" in done.stderr
    done = run("merge", "1.evidence", "2.evidence")
    assert done.returncode == 0, done.stderr
    assert run("merge", "2.evidence").returncode == 3
