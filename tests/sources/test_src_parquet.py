"""Parquet and Arrow files: every type arrives as cells, every damage as an Unread."""

from __future__ import annotations

import datetime as dt
import decimal
import io
import json

import numpy as np
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import privscan as ps
from privscan.sources import parquet as source
from privscan.sources._cells import VECTOR_LENGTH
from privscan.sources.discover import discover

UTC = dt.UTC
NOON = dt.datetime(2024, 1, 31, 12, 0, 1)  # noqa: DTZ001  a wall time, as files without zones hold
TYPES = {
    "uint64": (pa.uint64(), [2**64 - 1], ["18446744073709551615"]),
    "int8": (pa.int8(), [-1], ["-1"]),
    "float16": (pa.float16(), [np.float16(1.5)], ["1.5"]),
    "float32": (pa.float32(), [0.25], ["0.25"]),
    "bool": (pa.bool_(), [True, False], ["true", "false"]),
    "null": (pa.null(), [None, None], []),
    "decimal128": (pa.decimal128(20, 2), [decimal.Decimal("12.30")], ["12.30"]),
    "decimal256": (pa.decimal256(60, 3), [decimal.Decimal("1e40")], ["1" + "0" * 40 + ".000"]),
    "date": (pa.date32(), [dt.date(1980, 2, 3)], ["1980-02-03"]),
    "time": (pa.time64("us"), [dt.time(3, 4, 5)], ["03:04:05"]),
    "timestamp": (pa.timestamp("us"), [NOON], ["2024-01-31 12:00:01"]),
    "zoned": (pa.timestamp("us", "Asia/Tokyo"), [NOON.replace(tzinfo=UTC)], ["2024-01-31 21:00:01"]),
    "offset": (pa.timestamp("us", "+02:00"), [NOON.replace(tzinfo=UTC)], ["2024-01-31 14:00:01"]),
    "duration": (pa.duration("s"), [dt.timedelta(hours=1)], ["PT1H"]),
    "large string": (pa.large_string(), ["a", None], ["a"]),
    "string view": (pa.string_view(), ["a string of more than twelve bytes", None], ["a string of more than twelve bytes"]),
    "fixed binary": (pa.binary(2), [b"ab"], [b"ab"]),
    "binary": (pa.binary(), [b"\0\xff", None], [b"\0\xff"]),
    "dictionary": (pa.dictionary(pa.int8(), pa.string()), ["x", "y", "x", None], ["x", "y", "x"]),
    "list view": (pa.list_view(pa.string()), [["p", "q"], None], ["p", "q"]),
    "fixed list": (pa.list_(pa.string(), 2), [["p", "q"]], ["p", "q"]),
    "map": (pa.map_(pa.string(), pa.string()), [[("k", "v")], []], ["k", "v"]),
    "struct": (pa.struct({"a": pa.struct({"b": pa.string()})}), [{"a": {"b": "z"}}, None], ["z"]),
    "list of struct": (pa.list_(pa.struct({"a": pa.string()})), [[{"a": "p"}, {"a": "q"}], []], ["p", "q"]),
}  # fmt: skip


def stored(table, **options):
    out = io.BytesIO()
    pq.write_table(table, out, **options)
    return out.getvalue()


def arrow(table, make=pa.ipc.new_file):
    out = io.BytesIO()
    with make(out, table.schema) as writer:
        writer.write_table(table)
    return out.getvalue()


@pytest.mark.parametrize("name", TYPES)
@pytest.mark.parametrize("write", [stored, arrow])
def test_every_type_is_read_as_cells(read, name, write):
    kind, values, expected = TYPES[name]
    got = read(write(pa.table({"c": pa.array(values, kind)})))
    assert got.every == expected
    assert got.unread == []
    assert got.rows == len(values)


def test_a_type_that_no_one_reads_is_reported_with_its_cells(read):
    kind = pa.month_day_nano_interval()
    table = pa.table({"i": pa.array([(1, 2, 3), None], kind), "e": ["a@example.com"] * 2})
    got = read(arrow(table))
    assert got.reasons == ["1 cells of column 'i' are of a type that is not read"]
    assert got.cells["e"] == ["a@example.com"] * 2


def test_int96_timestamps(read):
    table = pa.table({"t": pa.array([NOON], pa.timestamp("ns"))})
    got = read(stored(table, use_deprecated_int96_timestamps=True))
    assert got.cells["t"][0].startswith("2024-01-31 12:00:01")


def test_nested_fields_are_paths(read):
    table = pa.Table.from_pylist([{"c": {"adr": [{"zip": "1"}, {"zip": "2"}], "n": None}}] * 2)
    got = read(stored(table))
    assert got.cells["c.adr[].zip"] == ["1", "2"] * 2
    assert got.rows == 2


def test_long_lists_of_numbers_are_vectors(read):
    table = pa.table({"v": [[0.5] * VECTOR_LENGTH, [1.5]]})
    got = read(stored(table))
    assert got.kinds["v"] == {"vector"}
    assert got.cells["v[]"] == ["1.5"]


def test_columns_of_one_name_are_both_read(read):
    table = pa.Table.from_arrays([pa.array(["a"]), pa.array(["b@example.com"])], ["x", "x"])
    got = read(stored(table))
    assert got.cells == {"x": ["a"], "x_2": ["b@example.com"]}


@pytest.mark.parametrize("write", [stored, arrow])
def test_no_rows_is_empty_not_clean(read, write):
    got = read(write(pa.table({"email": pa.array([], pa.string())})))
    assert got.reasons == ["no rows"]


def test_bad_utf_8_is_counted_and_the_rest_read(read):
    bad = pa.array([b"a\xff", b"b@example.com"]).view(pa.string())
    for write in (stored, arrow):
        got = read(write(pa.table({"s": bad, "n": pa.array([{"t": "x"}] * 2)})))
        assert got.cells["s"] == ["a\ufffd", "b@example.com"]
        assert got.reasons == ["1 cells of column 's' are not valid UTF-8"]


def test_offsets_that_lie_cost_the_column_and_not_the_process(read):
    lying = pa.Array.from_buffers(
        pa.list_(pa.int64()),
        2,
        [None, pa.py_buffer(np.array([0, 900, 2], np.int32))],
        children=[pa.array([1, 2])],
    )
    data = arrow(pa.table({"l": pa.array([[1], [2]]), "e": ["a@example.com"] * 2}))
    offsets = np.array([0, 1, 2], np.int32).tobytes()
    assert data.count(offsets) == 1
    broken = data.replace(offsets, np.array([0, 900, 2], np.int32).tobytes())
    got = read(broken)
    assert got.reasons == ["2 cells of column 'l' are damaged"]
    assert got.cells["e"] == ["a@example.com"] * 2
    with pytest.raises(pa.ArrowInvalid):
        lying.validate(full=True)


def test_row_groups_are_parts_that_together_are_the_whole(tmp_path, answer, monkeypatch):
    monkeypatch.setattr(source, "PART_ROWS", 100)
    path = tmp_path / "t.parquet"
    path.write_bytes(stored(pa.table({"i": range(1000)}), row_group_size=30))
    [found] = discover([path])
    assert len(found.parts) == 9
    assert sum(p.bytes for p in found.parts) == path.stat().st_size
    assert answer(path).cells["i"] == [str(i) for i in range(1000)]


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (lambda d: d[:-4] + b"PARE", "encrypted"),
        (lambda d: d[:-8] + b"\xff\xff\xff\x7fPAR1", "footer is damaged"),
        (lambda d: d[:-4], "no footer"),
        (lambda d: d[: len(d) // 2], "no footer"),
        (lambda d: d + b"\n", "no footer"),
        (lambda d: d[:8], "no footer"),
    ],
)
def test_wrong_footers_are_named(read, change, reason):
    got = read(change(stored(pa.table({"e": ["a@example.com"]}))))
    assert got.rows == 0
    assert [r for r in got.reasons if reason in r]
    assert "example.com" not in str(got.unread)


def test_parquet_with_an_encrypted_footer_is_unread(read):
    got = read(b"PARE" + bytes(200) + b"PARE")
    assert got.reasons == ["the Parquet file is encrypted and there is no key"]


RECORDS = [
    {
        "id": i,
        "who": {"mail": f"u{i}@example.com", "tags": ["a", f"t{i}"]},
        "at": [{"zip": f"{i:05}"}],
    }
    for i in range(50)
]


def test_nested_records_give_equal_evidence_from_parquet_arrow_and_json(tmp_path):
    table = pa.Table.from_pylist(RECORDS)
    files = {
        "t.parquet": stored(table, row_group_size=7),
        "t.arrow": arrow(table),
        "t.jsonl": "\n".join(map(json.dumps, RECORDS)).encode(),
        "t.json": json.dumps(RECORDS, indent=1).encode(),
    }
    every = []
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)
        parts = ps.plan(str(tmp_path / name), detectors=["dates"]).parts
        [one] = ps.merge(map(ps.observe, parts)).datasets.values()
        every.append((one.rows, one.columns, one.joint))
    assert set(every[0][1]) == {"id", "who.mail", "who.tags[]", "at[].zip"}
    assert all(one == every[0] for one in every[1:])


def test_polars_files_of_every_kind(read):
    frame = pl.DataFrame({"c": pl.Series(["a", "b"], dtype=pl.Categorical), "l": [["x"], []]})
    for write in (frame.write_parquet, frame.write_ipc, frame.write_ipc_stream):
        out = io.BytesIO()
        write(out)
        got = read(out.getvalue())
        assert got.cells == {"c": ["a", "b"], "l[]": ["x"]}


def test_a_name_with_a_dot_beside_a_struct_keeps_both_columns(answer, tmp_path):
    inner = [{"b.c": "1", "b": {"c": "2"}}, None, {"b.c": None, "b": {"c": "3"}}]
    table = pa.table({"a.b": ["x", None, "y"], "a": [{"b": c} for c in "pqr"], "z": inner})
    pq.write_table(table, tmp_path / "t.parquet")
    got = answer(tmp_path / "t.parquet")
    assert got.cells == {
        "a.b": ["x", None, "y"],
        "a.b_2": ["p", "q", "r"],
        "z.b.c": ["1", None, None],
        "z.b.c_2": ["2", None, "3"],
    }


def columns_of(table, path, **options):
    pq.write_table(table, path, **options)
    [part] = source.parts(str(path), "d")
    [batch] = source.read(part)
    return {column.path: column for column in batch.columns}


def test_columns_of_few_strings_stay_dictionaries_and_others_do_not(tmp_path):
    table = pa.table(
        {
            "few": [f"k{i % 3}" for i in range(2000)],
            "many": [f"value {i * 7919 % 2000}" for i in range(2000)],
            "number": [i % 3 for i in range(2000)],
            "large": pa.array([f"k{i % 3}" for i in range(2000)], pa.large_string()),
            "in_list": [[f"k{i % 3}"] for i in range(2000)],
            "in.struct": [f"k{i % 3}" for i in range(2000)],
            "in": [{"struct": f"k{i % 3}"} for i in range(2000)],
        }
    )
    found = columns_of(table, tmp_path / "t.parquet")
    few = found["few"]
    assert sorted(few.cells.to_list()) == ["k0", "k1", "k2"]
    assert few.cells.gather(few.codes).to_list() == table["few"].to_pylist()
    assert few.rows == 2000
    assert {path for path, column in found.items() if column.codes is not None} == {"few", "large"}
    assert found["many"].cells.to_list() == table["many"].to_pylist()
    plain = columns_of(table.select(["few"]), tmp_path / "p.parquet", use_dictionary=False)
    assert plain["few"].cells.to_list() == table["few"].to_pylist()


def test_what_a_writer_gave_up_to_code_is_not_read_as_codes(tmp_path):
    values = [f"value {i}" for i in range(20_000)]
    table, path = pa.table({"many": values}), tmp_path / "t.parquet"
    found = columns_of(table, path, dictionary_pagesize_limit=256, data_page_size=512)
    chunk = pq.ParquetFile(path).metadata.row_group(0).column(0)
    assert chunk.data_page_offset - chunk.dictionary_page_offset < 2 * len(values)
    assert found["many"].codes is None
    assert found["many"].cells.to_list() == values


def test_a_dictionary_with_bad_utf_8_is_read_and_reported(tmp_path, answer):
    words = pa.array([b"good", b"b\xffd"], pa.binary())
    raw = words.take(pa.array([0, 1, 0, 0] * 500))
    table = pa.table({"c": pa.Array.from_buffers(pa.string(), len(raw), raw.buffers())})
    pq.write_table(table, tmp_path / "t.parquet")
    got = answer(tmp_path / "t.parquet")
    assert got.cells["c"][:3] == ["good", "b\ufffdd", "good"]
    assert got.reasons == ["500 cells of column 'c' are not valid UTF-8"]


def test_wide_rows_come_in_smaller_batches(tmp_path, monkeypatch):
    monkeypatch.setattr(source, "BATCH_BYTES", 1 << 20)
    wide = pa.table({"c": [f"{i:04}" * 500 for i in range(4000)]})
    pq.write_table(wide, tmp_path / "t.parquet", compression="none", use_dictionary=False)
    [part] = source.parts(str(tmp_path / "t.parquet"), "d")
    sizes = [batch.rows for batch in source.read(part)]
    assert sum(sizes) == 4000
    assert max(sizes) == source.FEWEST
