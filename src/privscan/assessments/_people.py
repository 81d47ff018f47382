"""Sections 14 to 17: views from outside, advice, sign-off, review and trend."""

from __future__ import annotations

from collections.abc import Iterator

from privscan.assess.review import PERSON
from privscan.assess.signoff import level, routing
from privscan.assessments._agenda import figures, histories
from privscan.assessments._alike import each, pairs
from privscan.assessments._blocks import Block, Head, Items, Para, Table
from privscan.assessments._words import joined, said, same, w
from privscan.model.assessment import Assessment, DatasetAssessment, SignOff
from privscan.model.finding import Finding, Text
from privscan.model.kinds import Severity
from privscan.model.profile import DatasetProfile
from privscan.model.progress import Past
from privscan.render._phrases import entity, principle


def views(a: Assessment) -> Iterator[Block]:
    """The dialogue sheet: kinds of data, numbers of people, questions; no place and no value."""
    holders = dict(a.organisation)
    yield Head(w("dialogue"))
    yield Para(w("dialogue_note"), "note")
    for profile, made in pairs(a):
        heard = routing().heard.get(level(profile), ())
        if not made.dialogue and not heard:
            continue
        title = dict(made.declared).get("title")
        yield Head(same(title[0]) if title else w("n_people", f"{profile.subjects:,}"), 2)
        if made.notice.categories:
            listed = joined([said(entity, one) for one in made.notice.categories])
            yield Para(joined([w("kinds_held"), listed], between=(": ", ":")))
        if heard:
            names = [same(holders[role]) if role in holders else role_name(role) for role in heard]
            yield Para(w("heard", joined(names)))
        waits = {q.key for q in made.questions if q.waits}
        topics = [_topic(f, profile, made, waits) for f in made.dialogue if _speaks(f)]
        yield Items(tuple({topic["en"]: topic for topic in topics}.values()))
        yield Para(w("ask_whom"))
    if not any(made.dialogue for made in a.datasets):
        yield Para(w("dialogue_none"))


def _speaks(f: Finding) -> bool:
    """Whether it is for outside: what is merely noted is the organisation's own."""
    return f.severity is not Severity.INFO or f.check in _WANTED


def _topic(f: Finding, profile: DatasetProfile, made: DatasetAssessment, waits: set[str]) -> Text:
    """What a finding is about without its places: principles, kinds of data, its question.

    A question that waits for what people inside declare is not put to others.
    """
    kinds = [
        said(entity, e.entity)
        for column in profile.columns
        if column.path in f.columns
        for e in column.entities
        if e.entity in made.notice.categories
    ]
    about = joined([said(principle, p) for p in f.principles])
    listed = joined([dict(pair) for pair in dict.fromkeys(tuple(k.items()) for k in kinds)])
    asks = f.check not in _WANTED and f.id not in {key.partition("~")[0] for key in waits}
    wanted = f.question if f.question and asks else w(_WANTED.get(f.check, "view_wanted"))
    return joined([about, *([listed] if kinds else []), wanted], between=(": ", ":"))


_WANTED = {"PRIVACY-SINGLE-OUT": "view_singled_out", "DIALOGUE-VIEWS": "view_else"}
"""What is asked of experts where the rule's question is none, or for people inside, by check."""


def role_name(role: str) -> Text:
    """The role in words."""
    return w("owner_role" if role == "owner" else role)


def advice(a: Assessment) -> Iterator[Block]:
    """What the privacy officer wrote when signing."""
    yield from each(a, _advice)


def _advice(_profile: DatasetProfile, made: DatasetAssessment) -> Iterator[Block]:
    found = next((s for s in made.signoffs if s.role == "privacy_officer" and s.note), None)
    yield Para(same(f"{found.note} ({found.name}, {found.date})") if found else w("no_advice"))


def decision(a: Assessment) -> Iterator[Block]:
    """Each sign-off that the level asks: who, in what state, and why it re-opened."""
    yield from each(a, _decision)
    yield Para(w("how_to_sign"), "note")


def _decision(_profile: DatasetProfile, made: DatasetAssessment) -> Iterator[Block]:
    yield Para(joined([w("status"), w(made.status)], between=(": ", ":")), made.status)
    heads = ("role", "holder", "sign_state", "decided", "changed")
    yield Table(
        tuple(w(key) for key in heads),
        tuple(_signoff(s, made) for s in made.signoffs),
        tuple(s.state.value for s in made.signoffs),
    )


def _signoff(s: SignOff, made: DatasetAssessment) -> tuple[Text, ...]:
    owner = dict(made.declared).get("owner") if s.role == "owner" else None
    holder = same(owner[0]) if owner else same(s.holder) if s.holder else w("unnamed")
    given = joined([w(s.decision), same(f"{s.name}, {s.date}")]) if s.name else same("-")
    noted = joined([given, same(s.note)]) if s.note else given
    changed = joined(list(s.changed)) if s.changed else same("-")
    return role_name(s.role), holder, w(s.state), noted, changed


def review(a: Assessment) -> Iterator[Block]:
    """When to look again, and how the figures moved."""
    heads_ = (w("next_review"), w("settled_by"))
    yield from each(a, lambda _, made: [Table(heads_, (_due(made),))])
    yield Head(w("triggers"))
    yield Items(a.review)
    yield Head(w("trend"))
    heads = (
        "scan_no", "score", "mean", "level", "datasets", "findings", "open_questions", "with_purpose",
        "new_findings", "gone_findings", "rules",
    )  # fmt: skip
    rows = tuple(_past(i, past) for i, past in enumerate(a.trend, 1))
    yield Table(tuple(w(key) for key in heads), rows, tuple(p.level.value for p in a.trend))
    if len(a.trend) == 1:
        yield Para(w("one_scan"), "note")
    yield from histories(a)
    yield from figures(a)


def _due(made: DatasetAssessment) -> tuple[Text, Text]:
    """The day of the next review and what set it; until all have signed there is none."""
    review = made.review
    if not review.due:
        return w("review_none"), w("review_counts", routing().review_months)
    day = same(review.due)
    said_ = "review_person" if review.set_by == PERSON else "review_signature"
    set_by = w(said_, routing().review_months)
    return (joined([day, w("overdue")]) if review.overdue else day), set_by


def _past(number: int, past: Past) -> tuple[Text, ...]:
    return (
        same(" · ".join(filter(None, (str(number), past.label, past.scanned)))),
        same(f"{past.score:.1f}"),
        same(f"{past.mean:.1f}"),
        w(past.level),
        same(past.datasets),
        same(past.findings),
        same(past.questions),
        same(f"{past.with_purpose}/{past.datasets}"),
        same(", ".join(past.new) or "-"),
        same(", ".join(past.gone) or "-"),
        same(past.rules_digest),
    )
