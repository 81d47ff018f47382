"""Reading policy files: every name in one is known, or the file is wrong."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from privscan.errors import RuleError, nearest
from privscan.registry import plugins
from privscan.rulebook._yaml import Document, Path_, read, shaped
from privscan.rulebook.policies import Policy
from privscan.rulebook.schema import Rule


@dataclass(frozen=True, slots=True)
class Known:
    """Names that a policy may use: entities with their groups, and checks."""

    entities: frozenset[str]
    checks: frozenset[str]

    @classmethod
    def of(cls, entities: Iterable[str], groups: Iterable[str], rules: Iterable[Rule]) -> Self:
        """The names in a rulebook."""
        return cls(frozenset({*entities, *groups}), frozenset(rule.id for rule in rules))


def read_policies(files: Iterable[Path], known: Known) -> tuple[Policy, ...]:
    """The policies in files; all that is wrong in any of them is one `RuleError`."""
    policies, errors = list[Policy](), list[RuleError]()
    for file in files:
        try:
            policies.append(read_policy(file, known))
        except RuleError as error:
            errors.append(error)
    if errors:
        raise RuleError.of(errors)
    return tuple(policies)


def read_policy(file: Path, known: Known) -> Policy:
    """A policy whose entities, groups, detectors and checks are all known.

    All that is wrong in its shape and its names is one `RuleError`.
    """
    document = read(file)
    value = {} if document.value is None else document.value
    strange = _strange_names(value, known, document)
    try:
        policy = shaped(Policy, value, document)
    except RuleError as error:
        raise RuleError.of((error, *strange)) from None
    if errors := tuple(strange):
        raise RuleError.of(errors)
    return policy


_KEYS, _EACH = "keys of", "each of"

_ENTITIES = (
    *((key, _EACH) for key in ("forbid", "forbid_clear", "stop_new")),
    *((key, _EACH, "entities", _EACH) for key in ("protect", "declare", "waivers")),
    ("examples", _EACH, "has", _KEYS),
)
_CHECKS = (("waivers", _EACH, "check"), ("examples", _EACH, "findings", _KEYS))
_DETECTORS = (("incomplete", "detectors", _EACH), ("examples", _EACH, "not_run", _EACH))
"""Where names stand in a policy file."""


def _strange_names(value: Any, known: Known, document: Document) -> Iterator[RuleError]:
    """Names that nothing has, in a file that need not have the shape of a policy."""
    detectors = frozenset(p.name for p in plugins("detectors"))
    default = {"stop_new": list(Policy.model_fields["stop_new"].default)}
    whole = default | value if isinstance(value, dict) else default
    for what, names, asked in (
        ("entity or group", known.entities, _ENTITIES),
        ("check", known.checks, _CHECKS),
        ("detector", detectors, _DETECTORS),
    ):
        for path, name in (place for form in asked for place in _names(whole, form)):
            if name and name not in names:
                yield RuleError(
                    f"no {what} is called {name!r}",
                    where=document.where(path),
                    hint=nearest(name, names),
                )


def _names(value: Any, form: tuple[str, ...], path: Path_ = ()) -> Iterator[tuple[Path_, str]]:
    """Each name that stands in a value at a place of that form."""
    if not form:
        if isinstance(value, str):
            yield path, value
        return
    first, *rest = form
    inner: Iterable[tuple[str | int, Any]] = ()
    if first == _EACH and isinstance(value, list):
        inner = enumerate(value)
    elif first == _KEYS and isinstance(value, dict):
        inner = ((key, key) for key in value)
    elif isinstance(value, dict) and first in value:
        inner = ((first, value[first]),)
    for key, one in inner:
        yield from _names(one, tuple(rest), (*path, key))
