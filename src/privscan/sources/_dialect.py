"""How a delimited file is written: encoding, delimiter, quoting, header, from its first bytes."""

from __future__ import annotations

import csv
import hashlib
import io
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from privscan.sources._bytes import HEAD
from privscan.sources._cells import unique_names
from privscan.sources._encoding import encoding_of
from privscan.sources._header import has_header

DELIMITERS = ",;\t|"
NONE = "\x1f"
"""Delimiter of text that has none: every line is one cell."""

ROWS = 200
"""Records judged."""


@dataclass(frozen=True, slots=True)
class Dialect:
    """How to read the file. `names` are unique; without a header they are `column_N`.

    The first `preamble` records stand before the header and are data (titles, comments).
    """

    encoding: str
    delimiter: str
    names: tuple[str, ...]
    header: bool
    preamble: int = 0

    @property
    def quote(self) -> bool:
        """Whether a double quote may wrap a cell."""
        return self.delimiter != NONE


def dialect(head: bytes, sample: bytes | None = None) -> Dialect | None:
    """The dialect of text that begins with `head`; None if it is no text.

    `sample` is where the encoding is judged from, if not from `head`. Remembered by their digest:
    a plan asks for a file's dialect three times.
    """
    judged = head if sample is None else sample
    known = _known(hashlib.blake2b(head).digest(), hashlib.blake2b(judged).digest())
    if not known:
        known.append(_dialect(head, judged))
    return known[0]


@lru_cache(maxsize=32_768)
def _known(_head: bytes, _judged: bytes) -> list[Dialect | None]:
    """Where the answer for such bytes is kept, empty at first."""
    return []


def _dialect(head: bytes, judged: bytes) -> Dialect | None:
    encoding = encoding_of(judged)
    text = head.decode(encoding, "replace").removeprefix("\ufeff")
    if len(head) >= HEAD:
        text = text[: max(text.rfind("\n"), text.rfind("\r")) + 1] or text
    if not text.strip() or not _is_text(text):
        return None
    delimiter, rows = _cut(text)
    width = Counter(map(len, rows)).most_common(1)[0][0]
    preamble = _preamble(rows, width)
    table = rows[preamble:]
    header = has_header(table)
    said = table[0] if header else []
    surplus = [f"extra_{i + 1}" for i in range(width - len(said))] if header else []
    names = unique_names([*said, *surplus] if header else [""] * width)
    return Dialect(encoding, delimiter, tuple(names), header, preamble if header else 0)


_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f]")


def _is_text(text: str) -> bool:
    """Few control characters; NUL bytes are suffered, as exports from C programs hold them.

    What did not decode is suffered beside much that did: two encodings in one file.
    """
    control = len(_CONTROL.findall(text))
    lost, most = text.count("\ufffd"), max(2, len(text) / 20)
    good = sum(c >= "\xa0" for c in text) - lost if lost > most else 0
    return control <= most and (control + lost <= most or lost <= 10 * good)


def _cut(text: str) -> tuple[str, list[list[str]]]:
    """The delimiter that cuts most records into the same number (> 1) of fields, and the records.

    Text that none cuts evenly has no delimiter.
    """
    best: tuple[float, int, str, list[list[str]]] = (0.0, 0, NONE, [])
    for delimiter in DELIMITERS:
        rows = records(text, delimiter, ROWS)
        if not rows:
            continue
        width, count = Counter(map(len, rows)).most_common(1)[0]
        share = count / len(rows) if width > 1 else 0.0
        if (share, width) > best[:2]:
            best = (share, width, delimiter, rows)
    if best[0] >= 0.5:  # noqa: PLR2004  a delimiter that cuts half the lines evenly is one
        return best[2], best[3]
    if any(line.count('"') % 2 for line in text.splitlines()[:ROWS]):
        quoted = records(text, ",", ROWS)
        if quoted and all(len(row) == 1 for row in quoted):
            return ",", quoted
    return _lines(text)


def _lines(text: str) -> tuple[str, list[list[str]]]:
    lines = [[line] for line in text.splitlines() if line.strip()][:ROWS]
    if any('"' in line[0][:1] and line[0].endswith('"') for line in lines):
        return ",", records(text, ",", ROWS)
    return NONE, lines


def records(text: str, delimiter: str, most: int | None = None) -> list[list[str]]:
    """Up to `most` records that are not blank lines; a broken quote ends them early."""
    csv.field_size_limit(1 << 30)
    found: list[list[str]] = []
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
            if row:
                found.append(row)
            if len(found) == most:
                break
    except csv.Error:
        return found
    return found


def _preamble(rows: Sequence[Sequence[str]], width: int) -> int:
    """How many narrow records stand before the first of the usual width, or one less."""
    for i, row in enumerate(rows):
        if len(row) == width:
            near = i and len(rows[i - 1]) == width - 1 and width > 2  # noqa: PLR2004  rows ending in a delimiter
            return i - 1 if near else i
    return 0
