"""Telephone numbers with the answers of Presidio's PhoneRecognizer, on cells that may hold one.

Cells that as a whole are a date, a decimal number, a version, an address of a machine or a page,
a UUID, hexadecimal or a number of another kind are no telephone number; digits in a row are one only
under a header or beside a word that says so, with the zero that is dialled first, or without a
header if they are a Chinese mobile number.
"""

from __future__ import annotations

import time
from collections.abc import Iterator

import numpy as np
import polars as pl
from numpy.typing import NDArray

from privscan.evidence.characters import DIGIT, WIDE, holding, kinds_in
from privscan.model.data import Column, Hits, Unread
from privscan.recognition import phone
from privscan.rulebook.names import header_entities, nameless
from privscan.rulebook.text import bytes_of, is_ascii, matching, taken

Lengths = NDArray[np.int64]

PLUGIN = True
KINDS = ("text", "number")

ENTITY = "phone"

REGIONS = (
    phone.REGIONS,
    ("JP", "KR", "AU", "ES", "IT", "NL", "CH", "AT", "CN"),
)
"""Presidio's eight; and those asked where none of them sees a number, under a header that says
so or where the number is written as it is dialled: they take most rows of digits for one."""

FEWEST_DIGITS = 7
"""Shorter subscriber numbers exist, but not one that tells a person from an article code."""

SECONDS = 30.0
"""For the cells of a batch; a column of 131,072 numbers takes one."""

TOO_LONG = "rows of digits and blanks were too long to be searched for telephone numbers"

MOST_MARKS = 1_000
"""Signs and blanks among the digits of a row: each begins a candidate in every region, and more
stand in no list of telephone numbers."""

HEAD = 1_000
"""Characters that are read of a cell whose rows of digits are too long."""

_ROW_BYTES = 256
_ROW = r"^[\s\[(]*(?:[+-]?(?:0|[1-9][0-9]{0,2})(?:\.[0-9]*)?(?:e[+-][0-9]+)?(?:[\s;,|-]{1,4}|[\])\s]*$))+$"
"""Numbers below a thousand as computers write them, and so many bytes of them: a picture or a
vector. Among so many groups of digits of telephone numbers some begin with a zero."""

_BYTES = (
    r"(?i)^\s*(?:(?:0x|\\x)?[0-9a-f]{2}[\s:,-]?)*[0-9][a-f](?:[\s:,-]?(?:0x|\\x)?[0-9a-f]{2})*\s*$"
)
"""Bytes in hexadecimal, one apart from the next, and so many of them."""

WINDOW, OVERLAP = 65_536, 256
"""Characters read at a time, and those that two windows share: more than a number has."""

_MAYBE = (
    rf"\d(?:[\s().\-/~\[\]x+\x{{AD}}\x{{2010}}-\x{{2015}}\x{{2212}}\x{{30FC}}\x{{FF0D}}\x{{FF0E}}\x{{3000}}]"
    rf"{{0,4}}\d){{{FEWEST_DIGITS - 1},}}"
)
_DIGITS = holding(DIGIT | WIDE)
_NEVER = (
    r"^\s*(?:\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}(?:日|[T ]\d{1,2}:\d{2}.*)?"
    r"|\d{1,2}[-/.]\d{1,2}[-/.]\d{4}(?:[T ].*)?|[+-]?\d+\.\d+(?:[eE][+-]?\d+)?"
    r"|(?i:[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}|[0-9a-f]{20,})"
    r"|\d{1,5}(?:\.\d{1,5}){3}(?:[:/]\d+)?|\d+(?:-\d+){4,}|(?i:[a-z]{2,8}://)\S+)\s*$"
)
_OCTET = r"(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)"
_ADDRESSES = rf"\b{_OCTET}(?:\.{_OCTET}){{3}}\b"
"""Addresses of machines and versions, inside a text too."""

_OF_ANOTHER_KIND = (
    r"^\s*(?:\d{3}-\d{2}-\d{4}|\d{4}(?:[ \-]?\d{4}){3}|\d{4}[ \-]\d{6}[ \-]\d{5}"
    r"|〒?\s?\d{3}-\d{4}|\d{5}-\d{3,4}"
    r"|[A-Z]{2}\d{2}(?: ?[0-9A-Z]{4}){2,7}(?: ?[0-9A-Z]{1,4})?)\s*$"
)
"""Cells grouped as a whole as a social security number, a card number, an IBAN or a postcode of
Japan, Brazil or the US: parts of them would be valid numbers somewhere."""

_TRUNK = r"(?:^|[^\d.,])[(]?[0\x{FF10}]\d"
"""A number written as it is dialled within its country."""

_EXTENSION = (
    r"(?is)^((?:\D*\d){3}.*?)(?:(?:;ext=|[ \xA0\t,]*(?:e?xt[a-z\x{301}ó]*"
    r"|\x{FF45}?\x{FF58}\x{FF54}\x{FF4E}?|доб|anexo)[:.\x{FF0E}]?[ \xA0\t,-]*)\d{1,20}#?"
    r"|[ \xA0\t,]*(?:[x\x{FF58}#\x{FF03}~\x{FF5E}]|int|\x{FF49}\x{FF4E}\x{FF54})"
    r"[:.\x{FF0E}]?[ \xA0\t,-]*\d{1,9}#?|[- ]+\d{1,6}#)$"
)
"""What is dialled after the call is answered, and does not make a number longer."""

_DIALLED = (
    r"\+\d|\(\d+\)|\d[ .\-/\x{2010}-\x{2015}\x{2212}\x{30FC}\x{FF0D}\x{3000}]\(?\d|(?:^|\D)0\d{8}"
)
_CHINESE = r"^\s*1[3-9]\d{9}\s*$"
"""A Chinese mobile number, which is written in one."""

_SPOKEN = r"(?i)phone|call|\btel|mobil|cell|fax|sms|whatsapp|電話|携帯|連絡|℡"
"""A number is written in groups or as it is dialled, or a word beside it says what it is."""


def find(column: Column) -> Iterator[Hits | Unread]:
    """Cells in which a telephone number stands, with Presidio's score of 0.4."""
    cells = column.cells
    named = _says_phone(column.path)
    rows = matching(cells, _DIGITS.rows(kinds_in(column)), _MAYBE)
    rows = _unlike(cells, rows, _NEVER)
    if not named:
        rows = _unlike(cells, rows, _OF_ANOTHER_KIND)
        told = _DIALLED if not nameless(column.path) else f"{_DIALLED}|{_CHINESE}"
        spoken = np.setdiff1d(rows, at := matching(cells, rows, told), assume_unique=True)
        rows = np.union1d(at, matching(cells, spoken, _SPOKEN))
    rows = rows[~_rows_of_numbers(taken(cells, rows))]
    if not len(rows):
        return
    some = taken(cells, rows)
    some = some if named else some.str.replace_all(_ADDRESSES, " ")
    longest, late = _longest(some, REGIONS[0])
    everywhere = named or nameless(column.path) or some.str.contains(_TRUNK).to_numpy()
    unseen = np.flatnonzero((longest == 0) & everywhere)
    if len(unseen):
        longest[unseen], more = _longest(taken(some, unseen), REGIONS[1])
        late += more
    if late:
        yield Unread("", "", TOO_LONG)
    if longest.any():
        mask, whole = np.zeros(len(cells), bool), np.zeros(len(cells), bool)
        mask[rows] = longest > 0
        text = taken(cells, rows).str.strip_chars().str.len_chars().to_numpy()
        whole[rows] = (longest > 0) & (longest >= text)
        yield Hits(
            ENTITY, pl.Series(mask), phone.SCORE, "phone/PhoneRecognizer", whole=pl.Series(whole)
        )


def _unlike(cells: pl.Series, rows: NDArray[np.int64], form: str) -> NDArray[np.int64]:
    """Those of the rows whose cells do not have the form."""
    return rows[~taken(cells, rows).str.contains(form).to_numpy()] if len(rows) else rows


def _rows_of_numbers(cells: pl.Series) -> NDArray[np.bool_]:
    """Whether each cell is a picture's or a vector's numbers, or a record's bytes."""
    them = bytes_of(cells) > _ROW_BYTES
    rows = np.flatnonzero(them)
    if not len(rows):
        return them
    long = taken(cells, rows)
    them[rows] = (long.str.contains(_ROW) | long.str.contains(_BYTES)).to_numpy()
    return them


def _says_phone(path: str) -> bool:
    return any(bits > 0 for entity, bits in header_entities(path) if entity in {ENTITY, "fax"})


def _longest(cells: pl.Series, regions: tuple[str, ...]) -> tuple[Lengths, int]:
    """Characters of the longest number in each cell that the regions see or 0; cells given up."""
    longest, until = np.zeros(len(cells), np.int64), time.monotonic() + SECONDS
    numbers = phone.PhoneNumbers(regions, most_marks=MOST_MARKS)
    rows, texts = _windows(cells)
    given_up = _measure(longest, rows, texts, numbers, until)
    if len(given_up):
        heads = taken(texts, given_up).str.slice(0, HEAD)
        _measure(longest, rows[given_up], heads, numbers, until)
    return longest, len(given_up)


def _measure(
    longest: Lengths, rows: Lengths, texts: pl.Series, numbers: phone.PhoneNumbers, until: float
) -> Lengths:
    """Raise `longest` in the rows that the texts are of; which of the texts were given up."""
    narrow = is_ascii(texts)
    every = [np.zeros(0, np.int64)]
    for ascii_only in set(narrow.tolist()):
        some = np.flatnonzero(narrow == ascii_only)
        row, start, end, given_up = numbers.spans(
            taken(texts, some), ascii=ascii_only, out_of_time=lambda: time.monotonic() > until
        )
        every.append(some[given_up])
        row = some[row]
        written = taken(texts, row).str.slice(pl.Series(start), pl.Series(end - start))
        digits = written.str.replace(_EXTENSION, "${1}").str.count_matches(r"\d").to_numpy()
        counted = digits >= FEWEST_DIGITS
        np.maximum.at(longest, rows[row[counted]], (end - start)[counted])
    return np.concatenate(every)


def _windows(cells: pl.Series) -> tuple[NDArray[np.int64], pl.Series]:
    """Long cells cut in pieces: the row of each piece, and its text."""
    rows = np.arange(len(cells))
    long = (cells.str.len_bytes() > WINDOW).to_numpy()
    if not long.any():
        return rows, cells
    pieces = [
        (row, text[start : start + WINDOW])
        for row, text in zip(rows[long].tolist(), cells.filter(pl.Series(long)), strict=True)
        for start in range(0, max(1, len(text)), WINDOW - OVERLAP)
    ]
    of_row, texts = zip(*pieces, strict=True)
    all_rows = np.concatenate([rows[~long], np.array(of_row, np.int64)])
    return all_rows, pl.concat([cells.filter(pl.Series(~long)), pl.Series(texts, dtype=pl.String)])
