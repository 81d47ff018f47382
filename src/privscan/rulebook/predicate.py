"""Whether a rule's condition holds for a profile, and what showed it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from privscan.model.kinds import State

if TYPE_CHECKING:
    from privscan.model.profile import ColumnProfile, DatasetProfile, EntityProfile, Group
    from privscan.rulebook.schema import When

LEAST = 0.5
"""Confidence from which an entity counts as present: even odds."""

Groups = Mapping[str, frozenset[str]]
Declared = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Sighting:
    """An entity seen in a column: cells that showed it and their share of the filled ones."""

    entity: str
    column: str
    cells: int
    share: float
    confidence: float


@dataclass(frozen=True, slots=True)
class Match:
    """A condition that holds: what showed it, other measures in words, and how sure it is.

    `places` are columns that measures speak of though no entity was sighted there.
    """

    sightings: tuple[Sighting, ...] = ()
    measures: tuple[str, ...] = ()
    confidence: float = 1.0
    places: tuple[str, ...] = ()

    @property
    def columns(self) -> tuple[str, ...]:
        """Every column that it speaks of, once."""
        return tuple(dict.fromkeys((*(s.column for s in self.sightings), *self.places)))

    def __and__(self, other: Match) -> Match:
        """Both hold: all that showed them, as sure as the less sure one."""
        sightings = dict.fromkeys(self.sightings + other.sightings)
        measures = dict.fromkeys(self.measures + other.measures)
        least = min(self.confidence, other.confidence)
        places = dict.fromkeys(self.places + other.places)
        return Match(tuple(sightings), tuple(measures), least, tuple(places))


def holds(when: When, profile: DatasetProfile, declared: Declared, groups: Groups) -> Match | None:
    """What shows that the condition holds for the profile and what was declared, else None."""
    match = Match()
    for found in _parts(when, profile, declared, groups):
        if found is None:
            return None
        match = match & found
    return match


def _parts(
    when: When, profile: DatasetProfile, declared: Declared, groups: Groups
) -> Iterator[Match | None]:
    """The match of each key that is given, None where it does not hold."""
    yield from (holds(one, profile, declared, groups) for one in when.all)
    if when.any:
        yield _several(when, profile, declared, groups)
    if when.not_ is not None:
        yield None if holds(when.not_, profile, declared, groups) else Match()
    if when.has:
        yield _has(when, profile, groups)
    if when.beside:
        seen = _seen(profile, members(when.beside, groups))
        yield Match(confidence=max(s.confidence for s in seen)) if seen else None
    if when.without:
        yield None if _seen(profile, members(when.without, groups)) else Match()
    if when.unneeded:
        yield _unneeded(profile, declared)
    yield from _bounds(when, profile)
    yield from _of_records(when, profile, declared)
    if when.imbalance is not None:
        yield _imbalance(when.imbalance, profile)
    yield from _of_context(when, declared)


def _several(
    when: When, profile: DatasetProfile, declared: Declared, groups: Groups
) -> Match | None:
    """At least `least` of the conditions; as sure as that many of them are."""
    found = [m for one in when.any if (m := holds(one, profile, declared, groups))]
    if len(found) < when.least:
        return None
    sure = sorted((match.confidence for match in found), reverse=True)[when.least - 1]
    sightings = tuple(dict.fromkeys(s for match in found for s in match.sightings))
    measures = tuple(dict.fromkeys(m for match in found for m in match.measures))
    places = tuple(dict.fromkeys(p for match in found for p in match.places))
    return Match(sightings, measures, sure, places)


def _sighted(column: ColumnProfile, e: EntityProfile) -> Sighting:
    return Sighting(e.entity, column.path, e.cells, e.share, e.confidence)


def _seen(profile: DatasetProfile, wanted: frozenset[str]) -> tuple[Sighting, ...]:
    """Where one of the entities is believed to be, and is not removed."""
    return tuple(
        _sighted(column, e)
        for column in profile.columns
        for e in column.entities
        if e.entity in wanted and e.confidence >= LEAST and e.state is not State.REMOVED
    )


def _has(when: When, profile: DatasetProfile, groups: Groups) -> Match | None:
    wanted = members(when.has, groups)
    states = when.state or tuple(state for state in State if state is not State.REMOVED)
    found = tuple(
        _sighted(column, e)
        for column in profile.columns
        for e in column.entities
        if e.entity in wanted
        and e.confidence >= LEAST
        and e.share >= when.least_share
        and (when.most_share is None or e.share <= when.most_share)
        and e.state in states
        and (when.leak is None or e.leak is when.leak)
    )
    if len({s.column for s in found}) < when.least_columns:
        return None
    return Match(found, confidence=max(s.confidence for s in found))


def _unneeded(profile: DatasetProfile, declared: Declared) -> Match | None:
    needed = _values(declared.get("needed_columns"))
    found = tuple(
        _sighted(column, e)
        for column in profile.columns
        for e in column.entities
        if needed and column.path not in needed and e.confidence >= LEAST
    )
    return Match(found, confidence=max(s.confidence for s in found)) if found else None


def _bounds(when: When, profile: DatasetProfile) -> Iterator[Match | None]:
    if when.min_subjects:
        said = f"{profile.subjects:,} subjects"
        yield Match(measures=(said,)) if profile.subjects >= when.min_subjects else None
    if when.single_out is not None:
        yield _single_out(when.single_out, profile)
    if when.least_level is not None:
        risk = profile.risk
        reached = risk is not None and risk.level.rank >= when.least_level.rank
        yield Match(measures=(f"score {risk.score:.1f}",)) if risk and reached else None
    if when.unread_over is not None:
        share = profile.unread_share
        yield Match(measures=(f"{share:.1%} unread",)) if share > when.unread_over else None


def _single_out(most: float, profile: DatasetProfile) -> Match | None:
    """Subjects in small classes, and the columns that make these."""
    widest = max(profile.quasi_identifiers, key=lambda q: q.share_below_k, default=None)
    if widest is None or widest.share_below_k <= most:
        return None
    share, k = widest.share_below_k, widest.k_min
    said = f"{share:.0%} of subjects in classes below k*, smallest k {k}"
    found = tuple(
        _sighted(column, e)
        for column in profile.columns
        if column.path in widest.columns
        for e in column.entities
        if e.confidence >= LEAST
    )
    sure = min((s.confidence for s in found), default=1.0)
    return Match(found, measures=(said,), confidence=sure)


def _of_records(when: When, profile: DatasetProfile, declared: Declared) -> Iterator[Match | None]:
    if when.overdue:
        days = declared.get("retention_days")
        yield _older(days, profile) if isinstance(days, int) else None
    if when.records_over is not None:
        yield _older(when.records_over, profile)


def _older(days: int, profile: DatasetProfile) -> Match | None:
    """Records surely more than so many days older than the newest of the dataset."""
    dated = [(c.path, c.dates) for c in profile.columns if c.dates]
    newest = max((dates.newest for _, dates in dated), default="")
    found = {path: dates for path, dates in dated if days_between(dates.oldest, newest) > days}
    said = tuple(
        f"records in {path} from {dates.oldest} to {dates.newest}: "
        f"{days_between(dates.oldest, newest):,} days or more before {newest}"
        for path, dates in found.items()
    )
    counted = sum(
        cells
        for dates in found.values()
        for year, cells in dates.years
        if days_between(f"{year}-12", newest) > days
    )
    more = (f"{counted:,} records older than {days:,} days",) if counted else ()
    return Match(measures=(*said, *more), places=tuple(found)) if found else None


def days_between(month: str, later: str) -> int:
    """Days that lie at least between a day of one month (2015-03) and one of a later month."""
    year, number = map(int, month.split("-"))
    end = date(year + number // 12, number % 12 + 1, 1)
    return (date.fromisoformat(f"{later}-01") - end).days + 1


def _imbalance(share: float, profile: DatasetProfile) -> Match | None:
    """Groups named by words, or by rank, of which one has no more than that share."""
    found = [
        one
        for one in profile.balance
        if one.basis in {"words", "ranks"}
        and any(_few(g, share * one.cells) for g in one.groups if g.name != REST)
    ]
    said = tuple(
        f"groups of {one.entity} in {one.column}: "
        + ", ".join(f"{g.name} {_bounded(g)}" for g in one.groups[:MOST_SAID])
        + f" of {one.cells:,}"
        for one in found
    )
    return Match(measures=said, places=tuple(one.column for one in found)) if found else None


def _few(group: Group, cells: float) -> bool:
    """Whether a group has so few cells; of a count that is not shown, that it may, and not by far more."""
    return group.least <= cells and group.most <= 2 * cells


def _bounded(group: Group) -> str:
    return f"{group.least:,}" if group.least == group.most else f"{group.least:,}-{group.most:,}"


MOST_SAID = 6
"""Groups of a column that a finding names; the table has all."""

REST = "rest"
"""The group of cells that no word or band of the others takes."""


def _of_context(when: When, declared: Declared) -> Iterator[Match | None]:
    yield from (None if declared.get(name) else Match() for name in when.missing)
    for name, values in when.declared.items():
        yield Match() if _values(declared.get(name)) & {*values} else None
    if when.retention_over is not None:
        days = declared.get("retention_days")
        longer = isinstance(days, int) and days > when.retention_over
        yield Match(measures=(f"kept {days:,} days",)) if longer else None


def members(names: tuple[str, ...], groups: Groups) -> frozenset[str]:
    """The entities that names of entities and groups stand for."""
    return frozenset().union(*(groups.get(name, frozenset({name})) for name in names))


def _values(value: object) -> frozenset[str]:
    if value is None:
        return frozenset()
    many = value if isinstance(value, (tuple, list)) else (value,)
    return frozenset(map(str, many))
