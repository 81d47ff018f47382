"""Apache Iceberg: what is of the newest snapshot and nothing else, with its number.

Start: needs the extra `lake`; the catalog is in memory.
"""

from __future__ import annotations

import json
import shutil
from importlib.util import find_spec
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import privscan as ps
from privscan.model.data import Unread
from privscan.sources import iceberg
from privscan.sources.discover import discover, read_part

pytestmark = [
    pytest.mark.real,
    pytest.mark.skipif(find_spec("pyiceberg") is None, reason="needs pip install 'privscan[lake]'"),
]

CANARY = "canary.6c2f@example.com"
ROWS = pa.table(
    {"id": range(10), "email": [f"u{i}@example.com" for i in range(10)], "old": ["o"] * 10}
)


def _cells(folder):
    cells, unread = {}, []
    for found in discover([str(folder)]):
        unread += found.unread
        for part in found.parts:
            for item in read_part(part):
                if isinstance(item, Unread):
                    unread.append(item)
                    continue
                for column in item.columns:
                    coded = (
                        column.cells if column.codes is None else column.cells.gather(column.codes)
                    )
                    cells.setdefault(column.path, []).extend(coded.to_list())
    return cells, unread


@pytest.fixture
def lake(tmp_path):
    from pyiceberg.catalog.memory import InMemoryCatalog

    catalog = InMemoryCatalog("c", warehouse=f"file://{tmp_path}")
    catalog.create_namespace("crm")
    table = catalog.create_table("crm.people", ROWS.schema)
    table.append(ROWS)
    table.append(ROWS.slice(0, 2))
    table.delete("id = 3")
    with table.update_schema() as change:
        change.rename_column("email", "mail")
        change.delete_column("old")
    table.append(pa.table({"id": [99], "mail": ["late@example.com"]}))
    return tmp_path / "crm" / "people", table


def test_the_newest_snapshot_is_read_and_told(lake):
    folder, table = lake
    cells, unread = _cells(folder)
    assert unread == []
    assert sorted(map(int, cells["id"])) == [0, 0, 1, 1, 2, 4, 5, 6, 7, 8, 9, 99]
    assert sorted(cells) == ["id", "mail"]
    assert "u3@example.com" not in cells["mail"]
    [data] = ps.scan(str(folder.parent), detectors=["pattern"]).datasets
    assert (data.name, data.version) == ("people", str(table.current_snapshot().snapshot_id))
    assert (data.rows, data.files) == (12, 3)


def test_the_librarys_own_reading_gives_the_same(lake, monkeypatch):
    folder, _ = lake
    fast, _ = _cells(folder)
    monkeypatch.setattr(iceberg, "_plain", lambda _task: False)
    slow, unread = _cells(folder)
    assert unread == []
    assert {name: sorted(cells) for name, cells in slow.items()} == {
        name: sorted(cells) for name, cells in fast.items()
    }


@pytest.fixture
def deleted(lake, monkeypatch):
    """Rows 1 and 5 of the file of nine are deleted by a file of positions beside it."""
    from pyiceberg.manifest import DataFile, DataFileContent, FileFormat
    from pyiceberg.table import FileScanTask

    folder, table = lake
    [nine] = [t.file for t in table.scan().plan_files() if t.file.record_count == 9]
    rows = pa.table({"file_path": [nine.file_path] * 2, "pos": pa.array([1, 5], pa.int64())})
    pq.write_table(rows, folder / "data" / "deletes.parquet")
    deletes = DataFile.from_args(
        content=DataFileContent.POSITION_DELETES,
        file_path=f"file://{folder}/data/deletes.parquet",
        file_format=FileFormat.PARQUET,
        partition=nine.partition,
        record_count=2,
        file_size_in_bytes=9,
    )
    own = iceberg._tasks

    def with_deletes(uri, table):
        return [
            FileScanTask(t.file, {deletes}) if t.file.file_path == nine.file_path else t
            for t in own(uri, table)
        ]

    monkeypatch.setattr(iceberg, "_tasks", with_deletes)
    return folder


def test_rows_that_a_delete_file_removes_are_not_read(deleted):
    cells, unread = _cells(deleted)
    assert unread == []
    # Of that file, which has no 3 any more, the second and the sixth row.
    assert sorted(map(int, cells["id"])) == [0, 0, 1, 2, 4, 5, 7, 8, 9, 99]


def test_a_torn_delete_file_is_unread_and_its_rows_are_not_given(deleted):
    file = deleted / "data" / "deletes.parquet"
    file.write_bytes(file.read_bytes()[:-20])
    cells, [unread] = _cells(deleted)
    assert "does not read after row 0" in unread.reason or "reader failed" in unread.reason
    assert sorted(map(int, cells["id"])) == [0, 1, 99]


def test_a_file_that_stays_is_the_same_part_in_the_next_snapshot(lake):
    folder, table = lake

    def parts():
        return {
            (p.uri, p.span, p.fingerprint, str(p.options["names"]))
            for f in discover([str(folder)])
            for p in f.parts
        }

    before = parts()
    table.append(pa.table({"id": [100], "mail": ["x@example.com"]}))
    assert len(before) == 3
    assert len(parts() - before) == 1


def test_a_table_that_was_moved_is_read_where_it_is(lake, tmp_path, monkeypatch):
    folder, _ = lake
    moved = tmp_path / "moved" / "people"
    shutil.move(folder, moved)
    fast, unread = _cells(moved)
    assert unread == []
    assert len(fast["id"]) == 12
    monkeypatch.setattr(iceberg, "_plain", lambda _task: False)
    slow, unread = _cells(moved)
    assert unread == []
    assert sorted(slow["mail"]) == sorted(fast["mail"])


@pytest.mark.parametrize("root", ["s3://bucket/other", "/", "file:///etc"])
def test_files_outside_the_table_are_not_opened(lake, tmp_path, root):
    folder, _ = lake
    moved = tmp_path / "moved" / "people"
    shutil.copytree(folder, moved)
    newest = Path(iceberg._newest(str(moved)))
    newest.write_text(json.dumps(json.loads(newest.read_text()) | {"location": root}))
    cells, [unread] = _cells(moved)
    assert cells == {}
    assert "outside its folder" in unread.reason


@pytest.mark.parametrize("where", ["metadata.json", "m0.avro", "snap-"])
def test_metadata_that_are_cut_are_unread(lake, where):
    folder, _ = lake
    cut = [p for p in sorted(folder.rglob("metadata/*")) if where in p.name]
    for path in cut:
        path.write_bytes(path.read_bytes()[:-40])
    cells, unread = _cells(folder)
    assert cells == {}
    assert unread


def test_a_data_file_that_is_torn_or_gone_is_unread_and_the_others_are_read(lake):
    folder, _ = lake
    torn, gone, _whole = sorted(folder.rglob("data/*.parquet"), key=lambda p: p.stat().st_mtime)[1:]
    torn.write_bytes(torn.read_bytes()[:-30])
    gone.unlink()
    cells, unread = _cells(folder)
    assert len(unread) == 2
    assert cells["id"]
    assert "@" not in repr([u.reason for u in unread])


def test_metadata_name_no_module_to_load(lake):
    folder, _ = lake
    newest = Path(iceberg._newest(str(folder)))
    said = json.loads(newest.read_text()) | {"properties": {"py-io-impl": "no.such.Module"}}
    newest.write_text(json.dumps(said))
    assert _cells(folder)[1] == []


def test_a_table_without_snapshot_is_not_clean(tmp_path):
    from pyiceberg.catalog.memory import InMemoryCatalog

    catalog = InMemoryCatalog("c", warehouse=f"file://{tmp_path}")
    catalog.create_namespace("crm")
    catalog.create_table("crm.none", ROWS.schema)
    _, [unread] = _cells(tmp_path / "crm" / "none")
    assert unread.reason == "no rows"
