"""What is not treated stays as it is, in every format; what is treated leaves no trace."""

from __future__ import annotations

import bz2
import datetime as dt
import gzip
import io
import json
import stat
from pathlib import Path

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from privscan.errors import IncompleteError, UsageError
from privscan.protect.apply import carried_out, met
from privscan.protect.files import tasks
from privscan.protect.key import Key
from privscan.protect.treating import parsed

KEY = Key(b"a made-up secret of many bytes")
CANARY = "canary-value-91"

TABLE = pa.table(
    {
        "id": pa.array([1, 2, None, 4], pa.int32()),
        "name": pa.array([f"{CANARY} {i}" for i in range(4)]),
        "born": pa.array([dt.date(1984, 5, 3), None, dt.date(2001, 1, 1), dt.date(1950, 12, 31)]),
        "when": pa.array(
            [dt.datetime(2024, 1, 31, 12, 0, 0, 1, dt.UTC)] * 4, pa.timestamp("us", "UTC")
        ),
        "kind": pa.array(["a", None, "b", "a"]).dictionary_encode(),
        "who": pa.array([{"mail": f"{CANARY}@x.org", "n": i} for i in range(3)] + [None]),
        "tags": pa.array([[CANARY, "x"], None, [], [None]], pa.large_list(pa.string())),
        "raw": pa.array([b"\0\1", None, b"", b"x"]),
        "price": pa.array(["1.10", None, "2.00", "0.05"]).cast(pa.decimal128(9, 2)),
    }
)


def _protect(source: Path, target: Path, *specs: str) -> Path:
    every, chosen = tasks(source), [parsed(s) for s in specs]
    met(every, chosen, {})
    carried_out(every, chosen, KEY, target)
    return target


def test_a_parquet_file_keeps_types_groups_compression_and_other_columns(tmp_path):
    source = tmp_path / "a.parquet"
    with pq.ParquetWriter(
        source, TABLE.schema, compression={"name": "zstd", "id": "gzip"}, use_dictionary=["kind"]
    ) as writer:
        for at in (0, 3):
            writer.write_table(TABLE.slice(at, 3))
    made = _protect(
        source,
        tmp_path / "b.parquet",
        "name=tokenise",
        "who.mail=mask",
        "tags[]=tokenise",
        "born=generalise:year",
    )
    before, after = pq.ParquetFile(source), pq.ParquetFile(made)
    assert [after.metadata.row_group(i).num_rows for i in range(2)] == [3, 1]
    codecs = {
        c["path_in_schema"]: c["compression"]
        for c in after.metadata.row_group(0).to_dict()["columns"]
    }
    assert codecs["id"] == "GZIP"
    assert not after.metadata.row_group(0).column(0).has_dictionary_page
    table = after.read()
    for name in ("id", "when", "kind", "raw", "price"):
        assert table[name].equals(before.read()[name])
        assert table.schema.field(name).equals(TABLE.schema.field(name))
    assert table["born"].to_pylist() == [1984, None, 2001, 1950]
    assert table["who"].combine_chunks().field("n").to_pylist()[:3] == [0, 1, 2]
    assert table["who"].to_pylist()[3] is None
    assert [None if t is None else len(t) for t in table["tags"].to_pylist()] == [2, None, 0, 1]
    assert CANARY.encode() not in made.read_bytes()
    assert CANARY not in str(table.to_pylist())


def test_what_a_file_says_beside_its_cells_does_not_tell_of_them(tmp_path):
    pandas = {"index_columns": ["name"], "columns": [{"name": "name", "field_name": "name", "pandas_type": "unicode",
              "numpy_type": "object", "metadata": {"was": CANARY}}], "attributes": {"note": CANARY}}  # fmt: skip
    schema = TABLE.schema.with_metadata(
        {"pandas": json.dumps(pandas), "PANDAS_ATTRS": CANARY, "note": CANARY}
    )
    schema = schema.set(
        1, schema.field(1).with_metadata({"first": CANARY, "PARQUET:field_id": "7"})
    )
    pq.write_table(TABLE.cast(schema), tmp_path / "a.parquet")
    made = _protect(
        tmp_path / "a.parquet", tmp_path / "b.parquet", "name=mask", "who.mail=mask", "tags=drop"
    )
    assert CANARY.encode() not in made.read_bytes()
    kept = pq.read_schema(made)
    assert set(kept.metadata) == {b"pandas"}
    assert json.loads(kept.metadata[b"pandas"])["index_columns"] == ["name"]
    assert kept.field("name").metadata[b"PARQUET:field_id"] == b"7"


@pytest.mark.parametrize("new", [pa.ipc.new_file, pa.ipc.new_stream])
def test_arrow_files_keep_batches_and_hold_no_old_words(tmp_path, new):
    words = pa.DictionaryArray.from_arrays(pa.array([0, 1, None, 0]), pa.array(["a", "b", CANARY]))
    table = TABLE.set_column(4, "kind", words).drop_columns(["who", "tags"])
    with new(
        tmp_path / "a.arrow", table.schema, options=pa.ipc.IpcWriteOptions(compression="zstd")
    ) as writer:
        writer.write_table(table, max_chunksize=3)
    made = _protect(tmp_path / "a.arrow", tmp_path / "b.arrow", "name=tokenise", "id=encrypt")
    opened = pa.ipc.open_file(made) if new is pa.ipc.new_file else pa.ipc.open_stream(made)
    after = opened.read_all()
    assert [len(c) for c in after["raw"].chunks] == [3, 1]
    for name in ("born", "when", "raw", "price"):
        assert after[name].to_pylist() == table[name].to_pylist()
    assert after["kind"].to_pylist() == ["a", "b", None, "a"]
    assert after.schema.field("kind").type == table.schema.field("kind").type
    assert after["id"].null_count == 1
    assert CANARY not in str([c.dictionary for c in after["kind"].chunks])


CSV = 'id;name;note\r\n1;Ann;"a;b"\r\n2;;""\r\n3;"Bo ""B""";\r\n'


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp932"])
@pytest.mark.parametrize("pack", [bytes, gzip.compress, bz2.compress])
def test_a_csv_file_that_nothing_is_done_to_keeps_its_bytes(tmp_path, encoding, pack):
    text = CSV.replace("Ann", "山田" if encoding == "cp932" else "Ann")
    (tmp_path / "a.csv").write_bytes(pack(text.encode(encoding)))
    made = _protect(tmp_path / "a.csv", tmp_path / "b.csv").read_bytes()
    assert {bytes: bytes, gzip.compress: gzip.decompress, bz2.compress: bz2.decompress}[pack](
        made
    ) == text.encode(encoding)
    assert b"a.csv" not in made


def test_a_csv_file_is_treated_cell_by_cell(tmp_path):
    (tmp_path / "a.csv").write_text(CSV, newline="")
    made = _protect(tmp_path / "a.csv", tmp_path / "b.csv", "name=mask", "id=drop")
    assert made.read_text() == 'name;note\n***;"a;b"\n;""\n"** ""*""";\n'
    assert b"\r\n" in made.read_bytes()


def test_one_column_with_an_empty_cell_keeps_its_rows(tmp_path):
    (tmp_path / "a.csv").write_text('born\n"1984-05-03"\n""\n"2001-01-01"\n')
    made = _protect(tmp_path / "a.csv", tmp_path / "b.csv", "born=generalise:year")
    assert made.read_text() == 'born\n1984\n""\n2001\n'


def test_short_rows_are_filled_up_and_long_ones_refused(tmp_path):
    (tmp_path / "a.csv").write_text("a,b,c\n" + "1,2,3\n" * 9 + "4,5\n" + "6,7,8\n")
    made = _protect(tmp_path / "a.csv", tmp_path / "b.csv", "a=mask")
    assert made.read_text().splitlines()[-2:] == ["*,5,", "*,7,8"]
    (tmp_path / "a.csv").write_text("a,b,c\n" + "1,2,3\n" * 9 + f"4,5,6,{CANARY}\n")
    with pytest.raises(IncompleteError, match="more fields") as error:
        _protect(tmp_path / "a.csv", tmp_path / "c.csv", "a=mask")
    assert CANARY not in str(error.value)


LINES = ('{"id": 1, "who": {"mail": "a@x.org", "n": 1.50}, "tags": ["x", null]}\n'
         '{"id":12345678901234567890,"z":1e5}\n{"who": null, "\\u00e9": "\\u00e9"}\n')  # fmt: skip


def test_json_lines_keep_the_order_of_fields_and_the_digits_of_numbers(tmp_path):
    (tmp_path / "a.jsonl").write_text(LINES)
    assert _protect(tmp_path / "a.jsonl", tmp_path / "b.jsonl").read_text() == LINES
    made = _protect(
        tmp_path / "a.jsonl", tmp_path / "c.jsonl", "who.mail=mask", "tags[]=mask"
    ).read_text()
    assert made == LINES.replace("a@x.org", "*@*.***").replace('["x"', '["*"')
    made = _protect(tmp_path / "a.jsonl", tmp_path / "d.jsonl", "who=drop", "id=drop").read_text()
    assert made == '{"tags": ["x", null]}\n{"z":1e5}\n{"\\u00e9": "\\u00e9"}\n'


def test_an_array_of_records_is_written_and_other_documents_are_refused(tmp_path):
    (tmp_path / "a.json").write_text(json.dumps([{"a": CANARY, "b": 1.0}, {"a": None, "b": 2}]))
    made = _protect(tmp_path / "a.json", tmp_path / "b.json", "a=mask")
    assert json.loads(made.read_text()) == [{"a": "******-*****-**", "b": 1.0}, {"a": None, "b": 2}]
    (tmp_path / "c.json").write_text(
        json.dumps({"meta": 1, "rows": [{"a": CANARY, "b": i} for i in range(9)]})
    )
    with pytest.raises(IncompleteError, match="not written"):
        carried_out(tasks(tmp_path / "c.json"), [parsed("rows[].a=mask")], KEY, tmp_path / "d.json")


def test_a_tree_keeps_its_folders_modes_and_hive_keys(tmp_path):
    for month in ("1", "2"):
        folder = tmp_path / "in" / f"month={month}"
        folder.mkdir(parents=True, mode=0o750)
        pq.write_table(TABLE, folder / "p.parquet")
        (folder / "p.parquet").chmod(0o640)
    (tmp_path / "in" / "README.md").write_text(CANARY)
    (tmp_path / "in" / "_SUCCESS").write_text("")
    made = _protect(tmp_path / "in", tmp_path / "out", "name=drop", "who=drop", "tags=drop")
    files = sorted(str(p.relative_to(made)) for p in made.rglob("*") if p.is_file())
    assert files == ["month=1/p.parquet", "month=2/p.parquet"]
    assert stat.S_IMODE((made / files[0]).stat().st_mode) == 0o640
    assert stat.S_IMODE((made / "month=1").stat().st_mode) == 0o750


def test_a_hive_key_is_treated_in_the_names_of_folders(tmp_path):
    for who in ("ann%40x.org", "bo%40x.org", "__HIVE_DEFAULT_PARTITION__"):
        folder = tmp_path / "in" / f"mail={who}"
        folder.mkdir(parents=True)
        pq.write_table(TABLE.select(["id"]), folder / "p.parquet")
    made = _protect(tmp_path / "in", tmp_path / "out", "mail=mask")
    files = sorted(str(p.relative_to(made)) for p in made.rglob("*.parquet"))
    assert files == ["mail=%2A%2A%2A%40%2A.%2A%2A%2A/p.parquet", "mail=%2A%2A%40%2A.%2A%2A%2A/p.parquet",
                     "mail=__HIVE_DEFAULT_PARTITION__/p.parquet"]  # fmt: skip
    made = _protect(tmp_path / "in", tmp_path / "gone", "mail=drop")
    files = sorted(str(p.relative_to(made)) for p in made.rglob("*.parquet"))
    assert files == ["p-2.parquet", "p-3.parquet", "p.parquet"]


def test_what_cannot_be_written_stops_it_or_is_left_out_and_named(tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.csv").write_text(CSV)
    (tmp_path / "in" / "x.vcf").write_text(
        "##fileformat=VCFv4.2\n#CHROM\tPOS\tID\tREF\tALT\n1\t1\t.\tA\tC\n"
    )
    with pytest.raises(IncompleteError, match=r"x\.vcf"):
        tasks(tmp_path / "in")
    some = tasks(tmp_path / "in", leave_out=True)
    assert [Path(t.uri).name for t in some.files] == ["a.csv"]
    assert [Path(name).name for name in some.left_out] == ["x.vcf"]


@pytest.mark.parametrize(
    ("specs", "said"),
    [
        (["nane=drop"], "no column is called 'nane'"),
        (["other::name=drop"], "no dataset is called 'other'"),
        (["name=drop", "name=mask"], "two treatments"),
        (["who=mask"], "no texts"),
        (["raw=mask"], "no texts"),
        (["tags[]=drop"], "not dropped one by one"),
        (["name=shift"], "whose dates"),
    ],
)
def test_what_cannot_be_done_to_a_column_is_said(tmp_path, specs, said):
    pq.write_table(TABLE, tmp_path / "a.parquet")
    with pytest.raises(UsageError, match=said):
        _protect(tmp_path / "a.parquet", tmp_path / "b.parquet", *specs)


def test_dates_of_a_person_move_together(tmp_path):
    days = [dt.date(2020, 1, 1), dt.date(2020, 3, 1), dt.date(2020, 1, 1), None]
    table = pa.table(
        {
            "who": ["a", "a", "b", "b"],
            "day": days,
            "text": ["01.01.2020", "2020-03-01T10:00", "soon", "20200101"],
        }
    )
    pq.write_table(table, tmp_path / "a.parquet")
    made = pq.read_table(
        _protect(
            tmp_path / "a.parquet", tmp_path / "b.parquet", "day=shift:by=who", "text=shift:by=who"
        )
    ).to_pydict()
    assert made["day"][3] is None
    assert made["day"][1] - made["day"][0] == days[1] - days[0]
    moved = made["day"][0] - days[0]
    assert 1 <= abs(moved.days) <= 182
    assert made["day"][2] - days[2] != moved
    assert made["text"][0] == made["day"][0].strftime("%d.%m.%Y")
    assert made["text"][1] == made["day"][1].isoformat() + "T10:00"
    assert made["text"][2] == "*"


def test_reading_streams(tmp_path):
    """A file of many pieces is written piece by piece, and its rows stay in order."""
    out = io.StringIO("")
    out.write("n,t\n")
    for i in range(300_000):
        out.write(f"{i},{'x' * 20}\n")
    (tmp_path / "a.csv").write_text(out.getvalue())
    made = _protect(tmp_path / "a.csv", tmp_path / "b.csv", "t=mask").read_text()
    assert made == out.getvalue().replace("x", "*")


@pytest.mark.parametrize("how", ["tokenise", "tokenise:format", "encrypt:deterministic"])
def test_a_value_has_one_token_in_files_of_every_format_and_another_under_another_key(
    tmp_path, how
):
    frame = pl.DataFrame({"who": [f"p{i % 7:02}@example.com" for i in range(20)], "n": range(20)})
    frame.write_csv(tmp_path / "a.csv")
    frame.write_parquet(tmp_path / "a.parquet")
    frame.write_ndjson(tmp_path / "a.jsonl")
    frame.write_ipc(tmp_path / "a.arrow")
    read = {
        "csv": pl.read_csv,
        "parquet": pl.read_parquet,
        "jsonl": pl.read_ndjson,
        "arrow": pl.read_ipc,
    }
    found = {}
    for kind, name in ((k, n) for k in read for n in ("one", "two")):
        key = Key(f"a made-up secret of many bytes, {name}".encode())
        out = tmp_path / f"{name}.{kind}"
        carried_out(tasks(tmp_path / f"a.{kind}"), [parsed(f"who={how}")], key, out)
        found[kind, name] = read[kind](out)["who"].to_list()
    one, two = ([found[kind, name] for kind in read] for name in ("one", "two"))
    assert one == [one[0]] * 4
    assert two == [two[0]] * 4
    assert not {*one[0]} & {*two[0]}
    assert len({*one[0]}) == 7
    assert not {*one[0]} & {*frame["who"]}
