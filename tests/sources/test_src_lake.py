"""A listing of many objects: planned in few requests, and as it is today."""

from __future__ import annotations

import io
import threading
import zipfile
import zlib
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, unquote, urlsplit

import polars as pl
import pytest

from privscan.sources import _object_stores
from privscan.sources.discover import discover

MANY = 150


class Store(ThreadingHTTPServer):
    """An S3 server of one bucket that only lists and gives ranges; keeps what was asked for."""

    request_queue_size = 64  # a connection beyond it is tried again after ten seconds

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Answers)
        self.files, self.asked = {}, []

    def listing(self, prefix):
        entries = "".join(
            f"<Contents><Key>{name}</Key><LastModified>2026-11-24T10:00:00.000Z</LastModified>"
            f"<ETag>{zlib.crc32(data)}</ETag><Size>{len(data)}</Size></Contents>"
            for name, data in sorted(self.files.items())
            if name.startswith(prefix)
        )
        return f"<ListBucketResult><IsTruncated>false</IsTruncated>{entries}</ListBucketResult>"


class Answers(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def do_GET(self):
        address = urlsplit(self.path)
        asked = parse_qs(address.query)
        if "list-type" in asked:
            self.answer(200, self.server.listing(asked.get("prefix", [""])[0]).encode(), {})
            return
        name = unquote(address.path).split("/", 2)[2]
        self.server.asked.append((self.command, name))
        data = self.server.files.get(name)
        if data is None:
            self.answer(404, b"", {})
            return
        first, last = map(int, self.headers["Range"].removeprefix("bytes=").split("-"))
        part = data[first : last + 1]
        where = f"bytes {first}-{first + len(part) - 1}/{len(data)}"
        marks = {"ETag": f'"{zlib.crc32(data)}"', "Last-Modified": "Tue, 24 Nov 2026 10:00:00 GMT"}
        self.answer(206, part, marks | {"Content-Range": where})

    def do_HEAD(self):
        self.do_GET()

    def answer(self, status, data, marks):
        self.send_response(status)
        for name, value in (marks | {"Content-Length": str(len(data))}).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_):
        """Say nothing."""


@pytest.fixture
def lake(monkeypatch):
    running = Store()
    threading.Thread(target=running.serve_forever, daemon=True).start()
    said = {"ACCESS_KEY_ID": "nobody", "SECRET_ACCESS_KEY": "none", "REGION": "us-east-1"}
    for name, value in (said | {"ENDPOINT_URL": f"http://127.0.0.1:{running.server_port}"}).items():
        monkeypatch.setenv(f"AWS_{name}", value)
    _object_stores.store.cache_clear()
    yield running
    running.shutdown()
    _object_stores.store.cache_clear()


def parquet(rows):
    held = io.BytesIO()
    mails = [f"p{i}@example.com" for i in range(rows)]
    pl.DataFrame({"id": range(rows), "email": mails}).write_parquet(
        held, compression="uncompressed"
    )
    return held.getvalue()


def zipped(name, data):
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr(name, data)
    return held.getvalue()


def test_a_plan_asks_once_for_a_small_object_and_twice_for_a_large_one(lake):
    large = parquet(9_000)
    assert len(large) > 200_000
    lake.files = {f"t/{i:03}.parquet": parquet(3) for i in range(MANY)}
    lake.files |= {f"u/{i}.parquet": large for i in range(3)}
    assert len([*discover(["s3://b/"])]) == 2
    assert {how for how, _ in lake.asked} == {"GET"}
    names = [name for _, name in lake.asked]
    assert all(names.count(f"t/{i:03}.parquet") == 1 for i in range(1, MANY))
    assert all(names.count(f"u/{i}.parquet") == 2 for i in range(1, 3))


def test_objects_of_all_sorts_are_read_as_a_folder_is(lake, answer, tmp_path):
    csv = b"id,email\n1,a@example.com\n"
    lake.files = {
        **{f"k=1/{i:02}.csv": csv for i in range(70)},
        "mixed/a.parquet": parquet(9_000),
        "mixed/b.zip": zipped("b.csv", csv),
        "mixed/c.parquet": b"PAR1" + bytes(40),
        "mixed/d.jsonl": b'{"id": 1}\n' * 20_000 + b'{"email": "late@example.com"}\n',
        "mixed/empty.csv": b"",
    }
    for name, data in lake.files.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(data)
    there, here = answer("s3://b/"), answer(tmp_path)
    # Paths end in `/` at an address, so that datasets come in another order.
    assert {k: sorted(map(str, v)) for k, v in there.cells.items()} == {
        k: sorted(map(str, v)) for k, v in here.cells.items()
    }
    assert there.rows == here.rows == 70 + 9_000 + 1 + 20_001
    assert there.reasons == here.reasons
    assert len(there.unread) == 2
    assert "mixed/empty.csv" not in {name for _, name in lake.asked}


def test_a_second_scan_sees_what_changed_since_the_first(lake, answer):
    lake.files = {
        "a.csv": b"id,email\n1,old@example.com\n",
        "b.csv": b"id,email\n1,b@example.com\n",
    }
    assert "old@example.com" in answer("s3://b/").every
    lake.files["a.csv"] = b"id,email\n1,new@example.com\n"
    again = answer("s3://b/")
    assert (sorted(again.cells["email"]), again.unread) == (
        ["b@example.com", "new@example.com"],
        [],
    )
