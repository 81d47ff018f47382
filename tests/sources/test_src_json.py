"""JSON: late fields, repeated keys, mixed types and bad records all leave a trace."""

from __future__ import annotations

import gzip
import json

import pytest
from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st

from privscan.sources import _json_cells, _json_wrapped, _records
from privscan.sources.json import sniff


def lines(*records):
    return "\n".join(json.dumps(r) for r in records) + "\n"


def test_a_field_first_seen_late_is_kept(read):
    got = read(lines(*[{"id": i} for i in range(5000)], {"id": 1, "email": "a@example.com"}))
    assert "a@example.com" in got.cells["email"]
    assert got.rows == 5001


def test_every_value_of_a_repeated_key_is_kept(read):
    got = read('{"mail":"a@example.com","mail":"b@example.com","x":{"y":1,"y":2}}\n')
    assert got.cells["mail"] == ["a@example.com"]
    assert got.cells["mail_2"] == ["b@example.com"]
    assert sorted(got.cells["x.y"] + got.cells["x.y_2"]) == ["1", "2"]


def test_nested_fields_become_paths(read):
    got = read(lines({"a": {"b": [{"c": "x"}, {"c": "y"}]}, "tags": ["p", "q"], "n": None}))
    assert got.cells["a.b[].c"] == ["x", "y"]
    assert got.cells["tags[]"] == ["p", "q"]
    assert got.cells["n"] == [None]


def test_cells_stay_as_they_were_written(read):
    got = read('{"d":"2020-01-02","t":"2020-01-02T03:04:05Z","card":4111111111111111,"x":1.5}\n')
    assert got.every == ["2020-01-02", "2020-01-02T03:04:05Z", "4111111111111111", "1.5"]


def test_long_numbers_among_decimals_keep_their_digits(read):
    got = read('{"n":4111111111111111}\n{"n":12345678901234567890123}\n{"n":0.5}\n{"n":2.0}\n')
    assert got.cells["n"] == ["4111111111111111", "12345678901234567890123", "0.5", "2"]


def test_mixed_types_in_one_field_are_text(read):
    got = read(lines({"v": 1}, {"v": "a@example.com"}, {"v": {"w": True}}, {"v": [2]}))
    assert [c for c in got.cells["v"] if c] == ["1", "a@example.com"]
    assert [c for c in got.cells["v.w"] if c] == ["true"]
    assert got.cells["v[]"] == ["2"]


def test_long_lists_of_numbers_are_vectors_whatever_stands_beside_them(read):
    vector = [i / 7 for i in range(32)]
    got = read(lines({"e": vector, "odd": 1}, {"e": [1.5], "odd": "x"}))
    plain = read(lines({"e": vector}, {"e": [1.5]}))
    for one in (got, plain):
        assert one.kinds["e"] == {"vector"}
        assert one.cells["e"] == [vector]
        assert one.cells["e[]"] == ["1.5"]


def test_bad_lines_are_counted_and_the_others_read(read):
    got = read('{"a":1}\nnot json\n{"a":2}\n{"a":\n')
    assert got.cells["a"] == ["1", "2"]
    assert got.reasons == ["2 records are not JSON"]


@pytest.mark.parametrize("indent", [None, 2])
@pytest.mark.parametrize("bom", [b"", b"\xef\xbb\xbf"])
def test_arrays_are_records(read, indent, bom):
    records = [{"a": 'x], ["', "b": {"c": [1, 2]}}, {"a": "\\", "b": {"c": []}}]
    got = read(bom + json.dumps(records, indent=indent).encode())
    assert got.rows == 2
    assert got.cells["a"] == ['x], ["', "\\"]
    assert got.cells["b.c[]"] == ["1", "2"]
    assert got.unread == []


def test_objects_spread_over_lines_are_records(read):
    got = read("".join(json.dumps({"a": i, "s": "}{"}, indent=1) + "\n" for i in range(3)))
    assert got.cells["a"] == ["0", "1", "2"]
    assert got.unread == []


def test_a_truncated_array_is_reported_and_its_whole_records_read(read):
    text = json.dumps([{"a": i} for i in range(10)])
    got = read(text[:-12])
    assert got.cells["a"][:7] == list("0123456")
    assert any("no end" in reason for reason in got.reasons)
    closed = read(text[:-1])
    assert closed.rows == 10
    assert any("no end" in reason for reason in closed.reasons)


def test_arrays_of_values_are_a_column(read):
    got = read('["a@example.com", 3, true, null]')
    assert got.cells["value"] == ["a@example.com", "3", "true", None]


@pytest.mark.parametrize("depth", [100, 5000, 200_000])
def test_deep_nesting_breaks_nothing(read, depth):
    got = read('{"a":' + "[" * depth + '"]"' + "]" * depth + '}\n{"b":"x"}\n')
    assert "x" in got.every
    assert "]" in got.every or got.reasons == ["1 records are not JSON"]


def test_lone_surrogates_and_utf_16_are_read(read):
    assert read('{"a":"\\ud800x"}\n').cells["a"] == ["?x"]
    assert read('{"a":"é"}\n'.encode("utf-16")).cells["a"] == ["é"]


def test_invalid_utf_8_is_counted(read):
    got = read(b'{"a":"ok \xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9'
               b'\xc3\xa9\xc3\xa9"}\n{"a":"\xff"}\n')  # fmt: skip
    assert got.cells["a"][1] == "\ufffd"
    assert got.reasons == ["1 places are not valid utf-8 and were replaced"]


def test_truncated_gzip_is_reported(read):
    packed = gzip.compress(lines(*[{"i": i * 7919 % 10_007} for i in range(50_000)]).encode())
    got = read(packed[: len(packed) // 2])
    assert got.rows > 0
    assert any("breaks off" in reason for reason in got.reasons)


@pytest.mark.parametrize("text", ["[INFO] started", "[2020-01-01] x", "a,b\n1,2", "{x}", "[x]"])
def test_other_text_is_not_json(text):
    assert not sniff(text.encode())


ELEMENTS = [{"id": i, "s": 'a], [{"', "t": [1, 2], "o": {"p": [{"q": i}]}} for i in range(9)]


@pytest.mark.parametrize("size", [1, 7, 100, 4 << 20])
@pytest.mark.parametrize("indent", [None, 1])
def test_the_table_inside_one_object_is_the_records(read, monkeypatch, size, indent):
    monkeypatch.setattr(_records, "SIZE", size)
    document = {"type": "x", "data": ELEMENTS, "users": [{"m": 1}], "tags": ["p"], "meta": {"a": 1}}
    got = read(json.dumps(document, indent=indent) + "\n")
    assert got.unread == []
    assert got.cells["id"][:9] == [str(i) for i in range(9)]
    assert got.cells["o.p[].q"] == [str(i) for i in range(9)]
    beside = {path: [c for c in got.cells[path] if c] for path in ("type", "users[].m", "tags[]")}
    assert beside == {"type": ["x"], "users[].m": ["1"], "tags[]": ["p"]}
    assert [c for c in got.cells["meta.a"] if c] == ["1"]


def test_a_wrapped_table_has_as_many_rows_as_elements(read):
    assert read(json.dumps({"data": ELEMENTS})).rows == 9
    assert read('{"data": []}').reasons == ["no rows"]


def test_objects_with_lists_of_objects_stay_records(read):
    person = {"name": "Ana", "address": [{"zip": "1"}, {"zip": "2"}], "note": "x" * 80}
    for text in (json.dumps(person), json.dumps(person, indent=1), lines(person, person)):
        got = read(text)
        assert set(got.cells) == {"name", "address[].zip", "note"}
        assert got.rows == text.count("Ana")
    whole = {"items": ELEMENTS}
    assert read(lines(whole, whole)).rows == 2


def test_a_truncated_wrapped_table_keeps_its_whole_elements(read):
    text = json.dumps({"type": "x", "data": ELEMENTS})
    got = read(text[: len(text) // 2])
    assert got.cells["id"][:3] == ["0", "1", "2"]
    assert any("no end" in reason for reason in got.reasons)


def test_an_empty_array_has_no_rows(read):
    assert read("[]").reasons == ["no rows"]


scalar = (
    st.none() | st.booleans() | st.integers(-(2**70), 2**70) | st.text('aé"\\,[]{}\n', max_size=5)
)
value = st.recursive(
    scalar,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from("abc"), inner, max_size=3)
    ),
    max_leaves=6,
)
records = st.lists(
    st.dictionaries(st.sampled_from(["x", "y"]), value, min_size=1), min_size=1, max_size=6
)


@example(records=[{"x": [{"a": None, "b": None, "c": None}, False]}], size=1, layout="lines")
@example(records=[{"x": [{"a": None, "b": None, "c": None}, None]}], size=1, layout="lines")
@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=80
)
@given(
    records=records, size=st.integers(1, 60), layout=st.sampled_from(["lines", "array", "pretty"])
)
def test_cells_hang_neither_on_layout_nor_on_where_it_is_cut(read, records, size, layout):
    whole, _ = _json_cells.slow("\n".join(json.dumps(r) for r in records).encode())
    text = lines(*records)
    if layout != "lines":
        text = json.dumps(records, indent=2 if layout == "pretty" else None)
    # One record that is nearly all a list of objects is a table with something around it.
    assume(_json_wrapped.table_key(text) is None)
    kept = _records.SIZE
    _records.SIZE = size
    try:
        got = read(text)
    finally:
        _records.SIZE = kept
    expected = sorted((c.path, cell) for c in whole.columns for cell in c.cells if cell is not None)
    found = sorted(
        (p, cell) for p, cells in got.cells.items() for cell in cells if cell is not None
    )
    assert found == expected
    assert got.rows == len(records)


@pytest.mark.parametrize(
    "record",
    [
        {"id": 1, "by_mail": {"ann@example.com": {"score": 3}, "bo@example.com": {"score": 4}}},
        {"id": 1, "calls": {"+1 212 555 0001": 3, "+1 212 555 0002": 4}},
        {"id": 1, "days": [{"2024-01-31": 3}, {"2024-02-01": 4}]},
        {"id": 1, "seen": {f"member {i}": 3 + i for i in range(70)}},
        {"ann@example.com": 3, "id": 1},
    ],
)
def test_keys_that_are_data_become_cells_and_no_paths(read, record):
    got = read("\n".join([json.dumps(record)] * 3).encode())
    names = [path for path in got.cells if path.endswith("[].key")]
    assert len(names) == 1
    assert "3" in {c for p, cells in got.cells.items() if "[].value" in p for c in cells}
    assert got.cells["id"] == ["1"] * 3
    assert len(got.cells) <= 4
    assert not [p for p in got.cells if "example" in p or "555" in p or "2024" in p]


@pytest.mark.parametrize(
    "record",
    [
        {f"field_{i}": i for i in range(100)},
        {"@type": "Person", "a.b": 1, "x@y": 2},
        {"year": {"2023": 1, "2024": 2}},
        {"size 10": 1, "area_12": {"k1": 2}},
    ],
)
def test_names_with_signs_and_numbers_are_names(read, record):
    got = read(json.dumps(record).encode() + b"\n" + json.dumps(record).encode())
    assert not [path for path in got.cells if "[]" in path]
