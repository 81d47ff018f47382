"""JSON objects that are maps: their keys are data, so they must be cells and never names."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

import pyarrow as pa

from privscan.sources._header import VALUE, named

MOST_KEYS = 64
"""An object inside a record with more keys than this is a map."""

FEW = 3
"""So many entries alike are a map, if their keys are not written like names of fields."""

MANY = 8
"""So many entries alike are a map, however their keys are written."""

PROBED = 16_384
"""Bytes looked at for keys that are data before Arrow would make a column of each."""

_KEY = re.compile(rb'"((?:[^"\\]|\\.){1,200})"\s*:')
_ODD = re.compile(r"[\s\d@]|[^\x00-\x7f]")


def keyed_by_data(sample: bytes) -> bool:
    """Whether JSON text has a key that is a value: an address, a long number, a date."""
    return any(VALUE.search(key.decode("utf-8", "replace")) for key in set(_KEY.findall(sample)))


def is_value(key: str) -> bool:
    """Whether a key by itself, its neighbours unseen, may be a value rather than a field's name."""
    return _is_odd(key) or VALUE.search(key) is not None


def is_map(pairs: Sequence[tuple[str, Any]], *, nested: bool) -> bool:
    """Whether an object, its objects as tuples of pairs, has data for keys.

    It is judged by itself: its neighbours, and so where the text is cut, do not matter.
    """
    if nested and len(pairs) > MOST_KEYS:
        return True
    filled = [value for _, value in pairs if value is not None]
    if len(filled) < FEW or len({type(v) for v in filled}) > 1:
        return False
    if not isinstance(filled[0], (tuple, list)):
        return False
    odd = any(map(_is_odd, (key for key, _ in pairs)))
    shapes = [shape for value in filled if (shape := _fields(value))]
    if not shapes and isinstance(filled[0], list):
        return odd and not _is_columns(pairs)
    common, every = set.intersection(*shapes or [set()]), set.union(*shapes or [set()])
    if len(shapes) < FEW or not common or every == set(map(str, range(len(every)))):
        return False
    return odd or (len(shapes) >= MANY and 2 * len(common) >= len(every))


def _is_odd(key: str) -> bool:
    return _ODD.search(key.strip()) is not None


def _fields(value: Sequence[Any]) -> set[str]:
    """Keys of an object, or of the objects in a list."""
    if isinstance(value, tuple):
        return {key for key, _ in value}
    return {key for element in value if isinstance(element, tuple) for key, _ in element}


def _is_columns(pairs: Sequence[tuple[str, Any]]) -> bool:
    """Whether lists are a table's columns: of one length, under names that columns have."""
    sizes = {len(value) for _, value in pairs if value is not None}
    return len(sizes) == 1 and named([key for key, _ in pairs]) > len(pairs) / 3


def may_be_maps(fields: Iterable[pa.Field], *, nested: bool = False) -> bool:
    """Whether some object of such a schema can have data for keys; no for certain, yes perhaps."""
    every = list(fields)
    if (nested and len(every) > MOST_KEYS) or any(VALUE.search(field.name) for field in every):
        return True
    inner = [_innermost(field.type) for field in every]
    structs = [kind for kind in inner if pa.types.is_struct(kind)]
    shared = Counter(field.name for kind in structs for field in kind)
    alike = max(shared.values(), default=0)
    if any(_is_odd(field.name) for field in every):
        lists = sum(pa.types.is_list(field.type) for field in every)
        alike = MANY if max(alike, lists) >= FEW else 0
    return alike >= MANY or any(may_be_maps(kind, nested=True) for kind in structs)


def _innermost(kind: pa.DataType) -> pa.DataType:
    while pa.types.is_list(kind):
        kind = kind.value_type
    return kind
