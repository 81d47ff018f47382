"""Choices that do the same to columns that hold the same: in a search one speaks for all."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from privscan.model.profile import ColumnProfile, EntityProfile
from privscan.protect.choice import Choice, Learned, Table

Said = tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class _Deed:
    """All of a choice that a score or a policy can tell."""

    treatment: str
    options: tuple[tuple[str, str], ...]
    before: Said
    after: Said | None
    sets: tuple[int, ...]
    named: str


def twins(
    choices: Iterable[Choice], table: Table, learned: Learned, named: frozenset[str]
) -> list[list[Choice]]:
    """The choices in groups whose members are as good as each other, the cheapest first in each.

    Columns in `named` are like no other.
    """
    held = table.held()
    groups: dict[_Deed, list[Choice]] = {}
    for choice in choices:
        one = choice.treatment
        seen = learned.get(str(one))
        after = None if seen is None else _said(one.column, seen.values())
        sets = tuple(
            i for i, q in enumerate(table.profile.quasi_identifiers) if one.column in q.columns
        )
        deed = _Deed(
            one.name,
            tuple(one.options.items()),
            _told(one.column, held.get(one.column, [])),
            after,
            sets,
            one.column if one.column in named else "",
        )
        groups.setdefault(deed, []).append(choice)
    return [sorted(same, key=lambda c: c.cost) for same in groups.values()]


def _said(path: str, columns: Iterable[ColumnProfile]) -> Said:
    return _told(path, [(c, e) for c in columns for e in c.entities])


def _told(path: str, seen: list[tuple[ColumnProfile, EntityProfile]]) -> Said:
    """What stands in which part of the column, how sure and in which state."""
    return tuple(
        sorted(
            (
                c.path.removeprefix(path),
                c.kind.value,
                e.entity,
                f"{e.confidence:.2f}",
                e.state.value,
            )
            for c, e in seen
        )
    )
