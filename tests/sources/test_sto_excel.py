"""Workbooks: every sheet, hidden ones too, no cell lost for its type, and no bomb opened."""

from __future__ import annotations

import builtins
import datetime as dt
import io
import random
import zipfile

import pytest
import xlsxwriter

from privscan.formats import workbooks
from privscan.sources import excel

CANARY = "canary.5a1b@example.com"


def made(path, fill):
    with xlsxwriter.Workbook(path) as book:
        fill(book)
    return path


def people(book, rows=40):
    sheet = book.add_worksheet("People")
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    sheet.write_row(0, 0, ["id", "born", "email"])
    for i in range(1, rows + 1):
        sheet.write(i, 0, i)
        sheet.write_datetime(i, 1, dt.datetime(1980, 1, 1) + dt.timedelta(i), day)  # noqa: DTZ001  Excel has no zones
        sheet.write(i, 2, f"u{i}@example.com")
    return sheet


def test_a_text_that_comes_late_among_numbers_is_kept(tmp_path, answer):
    def fill(book):
        sheet = people(book, 1_500)
        sheet.write(1_501, 0, CANARY)
        sheet.write_boolean(1_502, 0, boolean=True)
        sheet.write_formula(1_503, 0, "=A1", None, "result")

    got = answer(made(tmp_path / "t.xlsx", fill))
    assert got.unread == []
    assert got.cells["id"][:2] == ["1", "2"]
    assert got.cells["id"][1_500:] == [CANARY, "true", "result"]
    assert got.cells["born"][0] == "1980-01-02 00:00:00"
    assert got.rows == 1_503


def test_hidden_and_very_hidden_sheets_are_read_and_empty_ones_are_no_tables(
    tmp_path, answer, caplog, capfd
):
    def fill(book):
        people(book)
        book.add_worksheet("Blank")
        book.add_chartsheet("Drawn")
        for name, hide in (("Aside", "hide"), ("Deep", "very_hidden")):
            sheet = book.add_worksheet(name)
            sheet.write_column(0, 0, ["email", f"{name.lower()}@example.com", "other@example.com"])
            getattr(sheet, hide)()

    got = answer(made(tmp_path / "t.xlsx", fill))
    assert got.names == ["t.Aside", "t.Deep", "t.People"]
    assert {"aside@example.com", "deep@example.com"} <= {*got.every}
    assert got.unread == []
    assert (caplog.text, *capfd.readouterr()) == ("", "", "")


def test_titles_above_the_header_are_cells_and_a_first_record_is_no_header(tmp_path, answer):
    def fill(book):
        sheet = book.add_worksheet("Titled")
        sheet.write(0, 0, "Staff list 2024")
        for i, row in enumerate(
            [["name", "email", "phone"], *[["Ana", f"a{i}@x.org", "123"] for i in range(9)]]
        ):
            sheet.write_row(2 + i, 0, row)
        bare = book.add_worksheet("Bare")
        for i in range(9):
            bare.write_row(i, 0, [f"b{i}@example.com", i])

    got = answer(made(tmp_path / "t.xlsx", fill))
    assert "Staff list 2024" in got.cells["name"]
    assert got.cells["email"][-1] == "a8@x.org"
    assert got.cells["column_1"][0] == "b0@example.com"


def test_what_is_no_cell_of_a_sheet_is_unread_by_kind(tmp_path, answer):
    def fill(book):
        people(book).write_comment(1, 1, CANARY)

    got = answer(made(tmp_path / "t.xlsx", fill))
    assert got.reasons == ["comments are not read (1 parts)"]
    assert got.rows == 40


def rebuilt(path, change):
    """The workbook with some members changed, or without them where the change says None."""
    out = io.BytesIO()
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            data = change(name, old.read(name))
            if data is not None:
                new.writestr(name, data)
    return out.getvalue()


def far(name, data):
    """A cell at the last place that a sheet has."""
    last = b'<row r="1048576"><c r="XFD1048576" t="n"><v>1</v></c></row></sheetData>'
    return data.replace(b"</sheetData>", last) if "sheet1" in name else data


def test_a_sheet_that_spans_too_much_is_not_opened(tmp_path, read):
    path = made(tmp_path / "t.xlsx", people)
    assert read(rebuilt(path, far)).reasons == [
        "a sheet spans over 20,000,000 cells: save it as CSV"
    ]


def test_a_bomb_is_not_opened(tmp_path, read, monkeypatch):
    monkeypatch.setattr(workbooks, "LARGEST", 1 << 20)
    path = made(tmp_path / "t.xlsx", people)
    bomb = rebuilt(path, lambda n, d: d + b" " * (2 << 20) if "sheet1" in n else d)
    assert "unpacks to over" in read(bomb).reasons[0]


def test_a_size_that_lies_is_damage(tmp_path, read):
    data = bytearray(made(tmp_path / "t.xlsx", people).read_bytes())
    at = data.index(b"PK\x01\x02", data.index(b"xl/worksheets/sheet1.xml"))
    at = data.rindex(b"PK\x01\x02", 0, data.rindex(b"xl/worksheets/sheet1.xml"))
    data[at + 24 : at + 28] = (7).to_bytes(4, "little")
    assert read(bytes(data)).reasons == [workbooks.DAMAGED]


def test_truncation_and_flipped_bits_raise_nothing_and_quote_no_cell(tmp_path, read):
    whole = made(tmp_path / "t.xlsx", lambda book: people(book).write(50, 2, CANARY)).read_bytes()
    rng, told = random.Random(3), 0
    for at in [rng.randrange(100, len(whole)) for _ in range(15)]:
        for data in (whole[:at], whole[:at] + bytes([whole[at] ^ 64]) + whole[at + 1 :]):
            got = read(data)
            told += bool(got.unread)
            assert not any("canary" in u.reason + u.span for u in got.unread)
            # Cut before its first sheet, it is some document, and its words are looked at later.
            assert got.unread or CANARY in got.every or "document" in got.cells
    assert told > 12


def test_a_password_is_told_from_damage(read):
    start = workbooks.OLE + bytes(600) + "EncryptedPackage".encode("utf-16-le") + bytes(600)
    assert read(start).reasons == [workbooks.ENCRYPTED]
    assert read(workbooks.OLE + bytes(504) + b"\x09\x08\x10\0" + bytes(900)).reasons == [
        workbooks.DAMAGED
    ]


ODS = """<?xml version="1.0"?><office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
 office:version="1.2"><office:body><office:spreadsheet><table:table table:name="One">{rows}</table:table>
 </office:spreadsheet></office:body></office:document-content>"""
ROW = '<table:table-row{more}><table:table-cell{times} office:value-type="string"><text:p>{text}</text:p></table:table-cell></table:table-row>'
REST = '<table:table-row table:number-rows-repeated="1048500"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>'


def ods(rows):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr(
            "mimetype", "application/vnd.oasis.opendocument.spreadsheet", zipfile.ZIP_STORED
        )
        made.writestr("content.xml", ODS.format(rows=rows))
        manifest = '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
        made.writestr("META-INF/manifest.xml", manifest)
    return out.getvalue()


def test_open_documents_are_read_and_their_repetitions_are_no_bombs(read):
    cells = "".join(ROW.format(more="", times="", text=f"u{i}@example.com") for i in range(20))
    got = read(ods(cells + REST))
    assert (got.rows, got.unread) == (20, [])
    assert got.cells["column_1"][0] == "u0@example.com"
    many = ROW.format(
        more=' table:number-rows-repeated="90000"',
        times=' table:number-columns-repeated="9000"',
        text="x",
    )
    assert "spans over" in read(ods(many)).reasons[0]


def test_without_the_extra_it_is_unread_with_the_command(tmp_path, answer, monkeypatch):
    path, own = made(tmp_path / "t.xlsx", people), builtins.__import__

    def without(name, *rest, **more):
        if name == "fastexcel":
            raise ImportError(name)
        return own(name, *rest, **more)

    monkeypatch.setattr(builtins, "__import__", without)
    assert answer(path).reasons == ["it is read with the extra: pip install 'privscan[tables]'"]


@pytest.mark.parametrize(
    "other",
    [b"PK\x03\x04" + bytes(26) + b"word/document.xml", workbooks.OLE + bytes(600), b"a,b\n1,2\n"],
)
def test_other_documents_are_no_workbooks(other):
    assert not excel.sniff(other)
