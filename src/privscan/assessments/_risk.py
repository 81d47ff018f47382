"""Sections 9, 10, 12 and 13: re-identification, the risk map, measures, residual risk."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from privscan.assessments._alike import each, pairs
from privscan.assessments._blocks import Block, Para, Picture, RiskMap, Table
from privscan.assessments._words import joined, said, same, w
from privscan.model.assessment import Assessment, DatasetAssessment, Measure
from privscan.model.finding import Text
from privscan.model.profile import DatasetProfile, Risk
from privscan.render._figures import Figure, moves, of_dataset, of_report
from privscan.render._phrases import entity, percent, why


def reidentification(a: Assessment) -> Iterator[Block]:
    """Classes on the quasi-identifier sets, and joins."""
    yield from each(a, _reidentification)
    yield from pictures(of_report(a.report), "joins")


def _reidentification(profile: DatasetProfile, _made: DatasetAssessment) -> Iterator[Block]:
    heads = (w("quasi"), w("k_min"), w("below"), w("subjects"))
    rows = tuple(
        (
            same(", ".join(q.columns)),
            same(q.k_min),
            same(percent(q.share_below_k)),
            same(f"{q.subjects:,}"),
        )
        for q in profile.quasi_identifiers
    )
    yield Table(heads, rows) if rows else Para(w("no_quasi"))
    yield from pictures(of_dataset(profile), "classes")
    links = "; ".join(
        f"{one.dataset} ({one.column}, {percent(one.containment)})" for one in profile.links
    )
    yield Para(w("links", links) if links else w("no_links"))


def pictures(figures: Iterable[Figure], key: str, *, beside: bool = False) -> Iterator[Picture]:
    """The figures of that kind."""
    yield from (Picture(one, beside) for one in figures if one.key == key)


def inherent(a: Assessment) -> Iterator[Block]:
    """The map as the data stands, and where each score comes from."""
    yield _map((d.name, d.risk) for d in a.report.datasets)
    yield Para(w("map_note"), "note")
    yield from each(a, _steps)


def _steps(profile: DatasetProfile, _made: DatasetAssessment) -> Iterator[Block]:
    """The steps of a score; where there is none, that nothing was found to score."""
    steps = profile.risk.waterfall if profile.risk else ()
    rows = tuple(
        (w(step.name), same(f"{step.points:+.1f}"), said(why, step.why))
        for step in steps
        if step.points
    )
    if not rows:
        yield Para(w("no_points"))
        return
    yield from pictures(of_dataset(profile), "waterfall", beside=True)
    yield Table((w("waterfall"), w("points"), w("why")), rows)


def _map(placed: Iterable[tuple[str, Risk | None]]) -> RiskMap:
    fields: dict[tuple[int, int], tuple[str, ...]] = {}
    for name, risk in placed:
        if risk is not None and risk.cnil_severity:
            at = (risk.cnil_severity, risk.cnil_likelihood)
            fields[at] = (*fields.get(at, ()), name)
    return RiskMap(fields)


def measures(a: Assessment) -> Iterator[Block]:
    """The bundle of each dataset with owner and due date."""
    yield from each(a, _bundle)
    yield Para(w("bundle_note"), "note")


def _bundle(profile: DatasetProfile, made: DatasetAssessment) -> Iterator[Block]:
    if not made.bundle.measures:
        yield Para(w("no_bundle") if made.bundle.reached else _beyond(made))
        return
    heads = ("treatment", "column", "entity", "before_after", "owner", "due")
    rows = tuple(_measure(one, made) for one in made.bundle.measures)
    yield Table(tuple(w(key) for key in heads), rows)
    yield Para(_from_to(profile, made))
    if not made.bundle.reached:
        yield Para(_beyond(made))


def _beyond(made: DatasetAssessment) -> Text:
    return w("not_reached", w(made.bundle.goal))


def _from_to(profile: DatasetProfile, made: DatasetAssessment) -> Text:
    before = f"{profile.risk.score:.1f}" if profile.risk else "-"
    after = made.bundle.residual
    score = w("score_from_to", before, f"{after.score:.1f}")
    return joined([score, w(after.level)])


def _measure(one: Measure, made: DatasetAssessment) -> tuple[Text, ...]:
    states = joined([w(state) for state in dict.fromkeys(one.before)])
    change = {lang: f"{states[lang]} → {w(one.after)[lang]}" for lang in states}
    entities = joined([said(entity, name) for name in one.entities])
    owner = same(made.bundle.owner) if made.bundle.owner else w("to_name")
    due = _due(made)
    return one.text, same(one.column), entities, change, owner, due


def _due(made: DatasetAssessment) -> Text:
    """The day, that it has passed, or when the measures were done."""
    plan = made.bundle
    if plan.done:
        return w("done", plan.done)
    day = same(plan.due) if plan.due else w("to_name")
    return joined([day, w("overdue")]) if plan.overdue else day


def residual(a: Assessment) -> Iterator[Block]:
    """The map after the measures, and each dataset's way from inherent to residual."""
    placed = ((p.name, p.risk, made.bundle.residual) for p, made in pairs(a))
    yield from pictures(filter(None, [moves(placed)]), "risk_map", beside=True)
    yield Para(w("bundle_note"), "note")
    rows = tuple(
        (same(profile.name), _position(profile.risk), _position(made.bundle.residual))
        for profile, made in pairs(a)
    )
    if rows:
        tones = tuple(made.bundle.residual.level.value for made in a.datasets)
        yield Table((w("dataset"), w("inherent"), w("residual")), rows, tones)


def _position(risk: Risk | None) -> Text:
    if risk is None:
        return same("-")
    place = f"{risk.cnil_severity} × {risk.cnil_likelihood}"  # noqa: RUF001  the sign is meant
    return joined([same(f"{risk.score:.1f}"), w(risk.level), same(place)])
