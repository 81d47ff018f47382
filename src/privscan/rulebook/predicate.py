"""Whether a rule's condition holds for a profile, what showed it, and the condition in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from privscan.model.profile import DatasetProfile
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
        yield _either(when.any, profile, declared, groups)
    if when.not_ is not None:
        yield None if holds(when.not_, profile, declared, groups) else Match()
    if when.has:
        yield _has(when, profile, groups)
    if when.without:
        absent = profile.entity_ids(least=LEAST).isdisjoint(members(when.without, groups))
        yield Match() if absent else None
    if when.unneeded:
        yield _unneeded(profile, declared)
    yield from _bounds(when, profile)
    yield from (None if declared.get(name) else Match() for name in when.missing)
    for name, values in when.declared.items():
        yield Match() if _values(declared.get(name)) & {*values} else None


def _either(
    conditions: tuple[When, ...], profile: DatasetProfile, declared: Declared, groups: Groups
) -> Match | None:
    found = [m for one in conditions if (m := holds(one, profile, declared, groups))]
    if not found:
        return None
    sure = max(match.confidence for match in found)
    sightings = tuple(dict.fromkeys(s for match in found for s in match.sightings))
    measures = tuple(dict.fromkeys(m for match in found for m in match.measures))
    return Match(sightings, measures, sure)


def _has(when: When, profile: DatasetProfile, groups: Groups) -> Match | None:
    wanted = members(when.has, groups)
    found = tuple(
        Sighting(e.entity, column.path, e.cells, e.share, e.confidence)
        for column in profile.columns
        for e in column.entities
        if e.entity in wanted
        and e.confidence >= LEAST
        and e.share >= when.least_share
        and (not when.state or e.state in when.state)
        and (when.leak is None or e.leak is when.leak)
    )
    if not found:
        return None
    return Match(found, confidence=max(s.confidence for s in found))


def _unneeded(profile: DatasetProfile, declared: Declared) -> Match | None:
    needed = _values(declared.get("needed_columns"))
    found = tuple(
        Sighting(e.entity, column.path, e.cells, e.share, e.confidence)
        for column in profile.columns
        for e in column.entities
        if needed and column.path not in needed and e.confidence >= LEAST
    )
    return Match(found, confidence=max(s.confidence for s in found)) if found else None


def _bounds(when: When, profile: DatasetProfile) -> Iterator[Match | None]:
    if when.min_subjects:
        said = (f"{profile.subjects:,} subjects",)
        yield Match(measures=said) if profile.subjects >= when.min_subjects else None
    if when.single_out is not None:
        widest = max(profile.quasi_identifiers, key=lambda q: q.share_below_k, default=None)
        share = widest.share_below_k if widest else 0.0
        said = (f"{share:.0%} of subjects in classes below k*, smallest k {_k(profile)}",)
        yield Match(measures=said) if widest and share > when.single_out else None
    if when.least_level is not None:
        risk = profile.risk
        said = (f"score {risk.score:.1f}",) if risk else ()
        reached = risk is not None and risk.level.rank >= when.least_level.rank
        yield Match(measures=said) if reached else None
    if when.unread_over is not None:
        share = profile.unread_share
        yield Match(measures=(f"{share:.1%} unread",)) if share > when.unread_over else None


def _k(profile: DatasetProfile) -> int:
    return min((q.k_min for q in profile.quasi_identifiers), default=0)


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
    return ("; " if lang == "en" else "、かつ ").join(_phrases(when, lang))


_WORDS = {
    "all": ("all of ({})", "次のすべて({})"),
    "any": ("any of ({})", "次のいずれか({})"),
    "not": ("not ({})", "次に当たらない({})"),
    "has": ("has {}", "{} を含む"),
    "state": ("in state {}", "保護状態が {}"),
    "leak": ("in free text", "自由記述中"),
    "column": ("as a column of its own", "独立した列として"),
    "least_share": ("in at least {} of the cells", "セルの {} 以上"),
    "without": ("without {}", "{} を含まない"),
    "min_subjects": ("at least {} subjects", "本人 {} 人以上"),
    "single_out": ("more than {} of subjects in classes below k*", "k* 未満の群にある本人が {} 超"),
    "least_level": ("level {} or above", "レベル {} 以上"),
    "unread_over": ("more than {} unread", "未走査が {} 超"),
    "missing": ("dataset.yaml does not say {}", "dataset.yaml に {} がない"),
    "declared": ("dataset.yaml says {}", "dataset.yaml に {} とある"),
    "unneeded": ("columns that needed_columns does not name", "needed_columns にない列がある"),
}


def _phrases(when: When, lang: str) -> Iterator[str]:
    def say(key: str, *values: object) -> str:
        return _WORDS[key][lang == "ja"].format(" / ".join(map(str, values)))

    for key, conditions in (("all", when.all), ("any", when.any)):
        if conditions:
            yield say(key, *(f"[{sentence(one, lang)}]" for one in conditions))
    if when.not_ is not None:
        yield say("not", sentence(when.not_, lang))
    if when.has:
        yield say("has", *when.has)
    if when.state:
        yield say("state", *(state.value for state in when.state))
    if when.leak is not None:
        yield say("leak" if when.leak else "column")
    shares = {"least_share": when.least_share, "single_out": when.single_out}
    for key, share in (shares | {"unread_over": when.unread_over}).items():
        if share or (share is not None and key != "least_share"):
            yield say(key, f"{share:.0%}")
    if when.without:
        yield say("without", *when.without)
    if when.min_subjects:
        yield say("min_subjects", f"{when.min_subjects:,}")
    if when.least_level is not None:
        yield say("least_level", when.least_level.value.replace("_", " "))
    if when.missing:
        yield say("missing", *when.missing)
    for name, values in when.declared.items():
        yield say("declared", f"{name}: {'/'.join(values)}")
    if when.unneeded:
        yield say("unneeded")
