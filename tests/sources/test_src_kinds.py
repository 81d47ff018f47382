"""What is no table is not read as one: other formats, keys that are data, mixed encodings."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from privscan.sources import _json_cells
from privscan.sources._files import recognised

SHARED = Path(__file__).parents[3] / "shared" / "data" / "bio_dev"


OTHERS = {
    "PostScript": (b"%!PS-Adobe-3.0\n%%Title: x\nshowpage\n", "PostScript"),
    "MP4": (b"\0\0\0\x18ftypisom\0\0\2\0isommp41" + bytes(9), "MP4 or QuickTime"),
    "JPEG XL": (b"\xff\x0a\xfa\x7f\x01" + bytes(9), "JPEG XL"),
    "XML": (b'<?xml version="1.0"?>\n<r><e mail="ana@example.com"/></r>\n', "XML"),
    "XML with a BOM": (b'\xef\xbb\xbf<?xml version="1.0"?>\n<r/>\n', "XML"),
    "XML in UTF-16": ('<?xml version="1.0" encoding="UTF-16"?>\n<r/>\n'.encode("utf-16"), "XML"),
    "XML by its name space": (b'<svg width="1" xmlns="http://x.test/svg">\n</svg>\n', "XML"),
}


@pytest.mark.parametrize("kind", OTHERS)
def test_a_format_without_a_reader_is_no_table(read, kind):
    data, name = OTHERS[kind]
    got = read(data, "table.csv")
    assert got.rows == 0
    assert len(got.reasons) == 1
    assert got.reasons[0].startswith(f"no reader for this format ({name}")


def test_real_files_in_markup_are_records_and_no_tables():
    files = sorted(SHARED.glob("templates/*.xml"))
    if not files:
        pytest.skip("the development data is not here")
    assert {recognised(str(path)).source for path in files} == {"records"}


TABLES = {
    "P1 for a header": "P1,P2\n12,30\n13,31\n",
    "a column P1": "P1\n12\n30\n255\n7\n",
    "a column P2 of numbers": "P2\n12\n30\n255\n7\n",
    "rows that begin like a bitmap": "P1 12 30\nP2 13 31\nP3 14 32\n",
    "rows that begin like a raw map": "P5 12 30 255\nP6 13 31 255\n",
    "ORC for a word": "ORCID,name\n0000-0002-1825-0097,Ana\n0000-0001-5109-3700,Bo\n",
    "ID3 for a word": "ID3,ID4\n1,2\n3,4\n",
    "PDF for a word": "%PDF,name\n3,Ana\n4,Bo\n",
    "chat": "<ann> hello, Bo\n<bo> hello, Ann\n",
    "tags in cells": "id,page\n1,<html><body>x</body></html>\n2,<?xml version='1.0'?>\n",
    "one tag a line": "<b>Ana</b>\n<b>Bo</b>\n",
    "a box type in a word": "softyp,x\n1,2\n3,4\n",
    "JSON with markup": '{"page": "<html>"}\n{"page": "<?xml version=1?>"}\n',
}


@pytest.mark.parametrize("kind", TABLES)
def test_text_that_looks_a_little_like_another_format_is_read(read, kind):
    got = read(TABLES[kind])
    assert got.unread == []
    assert got.rows >= 2


FIRST = ("Ana", "Bo", "Cléo", "Dana", "Emil")
LAST = ("Arendt", "Brown", "Curie", "Dirac", "Euler", "Fermi", "Gauss", "Hopper")
NAMES = [f"{first} {last}" for first in FIRST for last in LAST]
LOGINS = [f"{last.lower()}{'-_.'[len(last) % 3]}x" for last in LAST]


def map_of(keys, value=None):
    return {key: value or {"age": 30 + i, "salary": 9 * i} for i, key in enumerate(keys)}


MAPS = {
    "12 names": map_of(NAMES[:12]),
    "20 names": map_of(NAMES[:20]),
    "40 names": map_of(NAMES),
    "three names": map_of(NAMES[:3]),
    "names in lists of objects": map_of(NAMES[:4], [{"day": "Monday", "pay": 3}]),
    "names of lists of values": {
        name: ["red", "green"][: i % 2 + 1] for i, name in enumerate(NAMES)
    },
    "names of vectors": map_of(NAMES[:4], [i / 7 for i in range(32)]),
    "names without some fields": {**map_of(NAMES[:4]), NAMES[9]: {"age": 3}, NAMES[10]: None},
    "logins": map_of(LOGINS),
    "Japanese names": map_of(["山田太郎", "佐藤花子", "鈴木一郎"]),
    "numbers": map_of(["k1001", "k1002", "k1003"]),
}


def paths_say(got, keys):
    return [path for path in got.cells for key in keys if key in path]


@pytest.mark.parametrize("kind", MAPS)
@pytest.mark.parametrize("layout", ["one line", "pretty", "a line of many", "nested", "deep"])
def test_the_keys_of_a_map_are_cells_and_no_paths(read, kind, layout):
    keyed = MAPS[kind]
    text = {
        "one line": json.dumps(keyed),
        "pretty": json.dumps(keyed, indent=1),
        "a line of many": (json.dumps(keyed, ensure_ascii=False) + "\n") * 3,
        "nested": json.dumps({"company": "x", "staff": keyed}),
        "deep": json.dumps([{"id": i, "all": [{"by": keyed}]} for i in range(2)]),
    }[layout]
    got = read(text)
    assert got.unread == []
    assert paths_say(got, keyed) == []
    assert all(key in got.every for key in keyed)
    assert len(got.cells) <= 6


def test_a_map_of_lists_leaks_no_key_where_one_list_is_nearly_all(read):
    keyed = {name: [{"pay": 1}] * (200 if name == NAMES[0] else 1) for name in NAMES[:3]}
    keyed |= {"ann@example.com": [{"pay": 2}], "other_staff": [{"pay": 3}]}
    got = read(json.dumps(keyed))
    assert paths_say(got, [*NAMES[:3], "ann"]) == []
    assert [c for c in got.cells["entry[].value[].pay"] if c] == ["1", "1", "2"]
    assert [c for c in got.cells["other_staff[].pay"] if c] == ["3"]
    assert all(key in got.every for key in keyed)


HOMES = {"city": "Rome", "zip": "00100"}
RECORDS = {
    "two addresses": {"home": HOMES, "work": HOMES},
    "two odd names": {"Home Address": HOMES, "Work Address": HOMES},
    "three addresses": {"billing": HOMES, "shipping": HOMES, "home": HOMES},
    "seven fields alike": map_of(LOGINS[:7]),
    "eight fields that differ": {k: {f"f{k}": 1, f"g{k}": 2, "id": 3} for k in LOGINS},
    "an odd key beside values": {"id": 1, "Home Town": HOMES, "b 2": HOMES, "c 3": HOMES},
    "odd names of values": {"First Name": "Ana", "Last Name": "Brown", "Home Town": "Rome"},
    "objects with nothing in common": {"a 1": {"x": 1}, "b 2": {"y": 1}, "c 3": {"z": 1}},
    "columns by row number": {n: {"0": "x", "1": "y"} for n in ("First Name", "City", "Zip")},
    "columns as lists": {n: ["x", "y"] for n in ("First Name", "City", "Zip Code")},
    "a table and what is said of it": {"data": [{"id": 1}, {"id": 2}], "meta": {"id": 1}},
    "GeoJSON": {
        "type": "FeatureCollection",
        "features": [
            {"type": "Feature", "geometry": {"type": "Point", "coordinates": [i, 2]},
             "properties": {"name": "x"}} for i in range(9)
        ],
    },
}  # fmt: skip


@pytest.mark.parametrize("kind", RECORDS)
@pytest.mark.parametrize("layout", ["one", "lines"])
def test_the_fields_of_a_record_stay_paths(read, kind, layout):
    text = json.dumps(RECORDS[kind])
    got = read(text if layout == "one" else f"{text}\n{text}\n")
    assert got.unread == []
    assert not [path for path in got.cells if path.endswith("[].key")]


entries = st.one_of(
    st.none(),
    st.integers(0, 9),
    st.lists(st.integers(0, 9) | st.fixed_dictionaries({"q": st.booleans()}), max_size=2),
    st.dictionaries(st.sampled_from("pqr"), st.integers(0, 9), max_size=2),
    st.just({"p": 1, "q": 2}),
)
objects = st.dictionaries(st.sampled_from([*NAMES[:4], *LOGINS]), entries, max_size=10)
maps = st.builds(map_of, st.lists(st.sampled_from([*NAMES[:6], *LOGINS]), min_size=1, unique=True))


def cells_of(batches):
    columns = [column for batch in batches for column in batch.columns]
    rows = [(c.path, c.cells if c.codes is None else c.cells.gather(c.codes)) for c in columns]
    return sorted((path, str(cell)) for path, cells in rows for cell in cells.drop_nulls())


@settings(deadline=None, max_examples=250)
@given(records=st.lists(st.one_of(objects, maps, maps), min_size=2, max_size=4), deep=st.booleans())
def test_whether_keys_are_data_hangs_on_no_neighbour(records, deep):
    lines = [json.dumps({"all": r} if deep else r).encode() for r in records]
    whole = b"\n".join(lines)
    together = _json_cells.fast(whole, 100) or [_json_cells.slow(whole)[0]]
    assert cells_of(together) == cells_of([_json_cells.slow(line)[0] for line in lines])


TOWNS = "Jürgen Müller;Köln;é\n", "Иван Петров;Москва;я\n", "山田太郎;東京都千代田区;表示\n"


@pytest.mark.parametrize(
    ("row", "encoding"),
    [(TOWNS[0], "cp1252"), (TOWNS[0], "latin-1"), (TOWNS[1], "cp1251"), (TOWNS[2], "cp932"),
     (TOWNS[2], "euc_jp")],
)  # fmt: skip
@pytest.mark.parametrize("turn", [1, -1])
def test_two_encodings_in_one_file_are_disclosed(read, row, encoding, turn):
    halves = [row.encode() * 50, row.encode(encoding) * 50][::turn]
    got = read(b"name;stadt;x\n" + b"".join(halves))
    assert got.rows == 100
    assert len(got.reasons) == 1
    assert "places are not valid utf-8 and were replaced" in got.reasons[0]
    assert got.every.count(row.split(";")[0]) == 50


@pytest.mark.parametrize("share", [8, 15])
def test_a_tenth_of_utf_8_lines_is_enough_to_tell(read, share):
    got = read(b"a;b;c\n" + TOWNS[0].encode() * share + TOWNS[0].encode("latin-1") * 60)
    assert len(got.reasons) == 1


KANA = "ｱｵﾔﾏ ﾀﾛｳ;ﾄｳｷｮｳ ﾄﾐﾝ;ﾃｽ\nﾄｳ ﾀｷ;ﾃｹ;ﾂｶ\n"
PURE = {
    "cp1252": "Ärzte für Zoë;Straße, 5 €;œuvre — naïve “ß”\n",
    "latin-1": "Señor Núñez;Århus;élève Noël\n",
    "cp1250": "Šárka Dvořáková;Příbram;žluťoučký kůň\n",
    "cp1251": "Иван Петров;Москва;ёлка и всё\n",
    "koi8_r": "Иван Петров;Москва;ёлка и всё\n",
    "cp1253": "Γιώργος Παπαδόπουλος;Αθήνα;ΰπνος\n",
    "cp932": TOWNS[2],
    "euc_jp": "るいるい;めだか;曽根崎\n" + TOWNS[2],
    "gb18030": "张伟;北京市海淀区;测试数据\n",
    "euc_kr": "김민준;서울특별시;데이터 시험\n",
}


@pytest.mark.parametrize("encoding", PURE)
@pytest.mark.parametrize("rows", [1, 3, 200])
def test_one_old_encoding_is_not_taken_for_two(read, encoding, rows):
    row = PURE[encoding]
    got = read(("name;stadt;x\n" + row * rows).encode(encoding))
    assert got.unread == []
    assert "\ufffd" not in "".join(got.every)
    if encoding in {"cp1252", "latin-1", "cp932", "euc_jp"}:
        assert row.split(";")[0] in got.every


def test_half_width_kana_that_could_pass_for_utf_8_are_read(read):
    got = read(("a;b;c\n" + KANA * 50).encode("cp932"))
    assert got.unread == []
    assert got.every.count("ﾃｹ") == 50
