"""A lake in a server of S3 on this machine.

Start: `make test-real`, or `pip install 'moto[s3,server]' 'privscan[objects]'` and
`pytest -m real tests/real/test_objects.py`; by hand `moto_server -p 5000`.
"""

from __future__ import annotations

import gzip
import shutil
import socket
import subprocess
import sys
import time
import zlib
from pathlib import Path

import polars as pl
import pytest

import privscan as ps

pytestmark = pytest.mark.real

obstore = pytest.importorskip("obstore", reason="needs pip install 'privscan[objects]'")
SAMPLES = Path(__file__).parents[2] / "samples"
SETTINGS = {
    "AWS_ACCESS_KEY_ID": "nobody",
    "AWS_SECRET_ACCESS_KEY": "CANARY-secret-9d1f",
    "AWS_REGION": "us-east-1",
}


@pytest.fixture(scope="module")
def server():
    moto = Path(sys.executable).parent / "moto_server"
    if not moto.exists() and not shutil.which("moto_server"):
        pytest.skip("needs pip install 'moto[s3,server]'")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [moto if moto.exists() else "moto_server", "-H", "127.0.0.1", "-p", str(port)]
    running = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    for _ in range(100):
        with socket.socket() as tried:
            if not tried.connect_ex(("127.0.0.1", port)):
                break
        time.sleep(0.1)
    yield f"http://127.0.0.1:{port}"
    running.kill()


@pytest.fixture
def bucket(server, monkeypatch):
    """An empty bucket, and the environment that opens it."""
    from privscan.sources import _object_stores, _objects

    for key, value in (SETTINGS | {"AWS_ENDPOINT_URL": server}).items():
        monkeypatch.setenv(key, value)
    name = f"lake{time.monotonic_ns()}"
    subprocess.run(
        [
            sys.executable,
            "-c",
            f"import urllib.request as u; u.urlopen(u.Request({f'{server}/{name}'!r}, method='PUT'))",
        ],
        check=True,
    )
    _object_stores.store.cache_clear()
    _objects._first.cache_clear()
    return f"s3://{name}"


def put(bucket, name, data):
    from privscan.sources._object_stores import store

    obstore.put(store(bucket), name, data)


def told(report):
    """What a report says of the data, but for where they stand."""
    return {
        (d.name, d.rows, c.path, c.entity, c.confidence) for d in report.datasets for c in d.columns
    }


def test_a_lake_of_objects_is_scanned_as_a_folder_is(bucket):
    for path in SAMPLES.rglob("*"):
        if path.is_file() and path.suffix not in {".py", ".md"} and path.name != "expected.json":
            put(bucket, str(path.relative_to(SAMPLES)), path.read_bytes())
    there, here = ps.scan(f"{bucket}/"), ps.scan(SAMPLES)
    assert told(there) == told(here)
    assert there.complete
    assert SETTINGS["AWS_SECRET_ACCESS_KEY"] not in repr(there)


def test_patterns_prefixes_and_single_objects(bucket):
    for month in (1, 2, 10):
        put(bucket, f"sales/month={month}/x.csv.gz", gzip.compress(b"email\na@example.com\n"))
    put(bucket, "other/y.csv", b"email\nb@example.com\n")
    assert ps.scan(f"{bucket}/sales/").datasets[0].rows == 3
    assert ps.scan(f"{bucket}/sales/month=1*/*.gz").datasets[0].rows == 2
    assert ps.scan(f"{bucket}/other/y.csv").datasets[0].rows == 1
    assert len(ps.scan(f"{bucket}/").datasets) == 2


def test_what_is_not_there_or_broken_stays_unread(bucket):
    assert not ps.scan(f"{bucket}/").complete
    assert not ps.scan("s3://no-such-bucket-anywhere/").complete
    put(bucket, "a.parquet", b"PAR1" + bytes(100))
    report = ps.scan(f"{bucket}/a.parquet")
    assert [u.reason for u in report.unread] == ["the Parquet file has no footer: it is truncated"]


def test_many_objects_are_planned_in_a_stream(bucket, tmp_path):
    frame = pl.DataFrame({"email": ["a@example.com"]})
    frame.write_parquet(tmp_path / "x")
    data = (tmp_path / "x").read_bytes()
    for number in range(300):
        put(bucket, f"t/{number:04}.parquet", data)
    (found,) = ps.scan(f"{bucket}/t/").datasets
    assert (found.rows, found.files) == (300, 300)


def test_a_delta_table_is_read_in_its_newest_version(bucket, tmp_path):
    lake = pytest.importorskip("deltalake", reason="needs pip install 'privscan[lake]'")
    old, new = ({"email": [f"{who}@example.com"]} for who in ("gone", "here"))
    lake.write_deltalake(str(tmp_path / "t"), pl.DataFrame(old))
    lake.write_deltalake(str(tmp_path / "t"), pl.DataFrame(new), mode="overwrite")
    for path in (tmp_path / "t").rglob("*"):
        if path.is_file():
            put(bucket, f"x/{path.relative_to(tmp_path)}", path.read_bytes())
    put(bucket, "x/other.csv", b"email\na@example.com\n")
    report = ps.scan(f"{bucket}/x/")
    assert {d.name: (d.rows, d.version) for d in report.datasets} == {
        "t": (1, "1"),
        "other": (1, ""),
    }
    assert report.complete


def test_an_iceberg_table_is_not_read_as_loose_files(bucket, tmp_path):
    put(bucket, "t/metadata/00001-a.metadata.json", b"{}")
    put(bucket, "t/data/x.csv", b"email\na@example.com\n")
    report = ps.scan(f"{bucket}/")
    assert [u.reason for u in report.unread] == [
        "Iceberg tables in an object store are not read: scan a copy in a folder"
    ]
    assert sum(d.rows for d in report.datasets) == 0


def test_a_store_in_a_bucket_outlives_a_kill_and_serves_the_next_scan(bucket, tmp_path):
    for number in range(400):
        (tmp_path / f"{number:03}.csv").write_text(f"email\nperson{number}@example.com\n")
    store = f"{bucket}/privscan"
    scan = [sys.executable, "-m", "privscan", "scan", str(tmp_path), "-q", "--store", store]
    with subprocess.Popen(scan, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as running:
        for _ in range(600):
            if any("put" in text for text in logs(bucket)) or running.poll() is not None:
                break
            time.sleep(0.1)
        assert running.poll() is None
        running.kill()
    past = subprocess.run([*scan[:3], "history", store], capture_output=True, check=True)
    assert past.stdout.strip() == b"no complete scan yet"
    again = subprocess.run([*scan, "-f", "json"], capture_output=True, check=True)
    (told_,) = ps.history(store)
    assert 64 <= told_.reused < 400
    assert told_.reused % 64 == 0
    key = bytes(obstore.get(opened_bucket(bucket), "privscan/key").bytes())
    whole = ps.scan(tmp_path, key=key)
    from privscan.render.json import render

    assert again.stdout.decode() == render(whole)
    third = subprocess.run(scan[:-3] + scan[-2:], capture_output=True, check=True)
    assert b"400 of 400 parts re-used" in third.stderr
    assert SETTINGS["AWS_SECRET_ACCESS_KEY"].encode() not in again.stderr + third.stderr


def opened_bucket(bucket):
    from privscan.sources._object_stores import store

    return store(bucket)


def logs(bucket):
    """The logs of a store's index, as text."""
    bases = opened_bucket(bucket)
    every = [one["path"] for some in obstore.list(bases, "privscan/index") for one in some]
    return [zlib.decompress(bytes(obstore.get(bases, name).bytes())).decode() for name in every]
