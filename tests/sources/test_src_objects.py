"""Objects by ranges of bytes, from a server of this machine: the same cells, few requests, no secrets."""

from __future__ import annotations

import gzip
import io
import re
import threading
import zipfile
import zlib
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import polars as pl
import pytest

from privscan.errors import UnreadableError
from privscan.sources import _object_stores, _objects
from privscan.sources import _place as place

CSV = "n,email\n" + "".join(f"{i},p{i}@example.com\n" for i in range(3_000))


def parquet(rows=90_000):
    """Row groups of 10,000; one column of twenty is large."""
    held = io.BytesIO()
    wide = {f"c{i}": list(range(rows)) for i in range(4)}
    texts = {"email": [f"p{i}@example.com" for i in range(rows)]}
    pl.DataFrame(wide | texts).write_parquet(held, row_group_size=10_000)
    return held.getvalue()


def zipped(data):
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("a.csv", data)
    return held.getvalue()


FILES = {
    "/a.csv": CSV.encode(),
    "/a.csv.gz": gzip.compress(CSV.encode()),
    "/a.parquet": parquet(),
    "/a.zip": zipped(CSV),
    "/big.csv": CSV.encode() * 120,
    "/empty.csv": b"",
    "/two%20words%25.csv": CSV.encode(),
    "/flaky.csv": CSV.encode(),
    "/unmarked.csv": CSV.encode() * 5,
    "/changes.csv": CSV.encode() * 5,
    "/goes.csv": CSV.encode() * 5,
    "/whole.csv": CSV.encode(),
}


OK, DENIED, GONE, BUSY = 200, 403, 404, 503


def served(path, before):
    """What a server answers, by what was asked for before."""
    data, late = FILES.get(path), before.count(path) > 3
    if data is None or ("goes" in path and late):
        return DENIED if "secret" in path else GONE, b""
    if "flaky" in path and path not in before:
        return BUSY, b""
    return OK, data.replace(b"@example", b"@changed") if "changes" in path and late else data


def marks(path, data):
    """What tells a version of a file from another; some servers say nothing."""
    said = {"Last-Modified": "Tue, 24 Nov 2026 10:00:00 GMT", "ETag": f'"{zlib.crc32(data)}"'}
    return {} if "unmarked" in path else said


@pytest.fixture(scope="module")
def server():
    """Serves FILES by range, and keeps what was asked for."""
    asked = []

    class Handler(BaseHTTPRequestHandler):
        def do_HEAD(self):
            self.answer(body=False)

        def do_GET(self):
            self.answer(body=True)

        def answer(self, *, body):
            status, data = served(self.path, [path for _, path, *_ in asked])
            if status != OK:
                asked.append((self.command, self.path, 0, 0))
                self.send_error(status)
                return
            wanted = re.fullmatch(r"bytes=(\d+)-(\d+)", self.headers.get("Range", ""))
            if "whole" in self.path:
                wanted = None
            first, last = (int(wanted[1]), int(wanted[2])) if wanted else (0, len(data) - 1)
            part = data[first : last + 1]
            asked.append((self.command, self.path, first, len(part) if body else 0))
            self.send_response(206 if wanted else 200)
            self.send_header("Content-Length", str(len(part)))
            for name, value in marks(self.path, data).items():
                self.send_header(name, value)
            if wanted:
                self.send_header(
                    "Content-Range", f"bytes {first}-{first + len(part) - 1}/{len(data)}"
                )
            self.end_headers()
            if body:
                self.wfile.write(part)

        def log_message(self, *_):
            """Say nothing."""

    running = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=running.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{running.server_port}", asked
    running.shutdown()


@pytest.mark.parametrize("name", ["a.csv", "a.csv.gz", "a.zip"])
def test_objects_are_read_as_files_are(server, answer, tmp_path, name):
    (tmp_path / name).write_bytes(FILES[f"/{name}"])
    there, here = answer(f"{server[0]}/{name}"), answer(tmp_path / name)
    assert (there.rows, there.unread) == (3_000, [])
    assert there.cells == here.cells


@pytest.mark.parametrize("name", ["two%20words%25.csv", "flaky.csv", "unmarked.csv"])
def test_escaped_names_errors_that_pass_and_servers_that_say_little(server, answer, name):
    got = answer(f"{server[0]}/{name}")
    assert (len({*got.cells["email"]} - {"email"}), got.unread) == (3_000, [])


def test_an_object_named_twice_is_read_once(server, answer):
    got = answer(f"{server[0]}/a.csv", f"{server[0]}/a.csv")
    assert (got.rows, got.unread) == (3_000, [])


class Listing:
    """A store that lists some names, of which the last cannot be asked for."""

    def list(self, *_, **__):
        more = {"e_tag": '"1"', "last_modified": None}
        yield [{"path": "a.csv", "size": 1, **more}, {"path": "folder/", "size": 0, **more}]
        raise ValueError("hunter2")


def test_a_listing_that_breaks_off_keeps_what_it_told(monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "obstore", Listing())
    monkeypatch.setattr(_objects, "store", lambda _: None)
    names = _objects.listed("s3://lake/")
    assert next(names) == "s3://lake/a.csv"
    with pytest.raises(UnreadableError, match="an empty step") as told:
        next(names)
    assert "hunter2" not in str(told.value)


def test_parquet_is_read_by_its_footer_and_row_groups(server, answer):
    url, asked = server
    del asked[:]
    got = answer(f"{url}/a.parquet")
    assert (got.rows, got.unread, len(got.cells["email"])) == (90_000, [], 90_000)
    total = sum(size for _, path, _, size in asked if path == "/a.parquet")
    # The footer is read when the plan is made and when rows are; nothing is read thrice.
    assert total < 2 * len(FILES["/a.parquet"])


def test_a_large_text_is_read_ahead_and_not_line_by_line(server, answer):
    url, asked = server
    del asked[:]
    assert answer(f"{url}/big.csv").rows == 120 * 3_001 - 1
    gets = [size for how, path, _, size in asked if how == "GET" and path == "/big.csv"]
    assert len(gets) < 40
    assert max(gets) <= _objects.AHEAD


def test_any_seek_gives_the_bytes_that_stand_there(server):
    data, uri = FILES["/big.csv"], f"{server[0]}/big.csv"
    with place.raw(uri) as file:
        for at, size in ((0, 5), (len(data) - 7, 20), (70_000, 200_000), (131_072, 1), (3, 9)):
            file.seek(at)
            assert file.read(size) == data[at : at + size]
        file.seek(-9, io.SEEK_END)
        assert file.read() == data[-9:]
    assert place.size(uri) == len(data)
    assert place.ending(uri, 4) == data[-4:]


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("/none.csv", "there is no such object"),
        ("/secret.csv", "the store denies access: who asks is told by the environment (docs/sources.md)"),
        ("/empty.csv", "empty file"),
        ("/changes.csv", "the object changed while it was read"),
        ("/goes.csv", "there is no such object"),
        ("/whole.csv", "the server gives no ranges of a file: scan a copy of it"),
        ("/a.csv?sig=hunter2", "an address with a query or a user may hold a secret and is not read"),
    ],
)  # fmt: skip
def test_what_does_not_open_is_unread_without_secrets(server, answer, path, reason):
    got = answer(server[0] + path)
    assert (got.rows, got.reasons) == (0, [reason])
    assert "hunter2" not in repr(got.unread)


def test_an_address_shows_no_password(server, answer):
    host = server[0].removeprefix("http://")
    got = answer(f"http://anna:hunter2@{host}/none.csv")
    assert got.reasons
    assert "hunter2" not in repr((got.unread, got.found))


def test_a_server_that_is_gone_is_unread(answer, monkeypatch):
    monkeypatch.setattr(_object_stores, "RETRIES", 0)
    _object_stores.store.cache_clear()
    got = answer("http://127.0.0.1:1/a.csv")
    assert got.reasons == ["the store does not answer as one"]


def test_without_the_extra_the_command_is_said(monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "obstore.store", None)
    _object_stores.store.cache_clear()
    with pytest.raises(UnreadableError, match=r"privscan\[objects\]"):
        _object_stores.store("s3://lake")
    _object_stores.store.cache_clear()


@pytest.mark.parametrize("uri", ["s3://lake/a", "gs://b", "az://c/d", "https://x.test/a.csv"])
def test_these_addresses_are_objects(uri):
    assert _object_stores.takes(uri)


@pytest.mark.parametrize(
    "uri", ["lake/a", "postgresql://h/b", "C:/x", "s3:/a", "/s3/a", "ftp://h/a"]
)
def test_others_are_not(uri):
    assert not _object_stores.takes(uri)
