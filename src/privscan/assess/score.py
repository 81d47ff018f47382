"""The risk score: severity, identifiability, circumstances, floors, and every point explained.

ENISA 2013 (SE = DPC x EI + CB) on a 0..1 scale; weights are data in `rules/scoring`.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from privscan.assess.context import EXPOSED, VULNERABLE
from privscan.model.kinds import Level, State
from privscan.model.profile import Risk, WaterfallStep

if TYPE_CHECKING:
    from privscan.assess.context import Context
    from privscan.model.profile import DatasetProfile, Link
    from privscan.rulebook.load import Rulebook
    from privscan.rulebook.schema import Scoring


@dataclass(frozen=True, slots=True)
class Field:
    """One entity in one column: weight w, identifying power a, confidence 0..1 and state."""

    entity: str
    category: str
    weight: float
    identifying: float
    confidence: float
    state: State = State.PLAIN
    floor: float = 0.0


@dataclass(frozen=True, slots=True)
class Joinable:
    """A dataset one join away: share of keys found there, its own I and category severities."""

    name: str
    containment: float
    identifiability: float
    categories: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Inputs:
    """All the score depends on; `classes` are (class size k, subjects in such classes)."""

    fields: tuple[Field, ...] = ()
    subjects: int = 0
    classes: tuple[tuple[int, int], ...] = ()
    links: tuple[Joinable, ...] = ()
    vulnerable: float = 0.0
    exposure: float = 0.0
    unread: float = 0.0


def risk(
    profile: DatasetProfile,
    rules: Rulebook,
    context: Context,
    others: Mapping[str, DatasetProfile] | None = None,
) -> Risk:
    """The score of a profile, with an interval from the low and high ends of what was measured.

    `others` are the profiles that its links name; a link to none of them brings nothing.
    """
    known = others or {}

    def at(bound: Bound) -> Risk:
        given = inputs(profile, rules, context, bound=bound)
        joins = (
            joinable(link, known[link.dataset], rules, context, bound=bound)
            for link in profile.links
            if link.dataset in known
        )
        return score(replace(given, links=tuple(joins)), rules.scoring)

    point, low, high = at(_asis), at(_lower), at(_upper)
    # Every input is monotone, so the scores of the bounds bound the score (scoring.md).
    interval = (min(low.score, point.score), max(high.score, point.score))
    return replace(point, interval=interval)


Bound = Callable[[float, tuple[float, float]], float]


def _asis(confidence: float, _interval: tuple[float, float]) -> float:
    return confidence


def _lower(confidence: float, interval: tuple[float, float]) -> float:
    """Confidence scaled by how much smaller the prevalence may be than it was measured."""
    middle = sum(interval) / 2
    return confidence * min(1.0, interval[0] / middle) if middle else confidence


def _upper(confidence: float, interval: tuple[float, float]) -> float:
    middle = sum(interval) / 2
    return min(1.0, confidence * interval[1] / middle) if middle else confidence


def inputs(
    profile: DatasetProfile, rules: Rulebook, context: Context, *, bound: Bound = _asis
) -> Inputs:
    """What the score needs of a profile; a detection below even odds is no detection."""
    seen = []
    for column in profile.columns:
        for found in column.entities:
            entity = rules.entities.get(found.entity)
            sure = bound(found.confidence, found.interval)
            if entity is None or sure < rules.scoring.floor_confidence:
                continue
            weighs = (entity.weight, entity.identifying, sure)
            seen.append(Field(found.entity, entity.category, *weighs, found.state, entity.floor))
    present = {f.entity for f in seen}
    widest = max(profile.quasi_identifiers, key=lambda q: q.share_below_k, default=None)
    return Inputs(
        fields=tuple(seen),
        subjects=profile.subjects,
        classes=widest.class_sizes if widest else (),
        vulnerable=max(
            VULNERABLE.get(context.subjects or "", 0.0), 1.0 if "minor" in present else 0.0
        ),
        exposure=EXPOSED.get(context.exposure or "", 0.0),
        unread=profile.unread_share,
    )


def joinable(
    link: Link, other: DatasetProfile, rules: Rulebook, context: Context, *, bound: Bound = _asis
) -> Joinable:
    """What a join brings: the other dataset's own direct identifiability and severities."""
    theirs = replace(inputs(other, rules, context, bound=bound), links=())
    shares: dict[Bound, float] = {_lower: link.interval[0], _upper: link.interval[1]}
    share = shares.get(bound, link.containment)
    direct = _parts(theirs, rules.scoring).direct
    brings = tuple(sorted(categories(theirs, rules.scoring).items()))
    return Joinable(link.dataset, share, direct, brings)


@dataclass(frozen=True, slots=True)
class _Parts:
    severity: float
    direct: float
    quasi: float
    link: float

    @property
    def identifiability(self) -> float:
        return 1 - (1 - self.direct) * (1 - self.quasi) * (1 - self.link)


def score(given: Inputs, rules: Scoring) -> Risk:
    """The score 0..100 with its waterfall; the interval is the point itself."""
    alone = _parts(replace(given, links=()), rules)
    whole = _parts(given, rules)
    some = whole.severity > 0
    scale = min(1.0, math.log10(1 + given.subjects) / rules.subjects_decades) if some else 0.0
    vulnerable = given.vulnerable if some else 0.0
    exposure = given.exposure if some else 0.0

    def points(parts: _Parts, identifiability: float, *circumstances: float) -> float:
        return _points(parts.severity, identifiability, circumstances, rules)

    n = rules.scale_weight * scale
    v = rules.vulnerable_weight * vulnerable
    x = rules.exposure_weight * exposure
    i = whole.identifiability
    base = points(whole, i, n, v, x)
    total = max(base, _floor(given, rules))
    bars = (
        ("sensitivity", points(alone, 0.0)),
        ("identifiability", points(alone, alone.identifiability)),
        ("joinability", points(whole, i)),
        ("scale", points(whole, i, n)),
        ("vulnerable_subjects", points(whole, i, n, v)),
        ("exposure", base),
        ("floor", total),
    )
    why = _reasons(given, whole, rules)
    return Risk(
        score=total,
        level=level(total, rules),
        interval=(total, total),
        waterfall=tuple(_steps(bars, why)),
        severity=whole.severity,
        identifiability=i,
        cnil_severity=1 + sum(whole.severity > c for c in rules.cnil_severity) if some else 0,
        cnil_likelihood=1 + sum(i > c for c in rules.cnil_likelihood) if some else 0,
    )


def level(points: float, rules: Scoring) -> Level:
    """The highest level whose cut the points reach; zero is `none_detected`, never low."""
    if points <= 0:
        return Level.NONE_DETECTED
    return max((at for at, cut in rules.cuts.items() if points >= cut), key=lambda at: at.rank)


def _points(
    severity: float, identifiability: float, circumstances: Iterable[float], rules: Scoring
) -> float:
    core = severity * (rules.core_floor + (1 - rules.core_floor) * identifiability)
    return 100 * (1 - (1 - core) ** (1 + sum(circumstances)))


def _parts(given: Inputs, rules: Scoring) -> _Parts:
    severity = _severity(categories(given, rules), rules)
    direct: dict[str, float] = {}
    for f in given.fields:
        power = f.identifying * f.confidence * rules.rho[f.state]
        direct[f.entity] = max(direct.get(f.entity, 0.0), power)
    return _Parts(
        severity,
        1 - math.prod(1 - power for power in direct.values()),
        _quasi(given.classes, severity, rules),
        max((e.containment * e.identifiability for e in given.links), default=0.0),
    )


def categories(given: Inputs, rules: Scoring) -> dict[str, float]:
    """Severity by category of data: the strongest detection, or what a join brings."""
    found: dict[str, float] = {}
    for f in given.fields:
        found[f.category] = max(
            found.get(f.category, 0.0), f.weight * f.confidence * rules.rho[f.state]
        )
    for link in given.links:
        for category, severity in link.categories:
            found[category] = max(found.get(category, 0.0), link.containment * severity)
    return found


def _severity(by_category: Mapping[str, float], rules: Scoring) -> float:
    strongest = sorted(by_category.values(), reverse=True)
    if not strongest:
        return 0.0
    further = math.prod(1 - rules.further_category * s for s in strongest[1:])
    return 1 - (1 - strongest[0]) * further if strongest[0] else 0.0


def _quasi(classes: Iterable[tuple[int, int]], severity: float, rules: Scoring) -> float:
    sizes = [(k, n) for k, n in classes if n > 0]
    subjects = sum(n for _, n in sizes)
    if not subjects:
        return 0.0
    enough = large_enough(severity, rules)
    mean = sum(n / k for k, n in sizes) / subjects
    small = sum(n for k, n in sizes if k < enough) / subjects
    return (1 - rules.single_out_weight) * mean + rules.single_out_weight * small


def large_enough(severity: float, rules: Scoring) -> int:
    """k*: the class size from which a class hides a person, larger for graver data."""
    return max(k for at, k in rules.k_star if severity >= at)


def _floor(given: Inputs, rules: Scoring) -> float:
    unread = rules.unread_floor if given.unread > rules.unread_share else 0.0
    return max([*(f.floor for f in _in_clear(given, rules)), unread])


def _in_clear(given: Inputs, rules: Scoring) -> list[Field]:
    """Detections that are sure and clear enough for their own floor to hold."""
    least = rules.floor_confidence
    return [f for f in given.fields if f.floor and f.confidence * rules.rho[f.state] >= least]


def _steps(bars: Iterable[tuple[str, float]], why: Mapping[str, str]) -> Iterable[WaterfallStep]:
    before = 0.0
    for name, after in bars:
        yield WaterfallStep(name, max(0.0, after - before), why[name])
        before = after


def _reasons(given: Inputs, parts: _Parts, rules: Scoring) -> dict[str, str]:
    ranked = sorted(categories(given, rules).items(), key=lambda item: (-item[1], item[0]))
    kinds = ", ".join(f"{name} {value:.2f}" for name, value in ranked[:4] if value)
    more = f" and {len(ranked) - 4} more" if len(ranked) > 4 else ""  # noqa: PLR2004  the four shown above
    floors = sorted({f.entity for f in _in_clear(given, rules)})
    floor = f"{', '.join(floors)} in clear never scores lower" if floors else ""
    if given.unread > rules.unread_share:
        floor = f"{given.unread:.0%} could not be read" + (f"; {floor}" if floor else "")
    return {
        "sensitivity": f"S {parts.severity:.2f}: {kinds}{more}" if kinds else "nothing weighted",
        "identifiability": f"direct {parts.direct:.2f}, combinations {parts.quasi:.2f}",
        "joinability": f"best join {parts.link:.2f}"
        if given.links
        else "no join with another dataset found",
        "scale": f"about {given.subjects:,} persons",
        "vulnerable_subjects": f"V {given.vulnerable:g}",
        "exposure": f"X {given.exposure:g}",
        "floor": floor or "no floor holds",
    }
