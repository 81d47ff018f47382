"""YAML with line numbers: plain values, and where each of them stands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
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

    def known(self, path: Path_) -> Path_:
        """The nearest known place on the way to `path`."""
        while path and path not in self.lines:
            path = path[:-1]
        return path

    def line(self, path: Path_) -> int:
        """The line of that place."""
        return self.lines.get(self.known(path), 1)

    def where(self, path: Path_ = ()) -> str:
        """That place as `file:line`."""
        return f"{self.file}:{self.line(path)}"


def read(file: Path) -> Document:
    """The file's value with lines; bad YAML, a repeated key or a bomb is a `RuleError`."""
    document = Document(file)
    try:
        if file.stat().st_size > MOST_BYTES:
            raise RuleError("too large for a file of rules", where=f"{file}:1")
        node = yaml.compose(file.read_text(encoding="utf-8"), Loader=_Loader)
        if node is not None:
            plain = _Plain(document)
            document.value = plain.value(node, ())
            if plain.wrong:
                raise RuleError.of(plain.wrong)
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
        self.wrong: list[RuleError] = []

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
        except (ValueError, OverflowError):
            self._told("not a value of the kind its tag names", node)
            return None

    def _items(self, node: yaml.MappingNode, path: Path_) -> Iterator[tuple[str, Any]]:
        seen: set[str] = set()
        for key_node, value_node in node.value:
            if not isinstance(key_node, yaml.ScalarNode):
                self._told("a key must be text", key_node)
                continue
            key = str(key_node.value)
            if key in seen:
                self._told(f"the key {key!r} stands twice", key_node)
                continue
            seen.add(key)
            value = self.value(value_node, (*path, key))
            self.document.lines[*path, key] = key_node.start_mark.line + 1
            yield key, value

    def _told(self, what: str, node: yaml.Node) -> None:
        where = f"{self.document.file}:{node.start_mark.line + 1}"
        self.wrong.append(RuleError(what, where=where))


def shaped(model: type[M], value: Any, document: Document, path: Path_ = ()) -> M:
    """`value` as a `model`; all that is wrong is one `RuleError`, each part with file and line."""
    try:
        return model.model_validate(value)
    except ValidationError as error:
        every: Iterable[Mapping[str, Any]] = error.errors(include_url=False, include_input=False)
        raise RuleError.of(_errors(every, model, document, path)) from None


def _errors(
    every: Iterable[Mapping[str, Any]], model: type[BaseModel], document: Document, path: Path_
) -> Iterator[RuleError]:
    """An error for each place: values and keys by their lines, then keys that are missing."""
    found = [(tuple(part for part in one["loc"] if part != "[key]"), one) for one in every]
    # A list is counted without what is wrong in it: only that is told.
    above = {loc[:i] for loc, _ in found for i in range(len(loc))}
    found = [(loc, one) for loc, one in found if one["type"] != "too_short" or loc not in above]
    unknown = [loc for loc, one in found if one["type"] == "extra_forbidden"]
    hints = {loc: nearest(str(loc[-1]), _keys(model, loc[:-1])) for loc in unknown}
    meant = {(*loc[:-1], hint) for loc, hint in hints.items()}
    found.sort(key=lambda f: (f[1]["type"] == "missing", document.line((*path, *f[0]))))
    told: set[Path_] = set()
    for loc, one in found:
        at, name = (*path, *loc), str(loc[-1]) if loc else ""
        # A value that fits no shape it may have is wrong once, not once for each of them.
        place = document.known(at)
        if one["type"] == "missing" and place == at[:-1]:
            place = at
            # A key that nobody knows says more than the one that is missing for it.
            told |= {at} if (*loc[:-1], nearest(name, [name])) in meant else set()
        if place not in told:
            told.add(place)
            what = f"unknown key {name!r}" if loc in hints else _said(at, one["msg"])
            yield RuleError(what, where=document.where(at), hint=hints.get(loc, ""))


def _said(at: Path_, message: str) -> str:
    said = message.removeprefix("Value error, ")
    for theirs, ours in (
        ("valid tuple", "list"),
        ("Tuple", "List"),
        ("valid dictionary", "mapping"),
    ):
        said = said.replace(theirs, ours)
    return f"{_dotted(at)}: {said}"


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
