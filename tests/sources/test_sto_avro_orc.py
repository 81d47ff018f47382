"""Avro and ORC: every type and packing, broken anywhere, and nothing held that need not be."""

from __future__ import annotations

import builtins
import datetime as dt
import decimal
import io
import random
import uuid
import zlib

import fastavro
import pyarrow as pa
import pyarrow.orc
import pytest

from privscan.formats import avro as blocks
from privscan.sources import avro, orc

CANARY = "canary.3e9a@example.com"
ROWS = 120


def field(name, kind, /, **more):
    return {"name": name, "type": {"type": kind, **more} if more else kind}


SCHEMA = {
    "type": "record", "name": "person", "namespace": "crm", "fields": [
        field("id", "long"),
        field("email", ["null", "string"]),
        field("mixed", ["null", "int", "string", {"type": "record", "name": "q", "fields": [field("z", "string")]}]),
        field("raw", "bytes"),
        field("tags", "map", values="string"),
        field("born", "int", logicalType="date"),
        field("pay", "bytes", logicalType="decimal", precision=6, scale=2),
        field("pays", "array", items={"type": "bytes", "logicalType": "decimal", "precision": 6, "scale": 2}),
        field("code", "string", logicalType="uuid"),
        field("mood", "enum", name="mood", symbols=["calm", "glad"]),
        field("home", "record", name="home", fields=[field("city", "string"), field("mood", "mood")]),
        field("boss", ["null", "person"]),
        field("at", "long", logicalType="timestamp-micros"),
    ],
}  # fmt: skip
CODE = uuid.UUID(int=7)
RECORDS = [
    {"id": i, "email": None if i % 3 else f"u{i}@example.com", "mixed": [None, 1, "s", {"z": CANARY}][i % 4],
     "raw": b"\x01\xff", "tags": {f"k{i}": "v"}, "born": dt.date(1980, 1, 2), "pay": decimal.Decimal("1.50"),
     "pays": [decimal.Decimal("2.25")], "code": CODE, "mood": "glad", "home": {"city": "Rome", "mood": "calm"},
     "boss": None, "at": dt.datetime(2024, 1, 2, 3, 4, 5, tzinfo=dt.UTC)}
    for i in range(ROWS)
]  # fmt: skip
RECORDS[5]["boss"] = RECORDS[1]


def made(codec="null", records=RECORDS, schema=SCHEMA, packed="null"):
    """A container; packings that the writer has not are put in by hand."""
    out = io.BytesIO()
    fastavro.writer(out, schema, records, codec=codec, sync_interval=2_000)
    return out.getvalue() if packed == "null" else repacked(out.getvalue(), packed)


def repacked(data, codec):
    file = io.BytesIO(data)
    head = blocks.header(file)
    out = MAGIC_AND_TWO + b"".join(
        blocks._told(part) for part in (b"avro.schema", head.schema, b"avro.codec", codec.encode())
    ) + blocks._number(0) + head.sync  # fmt: skip
    for count, plain in blocks.blocks(file, head):
        kind = {"zstandard": "zstd"}.get(codec, codec)
        pressed = pa.compress(plain, kind, asbytes=True)
        if codec == "snappy":
            pressed += zlib.crc32(plain).to_bytes(4, "big")
        out += blocks._number(count) + blocks._told(pressed) + head.sync
    return out


MAGIC_AND_TWO = blocks.MAGIC + blocks._number(2)
PACKED = {
    **{codec: made(codec) for codec in ("null", "deflate", "bzip2", "xz")},
    **{codec: made(packed=codec) for codec in ("snappy", "zstandard")},
}


@pytest.mark.parametrize("codec", PACKED)
def test_every_type_in_every_packing_is_read(read, codec):
    got = read(PACKED[codec])
    assert (got.rows, got.unread) == (ROWS, [])
    first = {path: cells[0] for path, cells in got.cells.items()}
    assert (first["id"], first["email"], first["raw"]) == ("0", "u0@example.com", b"\x01\xff")
    assert got.cells["mixed"][:4] == [None, "1", "s", f'{{"z": "{CANARY}"}}']
    assert (first["born"], first["pay"], first["pays[]"]) == ("1980-01-02", "1.50", "2.25")
    assert (first["code"], first["mood"]) == (str(CODE), "glad")
    assert (first["home.city"], first["home.mood"]) == ("Rome", "calm")
    assert first["at"].startswith("2024-01-02 03:04:05")
    assert "u1@" not in str(got.cells["boss"][5])
    assert '"id": 1' in got.cells["boss"][5]
    assert {"k0", "k119"} <= {*got.every}


@pytest.mark.parametrize("codec", ["null", "snappy"])
def test_a_container_cut_anywhere_keeps_what_came_before(read, codec):
    data, rng = PACKED[codec], random.Random(codec)
    whole = {path: [str(c) for c in cells] for path, cells in read(data).cells.items()}
    sync = data[-16:]
    ends = [*range(len(data) - 8, len(data)), *(rng.randrange(20, len(data)) for _ in range(10))]
    for at in ends:
        got = read(data[:at])
        # Avro says nowhere how many blocks there are.
        assert got.unread or data[:at].endswith(sync)
        assert got.rows < ROWS
        assert [str(c) for c in got.cells["id"]] == whole["id"][: got.rows]
        assert "canary" not in repr(got.unread)
    assert read(data[:-1]).rows > 0


def test_flipped_bits_raise_nothing_and_those_under_a_checksum_are_told(read):
    data, rng, told = PACKED["snappy"], random.Random(2), 0
    start = data.index(b"avro.codec")
    for _ in range(25):
        at = rng.randrange(start, len(data))
        got = read(data[:at] + bytes([data[at] ^ 8]) + data[at + 1 :])
        told += bool(got.unread)
        assert "canary" not in repr(got.unread)
    assert told > 20


def test_blocks_that_lie_about_their_size_are_not_unpacked(read, monkeypatch):
    monkeypatch.setattr(blocks, "LARGEST", 1 << 20)
    plain = {"type": "record", "name": "r", "fields": [field("a", "string")]}
    for codec in ("deflate", "bzip2", "xz", "zstandard", "snappy"):
        big = made(records=[{"a": "x" * (3 << 20)}], schema=plain)
        monkeypatch.setattr(blocks, "LARGEST", 8 << 20)
        data = (
            repacked(big, codec)
            if codec in {"zstandard", "snappy"}
            else made(codec, [{"a": "x" * (3 << 20)}], plain)
        )
        monkeypatch.setattr(blocks, "LARGEST", 1 << 20)
        assert "unpacks to over" in read(data).reasons[0], codec


def test_a_container_of_no_records_is_not_clean(read):
    assert read(made(records=[])).reasons == ["no rows"]


def test_a_value_that_is_no_record_is_a_column(read):
    got = read(made(records=["a@example.com", "b@example.com"], schema={"type": "string"}))
    assert got.cells["value"] == ["a@example.com", "b@example.com"]


def test_without_the_extra_avro_is_unread_with_the_command(read, monkeypatch):
    own = builtins.__import__

    def without(name, *rest, **more):
        if name == "fastavro":
            raise ImportError(name)
        return own(name, *rest, **more)

    monkeypatch.setattr(builtins, "__import__", without)
    assert "pip install 'privscan[tables]'" in read(PACKED["null"]).reasons[0]


TABLE = pa.table({
    "id": range(ROWS), "email": [f"u{i}@example.com" for i in range(ROWS)], "list": [[i, 1] for i in range(ROWS)],
    "home": [{"city": "Rome"}] * ROWS, "raw": [b"\x01\xff"] * ROWS, "pay": [decimal.Decimal("1.50")] * ROWS,
    "born": [dt.date(1980, 1, 2)] * ROWS, "tags": pa.array([[("k", "v")]] * ROWS, pa.map_(pa.string(), pa.string())),
})  # fmt: skip


def written(**options):
    out = io.BytesIO()
    pyarrow.orc.write_table(TABLE, out, **options)
    return out.getvalue()


@pytest.mark.parametrize("packing", ["uncompressed", "zlib", "snappy", "zstd", "lz4"])
def test_every_type_of_orc_is_read(read, packing):
    got = read(written(compression=packing))
    assert (got.rows, got.unread) == (ROWS, [])
    first = {path: cells[0] for path, cells in got.cells.items()}
    assert (first["id"], first["email"], first["raw"]) == ("0", "u0@example.com", b"\x01\xff")
    assert (first["home.city"], first["pay"], first["born"]) == ("Rome", "1.50", "1980-01-02")
    assert (first["tags[].key"], first["list[]"]) == ("k", "0")


def test_orc_that_is_cut_or_flipped_is_told_and_raises_nothing(read):
    data, rng, told = written(compression="zlib"), random.Random(4), 0
    for at in [
        *range(len(data) - 20, len(data)),
        *(rng.randrange(20, len(data)) for _ in range(20)),
    ]:
        got = read(data[:at])
        assert got.unread
        assert got.rows == 0
    for _ in range(40):
        at = rng.randrange(4, len(data))
        got = read(data[:at] + bytes([data[at] ^ 4]) + data[at + 1 :])
        told += bool(got.unread)
        assert "example.com" not in repr(got.unread)
    assert told > 10


def test_orc_in_partitions_has_their_keys(tmp_path, answer):
    for year in ("2023", "2024"):
        (tmp_path / "lake" / f"year={year}").mkdir(parents=True)
        (tmp_path / "lake" / f"year={year}" / "part-0").write_bytes(written())
    got = answer(tmp_path / "lake")
    assert got.names == ["lake"]
    assert {*got.cells["year"]} == {"2023", "2024"}


@pytest.mark.parametrize(
    "text", [b"ORC,email\n1,a@example.com\n", b"ORCHIDS\nrose\n", b"Object\n", b""]
)
def test_text_that_begins_alike_is_neither(text):
    assert not orc.sniff(text)
    assert not avro.sniff(text)
