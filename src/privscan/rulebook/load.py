"""rules/*.yaml as one frozen `Rulebook`: loaded once, cross-checked, with a digest."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from privscan.errors import RuleError, nearest
from privscan.rulebook._yaml import Document, read, shaped
from privscan.rulebook.schema import Entity, Policy, Principle, Rule, Scoring, Shape

S = TypeVar("S", bound=Shape)

SHARED = ("version", "as_of", "status", "source", "about")
"""Keys that a rule file may hold beside its list."""


@dataclass(frozen=True, slots=True)
class Rulebook:
    """Every rule in force; `laws` cite a law, `checks` are privscan's own findings."""

    entities: Mapping[str, Entity]
    groups: Mapping[str, frozenset[str]]
    principles: Mapping[str, Principle]
    laws: tuple[Rule, ...]
    checks: tuple[Rule, ...]
    scoring: Scoring
    policies: Mapping[str, Policy]
    digest: str

    @property
    def rules(self) -> tuple[Rule, ...]:
        """Checks, then laws."""
        return self.checks + self.laws


def rules_folder() -> Path:
    """`PRIVSCAN_RULES`, else the folder shipped in the wheel, else the checkout's `rules/`."""
    if given := os.environ.get("PRIVSCAN_RULES"):
        return Path(given)
    package = Path(__file__).parent.parent
    shipped = package / "_rules"
    return shipped if shipped.is_dir() else package.parent.parent / "rules"


def rulebook() -> Rulebook:
    """The rules of `rules_folder()`, cached by folder; a wrong file is a `RuleError`."""
    return load(rules_folder())


@cache
def load(folder: Path) -> Rulebook:
    """The rules of a folder, cross-checked."""
    if not folder.is_dir():
        raise RuleError("no such rules folder", where=str(folder), hint="unset PRIVSCAN_RULES")
    digest = hashlib.sha256()
    for file in sorted(folder.rglob("*.yaml")):
        digest.update(file.relative_to(folder).as_posix().encode() + b"\0" + file.read_bytes())
    entities = _by_id(folder / "entities", "entities", Entity)
    principles = _by_id(folder / "principles", "principles", Principle)
    groups = _groups(folder / "groups.yaml", entities)
    checks = tuple(_by_id(folder / "principles", "checks", Rule).values())
    laws = tuple(_by_id(folder / "laws", "rules", Rule).values())
    scoring = read_shape(Scoring, folder / "scoring" / "scoring.yaml")
    files = sorted((folder / "policies").glob("*.yaml"))
    policies = {p.id: p for p in (read_shape(Policy, file) for file in files)}
    return Rulebook(
        entities, groups, principles, laws, checks, scoring, policies, digest.hexdigest()[:16]
    )


def read_shape(shape: type[S], file: Path) -> S:
    """One value of a file of its own (a policy, a dataset.yaml); errors name file and line."""
    document = read(file)
    return shaped(shape, {} if document.value is None else document.value, document)


def _by_id(folder: Path, key: str, shape: type[S]) -> dict[str, S]:
    found: dict[str, S] = {}
    for file in sorted(folder.glob("*.yaml")):
        document = read(file)
        for path, value in _entries(document, key):
            one = shaped(shape, value, document, path)
            name: str = one.id  # type: ignore[attr-defined]
            if name in found:
                raise RuleError(f"{name!r} is defined twice", where=document.where(path))
            found[name] = one
    return found


def _entries(document: Document, key: str) -> Iterator[tuple[tuple[str | int, ...], Any]]:
    if not isinstance(document.value, dict):
        raise RuleError(f"a mapping with {key!r} is expected", where=document.where())
    shared = {
        name: document.value.get(name) for name in ("as_of", "status") if key in {"rules", "checks"}
    }
    for i, value in enumerate(document.value.get(key, ())):
        filled = {k: v for k, v in shared.items() if v is not None} | value
        yield (key, i), filled


def _groups(file: Path, entities: Mapping[str, Entity]) -> dict[str, frozenset[str]]:
    document = read(file)
    groups: dict[str, frozenset[str]] = {}
    for name, members in document.value["groups"].items():
        for i, member in enumerate(members):
            if member not in entities:
                raise RuleError(
                    f"group {name!r} names an unknown entity {member!r}",
                    where=document.where(("groups", name, i)),
                    hint=nearest(member, entities),
                )
        groups[name] = frozenset(members)
    groups["personal_any"] = frozenset(entities)
    groups["direct"] = frozenset(e.id for e in entities.values() if e.role == "D")
    return groups


def canonical(value: object) -> str:
    """JSON with sorted keys: equal values, equal text."""
    return json.dumps(value, sort_keys=True, ensure_ascii=False, default=str)
