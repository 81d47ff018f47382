"""Sections 0 to 4: summary, identification, threshold analysis, data map, categories."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from privscan.assess.context import CLOSED_KEYS, in_japanese
from privscan.assessments._agenda import COLON, first, order, put
from privscan.assessments._alike import each, pairs
from privscan.assessments._blocks import Block, Head, Items, Para, Table
from privscan.assessments._words import joined, said, same, w
from privscan.model.assessment import Assessment, Criterion, DatasetAssessment, Settled, Status
from privscan.model.finding import Finding, Text
from privscan.model.profile import ColumnProfile, DatasetProfile, EntityProfile
from privscan.render import _overview
from privscan.render._phrases import entity, fact, gravity, percent
from privscan.render._words import both
from privscan.rulebook.load import rulebook

REASONS = 5
"""Reasons on the first page."""


def summary(a: Assessment) -> Iterator[Block]:
    """Status, decision, what to do first, reasons, and one row a dataset."""
    yield Para(joined([w("status"), w(a.status)], between=(": ", ":")), a.status)
    if a.status is Status.DRAFT:
        yield Para(w("draft_until"), "note")
    yield Para(w(_overview.decision(a.report)), "lead")
    if not a.report.complete and a.report.datasets:
        yield Para(joined([w("besides"), w(f"decide_{a.report.level}")], between=(" ", "")))
    if a.report.tool.rules_digest != a.rules_digest:
        yield Para(w("rules_changed", a.report.tool.rules_digest, a.rules_digest), "draft")
    for made in a.datasets:
        if made.drift:
            yield Para(joined([same(made.dataset), w("drift")], between=COLON), "draft")
            yield Items(made.drift)
    yield from first(a)
    if groups := _reasons(a):
        yield Head(w("reasons"))
        yield Items(tuple(_reason(group, a) for group in groups), ordered=True)
    yield from order(a)
    reasons = dict.fromkeys(t["en"] for d in a.datasets for t in d.draft_because)
    texts = {t["en"]: t for d in a.datasets for t in d.draft_because}
    if reasons:
        yield Items(tuple(texts[one] for one in reasons))


_SCORE = re.compile(r"score [0-9.]+")


def _follows(f: Finding) -> bool:
    """Whether it only says what the score asks for: the score is no reason for itself."""
    return _SCORE.fullmatch(f.measured) is not None


def _reasons(a: Assessment) -> list[_overview.Group]:
    """The first checks by severity, and among equals by the score of the worst dataset they are on."""
    place = {d.name: number for number, d in enumerate(a.report.datasets)}
    found = [f for f in a.report.findings if not _follows(f)]
    # The order of the report breaks ties: surer findings come first.
    found.sort(key=lambda f: (-f.severity.rank, place.get(f.dataset, len(place))))
    return _overview.by_check(found)[:REASONS]


def _reason(group: _overview.Group, a: Assessment) -> Text:
    """What the worst finding says; where there are several datasets, which it is on."""
    if len(a.datasets) == 1:
        return group.worst.message
    first, *others = group.datasets
    where = w("and_more", first, len(others)) if others else same(first)
    return joined([where, group.worst.message], between=COLON)


def identification(a: Assessment) -> Iterator[Block]:
    """The organisation, what it has not said, and what was declared of each dataset."""
    if a.day:
        scanned = a.trend[-1].scanned if a.trend else ""
        made = (
            (w("assessed_on"), same(a.day)),
            (w("scanned_on"), same(scanned) if scanned else w("scanned_unknown")),
        )
        yield Table((), made)
    yield Head(w("organisation"))
    if a.organisation:
        rows = tuple((_key(key), same(value)) for key, value in a.organisation)
        yield Table((w("declared_key"), w("declared_value")), rows)
    if a.gaps:
        yield Para(w("gaps"), "note")
        yield Items(tuple(gap.text for gap in a.gaps))
    places = tuple(
        (same(p.name), same(p.uri), same(made.declared_in) if made.declared_in else w("none_found"))
        for p, made in pairs(a)
    )
    if places:
        yield Head(w("datasets"))
        yield Table((w("dataset"), w("place"), w("declared")), places)
    yield from each(a, _declared)


def _declared(_profile: DatasetProfile, made: DatasetAssessment) -> Iterator[Block]:
    """What dataset.yaml says, or that it says nothing."""
    if made.declared:
        rows = tuple((_key(key), _value(key, many)) for key, many in made.declared)
        yield Table((w("declared_key"), w("declared_value")), rows)
    else:
        file = made.declared_in
        yield Para(w("declared_nothing", file) if file else w("declared_none"))


_KEYS = {
    "title": "declared_title",
    "exposure": "exposure_declared",
    "owner": "owner_role",
    "subjects": "subjects_declared",
}
"""Keys of dataset.yaml and org.yaml whose word means something else elsewhere."""


def _key(key: str) -> Text:
    return w(_KEYS.get(key, key))


def _value(key: str, many: tuple[str, ...]) -> Text:
    """What was declared, in its own words; the values that a key allows by name."""
    if key not in CLOSED_KEYS:
        return joined([same(one) for one in many])
    named = ((one, f"{in_japanese(one)}({one})") for one in many)
    return joined([{"en": one.replace("_", " "), "ja": ja} for one, ja in named])


def threshold(a: Assessment) -> Iterator[Block]:
    """The outcomes and the nine criteria of each dataset."""
    yield from each(a, _threshold)
    yield Para(w("scheme_note"), "note")


def _threshold(_profile: DatasetProfile, made: DatasetAssessment) -> Iterator[Block]:
    analysis = made.threshold
    yield Items(
        tuple(joined([same(one.scheme), one.text], between=COLON) for one in analysis.outcomes)
    )
    heads = ("criterion", "result", "settled_by", "why")
    rows = tuple(_criterion(one) for one in analysis.criteria)
    yield Table(tuple(w(key) for key in heads), rows)
    asked = [c.question for c in analysis.criteria if c.question and not c.question.answer]
    # They wait for the same thing all of them, so it is said once.
    if asked and asked[0].waits:
        yield Para(put(asked[0]), "note")


def _criterion(one: Criterion) -> tuple[Text, ...]:
    result = "open" if one.met is None else "met" if one.met else "not_met"
    title = {lang: f"{one.id} {text}" for lang, text in one.title.items()}
    shown = facts(one.shown)
    if one.question is None:
        why = joined(shown)
    else:
        answer = one.question.answer
        reply = same(f"{answer.reason} ({answer.by}, {answer.date})") if answer else None
        parts = [
            *([joined(shown)] if shown else []),
            one.question.text,
            *([reply] if reply else []),
        ]
        why = joined(parts, between=(" ", " "))
    return title, w(result), settled(one.settled), why


def facts(shown: Iterable[str]) -> list[Text]:
    """Measured and declared facts in both languages."""
    return [_declaration(one) or said(fact, one) for one in shown]


def _declaration(one: str) -> Text | None:
    """A key of dataset.yaml with the values that it allows by name, if the fact is one."""
    key, _, values = one.partition(": ")
    if key not in CLOSED_KEYS or not values:
        return None
    return joined([_key(key), _value(key, tuple(values.split(", ")))], between=COLON)


def settled(by: Settled) -> Text:
    """Who settled it, in words."""
    return w(by)


def data_map(a: Assessment) -> Iterator[Block]:
    """What each column is believed to hold."""
    yield from each(a, _map_of)


def _map_of(profile: DatasetProfile, _made: DatasetAssessment) -> Iterator[Block]:
    facts_ = (w("n_people", f"{profile.subjects:,}"), said(_rows, profile))
    yield Para(joined(list(facts_)), "note")
    heads = ("column", "entity", "confidence", "share", "state")
    rows = tuple(_seen(c, e) for c in profile.columns for e in _overview.found(c))
    yield Table(tuple(w(key) for key in heads), rows) if rows else Para(w("none"))


def _rows(profile: DatasetProfile, lang: str) -> str:
    if profile.media.images:
        return f"{w('pictures')[lang]}: {profile.media.images:,}"
    return f"{w('rows')[lang]}: {profile.rows:,}"


def _seen(column: ColumnProfile, e: EntityProfile) -> tuple[Text, ...]:
    state = w("leak") if e.leak else w(e.state)
    where = same(column.path)
    share = same(percent(e.share))
    return where, said(entity, e.entity), same(percent(e.confidence)), share, state


def categories(a: Assessment) -> Iterator[Block]:
    """Entities by category of data, the gravest first, with the columns that show them."""
    yield from each(a, _categories)


def _categories(profile: DatasetProfile, made: DatasetAssessment) -> Iterator[Block]:
    heads = ("category", "entity", "evidence_where", "columns")
    rows = tuple(_category(profile, name) for name in made.notice.categories)
    yield Table(tuple(w(key) for key in heads), rows) if rows else Para(w("none"))


def _category(profile: DatasetProfile, name: str) -> tuple[Text, ...]:
    known = rulebook().entities.get(name)
    seen = [(c, e) for c in profile.columns for e in _overview.found(c) if e.entity == name]
    share = max((e.share for _, e in seen), default=0.0)
    # The words of reports: an assessment's own "contact" and "name" are keys of dataset.yaml.
    kind = both(known.category) if known else same("-")
    paths = same(", ".join(dict.fromkeys(c.path for c, _ in seen)))
    label = said(entity, name)
    weight = {lang: f"{text} ({gravity(name):g})" for lang, text in label.items()}
    return kind, weight, w("n_columns", len(seen), percent(share)), paths
