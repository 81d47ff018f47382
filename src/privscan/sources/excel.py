"""Workbooks: every sheet of xlsx, xlsm, xlsb, xls and ods, hidden ones too, each cell as text.

Needs the extra `tables`. A workbook that would not fit in bounded memory is unread.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from typing import Any

import polars as pl
import pyarrow as pa

from privscan.errors import UnreadableError
from privscan.formats.documents.office import SPREADSHEETS, office_kind
from privscan.formats.workbooks import DAMAGED, ENCRYPTED, OLE, look, ole_kind
from privscan.model.data import Batch, Part, Unread
from privscan.sources._cells import batches, unique_names
from privscan.sources._header import has_header
from privscan.sources._place import local, raw, size
from privscan.sources._stores import Table, needs

PLUGIN = True
SUFFIXES = (".xlsx", ".xlsm", ".xlsb", ".xls", ".ods")
PRIORITY = 35

_SILENT = logging.CRITICAL + 1
"""Of its reader's log: a warning there may quote what stands in the workbook."""

LARGEST = 256 << 20
JUDGED = 200
"""Rows from which a sheet's header is told."""


def sniff(sample: bytes) -> bool:
    """A zipped workbook, an old one, or one that is encrypted."""
    return bool(ole_kind(sample)) or office_kind(sample) in SPREADSHEETS


def tables(uri: str) -> Iterator[Table | Unread]:
    """Each sheet with cells, and what else stands in the workbook; `UnreadableError` if locked."""
    whole = size(uri)
    with raw(uri) as file:
        start = file.read(1 << 16)
        if ole_kind(start) == "encrypted":
            raise UnreadableError(ENCRYPTED, where=uri)
        file.seek(0)
        looked = look(file) if not start.startswith(OLE) else None
    if whole > LARGEST:
        raise UnreadableError("the workbook is over 256 MB: save it as CSV", where=uri)
    if looked and looked.problem:
        raise UnreadableError(looked.problem, where=uri)
    for reason in looked.beside if looked else ():
        yield Unread(uri, "", reason)
    book = _opened(uri)
    for name in book.sheet_names:
        try:
            sheet = _sheet(book, name)
        except UnreadableError as error:
            yield Unread(uri, name, error.what)
            continue
        if sheet.height and sheet.width:
            share = whole // len(book.sheet_names)
            yield Table(name, (Part("excel", "", uri, name, bytes=share),))


def read(part: Part, *, batch_rows: int = 16_384) -> Iterator[Batch | Unread]:
    """Batches of text; what stands above the header is read as cells."""
    try:
        sheet = _sheet(_opened(part.uri), part.span)
    except UnreadableError as error:
        yield Unread(part.uri, part.span, error.what, part.bytes)
        return
    at = _header(sheet.head(JUDGED))
    if at is None:
        names = unique_names([""] * sheet.width)
    else:
        names = unique_names([text and " ".join(text.split()) for text in sheet.row(at)])
        sheet = pl.concat([sheet.head(at), sheet.slice(at + 1)])
    sheet.columns = names
    yield from batches(pa.table(sheet).to_batches(batch_rows), part, batch_rows)


def _header(head: pl.DataFrame) -> int | None:
    """The first row that is as full as most, if it names the columns."""
    rows = [[cell or "" for cell in row] for row in head.rows()]
    full = [sum(map(bool, row)) for row in rows]
    usual = sorted(full)[len(full) // 2]
    at = next(i for i, count in enumerate(full) if count >= usual)
    table = [row for row in rows[at:] if any(row)]
    return at if table and has_header(table) else None


def _opened(uri: str) -> Any:
    try:
        import fastexcel
    except ImportError:
        raise needs("tables", uri) from None
    logging.getLogger("calamine").setLevel(_SILENT)
    try:
        if local(uri):
            return fastexcel.read_excel(uri)
        with raw(uri) as file:
            return fastexcel.read_excel(file.read())
    except (fastexcel.FastExcelError, OSError, pl.exceptions.PanicException) as error:
        locked = "password" in str(error).partition("\n")[0].lower()
        raise UnreadableError(ENCRYPTED if locked else DAMAGED, where=uri) from None
    except BaseException as error:  # noqa: BLE001  a panic in Rust is no Exception
        raise _panic(error, uri) from None


def _sheet(book: Any, name: str) -> pl.DataFrame:
    """All rows of a sheet as text, without empty rows at its ends."""
    import fastexcel

    try:
        sheet = book.load_sheet(name, header_row=None, dtypes="string", skip_rows=0)
        if not sheet.width:
            return pl.DataFrame()
        frame = pl.DataFrame(sheet)
    except fastexcel.FastExcelError:
        raise UnreadableError("the sheet is damaged", where=name) from None
    except BaseException as error:  # noqa: BLE001  a panic in Rust is no Exception
        raise _panic(error, name) from None
    return frame.filter(~pl.all_horizontal(pl.all().is_null()))


def _panic(error: BaseException, where: str) -> BaseException:
    """What a reader in Rust raises as no `Exception` where a file breaks its assumptions."""
    if type(error).__name__ == "PanicException":
        return UnreadableError(DAMAGED, where=where)
    return error
