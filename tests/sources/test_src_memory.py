"""Data in memory: frames, lazy or not, and whatever hands out an Arrow stream."""

from __future__ import annotations

import datetime as dt
import pickle

import polars as pl
import pyarrow as pa
import pytest

import privscan as ps
from privscan.errors import UsageError
from privscan.sources import memory

FRAME = pl.DataFrame({"id": [1, 2, None], "email": ["a@example.com", None, "b@example.com"]})
CELLS = {"id": ["1", "2", None], "email": ["a@example.com", None, "b@example.com"]}


class Chunks:
    """An Arrow stream of one's own, as a database driver has it."""

    def __init__(self, batches, schema):
        self._batches, self._schema = batches, schema

    def __arrow_c_stream__(self, requested_schema=None):
        reader = pa.RecordBatchReader.from_batches(self._schema, self._batches)
        return reader.__arrow_c_stream__(requested_schema)


def reader(table):
    return pa.RecordBatchReader.from_batches(table.schema, table.to_batches(max_chunksize=2))


THINGS = {
    "frame": lambda: FRAME,
    "lazy frame": FRAME.lazy,
    "lazy query": lambda: FRAME.lazy().with_columns(pl.col("email")),
    "table": FRAME.to_arrow,
    "batch": lambda: FRAME.to_arrow().combine_chunks().to_batches()[0],
    "reader": lambda: reader(FRAME.to_arrow()),
    "stream": lambda: Chunks(FRAME.to_arrow().to_batches(), FRAME.to_arrow().schema),
}


@pytest.mark.parametrize("name", THINGS)
def test_everything_with_an_arrow_stream_is_read(answer, name):
    got = answer(THINGS[name]())
    assert got.cells == CELLS
    assert got.unread == []


def test_a_series_is_a_table_of_one_column(answer):
    assert answer(FRAME["email"]).cells == {"email": CELLS["email"]}
    chunks = pa.chunked_array([["a@example.com"], [None]])
    assert answer(chunks).cells == {"column_1": ["a@example.com", None]}


def test_every_polars_type_is_read(answer):
    frame = pl.DataFrame(
        {
            "cat": pl.Series(["x", "y"], dtype=pl.Categorical),
            "enum": pl.Series(["x", "y"], dtype=pl.Enum(["x", "y"])),
            "u8": pl.Series([1, 255], dtype=pl.UInt8),
            "dec": pl.Series(["1.50", "2.25"]).cast(pl.Decimal(10, 2)),
            "day": [dt.date(2024, 1, 31)] * 2,
            "list": [["p"], []],
            "array": pl.Series([["p", "q"], ["r", "s"]], dtype=pl.Array(pl.String, 2)),
            "struct": [{"a": "z"}, None],
            "bin": [b"\0a", None],
            "none": [None, None],
        }
    )
    got = answer(frame)
    assert got.unread == []
    assert got.cells == {
        "cat": ["x", "y"],
        "enum": ["x", "y"],
        "u8": ["1", "255"],
        "dec": ["1.50", "2.25"],
        "day": ["2024-01-31"] * 2,
        "list[]": ["p"],
        "array[]": ["p", "q", "r", "s"],
        "struct.a": ["z", None],
        "bin": [b"\0a", None],
        "none": [None, None],
    }


def test_a_stream_that_fails_midway_keeps_what_came_before(answer):
    batch = FRAME.to_arrow().combine_chunks().to_batches()[0]

    def failing():
        yield batch
        raise ValueError("the server said: secret@example.com")

    got = answer(Chunks(failing(), batch.schema))
    assert got.cells == CELLS
    [unread] = got.unread
    assert "after row 3" in unread.reason
    assert "secret" not in unread.reason


def test_an_object_whose_stream_does_not_start_is_unread(answer):
    class Broken:
        def __arrow_c_stream__(self, requested_schema=None):
            raise RuntimeError("password is 1234")

    got = answer(Broken())
    assert got.reasons == ["the stream fails after row 0 with RuntimeError"]


def test_a_query_that_fails_is_unread_and_quotes_no_cell(answer):
    got = answer(FRAME.lazy().with_columns(pl.col("email").cast(pl.Int64)))
    [unread] = got.unread
    assert "example.com" not in unread.reason
    got = answer(FRAME.lazy().select("nothing"))
    assert len(got.unread) == 1


def test_bad_utf_8_through_the_c_stream_is_counted(answer):
    bad = pa.array([b"a\xff", b"ok"]).view(pa.string())
    got = answer(pa.table({"s": bad}))
    assert got.cells["s"] == ["a\ufffd", "ok"]
    assert got.reasons == ["1 cells of column 's' are not valid UTF-8"]


def test_bad_utf_8_inside_a_list_is_counted(answer):
    bad = pa.ListArray.from_arrays([0, 1, 2], pa.array([b"a\xff", b"ok"]).view(pa.string()))
    got = answer(pa.table({"s": bad}))
    assert got.cells["s[]"] == ["a\ufffd", "ok"]
    assert len(got.unread) == 1


def test_no_rows_are_no_answer(answer):
    assert answer(FRAME.clear()).reasons == ["no rows"]
    assert not ps.scan(FRAME.clear(), detectors=["dates"]).complete


@pytest.mark.parametrize("thing", [3, object(), ["a.csv"], {"a": [1]}, b"a,b", None])
def test_other_objects_are_a_usage_error_that_says_what_is_taken(answer, thing):
    with pytest.raises(UsageError, match="is no source") as caught:
        answer(thing)
    assert "__arrow_c_stream__" in caught.value.hint
    assert pickle.loads(pickle.dumps(caught.value)).what == caught.value.what


def test_two_objects_are_two_datasets(answer):
    assert answer(FRAME, FRAME).names == ["memory", "memory_2"]


NUL_NAMES = {
    "column": pl.DataFrame({"a\0b": ["x@example.com"], "c": ["1"]}),
    "field": pl.DataFrame({"n": [{"in\0ner": "x@example.com"}]}),
    "field in a list": pl.DataFrame({"n": [[{"deep": {"\0": "x@example.com"}}]]}),
}


@pytest.mark.parametrize("name", NUL_NAMES)
@pytest.mark.parametrize("lazy", [False, True])
def test_a_name_that_would_end_the_process_is_refused_with_the_way_out(answer, name, lazy):
    frame = NUL_NAMES[name]
    got = answer(frame.lazy() if lazy else frame)
    assert got.cells == {}
    assert [one.reason for one in got.unread] == [memory.NUL]
    assert "rename" in memory.NUL
    assert answer(frame.to_series(0)).unread == got.unread


def test_a_nul_in_a_cell_is_no_nul_in_a_name(answer):
    got = answer(pl.DataFrame({"a": ["x\0y"], "n": [{"b": "\0"}]}))
    assert got.unread == []
    assert got.cells["a"] == ["x\0y"]
