"""The impact assessment, schema `privscan-assessment/1`: what its renderers read, and all of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from importlib import import_module
from pathlib import Path

from privscan.model.finding import Finding, Text
from privscan.model.kinds import Level
from privscan.model.profile import Risk
from privscan.model.progress import Asked, DataAction, DatasetPast, Figure, Past, Review, Step
from privscan.model.report import Report

SCHEMA = "privscan-assessment/1"


class Settled(StrEnum):
    """Who settled a question; what nobody settled is open, and never counts as a no."""

    EVIDENCE = "evidence"
    DECLARED = "declared"
    PERSON = "person"
    OPEN = "open"


class Status(StrEnum):
    """Where an assessment stands; everything but draft needs every sign-off that its level asks."""

    DRAFT = "draft"
    APPROVED = "approved"
    CONDITIONS = "conditions"
    REJECTED = "rejected"
    REFERRED = "referred"


class Signed(StrEnum):
    """Where a sign-off stands."""

    MISSING = "missing"
    CURRENT = "current"
    REOPENED = "reopened"


@dataclass(frozen=True, slots=True)
class Answer:
    """What a person wrote: under criteria and boxes `yes`, `no` or `not_applicable`, and why."""

    answer: str
    reason: str = ""
    by: str = ""
    date: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """A question that only a person can answer; `key` names it in the answers file.

    `waits` says why it is not put yet: keys of dataset.yaml that decide whether it arises,
    `outcome`, `other_phase` or `nothing_found`. One about the organisation has no dataset.
    """

    key: str
    dataset: str
    text: Text
    about: str
    answer: Answer | None = None
    waits: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Criterion:
    """One sign of high risk: whether it is met (None: open), who settled that, and what showed it."""

    id: str
    title: Text
    met: bool | None
    settled: Settled
    shown: tuple[str, ...]
    question: Question | None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the threshold analysis says under one law or standard."""

    scheme: str
    result: str
    text: Text


@dataclass(frozen=True, slots=True)
class Threshold:
    """Whether an assessment is needed: the criteria, how many are met and open, the outcomes."""

    criteria: tuple[Criterion, ...]
    outcomes: tuple[Outcome, ...]

    @property
    def met(self) -> int:
        """How many criteria are met."""
        return sum(c.met is True for c in self.criteria)

    @property
    def open(self) -> int:
        """How many criteria nobody has settled."""
        return sum(c.met is None for c in self.criteria)


@dataclass(frozen=True, slots=True)
class Box:
    """One box of a check sheet: ticked by evidence or declaration, or by a person's yes.

    What evidence can settle no person ticks: settled and not ticked, it asks for the reason.
    """

    id: str
    phase: str
    principle: str
    viewpoint: str
    text: Text
    ticked: bool
    settled: Settled
    shown: tuple[str, ...]
    question: Question | None


@dataclass(frozen=True, slots=True)
class Measure:
    """One treatment of one column: the states of its entities before, and the state after."""

    treatment: str
    text: Text
    column: str
    entities: tuple[str, ...]
    before: tuple[str, ...]
    after: str


@dataclass(frozen=True, slots=True)
class Bundle:
    """Measures that only together lower the level, and the score that they are predicted to leave.

    `reached` says whether the score falls to the `goal`; `owner`, `due` and `done` come from
    people. It is `overdue` where the day has passed and nobody noted that it is done.
    """

    measures: tuple[Measure, ...]
    goal: Level
    residual: Risk
    reached: bool
    owner: str = ""
    due: str = ""
    done: str = ""
    overdue: bool = False


@dataclass(frozen=True, slots=True)
class Notice:
    """The draft of the published purpose of use, as paragraphs in each language."""

    categories: tuple[str, ...]
    face_recognition: bool
    paragraphs: tuple[Text, ...]
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SignOff:
    """A decision that the level asks of a role; `covers` is what a signature now stands for."""

    role: str
    holder: str
    state: Signed
    covers: tuple[str, ...]
    name: str = ""
    date: str = ""
    decision: str = ""
    note: str = ""
    changed: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True)
class DatasetAssessment:
    """All that is assessed of one dataset; `declared` holds what its dataset.yaml says.

    `drift` is what is new since the report before, if there is one. `key` names the dataset in
    the answers file, `declared_in` is its dataset.yaml, and `undeclared` are the keys of it that
    questions wait for, the most awaited first.
    """

    dataset: str
    declared: tuple[tuple[str, tuple[str, ...]], ...]
    threshold: Threshold
    boxes: tuple[Box, ...]
    questions: tuple[Question, ...]
    bundle: Bundle
    notice: Notice
    dialogue: tuple[Finding, ...]
    drift: tuple[Text, ...]
    signoffs: tuple[SignOff, ...]
    status: Status
    draft_because: tuple[Text, ...]
    key: str = ""
    declared_in: str = ""
    undeclared: tuple[str, ...] = ()
    history: tuple[DatasetPast, ...] = ()
    data_actions: tuple[DataAction, ...] = ()
    review: Review = field(default_factory=Review)


@dataclass(frozen=True, slots=True)
class Gap:
    """What the organisation has not said in org.yaml, and why it is asked for."""

    key: str
    text: Text


@dataclass(frozen=True, slots=True)
class Lesson:
    """What a rule teaches, in two sentences: what goes wrong in practice, and what good looks like.

    `times` counts its findings in the last report, `scans` the reports of the trend it fired in.
    """

    check: str
    text: Text
    times: int
    scans: int = 1


@dataclass(frozen=True, slots=True)
class Assessment:
    """The assessment of a report: datasets in its order, gaps of the organisation, trend, lessons.

    `rules_digest` is of the rules that assessed; the report holds that of the rules that scanned,
    and its findings are judged by what dataset.yaml says now. `first` is what to do, in order;
    `asked` are the questions that are put now, the gravest first, and `waiting` counts the rest.
    `day` is the one that due dates were held against.
    """

    report: Report
    status: Status
    organisation: tuple[tuple[str, str], ...]
    datasets: tuple[DatasetAssessment, ...]
    gaps: tuple[Gap, ...]
    trend: tuple[Past, ...]
    lessons: tuple[Lesson, ...]
    rules_digest: str
    review: tuple[Text, ...] = field(default_factory=tuple)
    first: tuple[Step, ...] = ()
    asked: tuple[Asked, ...] = ()
    waiting: int = 0
    figures: tuple[Figure, ...] = ()
    day: str = ""

    def save(self, path: str | Path, *, lang: str = "en", part: str = "whole") -> None:
        """Write the assessment, or a part, in the format that `path`'s suffix picks."""
        # By name: the one call upward in the layers, see docs/decisions/0007.
        import_module("privscan.api").save(self, path, lang=lang, part=part)
