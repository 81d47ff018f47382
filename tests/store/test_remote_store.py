"""A store at an address: as one in a folder, for many at a time, without locks and without values."""

from __future__ import annotations

import zlib
from dataclasses import astuple
from datetime import timedelta
from pathlib import Path

import obstore
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from obstore.exceptions import PermissionDeniedError
from obstore.store import MemoryStore

import privscan as ps
from privscan.errors import UsageError
from privscan.render import json as json_format
from privscan.store import logged, objects
from privscan.store.history import reused
from privscan.store.index import Index, Learned, Row, Scan
from privscan.store.logged import LoggedIndex
from privscan.store.objects import Objects
from privscan.store.remote import Remote

ADDRESS = "s3://memory/some/prefix"
CANARY = "1987-03-14"
DATES = ("dates",)


@pytest.fixture
def bucket(monkeypatch):
    made = MemoryStore()
    monkeypatch.setattr(objects, "store", lambda _: made)
    return made


@pytest.fixture
def lake(tmp_path):
    for i in range(4):
        table(tmp_path / "lake", i)
    return tmp_path / "lake"


def table(folder, i, rows=30):
    file = folder / f"born/day={i}/a.parquet"
    file.parent.mkdir(parents=True, exist_ok=True)
    days = [CANARY, *(f"19{50 + j % 50}-0{1 + i % 9}-1{j % 9}" for j in range(rows))]
    pl.DataFrame({"birth_date": days}).write_parquet(file)


def scan(lake, address=ADDRESS):
    report = ps.scan(lake, store=address, detectors=DATES)
    last = ps.history(address)[-1]
    return json_format.render(report), last.reused, last.reasons


def names(bucket):
    return [one["path"] for some in obstore.list(bucket) for one in some]


def test_a_second_scan_reads_only_what_changed_and_says_what_a_whole_one_says(lake, bucket):
    first, reused_, _ = scan(lake)
    assert reused_ == 0
    assert scan(lake)[:2] == (first, 4)
    table(lake, 0, rows=40)
    again, reused_, reasons = scan(lake)
    assert (reused_, reasons) == (3, "1 changed")
    key = bytes(obstore.get(bucket, "some/prefix/key").bytes())
    assert again == json_format.render(ps.scan(lake, key=key, detectors=DATES))
    assert reused(ADDRESS).startswith("3 of 4 parts re-used")
    assert len(ps.trend(ADDRESS)[0].past) == 3


def test_an_address_and_a_folder_remember_the_same(lake, bucket, tmp_path):
    for place in (ADDRESS, str(tmp_path / "store")):
        scan(lake, place)
        table(lake, 0, rows=40)
        scan(lake, place)
        table(lake, 0)
    one, two = ps.history(ADDRESS), ps.history(tmp_path / "store")
    assert [(e.scan, e.parts, e.reused, e.reasons, e.score) for e in one] == [
        (e.scan, e.parts, e.reused, e.reasons, e.score) for e in two
    ]


def test_what_a_stopped_scan_had_read_is_not_read_again(lake, bucket, monkeypatch):
    from privscan.store import run

    monkeypatch.setattr(run, "BATCH", 1)
    real, kept = Remote.keep, []

    def stopping(self, row, evidence):
        if len(kept) == 2:
            raise KeyboardInterrupt
        kept.append(row)
        real(self, row, evidence)

    monkeypatch.setattr(Remote, "keep", stopping)
    with pytest.raises(KeyboardInterrupt):
        scan(lake)
    assert ps.history(ADDRESS) == ()
    monkeypatch.setattr(Remote, "keep", real)
    assert scan(lake)[1:] == (2, "2 new")


def test_lost_and_damaged_evidence_is_read_again(lake, bucket):
    first, *_ = scan(lake)
    one, two, *_ = (name for name in names(bucket) if name.endswith(".evidence"))
    obstore.delete(bucket, one)
    obstore.put(bucket, two, b"nothing that decodes")
    assert scan(lake) == (first, 2, "2 lost")


def test_no_value_and_nothing_outside_the_prefix_is_written(lake, bucket):
    scan(lake)
    held = {name: bytes(obstore.get(bucket, name).bytes()) for name in names(bucket)}
    assert all(name.startswith("some/prefix/") for name in held)
    kinds = {name.removeprefix("some/prefix/").split("/")[0] for name in held}
    assert kinds == {"key", "index", "evidence"}
    for name, data in held.items():
        text = zlib.decompress(data) if "/index/" in name else data
        assert CANARY.encode() not in text, name


def test_two_that_begin_a_store_at_once_take_one_key(bucket):
    assert Remote(ADDRESS).key == Remote(f"{ADDRESS}/").key
    assert Objects(ADDRESS).made("key", b"another") == Remote(ADDRESS).key


def test_of_two_that_make_an_object_the_second_has_what_the_first_wrote(bucket, monkeypatch):
    one, two = Objects(ADDRESS), Objects(ADDRESS)
    assert one.made("key", b"first") == b"first"
    monkeypatch.setattr(Objects, "get", lambda *_: None)  # both had looked before
    assert two.made("key", b"second") == b"first"


def test_writers_at_one_time_lose_nothing_of_each_other(bucket):
    one, two = LoggedIndex(Objects(ADDRESS)), LoggedIndex(Objects(ADDRESS))
    a, b = (index.began("lake", "now", "plan", "rules") for index in (one, two))
    one.put("lake", a, [Row("p1", "f1", "m", "e1")])
    two.put("lake", b, [Row("p2", "f2", "m", "e2")])
    one.ended(Scan(a, "lake", "then", "plan", "rules", 1, 0, "", "first"))
    two.ended(Scan(b, "lake", "then", "plan", "rules", 1, 0, "", "second"))
    read = LoggedIndex(Objects(ADDRESS))
    assert [scan.report for scan in read.scans()] == ["first", "second"]
    assert len({scan.id for scan in read.scans()}) == 2
    assert read.known("p2") == Row("p2", "f2", "m", "e2")


def test_snapshots_take_the_place_of_logs_and_old_ones_go(lake, bucket, monkeypatch):
    monkeypatch.setattr(logged, "MOST_LOGS", 3)
    before = [scan(lake) for _ in range(5)]
    assert len({report for report, *_ in before}) == 1
    assert [n for n in names(bucket) if n.endswith(".snapshot")]
    told = ps.history(ADDRESS)
    assert [entry.scan for entry in told] == [1, 2, 3, 4, 5]
    many = len(names(bucket))
    LoggedIndex(Objects(ADDRESS)).sweep(timedelta(days=1))
    assert len(names(bucket)) == many
    LoggedIndex(Objects(ADDRESS)).sweep(timedelta(seconds=-1))
    assert len(names(bucket)) < many
    assert ps.history(ADDRESS) == told
    assert scan(lake)[1] == 4


def test_evidence_of_no_part_goes_once_it_is_old(lake, bucket, monkeypatch):
    from privscan.store import remote

    scan(lake)
    obstore.put(bucket, "some/prefix/evidence/ab/abcd.evidence", b"of nobody")
    scan(lake)
    assert "some/prefix/evidence/ab/abcd.evidence" in names(bucket)
    monkeypatch.setattr(remote, "ORPHAN_SECONDS", -1)
    assert scan(lake)[1] == 4
    assert "some/prefix/evidence/ab/abcd.evidence" not in names(bucket)
    assert scan(lake)[1] == 4


def test_a_store_of_another_version_is_refused(bucket, lake):
    scan(lake)
    obstore.put(bucket, "some/prefix/index/v9/1.log", b"")
    with pytest.raises(UsageError, match="another version"):
        scan(lake)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"no log",
        zlib.compress(b"{"),
        zlib.compress(b'[["close"]]'),
        zlib.compress(b'[["put", 1]]'),
    ],
)
@pytest.mark.parametrize("suffix", [".log", ".snapshot"])
def test_a_broken_index_is_a_clear_error(bucket, lake, suffix, content):
    obstore.put(bucket, f"some/prefix/index/v1/1{suffix}", content)
    with pytest.raises(UsageError, match="the index of the store cannot be used") as error:
        ps.history(ADDRESS)
    assert "another address" in error.value.hint


@pytest.mark.parametrize("address", ["https://host/store", "ftp://host/store", "postgresql://h/b"])
def test_where_nobody_can_write_objects_no_store_can_be(address, lake):
    with pytest.raises(UsageError, match="no store can be there"):
        scan(lake, address)


def test_a_bucket_that_denies_is_told_without_what_logs_in(lake, bucket, monkeypatch):
    def denied(*given, **more):
        raise PermissionDeniedError("token=SECRETVALUE")

    monkeypatch.setattr(obstore, "put", denied)
    with pytest.raises(UsageError, match="denies access") as error:
        scan(lake, "s3://user:SECRETVALUE@memory/some")
    assert "SECRETVALUE" not in f"{error.value} {error.value.where}"


_NAMES = st.sampled_from("abcde")
_ROWS = st.builds(Row, _NAMES, _NAMES, _NAMES, _NAMES)
_STEPS = st.one_of(
    st.tuples(st.just("put"), st.lists(_ROWS, max_size=3)),
    st.tuples(st.just("met"), st.lists(_NAMES, max_size=3)),
    st.tuples(st.just("learn"), st.lists(st.builds(Learned, *[_NAMES] * 4), max_size=3)),
    st.tuples(st.just("forget"), st.sets(_NAMES)),
    st.tuples(st.just("ended"), _NAMES),
    st.tuples(st.just("began"), _NAMES),
)


def _done(index, steps):
    scope, scan = "a", index.began("a", "now", "plan", "rules")
    for name, given_ in steps:
        match name:
            case "began":
                scope, scan = given_, index.began(given_, "now", "plan", "rules")
            case "put":
                index.put(scope, scan, given_)
            case "met":
                index.met(scan, given_)
            case "learn" | "forget":
                getattr(index, name)(scope, given_)
            case "ended":
                index.ended(Scan(scan, scope, "then", "plan", "rules", 1, 1, "", given_))
    index.ended(Scan(scan, scope, "end", "plan", "rules", 1, 1, "", ""))


def _held(index):
    tables = ("parts", "looks")
    held = [sorted(index._sql.execute(f"select * from {table}")) for table in tables]
    return held, [astuple(scan) for scan in index.scans()]


@settings(max_examples=60, deadline=None)
@given(steps=st.lists(_STEPS, max_size=12), most=st.sampled_from([0, 2, 99]))
def test_whoever_opens_the_logs_has_the_index_that_was_written(steps, most):
    bucket = MemoryStore()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(objects, "store", lambda _: bucket)
        patch.setattr(logged, "MOST_LOGS", most)
        plain, shared = Index(Path(":memory:")), LoggedIndex(Objects(ADDRESS))
        for index in (plain, shared):
            _done(index, steps)
        assert _held(LoggedIndex(Objects(ADDRESS))) == _held(shared) == _held(plain)
