"""How people are spread over the groups of protected columns that are there; none is inferred."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from privscan.model.kinds import State
from privscan.model.profile import Balance, Group
from privscan.rulebook.counted import COUNTED, balance
from privscan.rulebook.predicate import LEAST, REST

if TYPE_CHECKING:
    from collections.abc import Mapping

    from privscan.evidence.column import ColumnEvidence
    from privscan.model.profile import ColumnProfile
    from privscan.rulebook.counted import Balance as Rules

_DATED = ("dates/", "short/", "timed/", "years/")
"""How detectors call dates by decade; a year alone in a column of births is one too."""

_KNOWN = 0.5
"""Share of the cells that words, bands or decades must take, or they are not what the column holds."""

Counts = dict[str, int]


def balances(
    columns: Iterable[ColumnProfile], seen: Mapping[str, ColumnEvidence]
) -> Iterator[Balance]:
    """The table of each protected column in clear that has few groups, in the order of columns."""
    for column in columns:
        entity = column.entity
        if entity in balance().protected and _in_clear(column):
            made = _counted(entity, column, seen[column.path])
            if made is not None:
                yield made


def _in_clear(column: ColumnProfile) -> bool:
    return any(
        e.entity == column.entity and e.state in {State.PLAIN, State.GENERALISED}
        for e in column.entities
        if e.confidence >= LEAST
    )


def _counted(entity: str, column: ColumnProfile, seen: ColumnEvidence) -> Balance | None:
    """By words, bands or decades where these take most of the cells, else by rank."""
    rules, filled = balance(), column.rows - column.nulls
    for basis, counts in (
        ("words", _by_detector(seen, f"{COUNTED}{entity}") if rules.of(entity) else {}),
        ("ages", _by_detector(seen, f"{COUNTED}{entity}") if entity == "age" else {}),
        ("decades", _decades(seen) if entity == "dob" else {}),
    ):
        if sum(counts.values()) >= max(1, _KNOWN * filled):
            return _table(column.path, entity, basis, _whole(counts, entity, rules, filled), rules)
    return _ranked(entity, column, seen, rules)


def _by_detector(seen: ColumnEvidence, counted: str) -> Counts:
    found: Counter[str] = Counter()
    for key, tally in seen.tallies.items():
        if key.entity == counted:
            found[key.detector.partition("/")[2]] += tally.cells
    return found


def _decades(seen: ColumnEvidence) -> Counts:
    found: Counter[str] = Counter()
    for key, tally in seen.tallies.items():
        if key.entity == "dob" and key.detector.startswith(_DATED):
            found[key.detector.partition("/")[2]] += tally.cells
    return found


def _whole(counts: Counts, entity: str, rules: Rules, filled: int) -> Counts:
    """With groups that were expected and are not there, and the cells that are of none."""
    absent = {group.id: 0 for group in rules.of(entity) if group.expected}
    rest = filled - sum(counts.values())
    return absent | counts | ({REST: rest} if rest > 0 else {})


def _ranked(
    entity: str, column: ColumnProfile, seen: ColumnEvidence, rules: Rules
) -> Balance | None:
    """Groups without names, by size: what values stand there is not kept."""
    sizes = sorted(map(int, seen.values.counts), reverse=True)
    if not seen.values.exact or not 1 < len(sizes) <= rules.most_groups:
        return None
    counts = {f"#{number}": size for number, size in enumerate(sizes, 1)}
    return _table(column.path, entity, "ranks", counts, rules)


def _table(path: str, entity: str, basis: str, counts: Counts, rules: Rules) -> Balance:
    cells = sum(counts.values())
    ordered = dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))
    return Balance(path, entity, basis, cells, tuple(_bounded(ordered, rules.least)))


def _bounded(counts: Counts, least: int) -> Iterator[Group]:
    """Small groups as a range; where there is one only, the next one too, or it follows from it."""
    small = [name for name, size in counts.items() if 0 < size < least]
    large = [name for name, size in counts.items() if size >= least]
    blurred = large[-1:] if len(small) == 1 else []
    for name, size in counts.items():
        if name in small:
            yield Group(name, 1, least - 1)
        elif name in blurred:
            yield Group(name, size // least * least, size // least * least + least - 1)
        else:
            yield Group(name, size, size)
