"""Whether a rule's condition holds for a profile, what showed it, and the condition in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from privscan.model.kinds import State

if TYPE_CHECKING:
    from privscan.model.profile import ColumnProfile, DatasetProfile, EntityProfile
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
    """A condition that holds: what showed it, other measures in words, and how sure it is."""

    sightings: tuple[Sighting, ...] = ()
    measures: tuple[str, ...] = ()
    confidence: float = 1.0

    def __and__(self, other: Match) -> Match:
        """Both hold: all that showed them, as sure as the less sure one."""
        sightings = dict.fromkeys(self.sightings + other.sightings)
        measures = dict.fromkeys(self.measures + other.measures)
        least = min(self.confidence, other.confidence)
        return Match(tuple(sightings), tuple(measures), least)


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
    return Match(sightings, measures, sure)


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


def sentence(when: When, lang: str = "en") -> str:
    """The condition in words: `has my_number in state plain; at least 100 subjects`."""
    said = list(_phrases(when, lang))
    return ("; " if lang == "en" else "、かつ ").join(said) or _WORDS["always"][lang == "ja"]


_WORDS = {
    "always": ("always", "常に"),
    "all": ("all of ({})", "次のすべて({})"),
    "any": ("any of ({})", "次のいずれか({})"),
    "least": ("at least {} of ({})", "次のうち {} つ以上({})"),
    "not": ("not ({})", "次に当たらない({})"),
    "has": ("has {}", "{} を含む"),
    "state": ("in state {}", "保護状態が {}"),
    "leak": ("in free text", "自由記述中"),
    "column": ("as a column of its own", "独立した列として"),
    "least_share": ("in at least {} of the cells", "セルの {} 以上"),
    "least_columns": ("in at least {} columns", "{} 列以上に"),
    "beside": ("beside {}", "{} も含む"),
    "without": ("without {}", "{} を含まない"),
    "min_subjects": ("at least {} subjects", "本人 {} 人以上"),
    "single_out": ("more than {} of subjects in classes below k*", "k* 未満の群にある本人が {} 超"),
    "least_level": ("level {} or above", "レベル {} 以上"),
    "unread_over": ("more than {} unread", "未走査が {} 超"),
    "retention_over": ("kept for more than {} days", "保存期間が {} 日超"),
    "missing": ("dataset.yaml does not say {}", "dataset.yaml に {} がない"),
    "declared": ("dataset.yaml says {}", "dataset.yaml に {} とある"),
    "unneeded": ("columns that needed_columns does not name", "needed_columns にない列がある"),
}


def _phrases(when: When, lang: str) -> Iterator[str]:
    for key, values in (*_of_parts(when, lang), *_of_has(when), *_of_rest(when)):
        yield _WORDS[key][lang == "ja"].format(*values)


Said = Iterator[tuple[str, tuple[object, ...]]]


def _of_parts(when: When, lang: str) -> Said:
    if when.all:
        yield "all", (_each(when.all, lang),)
    if when.any and when.least > 1:
        yield "least", (when.least, _each(when.any, lang))
    elif when.any:
        yield "any", (_each(when.any, lang),)
    if when.not_ is not None:
        yield "not", (sentence(when.not_, lang),)


def _each(conditions: tuple[When, ...], lang: str) -> str:
    return " / ".join(f"[{sentence(one, lang)}]" for one in conditions)


def _of_has(when: When) -> Said:
    if when.has:
        yield "has", (" / ".join(when.has),)
    if when.state:
        yield "state", (" / ".join(when.state),)
    if when.leak is not None:
        yield ("leak" if when.leak else "column"), ()
    if when.least_share:
        yield "least_share", (_percent(when.least_share),)
    if when.least_columns > 1:
        yield "least_columns", (when.least_columns,)


def _of_rest(when: When) -> Said:
    bounds: dict[str, str | None] = {
        "beside": " / ".join(when.beside),
        "without": " / ".join(when.without),
        "min_subjects": f"{when.min_subjects:,}" if when.min_subjects else None,
        "single_out": _percent(when.single_out),
        "least_level": when.least_level.replace("_", " ") if when.least_level else None,
        "unread_over": _percent(when.unread_over),
        "retention_over": str(when.retention_over) if when.retention_over is not None else None,
        "missing": " / ".join(when.missing),
    }
    yield from ((key, (said,)) for key, said in bounds.items() if said)
    for name, values in when.declared.items():
        yield "declared", (f"{name}: {'/'.join(values)}",)
    if when.unneeded:
        yield "unneeded", ()


def _percent(share: float | None) -> str | None:
    return None if share is None else f"{share * 100:.10g}%"
