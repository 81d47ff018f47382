"""JSON, schema privscan-report/1: the contract that scripts and the other renderers rest on."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, fields, is_dataclass
from enum import Enum
from functools import cache
from types import NoneType, UnionType
from typing import Any, get_args, get_origin, get_type_hints

from privscan.model.profile import ColumnProfile
from privscan.model.report import SCHEMA, Report

PLUGIN = True
SUFFIXES = (".json",)


def render(report: Report, *, lang: str = "en") -> str:  # noqa: ARG001  the contract holds both languages
    """The whole report; both languages are in it."""
    return json.dumps(document(report), ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def document(report: Report) -> dict[str, Any]:
    """The report as plain values, keys in the order of the contract."""
    whole: dict[str, Any] = plain(asdict(report))
    whole["datasets"] = [_dataset(d) for d in whole["datasets"]]
    return {"schema": SCHEMA, **whole}


def plain(value: Any) -> Any:
    """A value of the model as JSON takes it."""
    if isinstance(value, Mapping):
        return {k: plain(v) for k, v in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(v) for v in value]
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, str):
        # A file name that is no Unicode holds half characters, which no encoding takes.
        return value.encode("utf-8", "replace").decode("utf-8")
    # Six decimals: a float's last digits differ between machines, and nobody reads them.
    return round(value, 6) if isinstance(value, float) else value


def _dataset(dataset: dict[str, Any]) -> dict[str, Any]:
    for column in dataset["columns"]:
        entity, confidence = column.pop("entity"), column.pop("confidence")
        column["class"] = {"entity": entity, "confidence": confidence} if entity else None
    return dataset


def read_report(text: str) -> Report:
    """The report in such a document; anything else raises ValueError, KeyError or TypeError."""
    value = json.loads(text)
    if value["schema"] != SCHEMA:
        raise ValueError(SCHEMA)
    report: Report = of_shape(Report, value)
    return report


def of_shape(shape: Any, value: Any) -> Any:
    """A value of the annotated shape; keys that a later minor version added are passed over."""
    if get_origin(shape) is not None:
        return _read_generic(get_origin(shape), get_args(shape), value)
    if is_dataclass(shape):
        return _read_fields(shape, value)
    if issubclass(shape, Enum):
        return shape(value)
    if shape is float and isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    if not isinstance(value, shape) or (shape is int and isinstance(value, bool)):
        raise TypeError(shape)
    return value


def _read_generic(origin: Any, inner: tuple[Any, ...], value: Any) -> Any:
    if origin is UnionType:
        return (
            None if value is None else of_shape(next(a for a in inner if a is not NoneType), value)
        )
    if origin is not tuple:
        return dict(value)
    if inner[1:] == (Ellipsis,):
        return tuple(of_shape(inner[0], one) for one in value)
    return tuple(of_shape(one, given) for one, given in zip(inner, value, strict=True))


def _read_fields(shape: Any, value: Any) -> Any:
    if shape is ColumnProfile:
        value = {**value, **(value["class"] or {})}
    hints = _hints(shape)
    given = {
        field.name: of_shape(hints[field.name], value[field.name])
        for field in fields(shape)
        if field.name in value
    }
    return shape(**given)


@cache
def _hints(shape: Any) -> dict[str, Any]:
    """The annotations of a shape, worked out once: a report holds thousands of each."""
    return get_type_hints(shape)
