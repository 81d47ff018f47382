"""Runs of a text in which telephone numbers can stand, found for a whole column in one pass.

A run is a chain of digit groups with nothing between them but what the library accepts between
the digits of one number or before its extension. Every candidate of the library lies within one
run, and beyond the run the library looks at one character before it and one after.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from functools import cache
from unicodedata import category

import numpy as np
import polars as pl
import pyarrow as pa
from phonenumbers import PhoneNumberMatcher

from privscan.recognition.phone.plan import Bools, Ints

BARRED = "%"
"""Stands in a key for a neighbour beside which the library takes no number for valid."""

_FIRST, _LAST, _NEITHER = "\x02", "\x03", "\x04"
"""Marks around a run; and what a cell's own such characters are read as: none is in a run."""

_LONGEST_BLOCK = 20
"""Digits in a row that the library reads as one block."""


@dataclass(frozen=True)
class Alphabet:
    """Regexes of the characters of runs: digits, marks between and before them, extensions."""

    digit: str
    mark: str
    lead: str
    extension: str

    @property
    def run(self) -> str:
        """A chain of digit groups, with what may stand before the first and after the last."""
        digit, mark = self.digit, self.mark
        first = f"(?:{self.lead}{mark}{{0,4}}){{0,2}}{digit}+"
        links = (f"{mark}{{1,4}}{digit}+", f":{digit}+", f"{self.extension}{digit}+")
        return f"{first}(?:{'|'.join(links)}|[- ]+{digit}{{1,6}}#)*#?"

    def chain(self, digits: int) -> str:
        """So many digits, with no more between them than one number has."""
        return f"{self.digit}(?:{self.mark}{{0,4}}{self.digit}){{{digits - 1}}}"

    def free_chain(self, digits: int) -> str:
        """So many digits or more that are not grown together with letters."""
        more = f"{self.digit}(?:{self.mark}{{0,4}}{self.digit}){{{digits - 1},}}"
        before, after = "(?:^|[^0-9A-Za-z%$]|[xX])", f"(?:$|[^0-9A-Za-z%$]|{self.extension})"
        return f"{before}{more}{after}|{self.digit}{{{_LONGEST_BLOCK + 1}}}"


ASCII = Alphabet(
    digit="[0-9]",
    mark=r"[-xX ()\[\]./~]",
    lead=r"[(\[+]",
    extension=r"(?i:;ext=|[ \t,]*(?:e?xt(?:ensio)?n?|anexo|[x#~]|int)[:.]?[ \t,-]*)",
)
WIDE = Alphabet(
    digit=r"\p{Nd}",
    mark=r"[-xX\x{2010}-\x{2015}\x{2212}\x{30FC}\x{FF0D}-\x{FF0F} \x{A0}\x{AD}\x{200B}\x{2060}"
    r"\x{3000}()\x{FF08}\x{FF09}\x{FF3B}\x{FF3D}.\[\]/~\x{2053}\x{223C}\x{FF5E}]",
    lead=r"[(\[\x{FF08}\x{FF3B}+\x{FF0B}]",
    extension=r"(?i:;ext=|[ \x{A0}\t,]*(?:e?xt(?:ens[i\x{130}\x{131}](?:o\x{301}?|ó))?n?"
    r"|\x{FF45}?\x{FF58}\x{FF54}\x{FF4E}?|доб|anexo|[x\x{FF58}#\x{FF03}~\x{FF5E}]"
    r"|[i\x{130}\x{131}]nt|\x{FF49}\x{FF4E}\x{FF54})[:.\x{FF0E}]?[ \x{A0}\t,-]*)",
)
"""Dotted and dotless i are written out: Python takes them for an i in any case, Rust does not."""


@dataclass(frozen=True)
class Runs:
    """Runs of a column by row and first character.

    The key is the run's text, with BARRED before or after it for such a neighbour: runs with
    equal keys hold the same numbers.
    """

    row: Ints
    start: Ints
    key: pl.Series

    def filter(self, wanted: Bools) -> Runs:
        """Those of the runs that are wanted."""
        return Runs(self.row[wanted], self.start[wanted], self.key.filter(pl.Series(wanted)))


def runs(cells: pl.Series, alphabet: Alphabet) -> Runs:
    """The runs of every cell, in order."""
    if cells.str.contains(f"[{_FIRST}{_LAST}]").any():
        cells = cells.str.replace_all(f"[{_FIRST}{_LAST}]", _NEITHER)
    marked = cells.str.replace_all(alphabet.run, f"{_FIRST}${{0}}{_LAST}")
    if alphabet is not ASCII:
        barred = _barred_letters()
        marked = marked.str.replace_all(f"{barred}{_FIRST}", f"{BARRED}{_FIRST}")
        marked = marked.str.replace_all(f"{_LAST}{barred}", f"{_LAST}{BARRED}")
    return _unmarked(marked)


def _unmarked(marked: pl.Series) -> Runs:
    array = marked.to_arrow(compat_level=pl.CompatLevel.oldest())
    _, offsets_buffer, text_buffer = array.buffers()
    if text_buffer is None or not len(array):
        nowhere = np.empty(0, np.int64)
        return Runs(nowhere, nowhere, pl.Series([], dtype=pl.String))
    offsets = np.frombuffer(offsets_buffer, np.int64)[array.offset :][: len(array) + 1]
    text = np.frombuffer(text_buffer, np.uint8)[: offsets[-1]]
    first, last = np.flatnonzero(text == ord(_FIRST)), np.flatnonzero(text == ord(_LAST))
    row = np.searchsorted(offsets, first, "right") - 1
    marks_before = 2 * (np.arange(len(row)) - np.searchsorted(row, row))
    begin = offsets[row]
    start = first - begin - marks_before
    continued = np.flatnonzero((text >= _CONTINUED) & (text < _CONTINUED_END))
    if len(continued):
        start -= np.searchsorted(continued, first) - np.searchsorted(continued, begin)
    before = _BARS[np.where(first > begin, text[np.maximum(first - 1, 0)], 0)]
    end = np.minimum(last + 1, len(text) - 1)
    after = _BARS[np.where(last + 1 < offsets[row + 1], text[end], 0)]
    return Runs(row, start, _keys(_texts(text_buffer, first, last), before, after))


def _texts(buffer: pa.Buffer, first: Ints, last: Ints) -> pl.Series:
    """The text between each two marks, as a view of the buffer and not a copy."""
    edges = np.column_stack([first + 1, last]).ravel()
    if not len(edges):
        return pl.Series([], dtype=pl.String)
    pieces = pa.LargeStringArray.from_buffers(len(edges) - 1, pa.py_buffer(edges), buffer)
    return pl.Series(pieces).gather_every(2)


def _keys(texts: pl.Series, before: Bools, after: Bools) -> pl.Series:
    # A number that begins with a bracket or a plus may follow anything.
    before = before & ~texts.str.contains(f"^{WIDE.lead}").to_numpy()
    if before.any():
        texts = (BARRED + texts).zip_with(pl.Series(before), texts)
    if after.any():
        texts = (texts + BARRED).zip_with(pl.Series(after), texts)
    return texts


_CONTINUED, _CONTINUED_END = 0x80, 0xC0
"""Bytes between which those are that go on with a character."""

_BARS = np.array([chr(c).isalpha() or chr(c) in "%$" for c in range(128)] + [False] * 128)
"""The ASCII bytes beside which no number is valid."""


@cache
def _barred_letters() -> str:
    """A regex of the other characters beside which no number is valid: by the library's own say."""
    latin = PhoneNumberMatcher._is_latin_letter  # noqa: SLF001 - it says so nowhere else
    symbol = PhoneNumberMatcher._is_invalid_punctuation_symbol  # noqa: SLF001 - as above
    some = (c for c in map(chr, range(0x80, sys.maxunicode)) if category(c) in _BARRED_CATEGORIES)
    return "[" + "".join(c for c in some if latin(c) or symbol(c)) + "]"


_BARRED_CATEGORIES = frozenset({"Lu", "Ll", "Lt", "Lm", "Lo", "Mn", "Sc"})
