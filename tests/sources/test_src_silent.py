"""Twelve ways in which readers lose data without an error: each ends in a cell or in `unread`."""

from __future__ import annotations

import io
import json
import re
from pathlib import Path

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import xlsxwriter

import privscan as ps

HIDDEN = "hidden.person@example.com"
LINE = json.dumps({"id": 1}) + "\n"


def _folder(tmp_path):
    """Parquet files of one series, of which the first lacks a column."""
    folder = tmp_path / "lake"
    folder.mkdir()
    pl.DataFrame({"id": [1], "x": [2]}).write_parquet(folder / "part-1.parquet")
    pl.DataFrame({"id": [1], "x": [2], "email": [HIDDEN]}).write_parquet(folder / "part-2.parquet")
    return folder


def _rotten(tmp_path):
    """One bit of a page with a checksum turned."""
    out = io.BytesIO()
    table = pa.table({"email": [HIDDEN] * 9})
    plain = {"compression": "none", "use_dictionary": False, "write_statistics": False}
    pq.write_table(table, out, write_page_checksum=True, **plain)
    data = bytearray(out.getvalue())
    data[data.index(b"hidden")] ^= 1
    path = tmp_path / "rot.parquet"
    path.write_bytes(data)
    return path


def _workbook(tmp_path):
    """A column of numbers with a text far below; a header would be a text among the first."""
    with xlsxwriter.Workbook(tmp_path / "t.xlsx") as book:
        sheet = book.add_worksheet()
        sheet.write_column(0, 0, [*range(1_200), HIDDEN])
    return tmp_path / "t.xlsx"


class _Stream:
    """Bytes that are no UTF-8, called text, as the C stream passes them on."""

    def __arrow_c_stream__(self, requested_schema=None):
        raw = pa.array([b"\xff" + HIDDEN.encode()])
        text = pa.Array.from_buffers(pa.string(), 1, raw.buffers())
        return pa.table({"email": text}).__arrow_c_stream__(requested_schema)


FILES = {
    "field first seen late": LINE * 500 + json.dumps({"id": 2, "email": HIDDEN}),
    "repeated key": LINE + json.dumps({"email": HIDDEN})[:-1] + ', "email": "x"}\n' + LINE,
    "more fields than the header": "id,x\n1,2\n3,4\n5,6\n7,8," + HIDDEN + "\n",
    "a text among numbers": "id,x\n" + "1,2\n" * 2_000 + f"3,{HIDDEN}\n",
    "no header": f"1;{HIDDEN};Rome\n2;other@example.com;Oslo\n",
    "semicolons and carriage returns": f"id;email\r1;{HIDDEN}\r2;b@example.com\r",
    "utf-16": f"id,email\n1,{HIDDEN}\n".encode("utf-16"),
    "no rows": "id,email\n",
}
MADE = {
    "workbook": _workbook,
    "bit rot": _rotten,
    "column that the first file lacks": _folder,
    "bytes through the C stream": lambda _: _Stream(),
}


ADDRESSES = {"no header": 2, "semicolons and carriage returns": 2, "no rows": 0, "bit rot": 0}
"""Cells with an address, where it is not the hidden one alone."""

TOLD = {"no rows", "bit rot", "bytes through the C stream", "more fields than the header"}
"""Those that are in `unread`, whatever was found."""

PAGE = Path(__file__).parents[2] / "docs" / "sources.md"


def _source(trap, tmp_path):
    if trap in MADE:
        return MADE[trap](tmp_path)
    data, path = FILES[trap], tmp_path / "t"
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return path


def test_they_are_the_twelve_of_the_page():
    table = PAGE.read_text("utf-8").partition("## Twelve silent losses")[2].partition("\n## ")[0]
    rows = [line.strip("| ").split(" | ") for line in table.splitlines() if line.startswith("| ")]
    assert rows[0] == ["what is lost elsewhere", "what is done here", "case"]
    assert all(len(row) == 3 and all(row) for row in rows)
    assert len(rows) == 1 + 12
    assert {row[-1].strip("`") for row in rows[1:]} == {*FILES, *MADE}
    assert {*re.findall(r"`(test_\w+)`", table)} <= {*globals()}
    assert f"`tests/sources/{Path(__file__).name}`" in table


@pytest.mark.parametrize("trap", [*FILES, *MADE])
def test_no_data_are_lost_in_silence(tmp_path, answer, trap):
    got = answer(_source(trap, tmp_path))
    found = any(HIDDEN in str(cell) for cell in got.every)
    assert found or got.unread
    assert found != (trap in {"no rows", "bit rot"})
    assert HIDDEN not in repr(got.unread) + "".join(got.cells)


@pytest.mark.parametrize("trap", [*FILES, *MADE])
def test_no_loss_passes_a_scan(tmp_path, trap):
    source = _source(trap, tmp_path)
    report = ps.scan(str(source) if isinstance(source, Path) else source, detectors=["pattern"])
    every = [e for data in report.datasets for c in data.columns for e in c.entities]
    found = sum(e.cells for e in every if e.entity == "email")
    assert found == ADDRESSES.get(trap, 1)
    assert report.complete == (trap not in TOLD)
    assert HIDDEN not in repr(report)


def test_a_file_without_rows_closes_the_gate(tmp_path):
    (tmp_path / "t.csv").write_text("id,email\n")
    verdict = ps.gate(str(tmp_path / "t.csv"), detectors=["pattern"])
    assert not verdict.passed
