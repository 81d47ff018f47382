"""JSON lines and arrays rewritten: order of fields, numbers to the digit, other lines to the byte."""

from __future__ import annotations

import codecs
import json
import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa

from privscan.errors import UsageError
from privscan.protect._json_records import (
    batches,
    leaves,
    loaded,
    parts,
    paths,
    sign_of,
    start_of,
)
from privscan.protect.columns import Treated
from privscan.protect.opened import Opened
from privscan.protect.packing import compressed
from privscan.protect.treating import Apply
from privscan.sources._bytes import head
from privscan.sources._encoding import encoding_of, sampled
from privscan.sources._json_elements import is_lines

__all__ = ["JOINABLE", "NAME", "batches", "leaves", "paths", "rewrite"]

NAME = "json"
JOINABLE = False
"""Whether treatments may look at several columns of a row."""


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
    array = not is_lines(start_of(uri))
    encoder = codecs.getincrementalencoder(encoding)("strict")
    rows = 0
    with compressed(uri, target) as out:
        if start.startswith(codecs.BOM_UTF8):
            out.write(codecs.BOM_UTF8)
        out.write(encoder.encode("[\n" if array else ""))
        for lines in parts(uri):
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


_INT64 = 18
"""Digits that surely fit."""

Slot = tuple[Any, Any]
"""An object or list, and the key or place in it of a value."""


def _treated(lines: list[str], treated: Treated, uri: str) -> Iterator[str]:
    """The lines with their values treated, all values of a path at once."""
    sign = sign_of("\n".join(lines))
    records = [loaded(line, sign, uri) for line in lines]
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
