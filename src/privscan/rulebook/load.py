"""rules/*.yaml as one frozen `Rulebook`: loaded once, cross-checked, with a digest."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache, wraps
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

from privscan.errors import RuleError, nearest
from privscan.rulebook._yaml import Document, Path_, read, shaped
from privscan.rulebook.folders import files, layers, rules_folder, single
from privscan.rulebook.policies import Policy
from privscan.rulebook.policy_files import Known, read_policies
from privscan.rulebook.schema import Entity, Groups, Principle, Rule, Scoring, Shape, When

S = TypeVar("S", bound=Shape)
T = TypeVar("T")
P = ParamSpec("P")

SHARED = frozenset({"version", "as_of", "status", "source"})
"""Keys that a rule file may hold beside its lists."""


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
    places: Mapping[str, str]
    """`file:line` of each rule by its id."""

    @property
    def rules(self) -> tuple[Rule, ...]:
        """Checks, then laws."""
        return self.checks + self.laws


def by_rules(most: int | None = None) -> Callable[[Callable[P, T]], Callable[P, T]]:
    """A decorator: answers that follow from rules are kept, for each rules folder its own.

    `most` bounds how many are kept where they follow from headers too.
    """

    def decorated(function: Callable[P, T]) -> Callable[P, T]:
        def of_folder(_: Path, *given: P.args, **named: P.kwargs) -> T:
            return function(*given, **named)

        kept: Callable[..., T] = lru_cache(maxsize=most)(of_folder)

        @wraps(function)
        def asked(*given: P.args, **named: P.kwargs) -> T:
            return kept(rules_folder(), *given, **named)

        return asked

    return decorated


def rulebook() -> Rulebook:
    """The rules of `rules_folder()`, cached by folder; a wrong file is a `RuleError`."""
    return load(rules_folder())


@cache
def load(folder: Path) -> Rulebook:
    """The rules of a folder, cross-checked: the first link that is broken is a `RuleError`."""
    rules = assembled(folder)
    for error in broken_links(rules):
        raise error
    return rules


def assembled(folder: Path) -> Rulebook:
    """The rules of a folder, each of the right shape, their names not yet followed."""
    places: dict[str, str] = {}
    entities = _by_id(files(folder, "entities"), "entities", Entity, {})
    groups = _groups(single(folder, "groups.yaml"), entities)
    laws = tuple(_by_id(files(folder, "laws"), "rules", Rule, places).values())
    checks = tuple(_by_id(files(folder, "principles"), "checks", Rule, places).values())
    known = Known.of(entities, groups, (*laws, *checks))
    policies = read_policies(files(folder, "policies"), known)
    return Rulebook(
        entities=entities,
        groups=groups,
        principles=_by_id(files(folder, "principles"), "principles", Principle, {}),
        laws=laws,
        checks=checks,
        scoring=read_shape(Scoring, single(folder, "scoring/scoring.yaml")),
        policies={policy.id: policy for policy in policies},
        digest=_digest(folder),
        places=places,
    )


def _digest(folder: Path) -> str:
    digest = hashlib.sha256()
    every = ((file, layer) for layer in layers(folder) for file in sorted(layer.rglob("*.yaml")))
    for file, layer in every:
        name, content = file.relative_to(layer).as_posix().encode(), file.read_bytes()
        digest.update(b"%d %d " % (len(name), len(content)) + name + content)
    return digest.hexdigest()[:16]


def broken_links(rules: Rulebook) -> Iterator[RuleError]:
    """Each name in a rule that nothing has, and each rule that stands under itself."""
    yield from _lost_names(rules)
    under = {rule.id: rule.under for rule in rules.rules}
    for name, hosts in under.items():
        above, ahead = set[str](), [*hosts]
        while ahead:
            host = ahead.pop()
            ahead += under.get(host, ()) if host not in above else ()
            above.add(host)
        if name in above:
            yield RuleError(f"{name} stands under itself", where=rules.places[name])


def _lost_names(rules: Rulebook) -> Iterator[RuleError]:
    entities = {*rules.entities, *rules.groups}
    ids = {rule.id for rule in rules.rules}
    for rule in rules.rules:
        for kind, names, known in (
            ("entity or group", _named(rule.when), entities),
            ("principle", rule.principles, rules.principles),
            ("rule", rule.under, ids),
        ):
            for name in names:
                if name not in known:
                    what = f"{rule.id}: no {kind} is called {name!r}"
                    yield RuleError(what, where=rules.places[rule.id], hint=nearest(name, known))


def _named(when: When) -> Iterator[str]:
    yield from (*when.has, *when.beside, *when.without)
    for one in (*when.all, *when.any, *((when.not_,) if when.not_ else ())):
        yield from _named(one)


def strangers(
    document: Document, named: Iterable[tuple[Path_, Iterable[str]]], known: Collection[str]
) -> list[RuleError]:
    """An error for each name, given with the place it stands at, that no entity has."""
    return [
        RuleError(
            f"no entity is called {name!r}", where=document.where(place), hint=nearest(name, known)
        )
        for place, names in named
        for name in names
        if name not in known
    ]


def read_shape(shape: type[S], file: Path) -> S:
    """One value of a file of its own (a policy, a dataset.yaml); errors name file and line."""
    document = read(file)
    return shaped(shape, {} if document.value is None else document.value, document)


def _by_id(every: Iterable[Path], key: str, shape: type[S], places: dict[str, str]) -> dict[str, S]:
    """The shapes in files by id; `places` learns where each stands."""
    found: dict[str, S] = {}
    for file in every:
        document = read(file)
        for path, value in entries(document, key):
            one = shaped(shape, value, document, path)
            name: str = one.id  # type: ignore[attr-defined]
            if name in found or name in places:
                raise RuleError(f"{name!r} is defined twice", where=document.where(path))
            found[name] = one
            if shape is Rule:
                places[name] = document.where(path)
    return found


_LISTS = {"principles": {"principles", "checks"}, "checks": {"principles", "checks"}}
"""Lists that may share a file with a list."""


def entries(document: Document, key: str) -> Iterator[tuple[Path_, Any]]:
    """Each entry of a file's list, with what the file says for all of them."""
    lists = _LISTS.get(key, {key})
    if not isinstance(document.value, dict) or not lists & document.value.keys():
        raise RuleError(f"a mapping with {key!r} is expected", where=document.where())
    for name in document.value.keys() - SHARED - lists:
        hint = nearest(name, SHARED | lists)
        raise RuleError(f"unknown key {name!r}", where=document.where((name,)), hint=hint)
    shared = {name: document.value.get(name) for name in ("as_of", "status")}
    given = {k: v for k, v in shared.items() if v is not None} if key in {"rules", "checks"} else {}
    listed = document.value.get(key, [])
    if not isinstance(listed, list):
        raise RuleError(f"{key!r} is no list", where=document.where((key,)))
    for i, value in enumerate(listed):
        yield (key, i), given | value if isinstance(value, dict) else value


def _groups(file: Path, entities: Mapping[str, Entity]) -> dict[str, frozenset[str]]:
    """The groups of a file, and those that follow from the entities themselves."""
    document = read(file)
    named = shaped(Groups, {} if document.value is None else document.value, document).groups
    groups: dict[str, frozenset[str]] = {}
    for name, members in named.items():
        for i, member in enumerate(members):
            if member not in entities:
                raise RuleError(
                    f"group {name!r} names an unknown entity {member!r}",
                    where=document.where(("groups", name, i)),
                    hint=nearest(member, entities),
                )
        groups[name] = frozenset(members)
    # A credential opens something; by itself it says nothing about anybody.
    groups["personal_any"] = frozenset(e.id for e in entities.values() if e.role != "C")
    groups["direct"] = frozenset(e.id for e in entities.values() if e.role == "D")
    return groups
