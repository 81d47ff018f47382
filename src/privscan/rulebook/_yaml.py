"""YAML with line numbers: plain values, and where each of them stands."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar, get_args

import yaml
from pydantic import BaseModel, ValidationError

from privscan.errors import RuleError, nearest

M = TypeVar("M", bound=BaseModel)

MOST_NODES = 500_000
"""A rule file with more values than this is an alias bomb, not a rule file."""

MOST_BYTES = 10_000_000
"""A file larger than this is data, not rules."""

try:
    from yaml import CSafeLoader as _Loader
except ImportError:
    from yaml import SafeLoader as _Loader  # type: ignore[assignment]

_AS_WRITTEN = {_Loader.DEFAULT_SCALAR_TAG, "tag:yaml.org,2002:timestamp"}
"""Tags of values that stay the texts that they are."""

Path_ = tuple[str | int, ...]


@dataclass(slots=True)
class Document:
    """A file's value, and the line of each path in it."""

    file: Path
    value: Any = None
    lines: dict[Path_, int] = field(default_factory=dict)

    def where(self, path: Path_ = ()) -> str:
        """`file:line` of the nearest known place on the way to `path`."""
        while path and path not in self.lines:
            path = path[:-1]
        return f"{self.file}:{self.lines.get(path, 1)}"


def read(file: Path) -> Document:
    """The file's value with lines; bad YAML, a repeated key or a bomb is a `RuleError`."""
    document = Document(file)
    try:
        if file.stat().st_size > MOST_BYTES:
            raise RuleError("too large for a file of rules", where=f"{file}:1")
        node = yaml.compose(file.read_text(encoding="utf-8"), Loader=_Loader)
        if node is not None:
            document.value = _Plain(document).value(node, ())
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        raise RuleError(f"not YAML: {error.problem}", where=f"{file}:{line}") from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise RuleError("not YAML in UTF-8", where=f"{file}:1") from error
    except RecursionError as error:
        raise RuleError("nested too deeply", where=f"{file}:1") from error
    except OSError as error:
        raise RuleError(f"cannot be read: {error.strerror}", where=str(file)) from error
    return document


class _Plain(yaml.constructor.SafeConstructor):
    """Builds plain values, notes their lines, and counts them."""

    def __init__(self, document: Document) -> None:
        super().__init__()
        self.document, self.count = document, 0

    def value(self, node: yaml.Node, path: Path_) -> Any:
        self.count += 1
        if self.count > MOST_NODES:
            raise RuleError("too many values", where=f"{self.document.file}:1")
        self.document.lines[path] = node.start_mark.line + 1
        if isinstance(node, yaml.MappingNode):
            return dict(self._items(node, path))
        if isinstance(node, yaml.SequenceNode):
            return [self.value(child, (*path, i)) for i, child in enumerate(node.value)]
        if node.tag in _AS_WRITTEN:
            return node.value
        try:
            return self.construct_object(node)
        except (ValueError, OverflowError) as error:
            where = f"{self.document.file}:{node.start_mark.line + 1}"
            raise RuleError("not a value of the kind its tag names", where=where) from error

    def _items(self, node: yaml.MappingNode, path: Path_) -> Iterator[tuple[str, Any]]:
        seen: set[str] = set()
        for key_node, value_node in node.value:
            if not isinstance(key_node, yaml.ScalarNode):
                where = f"{self.document.file}:{key_node.start_mark.line + 1}"
                raise RuleError("a key must be text", where=where)
            key = str(key_node.value)
            if key in seen:
                where = f"{self.document.file}:{key_node.start_mark.line + 1}"
                raise RuleError(f"the key {key!r} stands twice", where=where)
            seen.add(key)
            value = self.value(value_node, (*path, key))
            self.document.lines[*path, key] = key_node.start_mark.line + 1
            yield key, value


def shaped(model: type[M], value: Any, document: Document, path: Path_ = ()) -> M:
    """`value` as a `model`; the first thing wrong is a `RuleError` with file and line."""
    try:
        return model.model_validate(value)
    except ValidationError as error:
        errors = error.errors(include_url=False, include_input=False)
        # A key that nobody knows says more than the one that is missing for it.
        first = min(errors, key=lambda e: e["type"] != "extra_forbidden")
        loc = tuple(part for part in first["loc"] if part != "[key]")
        at = (*path, *loc)
        name = str(loc[-1]) if loc else ""
        unknown = first["type"] == "extra_forbidden"
        said = first["msg"].removeprefix("Value error, ")
        said = said.replace("valid tuple", "list").replace("valid dictionary", "mapping")
        what = f"unknown key {name!r}" if unknown else f"{_dotted(at)}: {said}"
        hint = nearest(name, _keys(model, loc[:-1])) if unknown else ""
        raise RuleError(what, where=document.where(at), hint=hint) from None


def _keys(model: type[BaseModel], path: Path_) -> list[str]:
    """The keys that the shape at `path` below a model takes."""
    for part in path:
        if part in (keys := _by_key(model)):
            nested = [model, *_models(keys[str(part)])]
            model = nested[-1]
    return [*_by_key(model)]


def _by_key(model: type[BaseModel]) -> dict[str, Any]:
    return {field.alias or name: field.annotation for name, field in model.model_fields.items()}


def _models(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for part in get_args(annotation):
        yield from _models(part)


def _dotted(path: Path_) -> str:
    return ".".join(map(str, path)) or "file"
