"""The impact assessment of a report: pure functions of report, context, organisation, answers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from privscan.assess.agenda import asked, steps
from privscan.assess.answers import Answers
from privscan.assess.checksheet import checked, unread
from privscan.assess.context import Context
from privscan.assess.data_actions import data_actions
from privscan.assess.drift import drift
from privscan.assess.lessons import lessons
from privscan.assess.measures import bundle
from privscan.assess.notice import notice
from privscan.assess.organisation import Organisation, gaps
from privscan.assess.rejudge import rejudged
from privscan.assess.review import review
from privscan.assess.signoff import covered, routing, signoffs, status
from privscan.assess.threshold import threshold
from privscan.assess.trend import Scan, figures, history, trend
from privscan.assess.waiting import addressed, awaited, of_box, of_criterion, of_finding
from privscan.model.assessment import (
    Assessment,
    DatasetAssessment,
    Question,
    Status,
)
from privscan.model.finding import Text
from privscan.rulebook.load import rulebook
from privscan.rulebook.predicate import LEAST, members

if TYPE_CHECKING:
    from datetime import date

    from privscan.assess.answers import Planned
    from privscan.model.assessment import Answer, Bundle
    from privscan.model.finding import Finding
    from privscan.model.profile import DatasetProfile
    from privscan.model.report import Report

OUTSIDE = ("biometric", "face_image", "dna_sequence", "genetic_variant", "minor", "voice_recording")
"""Entities and groups about which views from outside are asked."""

OUTSIDE_CHECKS = ("PRIVACY-SINGLE-OUT", "DIALOGUE-VIEWS", "FAIRNESS-CHILDREN")
"""Checks of matching, of children declared, and of views not yet heard."""


@dataclass(frozen=True, slots=True)
class People:
    """All that people said: contexts by dataset, the organisation, answers and signatures.

    `places` names the file that each context stands in, if it is one.
    """

    contexts: Mapping[str, Context] = field(default_factory=dict)
    organisation: Organisation = field(default_factory=Organisation)
    answers: Answers = field(default_factory=Answers)
    places: Mapping[str, str] = field(default_factory=dict)

    def context(self, dataset: str) -> Context:
        """What was declared of a dataset; nothing where it has no context."""
        return self.contexts.get(dataset, Context())


def assess(
    reports: tuple[Report, ...],
    people: People,
    *,
    today: date | None = None,
    scans: tuple[Scan, ...] = (),
) -> Assessment:
    """The assessment of the last report; those before it, oldest first, are its trend.

    A dataset without a context is assessed with nothing declared: all of it is asked. Due dates
    are held against `today`; without it none is overdue. `scans` name the reports and their days.
    """
    report = rejudged(reports[-1], people.contexts)
    every = (*reports[:-1], report)
    # What moved is told apart from what was declared: both reports are judged by the same.
    before = rejudged(reports[-2], people.contexts) if len(reports) > 1 else None
    datasets = tuple(_dataset(d, every, before, people, today) for d in report.datasets)
    missing, open_ = gaps(people.organisation), tuple(_questions(datasets))
    put = asked(open_, report)
    waiting = sum(bool(q.waits) and q.answer is None for q in open_)
    purposes = frozenset(n for n, context in people.contexts.items() if context.purposes)
    contexts = {d.dataset: people.context(d.dataset) for d in datasets}
    return Assessment(
        report=report,
        status=_whole(datasets),
        organisation=tuple(_organisation(people.organisation)),
        datasets=datasets,
        gaps=missing,
        trend=tuple(trend(every, purposes, scans)),
        lessons=tuple(lessons(reports)),
        rules_digest=rulebook().digest,
        review=tuple(text.both() for text in routing().review),
        first=tuple(steps(datasets, report, missing, put, waiting)),
        asked=put,
        waiting=waiting,
        figures=tuple(figures(datasets, report, contexts, open_)),
        day=today.isoformat() if today else "",
    )


def _dataset(
    profile: DatasetProfile,
    reports: tuple[Report, ...],
    before: Report | None,
    people: People,
    today: date | None,
) -> DatasetAssessment:
    report, context = reports[-1], people.context(profile.name)
    organisation, answers = people.organisation, people.answers
    called = answers.name_of(profile.name, profile.uri)
    given, declared = answers.about(profile.name, called), context.declared()
    found = tuple(f for f in report.findings if f.dataset == profile.name)
    holders = organisation.holders(context.owner)
    made = signoffs(profile, covered(profile, found, context), holders, answers, called)
    because = tuple(_hindrances(profile, report, organisation, answers.datasets, called))
    analysis = threshold(profile, declared, given, found)
    criteria = tuple(of_criterion(c, analysis, context) for c in analysis.criteria)
    boxes = tuple(of_box(b, analysis, context) for b in checked(profile, declared, given, report))
    others = {d.name: d for d in report.datasets}
    whole = DatasetAssessment(
        dataset=profile.name,
        declared=tuple((key, _said(value)) for key, value in declared.items()),
        threshold=replace(analysis, criteria=criteria),
        boxes=boxes,
        questions=tuple(_asks(found, context, given)),
        bundle=_planned(bundle(profile, context, others), answers.measures.get(called), today),
        notice=notice(profile, context, organisation),
        dialogue=tuple(f for f in found if _for_outside(f, profile)),
        drift=_drift(profile, before),
        signoffs=made,
        status=status(made, because),
        draft_because=because,
        key=called,
        declared_in=people.places.get(profile.name, ""),
        history=tuple(history(profile.name, reports)),
        data_actions=tuple(data_actions(profile, declared)),
        review=review(made, answers.reviews.get(called, ""), today),
    )
    return replace(addressed(whole), undeclared=awaited(_of_dataset(whole)))


def _drift(profile: DatasetProfile, before: Report | None) -> tuple[Text, ...]:
    """What is new against the last report before; without one nothing is known to be."""
    if before is None:
        return ()
    old = next((d for d in before.datasets if d.name == profile.name), None)
    return tuple(drift(old, profile))


def _said(value: object) -> tuple[str, ...]:
    return tuple(map(str, value)) if isinstance(value, (tuple, list)) else (str(value),)


def _asks(
    found: Iterable[Finding], context: Context, given: Mapping[str, Answer]
) -> Iterator[Question]:
    """Questions of findings, each key once; a finding's fingerprint keeps its answer.

    An answer under the rule's id is for every dataset that has none of its own.
    """
    for f in found:
        if f.question:
            answer = given.get(f.id) or given.get(f.check)
            question = Question(f.id, f.dataset, f.question, f.check, answer)
            yield of_finding(question, f, context)


def _planned(made: Bundle, plan: Planned | None, today: date | None) -> Bundle:
    if plan is None:
        return made
    late = bool(made.measures) and today is not None and plan.overdue(today)
    return replace(made, owner=plan.owner, due=plan.due, done=plan.done, overdue=late)


def _hindrances(
    profile: DatasetProfile,
    report: Report,
    organisation: Organisation,
    places: Mapping[str, str],
    called: str,
) -> Iterator[Text]:
    """What keeps an assessment a draft whatever is signed."""
    if unread(profile, report):
        yield {
            "en": "The scan is incomplete: repair what was unread and scan again.",
            "ja": "走査が不完全である。未走査の部分を修復し、再走査すること。",
        }
    if not organisation.holder("privacy_officer"):
        yield {
            "en": "No person responsible for privacy is named in org.yaml.",
            "ja": "org.yamlにプライバシー保護責任者が記載されていない。",
        }
    if called != profile.name and called not in places:
        known = places[profile.name]
        yield {
            "en": f"Answers and sign-offs of “{profile.name}” are of data at {known}, not at "
            f"{profile.uri}: none counts here. If it is the same data, write its place under "
            "datasets in assessment.yaml (* is allowed).",
            "ja": f"「{profile.name}」の回答と承認は{known}のデータに関するもので、{profile.uri}の"
            "データには適用されない。同じデータであれば、assessment.yamlのdatasetsに場所を記入する"
            "(*も使用できる)。",
        }


def _for_outside(f: Finding, profile: DatasetProfile) -> bool:
    wanted = members(OUTSIDE, rulebook().groups)
    held = {
        e.entity
        for column in profile.columns
        if column.path in f.columns
        for e in column.entities
        if e.confidence >= LEAST
    }
    return f.check in OUTSIDE_CHECKS or bool(held & wanted)


def _whole(datasets: tuple[DatasetAssessment, ...]) -> Status:
    """The whole stands where its weakest dataset stands; without datasets it is a draft."""
    order = (Status.DRAFT, Status.REJECTED, Status.REFERRED, Status.CONDITIONS, Status.APPROVED)
    return min((d.status for d in datasets), key=order.index, default=Status.DRAFT)


def _organisation(organisation: Organisation) -> Iterator[tuple[str, str]]:
    for key in ("name", "policy", "resources", "contact"):
        if value := getattr(organisation, key):
            yield key, value
    for role in type(organisation.roles).model_fields:
        if holder := organisation.holder(role):
            yield role, holder


def questions(made: Assessment) -> Iterator[Question]:
    """Every question of an assessment: of findings, of criteria, of boxes, each key once."""
    yield from _questions(made.datasets)


def _questions(datasets: Iterable[DatasetAssessment]) -> Iterator[Question]:
    yield from {q.key: q for d in datasets for q in _of_dataset(d)}.values()


def _of_dataset(d: DatasetAssessment) -> Iterator[Question]:
    yield from d.questions
    yield from (c.question for c in d.threshold.criteria if c.question)
    yield from (b.question for b in d.boxes if b.question)
