"""What a workbook would unpack to, how far its sheets span, and what in it is no cell of a sheet."""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO

LARGEST = 2 << 30
"""Bytes that a workbook may unpack to."""

WIDEST = 20_000_000
"""Cells that a sheet may span, empty ones included: a reader holds them all."""

ENCRYPTED = "the workbook is protected by a password"
DAMAGED = "the workbook is damaged or truncated"

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_BOF = b"\x09\x08"
_SECTOR = 512

_CHUNK = 1 << 20
_ROW = re.compile(rb'<(?:\w+:)?row\b[^>]*?\br="(\d{1,9})"')
_CELL = re.compile(rb'<(?:\w+:)?c\b[^>]*?\br="([A-Z]{1,4})\d')
_REPEATED = re.compile(rb"<table:table-(row|cell)\b([^>]*)>|</table:table-row>")
_TIMES = re.compile(rb'number-(?:rows|columns)-repeated="(\d{1,12})"')

_BESIDE = (
    (r"xl/(?:comments|threadedComments)", "comments"),
    (r"xl/pivotCache/pivotCacheRecords", "copies of data that pivot tables keep"),
    (r"xl/externalLinks/externalLink\d", "copies of cells of other workbooks"),
    (r"(?:xl/media/|Pictures/)", "pictures"),
    (r"xl/embeddings/", "embedded files"),
)


@dataclass(frozen=True, slots=True)
class Looked:
    """`problem` is why the workbook must not be opened; `beside` says what else it holds."""

    problem: str = ""
    beside: tuple[str, ...] = ()


def ole_kind(sample: bytes) -> str:
    """`xls`, `encrypted`, or nothing for other OLE files, by what the first sectors say."""
    if not sample.startswith(OLE):
        return ""
    if "EncryptedPackage".encode("utf-16-le") in sample:
        return "encrypted"
    names = ("Workbook", "Book")
    listed = any(f"{name}\0".encode("utf-16-le") in sample for name in names)
    return "xls" if listed or sample[_SECTOR:].startswith(_BOF) else ""


def look(file: IO[bytes]) -> Looked:
    """Whether a zipped workbook can be opened in bounded memory; each member is unpacked once."""
    try:
        with zipfile.ZipFile(file) as archive:
            members = archive.infolist()
            if sum(member.file_size for member in members) > LARGEST:
                return Looked(f"it unpacks to over {LARGEST >> 30} GB")
            for member in members:
                if member.flag_bits & 1:
                    return Looked(ENCRYPTED)
                with archive.open(member) as content:
                    if _span(member.filename, content) > WIDEST:
                        return Looked(f"a sheet spans over {WIDEST:,} cells: save it as CSV")
            names = [member.filename for member in members]
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError):
        return Looked(DAMAGED)
    beside = (
        (what, sum(bool(re.match(pattern, name)) for name in names)) for pattern, what in _BESIDE
    )
    return Looked(
        beside=tuple(f"{what} are not read ({count} parts)" for what, count in beside if count)
    )


def _span(name: str, content: IO[bytes]) -> int:
    """Cells that a member spans if it is a sheet; it is read to its end, so that lies are found."""
    pieces = _pieces(content)
    if name.startswith("xl/worksheets/") and name.endswith(".xml"):
        return _of_xml(pieces)
    if name.startswith("xl/worksheets/") and name.endswith(".bin"):
        return _of_records(b"".join(pieces))
    if name == "content.xml":
        return _of_tables(pieces)
    for _ in pieces:
        pass
    return 0


def _pieces(content: IO[bytes]) -> Iterator[bytes]:
    while piece := content.read(_CHUNK):
        yield piece


def _of_xml(pieces: Iterator[bytes]) -> int:
    """Rows by columns; marks that a cut between pieces hides are found with the next piece."""
    rows, columns, tail = 0, 0, b""
    for piece in pieces:
        text = tail + piece
        rows = max(rows, *map(int, _ROW.findall(text)), 0)
        columns = max(columns, *map(_letters, {*_CELL.findall(text)}), 0)
        tail = text[-256:]
    return rows * columns


def _letters(name: bytes) -> int:
    number = 0
    for letter in name:
        number = number * 26 + letter - 64
    return number


_ROW_HEADER, _LAST_CELL = 0, 11


def _of_records(data: bytes) -> int:
    """Rows by columns of a sheet of binary records: each has a kind, a size and its content."""
    rows, columns, at = 0, 0, 0
    while at < len(data):
        kind, at = _varying(data, at, 2)
        size, at = _varying(data, at, 4)
        if kind <= _LAST_CELL and size >= 4:  # noqa: PLR2004  the number of the row or column
            number = 1 + int.from_bytes(data[at : at + 4], "little")
            if kind == _ROW_HEADER:
                rows = max(rows, number)
            else:
                columns = max(columns, number)
        at += size
    return rows * columns


def _varying(data: bytes, at: int, most: int) -> tuple[int, int]:
    """A number of seven bits a byte, and the place behind it."""
    number = 0
    for place in range(most):
        byte = data[at + place] if at + place < len(data) else 0
        number |= (byte & 0x7F) << (7 * place)
        if byte < 0x80:  # noqa: PLR2004  the sign that more follow
            return number, at + place + 1
    return number, at + most


def _of_tables(pieces: Iterator[bytes]) -> int:
    """Cells of all sheets of an OpenDocument with their repetitions; none counts behind the last content."""
    total, row, pending, waiting, times, tail = 0, 0, 0, 0, 1, b""
    for piece in pieces:
        text = tail + piece
        end = text.rfind(b">") + 1
        text, tail = text[:end], text[end:]
        for mark in _REPEATED.finditer(text):
            count = int(found[1]) if (found := _TIMES.search(mark[2] or b"")) else 1
            if mark[1] == b"row":
                times, row, pending = count, 0, 0
            elif mark[1] == b"cell":
                empty = mark[2].endswith(b"/")
                pending += count
                row = row if empty else pending
            elif row:
                total, waiting = total + waiting * row + times * row, 0
            else:
                waiting += times
    return total
