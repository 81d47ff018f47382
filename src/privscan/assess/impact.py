"""The impact assessment of a report: pure functions of report, context, organisation, answers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from privscan.assess.answers import Answers
from privscan.assess.checksheet import checked
from privscan.assess.context import Context
from privscan.assess.drift import drift
from privscan.assess.measures import bundle
from privscan.assess.notice import notice
from privscan.assess.organisation import Organisation, gaps
from privscan.assess.signoff import routing, signoffs, status
from privscan.assess.threshold import threshold
from privscan.model.assessment import (
    Assessment,
    DatasetAssessment,
    Lesson,
    Past,
    Question,
    Status,
)
from privscan.model.finding import Text
from privscan.rulebook.load import rulebook
from privscan.rulebook.predicate import LEAST, members

if TYPE_CHECKING:
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
    """All that people said: contexts by dataset, the organisation, answers and signatures."""

    contexts: Mapping[str, Context] = field(default_factory=dict)
    organisation: Organisation = field(default_factory=Organisation)
    answers: Answers = field(default_factory=Answers)

    def context(self, dataset: str) -> Context:
        """What was declared of a dataset; nothing where it has no context."""
        return self.contexts.get(dataset, Context())


def assess(reports: tuple[Report, ...], people: People) -> Assessment:
    """The assessment of the last report; those before it, oldest first, are its trend.

    A dataset without a context is assessed with nothing declared: all of it is asked.
    """
    report = reports[-1]
    given = people.answers.given()
    datasets = tuple(
        replace(_dataset(d, report, people, given), drift=_drift(d, reports[:-1]))
        for d in report.datasets
    )
    return Assessment(
        report=report,
        status=_whole(datasets),
        organisation=tuple(_organisation(people.organisation)),
        datasets=datasets,
        gaps=gaps(people.organisation),
        trend=tuple(_trend(reports, people)),
        lessons=tuple(_lessons(report.findings)),
        rules_digest=rulebook().digest,
        review=tuple(text.both() for text in routing().review),
    )


def _dataset(
    profile: DatasetProfile,
    report: Report,
    people: People,
    given: Mapping[str, Answer],
) -> DatasetAssessment:
    context, organisation = people.context(profile.name), people.organisation
    declared = context.declared()
    found = tuple(f for f in report.findings if f.dataset == profile.name)
    made = signoffs(profile, found, organisation, people.answers)
    because = tuple(_hindrances(profile, report, organisation))
    return DatasetAssessment(
        dataset=profile.name,
        declared=tuple((key, _said(value)) for key, value in declared.items()),
        threshold=threshold(profile, declared, given, found),
        boxes=checked(profile, declared, given, report),
        questions=tuple(_questions(found, profile.name, given)),
        bundle=_planned(bundle(profile, context), profile.name, people.answers),
        notice=notice(profile, context, organisation),
        dialogue=tuple(f for f in found if _for_outside(f, profile)),
        drift=(),
        signoffs=made,
        status=status(made, because),
        draft_because=because,
    )


def _drift(profile: DatasetProfile, before: tuple[Report, ...]) -> tuple[Text, ...]:
    """What is new against the last report before; without one nothing is known to be."""
    if not before:
        return ()
    old = next((d for d in before[-1].datasets if d.name == profile.name), None)
    return tuple(drift(old, profile))


def _said(value: object) -> tuple[str, ...]:
    return tuple(map(str, value)) if isinstance(value, (tuple, list)) else (str(value),)


def _questions(
    found: Iterable[Finding], dataset: str, given: Mapping[str, Answer]
) -> Iterator[Question]:
    """Questions of findings, each key once; a finding's fingerprint keeps its answer."""
    for f in found:
        if f.question:
            yield Question(f.id, dataset, f.question, f.check, given.get(f.id))


def _planned(made: Bundle, dataset: str, answers: Answers) -> Bundle:
    plan = answers.measures.get(dataset)
    return replace(made, owner=plan.owner, due=plan.due) if plan else made


def _hindrances(
    profile: DatasetProfile, report: Report, organisation: Organisation
) -> Iterator[Text]:
    """What keeps an assessment a draft whatever is signed."""
    if profile.unread_share > 0 or not report.complete:
        yield {
            "en": "The scan is incomplete: repair what was unread and scan again.",
            "ja": "走査が不完全である。未走査の部分を修復し、再走査すること。",
        }
    if not organisation.holder("privacy_officer"):
        yield {
            "en": "No person responsible for privacy is named in org.yaml.",
            "ja": "org.yamlにプライバシー保護責任者が記載されていない。",
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


def _trend(reports: tuple[Report, ...], people: People) -> Iterator[Past]:
    """The figures of each report, oldest first; purposes are those declared today."""
    before: dict[str, str] | None = None
    for report in reports:
        ids = {f.id: f.check for f in report.findings}
        known = ids if before is None else before
        yield Past(
            score=report.score,
            mean=sum(d.risk.score for d in report.datasets if d.risk)
            / max(1, sum(d.risk is not None for d in report.datasets)),
            level=report.level,
            datasets=len(report.datasets),
            findings=len(report.findings),
            questions=sum(f.question is not None for f in report.findings),
            with_purpose=sum(bool(people.context(d.name).purposes) for d in report.datasets),
            rules_digest=report.tool.rules_digest,
            new=tuple(sorted({check for one, check in ids.items() if one not in known})),
            gone=tuple(sorted({check for one, check in known.items() if one not in ids})),
        )
        before = ids


def _lessons(findings: tuple[Finding, ...]) -> Iterator[Lesson]:
    """Why (the principle's lesson) and what to do (the rule's advice), for each rule that fired."""
    times = Counter(f.check for f in findings)
    principles = rulebook().principles
    for check in dict.fromkeys(f.check for f in findings):
        f = next(f for f in findings if f.check == check)
        known = [principles[p].lesson.both() for p in f.principles if p in principles]
        why: Text = known[0] if known else {"en": "", "ja": ""}
        text = {"en": f"{why['en']} {f.advice['en']}", "ja": f"{why['ja']}{f.advice['ja']}"}
        yield Lesson(check, text, times[check])


def questions(made: Assessment) -> Iterator[Question]:
    """Every question of an assessment: of findings, of criteria, of boxes, each key once."""
    for d in made.datasets:
        of_criteria = (c.question for c in d.threshold.criteria)
        of_boxes = (b.question for b in d.boxes)
        asked = [*d.questions, *(q for q in (*of_criteria, *of_boxes) if q)]
        yield from {q.key: q for q in asked}.values()
