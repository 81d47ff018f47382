"""Evidence kept between runs: what is read again and what is not, and what never stands in a store."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import stat
import threading
from datetime import date
from pathlib import Path

import polars as pl
import pytest

import privscan as ps
from privscan.errors import UsageError
from privscan.render import json as json_format
from privscan.rulebook.seeing import JUDGING, JUDGING_FILES, seeing_digest
from privscan.store.fingerprints import Fingerprints
from privscan.store.history import reused, trend
from privscan.store.kept import Store

RULES = Path(ps.__file__).parents[2] / "rules"
DATES = ("dates",)
CANARY = "1987-03-14"
FILES = 6


def table(folder: Path, i: int, rows: int = 30) -> Path:
    file = folder / f"born/day={i}/a.parquet"
    file.parent.mkdir(parents=True, exist_ok=True)
    days = [CANARY, *(f"19{50 + j % 50}-0{1 + i % 9}-1{j % 9}" for j in range(rows))]
    pl.DataFrame({"birth_date": days}).write_parquet(file)
    return file


@pytest.fixture
def lake(tmp_path):
    folder = tmp_path / "lake"
    for i in range(FILES):
        table(folder, i)
    (folder / "seen.csv").write_text("seen\n2024-01-31\n2024-02-28\n", "utf-8")
    return folder


@pytest.fixture
def store(tmp_path):
    return tmp_path / "store"


def scan(lake, store, detectors=DATES, **options):
    report = ps.scan(lake, store=store, detectors=detectors, **options)
    last = ps.history(store)[-1]
    return json_format.render(report), last.reused, last.reasons


def whole(lake, store, detectors=DATES):
    """The report of one scan without a store, under its key."""
    key = (store / "key").read_bytes()
    return json_format.render(ps.scan(lake, key=key, detectors=detectors))


def test_nothing_is_read_twice_and_the_report_is_that_of_a_whole_scan(lake, store):
    one, reused, reasons = scan(lake, store)
    assert (reused, reasons) == (0, "7 new")
    assert scan(lake, store) == (one, 7, "")
    assert one == whole(lake, store)


def test_only_what_changed_is_read(lake, store):
    scan(lake, store)
    table(lake, 2, rows=40)
    table(lake, 9)
    (lake / "born/day=0/a.parquet").unlink()
    report, reused, reasons = scan(lake, store)
    assert (reused, reasons) == (5, "1 changed, 1 new")
    assert report == whole(lake, store)
    assert scan(lake, store) == (report, 7, "")


def test_an_edit_that_sets_the_old_time_back_is_seen(lake, store):
    scan(lake, store)
    file = lake / "seen.csv"
    before = file.stat()
    file.write_text(file.read_text("utf-8").replace("31", "30"), "utf-8")
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert file.stat().st_size == before.st_size
    assert scan(lake, store)[1:] == (6, "1 changed")


def test_files_of_one_name_belong_together(lake, store):
    scan(lake, store)
    (lake / "seen.csv-wal").write_text("what a database writes beside its file", "utf-8")
    assert scan(lake, store)[2].startswith("1 changed")


def test_other_detectors_and_another_key_read_all_again(lake, store):
    scan(lake, store)
    assert scan(lake, store, ("dates", "addresses"))[1:] == (0, "7 seen otherwise")
    report, *read = scan(lake, store, key=bytes(32))
    assert read == [0, "7 seen otherwise"]
    assert report == json_format.render(ps.scan(lake, key=bytes(32), detectors=DATES))


def test_changed_laws_judge_again_and_read_nothing(lake, store, tmp_path, monkeypatch):
    folder = shutil.copytree(RULES, tmp_path / "rules")
    (folder / "laws/gdpr.yaml").open("a", encoding="utf-8").write("# edited\n")
    before, *_ = scan(lake, store)
    monkeypatch.setenv("PRIVSCAN_RULES", str(folder))
    after, *read = scan(lake, store)
    assert read == [7, ""]
    digests = [json.loads(r)["tool"]["rules_digest"] for r in (before, after)]
    assert digests[0] != digests[1]
    assert after == whole(lake, store)
    assert [e.rules_changed for e in ps.history(store)] == [False, True]
    assert reused(store) == "7 of 7 parts re-used; judged again, since rules changed"


@pytest.mark.parametrize(
    "file", sorted(f.relative_to(RULES) for f in RULES.rglob("*.yaml")), ids=str
)
def test_a_plan_is_another_where_a_rule_that_sees_has_changed(file, tmp_path, monkeypatch):
    folder = shutil.copytree(RULES, tmp_path / "rules")
    (folder / file).open("a", encoding="utf-8").write("# edited\n")
    before = seeing_digest()
    monkeypatch.setenv("PRIVSCAN_RULES", str(folder))
    sees = file.parts[0] in {"entities", "numbers", "recognizers", "groups.yaml", "headers.yaml"}
    sees = sees or file.name in {"balance.yaml", "records.yaml"}  # what detectors count
    judges = file.parts[0] in JUDGING or file.name in JUDGING_FILES
    assert (before != seeing_digest()) == (not judges)
    assert not (sees and judges)


def test_damaged_and_lost_evidence_is_read_again(lake, store):
    report, *_ = scan(lake, store)
    first, second, *_ = sorted(store.rglob("*.evidence"))
    first.unlink()
    second.write_bytes(second.read_bytes()[:-1])
    assert scan(lake, store) == (report, 5, "2 lost")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read any file")
def test_what_may_be_readable_tomorrow_is_not_kept(lake, store):
    (lake / "seen.csv").chmod(0)
    scan(lake, store)
    (lake / "seen.csv").chmod(0o600)
    assert scan(lake, store)[1] == FILES


def test_a_reason_that_may_pass_is_not_kept(lake, store, monkeypatch):
    from privscan.detectors import dates

    def fails(_column):
        raise OSError(CANARY)
        yield

    with monkeypatch.context() as patch:
        patch.setattr(dates, "find", fails)
        report, *_ = scan(lake, store)
    assert not json.loads(report)["complete"]
    assert scan(lake, store)[1:] == (0, "7 new")


def test_a_part_that_changes_while_it_is_read_is_not_kept(lake, store, monkeypatch):
    monkeypatch.setattr(Fingerprints, "still", lambda _self, _part, _kept: False)
    scan(lake, store)
    monkeypatch.undo()
    assert scan(lake, store)[1:] == (0, "7 new")


def test_data_in_memory_is_read_each_time(store):
    frame = pl.DataFrame({"birth_date": [CANARY, "1999-01-01"]})
    for _ in range(2):
        ps.scan(frame, store=store, detectors=DATES)
    assert [(e.reused, e.reasons) for e in ps.history(store)] == [(0, "1 unknown")] * 2
    assert not list(store.rglob("*.evidence"))


def test_a_store_is_for_its_owner_and_holds_no_value(lake, store, tmp_path):
    scan(lake, store)
    with sqlite3.connect(store / "index.sqlite") as index:
        [(report,)] = index.execute("select report from scans").fetchall()
    import zlib

    every = [zlib.decompress(report)]
    for file in [store, *store.rglob("*")]:
        mode = stat.S_IMODE(file.stat().st_mode)
        assert mode == (0o700 if file.is_dir() else 0o600), file
        every += [] if file.is_dir() else [file.read_bytes()]
    for content in every:
        for form in (CANARY, CANARY.replace("-", ""), "14/03/1987"):
            assert form.encode() not in content
            assert form.encode("utf-16-le") not in content
    assert len(every) > FILES


def test_a_store_that_others_can_read_is_refused(lake, store):
    scan(lake, store)
    store.chmod(0o755)
    with pytest.raises(UsageError, match="others can read this store") as caught:
        scan(lake, store)
    assert "chmod" in str(caught.value)


def test_a_folder_with_other_things_is_no_store(lake, tmp_path):
    tmp_path.chmod(0o700)
    with pytest.raises(UsageError, match="holds other things"):
        ps.scan(lake, store=tmp_path, detectors=DATES)
    with pytest.raises(UsageError, match="no store in this folder"):
        ps.history(tmp_path)


@pytest.mark.parametrize("content", [b"not a database, but long enough to be one " * 50, b"SQLite"])
def test_a_broken_index_is_a_clear_error(lake, store, content):
    scan(lake, store)
    (store / "index.sqlite").write_bytes(content)
    with pytest.raises(UsageError, match="the index of the store cannot be used"):
        scan(lake, store)


def test_a_store_of_another_version_is_refused(lake, store):
    scan(lake, store)
    with sqlite3.connect(store / "index.sqlite") as index:
        index.execute("pragma user_version=9")
    with pytest.raises(UsageError, match="a store of version 9, this privscan reads 1"):
        scan(lake, store)


def test_two_that_begin_a_store_at_once_take_one_key(tmp_path):
    keys = []

    def begin():
        with Store(tmp_path / "store") as one:
            keys.append(one.key)

    threads = [threading.Thread(target=begin) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(keys) == 8
    assert len(set(keys)) == 1


def test_what_a_stopped_scan_had_read_is_not_read_again(lake, store, monkeypatch):
    monkeypatch.setattr("privscan.store.run.BATCH", 2)

    class Stopped(Exception):  # noqa: N818  what a person does, not an error
        pass

    def stop(progress):
        if progress.done == 5:
            raise Stopped

    with pytest.raises(Stopped):
        ps.scan(lake, store=store, detectors=DATES, progress=stop)
    assert ps.history(store) == ()
    assert scan(lake, store)[1:] == (4, "3 new")


def test_history_and_trend_tell_what_moved(lake, store, tmp_path):
    scan(lake, store, None)
    (lake / "born/dataset.yaml").write_text("retention_days: 30\n", "utf-8")
    many = pl.DataFrame({"birth_date": [CANARY] * 20_000, "created_at": ["2015-03-02"] * 20_000})
    many.write_parquet(lake / "born/day=5/a.parquet")
    table(lake / "fresh", 1)
    scan(lake, store, None)
    first, second = ps.history(store)
    assert (first.scope, second.scope) == (str(lake), str(lake))
    assert second.datasets == first.datasets + 1
    assert second.new
    moved = {one.dataset: one for one in trend(store, today=date(2026, 11, 25))}
    assert [past.scan for past in moved["born"].past] == [1, 2]
    assert [past.scan for past in moved["fresh/born"].past] == [2]
    said = [text["en"] for text in moved["fresh/born"].drift]
    assert said[0] == "NEW dataset since the last scan."
    grown = " ".join(text["en"] for text in moved["born"].drift)
    assert "RETENTION PASSED: created_at has records of 2015-03, declared are 30 days." in grown
    assert all(text["ja"] for one in moved.values() for text in one.drift)
    with pytest.raises(UsageError, match="no scan of these sources"):
        trend(store, "elsewhere/")
