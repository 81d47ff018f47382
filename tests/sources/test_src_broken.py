"""Truncated and damaged files of every format: never an exception, never a loss in silence."""

from __future__ import annotations

import bz2
import gzip
import io
import json
import random

import pyarrow as pa
import pyarrow.feather
import pyarrow.parquet as pq
import pytest
from PIL import Image

ROWS = 90
TABLE = pa.table(
    {
        "name": [f"user {i} ä" for i in range(ROWS)],
        "email": [f"u{i}@example.com" if i % 7 else None for i in range(ROWS)],
        "x": [i * 1.5 for i in range(ROWS)],
        "list": [[i, i + 1] for i in range(ROWS)],
        "struct": [{"a": str(i), "b": [str(i)]} for i in range(ROWS)],
        "kind": pa.array([f"k{i % 3}" for i in range(ROWS)]).dictionary_encode(),
    }
)
TEXT = (
    "name,email\n" + "".join(f"u {i * 7919 % 997},u{i}@example.com\n" for i in range(ROWS))
).encode()
RECORDS = [{"name": f"user {i}", "email": f"u{i}@example.com", "l": [1, 2]} for i in range(ROWS)]


def written(write):
    out = io.BytesIO()
    write(out)
    return out.getvalue()


def ipc(make):
    def write(out):
        with make(out, TABLE.schema) as writer:
            for batch in TABLE.to_batches(30):
                writer.write_batch(batch)

    return written(write)


def parquet(**options):
    return written(lambda out: pq.write_table(TABLE, out, row_group_size=40, **options))


COMPRESSED = {
    "gzip": gzip.compress(TEXT),
    "bz2": bz2.compress(TEXT),
    "zstd": pa.compress(TEXT, "zstd", asbytes=True),
}
BINARY = {
    "parquet": parquet(),
    "arrow file": ipc(pa.ipc.new_file),
    "arrow stream": ipc(pa.ipc.new_stream),
    "feather": written(lambda out: pyarrow.feather.write_feather(TABLE, out)),
}
DOCUMENTS = {
    "array": json.dumps(RECORDS).encode(),
    "pretty": json.dumps(RECORDS, indent=1).encode(),
    "wrapped": json.dumps({"type": "x", "data": RECORDS}).encode(),
}
MAGIC = 11
"""A file shorter than its magic bytes is whatever text they spell."""


def cuts(data, seed):
    """Both ends byte by byte, and some places between."""
    rng = random.Random(seed)
    ends = {*range(MAGIC, 40), *range(len(data) - 40, len(data))}
    return sorted(ends | {rng.randrange(MAGIC, len(data)) for _ in range(40)})


def cells(got):
    return sorted((path, str(c)) for path, cs in got.cells.items() for c in cs if c is not None)


@pytest.mark.parametrize("form", [*COMPRESSED, *BINARY, *DOCUMENTS])
def test_a_truncated_file_is_whole_or_says_what_is_lost(read, form):
    data = (COMPRESSED | BINARY | DOCUMENTS)[form]
    whole = read(data)
    assert whole.unread == []
    assert whole.rows in {ROWS, ROWS + 1}  # what stands beside a wrapped table is a row
    for at in cuts(data, form):
        got = read(data[:at])
        assert got.unread or cells(got) == cells(whole), f"{at} of {len(data)} bytes: silence"
        assert len(got.every) <= len(whole.every)


@pytest.mark.parametrize("form", ["gzip", "bz2"])
def test_a_flipped_bit_in_a_checked_stream_is_reported(read, form):
    data, rng = COMPRESSED[form], random.Random(7)
    whole = cells(read(data))
    for _ in range(60):
        at = rng.randrange(MAGIC, len(data))
        got = read(data[:at] + bytes([data[at] ^ (1 << rng.randrange(8))]) + data[at + 1 :])
        assert got.unread or cells(got) == whole


def test_a_flipped_bit_in_a_parquet_page_is_found_by_its_checksum(read):
    data, rng = (
        parquet(write_page_checksum=True, compression="none", use_dictionary=False),
        random.Random(3),
    )
    whole = cells(read(data))
    noticed = 0
    for _ in range(100):
        at = rng.randrange(4, len(data))
        got = read(data[:at] + bytes([data[at] ^ (1 << rng.randrange(8))]) + data[at + 1 :])
        assert got.unread or cells(got) == whole
        noticed += bool(got.unread)
    assert noticed > 50


@pytest.mark.parametrize("form", [*BINARY, "zstd", "wrapped"])
def test_a_flipped_bit_raises_nothing(read, form):
    data, rng = (COMPRESSED | BINARY | DOCUMENTS)[form], random.Random(5)
    for _ in range(80):
        at = rng.randrange(len(data))
        got = read(data[:at] + bytes([data[at] ^ (1 << rng.randrange(8))]) + data[at + 1 :])
        assert got.unread or got.rows


def test_lines_of_json_cut_anywhere_lose_at_most_the_last_one(read):
    known = {json.dumps(record).encode() for record in RECORDS}
    data = b"\n".join(map(str.encode, map(json.dumps, RECORDS)))
    for at in cuts(data, "jsonl"):
        got = read(data[:at])
        lines = data[:at].split(b"\n")
        whole = sum(line in known for line in lines)
        if whole >= 2:  # with less it need not look like JSON
            assert got.rows == whole
            assert bool(got.unread) == (whole != len([ln for ln in lines if ln]))


@pytest.mark.parametrize("form", ["JPEG", "PNG", "GIF", "BMP", "TIFF", "WEBP"])
def test_a_truncated_picture_is_still_handed_to_those_who_look(read, form):
    data = written(lambda out: Image.effect_noise((48, 48), 60).convert("RGB").save(out, form))
    for at in cuts(data, form):
        if at < 20:
            continue
        got = read(data[:at])
        assert got.unread or got.cells["image"] == [data[:at]]
