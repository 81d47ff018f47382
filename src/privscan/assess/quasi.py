"""Which columns a profile proposes to measure re-identification on."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from privscan.assess.context import find_context, load_context
from privscan.model.data import in_list
from privscan.model.kinds import Kind, State
from privscan.rulebook.predicate import LEAST

if TYPE_CHECKING:
    from privscan.model.profile import ColumnProfile, DatasetProfile, EntityProfile
    from privscan.rulebook.load import Rulebook

MOST_QUASI = 15
"""Columns of one proposal, in name order."""

IDENTIFYING = 0.5
"""Identifying power from which a column singles out by itself: a device's id, not a birthday."""

KEYS = ("customer_id", "pseudonym")
"""Entities made to tell persons apart."""

UNSEEN = frozenset({State.REMOVED, State.ENCRYPTED_KEY_APART})
"""States in which nobody without the key knows a value by which to find a person."""

_CELLS = frozenset({Kind.TEXT, Kind.NUMBER, Kind.TIME})


def proposal(
    profile: DatasetProfile, rules: Rulebook
) -> tuple[tuple[str, ...], tuple[str, ...], str]:
    """Quasi-identifiers, sensitive columns and the subject key, by the roles of their entities.

    A key that differs in every row tells no rows of one person from another's, and is none.
    """
    roles = {
        column.path: (rules.entities[column.entity].role, rules.entities[column.entity].identifying)
        for column in _columns(profile)
        if column.entity
    }
    quasi = [p for p, (role, power) in roles.items() if role == "Q" and power < IDENTIFYING]
    keys = [
        column.path
        for column in _columns(profile)
        if column.entity in KEYS and column.distinct < profile.rows
    ]
    key = keys[0] if len(keys) == 1 else ""
    kept = sorted(path for path in quasi if path != key)[:MOST_QUASI]
    return tuple(kept), tuple(sorted(p for p, (role, _) in roles.items() if role == "S")), key


def declared_key(uri: str) -> str:
    """The subject key that a `dataset.yaml` beside the data declares, empty if none does."""
    file = find_context(uri)
    return load_context(file).subject_key if file else ""


def _columns(profile: DatasetProfile) -> Iterator[ColumnProfile]:
    for column in profile.columns:
        if column.kind in _CELLS and not in_list(column.path):
            yield column


def single_quasi(profile: DatasetProfile, rules: Rulebook) -> tuple[ColumnProfile, ...]:
    """Quasi-identifying columns of which no set with others was measured."""
    measured = {path for q in profile.quasi_identifiers for path in q.columns}
    return tuple(c for c in combining(profile, rules) if c.path not in measured)


def combining(profile: DatasetProfile, rules: Rulebook) -> tuple[ColumnProfile, ...]:
    """Columns that surely hold a quasi-identifier which does not single out by itself."""
    return tuple(
        column
        for column in _columns(profile)
        if any(_combines(found, rules) for found in column.entities)
    )


def _combines(found: EntityProfile, rules: Rulebook) -> bool:
    entity = rules.entities.get(found.entity)
    sure = found.confidence >= LEAST and found.state not in UNSEEN and not found.leak
    return entity is not None and entity.role == "Q" and entity.identifying < IDENTIFYING and sure
