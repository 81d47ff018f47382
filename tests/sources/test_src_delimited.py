"""Delimited text: every cell of every row arrives, or an Unread says what did not."""

from __future__ import annotations

import bz2
import csv
import gzip
import io

import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from privscan.sources import _records
from privscan.sources._header import has_header
from privscan.sources._records import pieces, record_end
from privscan.sources.delimited import CUT, TORN

TABLE = "name,email\nAna Sá,ana@example.com\nBo,bo@example.com\n"
CELLS = {
    "name": ["Ana Sá", "Bo"],
    "email": ["ana@example.com", "bo@example.com"],
}


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_delimiters_and_line_ends_are_sniffed(read, delimiter, end):
    got = read(TABLE.replace(",", delimiter).replace("\n", end))
    assert got.cells == CELLS
    assert got.unread == []


@pytest.mark.parametrize(
    "encoding",
    ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "latin-1", "cp1252"],
)
def test_western_encodings_are_sniffed(read, encoding):
    assert read(TABLE.encode(encoding)).cells == CELLS


def test_utf_16_big_endian_with_bom(read):
    assert read(b"\xfe\xff" + TABLE.encode("utf-16-be")).cells == CELLS


JAPANESE = ["山田太郎", "ﾔﾏﾀﾞ ﾀﾛｳ", "アイウエオ", "東京都千代田区一丁目", "ソニー", "表示、テスト"]


@pytest.mark.parametrize("encoding", ["cp932", "euc_jp", "utf-8", "utf-16"])
@pytest.mark.parametrize("value", JAPANESE)
def test_japanese_encodings_are_sniffed_from_one_value(read, encoding, value):
    got = read(f"氏名,id\n{value},1\n{value},2\n".encode(encoding))
    assert got.cells == {"氏名": [value] * 2, "id": ["1", "2"]}
    assert got.unread == []


@pytest.mark.parametrize(
    "value", ["Frédéric Müller", "Señor Núñez", "Renée", "Øystein Åse", "Weiß"]
)
def test_short_latin_text_is_not_taken_for_japanese(read, value):
    assert read(f"name,id\n{value},1\n".encode("latin-1")).cells["name"] == [value]


def test_first_byte_beyond_ascii_far_behind_the_head_decides_the_encoding(read):
    body = "name,id\n" + "Smith,1\n" * 20_000 + "山田太郎,2\n"
    got = read(body.encode("cp932"))
    assert got.cells["name"][-1] == "山田太郎"
    assert got.unread == []


def test_damaged_utf_8_is_counted_and_the_rest_read(read):
    body = ("name,city\n" + "Zoë,Orléans\n" * 50).encode() + b"Bo,\xff\xfe!\nAl,Oslo\n"
    got = read(body)
    assert got.cells["name"][-2:] == ["Bo", "Al"]
    assert got.cells["city"][0] == "Orléans"
    assert got.reasons == ["2 places are not valid utf-8 and were replaced"]


@pytest.mark.parametrize(
    "pack", [gzip.compress, bz2.compress, lambda b: pa.compress(b, "zstd", asbytes=True)]
)
@pytest.mark.parametrize("name", ["t.csv", "t.gz", "nosuffix"])
def test_compression_is_undone_by_its_bytes(read, pack, name):
    assert read(pack(TABLE.encode()), name).cells == CELLS


@pytest.mark.parametrize(
    "pack", [gzip.compress, bz2.compress, lambda b: pa.compress(b, "zstd", asbytes=True)]
)
def test_truncated_compression_is_unread_and_what_came_before_is_read(read, pack):
    rows = "".join(f"user{i * 7919 % 100_003},u{i}@example.com\n" for i in range(200_000))
    packed = pack(b"name,email\n" + rows.encode())
    got = read(packed[: len(packed) * 2 // 3])
    assert any("truncated" in reason for reason in got.reasons)
    assert 0 < got.rows < 200_000


@pytest.mark.parametrize(
    "first",
    [
        "John Smith,1980-02-03,j.smith@example.com",
        "Mary,Jones,+1 555 010 9999",
        "4111111111111111,12/27,Mary Jones",
        "山田 太郎,090-1234-5678,東京都",
        "Ana,Berlin,teacher",
    ],
)
def test_the_first_record_of_a_file_without_header_never_becomes_names(read, first):
    rows = [first, "Bo Ek,1990-02-03,bo@example.com", "Al Bo,1991-02-03,al@example.com"]
    if first.startswith("Ana"):
        rows = [first, "Bo,Oslo,nurse", "Al,Rome,baker", "Ed,Bern,clerk"]
    got = read("\n".join(rows))
    assert list(got.cells) == ["column_1", "column_2", "column_3"]
    assert [cells[0] for cells in got.cells.values()] == first.split(",")


@pytest.mark.parametrize(
    "header",
    [
        ["name", "email", "age"],
        ["Kundennummer", "Geburtsdatum", "Umsatz"],
        ["氏名", "生年月日", "金額"],
        ["t_0", "t_1", "t_2"],
        ["Country", "2019", "2020"],
        ["a", "b", "c"],
    ],
)
def test_headers_are_seen(header):
    rows = [
        ["Ana Sá", "1980-01-02", "3.5"],
        ["Bo Ek", "1981-01-02", "4"],
        ["Al", "1982-01-02", "1"],
    ]
    assert has_header([header, *rows])


def test_a_lone_header_names_columns_and_a_lone_record_does_not():
    assert has_header([["name", "email", "birth_date"]])
    assert not has_header([["John", "Smith", "Mobile"]])
    assert not has_header([["John", "Smith", "1980-01-01"]])


def test_a_header_without_rows_is_no_clean_dataset(read):
    got = read("name,email\n")
    assert got.rows == 0
    assert got.reasons == ["no rows"]


def test_blank_and_repeated_names_are_made_unique(read):
    got = read("id,name,name,,name_2\n1,a,b,c,d\n")
    assert list(got.cells) == ["id", "name", "name_2", "column_4", "name_2_2"]


def test_surplus_and_missing_fields_are_read(read):
    got = read("id,name\n1,a\n2,b,hidden@example.com,x\n3\n4,d\n")
    assert got.rows == 4
    assert sorted(got.every) == ["1", "2", "3", "4", "a", "b", "d", "hidden@example.com", "x"]
    assert got.cells["extra_1"] == ["hidden@example.com", None]
    [unread] = got.unread
    assert "1 rows have more fields" in unread.reason
    assert unread.rows == 1


def test_short_rows_alone_are_no_damage(read):
    for text in ("id,name,x\n1,a,b\n2\n3,c,d\n", "id,name,x\n1,a,b\n3,c,d\n2\n"):
        assert read(text).unread == []


def test_a_last_row_that_breaks_off_is_reported(read):
    assert read("id,name,x\n1,a,b\n2,b,c\n3,c").reasons == [CUT]
    assert read("id,name,x\n1,a,b\n2,b,c\n3,c,d").unread == []


def test_text_cut_by_chance_is_no_broken_table(read):
    got = read("Hello, all\nwell, ok\nso, it, goes\nand, on\nas, usual\n")
    assert got.unread == []
    assert "".join(got.every).count("goes") == 1


def test_rows_that_all_end_in_a_delimiter_keep_their_columns(read):
    got = read("id,name,age\n" + "1,Ana,30,\n2,Bo,31,\n3,Al,32,\n")
    assert got.cells["name"] == ["Ana", "Bo", "Al"]
    assert got.cells["age"] == ["30", "31", "32"]


def test_titles_above_the_header_are_cells_not_names(read):
    got = read("Export of Ana Sá\n\nid,email,age\n1,a@example.com,3\n2,b@example.com,4\n")
    assert {"id", "email", "age"} <= set(got.cells)
    assert "Export of Ana Sá" in got.every
    assert got.cells["email"][:2] == ["a@example.com", "b@example.com"]


def test_quoted_delimiters_line_ends_and_quotes(read):
    got = read('id,note\n1,"a, ""b""\nc"\n2,5" pipe\n3,""\n')
    assert got.cells["note"] == ['a, "b"\nc', '5" pipe', None]


def test_a_quote_without_end_loses_no_line_and_is_reported(read):
    got = read('id,name\n1,Ana\n2,"Bo\n3,ed@example.com\n')
    assert any("ed@example.com" in c for c in got.every)
    assert [r for r in got.reasons if "no end" in r]


def test_quotes_that_begin_far_behind_the_head(read):
    got = read("id,note\n" + "1,x\n" * 30_000 + '2,"a, b"\n')
    assert got.cells["note"][-1] == "a, b"


def test_nul_bytes_do_not_end_a_cell(read):
    got = read(b"id,name\n1,An\0a\n2,Bo\n")
    assert got.cells["name"] == ["An\0a", "Bo"]


def test_text_without_delimiter_is_read_line_by_line(read):
    got = read("Dear Ana,\nplease call 555 0100 today.\n\nBest wishes: Bo; Al\n")
    assert "".join(got.every).count("555 0100") == 1
    assert got.unread == []


def test_a_column_of_codes_shows_its_header():
    rows = [["Bird", "Priority level"]] + [["Acorn Woodpecker", f"PT-r{i % 4}"] for i in range(20)]
    assert has_header(rows)
    assert not has_header(rows[1:])


def test_ten_thousand_columns(read):
    names = [f"field_{i}" for i in range(10_000)]
    row = ",".join(map(str, range(10_000)))
    got = read(",".join(names) + f"\n{row}\n{row}\n")
    assert list(got.cells) == names
    assert got.cells["field_9999"] == ["9999", "9999"]


def test_comment_lines_above_the_header_are_read_but_name_nothing(read):
    got = read(
        "# made by ana@example.com\n# 2024\nid,email,age\n1,b@example.com,3\n2,c@example.com,4\n"
    )
    assert [c for c in got.cells["email"] if c] == ["b@example.com", "c@example.com"]
    assert "# made by ana@example.com" in got.every


def test_binary_is_no_text(read):
    got = read(bytes(range(256)) * 40)
    assert got.reasons == ["no reader for this format"]


def test_a_cell_of_twelve_megabytes_is_read_whole(read):
    huge = "x" * (12 << 20)
    got = read(f'id,note\n1,"{huge}"\n2,b\n')
    assert [len(c) for c in got.cells["note"]] == [len(huge), 1]


def test_a_record_beyond_the_bound_is_reported_and_memory_stays_bounded(read, monkeypatch):
    monkeypatch.setattr(_records, "SIZE", 1 << 16)
    monkeypatch.setattr(_records, "LARGEST", 1 << 18)
    got = read('id,note\n1,"' + "x,y\n" * 200_000)
    assert [r for r in got.reasons if "no end" in r]
    assert sum(map(len, got.every)) >= 2 * 200_000


@given(
    rows=st.lists(
        st.lists(st.text(st.sampled_from('ab,;"\n\r |\té山'), max_size=6), min_size=2, max_size=2),
        min_size=1,
        max_size=8,
    ),
    size=st.integers(1, 40),
)
def test_pieces_end_where_records_end(rows, size):
    out = io.StringIO(newline="")
    csv.writer(out).writerows(rows)
    data = out.getvalue().encode()
    kept = _records.SIZE
    _records.SIZE = size
    try:
        cut = list(
            pieces([data[i : i + 3] for i in range(0, len(data), 3)], record_end(",", quote=True))
        )
    finally:
        _records.SIZE = kept
    assert b"".join(p.data for p in cut) == data
    assert not any(p.torn for p in cut)
    read = [r for p in cut for r in csv.reader(io.StringIO(p.data.decode(), newline="")) if r]
    assert read == rows


@settings(
    max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
@given(
    rows=st.lists(
        st.lists(st.text(st.sampled_from('ab,;"\n|\té山0'), max_size=6), min_size=3, max_size=3),
        min_size=3,
        max_size=8,
    ),
    dialect=st.tuples(
        st.sampled_from(",;\t|"),
        st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
        st.sampled_from(["\n", "\r\n", "\r"]),
        st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
    ),
)
def test_any_dialect_round_trips(read, rows, dialect):
    delimiter, quoting, end, encoding = dialect
    out = io.StringIO(newline="")
    if end == "\r":
        quoting = csv.QUOTE_ALL  # the writer leaves \n bare then, which is no dialect
    writer = csv.writer(out, delimiter=delimiter, quoting=quoting, lineterminator=end)
    writer.writerows([["user_id", "email", "birth_date"], *rows])
    got = read(out.getvalue().encode(encoding))
    assert got.unread == []
    columns = [got.cells[name] for name in ("user_id", "email", "birth_date")]
    assert list(zip(*columns, strict=True)) == [tuple(c or None for c in row) for row in rows]


ROWS = "id,desc,n\n" + "".join(f"{i},pipe long,{i}\n" for i in range(20))


@pytest.mark.parametrize(
    "text",
    [
        ROWS + '21,pipe 5" long,3',
        ROWS + '21,"pipe 5"" long",3',
        'hello there\nsome text\nmore text\npipe 5" long',
        'size\n5"\n6"\n7"',
    ],
)
def test_a_quote_inside_the_last_cell_is_no_sign_of_a_truncated_file(read, text):
    got = read(text)
    assert got.unread == []
    assert any(cell.endswith(('5" long', '7"')) for cell in got.every)


@pytest.mark.parametrize("last", ['21,"pipe long,3', '"21,pipe 5"" long', '21,pipe,"'])
def test_a_quoted_cell_without_end_is_a_truncated_file(read, last):
    got = read(ROWS + last)
    assert TORN in got.reasons
    assert any("21" in cell for cell in got.every)
