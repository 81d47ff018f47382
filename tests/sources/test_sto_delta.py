"""Delta Lake: what is of the newest version and nothing else, with its number."""

from __future__ import annotations

import base64
import builtins
import json
import shutil
import struct

import deltalake
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import privscan as ps
from privscan.sources import delta, parquet

CANARY = "canary.8e4c@example.com"
ROWS = pa.table({
    "id": range(10),
    "k": ["a b/c%20é"] * 5 + [None] * 5,
    "email": [f"u{i}@example.com" for i in range(10)],
})  # fmt: skip


@pytest.fixture
def lake(tmp_path):
    path = tmp_path / "orders"
    deltalake.write_deltalake(path, ROWS, partition_by=["k"])
    return path


def test_removed_rows_are_not_read_and_the_version_is_told(lake, answer):
    deltalake.DeltaTable(lake).delete("id = 3")
    deltalake.write_deltalake(lake, ROWS.slice(0, 2), mode="append")
    assert len([*lake.rglob("*.parquet")]) == 4
    got = answer(lake)
    assert sorted(map(int, got.cells["id"])) == [0, 0, 1, 1, 2, 4, 5, 6, 7, 8, 9]
    assert "u3@example.com" not in got.every
    assert {*got.cells["k"]} == {"a b/c%20é", None}
    assert got.unread == []
    [data] = ps.scan(str(lake), detectors=["pattern"]).datasets
    assert (data.name, data.version, data.files) == ("orders", "2", 3)


def test_a_table_in_a_folder_of_others_is_one_dataset(lake, answer):
    pq.write_table(ROWS, lake.parent / "beside.parquet")
    got = answer(lake.parent)
    assert got.names == ["beside", "orders"]
    assert got.rows == 20


def test_columns_that_files_call_otherwise_have_their_names(tmp_path, answer):
    deltalake.DeltaTable.create(
        tmp_path / "t",
        deltalake.Schema.from_arrow(ROWS.schema),
        configuration={"delta.columnMapping.mode": "name", "delta.minReaderVersion": "2", "delta.minWriterVersion": "5"},
    )  # fmt: skip
    deltalake.write_deltalake(tmp_path / "t", ROWS, mode="append")
    [file] = (tmp_path / "t").rglob("*.parquet")
    assert "email" not in parquet.schema(str(file))
    assert {*answer(tmp_path / "t").cells} == {"id", "k", "email"}


def test_fields_within_fields_have_the_names_of_the_table(tmp_path, answer):
    rows = pa.table({
        "person": [{"email": "a@example.com", "home": {"city": "Rome"}}, None],
        "kids": [[{"given": "Ann"}, {"given": "Bo"}], []],
        "notes": pa.array([[("k", {"said": "x"})], None], pa.map_(pa.string(), pa.struct([("said", pa.string())]))),
        "tag": ["t", None],
    })  # fmt: skip
    deltalake.write_deltalake(tmp_path / "plain", rows)
    deltalake.DeltaTable.create(
        tmp_path / "t",
        deltalake.Schema.from_arrow(rows.schema),
        configuration={"delta.columnMapping.mode": "name", "delta.minReaderVersion": "2", "delta.minWriterVersion": "5"},
    )  # fmt: skip
    deltalake.write_deltalake(tmp_path / "t", rows, mode="append")
    got, plain = answer(tmp_path / "t"), answer(tmp_path / "plain")
    assert got.cells == plain.cells
    assert {"person.email", "person.home.city", "kids[].given"} < {*got.cells}
    assert got.unread == []


def test_a_field_is_renamed_where_it_stands_and_nowhere_else():
    struct = pa.struct([("a", pa.string()), ("b", pa.string())])
    batch = pa.record_batch({"a": pa.array([{"a": "x", "b": "y"}], struct), "b": ["z"]})
    names = delta._names(
        json.dumps({
            "type": "struct",
            "fields": [
                {"name": "a", "metadata": {}, "type": {"type": "struct", "fields": [
                    {"name": "b", "type": "string", "metadata": {delta._PHYSICAL: "a"}},
                    {"name": "a", "type": "string", "metadata": {delta._PHYSICAL: "b"}},
                ]}},
                {"name": "c", "type": "string", "metadata": {delta._PHYSICAL: "b"}},
            ],
        })
    )  # fmt: skip
    assert delta._renamed(batch, names).to_pylist() == [{"a": {"b": "x", "a": "y"}, "c": "z"}]


_B85 = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz!#$%&()*+-;<=>?@^_`{|}~"
_Z85 = b"0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ.-:+=^!/*?&<>()[]{}@%$#"


def vector(rows):
    """A deletion vector within the log: a Roaring bitmap of one array."""
    bits = struct.pack(f"<IIHHI{len(rows)}H", 12346, 1, 0, len(rows) - 1, 16, *rows)
    data = struct.pack("<IQI", 1681511377, 1, 0) + bits
    text = base64.b85encode(data + bytes(-len(data) % 4)).translate(bytes.maketrans(_B85, _Z85))
    return {
        "storageType": "i",
        "pathOrInlineDv": text.decode(),
        "sizeInBytes": len(data),
        "cardinality": len(rows),
    }


def logged(path, files, features=("deletionVectors",)):
    """A table of given actions; both files of the same name in two folders, as Spark writes them."""
    fields = [
        {"name": n, "type": t, "nullable": True, "metadata": {}}
        for n, t in (("id", "long"), ("email", "string"))
    ]
    schema = json.dumps({"type": "struct", "fields": fields})
    actions = [
        {"protocol": {"minReaderVersion": 3, "minWriterVersion": 7, "readerFeatures": [*features], "writerFeatures": [*features]}},
        {"metaData": {"id": "x", "format": {"provider": "parquet", "options": {}}, "schemaString": schema, "partitionColumns": [], "configuration": {}, "createdTime": 0}},
        *({"add": {"path": p, "partitionValues": {}, "size": 9, "modificationTime": 0, "dataChange": True, "stats": '{"numRecords":10}', **more}} for p, more in files.items()),
    ]  # fmt: skip
    (path / "_delta_log").mkdir(parents=True)
    (path / "_delta_log" / f"{0:020}.json").write_text("\n".join(map(json.dumps, actions)))
    for name in files:
        if ".." not in name and not name.startswith(("/", "file:")) and "gone" not in name:
            (path / name).parent.mkdir(exist_ok=True)
            pq.write_table(ROWS.drop(["k"]), path / name, row_group_size=4)
    return path


def test_rows_that_a_deletion_vector_removes_are_not_read(tmp_path, answer, monkeypatch):
    monkeypatch.setattr(parquet, "PART_ROWS", 3)
    files = {"a/x.parquet": {"deletionVector": vector([0, 3, 4, 9])}, "b/x.parquet": {}}
    got = answer(logged(tmp_path / "t", files))
    assert got.unread == []
    assert sorted(map(int, got.cells["id"])) == sorted([1, 2, 5, 6, 7, 8, *range(10)])
    assert len(got.found[0].parts) == 6


@pytest.mark.parametrize("name", ["/etc/x.parquet", "../beside.parquet", "file:///etc/x.parquet"])
def test_files_outside_the_table_are_not_read(tmp_path, answer, name):
    pq.write_table(ROWS, tmp_path / "beside.parquet")
    got = answer(logged(tmp_path / "t", {"a.parquet": {}, name: {}}))
    assert got.unread
    assert got.rows in {0, 10}
    assert "k" not in got.cells


def test_a_file_that_the_log_names_and_no_one_has_is_unread(tmp_path, answer):
    got = answer(logged(tmp_path / "t", {"a.parquet": {}, "gone.parquet": {}}))
    assert got.rows == 10
    assert got.reasons == ["a file that the table's log names is missing"]


def test_a_feature_that_is_not_known_is_unread_by_name(tmp_path, answer):
    got = answer(logged(tmp_path / "t", {"a.parquet": {}}, features=("variantType",)))
    assert got.rows == 0
    assert "variantType" in got.reasons[0] or "does not read" in got.reasons[0]


@pytest.mark.parametrize("cut", [0, 200, 900])
def test_a_log_that_is_cut_is_unread_and_quotes_no_cell(tmp_path, answer, cut):
    path = tmp_path / "t"
    deltalake.write_deltalake(path, pa.table({"email": [CANARY] * 3}))
    [log] = (path / "_delta_log").glob("*.json")
    log.write_bytes(log.read_bytes()[:cut])
    got = answer(path)
    assert got.rows == 0
    assert got.unread
    assert "canary" not in repr(got.unread)


def test_a_torn_file_of_the_table_is_unread_and_the_others_are_read(lake, answer):
    file = min(lake.rglob("*.parquet"))
    file.write_bytes(file.read_bytes()[:-30])
    got = answer(lake)
    assert (got.rows, len(got.unread)) == (5, 1)


def test_an_empty_table_is_not_clean(tmp_path, answer):
    deltalake.write_deltalake(tmp_path / "t", ROWS)
    deltalake.DeltaTable(tmp_path / "t").delete()
    assert answer(tmp_path / "t").reasons == ["no rows"]
    shutil.rmtree(tmp_path / "t" / "_delta_log")
    (tmp_path / "t" / "_delta_log").mkdir()
    assert "does not read" in answer(tmp_path / "t").reasons[0]


def test_without_the_extra_it_is_unread_with_the_command(lake, answer, monkeypatch):
    own = builtins.__import__

    def without(name, *rest, **more):
        if name.startswith("deltalake"):
            raise ImportError(name)
        return own(name, *rest, **more)

    monkeypatch.setattr(builtins, "__import__", without)
    got = answer(lake)
    assert got.reasons == ["it is read with the extra: pip install 'privscan[lake]'"]
    assert got.rows == 0
    assert not ps.gate(str(lake), detectors=["dates"]).passed
