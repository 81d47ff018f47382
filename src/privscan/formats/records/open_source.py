"""Templates of open-source matchers: SourceAFIS (CBOR, since 3.0) and libfprint (FP3)."""

from __future__ import annotations

import re
from typing import Any

from privscan.formats.records.record import (
    Cursor,
    Malformed,
    Record,
    RecordEndError,
    RecordShapeError,
    View,
    no,
)

SOURCEAFIS = re.compile(rb"[\xa1-\xb7\xbf](?:\x18.)?\x67version[\x60-\x78]", re.DOTALL)
"""A map of CBOR (RFC 8949) whose first key is the version."""

LIBFPRINT = re.compile(rb"FP3")
_NBIS, _OFFSETS = b"\0(a(aiaiai))", 64
"""The type that stands behind minutiae of NBIS, before the offsets that end libfprint's variant."""

_ENTITY = "fingerprint"
_LISTS = ("positionsX", "positionsY", "directions")
_MOST = 4_096
"""Elements of a list or map: a template has some dozens of minutiae."""

_BREAK = 0xFF
_DEEP = 4


def sourceafis(data: bytes) -> Record | Malformed | None:
    """The template; None for all other maps."""
    standard = "SourceAFIS"
    try:
        found = _item(Cursor(data), 0)
    except RecordEndError:
        named = all(name.encode() in data for name in ("width", "height", "positionsX"))
        return Malformed(standard, "it ends early") if named else None
    except RecordShapeError:
        return None
    if not isinstance(found, dict):
        return None
    kinds, lists = found.get("types"), [found.get(name) for name in _LISTS]
    sizes = {len(some) for some in lists if isinstance(some, list)}
    if not isinstance(kinds, str) or None in lists or sizes != {len(kinds)}:
        return None
    sides = {name: found.get(name) for name in ("width", "height")}
    measures = {name: side for name, side in sides.items() if isinstance(side, int)}
    return Record(standard, (View(_ENTITY, {"minutiae": len(kinds), **measures}),))


def libfprint(data: bytes) -> Record | None:
    """The stored print, known by its first bytes and by the type of its data, which ends it."""
    return Record("libfprint FP3", (View(_ENTITY),)) if _NBIS in data[-_OFFSETS:] else None


def _item(cursor: Cursor, depth: int) -> Any:
    """One item of CBOR: whole numbers, texts, lists and maps are kept, of others only that they are."""
    first = cursor.number(1)
    kind, more = first >> 5, first & 31
    if kind in {4, 5} and (depth > _DEEP or more in range(28, 31)):
        no("it is nested too deep")
    if more == 31:  # noqa: PLR2004  of unknown length
        return _open(cursor, kind, depth)
    size = more if more < 24 else cursor.number(1 << more - 24) if more < 28 else no("no length")  # noqa: PLR2004  codes of RFC 8949
    match kind:
        case 0 | 1:
            return -1 - size if kind else size
        case 2 | 3:
            return cursor.take(size).decode("utf-8", "replace")
        case 4 | 5:
            return _items(cursor, kind, size, depth)
        case 6:
            return _item(cursor, depth + 1) if depth < _DEEP else no("it is nested too deep")
        case _:
            return None


def _items(cursor: Cursor, kind: int, size: int, depth: int) -> Any:
    if size > _MOST:
        no("a list is too long")
    if kind == 4:  # noqa: PLR2004  a list
        return [_item(cursor, depth + 1) for _ in range(size)]
    return {str(_item(cursor, depth + 1)): _item(cursor, depth + 1) for _ in range(size)}


def _open(cursor: Cursor, kind: int, depth: int) -> Any:
    """The items of a list or map up to its end sign."""
    found: list[Any] = []
    while cursor.left and cursor.data[cursor.at] != _BREAK and len(found) <= 2 * _MOST:
        found.append(_item(cursor, depth + 1))
    cursor.skip(1)
    if kind == 4:  # noqa: PLR2004  a list
        return found
    return dict(zip(map(str, found[::2]), found[1::2], strict=False))
