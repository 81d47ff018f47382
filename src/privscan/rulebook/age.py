"""How old rules are: the day on which somebody last held one against its clause."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from privscan.rulebook.load import Rulebook

MONTHS = 12
"""A rule whose `as_of` lies further back asks to be read again."""


def stale(rules: Rulebook, today: date) -> tuple[str, ...]:
    """Ids of checks, laws and policies, and `scoring`, that are older than `MONTHS` on a day.

    An `as_of` that is no date counts as old: nobody can tell when it was right.
    """
    return tuple(name for name, as_of in _dated(rules) if _older(as_of, today))


def _dated(rules: Rulebook) -> Iterator[tuple[str, str]]:
    yield from ((rule.id, rule.as_of) for rule in rules.rules)
    yield from ((policy.id, policy.as_of) for policy in rules.policies.values())
    yield "scoring", rules.scoring.as_of


def _older(as_of: str, today: date) -> bool:
    """Of a month or a year without a day, the first day counts."""
    try:
        day = date.fromisoformat(f"{as_of}-01-01"[:10])
    except ValueError:
        return True
    last = today.year * 12 + today.month - MONTHS
    return (day.year * 12 + day.month, day.day) < (last, today.day)
