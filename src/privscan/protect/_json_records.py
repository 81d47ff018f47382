"""Records of JSON lines and arrays as they are read before anything is written."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

import pyarrow as pa

from privscan.errors import UnreadableError, UsageError
from privscan.sources._bytes import Text, head
from privscan.sources._encoding import encoding_of, sampled
from privscan.sources._json_elements import Document, is_lines
from privscan.sources._json_wrapped import table_key
from privscan.sources._records import line_end, pieces

_TABLE = "a JSON document that is no array of records is not written"
_SIGNS = [chr(code) for code in range(0xE000, 0xE100)]
"""Of these one that the text does not hold marks a number, so that its digits stay as they are."""


def paths(uri: str) -> Iterator[str]:
    """The paths in the first part of the file; more may follow."""
    seen: dict[str, None] = {}
    for lines in parts(uri):
        for line in lines.splitlines():
            if line.strip():
                seen |= dict.fromkeys(_named("", loaded(line, _SIGNS[0], uri)))
        break
    yield from seen


def _named(path: str, value: Any) -> Iterator[str]:
    if path:
        yield path
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _named(f"{path}.{key}" if path else key, inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _named(f"{path}[]", inner)


def batches(uri: str, wanted: Iterable[str]) -> Iterator[pa.RecordBatch]:
    """The cells of some fields as text, one a record, one batch a piece of the file.

    Elements of lists are not one a record: `UsageError`.
    """
    names = list(wanted)
    listed = next((name for name in names if "[]" in name), None)
    if listed is not None:
        raise UsageError("elements of lists are not one a record", where=listed)
    for rows, sign in _records(uri):
        cells = {n: [_text(_at(row, n), sign) for row in rows] for n in names}
        yield pa.RecordBatch.from_pydict(
            {n: pa.array(c, pa.large_string()) for n, c in cells.items()}
        )


def leaves(uri: str) -> Iterator[list[tuple[str, pa.Array]]]:
    """All values that are no object or list, as text, by path, one list a piece of the file."""
    for rows, sign in _records(uri):
        found: dict[str, list[str | None]] = defaultdict(list)
        for row in rows:
            for path, value in _values("", row):
                found[path].append(_text(value, sign))
        yield [(path, pa.array(cells, pa.large_string())) for path, cells in found.items()]


def _values(path: str, value: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _values(f"{path}.{key}" if path else key, inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _values(f"{path}[]", inner)
    elif path:
        yield path, value


def _records(uri: str) -> Iterator[tuple[list[Any], str]]:
    """The records of each piece, and the sign that marks their numbers."""
    for lines in parts(uri):
        sign = sign_of(lines.decode())
        yield [loaded(line, sign, uri) for line in lines.splitlines() if line.strip()], sign


def _at(value: Any, path: str) -> Any:
    """The value at a path, None if there is none; names of fields may have dots."""
    if not isinstance(value, dict):
        return None
    if path in value:
        return value[path]
    for at in (i for i, letter in enumerate(path) if letter == "."):
        if path[:at] in value:
            return _at(value[path[:at]], path[at + 1 :])
    return None


def _text(value: Any, sign: str) -> str | None:
    if isinstance(value, str):
        return value.removeprefix(sign)
    return None if value is None else json.dumps(value)


def start_of(uri: str) -> str:
    """The start of the file as text."""
    start = head(uri)
    return start.decode(encoding_of(sampled(uri, start)), "replace").removeprefix("\ufeff")


def parts(uri: str) -> Iterator[bytes]:
    """Whole records, a line each; `UnreadableError` where a scan would leave something unread."""
    start = start_of(uri)
    text = Text(uri, encoding_of(sampled(uri, head(uri))))
    if table_key(start) is not None:
        raise UnreadableError(_TABLE, where=uri)
    if is_lines(start):
        yield from (
            piece.data.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
            for piece in pieces(text, line_end)
        )
    elif start.lstrip().startswith("["):
        document = Document(text, array=True)
        yield from document
        if not document.closed:
            raise UnreadableError("the JSON document has no end", where=uri)
    else:
        raise UnreadableError(_TABLE, where=uri)
    if text.bad or text.broken:
        raise UnreadableError("places do not decode, or the file breaks off", where=uri)


def sign_of(text: str) -> str:
    """A sign that the text does not hold, to mark numbers with."""
    low = text.lower()
    return next(s for s in _SIGNS if s not in text and f"\\u{ord(s):x}" not in low)


def loaded(line: str | bytes, sign: str, uri: str) -> Any:
    """The record of a line, its numbers as texts that the sign begins."""

    def marked(digits: str) -> str:
        return sign + digits

    try:
        return json.loads(line, parse_int=marked, parse_float=marked, parse_constant=marked)
    except (ValueError, RecursionError):
        pass
    raise UnreadableError("records are not JSON", where=uri)
