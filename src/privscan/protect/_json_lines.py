"""JSON lines and arrays rewritten: order of fields, numbers to the digit, other lines to the byte."""

from __future__ import annotations

import codecs
import json
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa

from privscan.errors import UnreadableError, UsageError
from privscan.protect.columns import Treated
from privscan.protect.opened import Opened
from privscan.protect.packing import compressed
from privscan.protect.treating import Apply
from privscan.sources._bytes import Text, head
from privscan.sources._encoding import encoding_of, sampled
from privscan.sources._json_elements import Document, is_lines
from privscan.sources._json_wrapped import table_key
from privscan.sources._records import line_end, pieces

NAME = "json"

_TABLE = "a JSON document that is no array of records is not written"
_SIGNS = [chr(code) for code in range(0xE000, 0xE100)]
"""Of these one that the text does not hold marks a number, so that its digits stay as they are."""


def paths(uri: str) -> Iterator[str]:
    """The paths in the first part of the file; more may follow."""
    seen: dict[str, None] = {}
    for lines in _parts(uri):
        for line in lines.splitlines():
            if line.strip():
                seen |= dict.fromkeys(_named("", _loaded(line, _SIGNS[0], uri)))
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
    """The cells of some top-level fields as text, one batch a piece of the file."""
    names = list(wanted)
    for lines in _parts(uri):
        sign = _sign(lines.decode())
        rows = [_loaded(line, sign, uri) for line in lines.splitlines() if line.strip()]
        cells = {
            n: [_text(r.get(n) if isinstance(r, dict) else None, sign) for r in rows] for n in names
        }
        yield pa.RecordBatch.from_pydict(
            {n: pa.array(c, pa.large_string()) for n, c in cells.items()}
        )


def _text(value: Any, sign: str) -> str | None:
    if isinstance(value, str):
        return value.removeprefix(sign)
    return None if value is None else json.dumps(value)


def rewrite(uri: str, target: Path, treated: Treated, most: int | None = None) -> int:
    """Write the treated file to `target`; the number of its records, at most `most`."""
    if treated.rows:
        raise UsageError(
            "records of JSON are not made anonymous together",
            where=uri,
            hint="as Parquet or CSV they are",
        )
    start = head(uri)
    encoding = encoding_of(sampled(uri, start))
    array = not is_lines(_start(uri))
    encoder = codecs.getincrementalencoder(encoding)("strict")
    rows = 0
    with compressed(uri, target) as out:
        if start.startswith(codecs.BOM_UTF8):
            out.write(codecs.BOM_UTF8)
        out.write(encoder.encode("[\n" if array else ""))
        for lines in _parts(uri):
            records = [line for line in lines.decode().split("\n") if line.strip()]
            some = records if most is None else records[: most - rows]
            made = list(_treated(some, treated, uri))
            between = ",\n" if array else "\n"
            lead = ",\n" if array and rows and made else ""
            out.write(
                encoder.encode(lead + between.join(made) + ("" if array or not made else "\n"))
            )
            rows += len(some)
            if most is not None and rows >= most:
                break
        out.write(encoder.encode("\n]\n" if array else ""))
    return rows


def _start(uri: str) -> str:
    start = head(uri)
    return start.decode(encoding_of(sampled(uri, start)), "replace").removeprefix("\ufeff")


def _parts(uri: str) -> Iterator[bytes]:
    """Whole records, a line each; `UnreadableError` where a scan would leave something unread."""
    start = _start(uri)
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


def _sign(text: str) -> str:
    low = text.lower()
    return next(s for s in _SIGNS if s not in text and f"\\u{ord(s):x}" not in low)


def _loaded(line: str | bytes, sign: str, uri: str) -> Any:
    def marked(digits: str) -> str:
        return sign + digits

    try:
        return json.loads(line, parse_int=marked, parse_float=marked, parse_constant=marked)
    except (ValueError, RecursionError):
        pass
    raise UnreadableError("records are not JSON", where=uri)


_INT64 = 18
"""Digits that surely fit."""

Slot = tuple[Any, Any]
"""An object or list, and the key or place in it of a value."""


def _treated(lines: list[str], treated: Treated, uri: str) -> Iterator[str]:
    """The lines with their values treated, all values of a path at once."""
    sign = _sign("\n".join(lines))
    records = [_loaded(line, sign, uri) for line in lines]
    slots: dict[str, list[Slot]] = defaultdict(list)
    touched = [_collected("", record, treated, slots) for record in records]
    treated.seen.update(slots)
    for path, found in slots.items():
        _filled(found, treated.apply[path], sign)
    for line, record, changed in zip(lines, records, touched, strict=True):
        yield _dumped(record, line, sign) if changed else line


def _collected(path: str, value: Any, treated: Treated, slots: dict[str, list[Slot]]) -> bool:
    """Note the values to treat and take out those to drop; whether there were any."""
    if path and not treated.concerns(path):
        return False
    items = list(
        value.items()
        if isinstance(value, dict)
        else enumerate(value)
        if isinstance(value, list)
        else ()
    )
    changed = False
    for key, inner in items:
        within = f"{path}[]" if isinstance(value, list) else f"{path}.{key}" if path else key
        if within in treated.gone:
            if isinstance(value, list):
                raise UsageError(
                    "elements of a list are not dropped one by one",
                    where=within,
                    hint=f"drop {path} itself",
                )
            del value[key]
            treated.seen.add(within)
            changed = True
        elif within in treated.apply:
            if isinstance(inner, dict | list):
                raise UsageError(
                    "a field with parts is not treated whole",
                    where=within,
                    hint="name its parts: a.b",
                )
            if inner is not None:
                slots[within].append((value, key))
                changed = True
        else:
            changed |= _collected(within, inner, treated, slots)
    return changed


def _filled(found: list[Slot], apply: Apply, sign: str) -> None:
    """The values in the places noted are treated, those of one type together."""
    kinds: dict[Callable[[list[Any]], pa.Array], list[Slot]] = defaultdict(list)
    for place, key in found:
        kinds[_kind(place[key], sign)].append((place, key))
    for array, slots in kinds.items():
        given = [_bare(place[key], sign) for place, key in slots]
        # What was sealed has cells of several types again.
        made = apply.values(given) if isinstance(apply, Opened) else apply(array(given)).to_pylist()
        for (place, key), value in zip(slots, made, strict=True):
            place[key] = value


def _bare(value: Any, sign: str) -> Any:
    return value.removeprefix(sign) if isinstance(value, str) else value


def _kind(value: Any, sign: str) -> Callable[[list[Any]], pa.Array]:
    if isinstance(value, bool):
        return _truths
    if not value.startswith(sign):
        return _texts
    digits = value[len(sign) :]
    if re.fullmatch(r"-?\d{1,38}", digits):
        return _wholes if len(digits) <= _INT64 else _longs
    return _texts if "n" in digits.lower() else _floats


def _truths(values: list[bool]) -> pa.Array:
    return pa.array(values, pa.bool_())


def _texts(values: list[str]) -> pa.Array:
    return pa.array(values, pa.large_string())


def _wholes(values: list[str]) -> pa.Array:
    return pa.array([int(v) for v in values], pa.int64())


def _longs(values: list[str]) -> pa.Array:
    return pa.array([Decimal(v) for v in values], pa.decimal128(38, 0))


def _floats(values: list[str]) -> pa.Array:
    return pa.array([float(v) for v in values], pa.float64())


def _dumped(record: Any, line: str, sign: str) -> str:
    """The record in the style of its line: blanks after signs, characters beyond ASCII or escapes."""
    wide = '": ' in line or '", ' in line
    text = json.dumps(
        record,
        ensure_ascii=line.isascii() and "\\u" in line,
        separators=(", ", ": ") if wide else (",", ":"),
    )
    return re.sub(rf'"(?:{sign}|\\u{ord(sign):x})([^"]*)"', r"\1", text)
